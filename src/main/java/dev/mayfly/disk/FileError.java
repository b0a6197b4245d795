package dev.mayfly.disk;

/** Why a file operation failed. The names are those of POSIX, without the E. */
public enum FileError {
    /** The file system has as many files as it may. */
    DQUOT,
    BUSY,
    EXIST,
    FBIG,
    INVAL,
    /** The layer below cannot be read. */
    IO,
    ISDIR,
    LOOP,
    NAMETOOLONG,
    NOENT,
    /** The file system has as many bytes as it may. */
    NOSPC,
    NOTDIR,
    NOTEMPTY,
    /** Not of POSIX: the path leads out of the directory that it must stay in. */
    NOTCAPABLE,
    PERM,
    /** It is on a disk that cannot be written to. */
    ROFS,
    /** It would be on two disks. */
    XDEV
}
