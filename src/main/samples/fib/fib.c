// A reactor: it has no main, and each invocation calls the exported function.
__attribute__((export_name("fib"))) long long fib(int n) {
    long long a = 0, b = 1;
    for (; n > 0; n--) {
        long long next = a + b;
        a = b;
        b = next;
    }
    return a;
}
