//! A circle's life as strangers write it: the transaction that makes it, and then changes, approvals, objections, attestations
//! and permissions at later and later times, whoever signed them. Nothing panics, and whatever comes of it is a record that can
//! be read again, within its limits, of a person who is still there.
//!
//! Input: u8 hours that pass || u16 length || an encoded transaction, again and again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::circle::{
    CircleGrantRecord, CircleRecord, GrantReader, MAX_DELEGATES, MAX_GUARDIANS, Signer, Subject,
};
use salus_chain::codec::Record;
use salus_chain::state::Head;
use salus_chain::tx::{DelegatedGrantBody, Tx};

const START: i64 = 1_795_000_000_000;
// A hundred years later, and still an instant that a record can hold.
const END: i64 = 5_000_000_000_000;
const HOUR: i64 = 3_600_000;

fn recorded(now: i64, circle: CircleRecord) -> CircleRecord {
    let octets = circle.encode();
    assert!(octets.len() <= CircleRecord::MAX);
    assert_eq!(CircleRecord::decode(&octets).as_ref(), Ok(&circle));
    assert!(circle.delegates.len() <= MAX_DELEGATES && circle.guardians.keys.len() <= MAX_GUARDIANS);
    assert_eq!(circle.find(&circle.patient_pk), Some(Signer::Patient));
    for at in [now, now.saturating_add(72 * HOUR), i64::MAX] {
        let settled = circle.at(at);
        assert!(settled.at(at) == settled && settled.encode().len() <= CircleRecord::MAX);
    }
    circle
}

fn given(now: i64, circle: &CircleRecord, body: &DelegatedGrantBody) -> Option<CircleGrantRecord> {
    let Some(Signer::Delegate(proposer)) = circle.find(&body.delegate_pk) else { return None };
    let needs = circle.needs(now, proposer, body).ok()?;
    let readers = body.readers.iter();
    Some(CircleGrantRecord {
        circle_id: circle.circle_id,
        proposer,
        needs,
        approvals: Vec::new(),
        proposed_ms: now,
        ready_ms: (needs == 0).then_some(now),
        objected: false,
        confirmed_by: None,
        readers: readers
            .map(|claim| GrantReader { leaf: claim.reader_pk.leaf(), credential_pk: claim.credential_pk })
            .collect(),
    })
}

#[derive(Default)]
struct Life {
    circle: Option<CircleRecord>,
    given: Option<CircleGrantRecord>,
}

impl Life {
    fn play(&mut self, now: i64, tx: &Tx) -> Option<()> {
        if let Tx::Circle(tx) = tx {
            let made = CircleRecord::create(&tx.body, Head { height: 1, time_ms: now }).ok()?;
            *self = Self { circle: Some(recorded(now, made)), given: None };
            return Some(());
        }
        let circle = self.circle.as_ref()?.at(now);
        let after = match tx {
            Tx::CircleChange(tx) => {
                let signer = circle.find(&tx.body.signer_pk)?;
                circle.propose(now, signer, &tx.body.change, tx.body.subject()).ok()?
            }
            Tx::Approve(tx) => {
                let signer = circle.find(&tx.body.signer_pk)?;
                match &tx.body.subject {
                    Subject::Change(subject) => circle.approve(now, signer, subject).ok()?,
                    Subject::Grant(_) => {
                        self.given = Some(self.given.as_ref()?.approve(now, &circle, signer).ok()?);
                        return Some(());
                    }
                }
            }
            Tx::Object(tx) => {
                let signer = circle.find(&tx.body.signer_pk)?;
                match &tx.body.subject {
                    Subject::Change(subject) => {
                        circle.may_object(now, signer).ok()?;
                        circle.object(subject).ok()?
                    }
                    Subject::Grant(_) => {
                        self.given = Some(self.given.as_ref()?.object(now, &circle, signer).ok()?);
                        return Some(());
                    }
                }
            }
            Tx::MandatedObject(tx) => {
                if circle.find(&tx.body.may.person_pk) != Some(Signer::Patient) {
                    return None;
                }
                circle.may_object(now, Signer::Patient).ok()?;
                circle.object(&tx.body.change).ok()?
            }
            Tx::Spring(tx) => circle.attest(&tx.body.delegate_pk, &tx.body.credential_pk).ok()?,
            Tx::DelegatedGrant(tx) => {
                self.given = Some(given(now, &circle, &tx.body)?);
                return Some(());
            }
            _ => return None,
        };
        self.circle = Some(recorded(now, after));
        Some(())
    }

    fn look(&self, now: i64) {
        let (Some(circle), Some(given)) = (&self.circle, &self.given) else { return };
        let octets = given.encode();
        assert!(octets.len() <= CircleGrantRecord::MAX && CircleGrantRecord::decode(&octets).is_ok());
        let opens = given.opens(circle, now);
        assert!(!opens || (!given.objected && given.ready_ms.is_some_and(|ready| ready <= now)));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let (mut life, mut now, mut rest) = (Life::default(), START, bytes);
    while let Some(([hours, high, low], tail)) = rest.split_first_chunk::<3>() {
        now = (now + i64::from(*hours) * HOUR).min(END);
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(tail.len());
        let (octets, tail) = tail.split_at(length);
        rest = tail;
        if let Ok(tx) = Tx::decode(octets) {
            life.play(now, &tx);
        }
        life.look(now);
    }
});
