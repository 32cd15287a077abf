//! The members as this application knows them: one light client, and a task that keeps its head new.
//!
//! While the record is unlocked, what the client trusts is kept sealed in the record, and the record remembers which members it
//! belongs to. While it is locked, the client goes on from what was verified last in this process, or else from the members'
//! list, keeps that in memory alone, and hands it to the record at the next unlocking. A locked application that was started
//! with a list that is too old proves nothing, and shows nothing either: what the record trusts may well be new enough.

mod trust;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use salus_chain::genesis::{Genesis, GenesisError, MembersList};
use salus_light::client::FRESH_MS;
use salus_light::{Head, LightClient, LightError, MemoryStore, TrustStore};
use salus_sharing::network::light_code;
use salus_wire::event::Event;
use salus_wire::view::ProofView;
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::failure::{Fail, OrFail};
use crate::lock::Open;
use crate::{App, file};

/// So many new blocks in a row of another time than ours mean that our clock is wrong.
const OFF: u8 = 4;
/// How often the newest block is asked for.
const SYNC: Duration = Duration::from_secs(2);

/// The members.
pub(crate) struct Network {
    list: Option<MembersList>,
    /// What was verified last in this process.
    seen: Arc<MemoryStore>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    client: Option<LightClient>,
    /// Counts the clients: what an earlier one says last is not this one's.
    turn: u32,
    /// Why nothing can be proven, as of the last try.
    failure: Option<Failure>,
    /// How many times in a row the head moved on and was still not of our time: a wrong clock, not a halted chain.
    off: u8,
    /// Height of the newest block that members showed, verified or not.
    shown: Option<u64>,
    newest: Option<Head>,
}

impl State {
    /// Counts a block that members showed by whether it is of our time.
    fn count(&mut self, height: u64, time_ms: UnixMillis, now: UnixMillis) {
        let moved = self.shown.replace(height) != Some(height);
        let of_our_time = time_ms.abs_diff(now) <= FRESH_MS.unsigned_abs();
        self.off = if of_our_time { 0 } else { self.off.saturating_add(u8::from(moved)) };
    }
}

impl Network {
    /// Reads the members' list.
    pub(crate) fn load(path: Option<&std::path::Path>) -> Result<Self, Failure> {
        let network = |list| Self { list, seen: Arc::default(), state: Mutex::default() };
        let Some(path) = path else { return Ok(network(None)) };
        let text = file::read(path).or_fail()?.ok_or(Failure::with(ErrorCode::BadRequest, "genesis"))?;
        let text = String::from_utf8(text).map_err(|_| Failure::with(ErrorCode::BadRequest, "genesis"))?;
        let list = MembersList::from_json(&text).map_err(|error| {
            tracing::debug!(%error, "the members' list is refused");
            match error {
                GenesisError::AnchorOfOtherChain { .. } => ErrorCode::WrongGenesis.into(),
                _ => Failure::with(ErrorCode::BadRequest, "genesis"),
            }
        })?;
        Ok(network(Some(list)))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The members' list.
    pub(crate) fn genesis(&self) -> Result<&Genesis, Failure> {
        let list = self.list.as_ref().ok_or_else(|| Failure::with(ErrorCode::Offline, "no members' list"));
        list.map(|list| &list.genesis)
    }

    /// The light client.
    pub(crate) fn client(&self) -> Result<LightClient, Failure> {
        let state = self.state();
        match (&state.client, &state.failure) {
            (Some(client), _) => Ok(client.clone()),
            (None, Some(failure)) => Err(failure.clone()),
            (None, None) => Err(ErrorCode::Offline.into()),
        }
    }

    /// A light error, with the wrong clock told from the halted chain and members named.
    pub(crate) fn failure(&self, error: &LightError) -> Failure {
        match (light_code(error), error) {
            (ErrorCode::OutOfDate, _) if self.state().off >= OFF => ErrorCode::ClockSkew.into(),
            (code, LightError::Silent { member } | LightError::Fault { member, .. })
            | (code, LightError::BadReply { member } | LightError::Proof { member })
            | (code, LightError::Header { member, .. } | LightError::Missing { member })
            | (code, LightError::OtherAnchor { member }) => Failure::with(code, self.name_of(*member)),
            (code, _) => code.into(),
        }
    }

    /// A member's name by its index from 1.
    pub(crate) fn name_of(&self, member: u16) -> String {
        let name = self.list.as_ref().and_then(|l| l.genesis.keeper(member)).map(|m| m.name.clone());
        name.unwrap_or_else(|| member.to_string())
    }

    /// A head as pages show it.
    pub(crate) fn proof(&self, head: &Head) -> ProofView {
        ProofView {
            height: head.height.to_string(),
            block: hex::encode(head.hash.0),
            time: head.time_ms,
            signed_by: head.signers.iter().map(|i| self.name_of(*i)).collect(),
        }
    }

    /// The newest head, and why there is no newer one.
    pub(crate) fn newest(&self) -> (Option<Head>, Option<Failure>) {
        let state = self.state();
        (state.newest.clone(), state.failure.clone())
    }

    /// Notes the head that the client of a turn has, or why it has none; true when pages should be told.
    fn note(&self, turn: u32, outcome: Result<Head, LightError>, now: UnixMillis) -> bool {
        if self.state().turn != turn {
            return false;
        }
        let shown = match &outcome {
            Ok(head) => Some((head.height, head.time_ms)),
            Err(LightError::OutOfDate { height, time_ms }) => Some((*height, *time_ms)),
            Err(_) => None,
        };
        if let Some((height, time_ms)) = shown {
            self.state().count(height, time_ms, now);
        }
        let outcome = outcome.map_err(|error| self.failure(&error));
        let mut state = self.state();
        match outcome {
            Ok(head) => {
                let changed = state.newest.as_ref().is_none_or(|n| n.height != head.height);
                let failure = (state.off >= OFF).then(|| Failure::new(ErrorCode::ClockSkew));
                let told = state.failure != failure;
                state.failure = failure;
                state.newest = Some(head);
                changed || told
            }
            Err(failure) => state.failure.replace(failure.clone()) != Some(failure),
        }
    }
}

impl App {
    /// Takes up the members while the record is locked: what is proven stays in memory.
    pub(crate) async fn connect_locked(&self) {
        self.connect(self.0.network.seen.clone()).await;
    }

    /// Takes up the members of an unlocked record. A list that is not the record's is refused, and the record stays
    /// readable.
    pub(crate) async fn connect_unlocked(&self, open: &Open) -> Result<(), Failure> {
        let Ok(genesis) = self.0.network.genesis() else { return Ok(()) };
        if trust::is_of(&open.vault, &genesis.chain_id()).await? {
            let kept = trust::Kept::new(self, self.0.network.seen.clone());
            self.connect(Arc::new(kept)).await;
        } else {
            tracing::warn!("the members' list is not the one that this record trusts");
            let mut state = self.0.network.state();
            let turn = state.turn.wrapping_add(1);
            *state = State { turn, failure: Some(ErrorCode::WrongGenesis.into()), ..State::default() };
        }
        Ok(())
    }

    async fn connect(&self, store: Arc<dyn TrustStore>) {
        let Some(list) = self.0.network.list.clone() else { return };
        let connected = LightClient::connect(list, store, self.0.config.clock.clone()).await;
        let mut state = self.0.network.state();
        let (turn, newest) = (state.turn.wrapping_add(1), state.newest.take());
        *state = match connected {
            Ok(client) => State { client: Some(client), turn, newest, ..State::default() },
            Err(error) => State { turn, failure: Some(error.fail()), ..State::default() },
        };
    }

    /// Asks for the newest block, again and again, as long as the application lives.
    pub(crate) fn watch_members(&self) {
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(SYNC);
            tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tick.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                let app = App(inner);
                let turn = app.0.network.state().turn;
                let Ok(client) = app.0.network.client() else { continue };
                let outcome = client.sync().await;
                if app.0.network.note(turn, outcome, app.now()) {
                    app.tell(Event::MembersChanged);
                }
            }
        });
    }
}

impl Fail for LightError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the light client refused");
        light_code(&self).into()
    }
}
