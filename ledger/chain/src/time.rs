//! Time as a parameter: instants, the clock port, and epochs.

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type UnixMillis = i64;

/// Where a process takes the present instant from; implemented in `salus-light`.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> UnixMillis;
}

/// Seconds in an epoch: 2^12, about 68 minutes.
pub const EPOCH_SECONDS: i64 = 1 << 12;
/// Epochs are 20-bit numbers: the last begins in February 2106.
pub const EPOCH_COUNT: u32 = 1 << 20;

/// A number of 4096-second intervals since 1970; below [`EPOCH_COUNT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The epoch that `instant` lies in; clamped to the first and the last epoch.
    pub fn at(instant: UnixMillis) -> Self {
        let number = instant.div_euclid(1000).div_euclid(EPOCH_SECONDS);
        Self(u32::try_from(number.max(0)).unwrap_or(u32::MAX).min(EPOCH_COUNT - 1))
    }

    /// Its first millisecond.
    pub fn start(self) -> UnixMillis {
        i64::from(self.0) * EPOCH_SECONDS * 1000
    }

    /// The first millisecond after it.
    pub fn end(self) -> UnixMillis {
        (i64::from(self.0) + 1) * EPOCH_SECONDS * 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_unix_seconds_shifted_by_twelve() {
        // Golden vector: unix 1795000000 is epoch 438232.
        assert_eq!(Epoch::at(1_795_000_000_000), Epoch(438_232));
        assert_eq!(Epoch::at(Epoch(438_232).start()), Epoch(438_232));
        assert_eq!(Epoch::at(Epoch(438_232).end() - 1), Epoch(438_232));
        assert_eq!(Epoch::at(Epoch(438_232).end()), Epoch(438_233));
    }

    #[test]
    fn instants_outside_the_twenty_bits_are_clamped() {
        assert_eq!(Epoch::at(-1), Epoch(0));
        assert_eq!(Epoch::at(i64::MAX), Epoch(EPOCH_COUNT - 1));
    }
}
