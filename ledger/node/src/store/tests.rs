//! Adversary: a disk that gives back other octets than were written.

use rand::rngs::ChaCha20Rng;
use rand::{Rng, RngExt, SeedableRng};

use super::*;
use crate::engine::{Address, BlockId, Undecided};
use salus_chain::ids::Hash32;
use salus_chain::state::{StateKey, StateReader};

const CHAIN_ID: ChainId = ChainId([7; 32]);
const PAGE: usize = 4096;

fn block(height: u64, seed: u8) -> Undecided {
    let octets = vec![seed; 9_000];
    let id = BlockId::of(Hash32([seed; 32]), 5, &octets).unwrap();
    let proposer = Address([seed; 20]);
    Undecided { height, round: 0, valid_round: -1, proposer, id, valid: true, octets: octets.into() }
}

/// A file with some blocks; closed.
fn file(path: &Path) {
    let store = Store::open(path, CHAIN_ID).unwrap();
    for height in 1..=20 {
        store.keep_undecided(&block(height, u8::try_from(height).unwrap())).unwrap();
    }
}

/// Everything that can be asked; an error is an answer.
fn ask_everything(store: &Store) -> Result<(), StoreError> {
    store.head()?;
    store.earliest()?;
    store.tx_place(&salus_chain::ids::TxHash([1; 32]))?;
    store.grant_places(&salus_chain::ids::GrantId([1; 32]), 10)?;
    for height in 0..=21 {
        store.undecided(height)?;
        store.block(height)?;
        store.certificate(height)?;
        store.validators(height)?;
    }
    // No state was recorded, so this is an error in any case; what counts is that it is one.
    drop(store.state_at(0)?.get(&StateKey::Chain));
    store.keep_undecided(&block(21, 21))
}

#[test]
fn whatever_is_on_the_disk_is_an_answer_or_an_error_and_never_a_panic() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("chain.redb");
    file(&path);
    let whole = std::fs::read(&path).unwrap();
    let mut rng = ChaCha20Rng::seed_from_u64(15);
    let mut refused = 0;
    let pages = whole.len() / PAGE;
    for page in 0..pages {
        let mut altered = whole.clone();
        let place = &mut altered[page * PAGE..(page + 1) * PAGE];
        match page % 3 {
            0 => rng.fill_bytes(place),
            1 => place.fill(0),
            _ => place[rng.random_range(0..PAGE)] ^= 1 << rng.random_range(0..8),
        }
        std::fs::write(&path, &altered).unwrap();
        let asked = Store::open(&path, CHAIN_ID).and_then(|store| ask_everything(&store));
        refused += usize::from(asked.is_err());
    }
    assert!(refused > 0 && refused < pages, "{refused} of {pages}: some pages are in use, some are not");
    std::fs::write(&path, &whole).unwrap();
    ask_everything(&Store::open(&path, CHAIN_ID).unwrap()).unwrap();
}

#[test]
fn a_cut_or_foreign_file_is_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("chain.redb");
    file(&path);
    let whole = std::fs::read(&path).unwrap();
    for (what, octets) in [
        ("cut in half", whole[..whole.len() / 2].to_vec()),
        ("cut within the first page", whole[..100].to_vec()),
        ("another format", vec![b'x'; whole.len()]),
    ] {
        std::fs::write(&path, octets).unwrap();
        let error = Store::open(&path, CHAIN_ID).err().expect(what);
        let sentence = error.to_string();
        assert!(
            sentence.contains("is damaged") && sentence.contains("move this one file away"),
            "{what}: {error:?}"
        );
    }
}

#[test]
fn a_panic_inside_is_an_error_outside() {
    let inside = || -> Result<(), StoreError> { panic!("as redb does on a page that lies") };
    assert!(matches!(guarded(inside), Err(StoreError::Damaged(_))));
    assert!(guarded(|| Ok::<_, StoreError>(1)).is_ok());
}
