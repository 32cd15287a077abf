//! When a silent adapter is restarted. Pure: a look comes in, an act goes out.

/// What was seen since the last look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Something was heard.
    pub(super) heard: bool,
    /// Discovery is on: silence means something.
    pub(super) listening: bool,
    /// A device is connected.
    pub(super) linked: bool,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Wait.
    Nothing,
    /// Discover again, without a filter.
    Widen,
    /// The adapter hears after all: discover with the filter.
    Narrow,
    /// Switch the adapter off and on.
    Restart,
    /// Tell that nothing is heard.
    Silent,
    /// Tell that something is heard again.
    Heard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Filtered,
    All,
    /// Restarted once; not again before something was heard.
    Restarted,
    Silent,
}

/// Counts looks without a sound.
#[derive(Debug)]
pub(super) struct Dog {
    patience: u32,
    silent: u32,
    stage: Stage,
}

impl Dog {
    /// One that waits for so many looks.
    pub(super) const fn new(patience: u32) -> Self {
        Self { patience, silent: 0, stage: Stage::Filtered }
    }

    pub(super) const fn look(&mut self, look: Look) -> Act {
        if look.heard {
            let before = self.stage;
            self.silent = 0;
            self.stage = Stage::Filtered;
            return match before {
                Stage::Filtered => Act::Nothing,
                Stage::All => Act::Narrow,
                Stage::Restarted | Stage::Silent => Act::Heard,
            };
        }
        if !look.listening {
            self.silent = 0;
            return Act::Nothing;
        }
        self.silent = self.silent.saturating_add(1);
        if self.silent < self.patience {
            return Act::Nothing;
        }
        self.silent = 0;
        let (stage, act) = match self.stage {
            Stage::Filtered => (Stage::All, Act::Widen),
            // A connected device is heard through its link, and others may need theirs.
            Stage::All if look.linked => (Stage::Filtered, Act::Narrow),
            Stage::All => (Stage::Restarted, Act::Restart),
            Stage::Restarted => (Stage::Silent, Act::Silent),
            Stage::Silent => (Stage::Silent, Act::Nothing),
        };
        self.stage = stage;
        act
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENT: Look = Look { heard: false, listening: true, linked: false };

    fn acts(dog: &mut Dog, look: Look, looks: usize) -> Vec<Act> {
        (0..looks).map(|_| dog.look(look)).filter(|a| *a != Act::Nothing).collect()
    }

    #[test]
    fn a_deaf_adapter_is_restarted_once() {
        let mut dog = Dog::new(12);
        assert_eq!(acts(&mut dog, SILENT, 11), []);
        assert_eq!(acts(&mut dog, SILENT, 1), [Act::Widen]);
        assert_eq!(acts(&mut dog, SILENT, 12), [Act::Restart]);
        assert_eq!(acts(&mut dog, SILENT, 12), [Act::Silent]);
        assert_eq!(acts(&mut dog, SILENT, 1000), []);
        assert_eq!(acts(&mut dog, Look { heard: true, ..SILENT }, 5), [Act::Heard]);
        assert_eq!(acts(&mut dog, SILENT, 24), [Act::Widen, Act::Restart], "and again after it was heard");
    }

    #[test]
    fn switched_off_devices_are_no_fault_of_the_adapter() {
        let mut dog = Dog::new(3);
        assert_eq!(acts(&mut dog, SILENT, 3), [Act::Widen]);
        assert_eq!(dog.look(Look { heard: true, ..SILENT }), Act::Narrow);
    }

    #[test]
    fn a_link_that_is_up_is_never_cut() {
        let mut dog = Dog::new(3);
        let linked = Look { linked: true, ..SILENT };
        assert!(!acts(&mut dog, linked, 1000).contains(&Act::Restart));
    }

    #[test]
    fn silence_counts_only_while_somebody_listens() {
        let mut dog = Dog::new(3);
        for _ in 0..100 {
            assert_eq!(acts(&mut dog, SILENT, 2), []);
            assert_eq!(dog.look(Look { listening: false, ..SILENT }), Act::Nothing);
        }
    }
}
