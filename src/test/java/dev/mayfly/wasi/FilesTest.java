package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.FileError;
import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilesTest {

    private static final int ROOT = 3;
    private static final long PATH = 0;
    private static final long OTHER_PATH = 5_000;
    private static final long VECTORS = 10_000;
    private static final long BUFFER = 12_000;
    private static final long RESULT = 11_000;
    private static final long STAT = 11_100;
    private static final long CREAT = 1;
    private static final long DIRECTORY = 2;
    private static final long EXCL = 4;
    private static final long TRUNC = 8;

    private FakeGuest guest = new FakeGuest();

    @ParameterizedTest
    @EnumSource
    void everyFileErrorHasACode(FileError error) {
        assertThat(Errno.of(error)).hasToString(error.name());
    }

    @Test
    void theRootIsPreopenedAndNothingElse() {
        assertThat(guest.call("fd_prestat_get", ROOT, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(RESULT)).isZero();
        assertThat(guest.getInt(RESULT + 4)).isEqualTo(1);
        assertThat(guest.call("fd_prestat_dir_name", ROOT, BUFFER, 0)).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.call("fd_prestat_dir_name", ROOT, BUFFER, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(BUFFER, 1)).isEqualTo("/");
        assertThat(guest.call("fd_prestat_get", 4, RESULT)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_prestat_get", 0, RESULT)).isEqualTo(Errno.BADF);
    }

    @Test
    void writesSeeksAndReads() {
        int fd = open("a", CREAT);
        assertThat(fd).isEqualTo(4);
        assertThat(write(fd, "hello world")).isEqualTo(11);
        assertThat(seek(fd, -5, 2)).isEqualTo(6);
        assertThat(read(fd, 100)).isEqualTo("world");
        assertThat(read(fd, 100)).isEmpty();
        assertThat(seek(fd, 0, 1)).isEqualTo(11);
        assertThat(guest.call("fd_tell", fd, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(RESULT)).isEqualTo(11);
        assertThat(seek(fd, 20, 0)).isEqualTo(20);
        assertThat(write(fd, "!")).isEqualTo(1);
        assertThat(seek(fd, 10, 0)).isEqualTo(10);
        assertThat(read(fd, 100)).isEqualTo("d" + "\0".repeat(9) + "!");
    }

    @Test
    void seekingRefusesWhatIsBeforeTheStartAndBeyondAllFiles() {
        int fd = open("a", CREAT);
        assertThat(guest.call("fd_seek", fd, -1, 0, RESULT)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_seek", fd, 0, 3, RESULT)).isEqualTo(Errno.INVAL);
        assertThat(seek(fd, Long.MAX_VALUE, 0)).isEqualTo(Long.MAX_VALUE);
        assertThat(guest.call("fd_seek", fd, 1, 1, RESULT)).isEqualTo(Errno.OVERFLOW);
        assertThat(read(fd, 10)).isEmpty();
        guest.vectors(VECTORS, BUFFER, 1);
        assertThat(guest.call("fd_write", fd, VECTORS, 1, RESULT)).isEqualTo(Errno.FBIG);
    }

    @Test
    void positionedCallsLeaveThePosition() {
        int fd = open("a", CREAT);
        write(fd, "hello");
        guest.putText(BUFFER, "XY").vectors(VECTORS, BUFFER, 1, BUFFER + 1, 1);
        assertThat(guest.call("fd_pwrite", fd, VECTORS, 2, 1, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_pread", fd, VECTORS, 2, 3, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(RESULT)).isEqualTo(2);
        assertThat(guest.text(BUFFER, 2)).isEqualTo("lo");
        assertThat(guest.call("fd_pread", fd, VECTORS, 2, -1, RESULT)).isEqualTo(Errno.INVAL);
        assertThat(seek(fd, 0, 1)).isEqualTo(5);
        assertThat(seek(fd, 0, 0)).isZero();
        assertThat(read(fd, 10)).isEqualTo("hXYlo");
    }

    @Test
    void appendingGoesToTheEnd() {
        int writer = open("a", CREAT);
        int appender = openWith("a", 0, Rights.FILE, FdFlags.APPEND);
        write(writer, "hello");
        write(appender, " world");
        assertThat(seek(appender, 0, 1)).isEqualTo(11);
        assertThat(guest.call("fd_fdstat_set_flags", appender, 0)).isEqualTo(Errno.SUCCESS);
        seek(appender, 0, 0);
        write(appender, "J");
        seek(writer, 0, 0);
        assertThat(read(writer, 20)).isEqualTo("Jello world");
    }

    @Test
    void sizesCanBeSetAndSpaceAllocated() {
        int fd = open("a", CREAT);
        write(fd, "hello");
        assertThat(guest.call("fd_filestat_set_size", fd, 2)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_allocate", fd, 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_allocate", fd, 0, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_allocate", fd, -1, 1)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_allocate", fd, 0, 1L << 40)).isEqualTo(Errno.NOSPC);
        assertThat(guest.call("fd_filestat_set_size", fd, -1)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_size", fd, Long.MAX_VALUE)).isEqualTo(Errno.FBIG);
        seek(fd, 0, 0);
        assertThat(read(fd, 10)).isEqualTo("he\0\0");
        assertThat(guest.call("fd_advise", fd, 0, 10, 5)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_advise", fd, 0, 10, 6)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_sync", fd)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_datasync", ROOT)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void whatAFileWasNotOpenedForIsBad() {
        open("a", CREAT);
        int reader = openWith("a", 0, Rights.FILE & ~Rights.FD_WRITE, 0);
        int writer = openWith("a", 0, Rights.FILE & ~Rights.FD_READ, 0);
        guest.vectors(VECTORS, BUFFER, 1);
        assertThat(guest.call("fd_write", reader, VECTORS, 1, RESULT)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_pwrite", reader, VECTORS, 1, 0, RESULT)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_read", writer, VECTORS, 1, RESULT)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_read", ROOT, VECTORS, 1, RESULT)).isEqualTo(Errno.ISDIR);
        assertThat(guest.call("fd_write", ROOT, VECTORS, 1, RESULT)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_seek", ROOT, 0, 0, RESULT)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_fdstat_set_rights", writer, Rights.FD_SEEK, 0))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_write", writer, VECTORS, 1, RESULT)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_filestat_set_size", writer, 0)).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void rightsAreInherited() {
        createDirectory("d");
        long readOnly = Rights.FD_READ | Rights.FD_SEEK;
        int directory = openWith("d", DIRECTORY, Rights.PATH_OPEN, readOnly, 0);
        open("d/f", CREAT);
        assertThat(openIn(directory, "f", 0, Rights.FD_READ, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(openIn(directory, "f", 0, Rights.FD_WRITE, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(openIn(directory, "g", CREAT, Rights.FD_READ, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(openIn(directory, "f", TRUNC, Rights.FD_READ, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("path_unlink_file", directory, PATH, 1)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_get", directory, STAT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getByte(STAT)).isEqualTo(FileType.DIRECTORY.code());
        assertThat(guest.getLong(STAT + 8)).isEqualTo(Rights.PATH_OPEN);
        assertThat(guest.getLong(STAT + 16)).isEqualTo(readOnly);
    }

    @Test
    void openingRefusesWhatMakesNoSense() {
        createDirectory("d");
        assertThat(openIn(ROOT, "x", CREAT | DIRECTORY, 0, 0)).isEqualTo(Errno.INVAL);
        assertThat(openIn(ROOT, "x", 16, 0, 0)).isEqualTo(Errno.INVAL);
        assertThat(openIn(ROOT, "x", CREAT, 0, 64)).isEqualTo(Errno.INVAL);
        assertThat(openIn(ROOT, "d", 0, Rights.FD_WRITE, 0)).isEqualTo(Errno.ISDIR);
        assertThat(openIn(ROOT, "d", CREAT | EXCL, 0, 0)).isEqualTo(Errno.EXIST);
        assertThat(openIn(ROOT, "missing", 0, 0, 0)).isEqualTo(Errno.NOENT);
        assertThat(openIn(ROOT, "../etc", 0, 0, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(openIn(ROOT, "/etc", 0, 0, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(openIn(ROOT, "", 0, 0, 0)).isEqualTo(Errno.NOENT);
        assertThat(guest.call("path_open", ROOT, 2, PATH, 1, 0, 0, 0, 0, RESULT))
                .isEqualTo(Errno.INVAL);
        guest.putInt(PATH, 0xFFFF_FFFFL);
        assertThat(guest.call("path_open", ROOT, 1, PATH, 4, 0, 0, 0, 0, RESULT))
                .isEqualTo(Errno.ILSEQ);
        assertThat(guest.call("path_open", ROOT, 1, PATH, 4097, 0, 0, 0, 0, RESULT))
                .isEqualTo(Errno.NAMETOOLONG);
    }

    @Test
    void aBadResultPointerKeepsAFileFromBeingMade() {
        guest.putText(PATH, "a");
        assertThat(guest.call("path_open", ROOT, 1, PATH, 1, CREAT, 0, 0, 0, 65_533))
                .isEqualTo(Errno.FAULT);
        assertThat(openIn(ROOT, "a", 0, 0, 0)).isEqualTo(Errno.NOENT);
    }

    @Test
    void descriptorsAreLimitedAndUsedAgain() {
        int last = open("a", CREAT);
        while (last < DescriptorTable.MAX_OPEN - 1) {
            last = open("a", 0);
        }
        assertThat(openIn(ROOT, "b", CREAT, 0, 0)).isEqualTo(Errno.MFILE);
        assertThat(openIn(ROOT, "b", 0, 0, 0)).isEqualTo(Errno.MFILE);
        assertThat(guest.call("fd_close", 500)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_close", 600)).isEqualTo(Errno.SUCCESS);
        assertThat(open("a", 0)).isEqualTo(500);
        assertThat(open("a", 0)).isEqualTo(600);
    }

    @Test
    void anUnlinkedFileIsThereUntilItIsClosed() {
        guest = new FakeGuest(
                new Confinement(SystemCallPolicy.ALLOW_ALL, new FileLimits(100_000, 1), Storage.UNSHARED));
        int fd = open("a", CREAT);
        write(fd, "hello");
        guest.putText(PATH, "a");
        assertThat(guest.call("path_unlink_file", ROOT, PATH, 1)).isEqualTo(Errno.SUCCESS);
        seek(fd, 0, 0);
        assertThat(read(fd, 10)).isEqualTo("hello");
        assertThat(openIn(ROOT, "b", CREAT, 0, 0)).isEqualTo(Errno.DQUOT);
        assertThat(guest.call("fd_renumber", fd, 2)).isEqualTo(Errno.SUCCESS);
        seek(2, 0, 0);
        assertThat(read(2, 10)).isEqualTo("hello");
        assertThat(guest.call("fd_close", 2)).isEqualTo(Errno.SUCCESS);
        assertThat(openIn(ROOT, "b", CREAT, 0, 0)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void renumberingClosesWhatItReplaces() {
        guest = new FakeGuest(
                new Confinement(SystemCallPolicy.ALLOW_ALL, new FileLimits(100_000, 2), Storage.UNSHARED));
        int one = open("a", CREAT);
        int other = open("b", CREAT);
        guest.putText(PATH, "a");
        assertThat(guest.call("path_unlink_file", ROOT, PATH, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_renumber", other, one)).isEqualTo(Errno.SUCCESS);
        assertThat(openIn(ROOT, "c", CREAT, 0, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_renumber", one, one)).isEqualTo(Errno.SUCCESS);
        assertThat(write(one, "x")).isEqualTo(1);
    }

    @Test
    void theQuotaIsAnErrorOfWriting() {
        guest = new FakeGuest(new Confinement(SystemCallPolicy.ALLOW_ALL, new FileLimits(20_000, 5), Storage.UNSHARED));
        int fd = open("a", CREAT);
        guest.vectors(VECTORS, 20_000, 16_384, 20_000, 16_384);
        assertThat(guest.call("fd_write", fd, VECTORS, 2, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(RESULT)).isEqualTo(16_384);
        assertThat(guest.call("fd_write", fd, VECTORS, 1, RESULT)).isEqualTo(Errno.NOSPC);
        assertThat(seek(fd, 0, 1)).isEqualTo(16_384);
    }

    @Test
    void statusTellsTypeLinksSizeAndTimes() {
        int fd = open("a", CREAT);
        write(fd, "hello");
        guest.putText(PATH, "a").putText(OTHER_PATH, "b");
        assertThat(guest.call("path_link", ROOT, 0, PATH, 1, ROOT, OTHER_PATH, 1))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_filestat_set_times", fd, 5, 6, 0b101)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("path_filestat_get", ROOT, 1, OTHER_PATH, 1, STAT))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(STAT)).isEqualTo(1);
        assertThat(guest.getLong(STAT + 8)).isPositive();
        assertThat(guest.getByte(STAT + 16)).isEqualTo(FileType.REGULAR_FILE.code());
        assertThat(guest.getLong(STAT + 24)).isEqualTo(2);
        assertThat(guest.getLong(STAT + 32)).isEqualTo(5);
        assertThat(guest.getLong(STAT + 40)).isEqualTo(5);
        assertThat(guest.getLong(STAT + 48)).isEqualTo(6);
        assertThat(guest.getLong(STAT + 56)).isEqualTo(6_000_000_000L);
        assertThat(guest.call("path_filestat_set_times", ROOT, 1, PATH, 1, 0, 0, 0b1010))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_filestat_get", fd, STAT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getLong(STAT + 48)).isEqualTo(6_000_000_000L);
        assertThat(guest.call("fd_filestat_set_times", fd, 0, 0, 0b11)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_times", ROOT, 0, 0, 0b10000)).isEqualTo(Errno.INVAL);
    }

    @Test
    void linksAreReadAsFarAsTheyFit() {
        guest.putText(PATH, "target").putText(OTHER_PATH, "l");
        assertThat(guest.call("path_symlink", PATH, 6, ROOT, OTHER_PATH, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("path_readlink", ROOT, OTHER_PATH, 1, BUFFER, 4, RESULT))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(RESULT)).isEqualTo(4);
        assertThat(guest.text(BUFFER, 6)).isEqualTo("targ\0\0");
        assertThat(guest.call("path_filestat_get", ROOT, 0, OTHER_PATH, 1, STAT))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.getByte(STAT + 16)).isEqualTo(FileType.SYMBOLIC_LINK.code());
        assertThat(guest.getLong(STAT + 32)).isEqualTo(6);
        createDirectory("d");
        guest.putText(PATH, "d");
        assertThat(guest.call("path_readlink", ROOT, PATH, 1, BUFFER, 4, RESULT))
                .isEqualTo(Errno.INVAL);
    }

    @ParameterizedTest
    @CsvSource({"4096", "24", "25", "26", "27", "60"})
    void directoriesAreListedWhateverTheBuffer(int buffer) {
        createDirectory("a");
        open("bb", CREAT);
        List<String> names = new ArrayList<>();
        long cookie = 0;
        int used;
        do {
            assertThat(guest.call("fd_readdir", ROOT, BUFFER, buffer, cookie, RESULT))
                    .isEqualTo(Errno.SUCCESS);
            used = guest.getInt(RESULT);
            assertThat(used).isLessThanOrEqualTo(buffer);
            long before = cookie;
            int at = 0;
            while (at + 24 <= used && at + 24 + guest.getInt(BUFFER + at + 16) <= used) {
                cookie = guest.getLong(BUFFER + at);
                int length = guest.getInt(BUFFER + at + 16);
                names.add(guest.text(BUFFER + at + 24, length));
                at += 24 + length;
            }
            if (used == buffer && cookie == before) {
                assertThat(buffer).isLessThan(26);
                return;
            }
        } while (used == buffer);
        assertThat(names).containsExactly(".", "..", "a", "bb");
        assertThat(guest.call("fd_readdir", ROOT, BUFFER, buffer, -1, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(RESULT)).isZero();
    }

    @Test
    void filesAreAlwaysReadyAndDirectoriesNever() {
        int fd = open("a", CREAT);
        write(fd, "hello");
        seek(fd, 2, 0);
        subscribe(0, 1, fd);
        subscribe(1, 2, fd);
        subscribe(2, 1, ROOT);
        assertThat(guest.call("poll_oneoff", 0, BUFFER, 3, RESULT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.getInt(RESULT)).isEqualTo(3);
        assertThat(guest.getInt(BUFFER + 8) & 0xFFFF).isEqualTo(Errno.SUCCESS.code());
        assertThat(guest.getLong(BUFFER + 16)).isEqualTo(3);
        assertThat(guest.getInt(BUFFER + 32 + 8) & 0xFFFF).isEqualTo(Errno.SUCCESS.code());
        assertThat(guest.getInt(BUFFER + 64 + 8) & 0xFFFF).isEqualTo(Errno.BADF.code());
    }

    @Test
    void filesAreNoSockets() {
        int fd = open("a", CREAT);
        for (int descriptor : new int[] {ROOT, fd}) {
            assertThat(guest.call("sock_accept", descriptor, 0, RESULT)).isEqualTo(Errno.NOTSOCK);
            assertThat(guest.call("sock_recv", descriptor, VECTORS, 0, 0, RESULT, RESULT))
                    .isEqualTo(Errno.NOTSOCK);
            assertThat(guest.call("sock_send", descriptor, VECTORS, 0, 0, RESULT))
                    .isEqualTo(Errno.NOTSOCK);
            assertThat(guest.call("sock_shutdown", descriptor, 1)).isEqualTo(Errno.NOTSOCK);
        }
    }

    @Test
    void upperHalvesOf32BitArgumentsDoNotCount() {
        open("a", CREAT);
        guest.vectors(VECTORS, BUFFER, 3);
        assertThat(guest.call("fd_write", 0xABCD_0000_0000_0004L, VECTORS, 0xFFFF_FFFF_0000_0001L, RESULT))
                .isEqualTo(Errno.SUCCESS);
    }

    private void subscribe(int index, int type, int fd) {
        guest.putLong(48L * index, index).putInt(48L * index + 8, type).putInt(48L * index + 16, fd);
    }

    private void createDirectory(String path) {
        assertThat(guest.putText(PATH, path).call("path_create_directory", ROOT, PATH, length(path)))
                .isEqualTo(Errno.SUCCESS);
    }

    private int open(String path, long flags) {
        return openWith(path, flags, Rights.FILE, 0);
    }

    private int openWith(String path, long flags, long rights, int fdFlags) {
        return openWith(path, flags, rights, 0, fdFlags);
    }

    private int openWith(String path, long flags, long rights, long inheriting, int fdFlags) {
        guest.putText(PATH, path);
        assertThat(guest.call("path_open", ROOT, 1, PATH, length(path), flags, rights, inheriting, fdFlags, RESULT))
                .as(path)
                .isEqualTo(Errno.SUCCESS);
        return guest.getInt(RESULT);
    }

    private Errno openIn(int directory, String path, long flags, long rights, int fdFlags) {
        guest.putText(PATH, path);
        return guest.call("path_open", directory, 1, PATH, length(path), flags, rights, 0, fdFlags, RESULT);
    }

    private static int length(String path) {
        return path.getBytes(StandardCharsets.UTF_8).length;
    }

    private int write(int fd, String text) {
        guest.putText(BUFFER, text).vectors(VECTORS, BUFFER, length(text));
        assertThat(guest.call("fd_write", fd, VECTORS, 1, RESULT)).isEqualTo(Errno.SUCCESS);
        return guest.getInt(RESULT);
    }

    private String read(int fd, int length) {
        guest.vectors(VECTORS, BUFFER, length);
        assertThat(guest.call("fd_read", fd, VECTORS, 1, RESULT)).isEqualTo(Errno.SUCCESS);
        return guest.text(BUFFER, guest.getInt(RESULT));
    }

    private long seek(int fd, long offset, int whence) {
        assertThat(guest.call("fd_seek", fd, offset, whence, RESULT)).isEqualTo(Errno.SUCCESS);
        return guest.getLong(RESULT);
    }
}
