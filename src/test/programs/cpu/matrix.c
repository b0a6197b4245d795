/* Multiplies matrices of doubles: streams through memory, a floating-point sum in the inner loop. */
enum { N = 128 };

static double a[N][N], b[N][N], c[N][N];

long long run(int rounds) {
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (i - j) / (double) N;
            b[i][j] = (i + 2 * j) % 17;
        }
    }
    double trace = 0;
    while (rounds-- > 0) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = 0;
                for (int k = 0; k < N; k++) {
                    sum += a[i][k] * b[k][j];
                }
                c[i][j] = sum;
            }
        }
        a[rounds % N][0] += c[rounds % N][1];
        trace += c[rounds % N][rounds % N];
    }
    return (long long) (trace * 1024);
}
