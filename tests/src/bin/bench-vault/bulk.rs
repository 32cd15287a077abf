//! Sealing and opening in bulk, beside the bare cipher and an age file on as many octets.

use std::hint::black_box;

use anyhow::{Context, Result};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};
use salus_tests::figure::{Figure, median_ms};
use salus_vault::{Key, seal};

use crate::baseline::Baselines;
use crate::data::SEED;

const MIB: usize = 1 << 20;
const ROUNDS: usize = 21;

/// MiB/s of the bare cipher, encrypting in place.
pub(crate) fn bare_rate(plain: &[u8]) -> f64 {
    let cipher = ChaCha20Poly1305::new(&[1; 32].into());
    let bare = median_ms(ROUNDS, || {
        let mut copy = plain.to_vec();
        let tag = cipher.encrypt_inout_detached(&Nonce::default(), &[], copy.as_mut_slice().into());
        black_box((copy, tag.is_ok()))
    });
    #[expect(clippy::cast_precision_loss, reason = "sizes of megabytes are exact")]
    let mib = plain.len() as f64 / MIB as f64;
    mib * 1000.0 / bare
}

pub(crate) fn measure(baselines: &Baselines) -> Result<()> {
    let mut rng = ChaCha20Rng::seed_from_u64(SEED);
    let key = Key::new([1; 32]);
    let mut plain = vec![0; 16 * MIB];
    rng.fill(&mut plain[..]);
    let bare = bare_rate(&plain);
    let sealed = seal::seal(&key, b"bench", &plain, &mut rng);
    let sealing = median_ms(ROUNDS, || seal::seal(&key, b"bench", &plain, &mut rng));
    let opening = median_ms(ROUNDS, || seal::open(&key, b"bench", &sealed).is_ok());
    seal::open(&key, b"bench", &sealed).context("what was measured does not open")?;
    for (name, ms, age) in
        [("sealing", sealing, "seal_mib_per_second"), ("opening", opening, "open_mib_per_second")]
    {
        let rate = 16_000.0 / ms;
        let ratio = rate / bare;
        let age = baselines.age(age, |rate| format!("{rate:.0} MiB/s"));
        Figure {
            name: format!("{name} 16 MiB"),
            target: ">= 0.5 of the bare cipher".to_owned(),
            measured: rate,
            unit: "MiB/s".to_owned(),
            baseline: format!("bare ChaCha20-Poly1305 {bare:.0} MiB/s, ratio {ratio:.2}; {age}"),
            ok: Some(ratio >= 0.5),
        }
        .print()?;
    }
    Ok(())
}
