//! Following the chain: the newest header, its witnesses, and headers in between.

use std::time::Duration;

use salus_chain::block::LightBlock;
use salus_chain::codec::Record;
use salus_chain::query::{LightReply, LightRequest, NoAnswer};
use tokio::sync::MutexGuard;

use super::chain::{Chain, head_of};
use super::error::{Fork, LightError};
use super::head::Head;
use super::{LightClient, POLL};
use crate::p2p::{Fault, Protocol};
use crate::verify::{Progress, Skipping, Trusted, VerifyError, earlier};

/// Other members asked for the same height.
const WITNESSES: usize = 2;

/// How long witnesses have to answer.
const WITNESS_PATIENCE: Duration = Duration::from_millis(1500);

/// How long a proof waits for a head that is not out of date: twice the idle heartbeat.
const FRESH_PATIENCE: Duration = Duration::from_secs(10);

fn is_final(error: &LightError) -> bool {
    matches!(error, LightError::Frozen(_) | LightError::AnchorExpired | LightError::Store(_))
}

impl LightClient {
    /// Verifies the newest header that members offer and lets two others witness it. The head may be out of date: see
    /// [`Head::is_fresh`].
    ///
    /// # Errors
    /// [`LightError`]; a fork freezes the client for good. [`LightError::OutOfDate`] stands for a trusted state that is too
    /// old by a clock which the members do not agree with.
    pub async fn sync(&self) -> Result<Head, LightError> {
        match self.sync_once().await {
            Err(LightError::AnchorExpired) => Err(self.nothing_trusted().await),
            outcome => outcome,
        }
    }

    async fn sync_once(&self) -> Result<Head, LightError> {
        let mut chain = self.chain().await?;
        let mut failure = None;
        for (member, block) in self.offers().await? {
            match self.follow(&mut chain, member, block).await {
                Ok(()) => {
                    let head = head_of(chain.latest(), &self.0.genesis, chain.witnesses);
                    self.0.head.send_replace(Some(head.clone()));
                    return Ok(head);
                }
                Err(error) if is_final(&error) => return Err(error),
                Err(error) => {
                    tracing::warn!(member, %error, "a member's block is not taken");
                    failure.get_or_insert(error);
                }
            }
        }
        Err(failure.unwrap_or(LightError::Unreachable))
    }

    /// What is trusted, with the list's anchor taken up.
    async fn chain(&self) -> Result<MutexGuard<'_, Chain>, LightError> {
        let mut chain = self.0.chain.lock().await;
        if let Some(fork) = &chain.fork {
            return Err(fork.clone().into());
        }
        self.take_up(&mut chain).await?;
        Ok(chain)
    }

    /// A head recent enough to act on; waits for one while members are between blocks.
    ///
    /// # Errors
    /// [`LightError::OutOfDate`] when none comes, or as [`LightClient::sync`].
    pub async fn fresh_head(&self) -> Result<Head, LightError> {
        let mut tick = tokio::time::interval(POLL);
        let mut newest = None;
        let wait = async {
            loop {
                tick.tick().await;
                let head = self.sync().await?;
                if head.is_fresh(self.now()) {
                    return Ok(head);
                }
                newest = Some((head.height, head.time_ms));
            }
        };
        match tokio::time::timeout(FRESH_PATIENCE, wait).await {
            Ok(head) => head,
            Err(_) => Err(newest.map_or(LightError::Unreachable, |(height, time_ms)| {
                LightError::OutOfDate { height, time_ms }
            })),
        }
    }

    /// The newest blocks on offer, the best first: one when it is recent, otherwise one of each member that answers.
    pub(super) async fn offers(&self) -> Result<Vec<(u16, LightBlock)>, LightError> {
        let body = LightRequest::LightBlock { height: 0 }.encode();
        let members = &self.0.members;
        let offer =
            members.first(Protocol::Light, &body, |m, reply| Ok((m, light_block(m, &reply)?))).await?;
        let now = self.now();
        // A member may be a block or two behind; a recent header is good enough, and ours is kept when it is newer.
        let recent = |block: &LightBlock| now.saturating_sub(block.time_ms()) <= super::FRESH_MS;
        let mut offers = vec![offer];
        if !recent(&offers[0].1) || !self.plausible(&offers[0].1) {
            let others: Vec<u16> = members.order().into_iter().filter(|m| *m != offers[0].0).collect();
            let answers = members.each(&others, Protocol::Light, &body, WITNESS_PATIENCE).await;
            let blocks =
                answers.into_iter().filter_map(|(m, reply)| Some((m, light_block(m, &reply.ok()?).ok()?)));
            offers.extend(blocks);
            offers.sort_by_key(|(_, block)| std::cmp::Reverse((self.plausible(block), block.height())));
        }
        Ok(offers)
    }

    /// Whether a block is of this chain and verifies at all against itself; a cheap filter before other members are left out.
    fn plausible(&self, block: &LightBlock) -> bool {
        let header = &block.signed_header.header;
        self.is_of_chain(block)
            && header.hash() == block.signed_header.commit.block_id.hash
            && block.validators.hash() == header.validators_hash
    }

    async fn follow(&self, chain: &mut Chain, member: u16, block: LightBlock) -> Result<(), LightError> {
        let from = chain.latest().clone();
        let height = block.height();
        if height < from.height() {
            return Ok(());
        }
        if height == from.height() {
            return self.compare(chain, &from, member, block).await.map(|_| ());
        }
        let states = self.skip(from.clone(), block, member).await?;
        let new = states.last().cloned().ok_or(LightError::BadReply { member })?;
        chain.witnesses = self.witness(chain, &new, member).await?;
        for state in states {
            chain.keep(state);
        }
        self.save(chain).await
    }

    async fn witness(&self, chain: &mut Chain, new: &Trusted, primary: u16) -> Result<u16, LightError> {
        let others = self.0.members.order().into_iter().filter(|m| *m != primary);
        let chosen: Vec<u16> = others.take(WITNESSES).collect();
        let body = LightRequest::LightBlock { height: new.height() }.encode();
        let answers = self.0.members.each(&chosen, Protocol::Light, &body, WITNESS_PATIENCE).await;
        let mut agree = 0;
        for (member, reply) in answers {
            let Ok(block) =
                reply.map_err(|e| LightError::from_ask(member, e)).and_then(|r| light_block(member, &r))
            else {
                continue;
            };
            agree += u16::from(self.compare(chain, new, member, block).await?);
        }
        Ok(agree)
    }

    /// Whether a member's block is the trusted one. A different block that verifies as well is a fork and freezes the
    /// client; one that does not is a lie and is dropped.
    async fn compare(
        &self,
        chain: &mut Chain,
        trusted: &Trusted,
        member: u16,
        block: LightBlock,
    ) -> Result<bool, LightError> {
        let height = block.height();
        if height != trusted.height() {
            return Ok(false);
        }
        if block.hash() == trusted.header_hash() {
            return Ok(true);
        }
        let from = chain.below(height.saturating_sub(1)).clone();
        match self.skip(from, block, member).await {
            Ok(_) => {
                let fork = Fork { height, witness: member };
                tracing::error!(height, member, "two histories are signed; frozen");
                chain.fork = Some(fork.clone());
                self.save(chain).await?;
                Err(fork.into())
            }
            Err(error) => {
                tracing::warn!(member, %error, "a witness's block is not taken");
                Ok(false)
            }
        }
    }

    pub(super) async fn skip(
        &self,
        from: Trusted,
        target: LightBlock,
        member: u16,
    ) -> Result<Vec<Trusted>, LightError> {
        let refused = |error| refused(member, error);
        let mut skipping = Skipping::new(from, target);
        loop {
            match skipping.step(self.now()).map_err(refused)? {
                Progress::Done(states) => return Ok(states),
                Progress::Needs(height) => {
                    let body = LightRequest::LightBlock { height }.encode();
                    let reply = self.0.members.ask(member, Protocol::Light, body).await;
                    let reply = reply.map_err(|error| LightError::from_ask(member, error))?;
                    skipping.provide(light_block(member, &reply)?).map_err(refused)?;
                }
            }
        }
    }

    /// The verified header at `height`, as `member` gives it unless it is known already.
    pub(super) async fn verified_at(&self, height: u64, member: u16) -> Result<Trusted, LightError> {
        let mut chain = self.chain().await?;
        let from = chain.below(height).clone();
        if from.height() == height {
            return Ok(from);
        }
        let body = LightRequest::LightBlock { height }.encode();
        let reply = self.0.members.ask(member, Protocol::Light, body).await;
        let block = light_block(member, &reply.map_err(|error| LightError::from_ask(member, error))?)?;
        if block.height() != height {
            return Err(LightError::BadReply { member });
        }
        let states = match self.skip(from, block.clone(), member).await {
            // What lies before it is trusted no more, and what is trusted now lies behind it.
            Err(LightError::AnchorExpired) => {
                let trusted = earlier(block, chain.latest(), self.now());
                vec![trusted.map_err(|error| refused(member, error))?]
            }
            states => states?,
        };
        let trusted = states.last().cloned().ok_or(LightError::BadReply { member })?;
        for state in states {
            chain.keep(state);
        }
        Ok(trusted)
    }

    pub(super) async fn save(&self, chain: &Chain) -> Result<(), LightError> {
        Ok(self.0.store.save(&chain.record()).await?)
    }
}

pub(super) fn refused(member: u16, error: VerifyError) -> LightError {
    match error {
        VerifyError::AnchorExpired { .. } => LightError::AnchorExpired,
        error => LightError::Header { member, error },
    }
}

pub(super) fn light_block(member: u16, reply: &[u8]) -> Result<LightBlock, LightError> {
    match read_reply(member, reply)? {
        LightReply::LightBlock(block) => Ok(*block),
        _ => Err(LightError::BadReply { member }),
    }
}

/// Decodes a reply; [`LightReply::None`] is an error here.
pub(super) fn read_reply(member: u16, reply: &[u8]) -> Result<LightReply, LightError> {
    match LightReply::decode(reply) {
        Ok(LightReply::None(NoAnswer::NotFound | NoAnswer::Pruned)) => Err(LightError::Missing { member }),
        Ok(LightReply::None(NoAnswer::Busy)) => Err(LightError::Fault { member, fault: Fault::Busy }),
        Ok(LightReply::None(NoAnswer::Malformed)) => {
            Err(LightError::Fault { member, fault: Fault::Malformed })
        }
        Ok(LightReply::None(NoAnswer::Internal)) => Err(LightError::Fault { member, fault: Fault::Internal }),
        Ok(reply) => Ok(reply),
        Err(_) => Err(LightError::BadReply { member }),
    }
}
