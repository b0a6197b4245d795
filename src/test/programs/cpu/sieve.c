/* Counts primes by the sieve of Eratosthenes: bytes in memory at growing distances. */
enum { LIMIT = 1 << 20 };

static unsigned char composite[LIMIT];

long long run(int rounds) {
    long long sum = 0;
    while (rounds-- > 0) {
        for (int i = 0; i < LIMIT; i++) {
            composite[i] = 0;
        }
        for (int i = 2; i < LIMIT; i++) {
            if (!composite[i]) {
                sum += i;
                for (long long j = (long long) i * i; j < LIMIT; j += i) {
                    composite[j] = 1;
                }
            }
        }
    }
    return sum;
}
