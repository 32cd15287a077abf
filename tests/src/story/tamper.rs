//! A network that flips one bit on the way: real replies, really fetched, handed to the real verification.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{CircleId, GrantId, Hash32, TxHash, VerifyingKey};
use salus_chain::state::{
    ActRecord, ContractRecord, CredentialRecord, DutyRecord, EmergencyRecord, EnrolmentRecord, GrantRecord,
    StatementRecord,
};
use salus_chain::tx::Tx;
use salus_keeper::depot::{DepotReply, DepotRequest};
use salus_keeper::message::{KeeperReply, KeeperRequest};
use salus_light::{Head, Inclusion, LightClient, LightError, Proven};
use salus_sharing::Network;
use salus_sharing::network::GrantLog;

/// What is flipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flip {
    /// One bit in the middle of this blob, whichever depot gives it.
    Blob(Hash32),
    /// One bit of the sealed part of the reply of this member, or of everybody's.
    Reply(Option<u16>),
}

/// The members, with somebody on the line.
pub struct Tampered<'a> {
    /// The real ones.
    pub light: &'a LightClient,
    /// What happens on the line.
    pub flip: Flip,
}

fn flip_middle(octets: &mut [u8]) {
    let middle = octets.len() / 2;
    if let Some(octet) = octets.get_mut(middle) {
        *octet ^= 1;
    }
}

impl Network for Tampered<'_> {
    fn genesis(&self) -> &Genesis {
        Network::genesis(self.light)
    }

    async fn head(&self) -> Result<Head, LightError> {
        Network::head(self.light).await
    }

    async fn record(&self, tx: &Tx) -> Result<Inclusion, LightError> {
        Network::record(self.light, tx).await
    }

    async fn grant(&self, id: &GrantId) -> Result<Proven<Option<GrantRecord>>, LightError> {
        Network::grant(self.light, id).await
    }

    async fn log(&self, id: &GrantId) -> Result<Proven<GrantLog>, LightError> {
        Network::log(self.light, id).await
    }

    async fn credential(&self, key: &VerifyingKey) -> Result<Proven<Option<CredentialRecord>>, LightError> {
        Network::credential(self.light, key).await
    }

    async fn duty(&self, key: &VerifyingKey) -> Result<Proven<Option<DutyRecord>>, LightError> {
        Network::duty(self.light, key).await
    }

    async fn enrolment(&self, key: &VerifyingKey) -> Result<Proven<Option<EnrolmentRecord>>, LightError> {
        Network::enrolment(self.light, key).await
    }

    async fn contract(&self, hash: &Hash32) -> Result<Proven<Option<ContractRecord>>, LightError> {
        Network::contract(self.light, hash).await
    }

    async fn emergency(&self, id: &GrantId) -> Result<Proven<Option<EmergencyRecord>>, LightError> {
        Network::emergency(self.light, id).await
    }

    async fn statement(&self, tx: &TxHash) -> Result<Proven<Option<StatementRecord>>, LightError> {
        Network::statement(self.light, tx).await
    }

    async fn act(&self, tx: &TxHash) -> Result<Proven<Option<ActRecord>>, LightError> {
        Network::act(self.light, tx).await
    }

    async fn circle(&self, id: &CircleId) -> Result<Proven<Option<CircleRecord>>, LightError> {
        Network::circle(self.light, id).await
    }

    async fn delegated(&self, id: &GrantId) -> Result<Proven<Option<CircleGrantRecord>>, LightError> {
        Network::delegated(self.light, id).await
    }

    async fn recorded(&self, hash: &TxHash) -> Result<Tx, LightError> {
        Network::recorded(self.light, hash).await
    }

    async fn time_at(&self, height: u64) -> Result<i64, LightError> {
        Network::time_at(self.light, height).await
    }

    async fn pause(&self) {
        Network::pause(self.light).await;
    }

    async fn keeper(&self, member: u16, request: KeeperRequest) -> Result<KeeperReply, LightError> {
        let mut reply = Network::keeper(self.light, member, request).await?;
        if let (Flip::Reply(who), KeeperReply::Released(released)) = (self.flip, &mut reply)
            && who.is_none_or(|w| w == member)
        {
            flip_middle(&mut released.sealed.ciphertext);
        }
        Ok(reply)
    }

    async fn depot(&self, member: u16, request: DepotRequest) -> Result<DepotReply, LightError> {
        let target =
            matches!((self.flip, &request), (Flip::Blob(hash), DepotRequest::Get(asked)) if *asked == hash);
        let mut reply = Network::depot(self.light, member, request).await?;
        if let (true, DepotReply::Blob(octets)) = (target, &mut reply) {
            flip_middle(octets);
        }
        Ok(reply)
    }
}
