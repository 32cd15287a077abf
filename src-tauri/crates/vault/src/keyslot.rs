//! skeleton
pub mod recovery;
pub use recovery::RecoveryKey;

/// What opens a vault.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// Slot A.
    Passphrase(&'a str),
    /// Slot B.
    RecoveryKey(&'a RecoveryKey),
}

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
    /// 64 MiB, 3 passes, 4 lanes: less is never made and never opened.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
}
