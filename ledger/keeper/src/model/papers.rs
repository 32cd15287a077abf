//! What somebody signs: each act as the transaction that an application would make of it.

use std::rc::Rc;

use salus_chain::circle::{Change, Subject};
use salus_chain::ids::{Hash32, TxHash};
use salus_chain::merkle::{self, MerklePath};
use salus_chain::sign::{Label, SigningKey};
use salus_chain::tx::{
    ApproveBody, CategoryClaim, ChangeBody, CredentialBody, CredentialStatus, DelegatedGrantBody, DutyBody,
    DutyGrantBody, EnrolBody, Entrusted, GrantAck, GrantBody, GrantTerms, Mandate, MandateFor,
    MandatedGrantBody, MandatedRevokeBody, ObjectBody, PaidBody, ReaderClaim, ReviewBody, RevokeBody, Tx,
    Verdict, WithdrawBody, ack_body, mandate_commitment,
};

use super::act::{Meant, Says, Speaker, Stopper, Who};
use super::case::{CLINICIANS, FIRST_STOP, HOUR, MANDATES, PERMISSIONS, Permission, Role, Way, paper_of};
use super::people::Statement;
use super::stage::{KEEPERS, SOMEBODY, STRANGER, Signed, Stage, VALID, contract, group, leaves};

fn number(of: usize) -> u64 {
    u64::try_from(of).unwrap()
}

impl Stage {
    fn mandate(&self, paper: usize) -> Mandate {
        let seed = MANDATES[paper].seed;
        Mandate { mandate_pk: self.pk(seed), salt: [seed; 32] }
    }

    fn stops(&self) -> Vec<Hash32> {
        MANDATES[FIRST_STOP..].iter().map(|mandate| self.pk(mandate.seed).revoker_leaf()).collect()
    }

    fn body(&self, of: usize) -> GrantBody {
        let Permission { own, way, condition, begins, ends, stops } = PERMISSIONS[of];
        let terms = GrantTerms {
            grant_id: self.grant_id(of),
            patient_grant_pk: self.pk(own),
            reader_pk_root: match way {
                Way::Duty(role) => group(1, role).tag(),
                Way::Own | Way::Mandated | Way::Steward { .. } => self.reader(of).leaf(),
            },
            keeper_set_id: self.ctx.keeper_set_id,
            threshold: self.ctx.threshold,
            commit_hash: Hash32([own; 32]),
            capsule_hash: Hash32([1; 32]),
            not_before_ms: begins,
            expires_ms: ends,
            contract_hash: contract(condition),
            revoker_root: if stops { merkle::root(&self.stops()) } else { Hash32::ZERO },
        };
        let body = ack_body(&terms.grant_id, &terms.keeper_set_id, &terms.commit_hash, 1);
        let signature = self.key(KEEPERS[0]).sign(Label::Ack, &self.ctx.chain_id, &body);
        let (nonce, acks) = (Self::nonce(of), vec![GrantAck { keeper: 1, signature }]);
        GrantBody { terms, nonce, valid_until_height: VALID, acks }
    }

    /// A permission; a mandated one under this mandate.
    pub(super) fn give(&self, of: usize, paper: usize) -> Rc<Signed> {
        self.kept([1, number(of), number(paper), 0], || {
            let (grant, chain, own) = (self.body(of), self.ctx.chain_id, self.key(PERMISSIONS[of].own));
            match PERMISSIONS[of].way {
                Way::Own => Tx::Grant(Box::new(grant.sign(&chain, 0, own))),
                Way::Mandated => {
                    let body = MandatedGrantBody { grant, mandate: self.mandate(paper) };
                    Tx::MandatedGrant(Box::new(body.sign(&chain, 0, own)))
                }
                Way::Duty(role) => {
                    let body = DutyGrantBody { grant, group: group(1, role) };
                    Tx::DutyGrant(Box::new(body.sign(&chain, 0, own)))
                }
                Way::Steward { clinician, sensitive } => {
                    let body = self.delegated(of, grant, clinician, sensitive);
                    let anna = self.key(Self::seed(Who::Anna));
                    Tx::DelegatedGrant(Box::new(body.sign(&chain, 0, own, anna)))
                }
            }
        })
    }

    fn delegated(
        &self,
        of: usize,
        grant: GrantBody,
        clinician: usize,
        sensitive: bool,
    ) -> DelegatedGrantBody {
        let place = usize::from(sensitive);
        let category = CategoryClaim {
            leaf: leaves()[place],
            path: merkle::path(&leaves(), place).unwrap(),
            ordinary: (!sensitive).then(MerklePath::single),
        };
        let (reader_pk, code) = (self.reader(of), self.key(CLINICIANS[clinician].seed));
        let reader = ReaderClaim {
            reader_pk,
            credential_pk: self.clinician(clinician),
            code_signature: code.sign(Label::Code, &self.ctx.chain_id, reader_pk.as_ref()),
            place: None,
        };
        DelegatedGrantBody {
            grant,
            circle_id: self.circle,
            delegate_pk: self.pk(Self::seed(Who::Anna)),
            categories: vec![category],
            readers: vec![reader],
        }
    }

    pub(super) fn enrol(&self, paper: usize, meant: Meant) -> Rc<Signed> {
        let (key, used) = (meant == Meant::OtherKey, meant == Meant::OtherUse);
        self.kept([2, number(paper), u64::from(key), u64::from(used)], || {
            let (mandate, hand) = (self.mandate(paper), if key { SOMEBODY } else { MANDATES[paper].hand });
            let stops = (paper >= FIRST_STOP) != used;
            let what = if stops { MandateFor::Stopping } else { MandateFor::Giving };
            let commitment = mandate_commitment(what, &self.ctx.chain_id, &mandate.salt, &self.pk(hand));
            let body = EnrolBody { enrolment_pk: mandate.mandate_pk, commitment };
            Tx::Enrol(body.sign(&self.ctx.chain_id, 0, self.key(MANDATES[paper].seed)))
        })
    }

    pub(super) fn withdraw(&self, paper: usize) -> Rc<Signed> {
        self.kept([3, number(paper), 0, 0], || {
            let body = WithdrawBody { enrolment_pk: self.mandate(paper).mandate_pk };
            Tx::Withdraw(body.sign(&self.ctx.chain_id, 0, self.key(MANDATES[paper].seed)))
        })
    }

    pub(super) fn stop(&self, of: usize, by: Stopper) -> Rc<Signed> {
        match by {
            Stopper::Own => self.revoke(of, PERMISSIONS[of].own, None),
            Stopper::MandateKey => self.revoke(of, MANDATES[paper_of(of)].seed, None),
            Stopper::Root(place) => self.revoke(of, MANDATES[FIRST_STOP + place].seed, Some(place)),
            Stopper::Hand(place) => self.stop_under(of, place, MANDATES[FIRST_STOP + place].hand),
            Stopper::OtherHand(place) => self.stop_under(of, place, STRANGER),
            Stopper::Circle(who) => self.revoke(of, Self::seed(who), None),
        }
    }

    fn place(&self, place: Option<usize>) -> MerklePath {
        place.map_or_else(MerklePath::single, |place| merkle::path(&self.stops(), place).unwrap())
    }

    fn revoke(&self, of: usize, by: u8, place: Option<usize>) -> Rc<Signed> {
        self.kept([4, number(of), u64::from(by), place.map_or(9, number)], || {
            let (grant_id, revoker_pk, path) = (self.grant_id(of), self.pk(by), self.place(place));
            let body = RevokeBody { grant_id, revoker_pk, path };
            Tx::Revoke(body.sign(&self.ctx.chain_id, 0, self.key(by)))
        })
    }

    fn stop_under(&self, of: usize, place: usize, hand: u8) -> Rc<Signed> {
        self.kept([5, number(of), number(place), u64::from(hand)], || {
            let (grant_id, mandate) = (self.grant_id(of), self.mandate(FIRST_STOP + place));
            let (hand_pk, path) = (self.pk(hand), self.place(Some(place)));
            let body = MandatedRevokeBody { grant_id, mandate, hand_pk, path };
            Tx::MandatedRevoke(body.sign(&self.ctx.chain_id, 0, self.key(hand)))
        })
    }

    pub(super) fn approve(&self, of: usize, who: Who, revision: u32) -> Rc<Signed> {
        let by = Self::seed(who);
        self.kept([6, number(of), u64::from(by), u64::from(revision)], || {
            let (subject, signer_pk) = (Subject::Grant(self.grant_id(of)), self.pk(by));
            let (circle_id, valid_until_height) = (self.circle, VALID);
            let body = ApproveBody { circle_id, subject, revision, signer_pk, valid_until_height };
            Tx::Approve(body.sign(&self.ctx.chain_id, 0, self.key(by)))
        })
    }

    pub(super) fn object(&self, of: usize, who: Who) -> Rc<Signed> {
        let by = Self::seed(who);
        self.kept([7, number(of), u64::from(by), 0], || {
            let (subject, signer_pk) = (Subject::Grant(self.grant_id(of)), self.pk(by));
            let body = ObjectBody { circle_id: self.circle, subject, signer_pk, valid_until_height: VALID };
            Tx::Object(body.sign(&self.ctx.chain_id, 0, self.key(by)))
        })
    }

    pub(super) fn remove_anna(&self, revision: u32) -> Rc<Signed> {
        self.kept([8, u64::from(revision), 0, 0], || {
            let by = Self::seed(Who::Person);
            let (circle_id, signer_pk, change) = (self.circle, self.pk(by), Change::RemoveDelegate(1));
            let body = ChangeBody { circle_id, revision, signer_pk, valid_until_height: VALID, change };
            Tx::CircleChange(body.sign(&self.ctx.chain_id, 0, self.key(by)))
        })
    }

    /// What a member says of a key in a block of this time.
    pub(super) fn attest(&self, statement: Statement, now: i64) -> Rc<Signed> {
        let Statement { who, says, by, told, nonce } = statement;
        let (status, hours) = match says {
            Says::For(hours) => (CredentialStatus::Active, hours),
            Says::Suspended => (CredentialStatus::Suspended, 1),
            Says::Withdrawn => (CredentialStatus::Withdrawn, 1),
        };
        let body = CredentialBody {
            credential_pk: self.clinician(who),
            member_index: by,
            status,
            attestation_hash: Hash32([1; 32]),
            valid_until_ms: now + hours * HOUR,
            nonce,
            subject: told.then_some(Hash32([CLINICIANS[who].person; 32])),
        };
        Signed::of(Tx::Credential(body.sign(&self.ctx.chain_id, self.member(by))))
    }

    pub(super) fn duty(&self, who: usize, role: Role, until_ms: i64, by: u16, nonce: u64) -> Rc<Signed> {
        let body = DutyBody { credential_pk: self.clinician(who), group: group(by, role), until_ms, nonce };
        Signed::of(Tx::Duty(body.sign(&self.ctx.chain_id, self.member(by))))
    }

    fn member(&self, index: u16) -> &SigningKey {
        self.key(KEEPERS[usize::from(index) - 1])
    }

    pub(super) fn review(&self, of: usize, act: TxHash, by: Speaker, verdict: Verdict) -> Rc<Signed> {
        let own = PERMISSIONS[of].own;
        let (seed, word) = match by {
            Speaker::Own => (own, false),
            Speaker::MandateKey => (MANDATES[paper_of(of)].seed, false),
            Speaker::Circle(who) => (Self::seed(who), false),
            Speaker::Entrusted => (Self::seed(Who::Ben), true),
        };
        let (grant_id, chain) = (self.grant_id(of), &self.ctx.chain_id);
        let entrusted = word.then(|| Entrusted::sign(&grant_id, self.circle, chain, self.key(own)));
        let (signer_pk, valid_until_height) = (self.pk(seed), VALID);
        let body = ReviewBody { grant_id, act, verdict, signer_pk, entrusted, valid_until_height };
        Signed::of(Tx::Review(Box::new(body.sign(chain, 0, self.key(seed)))))
    }
}
