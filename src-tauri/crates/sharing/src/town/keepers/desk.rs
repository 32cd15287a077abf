//! A member's desk, by the real rule.

use salus_chain::attestation::Attestation;
use salus_chain::duty::DutyGroup;
use salus_chain::ids::VerifyingKey;
use salus_chain::state::{CredentialRecord, DutyGrantRecord, DutyRecord, GrantRecord, StateKey, TxRefused};
use salus_chain::tx::{DutyBody, Tx};
use salus_keeper::desk::{hand_on, open_note, seal_page};
use salus_keeper::message::{
    DutyAsk, DutyNote, DutyPage, KeeperRefused, KeeperReply, MAX_PAGE, SecretRequest, WhoRequest,
};
use salus_keeper::release::{Refusal, may_learn};

use super::{Known, Town};

fn refused(why: Refusal) -> KeeperReply {
    KeeperReply::Refused(KeeperRefused::Release(why))
}

pub(super) fn note(town: &Town, member: u16, note: &DutyNote) -> KeeperReply {
    let mut inside = town.inside();
    let grant: Option<GrantRecord> = inside.get(&StateKey::Grant(note.grant_id));
    let given: Option<DutyGrantRecord> = inside.get(&StateKey::DutyGrant(note.grant_id));
    let own = given.is_some_and(|given| given.group.member() == member);
    let signed = |grant: GrantRecord| note.verify(&town.ctx.chain_id, &grant.terms.patient_grant_pk).is_ok();
    if !own || !grant.is_some_and(signed) {
        return KeeperReply::Refused(KeeperRefused::NotYours);
    }
    inside.keepers[usize::from(member) - 1].notes.insert(note.grant_id, note.clone());
    KeeperReply::Noted
}

pub(super) fn on_duty(town: &Town, member: u16, ask: &DutyAsk) -> KeeperReply {
    let mut inside = town.inside();
    let inside = &mut *inside;
    let person: Option<CredentialRecord> = inside.get(&StateKey::Credential(ask.credential_pk));
    let duty: Option<DutyRecord> = inside.get(&StateKey::Duty(ask.credential_pk));
    let Some(group) = duty.as_ref().map(|duty| duty.body.group.clone()) else {
        return refused(Refusal::OffDuty);
    };
    if ask.verify(&town.ctx.chain_id).is_err() || group.member() != member {
        return KeeperReply::Refused(KeeperRefused::NotYours);
    }
    match group.serves(person.as_ref(), duty.as_ref(), inside.now) {
        Ok(()) => {}
        Err(TxRefused::OffDuty) => return refused(Refusal::OffDuty),
        Err(_) => return refused(Refusal::Credential),
    }
    let keeper = &inside.keepers[usize::from(member) - 1];
    let (mut page, mut room) = (DutyPage { notes: Vec::new(), more: false }, MAX_PAGE);
    for (grant, note) in keeper.notes.iter().filter(|(grant, _)| **grant > ask.after) {
        let given: Option<DutyGrantRecord> = inside.get(&StateKey::DutyGrant(*grant));
        if given.is_none_or(|given| given.group != group) {
            continue;
        }
        let text = open_note(&keeper.kem, &town.ctx.chain_id, grant, &note.sealed).unwrap();
        let Some(left) = room.checked_sub(DutyPage::cost(&text)) else {
            page.more = true;
            break;
        };
        room = left;
        page.notes.push((*grant, text.to_vec()));
    }
    KeeperReply::OnDuty(seal_page(ask, &page, &town.ctx.chain_id, &mut inside.rng).unwrap())
}

pub(super) fn secret(town: &Town, member: u16, request: &SecretRequest) -> KeeperReply {
    let mut inside = town.inside();
    inside.log.push("desk");
    let known = Known::of(&inside, &request.release);
    let grant = match may_learn(&known.facts(&town.ctx, &request.release, None, 0)) {
        Ok(grant) => grant,
        Err(why) => return refused(why),
    };
    if known.group.is_none_or(|given| given.group.member() != member) {
        return KeeperReply::Refused(KeeperRefused::NotYours);
    }
    let inside = &mut *inside;
    let kem = &inside.keepers[usize::from(member) - 1].kem;
    match hand_on(kem, &town.ctx.chain_id, &grant, request, &mut inside.rng) {
        Ok(sealed) => KeeperReply::Secret(sealed),
        Err(_) => KeeperReply::Refused(KeeperRefused::Malformed),
    }
}

pub(super) fn who(town: &Town, member: u16, request: &WhoRequest) -> KeeperReply {
    let inside = town.inside();
    let not_yours = KeeperReply::Refused(KeeperRefused::NotYours);
    let access = inside.accesses.get(&request.access_tx_hash);
    let Some((opening, grant)) = access.and_then(|(tx, _, grant)| Some((tx.opening()?, grant.as_ref()?)))
    else {
        return not_yours;
    };
    let asked = request.verify(&town.ctx.chain_id, &grant.terms.patient_grant_pk).is_ok();
    let people = &inside.keepers[usize::from(member) - 1].people;
    match people.get(&opening.reader_pk.signing()) {
        Some(attestation) if asked => KeeperReply::Who(Box::new(attestation.clone())),
        _ => not_yours,
    }
}

impl Town {
    /// A member says who is on duty, for so long from now, or with 0 no longer; nonces count from 1.
    pub(crate) fn duty(&self, of: VerifyingKey, group: &DutyGroup, for_ms: i64, nonce: u64) {
        let until_ms = if for_ms == 0 { 0 } else { self.inside().now + for_ms };
        let body = DutyBody { credential_pk: of, group: group.clone(), until_ms, nonce };
        let tx = body.sign(&self.ctx.chain_id, &self.signing[usize::from(group.member()) - 1]);
        self.block(Some(&Tx::Duty(tx))).unwrap();
    }

    /// The attesting member's desk knows whom it attests.
    pub(crate) fn knows(&self, attestation: &Attestation) {
        let mut inside = self.inside();
        let keeper = &mut inside.keepers[usize::from(attestation.member_index) - 1];
        keeper.people.insert(attestation.person.credential_pk, attestation.clone());
    }
}
