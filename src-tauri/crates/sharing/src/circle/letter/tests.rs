//! Letters, and whom they are for.

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use super::*;
use crate::depot::Blob;
use crate::town::{NOW, Town};

const CHAIN: ChainId = ChainId([3; 32]);

#[test]
fn only_its_reader_opens_a_letter_and_only_whole() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (reader, other) = (ReaderSecret::generate(&mut rng), ReaderSecret::generate(&mut rng));
    let letter = seal(b"what is said", &reader.public(), &CHAIN, &mut rng).unwrap();
    assert_eq!(open(&letter, &reader, &CHAIN).unwrap().as_slice(), b"what is said");
    assert_eq!(open(&letter, &other, &CHAIN), Err(LetterError::Sealed));
    assert_eq!(open(&letter, &reader, &ChainId([4; 32])), Err(LetterError::Sealed));
    for at in 0..letter.len() {
        assert!(open(&letter[..at], &reader, &CHAIN).is_err(), "{at}");
        let mut bent = letter.clone();
        bent[at] ^= 1;
        assert!(open(&bent, &reader, &CHAIN).is_err(), "{at}");
    }
    let long = vec![0; MAX_SAID + 1];
    assert_eq!(seal(&long, &reader.public(), &CHAIN, &mut rng), Err(LetterError::TooLong));
    let longest = seal(&long[1..], &reader.public(), &CHAIN, &mut rng).unwrap();
    assert!(longest.len() <= MAX_CAPSULE);
}

#[test]
fn letters_wait_at_every_depot_and_junk_is_skipped() {
    let town = Town::new(4);
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    let reader = ReaderSecret::generate(&mut rng);
    let to = reader.public();
    block_on(send(&town, b"one", &to, NOW + 1, NOW, &mut rng)).unwrap();
    block_on(send(&town, b"two", &to, NOW + 1, NOW, &mut rng)).unwrap();
    town.inside().depots[1].notes.entry(inbox_of(&to)).or_default().push(vec![7; 60]);
    town.inside().down = [1, 3].into_iter().collect();
    let found = block_on(collect(&town, &reader, &BTreeSet::new())).unwrap();
    let mut said: Vec<&[u8]> = found.iter().map(|(_, said)| said.as_slice()).collect();
    said.sort_unstable();
    assert_eq!(said, [b"one".as_slice(), b"two"]);
    let known: BTreeSet<Hash32> = found.iter().map(|(hash, _)| *hash).collect();
    assert!(block_on(collect(&town, &reader, &known)).unwrap().is_empty());

    // What its note points to is no letter: it is told by its hash, so that it is fetched once.
    let (chain, junk) = (town.genesis.chain_id(), vec![9; 300]);
    let (inbox, hash) = (inbox_of(&to), blob_hash(&junk));
    let note = Note(hash).encode();
    let note =
        envelope::seal(&to.kem(), &info(b"hg/v1/letter-note", &chain), &inbox.0, &note, &mut rng).unwrap();
    block_on(depot::put_all(&town, &[Blob { locator: None, octets: &junk }], NOW + 1, NOW));
    block_on(depot::leave(&town, inbox, &note, Members::default(), NOW + 1, NOW));
    assert_eq!(block_on(look(&town, &reader, &known)).unwrap(), [(hash, None)]);
    assert!(block_on(collect(&town, &reader, &known)).unwrap().is_empty());
    town.inside().down = [1, 2, 3].into_iter().collect();
    let short = block_on(send(&town, b"three", &to, NOW + 1, NOW, &mut rng)).unwrap_err();
    assert!(matches!(short, IssueError::TooFewDepots { need: 2, .. }));
}

#[test]
fn a_letter_that_a_depot_lacks_is_kept_and_there_once_it_answers() {
    let town = Town::new(4);
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let reader = ReaderSecret::generate(&mut rng);
    let to = reader.public();
    assert!(block_on(send(&town, b"all", &to, NOW + 1, NOW, &mut rng)).unwrap().is_everywhere(4));

    town.inside().hung = [2].into_iter().collect();
    let left = block_on(send(&town, b"said", &to, NOW + 1, NOW, &mut rng)).unwrap();
    assert!(left.is_everywhere(3) && !left.is_everywhere(4));
    assert_eq!(left.until(), NOW + 1);
    // As it is kept over a restart.
    let mut kept = Left::decode(&left.encode()).unwrap();
    assert_eq!(kept, left);
    block_on(kept.again(&town, NOW));
    assert_eq!(kept, left);
    // Another one does not answer now: what it has it has.
    town.inside().hung = [1].into_iter().collect();
    block_on(kept.again(&town, NOW));
    assert!(kept.is_everywhere(4));
    for depot in &town.inside().depots {
        assert!(depot.blobs.contains_key(&kept.name()));
        assert_eq!(depot.notes.get(&inbox_of(&to)).map(Vec::len), Some(2));
    }
}
