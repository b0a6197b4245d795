/*
 * Reads a file: the first argument is its path; the second "seq" for all of it, "rand" for 20,000 pieces anywhere, "again"
 * for 20,000 times its first piece, "clock" to ask 20,000 times for the time instead, "wait" to read all of it and then wait for the
 * end of the input, or "hold" to wait only. The third is the size of a piece, by default 64 KiB for "seq" and 4 KiB for the others. Prints
 * how much was read, and how fast.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PIECES 20000

static unsigned char buffer[1 << 20];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int waitForEnd(void) {
    while (read(0, buffer, 1) > 0) {
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        printf("ready\n");
        return 0;
    }
    const char *how = argv[2];
    int whole = strcmp(how, "seq") == 0 || strcmp(how, "wait") == 0;
    long piece = argc > 3 ? atol(argv[3]) : whole ? 65536 : 4096;
    int fd = open(argv[1], O_RDONLY);
    struct stat s;
    if (fd < 0 || fstat(fd, &s) != 0 || piece < 1 || piece > sizeof buffer || piece >= s.st_size) {
        printf("cannot read %s\n", argv[1]);
        return 1;
    }
    if (strcmp(how, "hold") == 0) {
        return waitForEnd();
    }
    unsigned long long bytes = 0;
    unsigned sum = 0;
    long calls = 0;
    double start = now();
    if (whole) {
        ssize_t count;
        while ((count = read(fd, buffer, piece)) > 0) {
            calls++;
            bytes += count;
            sum += buffer[0];
        }
    } else if (strcmp(how, "clock") == 0) {
        while (calls < PIECES) {
            calls += now() > 0;
        }
    } else {
        unsigned long long state = 88172645463325252ull;
        for (; calls < PIECES; calls++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            off_t at = strcmp(how, "rand") == 0 ? (off_t)(state % (s.st_size - piece)) : 0;
            bytes += pread(fd, buffer, piece, at);
            sum += buffer[0];
        }
    }
    double took = now() - start;
    printf("%llu bytes, %u, %.0f MB/s, %.1f us a call\n", bytes, sum, bytes / took / 1e6, took / calls * 1e6);
    fflush(stdout);
    return strcmp(how, "wait") == 0 ? waitForEnd() : 0;
}
