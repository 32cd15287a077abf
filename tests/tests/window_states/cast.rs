//! What is in range of the window: for each state one device that brings it about.

use std::sync::Arc;

use salus_light::clock::SystemClock;
use salus_tests::bluez::household::Manner;
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::overheard::{bthome_air, mi_scale};
use salus_tests::bluez::packet::sugar;
use salus_tests::bluez::peripheral::Clock;
use salus_tests::bluez::peripheral::recorder::Strap;
use salus_tests::bluez::{Household, OwnClock, PairMethod, Peripheral};

pub(crate) const STRAP: usize = 0;
pub(crate) const EAR: usize = 1;
pub(crate) const AIR: usize = 2;
pub(crate) const OVERHEARD: usize = 3;
/// It has no room for anybody,
pub(crate) const FULL: usize = 4;
/// and this one answers nothing.
pub(crate) const SILENT: usize = 5;
pub(crate) const CHARGING: usize = 6;
pub(crate) const DRY: usize = 7;
pub(crate) const MUTE: usize = 8;
pub(crate) const LEAVES: usize = 9;
pub(crate) const PAIRS: usize = 10;
/// Meters with a memory: the first hands it out, the next ends half-way, the last does not hand it out.
pub(crate) const METER: usize = 11;
pub(crate) const STALLS: usize = 12;
pub(crate) const KEEPS: usize = 13;
pub(crate) const BICYCLE: usize = 14;
/// Their names, as they stand; none begins another.
pub(crate) const NAMES: [&str; 15] = [
    "Chest strap",
    "Ear thermometer",
    "Bedroom sensor",
    "MI_SCALE",
    "Family scale",
    "Hall scale",
    "Charging strap",
    "Dry strap",
    "Mute strap",
    "Loose strap",
    "Running strap",
    "Glucose meter",
    "Bedside meter",
    "Travel meter",
    "Bicycle sensor",
];

/// Glucose Measurement.
const GLUCOSE: u16 = 0x2A18;
const HOUR: i64 = 3_600_000;
/// Temperature Type 2A1D.
pub(crate) const IN_THE_EAR: u8 = 3;
pub(crate) const PASSKEY: u32 = 42_517;

/// Polar's codes: the sensor is not in the state to record, and it is on its charger.
const NOT_NOW: u8 = 12;
const ON_CHARGER: u8 = 13;

pub(crate) fn now() -> i64 {
    salus_chain::time::Clock::now(&SystemClock)
}

/// The devices, with what a test looks into.
pub(crate) struct Cast {
    pub(crate) peripherals: Vec<Peripheral>,
    pub(crate) full: Arc<Household>,
    pub(crate) silent: Arc<Household>,
    pub(crate) mute: Arc<Strap>,
}

impl Cast {
    pub(crate) fn new() -> Self {
        let full = Household::new(1, Manner::Answers);
        full.add(1, 1111);
        let silent = Household::new(2, Manner::Silent);
        let mute = Strap::silent();
        let clock: Clock = Arc::new(now);
        let meter = |unit, skill| {
            let right = OwnClock::right(Arc::clone(&clock));
            Peripheral::glucose_meter(unit, &right, &three_of_yesterday(skill))
        };
        let records = |unit, strap: &Arc<Strap>| Peripheral::recording_strap(unit, strap).paired();
        let mut peripherals = vec![
            Peripheral::heart_rate_strap(1),
            Peripheral::thermometer(1, IN_THE_EAR),
            // 25.06 degrees, 50.55 %.
            Peripheral::bthome(NAMES[AIR], 1, bthome_air(1, 2506, 5055)),
            // 70 kg that still move.
            Peripheral::mi_scale(1, mi_scale(14_000, now(), false)),
            Peripheral::scale(1, Arc::clone(&clock)).keeping(&full),
            Peripheral::scale(2, Arc::clone(&clock)).keeping(&silent),
            records(1, &Strap::new(2, ON_CHARGER)),
            records(2, &Strap::new(2, NOT_NOW)),
            records(3, &mute),
            records(4, &Strap::new(2, 0)),
            Peripheral::heart_rate_strap(2).protecting(0x2A37).pairing_by(PairMethod::Shows(PASSKEY)),
            meter(1, Skill::Full),
            meter(2, Skill::Stalls),
            meter(3, Skill::Refuses),
            Peripheral::cycling_sensor(1),
        ];
        for (peripheral, name) in peripherals.iter_mut().zip(NAMES) {
            name.clone_into(&mut peripheral.name);
        }
        Self { peripherals, full, silent, mute }
    }
}

/// Three measurements of a day ago, an hour apart.
fn three_of_yesterday(skill: Skill) -> Arc<Memory> {
    let memory = Memory::new(skill);
    for number in 1..=3_u16 {
        let at = now() - 24 * HOUR + i64::from(number) * HOUR;
        memory.store(number, vec![(GLUCOSE, sugar::glucose(number, at, 0, 90 + number, false))]);
    }
    memory
}
