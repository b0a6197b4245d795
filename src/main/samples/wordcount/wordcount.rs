//! Counts the lines, words and bytes of stdin, and shows its most frequent words.

use std::collections::HashMap;
use std::io::{self, Read, Write};

const SHOWN: usize = 5;

fn main() -> io::Result<()> {
    let mut input = Vec::new();
    io::stdin().read_to_end(&mut input)?;
    let text = String::from_utf8_lossy(&input);

    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if !word.is_empty() {
            *counts.entry(word).or_insert(0) += 1;
        }
    }
    let mut frequent: Vec<(String, usize)> = counts.into_iter().collect();
    frequent.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));

    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} lines, {} words, {} bytes",
        text.lines().count(),
        text.split_whitespace().count(),
        input.len()
    )?;
    for (word, count) in frequent.iter().take(SHOWN) {
        writeln!(out, "{:>6}  {}", count, word)?;
    }
    Ok(())
}
