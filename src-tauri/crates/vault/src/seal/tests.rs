use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use sha2::{Digest, Sha256};

use super::*;
use crate::golden;

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(7)
}

fn key(n: u8) -> Key {
    Key::new([n; 32])
}

/// Three chunks: two full ones and a last one.
fn three_chunks() -> Vec<u8> {
    seal(&key(1), b"ctx", &vec![0x42; 2 * CHUNK + 100], &mut rng())
}

#[test]
fn sealing_agrees_with_the_golden_vector() {
    let v = golden::vectors();
    let s = &v["segment"];
    let key = Key::new(golden::array(&v["segment_input_key"]));
    let context = golden::bytes(&s["context"]);
    let sealed = seal_with_salt(&key, &context, &[0x42; 20_000], &golden::array(&s["salt"]));
    assert_eq!(sealed.len() as u64, s["len"].as_u64().unwrap());
    assert_eq!(sealed[..80], golden::bytes(&s["first_80"]));
    assert_eq!(Sha256::digest(&sealed).to_vec(), golden::bytes(&s["sha256"]));
    assert_eq!(open(&key, &context, &sealed).unwrap()[..], [0x42; 20_000]);
}

#[test]
fn every_truncation_is_refused() {
    let sealed = three_chunks();
    for len in 0..sealed.len() {
        // Every length near a boundary and a sample of the others.
        let near = (len.wrapping_sub(HEADER)) % (CHUNK + TAG);
        if !(40..=CHUNK - 40).contains(&near) || len % 97 == 0 {
            assert!(open(&key(1), b"ctx", &sealed[..len]).is_err(), "cut to {len}");
        }
    }
    // A cut exactly at a chunk's end is told by its length alone.
    assert_eq!(open(&key(1), b"ctx", &sealed[..HEADER + CHUNK + TAG]), Err(SealError::Length));
}

#[test]
fn reordered_repeated_and_spliced_chunks_are_refused() {
    let sealed = three_chunks();
    let (a, b) = (HEADER, HEADER + CHUNK + TAG);
    let mut swapped = sealed.clone();
    swapped[a..b].copy_from_slice(&sealed[b..b + CHUNK + TAG]);
    swapped[b..b + CHUNK + TAG].copy_from_slice(&sealed[a..b]);
    assert_eq!(open(&key(1), b"ctx", &swapped), Err(SealError::Altered));

    let mut repeated = sealed.clone();
    let first = sealed[a..b].to_vec();
    repeated.splice(b..b, first);
    assert_eq!(open(&key(1), b"ctx", &repeated), Err(SealError::Altered));

    let mut dropped = sealed.clone();
    dropped.drain(a..b);
    assert_eq!(open(&key(1), b"ctx", &dropped), Err(SealError::Altered));

    let mut other = ChaCha20Rng::seed_from_u64(8);
    let second = seal(&key(1), b"ctx", &vec![0x42; 2 * CHUNK + 100], &mut other);
    let mut spliced = sealed.clone();
    spliced[b..].copy_from_slice(&second[b..]);
    assert_eq!(open(&key(1), b"ctx", &spliced), Err(SealError::Altered));
    // The header of one on the body of the other.
    let mut spliced = sealed;
    spliced[..HEADER].copy_from_slice(&second[..HEADER]);
    assert_eq!(open(&key(1), b"ctx", &spliced), Err(SealError::Altered));
}

#[test]
fn chunks_after_the_last_and_a_full_last_chunk_are_refused() {
    let sealed = three_chunks();
    let tail = sealed[HEADER + 2 * (CHUNK + TAG)..].to_vec();
    // The last chunk once more, one octet more, and a whole record behind another.
    assert_eq!(open(&key(1), b"ctx", &[&sealed[..], &tail].concat()), Err(SealError::Altered));
    assert_eq!(open(&key(1), b"ctx", &[&sealed[..], b"x"].concat()), Err(SealError::Altered));
    assert_eq!(open(&key(1), b"ctx", &[&sealed[..], &sealed[HEADER..]].concat()), Err(SealError::Altered));
    // A further chunk that is sealed right, under the next number: the one before it is no longer the last.
    let okm = Okm::derive(&key(1), &sealed[..SALT], b"ctx");
    let mut longer = sealed.clone();
    seal_chunk(&okm.cipher(), &okm.nonce(3), b"more", &mut longer);
    assert_eq!(open(&key(1), b"ctx", &longer), Err(SealError::Altered));
    // Two full chunks that are sealed right, and no shorter one behind them.
    let mut full = sealed[..HEADER].to_vec();
    (0..2).for_each(|i| seal_chunk(&okm.cipher(), &okm.nonce(i), &[7; CHUNK], &mut full));
    assert_eq!(open(&key(1), b"ctx", &full), Err(SealError::Length));
}

#[test]
fn another_key_context_or_commitment_is_told_before_decrypting() {
    let sealed = three_chunks();
    assert_eq!(open(&key(2), b"ctx", &sealed), Err(SealError::WrongKey));
    assert_eq!(open(&key(1), b"ctx2", &sealed), Err(SealError::WrongKey));
    for at in 0..HEADER {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert_eq!(open(&key(1), b"ctx", &altered), Err(SealError::WrongKey), "octet {at}");
    }
}

#[test]
fn two_keys_never_open_one_ciphertext() {
    // Grafting the second key's commitment onto the first key's body gains nothing: the other key's chunks fail.
    let sealed = seal_with_salt(&key(1), b"ctx", b"pulse", &[9; SALT]);
    let other = seal_with_salt(&key(2), b"ctx", b"pulse", &[9; SALT]);
    let mut graft = sealed.clone();
    graft[..HEADER].copy_from_slice(&other[..HEADER]);
    assert_eq!(open(&key(2), b"ctx", &graft), Err(SealError::Altered));
    assert_eq!(open(&key(1), b"ctx", &graft), Err(SealError::WrongKey));
}

#[test]
fn a_multiple_of_the_chunk_ends_with_an_empty_chunk() {
    let sealed = seal(&key(1), b"", &vec![1; CHUNK], &mut rng());
    assert_eq!(sealed.len(), sealed_len(CHUNK));
    assert_eq!(sealed.len(), HEADER + CHUNK + 2 * TAG);
    assert_eq!(open(&key(1), b"", &sealed).unwrap().len(), CHUNK);
}

#[test]
fn unpadded_bytes_are_not_taken_for_padded_ones() {
    let sealed = seal(&key(1), b"", b"not padded", &mut rng());
    assert_eq!(open_padded(&key(1), b"", &sealed), Err(SealError::Padding));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn round_trip(plain in proptest::collection::vec(any::<u8>(), 0..40_000), context in any::<[u8; 12]>()) {
        let sealed = seal_padded(&key(3), &context, &plain, &mut rng());
        prop_assert_eq!(sealed.len(), sealed_len(pad::padded_len(plain.len())));
        prop_assert_eq!(&open_padded(&key(3), &context, &sealed).unwrap()[..], &plain[..]);
    }

    #[test]
    fn any_flipped_bit_is_refused(len in 0usize..2000, bit in any::<prop::sample::Index>()) {
        let mut sealed = seal(&key(3), b"c", &vec![5; len], &mut rng());
        let bit = bit.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(open(&key(3), b"c", &sealed).is_err());
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(open_padded(&key(3), b"c", &bytes).is_err());
    }
}
