//! One keeper: hands it a share, asks it for slots, and whether it erased.

use salus_chain::codec::Record;
use salus_chain::ids::{GrantId, VerifyingKey};
use salus_chain::sign::Label;
use salus_chain::tx::{GrantAck, ack_body};
use salus_keeper::deal::Commitments;
use salus_keeper::message::{
    DealMessage, EraseStatus, KeeperReply, KeeperRequest, ReleaseReply, ReleaseRequest,
};

use super::LightClient;
use super::error::LightError;
use crate::p2p::Protocol;

/// The way to one keeper; borrowed from the client.
#[derive(Clone, Copy)]
pub struct KeeperLink<'a> {
    client: &'a LightClient,
    index: u16,
    key: VerifyingKey,
}

impl<'a> KeeperLink<'a> {
    pub(super) fn new(client: &'a LightClient, index: u16, key: VerifyingKey) -> Self {
        Self { client, index, key }
    }

    /// The keeper's index, from 1.
    #[must_use]
    pub fn index(&self) -> u16 {
        self.index
    }

    /// Hands over a share; the ack is verified and says that the share is stored durably. Repeating it is harmless.
    ///
    /// # Errors
    /// [`LightError::Keeper`] when it refuses, [`LightError::BadAnswer`] for an ack that does not verify.
    pub async fn deal(&self, message: DealMessage) -> Result<GrantAck, LightError> {
        let context = message.context.clone();
        let points =
            Commitments::parse(&message.commitments, context.threshold).map_err(|_| self.bad_answer())?;
        let commit_hash = points.hash(&context.grant_id, &context.keeper_set_id);
        match self.ask(KeeperRequest::Deal(Box::new(message))).await? {
            KeeperReply::Ack(ack) if ack.keeper == self.index => {
                let body = ack_body(&context.grant_id, &context.keeper_set_id, &commit_hash, self.index);
                self.key
                    .verify(Label::Ack, &self.client.chain_id(), &body, &ack.signature)
                    .map_err(|_| self.bad_answer())?;
                Ok(ack)
            }
            _ => Err(self.bad_answer()),
        }
    }

    /// Asks for slots. The reply is sealed to the request's key: `salus_keeper::reader::Combiner` opens and verifies it.
    ///
    /// # Errors
    /// [`LightError::Keeper`] when the release rule refuses.
    pub async fn release(&self, request: ReleaseRequest) -> Result<ReleaseReply, LightError> {
        match self.ask(KeeperRequest::Release(request)).await? {
            KeeperReply::Released(reply) if reply.keeper == self.index => Ok(*reply),
            _ => Err(self.bad_answer()),
        }
    }

    /// Asks whether the keeper still holds a share; the statement is verified.
    ///
    /// # Errors
    /// As [`KeeperLink::deal`].
    pub async fn erase_status(&self, grant: &GrantId) -> Result<EraseStatus, LightError> {
        match self.ask(KeeperRequest::EraseStatus(*grant)).await? {
            KeeperReply::EraseStatus(status) if status.keeper == self.index && status.grant_id == *grant => {
                status.verify(&self.client.chain_id(), &self.key).map_err(|_| self.bad_answer())?;
                Ok(status)
            }
            _ => Err(self.bad_answer()),
        }
    }

    /// One exchange: the decoded reply, whatever it is; [`KeeperLink::deal`] and the others check it too.
    ///
    /// # Errors
    /// [`LightError::Keeper`] when it refuses, or names the keeper otherwise.
    pub async fn ask(&self, request: KeeperRequest) -> Result<KeeperReply, LightError> {
        let member = self.index;
        let answer = self.client.0.members.ask(member, Protocol::Keeper, request.encode()).await;
        let reply = answer.map_err(|error| LightError::from_ask(member, error))?;
        match KeeperReply::decode(&reply) {
            Ok(KeeperReply::Refused(why)) => Err(LightError::Keeper { member, why }),
            Ok(reply) => Ok(reply),
            Err(_) => Err(LightError::BadReply { member }),
        }
    }

    fn bad_answer(&self) -> LightError {
        LightError::BadAnswer { member: self.index }
    }
}
