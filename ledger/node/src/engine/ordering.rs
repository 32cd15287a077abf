//! The conversation with the engine: every message it sends, and our answer.
//!
//! Whatever is answered was made durable first. `GetValue`, `ReceivedProposalPart`, `ProcessSyncedValue` and
//! `GetDecidedValues` are awaited by the engine, so they are answered at once; only `Finalized` is held (see `pace`).

use std::collections::BTreeSet;
use std::time::Duration;

use arc_malachitebft_app_channel as channel;
use arc_malachitebft_core_consensus::{LocallyProposedValue, ProposedValue};
use arc_malachitebft_core_types as core;
use arc_malachitebft_engine::host::{HeightParams, Next};
use arc_malachitebft_engine::util::streaming::{StreamContent, StreamId, StreamMessage};
use arc_malachitebft_peer::PeerId;
use channel::{AppMsg, Channels, NetworkMsg};
use core::{CommitCertificate, LinearTimeouts, Round, Validity};
use tokio::sync::{mpsc, watch};

use super::assembly::{Assemblies, round};
use super::context::{Address, Height, SalusContext, ValidatorSet};
use super::pace::Pace;
use super::part::{Part, parts};
use super::{Application, ApplicationError, Certificate, EngineError, Undecided, Verdict};
use crate::present::Measured;

mod hear;
mod sync;
mod tend;

use hear::{meet, saw, watch_heights};
pub(super) use tend::Other;

/// A block may be this far ahead of our clock before we wait with our vote.
const AHEAD_MS: i64 = 2_000;
/// Heights after the head whose blocks are parked until they can be judged.
const LOOKAHEAD: u64 = 3;
/// Parked blocks at most: 8 of 2 MiB.
const PARKED: usize = 8;

/// Measured with one of four members dead: p95 of 0.94 s.
fn timeouts() -> LinearTimeouts {
    let ms = Duration::from_millis;
    LinearTimeouts {
        propose: ms(600),
        propose_delta: ms(200),
        prevote: ms(200),
        prevote_delta: ms(100),
        precommit: ms(200),
        precommit_delta: ms(100),
        rebroadcast: ms(1_000),
        ..LinearTimeouts::default()
    }
}

/// The application's side of the engine's channels.
pub(super) struct Ordering<A> {
    app: A,
    set: ValidatorSet,
    own: Address,
    members: BTreeSet<String>,
    pace: Pace,
    seen: watch::Sender<u64>,
    measured: Measured,
    open: Assemblies,
    parked: Vec<Undecided>,
    synced: u64,
    streams: u64,
}

impl<A: Application> Ordering<A> {
    pub(super) fn new(
        app: A,
        set: ValidatorSet,
        own: Address,
        members: BTreeSet<String>,
        pace: Pace,
        seen: watch::Sender<u64>,
        measured: Measured,
    ) -> Self {
        let (open, parked) = (Assemblies::default(), Vec::new());
        Self { app, set, own, members, pace, seen, measured, open, parked, synced: 0, streams: 0 }
    }

    fn params(&self) -> HeightParams<SalusContext> {
        HeightParams::new(self.set.clone(), timeouts(), None)
    }

    /// Answers until `stop` turns true or the engine ends, and looks after the connections to the others.
    pub(super) async fn run(
        mut self,
        others: Vec<Other>,
        mut channels: Channels<SalusContext>,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), EngineError> {
        let watcher = tokio::spawn(watch_heights(channels.events.subscribe(), self.seen.clone()));
        let tending = tokio::spawn(tend::tend(channels.net_requests.clone(), others));
        let ended = loop {
            let message = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break Ok(()),
                message = channels.consensus.recv() => message,
            };
            let Some(message) = message else { break Err(EngineError::Halted) };
            if let Err(error) = self.answer(message, &channels).await {
                break Err(error);
            }
        };
        watcher.abort();
        tending.abort();
        ended
    }

    async fn answer(
        &mut self,
        message: AppMsg<SalusContext>,
        channels: &Channels<SalusContext>,
    ) -> Result<(), EngineError> {
        match message {
            AppMsg::ConsensusReady { reply } => {
                let start = (Height(self.app.head().saturating_add(1)), self.params());
                let (net, wanted) = (channels.net_requests.clone(), self.members.len() * 2 / 3);
                tokio::spawn(async move {
                    meet(&net, wanted).await;
                    drop(reply.send(start));
                });
            }
            AppMsg::StartedRound { height, reply_value, .. } => {
                let values = blocking(|| self.values_of(height.0))?;
                drop(reply_value.send(values));
            }
            AppMsg::GetValue { height, round, reply, .. } => {
                let block = blocking(|| self.own_block(height.0, round.as_i64()))?;
                drop(reply.send(LocallyProposedValue::new(height, round, block.id)));
                self.stream(&block, round, Round::Nil, &channels.network).await;
            }
            AppMsg::RestreamProposal { height, round, valid_round, value_id, .. } => {
                let known = blocking(|| self.app.undecided(height.0))?;
                if let Some(block) = known.into_iter().find(|block| block.id == value_id) {
                    self.stream(&block, round, valid_round, &channels.network).await;
                }
            }
            AppMsg::ReceivedProposalPart { from, published_by, part, reply } => {
                let publisher = published_by.unwrap_or(from);
                let value = blocking(|| self.received(publisher, part))?;
                drop(reply.send(value));
            }
            AppMsg::Decided { certificate, reply, .. } => {
                let certificate = plain(&certificate)?;
                blocking(|| self.decided(&certificate))?;
                let _ = reply.send(());
            }
            AppMsg::Finalized { certificate, evidence, reply, .. } => {
                if !evidence.is_empty() {
                    tracing::warn!(height = %certificate.height, ?evidence, "a member signed two things at one step");
                }
                let certificate = plain(&certificate)?;
                blocking(|| self.decided(&certificate).and_then(|()| self.app.improve(&certificate)))?;
                let (height, time) = (certificate.height, certificate.id.time_ms);
                let next = Next::Start(Height(height.saturating_add(1)), self.params());
                let pace = (height > self.synced).then(|| self.pace.clone());
                tokio::spawn(async move {
                    if let Some(pace) = pace {
                        pace.hold(height, time).await;
                    }
                    drop(reply.send(next));
                });
            }
            AppMsg::ProcessSyncedValue { height, round, proposer, value_bytes, reply } => {
                let outcome = blocking(|| self.synced(height, round, proposer, &value_bytes))?;
                drop(reply.send(outcome));
            }
            AppMsg::GetDecidedValues { range, reply } => {
                let values = blocking(|| self.decided_values(range.start().0, range.end().0))?;
                drop(reply.send(values));
            }
            AppMsg::GetHistoryMinHeight { reply } => drop(reply.send(Height(1))),
            AppMsg::ExtendVote { reply, .. } => drop(reply.send(None)),
            AppMsg::VerifyVoteExtensions { extensions, reply, .. } => {
                let refuse = arc_malachitebft_core_consensus::VoteExtensionError::InvalidVoteExtension;
                let verdicts = extensions.into_iter().map(|(address, ())| (address, Err(refuse.clone())));
                drop(reply.send(verdicts.collect()));
            }
        }
        Ok(())
    }

    /// Every value that may be decided at `height`, those included that could not be judged before.
    fn values_of(&mut self, height: u64) -> Result<Vec<ProposedValue<SalusContext>>, ApplicationError> {
        let (now, later) = std::mem::take(&mut self.parked).into_iter().partition(|b| b.height == height);
        self.parked = later;
        for block in now {
            self.judged(block)?;
        }
        Ok(self.app.undecided(height)?.iter().map(proposed).collect())
    }

    /// Our block for (height, round): the stored one after a restart, else a new one.
    fn own_block(&mut self, height: u64, round: i64) -> Result<Undecided, ApplicationError> {
        let known = self.app.undecided(height)?;
        let ours = |b: &Undecided| b.round == round && b.proposer == self.own && b.valid;
        if let Some(block) = known.into_iter().find(ours) {
            return Ok(block);
        }
        let (id, octets) = self.app.propose(height, self.own)?;
        let proposer = self.own;
        let block = Undecided { height, round, valid_round: -1, proposer, id, valid: true, octets };
        self.app.keep(&block)?;
        Ok(block)
    }

    fn received(
        &mut self,
        publisher: PeerId,
        message: StreamMessage<Part>,
    ) -> Result<Option<ProposedValue<SalusContext>>, ApplicationError> {
        let StreamContent::Data(part) = message.content else { return Ok(None) };
        let head = self.app.head();
        let height = part.height.0;
        let wanted = height > head && height - head <= LOOKAHEAD && part.round.is_defined();
        if !wanted || !self.members.contains(&publisher.to_string()) || !part.proven() {
            return Ok(None);
        }
        match self.open.add(publisher, part) {
            None => Ok(None),
            Some(block) => {
                saw(&self.seen, block.height.min(head.saturating_add(1)));
                self.judged(block)
            }
        }
    }

    /// Judges a complete block and stores it, or parks it until it can be judged.
    fn judged(
        &mut self,
        mut block: Undecided,
    ) -> Result<Option<ProposedValue<SalusContext>>, ApplicationError> {
        let head = self.app.head();
        if block.height <= head {
            return Ok(None);
        }
        let early = block.id.time_ms.saturating_sub(self.pace.clock.now()) > AHEAD_MS;
        if block.height > head.saturating_add(1) || early {
            if self.parked.len() >= PARKED {
                self.parked.remove(0);
            }
            self.parked.push(block);
            return Ok(None);
        }
        block.valid = match self.app.judge(block.height, &block.octets)? {
            Verdict::Valid(id) => id == block.id,
            Verdict::Invalid(_) | Verdict::NotABlock => false,
        };
        self.app.keep(&block)?;
        Ok(Some(proposed(&block)))
    }

    fn decided(&mut self, certificate: &Certificate) -> Result<(), ApplicationError> {
        if certificate.height <= self.app.head() {
            return Ok(());
        }
        // A block that was parked because its time was ahead of our clock can be decided by the others.
        let (now, later) = std::mem::take(&mut self.parked).into_iter().partition(|b| b.id == certificate.id);
        self.parked = later;
        for mut block in now {
            block.valid =
                matches!(self.app.judge(block.height, &block.octets)?, Verdict::Valid(id) if id == block.id);
            self.app.keep(&block)?;
        }
        self.app.commit(certificate)?;
        // What value sync fetched is old; what this member saw being decided is of now.
        if certificate.height > self.synced {
            self.measured.note(certificate.id.time_ms, self.pace.clock.now());
        }
        self.open.forget(certificate.height);
        self.parked.retain(|block| block.height > certificate.height);
        Ok(())
    }

    /// Publishes every part of a block, under a stream id that was never used.
    async fn stream(
        &mut self,
        block: &Undecided,
        at: Round,
        pol_round: Round,
        network: &mpsc::Sender<NetworkMsg<SalusContext>>,
    ) {
        self.streams = self.streams.wrapping_add(1);
        let id = [block.height.to_be_bytes(), at.as_i64().to_be_bytes(), self.streams.to_be_bytes()].concat();
        let id = StreamId::new(id.into());
        let height = Height(block.height);
        let cut = parts(&block.octets, block.id, height, at, pol_round, block.proposer);
        let contents = cut.into_iter().map(StreamContent::Data).chain([StreamContent::Fin]);
        for (sequence, content) in (0u64..).zip(contents) {
            let message = StreamMessage::new(id.clone(), sequence, content);
            if network.send(NetworkMsg::PublishProposalPart(message)).await.is_err() {
                return;
            }
        }
    }
}

/// Store work on this thread, without keeping the runtime's other tasks from their turn.
fn blocking<T>(work: impl FnOnce() -> Result<T, ApplicationError>) -> Result<T, ApplicationError> {
    tokio::task::block_in_place(work)
}

fn proposed(block: &Undecided) -> ProposedValue<SalusContext> {
    ProposedValue {
        height: Height(block.height),
        round: round(block.round),
        valid_round: round(block.valid_round),
        proposer: block.proposer,
        value: block.id,
        validity: Validity::from_bool(block.valid),
    }
}

fn plain(certificate: &CommitCertificate<SalusContext>) -> Result<Certificate, ApplicationError> {
    let round =
        certificate.round.as_u32().ok_or_else(|| ApplicationError("a certificate without a round".into()))?;
    let signatures = certificate.commit_signatures.iter().map(|s| (s.address, s.signature.0)).collect();
    Ok(Certificate { height: certificate.height.0, round, id: certificate.value_id, signatures })
}
