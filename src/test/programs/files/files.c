/*
 * Makes every call for files that WASI has, by way of POSIX, below the directory that the first argument names, and prints
 * what came of it. The same source runs natively, where the expectations come from. The second argument says what to do:
 * "prepare" makes the tree, "exercise" works on it, "all" does both.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#ifdef __wasi__
#include <wasi/api.h>
#include <wasi/libc.h>
#endif

static int base;

static const char *error(void) {
    switch (errno) {
#define NAME(e) case e: return #e;
        NAME(EACCES) NAME(EBADF) NAME(EBUSY) NAME(EEXIST) NAME(EFBIG) NAME(EINVAL) NAME(EISDIR) NAME(ELOOP)
        NAME(ENAMETOOLONG) NAME(ENOENT) NAME(ENOSPC) NAME(ENOTDIR) NAME(ENOTEMPTY) NAME(EPERM) NAME(ESPIPE) NAME(EROFS)
        NAME(EXDEV) NAME(EIO) NAME(ENOTSUP) NAME(ENOSYS) NAME(EOVERFLOW) NAME(EMLINK)
    }
    static char number[32];
    snprintf(number, sizeof number, "error %d", errno);
    return number;
}

/* Prints a label and what a call returned. */
static long show(const char *what, long result) {
    if (result < 0) {
        printf("%s: %s\n", what, error());
    } else {
        printf("%s: %ld\n", what, result);
    }
    return result;
}

static int ok(const char *what, int result) {
    printf("%s: %s\n", what, result < 0 ? error() : "ok");
    return result;
}

static void make(const char *path, const char *text) {
    int fd = openat(base, path, O_CREAT | O_EXCL | O_WRONLY, 0644);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) != 0) {
        printf("cannot make %s: %s\n", path, error());
        exit(1);
    }
}

static void contents(const char *path) {
    char text[200];
    int fd = openat(base, path, O_RDONLY);
    if (fd < 0) {
        printf("%s: %s\n", path, error());
        return;
    }
    ssize_t count = read(fd, text, sizeof text - 1);
    if (count < 0) {
        printf("%s: %s\n", path, error());
    } else {
        text[count] = 0;
        for (ssize_t i = 0; i < count; i++) {
            if (text[i] == 0) {
                text[i] = '.';
            }
        }
        printf("%s: '%s'\n", path, text);
    }
    close(fd);
}

static void status(const char *path, int flags) {
    struct stat s;
    if (fstatat(base, path, &s, flags) < 0) {
        printf("stat %s: %s\n", path, error());
        return;
    }
    printf("stat %s: %s", path, S_ISDIR(s.st_mode) ? "directory" : S_ISREG(s.st_mode) ? "file" : "link");
    if (!S_ISDIR(s.st_mode)) {
        printf(" of %lld, %lu links", (long long)s.st_size, (unsigned long)s.st_nlink);
    }
    printf("\n");
}

static int byName(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *path) {
    char *names[3000];
    int count = 0;
    int fd = openat(base, path, O_RDONLY | O_DIRECTORY);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    if (directory == NULL) {
        printf("list %s: %s\n", path, error());
        return;
    }
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (strcmp(entry->d_name, "lost+found") != 0) {
            names[count] = malloc(strlen(entry->d_name) + 3);
            sprintf(names[count++], "%s%s", entry->d_name,
                    entry->d_type == DT_DIR ? "/" : entry->d_type == DT_LNK ? "@" : "");
        }
    }
    closedir(directory);
    qsort(names, count, sizeof *names, byName);
    printf("list %s: %d", path, count);
    for (int i = 0; i < count && i < 40; i++) {
        printf(" %s", names[i]);
    }
    printf("\n");
}

static void prepare(void) {
    mkdirat(base, "d", 0755);
    mkdirat(base, "d/empty", 0755);
    mkdirat(base, "d/full", 0755);
    mkdirat(base, "d/many", 0755);
    mkdirat(base, "d/deep", 0755);
    mkdirat(base, "d/deep/er", 0755);
    make("f", "the first file");
    make("d/g", "another");
    make("d/full/x", "x");
    make("d/deep/er/y", "why");
    make("victim", "to be replaced");
    make("open", "open while it changes");
    linkat(base, "d/g", base, "hard", 0);
    symlinkat("d/g", base, "soft");
    symlinkat("d", base, "dir");
    symlinkat("loop", base, "loop");
    symlinkat("no/such/file", base, "dangling");
    symlinkat("../f", base, "d/up");
    for (int i = 0; i < 300; i++) {
        char name[40];
        sprintf(name, "d/many/file-%03d", i);
        make(name, name);
    }
    char block[4096];
    int fd = openat(base, "big", O_CREAT | O_WRONLY, 0644);
    for (int i = 0; i < 64; i++) {
        memset(block, 'a' + i % 26, sizeof block);
        if (write(fd, block, sizeof block) != sizeof block) {
            exit(1);
        }
    }
    close(fd);
    fd = openat(base, "holes", O_CREAT | O_WRONLY, 0644);
    pwrite(fd, "start", 5, 0);
    pwrite(fd, "middle", 6, 500000);
    ftruncate(fd, 1000000);
    close(fd);
}

static void looking(void) {
    list(".");
    list("d");
    list("d/many");
    list("dir");
    list("f");
    list("d/none");
    status("f", 0);
    status("d", 0);
    status("soft", 0);
    status("soft", AT_SYMLINK_NOFOLLOW);
    status("hard", 0);
    status("dangling", 0);
    status("loop", 0);
    status("loop", AT_SYMLINK_NOFOLLOW);
    status("f/x", 0);
    status("f/", 0);
    status("d/", 0);
    status("", 0);
    status("d/./deep/../g", 0);
    status("big", 0);
    status("holes", 0);
    contents("f");
    contents("soft");
    contents("dir/up");
    contents("d/deep/er/y");
    contents("d");
    contents("none");
    char target[100];
    long length = readlinkat(base, "soft", target, sizeof target);
    printf("readlink soft: %.*s\n", (int)length, target);
    show("readlink in 2 bytes", readlinkat(base, "soft", target, 2));
    show("readlink f", readlinkat(base, "f", target, sizeof target));
    char name[300];
    memset(name, 'n', 299);
    name[299] = 0;
    status(name, 0);
}

static void opening(void) {
    int fd;
    ok("open none", openat(base, "none", O_RDONLY));
    ok("open exclusive", openat(base, "f", O_CREAT | O_EXCL | O_WRONLY, 0644));
    ok("open directory for writing", openat(base, "d", O_WRONLY));
    ok("open file as directory", openat(base, "f", O_RDONLY | O_DIRECTORY));
    ok("open link without following", openat(base, "soft", O_RDONLY | O_NOFOLLOW));
    ok("open loop", openat(base, "loop", O_RDONLY));
    ok("open through file", openat(base, "f/x", O_CREAT | O_WRONLY, 0644));
    ok("open in none", openat(base, "none/x", O_CREAT | O_WRONLY, 0644));
    ok("exclusive on dangling", openat(base, "dangling", O_CREAT | O_EXCL | O_WRONLY, 0644));
    fd = ok("open for reading", openat(base, "f", O_RDONLY));
    show("write to it", write(fd, "x", 1));
    close(fd);
    fd = ok("open for writing", openat(base, "f", O_WRONLY));
    char byte;
    show("read from it", read(fd, &byte, 1));
    close(fd);
    show("read closed", read(fd, &byte, 1));
    fd = ok("open directory", openat(base, "d", O_RDONLY | O_DIRECTORY));
    show("read directory", read(fd, &byte, 1));
    close(fd);
}

static void readingAndWriting(void) {
    char text[100] = {0};
    int fd = ok("open f", openat(base, "f", O_RDWR));
    show("seek end", lseek(fd, 0, SEEK_END));
    show("seek back", lseek(fd, -4, SEEK_CUR));
    show("read 3", read(fd, text, 3));
    printf("'%s'\n", text);
    show("tell", lseek(fd, 0, SEEK_CUR));
    show("seek before start", lseek(fd, -100, SEEK_SET));
    show("pread", pread(fd, text, 5, 4));
    printf("'%.5s'\n", text);
    show("pread at end", pread(fd, text, 5, 1000));
    show("pwrite", pwrite(fd, "FIRST", 5, 4));
    show("tell", lseek(fd, 0, SEEK_CUR));
    contents("f");
    struct iovec parts[3] = {{"one ", 4}, {"", 0}, {"two", 3}};
    lseek(fd, 0, SEEK_SET);
    show("writev", writev(fd, parts, 3));
    char a[3], b[100];
    struct iovec into[2] = {{a, 3}, {b, 100}};
    lseek(fd, 0, SEEK_SET);
    show("readv", readv(fd, into, 2));
    printf("'%.3s' '%.11s'\n", a, b);
    show("write behind end", pwrite(fd, "end", 3, 30));
    contents("f");
    ok("sync", fsync(fd));
    ok("datasync", fdatasync(fd));
    ok("truncate", ftruncate(fd, 5));
    contents("f");
    ok("extend", ftruncate(fd, 9));
    contents("f");
    ok("truncate below zero", ftruncate(fd, -1));
    errno = posix_fallocate(fd, 0, 20);
    printf("allocate: %s\n", errno == 0 ? "ok" : error());
    status("f", 0);
    errno = posix_fadvise(fd, 0, 10, POSIX_FADV_SEQUENTIAL);
    printf("advise: %s\n", errno == 0 ? "ok" : error());
    close(fd);
    fd = ok("append", openat(base, "d/g", O_WRONLY | O_APPEND));
    show("write", write(fd, " one", 4));
    show("seek", lseek(fd, 0, SEEK_SET));
    show("write", write(fd, " two", 4));
    show("tell", lseek(fd, 0, SEEK_CUR));
    printf("flags: %s\n", fcntl(fd, F_GETFL) & O_APPEND ? "append" : "none");
    ok("no more appending", fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_APPEND));
    lseek(fd, 0, SEEK_SET);
    show("write", write(fd, "ANO", 3));
    close(fd);
    contents("hard");
    contents("soft");
    ok("truncating open", fd = openat(base, "hard", O_WRONLY | O_TRUNC));
    close(fd);
    contents("d/g");
    fd = openat(base, "big", O_RDWR);
    char block[16];
    show("write into big", pwrite(fd, "HERE", 4, 100000));
    show("read around it", pread(fd, block, 10, 99997));
    printf("'%.10s'\n", block);
    show("read next block", pread(fd, block, 4, 131072));
    printf("'%.4s'\n", block);
    ok("cut big", ftruncate(fd, 99999));
    ok("extend big", ftruncate(fd, 200000));
    show("read behind cut", pread(fd, block, 4, 99998));
    printf("%d %d %d %d\n", block[0], block[1], block[2], block[3]);
    close(fd);
    fd = openat(base, "holes", O_RDONLY);
    show("read hole", pread(fd, block, 16, 499990));
    printf("%d '%.6s'\n", block[9], block + 10);
    show("read end of hole", pread(fd, block, 16, 999990));
    close(fd);
}

static void naming(void) {
    ok("mkdir", mkdirat(base, "new", 0755));
    ok("mkdir again", mkdirat(base, "new", 0755));
    ok("mkdir over file", mkdirat(base, "f", 0755));
    ok("mkdir over dangling", mkdirat(base, "dangling", 0755));
    ok("mkdir in none", mkdirat(base, "none/x", 0755));
    ok("mkdir in file", mkdirat(base, "f/x", 0755));
    ok("mkdir with slash", mkdirat(base, "slash/", 0755));
    ok("rmdir full", unlinkat(base, "d/full", AT_REMOVEDIR));
    ok("rmdir file", unlinkat(base, "f", AT_REMOVEDIR));
    ok("rmdir none", unlinkat(base, "none", AT_REMOVEDIR));
    ok("rmdir link", unlinkat(base, "dir", AT_REMOVEDIR));
    ok("rmdir empty", unlinkat(base, "d/empty", AT_REMOVEDIR));
    ok("unlink directory", unlinkat(base, "d/full", 0));
    ok("unlink none", unlinkat(base, "none", 0));
    ok("unlink with slash", unlinkat(base, "f/", 0));
    ok("unlink link", unlinkat(base, "dangling", 0));
    status("dangling", AT_SYMLINK_NOFOLLOW);
    ok("link", linkat(base, "f", base, "new/f", 0));
    ok("link over", linkat(base, "f", base, "d/g", 0));
    ok("link of directory", linkat(base, "d", base, "new/d", 0));
    ok("link of none", linkat(base, "none", base, "new/n", 0));
    status("f", 0);
    ok("symlink", symlinkat("../f", base, "new/s"));
    ok("symlink over", symlinkat("x", base, "f"));
    contents("new/s");
    ok("rename", renameat(base, "new/f", base, "new/g"));
    ok("rename to itself", renameat(base, "new/g", base, "new/g"));
    ok("rename to other link", renameat(base, "new/g", base, "f"));
    list("new");
    ok("rename over file", renameat(base, "d/full/x", base, "victim"));
    contents("victim");
    ok("rename none", renameat(base, "none", base, "n"));
    ok("rename file over directory", renameat(base, "f", base, "d"));
    ok("rename directory over file", renameat(base, "new", base, "f"));
    ok("rename over full directory", renameat(base, "new", base, "d/deep"));
    ok("rename over empty directory", renameat(base, "d/deep", base, "d/full"));
    ok("rename into itself", renameat(base, "d", base, "d/full/d"));
    ok("rename directory", renameat(base, "d/many", base, "new/many"));
    contents("d/full/er/y");
    contents("new/many/file-007");
    contents("d/many/file-007");
    list("d");
    list("new");
    ok("remade where it was", mkdirat(base, "d/many", 0755));
    list("d/many");
    ok("unlink first name", unlinkat(base, "hard", 0));
    status("d/g", 0);
    make("hard", "again");
    contents("hard");
}

static void whileOpen(void) {
    char text[100] = {0};
    int fd = ok("open", openat(base, "open", O_RDWR));
    ok("rename", renameat(base, "open", base, "elsewhere"));
    show("write", pwrite(fd, "OPEN", 4, 0));
    contents("elsewhere");
    make("other", "takes its place");
    ok("rename over", renameat(base, "other", base, "elsewhere"));
    show("read replaced", pread(fd, text, 99, 0));
    printf("'%s'\n", text);
    contents("elsewhere");
    struct stat s;
    ok("fstat", fstat(fd, &s));
    printf("%lu links, %lld bytes\n", (unsigned long)s.st_nlink, (long long)s.st_size);
    close(fd);
    fd = ok("open", openat(base, "elsewhere", O_RDWR));
    ok("unlink", unlinkat(base, "elsewhere", 0));
    show("write", write(fd, "still here", 10));
    memset(text, 0, sizeof text);
    show("read", pread(fd, text, 99, 0));
    printf("'%s'\n", text);
    close(fd);
    contents("elsewhere");
    int directory = ok("open directory", openat(base, "slash", O_RDONLY | O_DIRECTORY));
    ok("remove it", unlinkat(base, "slash", AT_REMOVEDIR));
    ok("make in removed", openat(directory, "x", O_CREAT | O_WRONLY, 0644));
    close(directory);
}

/* Reads a directory while it changes: what stays is met once. */
static void listingWhileItChanges(const char *path) {
    int seen[400] = {0};
    int twice = 0;
    int missed = 0;
    char name[100];
    int fd = openat(base, path, O_RDONLY | O_DIRECTORY);
    DIR *directory = fdopendir(fd);
    int read = 0;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        int number;
        if (sscanf(entry->d_name, "file-%d", &number) == 1 && number < 300) {
            twice += seen[number]++ > 0;
            if (++read % 3 == 0) {
                sprintf(name, "%s/%s", path, entry->d_name);
                unlinkat(base, name, 0);
                sprintf(name, "%s/new-%d", path, number);
                make(name, "new");
            }
        }
    }
    for (int i = 0; i < 300; i++) {
        missed += seen[i] == 0;
    }
    printf("listing: %d read, %d twice, %d missed\n", read, twice, missed);
    rewinddir(directory);
    int count = 0;
    long place = 0;
    char at[100] = "";
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (count == 50) {
            strcpy(at, entry->d_name);
        }
        if (++count == 50) {
            place = telldir(directory);
        }
    }
    seekdir(directory, place);
    struct dirent *again = readdir(directory);
    printf("%d entries, %s\n", count, again != NULL && strcmp(again->d_name, at) == 0 ? "same place" : "elsewhere");
    closedir(directory);
}

static void times(void) {
    struct timespec both[2] = {{1000000000, 5000}, {1100000000, 7000}};
    struct timespec one[2] = {{0, UTIME_OMIT}, {1200000000, 0}};
    struct stat s;
    ok("set times", utimensat(base, "victim", both, 0));
    fstatat(base, "victim", &s, 0);
    printf("%lld.%09ld %lld.%09ld\n", (long long)s.st_atim.tv_sec, s.st_atim.tv_nsec, (long long)s.st_mtim.tv_sec,
            s.st_mtim.tv_nsec);
    int fd = openat(base, "victim", O_RDWR);
    ok("set one", futimens(fd, one));
    fstat(fd, &s);
    printf("%lld %lld\n", (long long)s.st_atim.tv_sec, (long long)s.st_mtim.tv_sec);
    ok("write", pwrite(fd, "x", 1, 0) == 1 ? 0 : -1);
    fstat(fd, &s);
    printf("changed by writing: %s\n", s.st_mtim.tv_sec > 1200000000 ? "yes" : "no");
    close(fd);
    ok("times of link", utimensat(base, "soft", both, AT_SYMLINK_NOFOLLOW));
    fstatat(base, "soft", &s, AT_SYMLINK_NOFOLLOW);
    printf("%lld\n", (long long)s.st_mtim.tv_sec);
    ok("times of none", utimensat(base, "none", both, 0));
    ok("times of directory", utimensat(base, "d", both, 0));
    fstatat(base, "d", &s, 0);
    printf("%lld\n", (long long)s.st_mtim.tv_sec);
    make("d/touch", "");
    fstatat(base, "d", &s, 0);
    printf("directory changed by an entry: %s\n", s.st_mtim.tv_sec > 1100000000 ? "yes" : "no");
}

/* Has a descriptor take the place of another. */
static int renumber(int from, int to) {
#ifdef __wasi__
    return __wasilibc_fd_renumber(from, to);
#else
    return dup2(from, to) < 0 ? -1 : close(from);
#endif
}

/* Makes a descriptor one that cannot be written to. Only WASI can do that to one that is open. */
static int giveUpWriting(int fd) {
#ifdef __wasi__
    __wasi_fdstat_t s;
    errno = __wasi_fd_fdstat_get(fd, &s);
    if (errno == 0) {
        errno = __wasi_fd_fdstat_set_rights(fd, s.fs_rights_base & ~__WASI_RIGHTS_FD_WRITE, 0);
    }
    return errno == 0 ? 0 : -1;
#else
    char path[40];
    sprintf(path, "/proc/self/fd/%d", fd);
    int other = open(path, O_RDONLY);
    return other < 0 ? -1 : renumber(other, fd);
#endif
}

static void descriptors(void) {
    char text[20] = {0};
    int one = ok("open one", openat(base, "f", O_RDWR));
    int other = ok("open other", openat(base, "d/full/er/y", O_RDONLY));
    lseek(other, 1, SEEK_SET);
    ok("renumber", renumber(other, one));
    ok("what it was is closed", fcntl(other, F_GETFL));
    show("read on where it was", read(one, text, 2));
    printf("'%s'\n", text);
    ok("renumber closed", renumber(other, one));
    ok("close", close(one));
    ok("close again", close(one));
    int fd = ok("open", openat(base, "f", O_RDWR));
    ok("give up writing", giveUpWriting(fd));
    printf("write: %s\n", pwrite(fd, "x", 1, 0) < 0 ? "refused" : "done");
    show("read", pread(fd, text, 3, 0));
    close(fd);
    ok("sync directory", fsync(base));
    fd = openat(base, "hard", O_RDONLY);
    errno = posix_fadvise(fd, 0, 10, 100);
    printf("bad advice: %s\n", errno == 0 ? "ok" : error());
    close(fd);
}

static void sameFile(void) {
    struct stat a, b;
    fstatat(base, "f", &a, 0);
    int fd = openat(base, "f", O_RDONLY);
    fstat(fd, &b);
    close(fd);
    printf("one number for one file: %s\n", a.st_ino == b.st_ino && a.st_dev == b.st_dev ? "yes" : "no");
    fstatat(base, "victim", &b, 0);
    printf("another for another: %s\n", a.st_ino != b.st_ino ? "yes" : "no");
}

int main(int argc, char **argv) {
    base = open(argc > 1 ? argv[1] : "/", O_RDONLY | O_DIRECTORY);
    const char *what = argc > 2 ? argv[2] : "all";
    if (base < 0) {
        printf("cannot open the base: %s\n", error());
        return 1;
    }
    if (strcmp(what, "exercise") != 0) {
        prepare();
    }
    if (strcmp(what, "prepare") != 0) {
        looking();
        opening();
        readingAndWriting();
        naming();
        whileOpen();
        listingWhileItChanges("new/many");
        times();
        descriptors();
        sameFile();
        list(".");
    }
    return 0;
}
