//! Whether a failed attempt means that the two no longer, or not yet, share a bond.
//!
//! - `NotPermitted: Not paired` and its like at a subscription, or a link that the platform ended because of
//!   authentication: the device wants a bond that we lack, or that it lost.
//! - A subscription that hangs on a device that is not paired: the platform waits for somebody to pair it.
//! - A device that was bonded and is not any more: our side was lost, or somebody else answers at its address.
//! - A link to a bonded device that comes up and goes at once, time after time: before 5.80 BlueZ says no more than that
//!   when the device has lost its bond. Once can be bad reception, so the [session](super::session) counts.

use super::attempt::Linked;
use super::daemon::{self, Farewells};
use super::{Central, PeripheralKey};

/// Why an attempt gave no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    /// Out of reach, busy, gone.
    Failed,
    /// It is bonded and in reach: a link was there, and went before anything could be asked.
    Dropped,
    /// It sends only once it is paired.
    Unpaired,
    /// It was paired; one side has lost the bond.
    BondLost,
}

/// What an attempt showed.
pub(super) struct Signs {
    farewells: Farewells,
    refused: bool,
    hung: bool,
}

impl Signs {
    /// Begins before the attempt does, so that nothing is missed.
    pub(super) async fn watch(central: &Central, key: &PeripheralKey) -> Self {
        Self { farewells: central.daemon.farewells(key).await, refused: false, hung: false }
    }

    /// Notes an error of one step.
    pub(super) fn error(&mut self, step: &'static str, error: &btleplug::Error) {
        tracing::debug!(%error, step);
        self.refused |= daemon::refused(error);
    }

    /// Notes a subscription that got no answer.
    pub(super) const fn hung(&mut self) {
        self.hung = true;
    }

    /// The link, or why there is none. `bonded` when the device was paired before.
    pub(super) async fn judge(
        mut self,
        central: &Central,
        key: &PeripheralKey,
        bonded: bool,
        linked: Option<Linked>,
    ) -> Result<Box<Linked>, Miss> {
        if let Some(linked) = linked {
            let open = linked.description.link_encrypted == Some(false);
            return if bonded && open { Err(Miss::BondLost) } else { Ok(Box::new(linked)) };
        }
        // The answer also comes after every farewell that was sent before it.
        let paired = central.daemon.paired(key).await;
        let refused = self.refused || self.farewells.of_authentication();
        Err(match (paired, bonded) {
            (Some(false), true) => Miss::BondLost,
            (Some(true), _) if refused => Miss::BondLost,
            (Some(false), false) if refused || self.hung => Miss::Unpaired,
            (None, _) if refused => Miss::Unpaired,
            (Some(true), true) if self.farewells.of_a_link() => Miss::Dropped,
            _ => Miss::Failed,
        })
    }
}
