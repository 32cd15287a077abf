//! A relative's code, its digits, and every flipped bit.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use super::*;

const CHAIN: ChainId = ChainId([3; 32]);

fn made(seed: u64) -> (RelativeSecret, Code) {
    let secret = RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(seed));
    let code = Code::make(&secret, "Leïla", &CHAIN).unwrap();
    (secret, code)
}

#[test]
fn a_code_reads_back_on_its_chain_and_both_sides_see_the_same_digits() {
    let (secret, code) = made(1);
    let read = Code::from_text(&code.to_text().unwrap(), &CHAIN).unwrap();
    assert_eq!((&read, read.digits()), (&code, code.digits()));
    assert_eq!(read.relative().inbox, secret.inbox.public());
    assert_eq!(
        Code::from_text(&code.to_text().unwrap(), &ChainId([4; 32])).unwrap_err().code(),
        ErrorCode::ProofFailed
    );
    assert_eq!(Code::from_text("SF1-", &CHAIN).unwrap_err().code(), ErrorCode::BadFamilyCode);
    let kept = RelativeSecret::from_bytes(&secret.to_bytes());
    assert_eq!(kept.signing.verifying_key(), code.relative().pk);
    assert_eq!(kept.inbox.public(), code.relative().inbox);
}

#[test]
fn the_digits_are_twelve_and_of_every_part_of_the_code() {
    let digits = made(1).1.digits();
    let groups: Vec<&str> = digits.split(' ').collect();
    assert!(groups.len() == 3 && groups.iter().all(|g| g.len() == 4 && g.parse::<u16>().is_ok()));
    assert_ne!(digits, made(2).1.digits());
    let secret = RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(1));
    assert_ne!(digits, Code::make(&secret, "Leila", &CHAIN).unwrap().digits());
}

#[test]
fn every_cut_flipped_bit_and_misleading_name_is_refused() {
    let (secret, code) = made(1);
    let octets = code.encode();
    for cut in 0..octets.len() {
        assert!(Code::decode(&octets[..cut]).is_err(), "{cut}");
    }
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let text = to_text(Kind::Relative, &flipped).unwrap();
        assert!(Code::from_text(&text, &CHAIN).is_err(), "{bit}");
    }
    for bad in ["", " Leila", "a\u{202e}b"] {
        assert!(Code::make(&secret, bad, &CHAIN).is_err(), "{bad:?}");
    }
}
