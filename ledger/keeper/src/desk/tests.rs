use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::sign::SigningKey;

use super::*;
use crate::fixture::World;
use crate::message::{DutyNote, MAX_NOTE, MAX_PAGE, WhoRequest};

const GRANT: GrantId = GrantId([5; 32]);
const OTHER: GrantId = GrantId([6; 32]);

struct Desk {
    rng: ChaCha20Rng,
    world: World,
    member: KemSecretKey,
    person: SigningKey,
}

impl Desk {
    fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(9);
        let (member, person) = (KemSecretKey::generate(&mut rng), SigningKey::generate(&mut rng));
        Self { rng, world: World::new(), member, person }
    }

    fn chain(&self) -> ChainId {
        self.world.ctx.chain_id
    }

    /// c_g in a capsule of `grant`, and a request for it under the receipt of the world's grant.
    fn request(&mut self, grant: &GrantId, header_hash: Hash32) -> SecretRequest {
        let to = self.member.public_key().unwrap();
        let (info, aad) = (info(b"hg/v1/capsule", &self.chain(), &[]), place(grant, &header_hash));
        let sealed = seal(&to, &info, &aad, &[42; 32], &mut self.rng).unwrap();
        let (_, release) = self.world.access(World::slots());
        SecretRequest { release, header_hash, sealed }
    }
}

#[test]
fn the_secret_goes_on_to_the_receipts_key_and_to_no_other() {
    let mut desk = Desk::new();
    let (chain, header) = (desk.chain(), Hash32([7; 32]));
    let request = desk.request(&GRANT, header);
    let on = hand_on(&desk.member, &chain, &GRANT, &request, &mut desk.rng).unwrap();
    let receipt = request.release.access_tx_hash;
    let taken = take_over(&desk.world.epk, &chain, &GRANT, &header, &receipt, &on).unwrap();
    assert_eq!(taken.as_slice(), [42; 32]);
    for other in [&desk.member, &KemSecretKey::from_bytes([1; 32])] {
        assert_eq!(take_over(other, &chain, &GRANT, &header, &receipt, &on), Err(EnvelopeError));
    }
    let elsewhere = take_over(&desk.world.epk, &chain, &GRANT, &header, &TxHash([1; 32]), &on);
    assert_eq!(elsewhere, Err(EnvelopeError));
}

#[test]
fn a_receipt_for_one_permission_opens_the_secret_of_no_other() {
    let mut desk = Desk::new();
    let chain = desk.chain();
    let mut request = desk.request(&OTHER, Hash32([7; 32]));
    let refused = hand_on(&desk.member, &chain, &GRANT, &request, &mut desk.rng);
    assert_eq!(refused, Err(EnvelopeError));
    request.header_hash = Hash32([8; 32]);
    let refused = hand_on(&desk.member, &chain, &OTHER, &request, &mut desk.rng);
    assert_eq!(refused, Err(EnvelopeError));
    // Nor does the desk open as a capsule's what was sealed to it as a note.
    let to = desk.member.public_key().unwrap();
    request.sealed = seal_note(&to, &chain, &OTHER, &[42; 32], &mut desk.rng).unwrap();
    let refused = hand_on(&desk.member, &chain, &OTHER, &request, &mut desk.rng);
    assert_eq!(refused, Err(EnvelopeError));
}

#[test]
fn a_page_is_for_its_question() {
    let mut desk = Desk::new();
    let (chain, key) = (desk.chain(), KemSecretKey::generate(&mut desk.rng));
    let kem = key.public_key().unwrap();
    let ask = DutyAsk::sign(kem, 5, GrantId([0; 32]), &chain, &desk.person);
    assert_eq!(ask.verify(&chain), Ok(()));
    let page = DutyPage { notes: vec![(GRANT, b"note".to_vec()), (OTHER, vec![])], more: true };
    let sealed = seal_page(&ask, &page, &chain, &mut desk.rng).unwrap();
    assert_eq!(open_page(&key, &ask, &chain, &sealed), Ok(page));
    let later = DutyAsk::sign(kem, 6, GrantId([0; 32]), &chain, &desk.person);
    assert_eq!(open_page(&key, &later, &chain, &sealed), Err(EnvelopeError));
    let mut forged = ask;
    forged.credential_pk = SigningKey::from_bytes(&[1; 32]).verifying_key();
    assert!(forged.verify(&chain).is_err());
}

#[test]
fn a_note_is_for_its_member_and_permission_and_signed_by_the_permissions_key() {
    let mut desk = Desk::new();
    let (chain, own) = (desk.chain(), SigningKey::from_bytes(&[3; 32]));
    let to = desk.member.public_key().unwrap();
    let sealed = seal_note(&to, &chain, &GRANT, &[7; MAX_NOTE], &mut desk.rng).unwrap();
    assert_eq!(open_note(&desk.member, &chain, &GRANT, &sealed).unwrap().as_slice(), [7; MAX_NOTE]);
    assert_eq!(open_note(&desk.member, &chain, &OTHER, &sealed), Err(EnvelopeError));
    let note = DutyNote::sign(GRANT, sealed, &chain, &own);
    assert_eq!(note.verify(&chain, &own.verifying_key()), Ok(()));
    assert!(note.verify(&chain, &desk.person.verifying_key()).is_err());
    assert!(DutyNote { grant_id: OTHER, ..note.clone() }.verify(&chain, &own.verifying_key()).is_err());
    assert!(note.encode().len() <= DutyNote::MAX);
    let who = WhoRequest::sign(TxHash([1; 32]), &chain, &own);
    assert_eq!(who.verify(&chain, &own.verifying_key()), Ok(()));
    assert!(who.verify(&chain, &desk.person.verifying_key()).is_err());
}

#[test]
fn the_largest_page_fits_a_message() {
    let notes: Vec<(GrantId, Vec<u8>)> = (1..=4).map(|n| (GrantId([n; 32]), vec![n; MAX_NOTE])).collect();
    assert!(notes.iter().map(|(_, text)| DutyPage::cost(text)).sum::<usize>() <= MAX_PAGE);
    let page = DutyPage { notes, more: true };
    assert_eq!(DutyPage::decode(&page.encode()), Ok(page.clone()));
    let mut doubled = page;
    doubled.notes[1].0 = GrantId([1; 32]);
    assert!(DutyPage::decode(&doubled.encode()).is_err());
}
