//! What is in range of the window: one device for every way to pair, a shared cuff, clocks that are wrong, and two that
//! claim one identity.

use std::sync::Arc;

use salus_light::clock::SystemClock;
use salus_tests::bluez::clock::Setting;
use salus_tests::bluez::household::Manner;
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::peripheral::Clock;
use salus_tests::bluez::peripheral::recorder::Strap;
use salus_tests::bluez::{Household, OwnClock, PairMethod, Peripheral};

/// It is heard again and again.
pub(crate) const STRAP: usize = 0;
pub(crate) const COMPARES: usize = 1;
pub(crate) const TYPES: usize = 2;
pub(crate) const ASKS: usize = 3;
pub(crate) const CUFF: usize = 4;
pub(crate) const METER: usize = 5;
pub(crate) const SCALE: usize = 6;
pub(crate) const RECORDS: usize = 7;
pub(crate) const DEAF: usize = 8;
pub(crate) const READ_ONLY: usize = 9;
/// It is added first,
pub(crate) const EAR: usize = 10;
/// and this one gives its system id.
pub(crate) const SPARE: usize = 11;
/// Their names, as they stand.
pub(crate) const NAMES: [&str; 12] = [
    "Chest strap",
    "Running strap",
    "Cycling strap",
    "Old strap",
    "Upper arm cuff",
    "Glucose meter",
    "Bathroom scale",
    "Recording strap",
    "Bedside meter",
    "Wrist cuff",
    "Ear thermometer",
    "Spare thermometer",
];

pub(crate) const PASSKEY: u32 = 42_517;
/// Where both thermometers measure: Temperature Type 2A1D.
pub(crate) const IN_THE_EAR: u8 = 3;
const HOUR: i64 = 3_600_000;

pub(crate) fn now() -> i64 {
    salus_chain::time::Clock::now(&SystemClock)
}

/// What is in range, with what a test looks into: the meter's clock and the people of the scale.
pub(crate) fn peripherals() -> (Vec<Peripheral>, Arc<OwnClock>, Arc<Household>) {
    let household = Household::new(2, Manner::Answers);
    let clock: Clock = Arc::new(now);
    let strap = |unit, method| Peripheral::heart_rate_strap(unit).protecting(0x2A37).pairing_by(method);
    let behind = OwnClock::wrong(Arc::clone(&clock), -HOUR, Setting::Obeys);
    let deaf = OwnClock::wrong(Arc::clone(&clock), -HOUR, Setting::Ignores);
    let ahead: Clock = Arc::new(|| now() + HOUR);
    let ear = Peripheral::thermometer(1, IN_THE_EAR);
    let spare = Peripheral::thermometer(2, IN_THE_EAR).claiming(ear.system_id(1));
    let mut all = vec![
        strap(1, PairMethod::Shows(PASSKEY)).without(0x2A19).with_battery(9),
        strap(2, PairMethod::Compares(815_203)),
        strap(3, PairMethod::Types(PASSKEY)),
        strap(4, PairMethod::Asks),
        Peripheral::blood_pressure_cuff(1, Arc::clone(&clock)),
        Peripheral::glucose_meter(1, &behind, &Memory::new(Skill::Full)),
        Peripheral::scale(1, clock).keeping(&household),
        Peripheral::recording_strap(1, &Strap::new(2, 0)),
        Peripheral::glucose_meter(2, &deaf, &Memory::new(Skill::Full)),
        Peripheral::blood_pressure_cuff(2, ahead),
        ear,
        spare,
    ];
    for (peripheral, name) in all.iter_mut().zip(NAMES) {
        name.clone_into(&mut peripheral.name);
    }
    (all, behind, household)
}
