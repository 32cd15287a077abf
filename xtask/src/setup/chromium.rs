//! Chromium, for the tests that look at the page in a browser. Debian's own: a browser that a package of Python or Node would
//! download is no part of any distribution, and of no use where only packages can be had.

use std::path::PathBuf;

use anyhow::{Context, Error, Result};

use super::apt;
use crate::env::Unavailable;

/// Names a browser in place of what is found.
const VARIABLE: &str = "SALUS_CHROMIUM";

/// What distributions call it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const ADVICE: &str = "Install Chromium, or name one in SALUS_CHROMIUM";

/// The browser; installs it where Debian's package is to be had. Where none can be had that is [`Unavailable`], because only one of the
/// tests needs it.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(found) = find() {
        println!("   a browser: {}", found.display());
        return Ok(found);
    }
    if apt::here() && !is_ubuntu() {
        apt::ensure(&["chromium"], "to look at the page in a browser")
            .context(Unavailable("Chromium cannot be installed"))?;
    }
    find().ok_or_else(|| Error::msg(ADVICE).context(Unavailable("there is no Chromium")))
}

fn find() -> Option<PathBuf> {
    find_in(std::env::var_os(VARIABLE).map(PathBuf::from), &std::env::var_os("PATH").unwrap_or_default())
}

fn find_in(named: Option<PathBuf>, path: &std::ffi::OsStr) -> Option<PathBuf> {
    if named.is_some() {
        return named.filter(|named| named.is_file());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|p| p.is_file())
}

/// There the package of this name brings a snap, which a test cannot start in an environment of its own.
fn is_ubuntu() -> bool {
    std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line.trim_matches('"') == "ID=ubuntu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_named_stands_for_all_others_and_is_not_made_up() {
        let cargo = PathBuf::from(env!("CARGO"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        assert_eq!(find_in(Some(cargo.clone()), &path), Some(cargo));
        assert_eq!(find_in(Some("/a browser that nobody has".into()), &path), None);
        assert_eq!(find_in(None, std::ffi::OsStr::new("")), None);
    }
}
