//! 2A18, 2A34 and 2A51, joined and through to the reading.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::Moment;
use salus_devices::gatt::glucose::{context, decode, decode_feature};
use salus_devices::measure::Source;
use salus_devices::measure::clock::DeviceClock;
use salus_devices::measure::glucose::{Join, reading};

fuzz_target!(|bytes: &[u8]| {
    let _ = decode_feature(bytes);
    let now = Moment { at: 1_779_352_245_000, utc_offset_minutes: 120 };
    let source =
        Source { device: salus_wire::DeviceId([0; 16]), link_encrypted: None, clock: DeviceClock::Unknown };
    let (head, tail) = bytes.split_at(bytes.len().min(17));
    let context = context::decode(tail);
    let Ok(glucose) = decode(head) else { return };
    let mut join = Join::default();
    let at_once = join.measurement(glucose, now);
    let joined = at_once.or_else(|| context.ok().and_then(|c| join.context(c))).or_else(|| join.flush());
    let Some(joined) = joined else { unreachable!("every measurement comes out") };
    if let Ok(reading) = reading(&joined.glucose, joined.context.as_ref(), &source, now) {
        assert!(reading.components.len() <= salus_wire::Reading::MAX_COMPONENTS);
    }
});
