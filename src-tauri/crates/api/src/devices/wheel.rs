//! The wheel whose turns a cycling sensor counts: a speed is as right as its circumference.

use salus_devices::measure::cycling::USUAL_CIRCUMFERENCE_MM;
use salus_wire::command::SetDeviceWheel;
use salus_wire::view::{DeviceView, WheelView};
use salus_wire::{ErrorCode, Failure};

use super::command::renew;
use crate::{App, Run};

/// From a scooter's wheel to a penny-farthing's.
const WHEELS_MM: core::ops::RangeInclusive<u16> = 300..=4_800;

/// As said, or the most usual one.
pub(super) fn view(said: Option<u16>) -> WheelView {
    WheelView { circumference_mm: said.unwrap_or(USUAL_CIRCUMFERENCE_MM), said: said.is_some() }
}

impl Run for SetDeviceWheel {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        if self.circumference_mm.is_some_and(|mm| !WHEELS_MM.contains(&mm)) {
            return Err(ErrorCode::OutOfRange.into());
        }
        // What is stored stays as it was computed; a new session counts with the new wheel.
        renew(app, self.device, move |kept| kept.wheel_mm = self.circumference_mm).await
    }
}
