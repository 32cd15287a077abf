//! Pairing: the three commands, and what the device's task does with them.
//!
//! A pairing belongs to the device's own task, because its session must not connect meanwhile. The commands only hand
//! over orders; where it stands is in the book, so that a page that was closed and opened again finds it.

use std::future::Future;
use std::sync::Arc;

use salus_devices::{
    AdapterError, AdapterState, Answer, OldBond, PairError, PairEvent, PairOptions, Pairing, Passkey,
    PeripheralKey, Question,
};
use salus_wire::command::{AnswerPairing, CancelPairing, PairDevice};
use salus_wire::event::Event;
use salus_wire::view::{DeviceState, DeviceView, PairingAnswer, PairingView};
use salus_wire::{DeviceId, ErrorCode, Failure};
use tokio::sync::{Notify, mpsc};

use super::{Devices, Known};
use crate::failure::OrFail;
use crate::{App, Run};

/// What a device's task is told to do.
#[derive(Debug, PartialEq)]
pub(super) enum Order {
    Pair(OldBond),
    Answer(Answer),
    /// The person said who they are to the device; the book has it.
    Introduce,
    /// An electrocardiogram of so many milliseconds.
    Record(i64),
    StopRecording,
    /// What the device has stored is not to be fetched further.
    StopFetching,
}

/// A person's wish to end a pairing. It waits in no queue: one that is full must not swallow it.
#[derive(Debug, Clone, Default)]
pub(super) struct Cancel(Arc<Notify>);

impl Cancel {
    pub(super) fn wish(&self) {
        self.0.notify_one();
    }

    /// Returns once it is wished for, also when that was before.
    async fn wished(&self) {
        self.0.notified().await;
    }
}

/// More orders than a person can give; one that finds no room is refused.
pub(super) const MOST_ORDERS: usize = 4;

impl Run for PairDevice {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let devices = app.open().await?.devices.clone();
        // Asked first, so that a page can say at once that Bluetooth is off.
        if let Err(failure) = usable(&devices).await {
            devices.doubted.notify_one();
            return Err(failure);
        }
        let view = order(&devices, self.device, begun)?;
        app.tell(Event::DevicesChanged);
        Ok(view)
    }
}

async fn usable(devices: &Devices) -> Result<(), Failure> {
    match devices.central().await?.state().await.or_fail()? {
        AdapterState::On => Ok(()),
        AdapterState::Off => Err(AdapterError::Off).or_fail(),
    }
}

/// A pairing begins, and nobody has wished to end it yet.
fn begun(known: &mut Known) -> Result<Order, Failure> {
    if known.state == DeviceState::Pairing {
        return Err(PairError::Busy.code().into());
    }
    // A bond is given up only for a device that was seen to have lost it.
    let lost = known.state == DeviceState::PairAgain;
    known.state = DeviceState::Pairing;
    known.pairing = Some(PairingView::Working);
    known.cancel = Cancel::default();
    Ok(Order::Pair(if lost { OldBond::Replace } else { OldBond::Keep }))
}

impl Run for AnswerPairing {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let devices = app.open().await?.devices.clone();
        let answer = match &self.answer {
            PairingAnswer::Digits { digits } => {
                Answer::Digits(digits.parse::<Passkey>().map_err(|_| ErrorCode::BadRequest)?)
            }
            PairingAnswer::Yes => Answer::Yes,
            PairingAnswer::No => Answer::No,
        };
        let view = order(&devices, self.device, |known| {
            let asked = known.pairing.as_ref().ok_or(ErrorCode::NotAsked)?;
            let fits = match asked {
                PairingView::Enter => matches!(answer, Answer::Digits(_) | Answer::No),
                PairingView::Compare { .. } | PairingView::Allow => {
                    matches!(answer, Answer::Yes | Answer::No)
                }
                PairingView::Type { .. } => answer == Answer::No,
                PairingView::Working | PairingView::Failed { .. } => false,
            };
            if !fits {
                return Err(ErrorCode::NotAsked.into());
            }
            known.pairing = Some(PairingView::Working);
            Ok(Order::Answer(answer))
        })?;
        app.tell(Event::DevicesChanged);
        Ok(view)
    }
}

impl Run for CancelPairing {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let devices = app.open().await?.devices.clone();
        {
            let mut book = devices.book();
            let known = added(&mut book.known, self.device)?;
            if known.state == DeviceState::Pairing {
                // One that has just ended needs none; the next one does not hear this.
                known.cancel.wish();
            } else {
                known.pairing = None;
            }
        }
        app.tell(Event::DevicesChanged);
        let mut book = devices.book();
        Ok(added(&mut book.known, self.device)?.view())
    }
}

pub(super) fn added(
    known: &mut std::collections::BTreeMap<DeviceId, Known>,
    id: DeviceId,
) -> Result<&mut Known, Failure> {
    known.get_mut(&id).filter(|k| k.kept.added).ok_or_else(|| ErrorCode::UnknownDevice.into())
}

/// Decides on an order with the book open, and hands it to the device's task.
fn order(
    devices: &Devices,
    id: DeviceId,
    decide: impl FnOnce(&mut Known) -> Result<Order, Failure>,
) -> Result<DeviceView, Failure> {
    let mut book = devices.book();
    let known = added(&mut book.known, id)?;
    let orders = known.orders.clone().ok_or(ErrorCode::DeviceUnreachable)?;
    let room = orders.try_reserve().map_err(|_| ErrorCode::TooMany)?;
    room.send(decide(known)?);
    Ok(known.view())
}

/// One pairing from its beginning to its end, led by orders; `end` when the record closes or the device is removed.
pub(super) async fn lead(
    app: &App,
    devices: &Devices,
    id: DeviceId,
    old_bond: OldBond,
    orders: &mut mpsc::Receiver<Order>,
    end: impl Future<Output = ()> + Send + Unpin,
) {
    let told = |state: DeviceState, pairing: Option<PairingView>| {
        if let Some(known) = devices.book().known.get_mut(&id) {
            known.state = state;
            known.pairing = pairing;
        }
        app.tell(Event::DevicesChanged);
    };
    let cancel = devices.book().known.get(&id).map(|k| k.cancel.clone()).unwrap_or_default();
    let ear = Ear { cancel, orders, end };
    let ended = match begin(devices, id, old_bond).await {
        Ok(pairing) => ask(pairing, ear, |view| told(DeviceState::Pairing, Some(view))).await,
        Err(error) => Err(error),
    };
    let before = match old_bond {
        OldBond::Keep => DeviceState::PairFirst,
        OldBond::Replace => DeviceState::PairAgain,
    };
    match ended {
        // What another program paired meanwhile is paired all the same.
        Ok(()) | Err(PairError::AlreadyPaired) => told(DeviceState::Connecting, None),
        Err(PairError::Cancelled) => told(before, None),
        Err(error) => told(before, Some(PairingView::Failed { code: error.code() })),
    }
}

async fn begin(devices: &Devices, id: DeviceId, old_bond: OldBond) -> Result<Pairing, PairError> {
    let key = devices.book().known.get(&id).and_then(|k| k.kept.key.parse::<PeripheralKey>().ok());
    let key = key.ok_or(PairError::Unreachable)?;
    let central = devices.central().await.map_err(|failure| match failure.code {
        ErrorCode::BluetoothNotAllowed => AdapterError::NoPermission,
        _ => AdapterError::Missing,
    })?;
    central.pair(&key, PairOptions { old_bond, ..PairOptions::default() }).await
}

/// What a pairing is led by.
struct Ear<'a, End> {
    cancel: Cancel,
    orders: &'a mut mpsc::Receiver<Order>,
    end: End,
}

/// What was heard.
#[derive(Debug, PartialEq)]
enum Heard {
    Stop,
    Order(Order),
}

impl<End: Future<Output = ()> + Send + Unpin> Ear<'_, End> {
    /// Stopping goes before whatever waits in the queue.
    async fn hear(&mut self) -> Heard {
        tokio::select! {
            biased;
            () = &mut self.end => Heard::Stop,
            () = self.cancel.wished() => Heard::Stop,
            Some(order) = self.orders.recv() => Heard::Order(order),
        }
    }
}

async fn ask(
    mut pairing: Pairing,
    mut ear: Ear<'_, impl Future<Output = ()> + Send + Unpin>,
    tell: impl Fn(PairingView),
) -> Result<(), PairError> {
    loop {
        tokio::select! {
            biased;
            heard = ear.hear() => match heard {
                Heard::Stop => {
                    pairing.cancel().await;
                    return Err(PairError::Cancelled);
                }
                // The question may have changed on the way; the view then tells the new one.
                Heard::Order(Order::Answer(answer)) => {
                    if pairing.answer(answer).is_err() {
                        tracing::debug!("an answer came too late");
                    }
                }
                // A session that begins after the pairing takes a person from the book; nothing is measured meanwhile.
                Heard::Order(
                    Order::Pair(_)
                    | Order::Introduce
                    | Order::Record(_)
                    | Order::StopRecording
                    | Order::StopFetching,
                ) => {}
            },
            event = pairing.next() => match event {
                PairEvent::Asks(question) => tell(view(question)),
                PairEvent::Withdrawn => tell(PairingView::Working),
                PairEvent::Ended(ended) => return ended,
            },
        }
    }
}

fn view(question: Question) -> PairingView {
    match question {
        Question::Enter => PairingView::Enter,
        Question::Compare(passkey) => PairingView::Compare { digits: passkey.to_string() },
        Question::Type(passkey, entered) => PairingView::Type { digits: passkey.to_string(), entered },
        Question::Allow => PairingView::Allow,
    }
}

#[cfg(test)]
mod tests;
