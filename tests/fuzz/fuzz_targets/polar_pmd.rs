//! Frames and the control point, through to the readings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::polar_pmd::{self, Message};
use salus_devices::measure::{Source, polar_pmd as measure};

const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };

fuzz_target!(|bytes: &[u8]| {
    if let Ok(Message::Answer(answer)) = polar_pmd::message(bytes)
        && let Ok(parameters) = answer.outcome
        && let Ok(settings) = polar_pmd::settings(parameters)
    {
        assert!(settings.iter().map(|s| s.values().count()).sum::<usize>() <= parameters.len());
    }
    let Ok(frame) = polar_pmd::frame(bytes) else { return };
    let clock = measure::compare(&frame, NOW);
    let source = Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock };
    for reading in measure::readings(&frame, &source, NOW).into_iter().flatten() {
        assert!(reading.components.len() <= salus_wire::Reading::MAX_COMPONENTS);
    }
});
