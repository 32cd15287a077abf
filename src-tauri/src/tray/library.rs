//! The library that shows symbols in the tray on Linux. It is no need of the program: `libappindicator-sys` loads it when the first
//! symbol is made, and panics where it is not there, which here would end the program in the middle of its loop. Therefore the loader's
//! list is read first, and loading it is tried where a panic is caught.
//!
//! # Source
//! libappindicator-sys 0.9.0, `LIB`: the four names, in that order; ld.so(8): `LD_LIBRARY_PATH`, then `/etc/ld.so.cache`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Names of the library, without the version of its interface.
const NAMES: [&str; 2] = ["libayatana-appindicator3.so", "libappindicator3.so"];
/// The version.
const VERSION: &str = ".1";
/// What the loader knows of: names and paths, each with a zero behind it.
const CACHE: &str = "/etc/ld.so.cache";
/// The largest list that is read. One of 5000 libraries is 400 kB.
const MAX: u64 = 16 << 20;

/// Whether the library is there, and can be loaded.
pub(super) fn is_there() -> bool {
    let path = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let beside = std::env::split_paths(&path).any(|folder| is_in(&folder));
    (beside || is_listed(&list()))
        && std::panic::catch_unwind(|| {
            let _library = &*libappindicator_sys::LIB;
        })
        .is_ok()
}

/// The loader's list; empty where there is none.
fn list() -> Vec<u8> {
    let mut octets = Vec::new();
    let read = File::open(CACHE).and_then(|file| file.take(MAX).read_to_end(&mut octets));
    if let Err(error) = read {
        tracing::debug!(kind = ?error.kind(), "the loader's list cannot be read");
    }
    octets
}

fn is_listed(list: &[u8]) -> bool {
    let has = |name: &str| list.windows(name.len()).any(|octets| octets == name.as_bytes());
    NAMES.into_iter().any(has)
}

fn is_in(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_file() || folder.join(format!("{name}{VERSION}")).is_file();
    folder.is_absolute() && NAMES.into_iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_library_is_known_by_its_name_in_the_loaders_list() {
        for name in NAMES {
            let list = format!("libapp.so.0\0{name}{VERSION}\0/usr/lib/{name}{VERSION}\0");
            assert!(is_listed(list.as_bytes()), "{name}");
        }
        for none in ["", "libayatana-indicator3.so.7\0", "libappindicator-gtk2.so.1\0"] {
            assert!(!is_listed(none.as_bytes()), "{none}");
        }
        assert!(!is_in(Path::new("")) && !is_in(Path::new("/nowhere")));
    }

    #[test]
    fn where_it_is_not_listed_nothing_is_loaded_and_where_it_is_nothing_panics() {
        // Whichever this machine has: it answers.
        assert!(!is_there() || is_listed(&list()) || std::env::var_os("LD_LIBRARY_PATH").is_some());
    }
}
