//! What the page shows: made up, the same on every day and every machine.

use salus_ui::state::{Progress, Shared};
use salus_wire::view::{
    AppView, AskedView, ChartView, ClinicianView, ColumnView, Compared, CoveredDayView, DayView,
    EmergencyAct, EmergencyReason, EmergencyUseView, LineView, LinkView, MeasuredView, MiddleView, NewKeys,
    PermissionState, PermissionView, ProofView, ProvenanceView, Purpose, ReadingView, RecordView, SaidView,
    SettingsView, StandingView, SummaryView, Theme, TimeView, TrendLineView, TrendSpan, TrendView,
    Unconfirmed, ValueView, Verdict,
};
use salus_wire::{Category, GrantId, Quality, Quantity, UnixMillis};

/// The page's clock stands at 2026-11-18, 13:30 UTC.
pub(crate) const NOW: UnixMillis = 1_795_008_600_000;
const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
pub(crate) const MIDNIGHT: UnixMillis = NOW - 13 * HOUR - 30 * MINUTE;
/// Long work whose length is known.
pub(crate) const KNOWN_WORK: &str = "verify_record";

/// What every part asks for; nobody is there, and nothing is locked.
pub(crate) fn shared() -> Shared {
    let begun = Shared::default();
    let settings = SettingsView { theme: Theme::Light, ..begun.settings.clone() };
    let app = AppView {
        profile: None,
        locked: false,
        settings: settings.clone(),
        now: NOW,
        utc_offset_minutes: 0,
        test_clock: false,
        standing: StandingView::Sound,
        damaged: false,
        receiving: false,
        stopped: Vec::new(),
        first_run: None,
        desktop_colours: None,
    };
    let progress = Progress { work: KNOWN_WORK.into(), done: 3, total: 8 };
    Shared { app: Some(app), settings, progress: Some(progress), ..begun }
}

pub(crate) fn clinician() -> ClinicianView {
    let asks = AskedView {
        purpose: Purpose::FollowUp,
        words: "After your visit on Monday.".into(),
        categories: vec![Category::HeartRate, Category::BloodPressure],
        days_back: 30,
        days_ahead: 14,
        lasts_days: 14,
    };
    ClinicianView {
        name: "Dr Ines Clarke".into(),
        organisation: "Heart Clinic".into(),
        attested_by: "St Anne's Hospital".into(),
        proven_at_height: "42".into(),
        asks: Some(asks),
        on_duty: false,
    }
}

pub(crate) fn proof() -> ProofView {
    ProofView {
        height: "42".into(),
        block: "5f1e07c25f1e07c25f1e07c25f1e07c25f1e07c25f1e07c25f1e07c25f1e07c2".into(),
        time: NOW - HOUR,
        signed_by: ["St Anne's Hospital", "Riverside Clinic", "Patients' Association"]
            .map(str::to_owned)
            .into(),
    }
}

fn reading(at: UnixMillis, values: &[(Quantity, &str)], quality: u16) -> ReadingView {
    let value =
        |(quantity, value): &(Quantity, &str)| ValueView { quantity: *quantity, value: (*value).into() };
    let measured = MeasuredView {
        model: Some("Example, BPM-2".into()),
        firmware: Some("1.0".into()),
        link: LinkView::Encrypted,
        time: TimeView::Device,
        backfilled: false,
        arrived: at + 2_000,
        typed: false,
    };
    ReadingView {
        at,
        values: values.iter().map(value).collect(),
        quality: Quality(quality),
        device: "Example Cuff".into(),
        note: None,
        provenance: ProvenanceView::Measured(measured),
    }
}

fn summary(quantity: Quantity, count: u32, min: &str, mean: &str, max: &str) -> SummaryView {
    SummaryView { quantity, count, min: min.into(), mean: mean.into(), max: max.into(), coverage: 61 }
}

fn line(quantity: Quantity, runs: Vec<Vec<(UnixMillis, f64, f64)>>) -> LineView {
    let column = |(at, min, max): (UnixMillis, f64, f64)| ColumnView { at, min, max, last: max };
    let runs = runs.into_iter().map(|run| run.into_iter().map(column).collect()).collect();
    LineView { quantity, runs }
}

fn chart((low, high): (f64, f64), value_ticks: &[f64], lines: Vec<LineView>) -> ChartView {
    let time_ticks = (0..=8).map(|i| MIDNIGHT + i * 3 * HOUR).collect();
    ChartView {
        from: MIDNIGHT,
        to: MIDNIGHT + DAY,
        low,
        high,
        value_ticks: value_ticks.to_vec(),
        time_ticks,
        lines,
    }
}

fn record(category: Category, chart: ChartView, rows: Vec<ReadingView>) -> RecordView {
    RecordView {
        category,
        latest: rows.first().cloned(),
        summary: Vec::new(),
        chart,
        total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        rows,
        variability: None,
        summed: None,
        damaged: 0,
        days: Vec::new(),
    }
}

/// Two lines that belong together; one of the readings is doubted.
pub(crate) fn pressures() -> RecordView {
    use Quantity::{Diastolic, Systolic};
    let at = [MIDNIGHT + 7 * HOUR, MIDNIGHT + 10 * HOUR, MIDNIGHT + 13 * HOUR];
    let rows = vec![
        reading(at[2], &[(Systolic, "128"), (Diastolic, "79")], 0),
        reading(at[1], &[(Systolic, "141"), (Diastolic, "88")], Quality::IRREGULAR_PULSE),
        reading(at[0], &[(Systolic, "133"), (Diastolic, "83")], 0),
    ];
    let of = |values: [f64; 3]| -> Vec<Vec<(UnixMillis, f64, f64)>> {
        at.into_iter().zip(values).map(|(at, v)| vec![(at, v, v)]).collect()
    };
    let lines = vec![line(Systolic, of([133.0, 141.0, 128.0])), line(Diastolic, of([83.0, 88.0, 79.0]))];
    let picture = chart((60.0, 160.0), &[60.0, 80.0, 100.0, 120.0, 140.0, 160.0], lines);
    RecordView {
        summary: vec![summary(Systolic, 3, "128", "134", "141"), summary(Diastolic, 3, "79", "83", "88")],
        ..record(Category::BloodPressure, picture, rows)
    }
}

/// A strap that was taken off twice.
pub(crate) fn gaps() -> RecordView {
    let beats = |from: i64, to: i64| -> Vec<(UnixMillis, f64, f64)> {
        // A slow wave, so that the picture is one; the arithmetic is of whole numbers, for the same picture everywhere.
        let wave = |i: i64| f64::from(i32::try_from(58 + (i * 7) % 23).unwrap_or(60));
        (from..to).map(|i| (MIDNIGHT + i * 5 * MINUTE, wave(i), wave(i) + 6.0)).collect()
    };
    let lines = vec![line(Quantity::HeartRate, vec![beats(6, 60), beats(84, 120), beats(130, 160)])];
    let rows = vec![reading(NOW - 10 * MINUTE, &[(Quantity::HeartRate, "72")], 0)];
    RecordView {
        summary: vec![summary(Quantity::HeartRate, 9_412, "58", "68", "86")],
        total: 9_412,
        ..record(
            Category::HeartRate,
            chart((50.0, 100.0), &[50.0, 60.0, 70.0, 80.0, 90.0, 100.0], lines),
            rows,
        )
    }
}

/// A strap that was worn all day: more values than there is room for a line.
pub(crate) fn dense() -> RecordView {
    let low = |i: i64| f64::from(i32::try_from(58 + (i * 7) % 23).unwrap_or(60));
    let more = |i: i64| f64::from(i32::try_from((i * 11) % 37).unwrap_or(6));
    let beats = (0..720).map(|i| (MIDNIGHT + i * 2 * MINUTE, low(i), low(i) + more(i))).collect();
    let lines = vec![line(Quantity::HeartRate, vec![beats])];
    let rows = vec![reading(NOW - 10 * MINUTE, &[(Quantity::HeartRate, "72")], 0)];
    RecordView {
        summary: vec![summary(Quantity::HeartRate, 86_400, "58", "81", "116")],
        total: 86_400,
        ..record(Category::HeartRate, chart((40.0, 120.0), &[40.0, 60.0, 80.0, 100.0, 120.0], lines), rows)
    }
}

/// No line can be drawn through it.
pub(crate) fn one() -> RecordView {
    let at = MIDNIGHT + 6 * HOUR;
    let lines = vec![line(Quantity::BodyWeight, vec![vec![(at, 72.5, 72.5)]])];
    let rows = vec![reading(at, &[(Quantity::BodyWeight, "72.5")], 0)];
    RecordView {
        summary: vec![summary(Quantity::BodyWeight, 1, "72.5", "72.5", "72.5")],
        ..record(Category::BodyWeight, chart((70.0, 75.0), &[70.0, 72.5, 75.0], lines), rows)
    }
}

pub(crate) fn nothing() -> RecordView {
    record(Category::Glucose, chart((70.0, 180.0), &[70.0, 180.0], Vec::new()), Vec::new())
}

pub(crate) fn damaged() -> RecordView {
    RecordView { damaged: 2, ..pressures() }
}

/// Summaries of days, and no reading.
pub(crate) fn days() -> RecordView {
    let day = |ago: i64, count, min: &str, mean: &str, max: &str| DayView {
        start: MIDNIGHT - ago * DAY,
        quantity: Quantity::HeartRate,
        count,
        min: min.into(),
        mean: Some(mean.into()),
        max: max.into(),
        coverage: 61,
    };
    let days = vec![day(1, 4_210, "55", "67", "121"), day(2, 3_992, "56", "69", "118")];
    let runs = vec![vec![(MIDNIGHT, 55.0, 121.0), (MIDNIGHT + 12 * HOUR, 56.0, 118.0)]];
    let picture =
        chart((50.0, 130.0), &[50.0, 70.0, 90.0, 110.0, 130.0], vec![line(Quantity::HeartRate, runs)]);
    RecordView {
        summary: vec![summary(Quantity::HeartRate, 8_202, "55", "68", "121")],
        total: 2,
        days,
        ..record(Category::HeartRate, picture, Vec::new())
    }
}

/// Of a week: as many values, and minutes that hold one, as each day has.
fn week_of(days: [(u32, u32); 7]) -> Vec<CoveredDayView> {
    let day = |(ago, (count, minutes)): (i64, (u32, u32))| CoveredDayView {
        start: MIDNIGHT - ago * DAY,
        count,
        minutes,
        of: if ago == 0 { 810 } else { 1_440 },
    };
    (0..).zip(days).map(day).collect()
}

fn trend_of(
    category: Category,
    lines: &[(Quantity, &str, [&str; 3])],
    span: TrendSpan,
    compared: Option<Compared>,
    week: Vec<CoveredDayView>,
) -> TrendView {
    let line = |(quantity, value, [low, median, high]): &(Quantity, &str, [&str; 3])| TrendLineView {
        quantity: *quantity,
        value: compared.map(|_| (*value).to_owned()),
        count: 3,
        usual: Some(MiddleView { low: (*low).into(), median: (*median).into(), high: (*high).into() }),
        days: 21,
    };
    let begins = Some(NOW - 60 * DAY);
    TrendView { category, span, lines: lines.iter().map(line).collect(), compared, week, begins, damaged: 0 }
}

/// Pressures, with enough earlier days to compare with.
pub(crate) fn usual(span: TrendSpan, compared: Option<Compared>) -> TrendView {
    use Quantity::{Diastolic, Systolic};
    let lines = [(Systolic, "128", ["124", "128", "131"]), (Diastolic, "79", ["76", "79", "82"])];
    let week = week_of([(3, 3), (4, 4), (0, 0), (2, 2), (1, 1), (0, 0), (4, 4)]);
    trend_of(Category::BloodPressure, &lines, span, compared, week)
}

/// The same, of a record that began a few days ago.
pub(crate) fn few() -> TrendView {
    let mut view = usual(TrendSpan::Today, None);
    for line in &mut view.lines {
        (line.usual, line.days) = (None, 3);
    }
    view
}

/// A sensor that is worn: how much of each day it covers.
pub(crate) fn worn() -> TrendView {
    let week = week_of([(9_412, 494), (51_200, 1_002), (0, 0), (70_000, 1_440), (12, 1), (800, 41), (0, 0)]);
    let lines = [(Quantity::HeartRate, "68", ["64", "69", "75"])];
    trend_of(Category::HeartRate, &lines, TrendSpan::Today, Some(Compared::Usual), week)
}

/// A permission that runs.
pub(crate) fn permission(category: Category, unconfirmed: Option<Unconfirmed>) -> PermissionView {
    PermissionView {
        id: GrantId([1; 32]),
        clinician: clinician(),
        categories: vec![category],
        data_from: NOW - 14 * DAY,
        data_to: NOW + 7 * DAY,
        starts: NOW - DAY,
        ends: NOW + 14 * DAY,
        condition: None,
        state: PermissionState::Active,
        members_holding: 4,
        members_erased: 0,
        members: 4,
        openings: 2,
        proof: Some(proof()),
        unconfirmed,
        emergency: None,
        new_keys: NewKeys::None,
    }
}

/// Something that happened with an emergency card; a clinician answers for it, or nobody does.
pub(crate) fn emergency(act: EmergencyAct, is_answered: bool) -> EmergencyUseView {
    EmergencyUseView {
        permission: GrantId([2; 32]),
        id: "5f1e07c2".repeat(8),
        act,
        at: NOW - HOUR,
        reason: Some(EmergencyReason::Unconscious),
        attested_by: is_answered.then(|| "St Anne's Hospital".to_owned()),
        clinician_key: is_answered.then(|| "7ba0".repeat(16)),
        second_by: is_answered.then(|| "Riverside Clinic".to_owned()),
        verdict: None,
        helpers: Vec::new(),
        proof: proof(),
    }
}

/// What a helper said to it; `you` when that is who looks.
pub(crate) fn helper(name: &str, you: bool, verdict: Verdict) -> SaidView {
    SaidView { key: "9c01".repeat(16), name: name.into(), you, verdict, at: NOW - HOUR / 2 }
}
