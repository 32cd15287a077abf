//! Proven statements about permissions and credentials.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::ids::{CircleId, GrantId, Hash32, TxHash, VerifyingKey};
use salus_chain::query::{LightReply, LightRequest};
use salus_chain::state::{
    AccessPointer, AccessRecord, ActRecord, ContractRecord, CredentialRecord, DutyRecord, EmergencyRecord,
    EnrolmentRecord, GrantRecord, MandateRecord, StateKey, StatementRecord,
};
use salus_chain::time::UnixMillis;

use super::LightClient;
use super::chain::head_of;
use super::error::LightError;
use super::head::{Head, Proven};
use super::sync::read_reply;
use crate::p2p::Protocol;
use crate::proof;

impl LightClient {
    /// The permission as of a fresh head; `None` is a proof that there never was one.
    ///
    /// # Errors
    /// [`LightError::OutOfDate`] without a fresh head, or as [`LightClient::sync`].
    pub async fn prove_grant(&self, id: &GrantId) -> Result<Proven<Option<GrantRecord>>, LightError> {
        self.prove(StateKey::Grant(*id)).await
    }

    /// What members last said about a clinician's key; `None` is a proof that nobody ever attested it.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_credential(
        &self,
        credential: &VerifyingKey,
    ) -> Result<Proven<Option<CredentialRecord>>, LightError> {
        self.prove(StateKey::Credential(*credential)).await
    }

    /// What the attesting member last said of somebody's duty; `None` is a proof that it never said anything.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_duty(
        &self,
        credential: &VerifyingKey,
    ) -> Result<Proven<Option<DutyRecord>>, LightError> {
        self.prove(StateKey::Duty(*credential)).await
    }

    /// The enrolment of a gateway under its one-time key, withdrawn or not; `None` is a proof that there never was one.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_enrolment(
        &self,
        enrolment: &VerifyingKey,
    ) -> Result<Proven<Option<EnrolmentRecord>>, LightError> {
        self.prove(StateKey::Enrolment(*enrolment)).await
    }

    /// The consent contract of this hash; `None` is a proof that none is recorded. Whoever keeps the text needs no second
    /// proof: it never changes, and its hash is in the permission.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_contract(&self, hash: &Hash32) -> Result<Proven<Option<ContractRecord>>, LightError> {
        self.prove(StateKey::Contract(*hash)).await
    }

    /// What was stated with the opening that a transaction recorded; `None` is a proof that nothing was: it was for
    /// treatment, without a second person, or was not recorded.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_statement(&self, tx: &TxHash) -> Result<Proven<Option<StatementRecord>>, LightError> {
        self.prove(StateKey::Statement(*tx)).await
    }

    /// Who announced emergencies of a permission, and when it was first opened in one; `None` is a proof of neither.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_emergency(&self, id: &GrantId) -> Result<Proven<Option<EmergencyRecord>>, LightError> {
        self.prove(StateKey::Emergency(*id)).await
    }

    /// The announcement or emergency opening that a transaction recorded, and everything that was said of it; `None` is a proof
    /// that it recorded neither.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_act(&self, tx: &TxHash) -> Result<Proven<Option<ActRecord>>, LightError> {
        self.prove(StateKey::EmergencyAct(*tx)).await
    }

    /// A circle with the change that waits in it, as something last happened to it: [`CircleRecord::at`] the head's time is
    /// how it is. `None` is a proof that there is no such circle.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_circle(&self, id: &CircleId) -> Result<Proven<Option<CircleRecord>>, LightError> {
        self.prove(StateKey::Circle(*id)).await
    }

    /// What a delegate's permission waits for, and whether it holds; `None` is a proof that no delegate gave it.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_delegated(
        &self,
        id: &GrantId,
    ) -> Result<Proven<Option<CircleGrantRecord>>, LightError> {
        self.prove(StateKey::CircleGrant(*id)).await
    }

    /// The permission that was given under a laptop's mandate; `None` is a proof that none was.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_mandate(
        &self,
        key: &VerifyingKey,
    ) -> Result<Proven<Option<MandateRecord>>, LightError> {
        self.prove(StateKey::Mandate(*key)).await
    }

    /// Where the receipt of an opening is; `None` is a proof that it was not recorded.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn prove_access(&self, tx: &TxHash) -> Result<Proven<Option<AccessPointer>>, LightError> {
        self.prove(StateKey::Access(*tx)).await
    }

    /// The permission and every receipt in its log, oldest first, complete against the log's head in the state; `None` is a
    /// proof that there is no such permission.
    ///
    /// # Errors
    /// As [`LightClient::prove_grant`].
    pub async fn grant_log(
        &self,
        id: &GrantId,
    ) -> Result<Proven<Option<(GrantRecord, Vec<AccessRecord>)>>, LightError> {
        let Proven { value, head } = self.prove_grant(id).await?;
        let Some(grant) = value else {
            return Ok(Proven { value: None, head });
        };
        let mut failure = LightError::Unreachable;
        for member in self.0.members.order() {
            match self.receipts(member, id, grant.access_count).await {
                Ok(log) if proof::log_is_complete(id, &grant, &log) => {
                    return Ok(Proven { value: Some((grant, log)), head });
                }
                Ok(_) => failure = LightError::Proof { member },
                Err(error) if error.weight() >= failure.weight() => failure = error,
                Err(_) => {}
            }
        }
        Err(failure)
    }

    /// The time of the verified block at a height: what a record that carries only a height happened at.
    ///
    /// # Errors
    /// As [`LightClient::sync`].
    pub async fn time_at(&self, height: u64) -> Result<UnixMillis, LightError> {
        self.head_at(height).await.map(|head| head.time_ms)
    }

    /// The verified header at a height, with who signed it.
    ///
    /// # Errors
    /// As [`LightClient::sync`].
    pub async fn head_at(&self, height: u64) -> Result<Head, LightError> {
        let mut failure = LightError::Unreachable;
        for member in self.0.members.order() {
            match self.verified_at(height, member).await {
                Ok(block) => return Ok(head_of(&block, self.genesis(), 0)),
                Err(error) if error.weight() >= failure.weight() => failure = error,
                Err(_) => {}
            }
        }
        Err(failure)
    }

    async fn receipts(&self, member: u16, id: &GrantId, count: u32) -> Result<Vec<AccessRecord>, LightError> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let mut log: Vec<AccessRecord> = Vec::new();
        while log.len() < count {
            let from = u32::try_from(log.len()).unwrap_or(u32::MAX);
            let body = LightRequest::GrantLog { grant_id: *id, from }.encode();
            let reply = self.0.members.ask(member, Protocol::Light, body).await;
            match read_reply(member, &reply.map_err(|error| LightError::from_ask(member, error))?)? {
                LightReply::GrantLog(page) if !page.receipts.is_empty() => log.extend(page.receipts),
                LightReply::GrantLog(_) => return Err(LightError::Missing { member }),
                _ => return Err(LightError::BadReply { member }),
            }
        }
        // Receipts recorded after the proven head are not part of the claim.
        log.truncate(count);
        Ok(log)
    }

    async fn prove<T: Record>(&self, key: StateKey) -> Result<Proven<Option<T>>, LightError> {
        let head = self.fresh_head().await?;
        let value = self.prove_at(&head, key).await?;
        Ok(Proven { value, head })
    }

    pub(super) async fn prove_at<T: Record>(
        &self,
        head: &Head,
        key: StateKey,
    ) -> Result<Option<T>, LightError> {
        // The head was verified a moment ago, so this asks nobody.
        let root = self.verified_at(head.height, 0).await?.app_hash();
        let root = root.ok_or(LightError::StoredState)?;
        let body = LightRequest::State { key, height: head.height }.encode();
        let read = |member: u16, reply: Vec<u8>| match read_reply(member, &reply)? {
            LightReply::State(state) if state.height == head.height => {
                proof::state(&root, &key, state.value.as_deref(), &state.proof)
                    .map_err(|_| LightError::Proof { member })
            }
            _ => Err(LightError::BadReply { member }),
        };
        self.0.members.first(Protocol::Light, &body, read).await
    }
}
