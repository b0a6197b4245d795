/* Sorts numbers: comparisons that cannot be predicted, recursion. */
enum { N = 1 << 17 };

static int numbers[N];

static void sort(int *from, int *to) {
    while (to - from > 16) {
        int pivot = from[(to - from) / 2];
        int *left = from, *right = to - 1;
        while (left <= right) {
            while (*left < pivot) {
                left++;
            }
            while (*right > pivot) {
                right--;
            }
            if (left <= right) {
                int other = *left;
                *left++ = *right;
                *right-- = other;
            }
        }
        sort(from, right + 1);
        from = left;
    }
    for (int *i = from + 1; i < to; i++) {
        int number = *i, *j = i;
        for (; j > from && j[-1] > number; j--) {
            *j = j[-1];
        }
        *j = number;
    }
}

long long run(int rounds) {
    unsigned seed = 42;
    unsigned long long sum = 0;
    while (rounds-- > 0) {
        for (int i = 0; i < N; i++) {
            seed = seed * 1664525 + 1013904223;
            numbers[i] = (int) seed;
        }
        sort(numbers, numbers + N);
        for (int i = 0; i < N; i++) {
            sum = sum * 31 + (unsigned) numbers[i];
        }
    }
    return (long long) sum;
}
