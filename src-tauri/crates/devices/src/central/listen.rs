//! Who wants discovery to run. It cannot be stopped when a hold is dropped (that takes a call to the daemon), so it
//! is stopped the next time anybody settles.

use std::sync::{Arc, Weak};

/// Keeps discovery running while it lives.
#[derive(Debug)]
pub(super) struct Hold(#[expect(dead_code, reason = "counted, never read")] Arc<()>);

/// The holds, and whether discovery runs.
#[derive(Debug, Default)]
pub(super) struct Listening {
    pub(super) running: bool,
    holds: Weak<()>,
}

impl Listening {
    pub(super) fn hold(&mut self) -> Hold {
        Hold(self.holds.upgrade().unwrap_or_else(|| {
            let first = Arc::new(());
            self.holds = Arc::downgrade(&first);
            first
        }))
    }

    pub(super) fn idle(&self) -> bool {
        self.holds.strong_count() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discovery_is_wanted_while_anybody_holds_it() {
        let mut listening = Listening::default();
        assert!(listening.idle());
        let (a, b) = (listening.hold(), listening.hold());
        drop(a);
        assert!(!listening.idle());
        drop(b);
        assert!(listening.idle());
        let _c = listening.hold();
        assert!(!listening.idle());
    }
}
