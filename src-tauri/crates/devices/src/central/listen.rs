//! Who wants discovery to run. It cannot be stopped when a hold is dropped (that takes a call to the daemon), so it
//! is stopped the next time anybody settles.

use std::sync::{Arc, Weak};

/// What discovery reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listen {
    /// Devices that announce a service that we take measurements from: enough to have an added one back.
    Filtered,
    /// Everything: a sensor that is overheard announces no service, its values are in the data.
    All,
}

/// Keeps discovery running while it lives.
#[derive(Debug)]
pub(super) struct Hold {
    #[expect(dead_code, reason = "counted, never read")]
    any: Arc<()>,
    #[expect(dead_code, reason = "counted, never read")]
    wide: Option<Arc<()>>,
}

/// The holds, and what discovery reports while it runs.
#[derive(Debug, Default)]
pub(super) struct Listening {
    pub(super) running: Option<Listen>,
    /// A call that starts or stops it was given up half-way: it may run or not.
    pub(super) unsure: bool,
    holds: Weak<()>,
    wide: Weak<()>,
}

fn share(weak: &mut Weak<()>) -> Arc<()> {
    weak.upgrade().unwrap_or_else(|| {
        let first = Arc::new(());
        *weak = Arc::downgrade(&first);
        first
    })
}

impl Listening {
    pub(super) fn hold(&mut self, what: Listen) -> Hold {
        let any = share(&mut self.holds);
        Hold { any, wide: (what == Listen::All).then(|| share(&mut self.wide)) }
    }

    /// What those who hold it need together.
    pub(super) fn wanted(&self) -> Listen {
        if self.wide.strong_count() == 0 { Listen::Filtered } else { Listen::All }
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
        let (a, b) = (listening.hold(Listen::Filtered), listening.hold(Listen::All));
        drop(a);
        assert!(!listening.idle());
        assert_eq!(listening.wanted(), Listen::All);
        drop(b);
        assert!(listening.idle());
        let _c = listening.hold(Listen::Filtered);
        assert_eq!(listening.wanted(), Listen::Filtered);
        assert!(!listening.idle());
    }
}
