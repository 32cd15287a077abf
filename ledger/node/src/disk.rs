//! Whether a failure is a disk without room: the one fault of this machine that its operator mends in a minute.

use std::error::Error;
use std::io;

/// Whether `error`, or what it came from, is that there is no room.
pub(crate) fn is_full(error: &(dyn Error + 'static)) -> bool {
    let full =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    let mut at = Some(error);
    while let Some(error) = at {
        if error.downcast_ref::<io::Error>().is_some_and(full) {
            return true;
        }
        at = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_found_under_whatever_wraps_it() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        assert!(is_full(&full()));
        assert!(is_full(&io::Error::from(io::ErrorKind::QuotaExceeded)));
        assert!(is_full(&object_store::Error::Generic { store: "local", source: Box::new(full()) }));
        assert!(!is_full(&io::Error::from(io::ErrorKind::PermissionDenied)));
    }
}
