//! What a person confirms outside the page, in words and in their language, as of a permission.

mod arabic;
mod emergency;
mod exported;
mod handover;
mod help;
mod permission;
mod recovery;
mod waiting;

pub(super) use emergency::review;
pub(crate) use exported::{given, power};
pub(super) use handover::{ask_handover, handover};
pub(super) use help::{goes_on, helper, springs, stops};
pub(super) use permission::{confirmed, permission};
pub(super) use recovery::{forgo, guardians, recovery, regain};
pub(super) use waiting::veto;

/// What the tests of all parts go by.
#[cfg(test)]
mod tests {
    use salus_wire::UnixMillis;

    pub(super) const NOW: UnixMillis = 1_795_000_000_000;

    pub(super) fn plain(text: &str) {
        for word in ["chain", "block", "grant", "key", "epoch", "ledger", "token", "node", "transaction"] {
            assert!(!text.to_lowercase().contains(word), "{word}: {text}");
        }
    }
}
