//! The hands of the clock: one offset file that every process reads.

use std::sync::Arc;

use salus_chain::time::{Clock, Epoch};
use salus_light::clock::OffsetFileClock;

use crate::network::Network;

/// Moves every process's clock.
pub struct Hands {
    clock: Arc<OffsetFileClock>,
    offset: i64,
}

impl Hands {
    /// The hands of a network's clock file.
    ///
    /// # Errors
    /// When the file is not there.
    pub fn of(network: &Network) -> anyhow::Result<Self> {
        Ok(Self { clock: Arc::new(OffsetFileClock::open(network.clock_path())?), offset: 0 })
    }

    /// The clock itself.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// The time that every process sees.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Moves on by milliseconds.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn advance(&mut self, network: &Network, ms: i64) -> anyhow::Result<()> {
        self.offset += ms;
        network.set_clock_offset(self.offset)
    }

    /// Moves to just after the end of the running epoch; how far that was.
    ///
    /// # Errors
    /// As [`Hands::advance`].
    pub fn next_epoch(&mut self, network: &Network) -> anyhow::Result<i64> {
        let now = self.now();
        let ms = Epoch::at(now).end() - now + 2_000;
        self.advance(network, ms)?;
        Ok(ms)
    }
}
