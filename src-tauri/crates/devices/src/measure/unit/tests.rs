//! Conversions against their sources, and their rounding.

use super::*;
use proptest::prelude::*;

fn d(mantissa: i64, exponent: i8) -> Decimal {
    Decimal { mantissa, exponent }
}

#[test]
fn kilopascal_become_millimetres_of_mercury() {
    for (kpa, mmhg) in [
        (d(16, 0), "120.0"),
        (d(189, -1), "141.8"),
        (d(11, 0), "82.5"),
        (d(159, -1), "119.3"),
        (d(0, 0), "0.0"),
        (d(-1, 0), "-7.5"),
        (d(2047, -8), "0.0"),
    ] {
        assert_eq!(kpa_to_mmhg(kpa).to_string(), mmhg, "{kpa}");
    }
}

#[test]
fn pounds_inches_and_fahrenheit() {
    for (pound, kilogram) in
        [(d(15433, -2), "70.003"), (d(1, 0), "0.454"), (d(0, -2), "0.000"), (d(220, 0), "99.790")]
    {
        assert_eq!(pound_to_kilogram(pound).to_string(), kilogram, "{pound}");
    }
    for (inch, centimetre) in
        [(d(689, -1), "175.0"), (d(1, 0), "2.5"), (d(25, -2), "0.6"), (d(75, -2), "1.9")]
    {
        assert_eq!(inch_to_centimetre(inch).to_string(), centimetre, "{inch}");
    }
    for (fahrenheit, celsius) in [
        (d(986, -1), "37.00"),
        (d(987, -1), "37.06"),
        (d(212, 0), "100.00"),
        (d(32, 0), "0.00"),
        (d(-40, 0), "-40.00"),
        (d(1, 2), "37.78"),
    ] {
        assert_eq!(fahrenheit_to_celsius(fahrenheit).to_string(), celsius, "{fahrenheit}");
    }
}

#[test]
fn every_step_of_a_device_stays_distinct() {
    for n in 0..u16::MAX {
        let (a, b) = (i64::from(n), i64::from(n) + 1);
        assert!(pound_to_kilogram(d(a, -2)).mantissa < pound_to_kilogram(d(b, -2)).mantissa);
        assert!(inch_to_centimetre(d(a, -1)).mantissa < inch_to_centimetre(d(b, -1)).mantissa);
        assert!(fahrenheit_to_celsius(d(a, -1)).mantissa < fahrenheit_to_celsius(d(b, -1)).mantissa);
    }
}

#[test]
fn millimoles_of_glucose_become_milligrams() {
    for (mmol, mg) in [
        (d(55, -1), "99.1"),
        (d(10, 0), "180.2"),
        (d(5550, -3), "100.0"),
        (d(0, 0), "0.0"),
        (d(-1, 0), "-18.0"),
        (d(25, -1), "45.0"),
        (d(2, 1), "360.3"),
    ] {
        assert_eq!(mmol_to_mg_per_dl(mmol).to_string(), mg, "{mmol}");
    }
}

#[test]
fn glycated_haemoglobin_follows_the_master_equation() {
    // The table that NGSP prints, whose tenths these hundredths round to: 42 is 6.0, 48 is 6.5, 53 is 7.0.
    for (ifcc, ngsp) in [(d(42, 0), "5.99"), (d(48, 0), "6.54"), (d(53, 0), "7.00"), (d(75, 0), "9.01")] {
        assert_eq!(ifcc_to_ngsp(ifcc).to_string(), ngsp, "{ifcc}");
    }
    assert_eq!(ifcc_to_ngsp(d(480, -1)).to_string(), "6.54");
    for n in 0..300 {
        assert!(ifcc_to_ngsp(d(n, 0)).mantissa < ifcc_to_ngsp(d(n + 1, 0)).mantissa);
    }
}

#[test]
fn what_people_read_off_a_watch() {
    for (typed, value, stored) in [
        (Quantity::EnergyExpendedKilocalorie, d(350, 0), "1464.4"),
        (Quantity::BasalMetabolismKilocalorie, d(1, 0), "4.2"),
        (Quantity::ExerciseDurationMinute, d(30, 0), "1800"),
        (Quantity::ExerciseDurationMinute, d(25, -1), "150.0"),
        (Quantity::DistanceKilometre, d(52, -1), "5200"),
        (Quantity::DistanceKilometre, d(52_345, -4), "5234.5"),
        (Quantity::SpeedKilometreHour, d(100, -1), "2.778"),
        (Quantity::AirTemperatureFahrenheit, d(70, 0), "21.11"),
    ] {
        let (quantity, converted) = canonical(typed, value).unwrap();
        assert_eq!((Some(quantity), converted.to_string().as_str()), (typed.original_of(), stored));
    }
    for n in 0..9999 {
        assert!(kilocalorie_to_kilojoule(d(n, 0)).mantissa < kilocalorie_to_kilojoule(d(n + 1, 0)).mantissa);
        assert!(kmh_to_metre_per_second(d(n, -1)).mantissa < kmh_to_metre_per_second(d(n + 1, -1)).mantissa);
    }
}

#[test]
fn every_other_unit_is_converted() {
    for quantity in Quantity::ALL {
        let stored = canonical(*quantity, d(1, 0)).map(|(q, _)| q);
        assert_eq!(stored, Some(quantity.original_of().unwrap_or(*quantity)));
    }
}

#[test]
fn halves_go_to_even() {
    assert_eq!(tenths(5, 10).mantissa, 0);
    assert_eq!(tenths(15, 10).mantissa, 2);
    assert_eq!(tenths(-5, 10).mantissa, 0);
    assert_eq!(tenths(-15, 10).mantissa, -2);
}

#[test]
fn every_rr_interval_stays_distinct() {
    assert_eq!(rr_millis(1024).to_string(), "1000.0");
    assert_eq!(rr_millis(833).to_string(), "813.5");
    for rr in 0..u16::MAX {
        assert!(rr_millis(rr).mantissa < rr_millis(rr + 1).mantissa);
    }
}

#[test]
fn every_speed_stays_distinct() {
    assert_eq!(speed_256(0x0280).to_string(), "2.500");
    for speed in 0..u16::MAX {
        assert!(speed_256(speed).mantissa < speed_256(speed + 1).mantissa);
    }
}

#[test]
fn revolutions_become_speed_and_cadence() {
    // Five turns of 2.105 m in a second; 3 turns of the crank in two.
    assert_eq!(wheel_speed(5, 2105, 1024, 1024).unwrap().to_string(), "10.525");
    assert_eq!(crank_cadence(3, 2048, 1024).unwrap().to_string(), "90.0");
    assert_eq!(crank_cadence(1, 700, 1024).unwrap().to_string(), "87.8");
    assert_eq!((wheel_speed(1, 2105, 0, 1024), crank_cadence(1, 0, 1024)), (None, None));
    assert!(wheel_speed(u32::MAX, u16::MAX, 1, u16::MAX).is_some());
}

proptest! {
    #[test]
    fn any_decimal_converts_and_compares(m in any::<i64>(), e in any::<i8>(), n in any::<i64>(), f in any::<i8>()) {
        let _ = (kpa_to_mmhg(d(m, e)), mmol_to_mg_per_dl(d(m, e)));
        let _ = (pound_to_kilogram(d(m, e)), inch_to_centimetre(d(m, e)), fahrenheit_to_celsius(d(m, e)));
        let _ = (ifcc_to_ngsp(d(m, e)), kilocalorie_to_kilojoule(d(m, e)), kmh_to_metre_per_second(d(m, e)));
        prop_assert!(!(less(d(m, e), d(n, f)) && less(d(n, f), d(m, e))));
    }

    #[test]
    fn comparing_agrees_with_cross_multiplying(m in -2048i64..2048, e in -8i8..8, n in -2048i64..2048, f in -8i8..8) {
        let scaled = |m: i64, e: i8| i128::from(m) * 10i128.pow(u32::try_from(e + 8).unwrap());
        prop_assert_eq!(less(d(m, e), d(n, f)), scaled(m, e) < scaled(n, f));
    }
}
