//! The cost of slot A, and its limits.

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
        memory.try_reserve_exact(params.block_count()).map_err(|_| VaultError::BadParameters)?;
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
