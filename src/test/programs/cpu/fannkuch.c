/* Flips of pancakes (from the Computer Language Benchmarks Game): small arrays, nested loops, indices from memory. */
enum { MOST = 12 };

long long run(int n) {
    int permutation[MOST], flipped[MOST], count[MOST];
    int flips_most = 0, checksum = 0, turn = 0, r = n;
    for (int i = 0; i < n; i++) {
        permutation[i] = i;
    }
    for (;;) {
        for (; r > 1; r--) {
            count[r - 1] = r;
        }
        for (int i = 0; i < n; i++) {
            flipped[i] = permutation[i];
        }
        int flips = 0;
        for (int k = flipped[0]; k != 0; k = flipped[0]) {
            for (int i = 0, j = k; i < j; i++, j--) {
                int other = flipped[i];
                flipped[i] = flipped[j];
                flipped[j] = other;
            }
            flips++;
        }
        if (flips > flips_most) {
            flips_most = flips;
        }
        checksum += turn++ % 2 == 0 ? flips : -flips;
        for (;; r++) {
            if (r == n) {
                return (long long) checksum << 32 | flips_most;
            }
            int first = permutation[0];
            for (int i = 0; i < r; i++) {
                permutation[i] = permutation[i + 1];
            }
            permutation[r] = first;
            if (--count[r] > 0) {
                break;
            }
        }
    }
}
