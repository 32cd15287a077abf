//! Advertisements, their parts, and what Mi Scale 2 sends on 2A9C, through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::advert::{self, mi_scale};
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::{self, Source};

fuzz_target!(|bytes: &[u8]| {
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let now = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };
    let services = [0x181D, 0x181B, 0xFCD2, 0xFE95].map(|uuid| advert::service(uuid, bytes));
    let whole = advert::decode(bytes).transpose();
    for found in services.into_iter().chain([advert::manufacturer(0x0499, bytes), whole]).flatten().flatten()
    {
        let _ = measure::advert::reading(&found, &source, now);
    }
    let mut scale = mi_scale::Scale::default();
    for packet in bytes.chunks(13) {
        if let Ok(weighing) = mi_scale::decode_second(packet)
            && let Some(given) = scale.hear(&weighing, now)
        {
            assert!(given.weighing.stable);
            let _ = measure::advert::weighing(&given.weighing, &source, given.arrived);
        }
    }
});
