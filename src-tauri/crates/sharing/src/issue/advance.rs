//! The driver: brings a permission as far as the members allow, and can be called again.

use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Genesis};
use salus_chain::sign::{Label, SigningKey};
use salus_chain::state::TxRefused;
use salus_chain::tx::{GrantAck, Mandate, MandatedGrantBody, PaidBody, Tx, ack_body};
use salus_keeper::depot::inbox_of;
use salus_keeper::message::{DutyNote, KeeperRefused, KeeperReply, KeeperRequest};
use salus_light::{Inclusion, LightError};
use salus_wire::UnixMillis;

use super::{IssueError, Permission, Progress, Step, contract};
use crate::depot::{self, Blob};
use crate::enough::until_enough;
use crate::network::Network;

/// Blocks in which what is signed may still enter the chain: at the heartbeat of 5 s, more than an hour.
pub(super) const VALID_BLOCKS: u64 = 1_000;

/// A desk that does not have the permission's block yet is asked again so often, a moment apart: about 3 s.
const MAX_ROUNDS: u8 = 20;

/// What stands after [`advance`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    /// When it was recorded.
    pub inclusion: Inclusion,
    /// Members that still have no share, and why.
    pub missing: Vec<(u16, LightError)>,
}

/// An acknowledgement that is not the asked keeper's for this dealing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the acknowledgement does not verify")]
pub struct BadAck;

impl Permission {
    /// Takes a keeper's acknowledgement; its sealed share is dropped.
    ///
    /// # Errors
    /// [`BadAck`].
    pub fn acknowledge(&mut self, ctx: &ChainContext, asked: u16, ack: &GrantAck) -> Result<(), BadAck> {
        let terms = self.terms();
        let body = ack_body(&terms.grant_id, &terms.keeper_set_id, &terms.commit_hash, asked);
        let key = ctx.keeper_pk(asked).filter(|_| ack.keeper == asked).ok_or(BadAck)?;
        key.verify(Label::Ack, &ctx.chain_id, &body, &ack.signature).map_err(|_| BadAck)?;
        self.deals.retain(|(keeper, _)| *keeper != asked);
        self.holding.insert(asked);
        // Once signed, the transaction keeps the acks it was signed with.
        if !self.signed && !self.tx.body.acks.iter().any(|a| a.keeper == asked) {
            self.tx.body.acks.push(*ack);
            self.tx.body.acks.sort_by_key(|a| a.keeper);
        }
        Ok(())
    }

    /// Keeps the acks as they are from here on, for a transaction that may enter the chain for a while after a height.
    pub(crate) fn close(&mut self, height: u64) {
        if !self.signed || self.tx.body.valid_until_height < height {
            self.tx.body.valid_until_height = height.saturating_add(VALID_BLOCKS);
            self.signed = true;
        }
    }

    /// Solves the proof of work and signs, so that it may enter the chain up to a height; once signed it stays so.
    fn sign(&mut self, ctx: &ChainContext, key: &SigningKey, height: u64) -> Tx {
        if !self.signed || self.tx.body.valid_until_height < height {
            let mut body = self.tx.body.clone();
            body.valid_until_height = height.saturating_add(VALID_BLOCKS);
            *self.tx = body.sign(&ctx.chain_id, ctx.params.pow_bits, key);
            self.signed = true;
        }
        Tx::Grant(self.tx.clone())
    }
}

/// Deals to every keeper that has not acknowledged, stores the capsule, records the contract where there is one, records the
/// grant and waits for its proof, and leaves the note. `key` is the plan's grant key.
///
/// # Errors
/// [`IssueError`]; the permission holds what was reached, and calling again goes on from there.
pub async fn advance<N: Network>(
    network: &N,
    permission: &mut Permission,
    key: &SigningKey,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    advance_as(
        network,
        permission,
        key,
        &|permission, ctx, height| permission.sign(ctx, key, height),
        now,
        progress,
    )
    .await
}

/// As [`advance`], for a laptop that gives under a mandate of the one with the identity key; `key`, the plan's grant key, is the
/// one that the mandate is for.
///
/// # Errors
/// As [`advance`].
pub async fn advance_under<N: Network>(
    network: &N,
    permission: &mut Permission,
    mandate: &Mandate,
    key: &SigningKey,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    let sign = |permission: &mut Permission, ctx: &ChainContext, height: u64| {
        permission.close(height);
        // The same octets every time until it is too late for them: work and signature depend on nothing else.
        let body = MandatedGrantBody { grant: permission.tx.body.clone(), mandate: *mandate };
        Tx::MandatedGrant(Box::new(body.sign(&ctx.chain_id, ctx.params.pow_bits, key)))
    };
    advance_as(network, permission, key, &sign, now, progress).await
}

/// What signs a permission at a height: by its own key, or a steward's by two.
pub(crate) type Signs<'a> = dyn Fn(&mut Permission, &ChainContext, u64) -> Tx + Sync + 'a;

/// As [`advance`], signed by `sign`; from `key`, the plan's grant key, comes the author of its contract.
pub(crate) async fn advance_as<N: Network>(
    network: &N,
    permission: &mut Permission,
    key: &SigningKey,
    sign: &Signs<'_>,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    drive(network, permission, key, sign, None, now, progress).await
}

/// As [`advance_as`], for a permission whose note is for the desk of a member, and for no inbox.
pub(crate) async fn advance_to_desk<N: Network>(
    network: &N,
    permission: &mut Permission,
    key: &SigningKey,
    sign: &Signs<'_>,
    desk: u16,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    drive(network, permission, key, sign, Some(desk), now, progress).await
}

async fn drive<N: Network>(
    network: &N,
    permission: &mut Permission,
    key: &SigningKey,
    sign: &Signs<'_>,
    desk: Option<u16>,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    let genesis = network.genesis();
    let ctx = genesis.context();
    if permission.terms().keeper_set_id != ctx.keeper_set_id {
        return Err(IssueError::OtherChain);
    }
    let failures = deal(network, permission, &ctx).await;
    progress(Step::Dealt(permission.holding));
    if permission.holding.len() < ctx.threshold {
        let (held, need) = (permission.holding, ctx.threshold);
        return Err(IssueError::TooFewKeepers { held, need, failures });
    }
    store(network, permission, genesis, now).await?;
    progress(Step::Stored(permission.capsule_at));
    contract::record(network, permission, &ctx, key).await?;
    let inclusion = record(network, permission, &ctx, sign).await?;
    progress(Step::Recorded(inclusion));
    match desk {
        Some(member) => hand_in(network, permission, member).await?,
        None => leave(network, permission, genesis, now).await?,
    }
    progress(Step::Left(permission.pointer_at));
    Ok(Advanced { inclusion, missing: failures })
}

/// Asks every keeper without a share; one that answers nothing is passed over once enough hold theirs, and asked again the next time.
async fn deal<N: Network>(
    network: &N,
    permission: &mut Permission,
    ctx: &ChainContext,
) -> Vec<(u16, LightError)> {
    let asked = permission.deals.clone().into_iter().map(|(keeper, message)| {
        let reply = async move {
            let request = KeeperRequest::decode(&message).map_err(|_| LightError::TooLarge)?;
            network.keeper(keeper, request).await
        };
        (keeper, reply)
    });
    let need = usize::from(ctx.threshold.saturating_sub(permission.holding.len()));
    let mut failures: Vec<(u16, LightError)> = Vec::new();
    let take = |keeper: u16, reply: Result<KeeperReply, LightError>| {
        let acknowledged = match reply {
            Ok(KeeperReply::Ack(ack)) => permission
                .acknowledge(ctx, keeper, &ack)
                .map_err(|BadAck| LightError::BadAnswer { member: keeper }),
            Ok(_) => Err(LightError::BadAnswer { member: keeper }),
            Err(error) => Err(error),
        };
        let Err(failure) = acknowledged else { return true };
        tracing::debug!(keeper, %failure, "no acknowledgement");
        failures.push((keeper, failure));
        false
    };
    let silent = until_enough(network, asked, need, take).await;
    failures.extend(silent.iter().map(|member| (member, LightError::Silent { member })));
    failures.sort_by_key(|(keeper, _)| *keeper);
    failures
}

async fn store<N: Network>(
    network: &N,
    permission: &mut Permission,
    genesis: &Genesis,
    now: UnixMillis,
) -> Result<(), IssueError> {
    if permission.capsule.is_empty() {
        return Ok(());
    }
    let blobs = [Blob { locator: None, octets: &permission.capsule }];
    let expires = permission.terms().expires_ms;
    let (held, failures) = depot::put_all(network, &blobs, expires, now).await;
    // Also those that held it before: one of them may be passed over this time.
    let all = held.iter().flat_map(|members| members.iter()).chain(permission.capsule_at.iter());
    permission.capsule_at = all.collect();
    let (held, need) = (permission.capsule_at, genesis.faults() + 1);
    if held.len() < need {
        return Err(IssueError::TooFewDepots { held, need, failures });
    }
    if held.len() == genesis.n() {
        permission.capsule = Vec::new();
    }
    Ok(())
}

async fn record<N: Network>(
    network: &N,
    permission: &mut Permission,
    ctx: &ChainContext,
    sign: &Signs<'_>,
) -> Result<Inclusion, IssueError> {
    if let Progress::Recorded(given) | Progress::Stopped { given, .. } = permission.progress {
        return Ok(given);
    }
    let inclusion = match recorded_before(network, permission).await? {
        Some(inclusion) => inclusion,
        None => {
            let head = network.head().await?;
            let tx = sign(permission, ctx, head.height);
            match network.record(&tx).await {
                // What was stored is of before an attempt that recorded it.
                Err(LightError::Refused(why @ (TxRefused::GrantExists | TxRefused::MandateUsed))) => {
                    let recorded = on_chain(network, permission).await?;
                    recorded.ok_or(LightError::Refused(why))?
                }
                recorded => recorded?,
            }
        }
    };
    permission.progress = Progress::Recorded(inclusion);
    Ok(inclusion)
}

/// A crash may have come between recording and storing; a grant is recorded once.
async fn recorded_before<N: Network>(
    network: &N,
    permission: &Permission,
) -> Result<Option<Inclusion>, LightError> {
    if permission.signed { on_chain(network, permission).await } else { Ok(None) }
}

/// The permission as the members have it, if they do: it is there also by an attempt of which nothing was stored, not even that it was
/// signed. Whoever has its key, as who has a lost laptop does, may have recorded another one under its name: that is not this one.
async fn on_chain<N: Network>(network: &N, permission: &Permission) -> Result<Option<Inclusion>, LightError> {
    let recorded = network.grant(&permission.id()).await?.value;
    let Some(record) = recorded.filter(|record| record.terms == *permission.terms()) else { return Ok(None) };
    let time_ms = network.time_at(record.height).await?;
    Ok(Some(Inclusion { height: record.height, time_ms, position: 0 }))
}

async fn leave<N: Network>(
    network: &N,
    permission: &mut Permission,
    genesis: &Genesis,
    now: UnixMillis,
) -> Result<(), IssueError> {
    let need = genesis.faults() + 1;
    if !permission.pointer.is_empty() {
        let (inbox, expires) = (inbox_of(&permission.reader), permission.terms().expires_ms);
        let (pointer, held) = (&permission.pointer, permission.pointer_at);
        permission.pointer_at = depot::leave(network, inbox, pointer, held, expires, now).await;
    }
    let held = permission.pointer_at;
    if held.len() < need {
        return Err(IssueError::TooFewDepots { held, need, failures: Vec::new() });
    }
    if held.len() == genesis.n() {
        permission.pointer.clear();
    }
    Ok(())
}

/// Leaves the note at a member's desk, which takes it once it has the block with the permission.
async fn hand_in<N: Network>(
    network: &N,
    permission: &mut Permission,
    member: u16,
) -> Result<(), IssueError> {
    if permission.pointer.is_empty() || permission.pointer_at.contains(member) {
        permission.pointer.clear();
        return Ok(());
    }
    let note = DutyNote::decode(&permission.pointer).map_err(|_| IssueError::OtherChain)?;
    let request = KeeperRequest::Note(Box::new(note));
    let mut round = 0;
    loop {
        match network.keeper(member, request.clone()).await {
            Ok(KeeperReply::Noted) => break,
            Ok(_) => return Err(LightError::BadAnswer { member }.into()),
            Err(LightError::Keeper { why: KeeperRefused::NotYours, .. }) if round < MAX_ROUNDS => {
                round += 1;
                network.pause().await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    permission.pointer_at.insert(member);
    permission.pointer.clear();
    Ok(())
}
