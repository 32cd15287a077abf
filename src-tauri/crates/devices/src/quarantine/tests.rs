use super::*;
use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};

fn pressure(arrived: UnixMillis, second: Option<u8>, systolic: i64) -> Reading {
    Reading {
        at: arrived,
        arrived,
        device: DeviceId([1; 16]),
        category: Category::BloodPressure,
        components: vec![Component { quantity: Quantity::Systolic, value: Decimal::whole(systolic) }],
        quality: Quality(0),
        device_time: second.map(|second| DeviceTime {
            year: 2026,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second,
        }),
        user: None,
    }
}

fn pass(gate: &mut Gate, reading: &Reading) -> Result<Reading, Reason> {
    gate.admit(Lane::Measured(reading.category), reading.arrived)?;
    gate.keep(Ok(reading.clone()))
}

#[test]
fn a_timed_reading_is_taken_once_however_often_it_comes() {
    let mut gate = Gate::new(&[pressure(0, Some(1), 120)]);
    assert_eq!(
        pass(&mut gate, &pressure(9, Some(1), 120)),
        Err(Reason::Replayed),
        "stored before the restart"
    );
    assert!(pass(&mut gate, &pressure(10, Some(2), 120)).is_ok());
    assert_eq!(pass(&mut gate, &pressure(86_400_000, Some(2), 120)), Err(Reason::Replayed));
    assert_eq!(gate.counts().of(Reason::Replayed), 2);
}

#[test]
fn an_untimed_pressure_repeats_only_after_a_real_measurement_could() {
    let mut gate = Gate::new(&[]);
    assert!(pass(&mut gate, &pressure(0, None, 120)).is_ok());
    assert_eq!(pass(&mut gate, &pressure(1000, None, 120)), Err(Reason::Replayed));
    assert!(pass(&mut gate, &pressure(2000, None, 121)).is_ok());
    assert!(pass(&mut gate, &pressure(60_000, None, 121)).is_ok());
}

#[test]
fn a_flood_is_counted_and_ends() {
    let mut gate = Gate::new(&[]);
    let mut taken = 0;
    for i in 0..1000 {
        if gate.admit(Lane::Measured(Category::HeartRate), i).is_ok() {
            taken += u32::from(gate.keep(Err(Reason::Malformed)) == Err(Reason::Malformed));
        }
    }
    // 512 at once and 32 a second for a second.
    assert_eq!(taken, 512 + 31);
    assert_eq!(gate.counts().of(Reason::TooFrequent), 1000 - taken);
    assert_eq!(gate.counts().total(), 1000);
    assert_eq!(gate.admit(Lane::Measured(Category::HeartRate), 60_000), Ok(()));
    for lane in [Lane::Battery, Lane::Records, Lane::User, Lane::Recorder, Lane::Observations] {
        let taken = (0..1000).filter(|i| gate.admit(lane, *i).is_ok()).count();
        assert_eq!(taken, 64 + 3, "{lane:?}");
    }
}

#[test]
fn memory_is_bounded() {
    let mut gate = Gate::new(&[]);
    for i in 0..10_000i64 {
        let mut reading = pressure(i * 1000, Some(0), 120);
        reading.device_time = Some(DeviceTime {
            year: 2000 + u16::try_from(i / 1440).unwrap(),
            month: 1,
            day: 1,
            hour: u8::try_from(i % 1440 / 60).unwrap(),
            minute: u8::try_from(i % 60).unwrap(),
            second: 0,
        });
        assert!(pass(&mut gate, &reading).is_ok(), "{i}");
    }
    assert_eq!((gate.order.len(), gate.keys.len()), (REMEMBERED, REMEMBERED));
}

#[test]
fn records_of_one_second_are_told_apart_by_number_and_quantity() {
    let mut gate = Gate::new(&[]);
    let numbered = |n| {
        let mut reading = pressure(0, Some(1), 120);
        reading.components.push(Component { quantity: Quantity::RecordNumber, value: Decimal::whole(n) });
        reading
    };
    assert!(pass(&mut gate, &numbered(1)).is_ok());
    assert!(pass(&mut gate, &numbered(2)).is_ok());
    assert_eq!(pass(&mut gate, &numbered(1)), Err(Reason::Replayed));
    // One without a number is a copy of either, and they of it: it came live, they came from the memory.
    assert_eq!(pass(&mut gate, &pressure(0, Some(1), 120)), Err(Reason::Replayed));
    let live = Reading { user: Some(2), ..pressure(0, Some(1), 120) };
    assert!(pass(&mut gate, &live).is_ok());
    assert_eq!(pass(&mut gate, &Reading { user: Some(2), ..numbered(7) }), Err(Reason::Replayed));
    let mut other = numbered(1);
    other.components[0].quantity = Quantity::PulseRate;
    assert!(pass(&mut gate, &other).is_ok());
}

#[test]
fn a_record_without_a_time_is_a_copy_whenever_it_comes_again() {
    let mut gate = Gate::new(&[]);
    let numbered = |arrived, n, systolic| {
        let mut reading = pressure(arrived, None, systolic);
        reading.components.push(Component { quantity: Quantity::RecordNumber, value: Decimal::whole(n) });
        reading
    };
    assert!(pass(&mut gate, &numbered(0, 1, 120)).is_ok());
    assert!(pass(&mut gate, &numbered(10, 2, 120)).is_ok());
    assert_eq!(pass(&mut gate, &numbered(86_400_000, 1, 120)), Err(Reason::Replayed));
    // Its numbers began anew.
    assert!(pass(&mut gate, &numbered(86_400_000, 1, 121)).is_ok());
    let air = |arrived| Reading { category: Category::Surroundings, ..numbered(arrived, 1, 120) };
    assert!(pass(&mut gate, &air(0)).is_ok() && pass(&mut gate, &air(86_400_000)).is_ok());
}
