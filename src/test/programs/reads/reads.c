/*
 * Reads a file: the first argument is its path; the second "seq" for all of it in pieces of 64 KiB, "rand" for 20,000
 * pieces of 4 KiB anywhere, or "wait" to read all of it and then wait for the end of the input. Prints how long that took.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static unsigned char buffer[65536];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        printf("ready\n");
        return 0;
    }
    int fd = open(argv[1], O_RDONLY);
    struct stat s;
    if (fd < 0 || fstat(fd, &s) != 0) {
        printf("cannot open %s\n", argv[1]);
        return 1;
    }
    unsigned long long bytes = 0;
    unsigned sum = 0;
    double start = now();
    if (strcmp(argv[2], "rand") == 0) {
        unsigned long long state = 88172645463325252ull;
        for (int i = 0; i < 20000; i++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            ssize_t count = pread(fd, buffer, 4096, (off_t)(state % (s.st_size - 4096)));
            bytes += count;
            sum += buffer[0];
        }
    } else {
        ssize_t count;
        while ((count = read(fd, buffer, sizeof buffer)) > 0) {
            bytes += count;
            sum += buffer[0];
        }
    }
    double took = now() - start;
    printf("%llu bytes, %u, %.0f MB/s\n", bytes, sum, bytes / took / 1e6);
    fflush(stdout);
    if (strcmp(argv[2], "wait") == 0) {
        while (read(0, buffer, 1) > 0) {
        }
    }
    return 0;
}
