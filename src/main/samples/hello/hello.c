// Greets whom the arguments name, or else the first line of stdin, or else the world.
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    char line[256] = "";
    fputs("Hello, ", stdout);
    if (argc > 1) {
        for (int i = 1; i < argc; i++) {
            if (i > 1) {
                fputs(i + 1 < argc ? ", " : " and ", stdout);
            }
            fputs(argv[i], stdout);
        }
    } else {
        fgets(line, sizeof line, stdin);
        line[strcspn(line, "\r\n")] = '\0';
        fputs(line[0] ? line : "world", stdout);
    }
    puts("!");
    return ferror(stdout) ? 1 : 0;
}
