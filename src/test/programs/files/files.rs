//! Makes every call for files that WASI has, by way of Rust's standard library and, where that has none, the C library's
//! functions, below the directory that the first argument names, and prints what came of it. The same source runs
//! natively, where the expectations come from. The second argument says what to do: "exercise" works on the tree that the
//! program in C prepares, "all" makes the same tree first.

use std::ffi::CString;
use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
#[cfg(unix)]
use std::os::unix::io::AsRawFd;
#[cfg(target_os = "wasi")]
use std::os::wasi::io::AsRawFd;
use std::path::{Path, PathBuf};

#[repr(C)]
struct Time {
    seconds: i64,
    nanos: isize,
}

#[rustfmt::skip]
extern "C" {
    fn pread(fd: i32, to: *mut u8, count: usize, at: i64) -> isize;
    fn pwrite(fd: i32, from: *const u8, count: usize, at: i64) -> isize;
    fn posix_fadvise(fd: i32, at: i64, count: i64, advice: i32) -> i32;
    fn posix_fallocate(fd: i32, at: i64, count: i64) -> i32;
    fn fcntl(fd: i32, command: i32, ...) -> i32;
    fn futimens(fd: i32, times: *const Time) -> i32;
    fn utimensat(directory: i32, path: *const i8, times: *const Time, flags: i32) -> i32;
}

const ADVICE_WILL_NEED: i32 = 3;
const F_GETFL: i32 = 3;
const F_SETFL: i32 = 4;

/// What only WASI has, or has otherwise.
#[cfg(target_os = "wasi")]
mod system {
    pub const APPEND: i32 = 1;
    pub const HERE: i32 = -2;
    const FD_WRITE: u64 = 1 << 6;

    #[repr(C)]
    struct Status {
        kind: u8,
        flags: u16,
        rights: u64,
        inheriting: u64,
    }

    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    extern "C" {
        fn fd_tell(fd: i32, at: *mut i64) -> i32;
        fn fd_renumber(from: i32, to: i32) -> i32;
        fn fd_fdstat_get(fd: i32, status: *mut Status) -> i32;
        fn fd_fdstat_set_rights(fd: i32, rights: u64, inheriting: u64) -> i32;
    }

    pub fn tell(fd: i32) -> i64 {
        let mut at = 0;
        if unsafe { fd_tell(fd, &mut at) } == 0 {
            at
        } else {
            -1
        }
    }

    pub fn renumber(from: i32, to: i32) -> bool {
        unsafe { fd_renumber(from, to) == 0 }
    }

    pub fn give_up_writing(fd: i32) -> bool {
        let mut status = Status { kind: 0, flags: 0, rights: 0, inheriting: 0 };
        unsafe { fd_fdstat_get(fd, &mut status) == 0 && fd_fdstat_set_rights(fd, status.rights & !FD_WRITE, 0) == 0 }
    }
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::os::unix::io::IntoRawFd;

    pub const APPEND: i32 = 0o2000;
    pub const HERE: i32 = -100;

    extern "C" {
        fn dup2(from: i32, to: i32) -> i32;
        fn close(fd: i32) -> i32;
        fn lseek(fd: i32, offset: i64, whence: i32) -> i64;
    }

    pub fn tell(fd: i32) -> i64 {
        unsafe { lseek(fd, 0, 1) }
    }

    pub fn renumber(from: i32, to: i32) -> bool {
        unsafe { dup2(from, to) >= 0 && close(from) == 0 }
    }

    pub fn give_up_writing(fd: i32) -> bool {
        let other = File::open(format!("/proc/self/fd/{}", fd)).unwrap();
        renumber(other.into_raw_fd(), fd)
    }
}

fn word(error: Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "not found".to_string(),
        ErrorKind::AlreadyExists => "already exists".to_string(),
        ErrorKind::InvalidInput => "invalid".to_string(),
        _ => "refused".to_string(),
    }
}

fn show<T>(what: &str, result: Result<T>) -> Option<T> {
    match result {
        Ok(value) => {
            println!("{}: ok", what);
            Some(value)
        }
        Err(error) => {
            println!("{}: {}", what, word(error));
            None
        }
    }
}

fn list(what: &str, path: PathBuf) {
    match fs::read_dir(path) {
        Ok(entries) => {
            let mut names: Vec<String> = entries
                .map(|entry| entry.unwrap())
                .map(|entry| {
                    let kind = entry.file_type().unwrap();
                    let mark = if kind.is_dir() { "/" } else if kind.is_symlink() { "@" } else { "" };
                    format!("{}{}", entry.file_name().into_string().unwrap(), mark)
                })
                .filter(|name| name != "lost+found/")
                .collect();
            names.sort();
            println!("{}: {} {:?}", what, names.len(), &names[..names.len().min(20)]);
        }
        Err(error) => println!("{}: {}", what, word(error)),
    }
}

/// The tree that the program in C makes, as far as this one looks at it.
#[allow(deprecated)]
fn prepare(base: &Path) -> Result<()> {
    let at = |path: &str| base.join(path);
    for directory in ["d/empty", "d/full", "d/many", "d/deep/er"] {
        fs::create_dir_all(at(directory))?;
    }
    fs::write(at("f"), "the first file")?;
    fs::write(at("d/g"), "another")?;
    fs::write(at("d/full/x"), "x")?;
    fs::write(at("d/deep/er/y"), "why")?;
    fs::write(at("victim"), "to be replaced")?;
    fs::write(at("open"), "open while it changes")?;
    fs::hard_link(at("d/g"), at("hard"))?;
    for (target, link) in [("d/g", "soft"), ("d", "dir"), ("loop", "loop"), ("no/such/file", "dangling"), ("../f", "d/up")] {
        fs::soft_link(target, at(link))?;
    }
    for i in 0..300 {
        let name = format!("d/many/file-{:03}", i);
        fs::write(at(&name), &name)?;
    }
    let mut big = File::create(at("big"))?;
    for i in 0..64 {
        big.write_all(&[b'a' + i % 26; 4096])?;
    }
    let mut holes = File::create(at("holes"))?;
    holes.write_all(b"start")?;
    holes.seek(SeekFrom::Start(500_000))?;
    holes.write_all(b"middle")?;
    holes.set_len(1_000_000)
}

fn contents(base: &Path) -> Result<()> {
    let at = |path: &str| base.join(path);
    list("root", at(""));
    list("many", at("d/many"));
    println!("{:?}", fs::read_to_string(at("f")).map_err(word));
    println!("{:?}", fs::read_to_string(at("soft")).map_err(word));
    println!("{:?}", fs::read_to_string(at("none")).map_err(word));
    println!("{:?}", fs::read_link(at("soft")).map_err(word));
    println!("{:?}", fs::symlink_metadata(at("soft"))?.file_type().is_symlink());
    let big = fs::read(at("big"))?;
    println!("{} {}", big.len(), big.iter().map(|byte| *byte as u64).sum::<u64>());
    let mut file = show("append", OpenOptions::new().append(true).open(at("f"))).unwrap();
    file.write_all(b", and more")?;
    println!("{:?}", fs::read_to_string(at("f")).map_err(word));
    let mut file = OpenOptions::new().read(true).write(true).open(at("big"))?;
    file.seek(SeekFrom::Start(70_000))?;
    file.write_all(b"rust was here")?;
    file.seek(SeekFrom::Current(-13))?;
    let mut text = [0; 13];
    file.read_exact(&mut text)?;
    println!("{:?}", std::str::from_utf8(&text).unwrap());
    println!("{}", system::tell(file.as_raw_fd()));
    file.set_len(70_004)?;
    println!("{}", file.metadata()?.len());
    show("sync", file.sync_all());
    show("sync data", file.sync_data());
    Ok(())
}

/// What the standard library has no functions for.
fn descriptors(base: &Path) -> Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(base.join("f"))?;
    let fd = file.as_raw_fd();
    let mut text = [0u8; 5];
    unsafe {
        println!("pwrite: {}", pwrite(fd, b"FIRST".as_ptr(), 5, 4));
        println!("pread: {} {:?}", pread(fd, text.as_mut_ptr(), 5, 3), std::str::from_utf8(&text));
        println!("advise: {}", posix_fadvise(fd, 0, 10, ADVICE_WILL_NEED));
        println!("allocate: {}", posix_fallocate(fd, 0, 100));
        println!("{}", file.metadata()?.len());
        println!("append: {}", fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | system::APPEND));
        println!("appends: {}", fcntl(fd, F_GETFL) & system::APPEND == system::APPEND);
    }
    file.write_all(b"!")?;
    println!("{}", file.metadata()?.len());
    let times = |seconds| [Time { seconds, nanos: 0 }, Time { seconds: seconds + 1, nanos: 0 }];
    println!("times: {}", unsafe { futimens(fd, times(1_000_000_000).as_ptr()) });
    println!("{}", seconds(&base.join("f"))?);
    let path = CString::new(base.join("f").to_str().unwrap()).unwrap();
    println!("times: {}", unsafe { utimensat(system::HERE, path.as_ptr().cast(), times(1_100_000_000).as_ptr(), 0) });
    println!("{}", seconds(&base.join("f"))?);
    println!("give up writing: {}", system::give_up_writing(fd));
    println!("write: {}", if unsafe { pwrite(fd, b"x".as_ptr(), 1, 0) } < 0 { "refused" } else { "done" });
    let other = File::open(base.join("d/g"))?;
    let from = other.as_raw_fd();
    std::mem::forget(other);
    println!("renumber: {} {}", system::renumber(from, fd), unsafe { fcntl(from, F_GETFL) });
    let mut moved = String::new();
    file.read_to_string(&mut moved)?;
    println!("{:?}", moved);
    drop(file);
    println!("closed: {}", unsafe { fcntl(fd, F_GETFL) });
    Ok(())
}

fn seconds(path: &Path) -> Result<u64> {
    let modified = fs::metadata(path)?.modified()?;
    Ok(modified.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs())
}

#[allow(deprecated)]
fn names(base: &Path) -> Result<()> {
    let at = |path: &str| base.join(path);
    show("create new", OpenOptions::new().write(true).create_new(true).open(at("f")));
    show("rename over", fs::rename(at("d/g"), at("victim")));
    println!("{:?}", fs::read_to_string(at("victim")).map_err(word));
    show("remove file", fs::remove_file(at("victim")));
    show("remove again", fs::remove_file(at("victim")));
    println!("{:?}", fs::read_to_string(at("hard")).map_err(word));
    show("link", fs::hard_link(at("hard"), at("harder")));
    show("link over", fs::hard_link(at("hard"), at("f")));
    show("symbolic link", fs::soft_link("harder", at("softer")));
    fs::write(at("hard"), "by another name")?;
    println!("{:?}", fs::read_to_string(at("softer")).map_err(word));
    show("remove full", fs::remove_dir(at("d/full")));
    show("copy", fs::copy(at("holes"), at("copy")));
    println!("{}", fs::metadata(at("copy"))?.len());
    show("make all", fs::create_dir_all(at("x/y/z")));
    show("write", fs::write(at("x/y/z/file"), "deep"));
    show("rename directory", fs::rename(at("x/y"), at("d/y")));
    println!("{:?}", fs::read_to_string(at("d/y/z/file")).map_err(word));
    show("remove all", fs::remove_dir_all(at("d")));
    list("root", at(""));
    Ok(())
}

fn main() -> Result<()> {
    let base = PathBuf::from(std::env::args().nth(1).unwrap_or("/".to_string()));
    if std::env::args().nth(2).as_deref() == Some("all") {
        prepare(&base)?;
    }
    contents(&base)?;
    descriptors(&base)?;
    names(&base)
}
