//! What two laptops say to each other, and what a removed one can still do, with members in memory.

mod given;
mod paired;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_vault::{Writer as Computer, WriterId};

use crate::reader::ReaderSecret;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn keys(seed: u64) -> ReaderSecret {
    ReaderSecret::generate(&mut rng(seed))
}

fn computer(seed: u8) -> Computer {
    Computer { id: WriterId([seed; 16]), key: [seed; 32] }
}
