//! Works on files by way of Rust's standard library, below the directory that the first argument names, and prints what
//! came of it. The same source runs natively, where the expectations come from.

use std::fs::{self, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::PathBuf;

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

fn main() -> Result<()> {
    let base = PathBuf::from(std::env::args().nth(1).unwrap_or("/".to_string()));
    let at = |path: &str| base.join(path);
    list("root", at(""));
    list("many", at("d/many"));
    println!("{:?}", fs::read_to_string(at("f")).map_err(word));
    println!("{:?}", fs::read_to_string(at("soft")).map_err(word));
    println!("{:?}", fs::read_to_string(at("none")).map_err(word));
    println!("{:?}", fs::read_link(at("soft")).map_err(word));
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
    file.set_len(70_004)?;
    println!("{}", file.metadata()?.len());
    drop(file);
    show("create new", OpenOptions::new().write(true).create_new(true).open(at("f")));
    show("rename over", fs::rename(at("d/g"), at("victim")));
    println!("{:?}", fs::read_to_string(at("victim")).map_err(word));
    show("remove file", fs::remove_file(at("victim")));
    show("remove again", fs::remove_file(at("victim")));
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
