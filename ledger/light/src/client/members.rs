//! The members of the chain as peers: whom to ask, in which order, and who answered last.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use salus_chain::genesis::Genesis;
use salus_chain::time::{Clock, UnixMillis};

use super::error::LightError;
use crate::p2p::{AskError, Endpoint, Peer, PeerError, Protocol};

/// How long the first member asked has for itself before the next is asked too.
const HEAD_START: Duration = Duration::from_millis(700);

/// How long a silent member is asked last: 15 s.
const SILENCE_MS: i64 = 15_000;

/// How long a member that took too long is hardly waited for: 30 s.
const LATE_MS: i64 = 30_000;

/// Whether a member answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not asked yet.
    Unknown,
    /// The last request was answered.
    Answers,
    /// The last request was not answered.
    Silent,
}

/// A member as this client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// Keeper index, from 1.
    pub index: u16,
    /// The organisation's name.
    pub name: String,
    /// Whether it answers.
    pub reach: Reach,
    /// When it last answered, by the own clock.
    pub answered_ms: Option<UnixMillis>,
}

struct Entry {
    index: u16,
    name: String,
    peer: Peer,
    reach: AtomicU8,
    answered_ms: AtomicI64,
    silent_ms: AtomicI64,
    late_ms: AtomicI64,
}

/// Asks members.
pub(crate) struct Members {
    entries: Vec<Entry>,
    endpoint: Endpoint,
    clock: Arc<dyn Clock>,
    turn: AtomicUsize,
    faults: usize,
}

impl Members {
    pub(crate) fn new(
        genesis: &Genesis,
        endpoint: Endpoint,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PeerError> {
        let entry = |(index, member): (u16, &salus_chain::genesis::Member)| {
            Ok(Entry {
                index,
                name: member.name.clone(),
                peer: Peer::parse(&member.peer_id, &member.public_addr)?,
                reach: AtomicU8::new(0),
                answered_ms: AtomicI64::new(i64::MIN),
                silent_ms: AtomicI64::new(i64::MIN),
                late_ms: AtomicI64::new(i64::MIN),
            })
        };
        let entries = (1u16..).zip(&genesis.members).map(entry).collect::<Result<_, _>>()?;
        #[expect(
            clippy::disallowed_methods,
            reason = "where to begin is no secret, and no test depends on it"
        )]
        let first = usize::from(rand::random::<u16>());
        let turn = AtomicUsize::new(first);
        Ok(Self { entries, endpoint, clock, turn, faults: usize::from(genesis.faults()) })
    }

    pub(crate) fn faults(&self) -> usize {
        self.faults
    }

    pub(crate) fn views(&self) -> Vec<MemberView> {
        let view = |entry: &Entry| MemberView {
            index: entry.index,
            name: entry.name.clone(),
            reach: entry.reach(),
            answered_ms: Some(entry.answered_ms.load(Ordering::Relaxed)).filter(|at| *at != i64::MIN),
        };
        self.entries.iter().map(view).collect()
    }

    pub(crate) fn is_late(&self, index: u16) -> bool {
        let Some(entry) = self.entry(index) else { return false };
        let late_for = self.clock.now().saturating_sub(entry.late_ms.load(Ordering::Relaxed));
        (0..LATE_MS).contains(&late_for)
    }

    pub(crate) fn note_late(&self, index: u16, late: bool) {
        if let Some(entry) = self.entry(index) {
            let at = if late { self.clock.now() } else { i64::MIN };
            entry.late_ms.store(at, Ordering::Relaxed);
        }
    }

    /// Every index, those that answer first, otherwise in turn so that no member sees everything.
    pub(crate) fn order(&self) -> Vec<u16> {
        let start = self.turn.fetch_add(1, Ordering::Relaxed) % self.entries.len().max(1);
        let (late, early) = self.entries.split_at(start);
        let mut order: Vec<&Entry> = early.iter().chain(late).collect();
        let now = self.clock.now();
        order.sort_by_key(|entry| entry.is_avoided(now));
        order.into_iter().map(|entry| entry.index).collect()
    }

    fn entry(&self, index: u16) -> Option<&Entry> {
        self.entries.get(usize::from(index).checked_sub(1)?)
    }

    /// Asks one member and remembers whether it answered.
    pub(crate) async fn ask(
        &self,
        index: u16,
        protocol: Protocol,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, AskError> {
        let entry = self.entry(index).ok_or(AskError::Unreachable)?;
        let answer = self.endpoint.ask(&entry.peer, protocol, body).await;
        entry.note(answer.as_ref().err(), self.clock.now());
        answer
    }

    /// The first answer that `accept` takes. Members are asked one after another, the next as soon as one fails or has had
    /// its head start. Without one, the most telling failure.
    pub(crate) async fn first<T>(
        &self,
        protocol: Protocol,
        body: &[u8],
        mut accept: impl FnMut(u16, Vec<u8>) -> Result<T, LightError>,
    ) -> Result<T, LightError> {
        let mut waiting = self.order().into_iter();
        let mut asked = FuturesUnordered::new();
        let mut failure = LightError::Unreachable;
        loop {
            match waiting.next() {
                Some(index) => {
                    asked.push(async move { (index, self.ask(index, protocol, body.to_vec()).await) })
                }
                None if asked.is_empty() => return Err(failure),
                None => {}
            }
            let patience = if waiting.len() == 0 { protocol.limits().timeout * 2 } else { HEAD_START };
            let Ok(Some((index, answer))) = tokio::time::timeout(patience, asked.next()).await else {
                continue;
            };
            let taken = match answer {
                Ok(body) => accept(index, body),
                Err(error) => Err(LightError::from_ask(index, error)),
            };
            match taken {
                Ok(taken) => return Ok(taken),
                Err(error) if error.weight() >= failure.weight() => failure = error,
                Err(_) => {}
            }
        }
    }

    /// Asks several members at once, each for at most `patience`; answers in the order they come.
    pub(crate) async fn each(
        &self,
        indexes: &[u16],
        protocol: Protocol,
        body: &[u8],
        patience: Duration,
    ) -> Vec<(u16, Result<Vec<u8>, AskError>)> {
        let ask = |index: u16| async move {
            let answer = tokio::time::timeout(patience, self.ask(index, protocol, body.to_vec())).await;
            if let (Err(_), Some(entry)) = (&answer, self.entry(index)) {
                entry.note(Some(&AskError::Silent), self.clock.now());
            }
            (index, answer.unwrap_or(Err(AskError::Silent)))
        };
        indexes.iter().copied().map(ask).collect::<FuturesUnordered<_>>().collect().await
    }
}

impl Entry {
    fn reach(&self) -> Reach {
        match self.reach.load(Ordering::Relaxed) {
            1 => Reach::Answers,
            2 => Reach::Silent,
            _ => Reach::Unknown,
        }
    }

    /// Whether others are asked first: it was silent a moment ago.
    fn is_avoided(&self, now: UnixMillis) -> bool {
        let silent_for = now.saturating_sub(self.silent_ms.load(Ordering::Relaxed));
        self.reach() == Reach::Silent && (0..SILENCE_MS).contains(&silent_for)
    }

    fn note(&self, error: Option<&AskError>, now: UnixMillis) {
        match error {
            None | Some(AskError::Fault(_) | AskError::Unsupported | AskError::BadReply) => {
                self.reach.store(1, Ordering::Relaxed);
                self.answered_ms.store(now, Ordering::Relaxed);
            }
            Some(AskError::Unreachable | AskError::Silent | AskError::Lost) => {
                self.reach.store(2, Ordering::Relaxed);
                self.silent_ms.store(now, Ordering::Relaxed);
            }
            Some(AskError::TooLarge | AskError::Closed) => {}
        }
    }
}
