/* Prints what a program can see of its surroundings, and copies standard input to standard output in capitals.
 *
 * clang --target=wasm32-wasi -Os -s -o inspect.wasm inspect.c
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        printf("argument %d: %s\n", i, argv[i]);
    }
    const char *name = getenv("NAME");
    printf("NAME: %s\n", name ? name : "(unset)");
    printf("terminal: %d\n", isatty(1));
    int fd = open("/etc/passwd", O_RDONLY);
    printf("open: %d, %s\n", fd, strerror(errno));
    printf("seek: %d, %s\n", (int)lseek(1, 0, SEEK_CUR), strerror(errno));
    struct timespec before, after, nap = {0, 2000000};
    clock_gettime(CLOCK_MONOTONIC, &before);
    nanosleep(&nap, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long long slept = (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
    printf("slept: %d\n", slept >= 2000000);
    unsigned char random[16] = {0}, none[16] = {0};
    printf("random: %d\n", getentropy(random, sizeof random) == 0 && memcmp(random, none, sizeof none) != 0);
    void *volatile some = malloc(3 << 20);
    printf("malloc: %d\n", some != NULL);
    void *volatile much = malloc(1 << 30);
    printf("malloc beyond the limit: %d\n", much != NULL);
    for (int c; (c = getchar()) != EOF;) {
        putchar(toupper(c));
    }
    fputs("done\n", stderr);
    return 3;
}
