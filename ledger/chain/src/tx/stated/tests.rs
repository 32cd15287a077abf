//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use proptest::prelude::*;

use super::*;
use crate::codec::Record;
use crate::ids::{GrantId, Hash32, KemPublicKey, ReaderKey};
use crate::merkle::MerklePath;
use crate::tx::{Announcer, Tx};

const CHAIN: ChainId = ChainId([1; 32]);
const STATED: &str = "010f0505050505050505050505050505050505050505050505050505050505050505ca93ac1705187071d67b83c7ff0efe81\
    08e8ec4530575d7726879333dbdabe7c06060606060606060606060606060606060606060606060606060606060606060000\
    0000000000010000070707070707070707070707070707070707070707070707070707070707070708080808080808080808\
    080808080808080808080808080808080808080808080203fd1724385aa0c75b64fb78cd602fa1d991fdebf76b13c58ed702\
    eac835e9f618b6357fb6e64b4583aa3ed2589d66bd282213e9ef494a0ba58e38634fc77270bb4090ac88af98508deded00aa\
    bbf87709c635e12a1e3510f35ba25e3a0f60a70f603a17688d09d35f759dbacb6796c94e6f6477440dde80f1b11ecf70935a\
    7d99d7dad29b66df48655c46c400fdc22670f41fe48425c6833057ebad9a198bee03";
const ALONE: &str = "010f0505050505050505050505050505050505050505050505050505050505050505ca93ac1705187071d67b83c7ff0efe81\
    08e8ec4530575d7726879333dbdabe7c06060606060606060606060606060606060606060606060606060606060606060000\
    0000000000010000070707070707070707070707070707070707070707070707070707070707070708080808080808080808\
    0808080808080808080808080808080808080808080801000000000000000000000000000000000000000000000000000000\
    0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
    0000000000000000000000000000000000000000d48b0143fa4d0a7d99e7ca6eb86755440f138fd6f6e45db9edeb87e25873\
    cdc63e57000ba068ae53a21b5fed326a9115ffb411b3ea7b03ac4072e8e2f4f08101";
const ANNOUNCE: &str = "01100505050505050505050505050505050505050505050505050505050505050505ca93ac1705187071d67b83c7ff0efe81\
    08e8ec4530575d7726879333dbdabe7c06060606060606060606060606060606060606060606060606060606060606060000\
    0000000000010000042c83368f456bcd64a17085c06514ea0dc2a33f287f7ffd2902511ce2aee71699100c86c79fce43b08a\
    2c6d58b5ab8fc0cd4153a470be1c984c87174dd0a9b407";

const OPENED: &str = "01110505050505050505050505050505050505050505050505050505050505050505ca93ac1705187071d67b83c7ff0efe81\
    08e8ec4530575d7726879333dbdabe7c06060606060606060606060606060606060606060606060606060606060606060000\
    0000000000010000070707070707070707070707070707070707070707070707070707070707070708080808080808080808\
    080808080808080808080808080808080808080808080203fd1724385aa0c75b64fb78cd602fa1d991fdebf76b13c58ed702\
    eac835e9f618cf913252081897a80541054e0253956c2251eba548b57b4d19fe245af20d3724888d5bc3ddf4ac7d75801d05\
    c4f24253779d017f115326d4371adfb3ff701a0643a72e714401762df66b68c26dfbdf2682aaec9f2474eca4613e424a0fba\
    fd3c8f63966ff113a7ff85c5890884559f9552e7dd4b51eb0244e53805ebdb10d5a87717c66a7e839a96d8b35d2b82422005\
    d5ce2301d1069e62c8184803cfe8370430d6a3b951bec2b29d1b1ffff5b2fc59a74ce47601c96bcef96b0746e5b1465ef96c\
    15c3325d95a035a2ee28891515ec7907ab42afe2eb46ae377e9dcbcb0705";
const NAMED: &str = "01120505050505050505050505050505050505050505050505050505050505050505ca93ac1705187071d67b83c7ff0efe81\
    08e8ec4530575d7726879333dbdabe7c06060606060606060606060606060606060606060606060606060606060606060000\
    00000000000100000443a72e714401762df66b68c26dfbdf2682aaec9f2474eca4613e424a0fbafd3c0000000000000009fc\
    6eebf0bd552c2690b6aa614d710825aa5ceb911ab89dc47a8ca9c53760a1bcbb734117ec0992849e8156ebf85deddd1e48a9\
    42117c97bda1e3f1a497563e0fda57e7b3c056e57c00c0fb89a7d787338547135ab93b446eb592db4deae850110d4b1df674\
    540519462b9860808e401529941c9edb64113acfc31b78e6809f0e";

// Where the fields after AccessTx's body of 2 + 32 + 64 + 10 + 64 octets begin.
const PURPOSE: usize = 172;

fn reader() -> SigningKey {
    SigningKey::from_bytes(&[4; 32])
}

fn access() -> AccessBody {
    AccessBody {
        grant_id: GrantId([5; 32]),
        reader_pk: ReaderKey::new(reader().verifying_key(), KemPublicKey([6; 32])),
        path: MerklePath::single(),
        request_hash: Hash32([7; 32]),
        epk_hash: Hash32([8; 32]),
    }
}

fn stated(purpose: Purpose, reason: u8, second: Option<Second>) -> StatedAccessTx {
    StatedAccessBody { access: access(), purpose, reason, second, opener: None }.sign(&CHAIN, &reader())
}

fn second() -> Second {
    Second::sign(&access(), Purpose::Emergency, 3, &CHAIN, &SigningKey::from_bytes(&[9; 32]))
}

fn announced(reason: u8) -> AnnounceTx {
    let AccessBody { grant_id, reader_pk, path, .. } = access();
    AnnounceBody { grant_id, reader_pk, path, reason, by: None }.sign(&CHAIN, &reader())
}

fn clinician() -> SigningKey {
    SigningKey::from_bytes(&[10; 32])
}

/// An emergency opening by the clinician, with a second one's word.
fn opened() -> StatedAccessTx {
    let opener = Opener::sign(&access(), 3, &CHAIN, &clinician());
    let (purpose, colleague) = (Purpose::Emergency, SigningKey::from_bytes(&[9; 32]));
    let second = Second::sign_for(&opener.pk, &access(), purpose, 3, &CHAIN, &colleague);
    let (second, opener) = (Some(second), Some(opener));
    StatedAccessBody { access: access(), purpose, reason: 3, second, opener }.sign(&CHAIN, &reader())
}

/// An announcement by the clinician.
fn named() -> AnnounceTx {
    let AccessBody { grant_id, reader_pk, path, .. } = access();
    let by = Some(Announcer::sign(&grant_id, &reader_pk, 4, 9, &CHAIN, &clinician()));
    AnnounceBody { grant_id, reader_pk, path, reason: 4, by }.sign(&CHAIN, &reader())
}

fn octets(tx: StatedAccessTx) -> Vec<u8> {
    Tx::StatedAccess(Box::new(tx)).encode()
}

#[test]
fn the_golden_octets_hold() {
    assert_eq!(hex::encode(octets(stated(Purpose::Emergency, 3, Some(second())))), STATED);
    assert_eq!(hex::encode(octets(stated(Purpose::Treatment, 0, None))), ALONE);
    assert_eq!(hex::encode(Tx::Announce(announced(4)).encode()), ANNOUNCE);
    assert_eq!(hex::encode(octets(opened())), OPENED);
    assert_eq!(hex::encode(Tx::Announce(named()).encode()), NAMED);
    for tx in [Tx::StatedAccess(Box::new(opened())), Tx::Announce(named())] {
        assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
    }
}

#[test]
fn an_opener_is_named_in_an_emergency_or_with_a_second_and_is_somebody() {
    let good = octets(opened());
    let changed = |at: usize, to: u8| {
        let mut octets = good.clone();
        octets[at] = to;
        Tx::decode(&octets)
    };
    assert!(changed(PURPOSE, 1).is_ok());
    let mut alone = good.clone();
    alone[PURPOSE + 2..PURPOSE + 2 + 32 + 64].fill(0);
    assert!(Tx::decode(&alone).is_ok());
    alone[PURPOSE] = 1;
    assert_eq!(Tx::decode(&alone), Err(CodecError::Value("purpose")));
    let opener = PURPOSE + 2 + 32 + 64;
    assert!(changed(opener, 1).is_ok());
    let mut nobody = good.clone();
    nobody[opener..opener + 32].fill(0);
    assert_eq!(Tx::decode(&nobody), Err(CodecError::Value("opener")));
    // Neither form is read as the other.
    let mut kind = good;
    kind[1] = 0x0f;
    assert_eq!(Tx::decode(&kind), Err(CodecError::Trailing));
    let mut plain = octets(stated(Purpose::Emergency, 3, Some(second())));
    plain[1] = 0x11;
    assert_eq!(Tx::decode(&plain), Err(CodecError::Truncated));
}

#[test]
fn what_a_clinician_signs_is_for_one_opening_and_one_announcement() {
    let opening = |change: &dyn Fn(&mut StatedAccessBody)| {
        let mut body = opened().body;
        change(&mut body);
        (body.opener_signed(&CHAIN).is_ok(), body.second_signed(&CHAIN).is_ok())
    };
    assert_eq!(opening(&|_| {}), (true, true));
    assert_eq!(opening(&|b| b.access.epk_hash = Hash32([1; 32])), (false, true));
    assert_eq!(opening(&|b| b.access.request_hash = Hash32([1; 32])), (false, false));
    assert_eq!(opening(&|b| b.reason = 4), (false, false));
    assert_eq!(opening(&|b| b.opener.as_mut().unwrap().pk = VerifyingKey([1; 32])), (false, false));
    assert_eq!(opening(&|b| b.opener = None), (true, false));
    assert_eq!(opening(&|b| b.second = None), (true, true));
    assert_eq!(opening(&|b| b.purpose = Purpose::Treatment), (true, false));
    assert_eq!(opened().body.opener_signed(&ChainId([2; 32])), Err(BadSignature));
    let announcing = |change: &dyn Fn(&mut AnnounceBody)| {
        let mut body = named().body;
        change(&mut body);
        body.announcer_signed(&CHAIN).is_ok()
    };
    assert!(announcing(&|_| {}) && announcing(&|b| b.by = None));
    assert!(!announcing(&|b| b.reason = 5) && !announcing(&|b| b.grant_id = GrantId([1; 32])));
    assert!(!announcing(&|b| b.by.as_mut().unwrap().follows_ms = 10));
    assert!(!announcing(&|b| b.reader_pk = ReaderKey::new(VerifyingKey([1; 32]), KemPublicKey([6; 32]))));
    // What was opened once has one name, whatever the card signs beside it.
    let once = opened().body.once();
    assert!(once.is_some() && once == StatedAccessBody { second: None, ..opened().body }.once());
    assert_ne!(once, StatedAccessBody { reason: 4, ..opened().body }.once());
}

#[test]
fn values_outside_their_range_are_refused() {
    let good = octets(stated(Purpose::Treatment, 9, None));
    let changed = |at: usize, to: u8| {
        let mut octets = good.clone();
        octets[at] = to;
        Tx::decode(&octets)
    };
    assert!(changed(PURPOSE, 2).is_ok() && changed(PURPOSE + 1, 255).is_ok());
    assert_eq!(changed(PURPOSE, 0), Err(CodecError::Value("purpose")));
    assert_eq!(changed(PURPOSE, 3), Err(CodecError::Value("purpose")));
    // A signature without a key; a key with a signature that does not verify is told later.
    assert_eq!(changed(PURPOSE + 2 + 32, 1), Err(CodecError::Value("second")));
    assert!(changed(PURPOSE + 2, 1).is_ok());
    for reason in 0..=MAX_REASON + 1 {
        let known = Tx::decode(&Tx::Announce(announced(reason)).encode());
        assert_eq!(known.is_ok(), (1..=MAX_REASON).contains(&reason));
    }
}

#[test]
fn a_second_person_signs_for_one_opening() {
    let body = |change: &dyn Fn(&mut StatedAccessBody)| {
        let mut body = stated(Purpose::Emergency, 3, Some(second())).body;
        change(&mut body);
        body.second_signed(&CHAIN).is_ok()
    };
    assert!(body(&|_| {}));
    assert!(body(&|b| b.second = None));
    assert!(!body(&|b| b.access.request_hash = Hash32([1; 32])));
    assert!(!body(&|b| b.access.grant_id = GrantId([1; 32])));
    let other = ReaderKey::new(VerifyingKey([1; 32]), KemPublicKey([6; 32]));
    assert!(!body(&|b| b.access.reader_pk = other));
    assert!(!body(&|b| b.purpose = Purpose::Treatment));
    assert!(!body(&|b| b.reason = 4));
    // By a certain clinician, and by nobody else.
    let (clinician, reason) = (clinician().verifying_key(), 0);
    let (for_treatment, key) = (Purpose::Treatment, SigningKey::from_bytes(&[9; 32]));
    let word = Second::sign_for(&clinician, &access(), for_treatment, reason, &CHAIN, &key);
    let holds = |opener: &VerifyingKey, purpose, reason| {
        word.verify_for(opener, &access(), purpose, reason, &CHAIN).is_ok()
    };
    assert!(holds(&clinician, for_treatment, reason));
    assert!(!holds(&VerifyingKey([1; 32]), for_treatment, reason));
    assert!(!holds(&clinician, Purpose::Emergency, reason) && !holds(&clinician, for_treatment, 1));
    let elsewhere = stated(Purpose::Emergency, 3, Some(second())).body;
    assert_eq!(elsewhere.second_signed(&ChainId([2; 32])), Err(BadSignature));
}

#[test]
fn a_statement_is_neither_a_receipt_nor_an_announcement() {
    let tx = stated(Purpose::Treatment, 0, None);
    let verify =
        |label| reader().verifying_key().verify(label, &CHAIN, &tx.body.octets(), &tx.signature).is_ok();
    assert!(verify(Label::StatedAccess));
    assert!(!verify(Label::Access) && !verify(Label::Announce) && !verify(Label::Second));
}

#[test]
fn every_opening_says_what_it_is_for() {
    let plain = Tx::Access(access().sign(&CHAIN, &reader()));
    let emergency = Tx::StatedAccess(Box::new(stated(Purpose::Emergency, 3, Some(second()))));
    let announcement = Tx::Announce(announced(1));
    assert_eq!((plain.opening(), plain.stated()), (Some(&access()), (Purpose::Treatment, 0, false)));
    assert_eq!((emergency.opening(), emergency.stated()), (Some(&access()), (Purpose::Emergency, 3, true)));
    assert_eq!(announcement.opening(), None);
    let opened = Tx::StatedAccess(Box::new(opened()));
    let second = SigningKey::from_bytes(&[9; 32]).verifying_key();
    assert_eq!((opened.opener(), opened.second()), (Some(clinician().verifying_key()), Some(second)));
    assert_eq!((emergency.opener(), emergency.second()), (None, Some(second)));
    assert_eq!((plain.opener(), plain.second(), announcement.opener()), (None, None, None));
}

proptest! {
    #[test]
    fn accepted_octets_are_the_only_way_to_write_what_they_say(
        kind in 0x0fu8..=0x14,
        octets in prop::collection::vec(any::<u8>(), 0..500),
    ) {
        let framed = [&[1, kind], &octets[..]].concat();
        if let Ok(tx) = Tx::decode(&framed) {
            prop_assert_eq!(tx.encode(), framed);
        }
    }

    #[test]
    fn signed_ones_round_trip(reason: u8, emergency: bool, alone: bool, siblings in 0usize..4) {
        let purpose = if emergency { Purpose::Emergency } else { Purpose::Treatment };
        let mut access = access();
        let siblings = vec![Hash32([3; 32]); siblings];
        access.path = MerklePath { index: 0, size: 1, siblings };
        let second = (!alone).then(second);
        let tx = StatedAccessBody { access, purpose, reason, second, opener: None }.sign(&CHAIN, &reader());
        let tx = Tx::StatedAccess(Box::new(tx));
        prop_assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
        let tx = Tx::Announce(announced(reason % MAX_REASON + 1));
        prop_assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
    }
}
