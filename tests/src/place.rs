//! Where this package's own files are: scripts, pages, vectors.

use std::path::{Path, PathBuf};

/// The folder of this package. Clones share what they compile, so it is asked for when it runs: the one that was compiled in may be of
/// another clone, and gone. Cargo names the folder of the package that it runs, this one or the chores' beside it.
#[must_use]
pub fn package() -> PathBuf {
    let runs = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let beside =
        runs.and_then(|dir| Some(dir.parent()?.join("tests"))).filter(|dir| dir.join("vectors").is_dir());
    beside.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned())
}
