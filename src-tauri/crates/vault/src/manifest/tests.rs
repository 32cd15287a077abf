//! A manifest's octets, and what is refused.

use super::*;
use proptest::prelude::*;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

fn manifest(n: u64) -> Manifest {
    Manifest {
        series: SeriesId([5; 16]),
        generation: 0,
        epoch: Epoch::new(438_232).unwrap(),
        writer: WriterId([3; 16]),
        version: 4,
        closed: true,
        entries: (0..n).map(|seq| Entry { seq, readings: 9, hash: [7; 32] }).collect(),
    }
}

#[test]
fn a_signed_manifest_verifies_and_another_key_does_not() {
    for n in 0..9 {
        let bytes = manifest(n).sign(&key());
        assert_eq!(Manifest::verify(&bytes, key().verifying_key().as_bytes()), Ok(manifest(n)));
        let other = SigningKey::from_bytes(&[4; 32]);
        let refused = Manifest::verify(&bytes, other.verifying_key().as_bytes());
        assert_eq!(refused, Err(ManifestError::Signature));
    }
}

#[test]
fn a_dropped_swapped_or_added_entry_shows() {
    let vk = *key().verifying_key().as_bytes();
    let bytes = manifest(3).sign(&key());
    let mut dropped = bytes.clone();
    dropped.drain(BODY..BODY + ENTRY);
    assert_eq!(Manifest::verify(&dropped, &vk), Err(ManifestError::Malformed));
    let mut swapped = bytes.clone();
    swapped[BODY..BODY + ENTRY].copy_from_slice(&bytes[BODY + ENTRY..BODY + 2 * ENTRY]);
    assert_eq!(Manifest::verify(&swapped, &vk), Err(ManifestError::Root));
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(Manifest::verify(&longer, &vk), Err(ManifestError::Malformed));
}

proptest! {
    #[test]
    fn any_flipped_bit_is_refused(bit in any::<prop::sample::Index>()) {
        let mut bytes = manifest(3).sign(&key());
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(Manifest::verify(&bytes, key().verifying_key().as_bytes()).is_err());
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Manifest::verify(&bytes, key().verifying_key().as_bytes()).is_err());
    }
}
