/* Fibonacci numbers by the definition, and Takeuchi's function: calls and hardly anything else. */
__attribute__((noinline)) static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

__attribute__((noinline)) static int takeuchi(int x, int y, int z) {
    return y >= x ? z : takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

long long run(int n) {
    return (long long) fibonacci(n) << 16 | takeuchi(18, 12, 6);
}
