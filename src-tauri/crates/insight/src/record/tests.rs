//! A record screen from readings.

use super::*;
use salus_wire::{Component, Decimal, DeviceId};

fn pressure(at: i64, systolic: i64, diastolic: i64, quality: Quality) -> Reading {
    let c = |quantity, n| Component { quantity, value: Decimal::whole(n) };
    Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category: Category::BloodPressure,
        components: vec![
            c(Quantity::PulseRate, 70),
            c(Quantity::Diastolic, diastolic),
            c(Quantity::Systolic, systolic),
        ],
        quality,
        device_time: None,
        user: None,
    }
}

const SPAN: Span = Span { from: 0, to: 86_400_000, width: 600, now: i64::MAX };

fn name(_: &Reading) -> Origin {
    Origin { name: "Cuff".into(), ..Origin::default() }
}

#[test]
fn rows_are_newest_first_with_the_main_quantity_first() {
    let readings =
        vec![pressure(1000, 121, 80, Quality::default()), pressure(2000, 133, 85, Quality::default())];
    let view = record(Category::BloodPressure, readings, SPAN, name);
    assert_eq!(view.total, 2);
    assert_eq!(view.rows[0].at, 2000);
    let quantities: Vec<_> = view.rows[0].values.iter().map(|v| v.quantity).collect();
    assert_eq!(quantities, [Quantity::Systolic, Quantity::Diastolic, Quantity::PulseRate]);
    assert_eq!(view.summary[0].max, "133");
    assert_eq!(view.chart.lines[1].quantity, Quantity::Diastolic);
}

#[test]
fn a_back_filled_reading_is_never_the_latest() {
    let readings = vec![
        pressure(1000, 121, 80, Quality::default()),
        pressure(2000, 133, 85, Quality(Quality::BACKFILLED)),
    ];
    let view = record(Category::BloodPressure, readings, SPAN, name);
    assert_eq!(view.latest.map(|l| l.at), Some(1000));
}

#[test]
fn the_latest_reading_is_one_of_what_the_category_is_about_if_there_is_any() {
    let beside = |at| {
        let c = Component { quantity: Quantity::PulseRate, value: Decimal::whole(61) };
        Reading { components: vec![c], ..pressure(at, 0, 0, Quality::default()) }
    };
    let latest = |readings: &[Reading]| {
        let mut screen = Screen::new(Category::BloodPressure, SPAN);
        readings.iter().for_each(|r| screen.take(vec![r.clone()]));
        let view = record(Category::BloodPressure, readings.to_vec(), SPAN, name);
        assert_eq!(screen.finish(name), view);
        view.latest.map(|l| l.at)
    };
    let whole = pressure(2000, 121, 80, Quality::default());
    assert_eq!(latest(&[beside(1000), whole, beside(3000)]), Some(2000));
    assert_eq!(latest(&[beside(1000), beside(3000)]), Some(3000));
}

#[test]
fn readings_without_contact_are_listed_but_neither_drawn_nor_averaged() {
    let readings = vec![pressure(1000, 0, 0, Quality(Quality::NO_CONTACT))];
    let view = record(Category::BloodPressure, readings, SPAN, name);
    assert_eq!((view.total, view.rows.len()), (1, 1));
    assert!(view.summary.is_empty() && view.chart.lines[0].runs.is_empty());
}

#[test]
fn intervals_between_beats_are_summed_up_for_the_heart_rate_only_and_chunks_do_not_matter() {
    let beat = |i: i64| {
        let value = Decimal { mantissa: 8000 + 500 * (i % 2), exponent: -1 };
        let components = vec![Component { quantity: Quantity::RrInterval, value }];
        let at = (i + 1) * 825 + 25 * ((i + 1) % 2) - 25;
        Reading { components, category: Category::HeartRate, ..pressure(at, 0, 0, Quality::default()) }
    };
    let readings: Vec<_> = (0..360).map(beat).collect();
    let mut screen = Screen::new(Category::HeartRate, SPAN);
    readings.chunks(7).for_each(|c| screen.take(c.to_vec()));
    let view = record(Category::HeartRate, readings, SPAN, name);
    let rmssd = view.variability.as_ref().and_then(|v| v.rmssd.as_ref()).map(|s| s.mean.as_str());
    assert_eq!(rmssd, Some("50"));
    assert_eq!(screen.finish(name), view);
    let readings = vec![pressure(1000, 121, 80, Quality::default())];
    assert_eq!(record(Category::BloodPressure, readings, SPAN, name).variability, None);
}

#[test]
fn the_table_keeps_the_newest_rows_and_says_how_many_there_are() {
    let readings: Vec<_> = (0..700).map(|i| pressure(i * 1000, 120, 80, Quality::default())).collect();
    let outside = Span { from: 1_000_000, ..SPAN };
    assert_eq!(record(Category::BloodPressure, readings.clone(), outside, name).total, 0);
    let mut screen = Screen::new(Category::BloodPressure, SPAN);
    readings.chunks(300).for_each(|c| screen.take(c.to_vec()));
    let view = record(Category::BloodPressure, readings, SPAN, name);
    assert_eq!((view.total, view.rows.len(), view.rows[0].at), (700, MOST_ROWS, 699_000));
    assert_eq!(screen.finish(name), view);
}
