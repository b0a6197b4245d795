/* The Mandelbrot set: doubles in registers, a loop that ends early. */
long long run(int size) {
    long long inside = 0;
    for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
            double cr = 3.0 * x / size - 2, ci = 2.0 * y / size - 1;
            double zr = 0, zi = 0;
            int i = 0;
            while (i < 200 && zr * zr + zi * zi <= 4) {
                double next = zr * zr - zi * zi + cr;
                zi = 2 * zr * zi + ci;
                zr = next;
                i++;
            }
            inside += i * (x ^ y);
        }
    }
    return inside;
}
