//! Chromium, for the tests that look at the page in a browser. Debian's own: a browser that a package of Python or Node would
//! download is no part of any distribution, and of no use where only packages can be had.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt;

/// Names a browser in place of what is found.
const VARIABLE: &str = "SALUS_CHROMIUM";

/// What distributions call it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Installs it where Debian's package is to be had; elsewhere says what is missing, because only one step of the tests needs it.
pub(crate) fn ensure() -> Result<()> {
    if let Ok(found) = find() {
        println!("   a browser: {}", found.display());
        return Ok(());
    }
    if apt::here() && !is_ubuntu() {
        return apt::ensure(&["chromium"], "to look at the page in a browser");
    }
    println!("   NO CHROMIUM: `cargo xtask browser` will fail. {ADVICE}");
    Ok(())
}

const ADVICE: &str = "Install Chromium, or name one in SALUS_CHROMIUM";

/// The browser.
pub(crate) fn find() -> Result<PathBuf> {
    find_in(std::env::var_os(VARIABLE).map(PathBuf::from), &std::env::var_os("PATH").unwrap_or_default())
        .context(ADVICE)
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
