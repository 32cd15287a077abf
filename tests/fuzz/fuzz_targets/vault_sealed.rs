//! A sealed blob from a depot that altered it: only what was sealed opens.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_vault::{Key, seal};

fuzz_target!(|input: (u16, u8, u16, &[u8])| {
    let (at, by, cut, plain) = input;
    let (key, mut rng) = (Key::new([3; 32]), ChaCha20Rng::seed_from_u64(1));
    let mut sealed = seal::seal_padded(&key, b"context", plain, &mut rng);
    let opened = seal::open_padded(&key, b"context", &sealed).expect("sealed here");
    assert_eq!(opened[..], *plain);
    assert!(seal::open_padded(&key, b"another", &sealed).is_err());
    let at = usize::from(at) % sealed.len();
    sealed[at] ^= by;
    sealed.truncate(sealed.len() - usize::from(cut).min(sealed.len()));
    assert_eq!(seal::open_padded(&key, b"context", &sealed).is_ok(), by == 0 && cut == 0);
    assert!(seal::open_padded(&key, b"context", plain).is_err());
});
