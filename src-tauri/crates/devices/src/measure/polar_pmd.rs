//! Frames of a Polar sensor as readings.
//!
//! | frame | readings |
//! |---|---|
//! | ECG | [`SAMPLES`] voltages each and the time between two; `at` is the first voltage's |
//! | PPI | neighbouring intervals with the same flags each, at most [`SAMPLES`]; `at` is the last one's end |
//! | ACC | none: it is decoded and not stored |
//!
//! The device's clock starts at a date of its own whenever it loses power, and it cannot be read. So it is compared
//! with the arrival of a first frame, [`compare`], and later frames of the same stream keep that difference. Without
//! it, or when a frame has no time, the arrival stands for the last sample. Differences within the tolerance of
//! [`clock`](super::clock) are not corrected, which keeps the samples of a stream evenly apart as well.
//!
//! Intervals come from pulse waves, not from heart beats: they are never stored as RR intervals.

use salus_wire::{Category, Decimal, Quality, Quantity, Reading, UnixMillis};

use super::clock::{DeviceClock, Verdict};
use super::{Draft, Source};
use crate::gatt::polar_pmd::{ECG_HERTZ, Ecg, Frame, Ppi, PulseInterval, Samples};
use crate::{Moment, Reason};

/// Most samples of one reading: what it has room for beside two other values.
pub const SAMPLES: usize = Reading::MAX_COMPONENTS - 2;

/// 2000-01-01T00:00:00Z.
const EPOCH: UnixMillis = 946_684_800_000;

/// The time between two ECG samples: 1 s / 130, rounded to 0.1 us.
const ECG_INTERVAL: Decimal = Decimal { mantissa: 76_923, exponent: -1 };

/// Compares the device's clock with ours by a frame that just arrived; unknown when the frame has no time.
#[must_use]
pub fn compare(frame: &Frame<'_>, arrived: Moment) -> DeviceClock {
    unix(frame).map_or(DeviceClock::Unknown, |theirs| DeviceClock::Behind(arrived.at.saturating_sub(theirs)))
}

/// A frame as readings: at most 6 of ECG and 83 of PPI, because a frame has at most 512 octets.
#[must_use]
pub fn readings(frame: &Frame<'_>, source: &Source, arrived: Moment) -> Vec<Result<Reading, Reason>> {
    let verdict = match (source.clock, unix(frame)) {
        (DeviceClock::Behind(_), Some(sent)) => source.clock.judge(sent, arrived),
        _ => Verdict { at: arrived.at, flags: Quality::NO_DEVICE_TIME },
    };
    match frame.samples {
        Samples::Ecg(ecg) => voltages(ecg, verdict, source, arrived),
        Samples::Ppi(ppi) => intervals(ppi, verdict, source, arrived),
        Samples::Acc8(_) | Samples::Acc16(_) => Vec::new(),
    }
}

fn voltages(ecg: Ecg<'_>, last: Verdict, source: &Source, arrived: Moment) -> Vec<Result<Reading, Reason>> {
    let samples: Vec<i32> = ecg.iter().collect();
    let mut after = samples.len();
    samples
        .chunks(SAMPLES)
        .map(|chunk| {
            let mut draft = Draft::new(source);
            draft.as_sent(Quantity::SampleInterval, ECG_INTERVAL);
            for microvolt in chunk {
                draft.as_sent(Quantity::EcgVoltage, Decimal::whole(i64::from(*microvolt)));
            }
            // From the first of this chunk to the last of the frame, to the nearest millisecond.
            let spans = i64::try_from(after - 1).unwrap_or(0);
            let at = last.at - (spans * 1000 + ECG_HERTZ / 2) / ECG_HERTZ;
            after -= chunk.len();
            draft.judged(Category::Electrocardiogram, Verdict { at, ..last }, None, arrived, None)
        })
        .collect()
}

fn intervals(ppi: Ppi<'_>, last: Verdict, source: &Source, arrived: Moment) -> Vec<Result<Reading, Reason>> {
    let samples: Vec<PulseInterval> = ppi.iter().collect();
    let mut left: i64 = samples.iter().map(|s| i64::from(s.millis)).sum();
    let alike = |a: &PulseInterval, b: &PulseInterval| (a.moved, a.contact) == (b.moved, b.contact);
    samples
        .chunk_by(alike)
        .flat_map(|run| run.chunks(SAMPLES))
        .map(|run| {
            left -= run.iter().map(|s| i64::from(s.millis)).sum::<i64>();
            let at = last.at - left;
            run_reading(run, Verdict { at, ..last }, source, arrived)
        })
        .collect()
}

fn run_reading(
    run: &[PulseInterval],
    verdict: Verdict,
    source: &Source,
    arrived: Moment,
) -> Result<Reading, Reason> {
    let known = run.iter().filter(|s| s.millis != 0);
    let last = known.clone().next_back().ok_or(Reason::NoValue)?;
    let mut draft = Draft::new(source);
    draft.include(Quantity::HeartRate, Some(Ok(Decimal::whole(i64::from(last.bpm)))))?;
    for sample in known {
        draft.as_sent(Quantity::PulseInterval, Decimal::whole(i64::from(sample.millis)));
    }
    draft.flag(last.moved, Quality::MOVEMENT);
    draft.flag(last.moved, Quality::QUESTIONABLE);
    draft.flag(last.contact == Some(false), Quality::NO_CONTACT);
    draft.judged(Category::HeartRate, verdict, None, arrived, None)
}

fn unix(frame: &Frame<'_>) -> Option<UnixMillis> {
    let millis = i64::try_from(frame.nanos / 1_000_000).ok()?;
    (frame.nanos != 0).then_some(EPOCH + millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatt::polar_pmd::frame;
    use proptest::prelude::*;
    use salus_wire::DeviceId;

    const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };

    fn source(clock: DeviceClock) -> Source {
        Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock }
    }

    fn octets(kind: u8, millis: u64, samples: &[u8]) -> Vec<u8> {
        [&[kind][..], &(millis * 1_000_000).to_le_bytes(), &[0], samples].concat()
    }

    fn good(results: Vec<Result<Reading, Reason>>) -> Vec<Reading> {
        results.into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn a_frame_of_73_voltages_is_three_readings() {
        let samples: Vec<u8> = (0..73u8).flat_map(|n| [n, 0, 0]).collect();
        let bytes = octets(0, 5000, &samples);
        let all = good(readings(&frame(&bytes).unwrap(), &source(DeviceClock::Unknown), NOW));
        let sizes: Vec<usize> = all.iter().map(|r| r.components.len()).collect();
        assert_eq!(sizes, [31, 31, 14]);
        // 72, 42 and 12 intervals of 1000/130 ms before the last sample.
        assert_eq!(all.iter().map(|r| NOW.at - r.at).collect::<Vec<_>>(), [554, 323, 92]);
        assert_eq!(all[1].value(Quantity::EcgVoltage).unwrap().to_string(), "30");
        assert_eq!(all[0].value(Quantity::SampleInterval).unwrap().to_string(), "7692.3");
        assert_eq!((all[0].category, all[0].device_time), (Category::Electrocardiogram, None));
        assert_eq!(all[0].quality, Quality(Quality::NO_DEVICE_TIME));
    }

    #[test]
    fn a_stream_keeps_the_difference_of_its_first_frame() {
        let first = octets(0, 5000, &[1, 0, 0]);
        let clock = compare(&frame(&first).unwrap(), NOW);
        assert_eq!(clock, DeviceClock::Behind(NOW.at - EPOCH - 5000));
        let second = octets(0, 5562, &[2, 0, 0]);
        // It arrives late, together with others.
        let late = Moment { at: NOW.at + 3000, ..NOW };
        let all = good(readings(&frame(&second).unwrap(), &source(clock), late));
        assert_eq!((all[0].at, all[0].arrived), (NOW.at + 562, late.at));
        assert_eq!(all[0].quality, Quality(Quality::CLOCK_CORRECTED));
    }

    #[test]
    fn intervals_with_other_flags_are_other_readings() {
        let samples = [60, 232, 3, 10, 0, 6, 61, 208, 2, 10, 0, 6, 0, 244, 1, 9, 0, 5, 62, 0, 0, 0, 0, 4];
        let bytes = octets(3, 0, &samples);
        let all = readings(&frame(&bytes).unwrap(), &source(DeviceClock::Behind(5)), NOW);
        let values = |r: &Reading| -> Vec<String> {
            r.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect()
        };
        let [Ok(still), Ok(moved), Err(none)] = &all[..] else { panic!("{all:?}") };
        assert_eq!(values(still), ["HeartRate 61", "PulseInterval 1000", "PulseInterval 720"]);
        assert_eq!((still.at, still.category), (NOW.at - 500, Category::HeartRate));
        assert_eq!(values(moved), ["PulseInterval 500"]);
        let flags = Quality::MOVEMENT | Quality::QUESTIONABLE | Quality::NO_CONTACT | Quality::NO_DEVICE_TIME;
        assert_eq!((moved.at, moved.quality), (NOW.at, Quality(flags)));
        assert_eq!(*none, Reason::NoValue);
    }

    #[test]
    fn acceleration_is_not_stored() {
        let bytes = octets(2, 1, &[1, 2, 3]);
        assert_eq!(readings(&frame(&bytes).unwrap(), &source(DeviceClock::Unknown), NOW), []);
    }

    proptest! {
        #[test]
        fn no_sample_is_lost(samples in proptest::collection::vec(any::<[u8; 3]>(), 1..160), nanos in any::<u64>()) {
            let bytes = [&[0][..], &nanos.to_le_bytes(), &[0], samples.as_flattened()].concat();
            let f = frame(&bytes).unwrap();
            let all = good(readings(&f, &source(compare(&f, NOW)), NOW));
            let voltages = |r: &Reading| r.components.iter().filter(|c| c.quantity == Quantity::EcgVoltage).count();
            prop_assert_eq!(all.iter().map(voltages).sum::<usize>(), samples.len());
            prop_assert!(all.len() <= 6 && all.is_sorted_by(|a, b| a.at < b.at));
        }

        #[test]
        fn any_intervals_are_readings_or_refusals(samples in proptest::collection::vec(any::<[u8; 6]>(), 1..=83)) {
            let bytes = [&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], samples.as_flattened()].concat();
            let all = readings(&frame(&bytes).unwrap(), &source(DeviceClock::Unknown), NOW);
            prop_assert!(!all.is_empty() && all.len() <= 83);
            for r in all.into_iter().flatten() {
                prop_assert!(r.components.len() <= Reading::MAX_COMPONENTS);
            }
        }
    }
}
