//! An electrocardiogram that the person wants: the two commands, and how it goes.

use salus_devices::gatt::polar_pmd::Error;
use salus_devices::gatt::polar_pmd::recording::Outcome;
use salus_wire::command::{StartEcg, StopEcg};
use salus_wire::event::Event;
use salus_wire::view::{DeviceState, DeviceView, EcgTrouble, EcgView};
use salus_wire::{DeviceId, ErrorCode, Failure};

use super::pair::{Order, added};
use super::{Devices, Known};
use crate::{App, Run};

/// Shortest and longest recording, seconds: shorter ones show no rhythm, longer ones drain the sensor.
const LENGTH: core::ops::RangeInclusive<u16> = 10..=300;

impl Run for StartEcg {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        if !LENGTH.contains(&self.seconds) {
            return Err(ErrorCode::BadRequest.into());
        }
        let devices = app.open().await?.devices.clone();
        let length = i64::from(self.seconds) * 1000;
        let view = order(&devices, self.device, Order::Record(length), |known| {
            if known.ecg.as_ref().is_some_and(is_running) {
                return Err(ErrorCode::TooMany.into());
            }
            known.ecg = Some(EcgView::Starting);
            Ok(())
        })?;
        app.tell(Event::DevicesChanged);
        Ok(view)
    }
}

impl Run for StopEcg {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let devices = app.open().await?.devices.clone();
        let view = order(&devices, self.device, Order::StopRecording, |known| {
            // One that has just ended needs no stopping; a failed one is put away.
            if !known.ecg.as_ref().is_some_and(is_running) {
                known.ecg = None;
            }
            Ok(())
        })?;
        app.tell(Event::DevicesChanged);
        Ok(view)
    }
}

/// Hands an order to the task of a device that is connected.
fn order(
    devices: &Devices,
    id: DeviceId,
    order: Order,
    change: impl FnOnce(&mut Known) -> Result<(), Failure>,
) -> Result<DeviceView, Failure> {
    let mut book = devices.book();
    let known = added(&mut book.known, id)?;
    let orders = known.orders.clone().filter(|_| known.state == DeviceState::Connected);
    let orders = orders.ok_or(ErrorCode::DeviceUnreachable)?;
    let room = orders.try_reserve().map_err(|_| ErrorCode::TooMany)?;
    change(known)?;
    room.send(order);
    Ok(known.view())
}

const fn is_running(ecg: &EcgView) -> bool {
    matches!(ecg, EcgView::Starting | EcgView::Running { .. })
}

/// True of what the end of a link can be the reason for: whoever comes back after it has not read it yet.
pub(super) const fn outlives_link(ecg: &EcgView) -> bool {
    matches!(ecg, EcgView::Failed { why: EcgTrouble::Cut | EcgTrouble::NoAnswer })
}

/// What is shown of it.
pub(super) fn view(outcome: Outcome) -> EcgView {
    let trouble = |why| EcgView::Failed { why };
    match outcome {
        Outcome::Started { until } => EcgView::Running { until },
        Outcome::Ended => EcgView::Done,
        Outcome::Cut => trouble(EcgTrouble::Cut),
        Outcome::Unanswered => trouble(EcgTrouble::NoAnswer),
        Outcome::Refused(Error::Charging) => trouble(EcgTrouble::Charging),
        Outcome::Refused(_) => trouble(EcgTrouble::Refused),
    }
}
