//! The members as this application knows them: one light client, and a task that keeps its head new.
//!
//! While the record is locked, the client proves heads from the members' list on and forgets what it proved. While it is
//! unlocked, what it trusts is kept sealed in the record, and the record remembers which members it belongs to.

mod trust;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use salus_chain::genesis::Genesis;
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
    genesis: Option<Genesis>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    client: Option<LightClient>,
    /// Why nothing can be proven, as of the last try.
    failure: Option<Failure>,
    /// How many times in a row the head moved on and was still not of our time: a wrong clock, not a halted chain.
    off: u8,
    newest: Option<Head>,
}

impl Network {
    /// Reads the members' list.
    pub(crate) fn load(path: Option<&std::path::Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self { genesis: None, state: Mutex::default() }) };
        let text = file::read(path).or_fail()?.ok_or(Failure::with(ErrorCode::BadRequest, "genesis"))?;
        let text = String::from_utf8(text).map_err(|_| Failure::with(ErrorCode::BadRequest, "genesis"))?;
        let genesis = Genesis::from_json(&text).map_err(|error| {
            tracing::debug!(%error, "the members' list is refused");
            Failure::with(ErrorCode::BadRequest, "genesis")
        })?;
        Ok(Self { genesis: Some(genesis), state: Mutex::default() })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The members' list.
    pub(crate) fn genesis(&self) -> Result<&Genesis, Failure> {
        self.genesis.as_ref().ok_or_else(|| Failure::with(ErrorCode::Offline, "no members' list"))
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
            | (code, LightError::Header { member, .. } | LightError::Missing { member }) => {
                Failure::with(code, self.name_of(*member))
            }
            (code, _) => code.into(),
        }
    }

    /// A member's name by its index from 1.
    pub(crate) fn name_of(&self, member: u16) -> String {
        let name = self.genesis.as_ref().and_then(|g| g.keeper(member)).map(|m| m.name.clone());
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

    /// Notes a head; true when pages should be told.
    fn note(&self, outcome: Result<Head, Failure>, now: UnixMillis) -> bool {
        let mut state = self.state();
        match outcome {
            Ok(head) => {
                let changed = state.newest.as_ref().is_none_or(|n| n.height != head.height);
                let of_our_time = head.time_ms.abs_diff(now) <= FRESH_MS.unsigned_abs();
                state.off = if of_our_time { 0 } else { state.off.saturating_add(u8::from(changed)) };
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
    /// Takes up the members while the record is locked: what is proven is forgotten.
    pub(crate) async fn connect_locked(&self) {
        self.connect(Arc::new(MemoryStore::default())).await;
    }

    /// Takes up the members of an unlocked record. A list that is not the record's is refused, and the record stays
    /// readable.
    pub(crate) async fn connect_unlocked(&self, open: &Open) -> Result<(), Failure> {
        let Ok(genesis) = self.0.network.genesis() else { return Ok(()) };
        if trust::is_of(&open.vault, &genesis.chain_id()).await? {
            self.connect(Arc::new(trust::Kept::new(self))).await;
        } else {
            tracing::warn!("the members' list is not the one that this record trusts");
            let mut state = self.0.network.state();
            *state = State { failure: Some(ErrorCode::WrongGenesis.into()), ..State::default() };
        }
        Ok(())
    }

    async fn connect(&self, store: Arc<dyn TrustStore>) {
        let Some(genesis) = self.0.network.genesis.clone() else { return };
        let connected = LightClient::connect(genesis, store, self.0.config.clock.clone()).await;
        let mut state = self.0.network.state();
        let newest = state.newest.take();
        *state = match connected {
            Ok(client) => State { client: Some(client), newest, ..State::default() },
            Err(error) => State { failure: Some(error.fail()), ..State::default() },
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
                let Ok(client) = app.0.network.client() else { continue };
                let outcome = client.sync().await.map_err(|e| app.0.network.failure(&e));
                if app.0.network.note(outcome, app.now()) {
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
