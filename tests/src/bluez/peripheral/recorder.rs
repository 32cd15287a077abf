//! Sensors with their maker's own service: a strap that records an electrocardiogram when it is told to, and an armband
//! that measures the intervals between pulse waves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Content, Packets, Peripheral, Written, once};

/// The service, its control point and its data, as the simulation numbers them.
pub const SERVICE: u16 = 0x5C80;
/// Control point.
pub const CONTROL: u16 = 0x5C81;
/// Data.
pub const DATA: u16 = 0x5C82;

/// Samples of one frame.
const SAMPLES: i64 = 73;
/// Time from one frame to the next, ns: 73 samples at 130 Hz.
const FRAME_NS: u64 = 561_538_462;

/// What the sensor was told, and what it answers to a start.
#[derive(Debug)]
pub struct Strap {
    /// An armband.
    light: bool,
    /// It takes what is written and answers nothing.
    silent: bool,
    /// The error code of a start; 0 is success.
    refusal: u8,
    frames: u64,
    told: Mutex<Vec<Vec<u8>>>,
}

impl Strap {
    /// One that sends so many frames once it is started, or refuses with a code.
    #[must_use]
    pub fn new(frames: u64, refusal: u8) -> Arc<Self> {
        Arc::new(Self { light: false, silent: false, refusal, frames, told: Mutex::default() })
    }

    /// One without electrodes: it sends so many frames of intervals once it is started.
    #[must_use]
    pub fn light(frames: u64) -> Arc<Self> {
        Arc::new(Self { light: true, silent: false, refusal: 0, frames, told: Mutex::default() })
    }

    /// One that takes what is written and answers nothing.
    #[must_use]
    pub fn silent() -> Arc<Self> {
        Arc::new(Self { light: false, silent: true, refusal: 0, frames: 0, told: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that was written to the control point.
    #[must_use]
    pub fn told(&self) -> Vec<Vec<u8>> {
        self.lock().clone()
    }

    fn react(&self, octets: &[u8]) -> Packets {
        self.lock().push(octets.to_vec());
        if self.silent {
            return Box::new(core::iter::empty());
        }
        match octets {
            // Start, PPI.
            [0x02, 0x03] if self.light => {
                let answer = once(CONTROL, vec![0xF0, 0x02, 0x03, 0x00, 0x00]);
                Box::new(answer.chain((0..self.frames).map(|n| (DATA, intervals(&[n])))))
            }
            // Start, ECG, 130 Hz, 14 bits: nothing else is offered.
            [0x02, 0x00, 0x00, 0x01, 0x82, 0x00, 0x01, 0x01, 0x0E, 0x00]
                if self.refusal == 0 && !self.light =>
            {
                let answer = once(CONTROL, vec![0xF0, 0x02, 0x00, 0x00, 0x00]);
                Box::new(answer.chain((0..self.frames).map(|n| (DATA, frame(n)))))
            }
            [0x02, kind, ..] => {
                let code = if self.refusal == 0 { 5 } else { self.refusal };
                once(CONTROL, vec![0xF0, 0x02, *kind, code, 0x00])
            }
            [op, kind] => once(CONTROL, vec![0xF0, *op, *kind, 0x00, 0x00]),
            _ => once(CONTROL, vec![0xF0, octets.first().copied().unwrap_or_default(), 0, 4, 0]),
        }
    }
}

/// C82: a heart of 65 beats a minute, as far as one narrow peak a beat shows one.
#[must_use]
pub fn frame(number: u64) -> Vec<u8> {
    let mut octets = vec![0x00];
    // The clock of the strap began at 2019, as when its battery was changed.
    octets.extend((599_616_000_000_000_000 + (number + 1) * FRAME_NS).to_le_bytes());
    octets.push(0x00);
    let first = i64::try_from(number).unwrap_or_default() * SAMPLES;
    for sample in first..first + SAMPLES {
        let microvolt: i64 = match sample % 120 {
            40 => -90,
            41 => 1100,
            42 => -240,
            70..=85 => 180,
            _ => sample % 7 * 3,
        };
        octets.extend(&microvolt.to_le_bytes()[..3]);
    }
    octets
}

/// C82: intervals of 800 ms and so many more each, at 75 beats a minute; skin contact, and nothing moved.
#[must_use]
pub fn intervals(more: &[u64]) -> Vec<u8> {
    let sample = |more: &u64| {
        let [low, high, ..] = (800 + more).to_le_bytes();
        [75, low, high, 8, 0, 0x06]
    };
    let samples: Vec<[u8; 6]> = more.iter().map(sample).collect();
    // Without a time, and of the first frame type.
    [&[0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0x00], samples.as_flattened()].concat()
}

/// C82: one acceleration of 1 G downwards.
#[must_use]
pub fn acceleration() -> Vec<u8> {
    [&[0x02][..], &599_616_000_000_000_000_u64.to_le_bytes(), &[0x01, 0, 0, 0, 0, 0xE8, 0x03]].concat()
}

impl Peripheral {
    /// An armband: heart rates without intervals, and what its own service says that it can be asked for: PPI, ACC, and
    /// the light itself (kind 1).
    #[must_use]
    pub fn armband(unit: u8, strap: &Arc<Strap>) -> Self {
        let react = Arc::clone(strap);
        let written = Written::new(move |octets| Some(react.react(octets)));
        let mut this = Self::new("Simulated Armband", unit, 0x11)
            .with(0x180D, 0x2A37, &["notify"], Content::Fixed(Vec::new()))
            .with_control(SERVICE, CONTROL, written)
            .with(SERVICE, DATA, &["notify"], Content::Fixed(Vec::new()))
            .protecting(CONTROL)
            .protecting(DATA)
            .with_battery(64)
            .with_information("OHR-17", unit);
        for control in this.characteristics.iter_mut().filter(|c| c.uuid == CONTROL) {
            control.flags.push("read");
            control.content = Content::Fixed(vec![0x0F, 0x0E, 0x00]);
        }
        this
    }

    /// A chest strap that also records an electrocardiogram, over an encrypted link only.
    #[must_use]
    pub fn recording_strap(unit: u8, strap: &Arc<Strap>) -> Self {
        let react = Arc::clone(strap);
        let written = Written::new(move |octets| Some(react.react(octets)));
        Self::new("Simulated Chest Strap", unit, 0x0F)
            .with(0x180D, 0x2A37, &["notify"], Content::Fixed(Vec::new()))
            .with_control(SERVICE, CONTROL, written)
            .with(SERVICE, DATA, &["notify"], Content::Fixed(Vec::new()))
            .protecting(CONTROL)
            .protecting(DATA)
            .with_battery(77)
            .with_information("ECG-15", unit)
    }
}
