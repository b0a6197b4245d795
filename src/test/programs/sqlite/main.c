/*
 * Runs the SQL on stdin against a database in memory and prints each row, its columns separated by '|'.
 * SQLite is built for no operating system (SQLITE_OS_OTHER), so the few services it needs are here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sqlite3.h"

static int open_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags) {
    (void)vfs, (void)name, (void)flags, (void)out_flags;
    file->pMethods = NULL;
    return SQLITE_CANTOPEN;
}

static int randomness(sqlite3_vfs *vfs, int length, char *out) {
    (void)vfs;
    return getentropy(out, (size_t)length) == 0 ? length : 0;
}

static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms) {
    (void)vfs;
    *julian_ms = 210866760000000 + (sqlite3_int64)time(NULL) * 1000; /* 1970-01-01 as a Julian day, in ms */
    return SQLITE_OK;
}

int sqlite3_os_init(void) {
    static sqlite3_vfs vfs = {.iVersion = 2,
                              .szOsFile = sizeof(sqlite3_file),
                              .mxPathname = 256,
                              .zName = "none",
                              .xOpen = open_file,
                              .xRandomness = randomness,
                              .xCurrentTimeInt64 = current_time};
    return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void) {
    return SQLITE_OK;
}

static int print_row(void *context, int columns, char **values, char **names) {
    (void)context, (void)names;
    for (int i = 0; i < columns; i++) {
        printf("%s%s", i > 0 ? "|" : "", values[i] ? values[i] : "NULL");
    }
    putchar('\n');
    return 0;
}

static char *read_all(FILE *in) {
    size_t capacity = 4096, length = 0;
    char *text = malloc(capacity + 1);
    for (size_t n; text && (n = fread(text + length, 1, capacity - length, in)) > 0;) {
        length += n;
        if (length == capacity) {
            text = realloc(text, (capacity *= 2) + 1);
        }
    }
    if (text) {
        text[length] = '\0';
    }
    return text;
}

int main(void) {
    char *sql = read_all(stdin);
    sqlite3 *db;
    char *error = NULL;
    if (!sql || sqlite3_open(":memory:", &db) != SQLITE_OK) {
        fputs("cannot open a database in memory\n", stderr);
        return 1;
    }
    if (sqlite3_exec(db, sql, print_row, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    sqlite3_close(db);
    return 0;
}
