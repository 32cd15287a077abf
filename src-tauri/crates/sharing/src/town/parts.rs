//! Guardians' parts, as a person's record makes them.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_vault::keyslot::GuardianSlot;

use crate::circle::RelativeSecret;
use crate::circle::part::Part;

/// A slot of these guardians, and the part of each; another one for each seed.
pub(crate) fn fresh(guardians: &[RelativeSecret], needed: u8, seed: u64) -> (GuardianSlot, Vec<Part>) {
    let keys: Vec<[u8; 32]> = guardians.iter().map(|g| g.inbox.public().kem().0).collect();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let (slot, sealed) = GuardianSlot::fresh([7; 16], &keys, needed, &mut rng).unwrap();
    let part = |sealed| Part { checks: slot.checks().clone(), sealed };
    let parts = sealed.into_iter().map(part).collect();
    (slot, parts)
}
