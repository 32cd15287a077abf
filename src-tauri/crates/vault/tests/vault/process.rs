//! A process of its own that writes until it is killed.
//!
//! It says on a pipe what was acknowledged; beside it a thread writes dots to the same pipe, as fast as it can. The test
//! reads a random number of acknowledgements, then a random number of dots, and kills: the dots are its clock.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use salus_vault::RecoveryKey;

const DIR: &str = "SALUS_KILL_DIR";
const KEY: &str = "SALUS_KILL_KEY";

/// In the process: which record it writes to; `None` when it was started as an ordinary test.
pub(crate) fn task() -> Option<(PathBuf, RecoveryKey)> {
    let (dir, key) = (std::env::var_os(DIR)?, std::env::var(KEY).ok()?);
    Some((dir.into(), key.parse().unwrap()))
}

/// In the process: one line, in one write, so that no dot comes between; straight to the pipe, because a test's own
/// output is captured.
pub(crate) fn say(line: &str) {
    std::io::stderr().write_all(format!("\n{line}\n").as_bytes()).unwrap();
}

/// In the process: starts the dots.
pub(crate) fn dots() {
    std::thread::spawn(|| {
        loop {
            std::io::stderr().write_all(b".").unwrap();
            (0..40).for_each(|_| std::thread::yield_now());
        }
    });
}

/// Starts the process that runs the test `name`, kills it after some acknowledgements and then some dots, and returns the
/// last line that `parse` takes for an acknowledgement.
pub(crate) fn write_and_kill<T>(
    name: &str,
    (dir, key): (&Path, &RecoveryKey),
    (acknowledgements, dots): (usize, usize),
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(DIR, dir)
        .env(KEY, key.to_text().as_str())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A small buffer: what is read ahead would blur the moment.
    let mut pipe = BufReader::with_capacity(64, child.stderr.take().unwrap());
    let mut said = Vec::new();
    let mut lines = 0;
    while lines < acknowledgements {
        let from = said.len();
        assert!(pipe.read_until(b'\n', &mut said).unwrap() > 0, "{}", String::from_utf8_lossy(&said));
        lines += usize::from(std::str::from_utf8(&said[from..]).is_ok_and(|l| parse(l.trim_end()).is_some()));
    }
    let mut seen = vec![0; dots];
    pipe.read_exact(&mut seen).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it still said before it died was acknowledged as well; a line without its end was not said whole.
    said.append(&mut seen);
    pipe.read_to_end(&mut said).unwrap();
    let text = String::from_utf8(said).unwrap();
    assert!(!text.contains("panicked"), "the writer failed by itself:\n{text}");
    text.split_inclusive('\n').filter_map(|l| l.strip_suffix('\n')).filter_map(parse).next_back()
}
