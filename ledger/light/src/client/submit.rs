//! Getting transactions recorded: to f + 1 members, again until proven, idempotent.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use salus_chain::codec::Record;
use salus_chain::ids::TxHash;
use salus_chain::query::{LightReply, LightRequest, TxReply, TxReplyFound, TxRequest};
use salus_chain::state::TxRefused;
use salus_chain::tx::Tx;

use super::error::LightError;
use super::head::Inclusion;
use super::sync::read_reply;
use super::{LightClient, POLL};
use crate::p2p::Protocol;
use crate::proof;

/// How long a transaction that is not final yet waits before it is handed in again.
const RESEND: Duration = Duration::from_secs(2);
/// How long a member may say nothing before another one is asked beside it: one that is away is found to be so after many seconds.
const SILENT: Duration = Duration::from_secs(2);

impl LightClient {
    /// Hands a transaction to f + 1 members, so that an honest one has it; to more when some do not take it or say nothing.
    ///
    /// # Errors
    /// [`LightError::Refused`] when every member that answered refuses it.
    pub async fn submit(&self, tx: &Tx) -> Result<TxHash, LightError> {
        let members = &self.0.members;
        let body = TxRequest::Submit(tx.encode()).encode();
        let needed = members.faults() + 1;
        let mut waiting = members.order().into_iter();
        let ask = |index: u16| {
            let body = body.clone();
            async move { (index, members.ask(index, Protocol::Tx, body).await) }
        };
        let mut asked: FuturesUnordered<_> = waiting.by_ref().take(needed).map(ask).collect();
        let (mut taken, mut failure) = (0, LightError::Unreachable);
        loop {
            let (member, answer) = match tokio::time::timeout(SILENT, asked.next()).await {
                Ok(Some(answered)) => answered,
                Ok(None) => break,
                Err(_) => {
                    match waiting.next() {
                        Some(another) => asked.push(ask(another)),
                        // Who took it passes it on; nobody else is left to ask.
                        None if taken > 0 => break,
                        None => {}
                    }
                    continue;
                }
            };
            let answer = answer.map_err(|error| LightError::from_ask(member, error));
            match answer.and_then(|reply| read_tx_reply(member, &reply)) {
                Ok(()) => taken += 1,
                Err(error) => {
                    if error.weight() >= failure.weight() {
                        failure = error;
                    }
                    asked.extend(waiting.next().map(ask));
                }
            }
            if taken >= needed {
                break;
            }
        }
        if taken > 0 { Ok(tx.hash()) } else { Err(failure) }
    }

    /// Waits until a transaction is proven to be in a block and executed.
    ///
    /// # Errors
    /// [`LightError::NotFinal`] after `within`; [`LightError::Refused`] when it is in a block and had no effect.
    pub async fn await_inclusion(&self, hash: &TxHash, within: Duration) -> Result<Inclusion, LightError> {
        let wait = async {
            let mut tick = tokio::time::interval(POLL);
            loop {
                tick.tick().await;
                match self.inclusion(hash).await {
                    Ok(inclusion) => return Ok(inclusion),
                    Err(
                        error @ (LightError::Refused(_) | LightError::Frozen(_) | LightError::AnchorExpired),
                    ) => {
                        return Err(error);
                    }
                    Err(error) => tracing::debug!(%error, "not final yet"),
                }
            }
        };
        tokio::time::timeout(within, wait).await.unwrap_or(Err(LightError::NotFinal))
    }

    /// Submits, waits, and submits again until the transaction is proven to be recorded or `within` has passed. Doing it
    /// twice records it once.
    ///
    /// # Errors
    /// As [`LightClient::submit`] and [`LightClient::await_inclusion`].
    pub async fn record(&self, tx: &Tx, within: Duration) -> Result<Inclusion, LightError> {
        let hash = tx.hash();
        let work = async {
            loop {
                let sent = self.submit(tx).await;
                match (self.await_inclusion(&hash, RESEND).await, sent) {
                    (Err(LightError::NotFinal), Err(error @ LightError::Refused(_))) => return Err(error),
                    (Err(LightError::NotFinal), _) => {}
                    (outcome, _) => return outcome,
                }
            }
        };
        tokio::time::timeout(within, work).await.unwrap_or(Err(LightError::NotFinal))
    }

    /// A transaction as it is in its block, which is proven; whether it had an effect only the state says, which names the
    /// transactions that made its records.
    ///
    /// # Errors
    /// As [`LightClient::sync`]; [`LightError::Missing`] when no member has it any more.
    pub async fn recorded(&self, hash: &TxHash) -> Result<Tx, LightError> {
        let (member, found, _) = self.found(hash).await?;
        Tx::decode(&found.tx).map_err(|_| LightError::BadReply { member })
    }

    async fn inclusion(&self, hash: &TxHash) -> Result<Inclusion, LightError> {
        let (member, found, inclusion) = self.found(hash).await?;
        match TxRefused::from_code(found.code) {
            None if found.code == 0 => Ok(inclusion),
            None => Err(LightError::BadReply { member }),
            Some(why) => Err(LightError::Refused(why)),
        }
    }

    /// What a member shows of a transaction, proven to be in the block that it names.
    async fn found(&self, hash: &TxHash) -> Result<(u16, TxReplyFound, Inclusion), LightError> {
        let body = LightRequest::Tx(*hash).encode();
        let read = |member: u16, reply: Vec<u8>| match read_reply(member, &reply)? {
            LightReply::Tx(found) => Ok((member, found)),
            _ => Err(LightError::BadReply { member }),
        };
        let (member, found) = self.0.members.first(Protocol::Light, &body, read).await?;
        let block = self.verified_at(found.height, member).await?;
        let root = block.data_hash().ok_or(LightError::Proof { member })?;
        if !proof::includes(&root, hash, &found.tx, &found.inclusion) {
            return Err(LightError::Proof { member });
        }
        let (time_ms, position) = (block.time_ms(), found.inclusion.0.index);
        let inclusion = Inclusion { height: found.height, time_ms, position };
        Ok((member, found, inclusion))
    }
}

fn read_tx_reply(member: u16, reply: &[u8]) -> Result<(), LightError> {
    match TxReply::decode(reply) {
        Ok(TxReply::Accepted | TxReply::Known { .. }) => Ok(()),
        Ok(TxReply::Refused(why)) => Err(LightError::Refused(why)),
        Ok(TxReply::Busy) => Err(LightError::Busy),
        Err(_) => Err(LightError::BadReply { member }),
    }
}
