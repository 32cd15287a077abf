//! What can be proven of the members, what keepers answer, and what members' operators say of clinicians.

use anyhow::{Context, Result, bail, ensure};
use salus_chain::attestation::{Attestation, AttestationRequest};
use salus_chain::codec::Record;
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_chain::query::{LightReply, LightRequest};
use salus_chain::sign::SigningKey;
use salus_chain::state::{CredentialRecord, StateKey};
use salus_chain::tx::{CredentialBody, CredentialStatus, Tx};
use salus_keeper::message::{KeeperRefused, KeeperRequest, ReleaseReply, ReleaseRequest};
use salus_keeper::release::Refusal;
use salus_light::p2p::Protocol;
use salus_light::{LightError, proof};
use salus_tests::network::{PATIENCE, eventually};

use crate::stage::{DAY, Stage};

impl Stage {
    /// What the members hold under a key, or that they hold nothing, proven against a header that the light client verified.
    pub(crate) async fn prove<T: Record>(&self, key: StateKey) -> Result<Option<T>> {
        let head = self.client.fresh_head().await?;
        for (member, peer) in self.members() {
            let ask = async |request: LightRequest| {
                let reply = self.straight.ask(peer, Protocol::Light, request.encode()).await.ok()?;
                LightReply::decode(&reply).ok()
            };
            let height = head.height;
            let (block, state) = (
                ask(LightRequest::LightBlock { height }).await,
                ask(LightRequest::State { key, height }).await,
            );
            let (Some(LightReply::LightBlock(block)), Some(LightReply::State(state))) = (block, state) else {
                continue;
            };
            ensure!(block.hash() == head.hash, "member {member} has another block {height}");
            let root = block.app_hash().context("a header without a root")?;
            return Ok(proof::state(&root, &key, state.value.as_deref(), &state.proof)?);
        }
        bail!("no member answers about height {}", head.height)
    }

    /// Asks every keeper: none releases anything, each for one of these reasons.
    pub(crate) async fn keepers_refuse(
        &self,
        what: &str,
        request: &ReleaseRequest,
        whys: &[Refusal],
    ) -> Result<()> {
        for index in 1..=self.client.genesis().n() {
            let answer = self.client.keeper(index)?.release(request.clone()).await;
            let refused = match &answer {
                Err(LightError::Keeper { member, why: KeeperRefused::Release(why) }) => {
                    *member == index && whys.contains(why)
                }
                _ => false,
            };
            ensure!(refused, "{what}: keeper {index} answers {answer:?} instead of {whys:?}");
        }
        Ok(())
    }

    /// Asks every keeper; all release.
    pub(crate) async fn keepers_release(
        &self,
        what: &str,
        request: &ReleaseRequest,
    ) -> Result<Vec<(u16, ReleaseReply)>> {
        let mut replies = Vec::new();
        for index in 1..=self.client.genesis().n() {
            let answer = self.client.keeper(index)?.release(request.clone()).await;
            replies.push((index, answer.with_context(|| format!("{what}: keeper {index}"))?));
        }
        Ok(replies)
    }

    /// Asks the desk of one member: it gives nothing, for this reason.
    pub(crate) async fn desk_refuses(
        &self,
        what: &str,
        index: u16,
        request: KeeperRequest,
        why: KeeperRefused,
    ) -> Result<()> {
        let answer = self.client.keeper(index)?.ask(request).await;
        let refused = matches!(&answer, Err(LightError::Keeper { why: said, .. }) if *said == why);
        ensure!(refused, "{what}: the desk of member {index} answers {answer:?} instead of {why:?}");
        Ok(())
    }

    /// A member says who is on duty, as its operator does; with no role that they are no longer.
    pub(crate) async fn duty(&self, member: usize, pk: &VerifyingKey, role: Option<&str>) -> Result<()> {
        match role {
            Some(role) => self.network.on_duty(member, pk, role)?,
            None => self.network.off_duty(member, pk)?,
        }
        let said = async || {
            let record = self.client.prove_duty(pk).await.ok()?.value?;
            let on = record.body.until_ms != 0;
            let as_said = on == role.is_some() && role.is_none_or(|role| record.body.group.role() == role);
            as_said.then_some(record.height)
        };
        let height =
            eventually(PATIENCE, said).await.with_context(|| format!("no duty of {pk} is recorded"))?;
        self.level(|member| member.height >= height).await
    }

    /// A member attests a clinician, as its operator does; what the clinician gets in hand.
    pub(crate) async fn attest(
        &self,
        member: usize,
        name: &str,
        organisation: &str,
        key: &SigningKey,
    ) -> Result<Attestation> {
        let request = AttestationRequest::sign(name, organisation, &self.chain(), key)?.to_text()?;
        let attestation = Attestation::from_text(&self.network.attest(member, &request)?)?;
        self.said_of(&key.verifying_key(), CredentialStatus::Active).await?;
        Ok(attestation)
    }

    /// A word on a clinician in the name of a member, which whoever has this key signs.
    pub(crate) fn forged(
        &self,
        credential_pk: VerifyingKey,
        member_index: u16,
        (nonce, subject): (u64, Option<Hash32>),
        by: &SigningKey,
    ) -> Tx {
        let body = CredentialBody {
            credential_pk,
            member_index,
            status: CredentialStatus::Active,
            attestation_hash: Hash32::ZERO,
            valid_until_ms: self.now() + DAY,
            nonce,
            subject,
        };
        Tx::Credential(body.sign(&self.chain(), by))
    }

    /// A member withdraws what it attested, as its operator does.
    pub(crate) async fn withdraw(&self, member: usize, pk: &VerifyingKey) -> Result<CredentialRecord> {
        self.network.withdraw(member, pk)?;
        self.said_of(pk, CredentialStatus::Withdrawn).await
    }

    /// Waits until a member's word about a clinician is recorded, and every member has the block.
    async fn said_of(&self, pk: &VerifyingKey, status: CredentialStatus) -> Result<CredentialRecord> {
        let said = async || {
            let proven = self.client.prove_credential(pk).await.ok()?;
            proven.value.filter(|record| record.body.status == status)
        };
        let record = eventually(PATIENCE, said).await;
        let record = record.with_context(|| format!("nobody's word on {pk} is recorded"))?;
        self.level(|member| member.height >= record.height).await?;
        Ok(record)
    }
}
