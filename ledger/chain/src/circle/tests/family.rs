//! A grandmother's circle on a chain of one member: Anna and Dan as stewards, Ben and Cleo as approvers, three guardians.

use crate::circle::{
    Beginning, Change, CircleGrantRecord, CircleRecord, Delegate, Guardians, Policy, Role, Subject,
    category_leaf,
};
use crate::fixture::{Chain, DAY, START, key};
use crate::ids::{CircleId, Hash32, Nonce16, ReaderKey, VerifyingKey};
use crate::merkle;
use crate::sign::{Label, SigningKey};
use crate::state::{CheckError, Head, StateKey, TxRefused, check_tx};
use crate::tx::{
    ApproveBody, CategoryClaim, ChangeBody, CircleBody, CredentialBody, CredentialStatus, DelegatedGrantBody,
    ObjectBody, Paid, PaidBody, ReaderClaim, SpringBody, Tx,
};

pub(in crate::circle) const HOUR: i64 = 3_600_000;

// Seeds of keys; a grant's own key has its number, its reader's key that plus 100.
pub(in crate::circle) const PERSON: u8 = 10;
pub(in crate::circle) const ANNA: u8 = 11;
pub(in crate::circle) const BEN: u8 = 12;
pub(in crate::circle) const CLEO: u8 = 13;
pub(in crate::circle) const DAN: u8 = 14;
pub(in crate::circle) const GUARDIANS: [u8; 3] = [21, 22, 23];
pub(in crate::circle) const CLINICIANS: [u8; 3] = [151, 152, 153];

/// Categories 1 to 3 are ordinary, 4 is sensitive; stewards may permit all four.
pub(in crate::circle) const ORDINARY: [u8; 3] = [1, 2, 3];
pub(in crate::circle) const ALLOWED: [u8; 4] = [1, 2, 3, 4];
pub(in crate::circle) const SENSITIVE: u8 = 4;

pub(in crate::circle) fn pk(seed: u8) -> VerifyingKey {
    key(seed).verifying_key()
}

fn leaf(category: u8) -> Hash32 {
    category_leaf(&[category; 16], category)
}

fn leaves(categories: &[u8]) -> Vec<Hash32> {
    categories.iter().map(|category| leaf(*category)).collect()
}

pub(in crate::circle) fn steward(seed: u8) -> Delegate {
    Delegate {
        pk: pk(seed),
        role: Role::Steward,
        instrument_hash: Hash32([seed; 32]),
        categories_root: merkle::root(&leaves(&ALLOWED)),
        recipients_root: Hash32::ZERO,
        longest_ms: 10 * DAY,
        begins_ms: START,
        lapses_ms: START + 60 * DAY,
        review_ms: None,
        beginning: Beginning::AtOnce,
    }
}

pub(in crate::circle) fn approver(seed: u8) -> Delegate {
    Delegate { role: Role::Approver, categories_root: Hash32::ZERO, ..steward(seed) }
}

pub(in crate::circle) fn policy() -> Policy {
    Policy {
        approvals: 2,
        long_ms: 5 * DAY,
        ordinary_root: merkle::root(&leaves(&ORDINARY)),
        veto_ms: DAY,
        objector: 0,
    }
}

/// The claims of these categories, as an honest application makes them.
pub(in crate::circle) fn claims(categories: &[u8]) -> Vec<CategoryClaim> {
    let (allowed, ordinary) = (leaves(&ALLOWED), leaves(&ORDINARY));
    let place = |of: &[Hash32], leaf: &Hash32| of.iter().position(|each| each == leaf);
    let claim = |category: &u8| {
        let leaf = leaf(*category);
        let path = place(&allowed, &leaf).and_then(|at| merkle::path(&allowed, at));
        let ordinary = place(&ordinary, &leaf).and_then(|at| merkle::path(&ordinary, at));
        CategoryClaim { leaf, path: path.unwrap_or_else(merkle::MerklePath::single), ordinary }
    };
    categories.iter().map(claim).collect()
}

pub(in crate::circle) struct Family {
    pub(in crate::circle) chain: Chain,
    pub(in crate::circle) id: CircleId,
}

impl Family {
    pub(in crate::circle) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The circle after a change of how it is made, with three attested clinicians on the chain.
    pub(in crate::circle) fn with(change: impl FnOnce(&mut CircleBody)) -> Self {
        let mut chain = Chain::new(1);
        let mut body = Self::body(&chain);
        change(&mut body);
        let credentials = CLINICIANS.map(|seed| credential(&chain, seed, CredentialStatus::Active, 1));
        chain.block(1, &credentials);
        let id = body.circle_id;
        let tx = Tx::Circle(body.sign(&chain.ctx.chain_id, chain.ctx.params.pow_bits, &key(PERSON)));
        let mut family = Self { chain, id };
        assert_eq!(family.run(tx), Ok(()));
        family
    }

    pub(in crate::circle) fn body(chain: &Chain) -> CircleBody {
        let nonce = Nonce16([7; 16]);
        let dan = Delegate { beginning: Beginning::Attested, ..steward(DAN) };
        CircleBody {
            circle_id: CircleId::derive(&chain.ctx.chain_id, &pk(PERSON), &nonce),
            patient_pk: pk(PERSON),
            nonce,
            valid_until_height: 1000,
            delegates: vec![steward(ANNA), approver(BEN), approver(CLEO), dan],
            guardians: Guardians { keys: GUARDIANS.map(pk).to_vec(), threshold: 3 },
            policy: policy(),
        }
    }

    /// A block of this transaction, a millisecond later; what the check said before is what happens.
    pub(in crate::circle) fn run(&mut self, tx: Tx) -> Result<(), TxRefused> {
        let head = Head { height: self.chain.height, time_ms: self.chain.time_ms + 1 };
        let before = check_tx(&self.chain.ctx, &self.chain.tree, &tx, &head);
        let effects = self.chain.block(1, &[tx]);
        let outcome = effects.results[0].outcome;
        match before {
            Ok(()) => assert_eq!(outcome, Ok(())),
            Err(CheckError::Refused(_)) => assert!(outcome.is_err() && effects.writes.is_empty()),
            Err(CheckError::State(error)) => panic!("{error}"),
        }
        outcome
    }

    pub(in crate::circle) fn wait(&mut self, ms: i64) {
        self.chain.block(ms, &[]);
    }

    fn signed<B: PaidBody>(&self, body: B, by: u8) -> Paid<B> {
        body.sign(&self.chain.ctx.chain_id, self.chain.ctx.params.pow_bits, &key(by))
    }

    /// The circle as the next block finds it.
    pub(in crate::circle) fn circle(&self) -> CircleRecord {
        let stored: CircleRecord = self.chain.record(&StateKey::Circle(self.id)).unwrap();
        stored.at(self.chain.time_ms + 1)
    }

    pub(in crate::circle) fn waiting(&self) -> Subject {
        Subject::Change(self.circle().pending.unwrap().subject)
    }

    pub(in crate::circle) fn change_tx(&self, by: u8, change: Change) -> Tx {
        let (circle_id, revision, signer_pk) = (self.id, self.circle().revision, pk(by));
        let body = ChangeBody { circle_id, revision, signer_pk, valid_until_height: 1000, change };
        Tx::CircleChange(self.signed(body, by))
    }

    pub(in crate::circle) fn change(&mut self, by: u8, change: Change) -> Result<(), TxRefused> {
        let tx = self.change_tx(by, change);
        self.run(tx)
    }

    pub(in crate::circle) fn approve_tx(&self, by: u8, subject: Subject) -> Tx {
        let (circle_id, revision, signer_pk) = (self.id, self.circle().revision, pk(by));
        let body = ApproveBody { circle_id, subject, revision, signer_pk, valid_until_height: 1000 };
        Tx::Approve(self.signed(body, by))
    }

    pub(in crate::circle) fn approve(&mut self, by: u8, subject: Subject) -> Result<(), TxRefused> {
        let tx = self.approve_tx(by, subject);
        self.run(tx)
    }

    pub(in crate::circle) fn object_tx(&self, by: u8, subject: Subject) -> Tx {
        let body = ObjectBody { circle_id: self.id, subject, signer_pk: pk(by), valid_until_height: 1000 };
        Tx::Object(self.signed(body, by))
    }

    pub(in crate::circle) fn object(&mut self, by: u8, subject: Subject) -> Result<(), TxRefused> {
        let tx = self.object_tx(by, subject);
        self.run(tx)
    }

    pub(in crate::circle) fn spring_tx(&self, clinician: u8, delegate: u8) -> Tx {
        let body = SpringBody {
            circle_id: self.id,
            revision: self.circle().revision,
            delegate_pk: pk(delegate),
            credential_pk: pk(clinician),
            valid_until_height: 1000,
        };
        Tx::Spring(self.signed(body, clinician))
    }

    pub(in crate::circle) fn spring(&mut self, clinician: u8, delegate: u8) -> Result<(), TxRefused> {
        let tx = self.spring_tx(clinician, delegate);
        self.run(tx)
    }

    /// Permission `number` by a steward, for so long from now, to the first clinician.
    pub(in crate::circle) fn grant_body(
        &self,
        number: u8,
        by: u8,
        lasts_ms: i64,
        categories: &[u8],
    ) -> DelegatedGrantBody {
        let mut grant = self.chain.body(number);
        grant.terms.not_before_ms = self.chain.time_ms;
        grant.terms.expires_ms = self.chain.time_ms + lasts_ms;
        DelegatedGrantBody {
            grant,
            circle_id: self.id,
            delegate_pk: pk(by),
            categories: claims(categories),
            readers: vec![self.reader(&self.chain.reader_pk(number + 100), CLINICIANS[0])],
        }
    }

    /// What a clinician's code says about a reader key.
    pub(in crate::circle) fn reader(&self, reader: &ReaderKey, clinician: u8) -> ReaderClaim {
        ReaderClaim {
            reader_pk: *reader,
            credential_pk: pk(clinician),
            code_signature: key(clinician).sign(Label::Code, &self.chain.ctx.chain_id, reader.as_ref()),
            place: None,
        }
    }

    pub(in crate::circle) fn sign_grant(&self, body: DelegatedGrantBody, number: u8, by: u8) -> Tx {
        let (chain, bits) = (self.chain.ctx.chain_id, self.chain.ctx.params.pow_bits);
        Tx::DelegatedGrant(Box::new(body.sign(&chain, bits, &key(number), &key(by))))
    }

    pub(in crate::circle) fn give(
        &mut self,
        number: u8,
        by: u8,
        lasts_ms: i64,
        categories: &[u8],
    ) -> Result<(), TxRefused> {
        let tx = self.sign_grant(self.grant_body(number, by, lasts_ms, categories), number, by);
        self.run(tx)
    }

    pub(in crate::circle) fn given(&self, number: u8) -> CircleGrantRecord {
        self.chain.record(&StateKey::CircleGrant(self.chain.grant_id(number))).unwrap()
    }

    pub(in crate::circle) fn subject(&self, number: u8) -> Subject {
        Subject::Grant(self.chain.grant_id(number))
    }

    /// Why permission `number` cannot be opened by its reader now.
    pub(in crate::circle) fn opens(&self, number: u8) -> Result<(), TxRefused> {
        let head = Head { height: self.chain.height, time_ms: self.chain.time_ms };
        match check_tx(&self.chain.ctx, &self.chain.tree, &self.chain.access_tx(number, 1), &head) {
            Ok(()) => Ok(()),
            Err(CheckError::Refused(why)) => Err(why),
            Err(CheckError::State(error)) => panic!("{error}"),
        }
    }
}

/// A member's word on a clinician.
pub(in crate::circle) fn credential(chain: &Chain, seed: u8, status: CredentialStatus, nonce: u64) -> Tx {
    let body = CredentialBody {
        credential_pk: pk(seed),
        member_index: 1,
        status,
        attestation_hash: Hash32([1; 32]),
        valid_until_ms: START + 3650 * DAY,
        nonce,
        subject: Some(Hash32([seed; 32])),
    };
    let member: &SigningKey = &chain.keepers[0];
    Tx::Credential(body.sign(&chain.ctx.chain_id, member))
}
