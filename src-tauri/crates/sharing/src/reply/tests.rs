//! Notes and addresses: by whom they count, about what, and what is not one.

use std::collections::BTreeSet;

use futures::executor::block_on;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_keeper::Scope;
use salus_wire::view::MAX_REPLY;

use super::*;
use crate::Network;
use crate::circle::letter;
use crate::invitation::ReaderSecret;
use crate::issue::{advance, prepare};
use crate::town::{Clinician, NOW, Patient, Town};

const CHAIN: ChainId = ChainId([3; 32]);
const GRANT: GrantId = GrantId([5; 32]);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn reply(text: &str) -> Result<Reply, CodecError> {
    Reply::sign(GRANT, 1, None, 7, text, &CHAIN, &key(1))
}

#[test]
fn a_note_counts_for_its_permission_from_its_clinician_and_whole() {
    let said = reply("Please measure in the evening too.\nDr Ana").unwrap().encode();
    let by = key(1).verifying_key();
    let read = |said: &[u8]| Reply::read_for(said, &GRANT, &by, &CHAIN);
    assert_eq!(read(&said).unwrap().text, "Please measure in the evening too.\nDr Ana");
    let forged = Reply::sign(GRANT, 1, None, 7, "Take more.", &CHAIN, &key(2)).unwrap().encode();
    assert_eq!(read(&forged), Err(ReplyError::Signature(BadSignature)));
    assert_eq!(Reply::read_for(&said, &GrantId([6; 32]), &by, &CHAIN), Err(ReplyError::OtherPermission));
    assert!(Reply::read_for(&said, &GRANT, &by, &ChainId([4; 32])).is_err(), "of another chain");
    for at in 0..said.len() {
        assert!(read(&said[..at]).is_err(), "cut at {at}");
        let mut bent = said.clone();
        bent[at] ^= 1;
        assert!(read(&bent).is_err(), "bent at {at}");
    }
}

#[test]
fn what_is_outside_its_limits_is_neither_signed_nor_read() {
    let sign = |number, takes_back, text: &str| {
        Reply::sign(GRANT, number, takes_back, 7, text, &CHAIN, &key(1)).map(|reply| reply.number)
    };
    let full = "北".repeat(MAX_REPLY);
    assert_eq!(sign(MOST_REPLIES, Some(MOST_REPLIES - 1), &full), Ok(MOST_REPLIES));
    assert_eq!(sign(0, None, "x"), Err(CodecError::Value("number")));
    assert_eq!(sign(MOST_REPLIES + 1, None, "x"), Err(CodecError::Value("number")));
    assert_eq!(sign(2, Some(2), "x"), Err(CodecError::Value("takes_back")));
    assert_eq!(sign(2, Some(0), "x"), Err(CodecError::Value("takes_back")));
    assert_eq!(sign(1, None, ""), Err(CodecError::Value("text")));
    // A modified app signs what it likes; it is refused where it is read.
    let signed = |change: &dyn Fn(&mut Reply)| {
        let mut reply = reply("x").unwrap();
        change(&mut reply);
        reply.signature = key(1).sign(Label::Reply, &CHAIN, &unsigned(&reply));
        Reply::read_for(&reply.encode(), &GRANT, &key(1).verifying_key(), &CHAIN).map(drop)
    };
    assert_eq!(signed(&|_| {}), Ok(()));
    let refused = |field| Err(ReplyError::Codec(CodecError::Value(field)));
    assert_eq!(signed(&|r| r.number = 0), refused("number"));
    assert_eq!(signed(&|r| r.takes_back = Some(9)), refused("takes_back"));
    assert_eq!(signed(&|r| r.text = "a\u{202e}b".into()), refused("text"));
    assert!(signed(&|r| r.text = "x".repeat(4 * MAX_REPLY + 1)).is_err());
    assert!(signed(&|r| r.written = -1).is_err());
}

proptest! {
    #[test]
    fn any_octets_are_answered(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Reply::decode(&octets);
        let _ = Address::decode(&octets);
        let mut framed = vec![1, REPLY];
        framed.extend_from_slice(&octets);
        let _ = Reply::decode(&framed);
    }
}

/// From a permission that real rules recorded to a note in the patient's inbox, with what strangers leave on the way.
#[test]
fn an_address_and_a_note_find_their_way_and_strangers_letters_do_not() {
    let town = Town::new(4);
    let (clinician, patient) = (Clinician::new(&town), Patient::new());
    let mut rng = ChaCha20Rng::seed_from_u64(9);
    let scope = Scope::new(438_232 - 4, 438_232 + 4).unwrap();
    let plan = patient.plan(&clinician.invitation(&town), scope);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    let record = block_on(town.grant(&permission.id())).unwrap().value.unwrap();
    let chain = town.ctx.chain_id;

    let (inbox, stranger) = (ReaderSecret::generate(&mut rng), ReaderSecret::generate(&mut rng));
    let address = Address::sign(permission.id(), inbox.public(), &chain, &patient.grant_key);
    let false_one = Address::sign(permission.id(), stranger.public(), &chain, &key(9));
    for told in [&false_one, &address] {
        let to = clinician.reader.public();
        block_on(letter::send(&town, &told.encode(), &to, NOW + 1000, NOW, &mut rng)).unwrap();
    }
    // Pointers to capsules wait in the same inbox and are none of these.
    let found = block_on(letter::collect(&town, &clinician.reader, &BTreeSet::new())).unwrap();
    assert_eq!(found.len(), 2);
    let holds: Vec<Address> = found
        .iter()
        .filter_map(|(_, said)| Address::decode(said).ok())
        .filter(|address| address.holds(&chain, &record))
        .collect();
    assert_eq!(holds, [address]);

    let credential = &clinician.credential;
    let sign = |by: &SigningKey, text: &str| {
        Reply::sign(permission.id(), 1, None, NOW, text, &chain, by).unwrap().encode()
    };
    for said in [sign(credential, "All is well."), sign(&key(9), "Take more."), vec![7; 40]] {
        block_on(letter::send(&town, &said, &holds[0].inbox, NOW + 1000, NOW, &mut rng)).unwrap();
    }
    let letters = block_on(letter::collect(&town, &inbox, &BTreeSet::new())).unwrap();
    let by = credential.verifying_key();
    let read: Vec<String> = letters
        .iter()
        .filter_map(|(_, said)| Reply::read_for(said, &permission.id(), &by, &chain).ok())
        .map(|reply| reply.text)
        .collect();
    assert_eq!((letters.len(), read), (3, vec!["All is well.".to_owned()]));
}
