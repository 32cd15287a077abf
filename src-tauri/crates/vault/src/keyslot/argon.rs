//! The cost of slot A, and its limits.

use core::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::{Zeroize, Zeroizing};

use crate::VaultError;

/// Octets of an encoded cost.
pub(super) const ENCODED: usize = 12;

const MIN_CHARACTERS: usize = 8;
const MAX_OCTETS: usize = 1024;

/// Argon2id cost of the passphrase slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl PassphraseCost {
    /// 256 MiB, 3 passes, 4 lanes.
    pub const DEFAULT: Self = Self { memory_kib: 256 * 1024, passes: 3, lanes: 4 };
    /// 64 MiB, 3 passes, 4 lanes (RFC 9106, second recommended option): less is never made and never opened.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
    /// 1 GiB, 32 passes, 16 lanes: more would let a planted file take the machine down.
    pub const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 32, lanes: 16 };

    /// More passes than this are never chosen: a computer that is faster today may be slower tomorrow.
    const MOST_PASSES: u32 = 16;
    /// What opening should take.
    const AIM: Duration = Duration::from_secs(1);

    /// The cost that takes about a second where [`PassphraseCost::FLOOR`] took `floor`.
    ///
    /// Time is proportional to memory and to passes. Where 256 MiB would take longer, memory shrinks towards the floor, in
    /// whole MiB; where it takes less, passes are added and not memory, which another program may want while this record
    /// is opened.
    #[must_use]
    pub fn calibrated(floor: Duration) -> Self {
        // At least a microsecond, so that a clock that stands still gives a cost too.
        let floor = floor.as_micros().max(1);
        let aim = Self::AIM.as_micros();
        let default = floor * u128::from(Self::DEFAULT.memory_kib / Self::FLOOR.memory_kib);
        let scaled = |base: u32, by: u128| u32::try_from(u128::from(base) * aim / by).unwrap_or(u32::MAX);
        if default > aim {
            let memory_kib = scaled(Self::FLOOR.memory_kib, floor) & !0x3FF;
            let memory_kib = memory_kib.clamp(Self::FLOOR.memory_kib, Self::DEFAULT.memory_kib);
            Self { memory_kib, ..Self::DEFAULT }
        } else {
            let passes = scaled(Self::DEFAULT.passes, default);
            Self { passes: passes.clamp(Self::DEFAULT.passes, Self::MOST_PASSES), ..Self::DEFAULT }
        }
    }

    /// Hashes once at this cost and throws it away: what a clock is held against before [`PassphraseCost::calibrated`].
    ///
    /// # Errors
    /// [`VaultError::BadParameters`] outside the limits; [`VaultError::NoMemory`].
    pub fn spend(self) -> Result<(), VaultError> {
        self.check()?;
        self.derive("a passphrase of nobody", &[0; super::SALT]).map(drop)
    }

    pub(super) fn check(self) -> Result<(), VaultError> {
        let within = |v: u32, floor: u32, ceiling: u32| (floor..=ceiling).contains(&v);
        let (f, c) = (Self::FLOOR, Self::CEILING);
        if within(self.memory_kib, f.memory_kib, c.memory_kib)
            && within(self.passes, f.passes, c.passes)
            && within(self.lanes, f.lanes, c.lanes)
        {
            Ok(())
        } else {
            Err(VaultError::BadParameters)
        }
    }

    pub(super) fn encode(self) -> [u8; ENCODED] {
        let mut out = [0; ENCODED];
        out[..4].copy_from_slice(&self.memory_kib.to_be_bytes());
        out[4..8].copy_from_slice(&self.passes.to_be_bytes());
        out[8..].copy_from_slice(&self.lanes.to_be_bytes());
        out
    }

    /// Reads a cost within the limits from the start of a slot.
    pub(super) fn decode(slot: &[u8]) -> Result<Self, VaultError> {
        let word = |at: usize| {
            let octets = slot.get(at..at + 4).and_then(|b| b.try_into().ok());
            octets.map(u32::from_be_bytes).ok_or(VaultError::BadParameters)
        };
        let cost = Self { memory_kib: word(0)?, passes: word(4)?, lanes: word(8)? };
        cost.check()?;
        Ok(cost)
    }

    pub(super) fn derive(self, passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| VaultError::BadParameters)?;
        // Reserved by hand: too little memory is an error here, not an abort.
        let mut memory: Vec<Block> = Vec::new();
        memory.try_reserve_exact(params.block_count()).map_err(|_| VaultError::NoMemory)?;
        memory.resize(params.block_count(), Block::default());
        let mut out = Zeroizing::new([0; 32]);
        let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            passphrase.as_bytes(),
            salt,
            &mut *out,
            &mut memory,
        );
        memory.iter_mut().for_each(Zeroize::zeroize);
        hashed.map_err(|_| VaultError::BadParameters)?;
        Ok(out)
    }
}

/// At least 8 characters, at most 1024 octets.
pub(crate) fn check_passphrase(passphrase: &str) -> Result<(), VaultError> {
    let long_enough = passphrase.chars().take(MIN_CHARACTERS).count() == MIN_CHARACTERS;
    if long_enough && passphrase.len() <= MAX_OCTETS { Ok(()) } else { Err(VaultError::WeakPassphrase) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_follows_the_computer_between_its_limits() {
        let at = |millis| PassphraseCost::calibrated(Duration::from_millis(millis));
        // 64 MiB in 250 ms: the default takes a second.
        assert_eq!(at(250), PassphraseCost::DEFAULT);
        assert_eq!(at(500), PassphraseCost { memory_kib: 128 * 1024, ..PassphraseCost::DEFAULT });
        assert_eq!(at(300).memory_kib % 1024, 0);
        assert_eq!(at(1_000), PassphraseCost::FLOOR);
        assert_eq!(at(60_000), PassphraseCost::FLOOR);
        assert_eq!(at(125), PassphraseCost { passes: 6, ..PassphraseCost::DEFAULT });
        assert_eq!(at(0), PassphraseCost { passes: 16, ..PassphraseCost::DEFAULT });
        for millis in 0..2_000 {
            assert_eq!(at(millis).check(), Ok(()), "{millis} ms");
        }
    }

    #[test]
    fn a_cost_outside_the_limits_is_not_tried() {
        let huge = PassphraseCost { memory_kib: u32::MAX, ..PassphraseCost::FLOOR };
        assert_eq!(huge.spend(), Err(VaultError::BadParameters));
        assert_eq!(PassphraseCost::FLOOR.spend(), Ok(()));
    }
}
