/*
 * Reads a file. Arguments: its path; how; the size of a piece, by default 64 KiB for all of the file and 4 KiB otherwise;
 * how many pieces, if not all of the file is read. How is "seq" for all of it, "rand" for pieces anywhere, "again" for
 * its first piece many times, "clock" to ask for the time as often instead, "wait" to read all of it and then wait for
 * the end of the input, or "hold" to wait only. Prints how much was read, how fast, and how fast it would have been if the
 * machine had had nothing else to do: by processor time.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __wasi__
#include <wasi/api.h>
#endif

static unsigned char buffer[1 << 20];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* Of the thread that runs the guest, in it or in the host. */
static double processorTime(void) {
#ifdef __wasi__
    __wasi_timestamp_t t;
    return __wasi_clock_time_get(__WASI_CLOCKID_THREAD_CPUTIME_ID, 1, &t) == 0 ? t / 1e9 : 0;
#else
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
#endif
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
    long pieces = argc > 4 ? atol(argv[4]) : 1000;
    double start = now();
    double processorStart = processorTime();
    if (whole) {
        ssize_t count;
        while ((count = read(fd, buffer, piece)) > 0) {
            calls++;
            bytes += count;
            sum += buffer[0];
        }
    } else if (strcmp(how, "clock") == 0) {
        while (calls < pieces) {
            calls += now() > 0;
        }
    } else {
        unsigned long long state = 88172645463325252ull;
        for (; calls < pieces; calls++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            off_t at = strcmp(how, "rand") == 0 ? (off_t)(state % (s.st_size - piece)) : 0;
            bytes += pread(fd, buffer, piece, at);
            sum += buffer[0];
        }
    }
    double took = now() - start;
    double busy = processorTime() - processorStart;
    printf("%llu bytes, %u, %.0f MB/s, by processor time %.0f MB/s and %.2f us a call\n", bytes, sum, bytes / took / 1e6,
            bytes / busy / 1e6, busy / calls * 1e6);
    fflush(stdout);
    return strcmp(how, "wait") == 0 ? waitForEnd() : 0;
}
