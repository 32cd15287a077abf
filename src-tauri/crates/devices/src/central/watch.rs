//! The adapter as long as somebody looks: switched off, on, gone, or deaf.
//!
//! ```text
//! heard nothing for `silence`, discovery on -> discovery again, without a filter -> still nothing
//!    -> no device connected: power off and on, AdapterEvent::Restarted
//!    -> else or still nothing: AdapterEvent::Silent, once, until something is heard
//! ```
//!
//! A filtered discovery that hears nothing is no sign of a fault: the person's devices may all be off. Without the
//! filter nearly every place has something to hear. The power is never cycled while anything is connected, because a
//! keyboard or a headset would lose its link too; nor while the adapter is off.

mod dog;

use core::fmt;
use core::time::Duration;
use std::collections::VecDeque;
use std::sync::Arc;

use btleplug::api::{Central as _, CentralEvent, Peripheral as _};
use futures::StreamExt;
use tokio::sync::Notify;
use tokio::time::{Interval, MissedTickBehavior};

use super::listen::Listen;
use super::scan::{Events, subject};
use super::{AdapterError, AdapterState, Central, error};
use dog::{Act, Dog, Look};

/// How finely the silence is measured.
const LOOKS: u32 = 12;

/// What happened to the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdapterEvent {
    /// It was switched on or off; also the first event.
    State(AdapterState),
    /// It heard nothing for too long and was switched off and on again.
    Restarted,
    /// It hears nothing, and restarting is of no use or would cut other links.
    Silent,
    /// It hears again.
    Heard,
    /// It cannot be used any more; open another [`Central`]. The same again if asked further.
    Gone(AdapterError),
}

/// The adapter's state over time. It moves only while [`Watch::next`] is awaited.
pub struct Watch {
    central: Central,
    events: Events,
    looks: Interval,
    bell: Arc<Notify>,
    dog: Dog,
    heard: bool,
    state: Option<AdapterState>,
    gone: Option<AdapterError>,
    queue: VecDeque<AdapterEvent>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("state", &self.state).field("dog", &self.dog).finish_non_exhaustive()
    }
}

impl Central {
    /// Watches the adapter; `silence` is how long it may hear nothing while it should. One watch a computer is enough.
    ///
    /// # Errors
    /// As [`Central::open`].
    pub async fn watch(&self, silence: Duration) -> Result<Watch, AdapterError> {
        let events = self.adapter.events().await.map_err(error::of)?;
        let mut looks = tokio::time::interval((silence / LOOKS).max(Duration::from_millis(1)));
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Ok(Watch {
            central: self.clone(),
            events,
            looks,
            bell: Arc::default(),
            dog: Dog::new(LOOKS),
            heard: false,
            state: None,
            gone: None,
            queue: VecDeque::new(),
        })
    }
}

impl Watch {
    /// The next event. A call that is dropped half-way loses no event, but may leave a restart half done: the next
    /// look ends it.
    pub async fn next(&mut self) -> AdapterEvent {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return event;
            }
            if let Some(error) = self.gone {
                return AdapterEvent::Gone(error);
            }
            tokio::select! {
                event = self.events.next() => match event {
                    Some(CentralEvent::StateUpdate(_)) => self.check().await,
                    // What was known before counts once, at the beginning: no harm is done by waiting longer.
                    Some(event) => self.heard |= subject(&event).is_some(),
                    None => self.gone = Some(AdapterError::Failed),
                },
                _ = self.looks.tick() => self.look().await,
                () = self.bell.notified() => {
                    self.state = None;
                    self.check().await;
                }
            }
        }
    }

    /// With a bell that somebody rings whom the adapter refused: how it is doing is then told at once, and again.
    #[must_use]
    pub fn heeding(self, bell: Arc<Notify>) -> Self {
        Self { bell, ..self }
    }

    /// Asks anew: what an update says may be over, as after a restart of ours.
    async fn check(&mut self) {
        match self.central.state().await {
            Ok(state) => self.turn(state).await,
            Err(error) => self.gone = Some(error),
        }
    }

    async fn turn(&mut self, state: AdapterState) {
        if self.state == Some(state) {
            return;
        }
        self.state = Some(state);
        self.queue.push_back(AdapterEvent::State(state));
        if state == AdapterState::On {
            // Switching off ended the discovery that others still wait for.
            self.central.listen_again(Listen::Filtered).await;
        }
    }

    async fn look(&mut self) {
        self.check().await;
        if self.gone.is_some() {
            return;
        }
        let look = Look {
            heard: core::mem::take(&mut self.heard),
            listening: self.state == Some(AdapterState::On) && self.central.is_listening().await,
            linked: is_linked(&self.central).await,
        };
        match self.dog.look(look) {
            Act::Nothing => {}
            Act::Widen => self.central.listen_again(Listen::All).await,
            Act::Narrow => self.central.listen_again(Listen::Filtered).await,
            Act::Restart => {
                if self.central.daemon.cycle_power().await {
                    self.queue.push_back(AdapterEvent::Restarted);
                }
                self.central.listen_again(Listen::Filtered).await;
            }
            Act::Silent => {
                self.queue.push_back(AdapterEvent::Silent);
                self.central.listen_again(Listen::Filtered).await;
            }
            Act::Heard => self.queue.push_back(AdapterEvent::Heard),
        }
    }
}

/// True while any device, ours or not, is connected through the adapter.
async fn is_linked(central: &Central) -> bool {
    let Ok(known) = central.adapter.peripherals().await else { return false };
    for peripheral in known {
        if peripheral.is_connected().await.unwrap_or(false) {
            return true;
        }
    }
    false
}
