//! When a summary is asked for anew.

use salus_wire::view::{ChartView, ProvenanceView, ReadingView};
use salus_wire::{Category, Quality};

use super::*;

fn record(category: Category, at: UnixMillis, total: u32) -> RecordView {
    let chart = ChartView {
        from: 0,
        to: 1,
        low: 0.0,
        high: 1.0,
        value_ticks: vec![],
        time_ticks: vec![],
        lines: vec![],
    };
    let latest = ReadingView {
        at,
        values: vec![],
        quality: Quality::default(),
        device: String::new(),
        note: None,
        provenance: ProvenanceView::Imported { entered: 0 },
    };
    RecordView {
        category,
        latest: Some(latest),
        summary: vec![],
        chart,
        rows: vec![],
        total,
        variability: None,
        summed: None,
        damaged: 0,
        days: vec![],
    }
}

#[test]
fn a_month_of_heartbeats_is_not_asked_for_at_every_beat() {
    let now = 1_795_000_200_000;
    let of = |category, at, total| beat(&record(category, at, total));
    let start = of(Category::HeartRate, now, 10);
    assert_eq!(of(Category::HeartRate, now + MINUTE, 70), start);
    assert_ne!(of(Category::HeartRate, now + BEATS_EVERY, 70), start);
    // A pressure that was typed, or taken back, is in the week at once.
    let start = of(Category::BloodPressure, now, 10);
    assert_ne!(of(Category::BloodPressure, now + MINUTE, 11), start);
    assert_ne!(of(Category::BloodPressure, now, 9), start);
}

#[test]
fn every_category_with_a_convention_is_asked_about() {
    let asked: Vec<Category> = Category::ALL.iter().copied().filter(|c| sums_up(*c)).collect();
    assert_eq!(asked, [Category::HeartRate, Category::BloodPressure, Category::Glucose]);
    assert_eq!(Category::ALL.iter().filter(|c| is_vital(**c)).count(), 5);
}
