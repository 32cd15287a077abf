//! Who may read a delegate's permission: attested clinicians, those whom the power names, and with a key of their own.

use super::family::*;
use crate::circle::recipient_leaf;
use crate::fixture::DAY;
use crate::ids::Hash32;
use crate::merkle;
use crate::state::TxRefused;
use crate::tx::{CredentialStatus, DelegatedGrantBody, RecipientPlace, Tx};

const RECIPIENT: Result<(), TxRefused> = Err(TxRefused::Recipient);

fn run(family: &mut Family, change: impl FnOnce(&Family, &mut DelegatedGrantBody)) -> Result<(), TxRefused> {
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    change(family, &mut body);
    let tx = family.sign_grant(body, 1, ANNA);
    family.run(tx)
}

#[test]
fn every_reader_is_shown_to_be_an_attested_clinician() {
    let mut family = Family::new();
    assert_eq!(run(&mut family, |_, body| body.readers.clear()), RECIPIENT);
    // Somebody else's key under a clinician's name.
    let own_key = |family: &Family, body: &mut DelegatedGrantBody| {
        body.readers[0].reader_pk = family.chain.reader_pk(77);
        body.grant.terms.reader_pk_root = family.chain.reader_pk(77).leaf();
    };
    assert_eq!(run(&mut family, own_key), RECIPIENT);
    // One more reader under the root than is shown.
    let hidden = |family: &Family, body: &mut DelegatedGrantBody| {
        let leaves = [family.chain.reader_pk(101).leaf(), family.chain.reader_pk(77).leaf()];
        body.grant.terms.reader_pk_root = merkle::root(&leaves);
    };
    assert_eq!(run(&mut family, hidden), RECIPIENT);
    let nobody = |family: &Family, body: &mut DelegatedGrantBody| {
        body.readers = vec![family.reader(&family.chain.reader_pk(101), 77)];
    };
    assert_eq!(run(&mut family, nobody), Err(TxRefused::Credential));
    // Two readers, both shown.
    let both = |family: &Family, body: &mut DelegatedGrantBody| {
        body.readers.push(family.reader(&family.chain.reader_pk(77), CLINICIANS[1]));
        let leaves: Vec<Hash32> = body.readers.iter().map(|claim| claim.reader_pk.leaf()).collect();
        body.grant.terms.reader_pk_root = merkle::root(&leaves);
    };
    assert_eq!(run(&mut family, both), Ok(()));
    assert_eq!(family.given(1).readers.len(), 2);
}

#[test]
fn only_clinicians_whom_the_power_names() {
    let leaves = CLINICIANS.map(|seed| recipient_leaf(&[seed; 16], &pk(seed)));
    let named = [leaves[0], leaves[1]];
    let mut family = Family::with(|body| body.delegates[0].recipients_root = merkle::root(&named));
    let place = |clinician: usize| RecipientPlace {
        salt: [CLINICIANS[clinician]; 16],
        path: merkle::path(&named, clinician.min(1)).unwrap(),
    };
    let to = |clinician: usize| {
        move |family: &Family, body: &mut DelegatedGrantBody| {
            let reader = family.chain.reader_pk(101);
            body.readers = vec![family.reader(&reader, CLINICIANS[clinician])];
        }
    };
    assert_eq!(run(&mut family, to(0)), RECIPIENT, "no place is shown");
    let third = |family: &Family, body: &mut DelegatedGrantBody| {
        to(2)(family, body);
        body.readers[0].place = Some(place(2));
    };
    assert_eq!(run(&mut family, third), RECIPIENT);
    let second = |family: &Family, body: &mut DelegatedGrantBody| {
        to(1)(family, body);
        body.readers[0].place = Some(place(1));
    };
    assert_eq!(run(&mut family, second), Ok(()));
    // Where anybody attested may be chosen there is no place to show.
    let mut family = Family::new();
    let needless = |_: &Family, body: &mut DelegatedGrantBody| body.readers[0].place = Some(place(0));
    assert_eq!(run(&mut family, needless), RECIPIENT);
}

#[test]
fn a_credential_that_is_withdrawn_later_opens_nothing_more() {
    let mut family = Family::new();
    assert_eq!(run(&mut family, |_, _| {}), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
    let suspended = credential(&family.chain, CLINICIANS[0], CredentialStatus::Suspended, 2);
    assert_eq!(family.run(suspended), Ok(()));
    assert_eq!(family.opens(1), Err(TxRefused::Credential));
    assert_eq!(family.give(2, ANNA, DAY, &[1]), Err(TxRefused::Credential));
}

#[test]
fn both_keys_sign_the_whole_and_no_plain_permission_can_be_cut_out() {
    let mut family = Family::new();
    let body = family.grant_body(1, ANNA, DAY, &[1]);
    let Tx::DelegatedGrant(good) = family.sign_grant(body.clone(), 1, ANNA) else { panic!() };
    for (number, by) in [(1, BEN), (2, ANNA)] {
        let tx = family.sign_grant(body.clone(), number, by);
        assert_eq!(family.run(tx), Err(TxRefused::Signature));
    }
    let plain = crate::tx::GrantTx {
        body: good.body.grant.clone(),
        pow: crate::tx::solve(
            &family.chain.ctx.chain_id,
            &good.body.grant.octets(),
            family.chain.ctx.params.pow_bits,
        ),
        signature: good.grant_signature,
    };
    assert_eq!(family.run(Tx::Grant(Box::new(plain))), Err(TxRefused::Signature));
    assert_eq!(family.run(Tx::DelegatedGrant(good.clone())), Ok(()));
    assert_eq!(family.run(Tx::DelegatedGrant(good)), Err(TxRefused::GrantExists));
}
