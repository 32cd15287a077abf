//! A day's heart rate variability against the person's own days before.

use salus_insight::clinical::Date;
use salus_wire::UnixMillis;
use salus_wire::view::{BeatKind, Outcome, VariabilityTrendView};

use super::Said;
use super::lacks::list;
use crate::words::{Words, t};

/// Milliseconds of a day; some are an hour longer or shorter.
const DAY: i64 = 86_400_000;

pub(super) fn said(w: &Words, view: &VariabilityTrendView, on: Date) -> Said {
    let when = t!(w, "clinical-on-date", date = w.date(on));
    let value = view.day.rmssd;
    let (sentence, no_usual) = match &view.usual {
        Outcome::Enough(usual) => {
            let sentence = t!(
                w,
                "clinical-beats-own-days",
                when = when,
                value = value,
                median = usual.median,
                low = usual.low,
                high = usual.high,
                days = usual.days
            );
            (sentence, None)
        }
        Outcome::NotEnough(short) => {
            let why = t!(w, "clinical-no-usual", there = list(w, short));
            (t!(w, "clinical-beats-alone", when = when, value = value), Some(why))
        }
    };
    let kind = match view.kind {
        BeatKind::Heart => {
            t!(w, "clinical-beats-heart", minutes = view.window_minutes, least = view.least_valid)
        }
        BeatKind::Pulse => {
            t!(w, "clinical-beats-pulse", minutes = view.window_minutes, least = view.least_valid)
        }
    };
    let mut more =
        vec![kind, t!(w, "clinical-beats-windows", n = view.day.windows, percent = view.day.rejected)];
    if !view.device.is_empty() {
        more.push(t!(w, "clinical-beats-device", device = view.device.clone()));
    }
    if view.other_devices > 0 {
        more.push(t!(w, "clinical-beats-others", n = view.other_devices));
    }
    more.extend(no_usual);
    more.extend(match &view.whole_day {
        Outcome::Enough(day) => on.before(days(day.start, view.day.start)).map(|date| {
            t!(w, "clinical-sdnn", value = day.sdnn, date = w.date(date), percent = day.rejected)
        }),
        Outcome::NotEnough(short) => Some(t!(w, "clinical-no-sdnn", there = list(w, short))),
    });
    Said { sentence, more }
}

/// How many days one midnight lies before another.
const fn days(one: UnixMillis, other: UnixMillis) -> i64 {
    other.saturating_sub(one).saturating_add(DAY / 2).div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{DayVariabilityView, Lack, LackView, ReportLanguage, ShortView, WholeDayView};

    use super::*;
    use crate::content::tests::date;
    use crate::words::plain;

    const HOUR: i64 = 3_600_000;

    fn trend(kind: BeatKind, whole_day: Outcome<WholeDayView>) -> VariabilityTrendView {
        let lacks = vec![LackView { what: Lack::EarlierDays, have: 6, need: 7 }];
        VariabilityTrendView {
            kind,
            device: "Chest strap".into(),
            other_devices: 0,
            window_minutes: 5,
            least_valid: 80,
            day: DayVariabilityView { start: 30 * DAY, rmssd: 42, windows: 3, rejected: 2 },
            usual: Outcome::NotEnough(ShortView { from: 0, to: 1, lacks }),
            whole_day,
            days: Vec::new(),
        }
    }

    /// Task Force (1996): how long was recorded stands beside the figure. 6-desktop.md: with window and device.
    #[test]
    fn a_figure_has_its_unit_its_window_its_device_and_what_was_left_out() {
        let whole = Outcome::Enough(WholeDayView { start: 29 * DAY + HOUR, sdnn: 131, rejected: 4 });
        let on = date(11, 18);
        let en = Words::of(ReportLanguage::English);
        let all = said(&en, &trend(BeatKind::Heart, whole.clone()), on);
        assert_eq!(plain(&all.sentence), "Beat-to-beat variability (RMSSD) on 18 November 2026: 42 ms.");
        let more = plain(&all.more.join(" "));
        for words in [
            "RMSSD of heartbeats, mean of windows of 5 minutes of which at least 80 % can be used.",
            "3 windows; 2 % of the intervals were left out as artefacts.",
            "Measured by Chest strap.",
            "What is usual cannot be said yet: there are 6 of 7 earlier days with readings.",
            "SDNN over 24 hours (at least 18 of them used, the night among them), 17 November 2026: 131 ms;",
        ] {
            assert!(more.contains(words), "{words:?} in {more}");
        }
        let pulse = said(&en, &trend(BeatKind::Pulse, whole.clone()), on);
        assert!(plain(&pulse.more.join(" ")).contains("pulse waves (optical sensor)"));
        let ar = said(&Words::of(ReportLanguage::Arabic), &trend(BeatKind::Heart, whole), on);
        let more = plain(&ar.more.join(" "));
        assert!(["Chest strap", "SDNN", "131", "17"].iter().all(|s| more.contains(s)), "{more}");
    }

    #[test]
    fn too_few_hours_are_a_sentence_and_no_number() {
        let lacks = vec![LackView { what: Lack::NightHours, have: 3, need: 5 }];
        let short = Outcome::NotEnough(ShortView { from: 0, to: 1, lacks });
        let all = said(&Words::of(ReportLanguage::English), &trend(BeatKind::Heart, short), date(11, 18));
        let more = plain(&all.more.join(" "));
        let words = "Not enough heartbeats for an SDNN over 24 hours: there are 3 of 5 hours of heartbeats between midnight \
                     and six in the morning.";
        assert!(more.contains(words), "{more}");
    }

    #[test]
    fn a_day_of_another_length_is_one_day() {
        assert_eq!([23, 24, 25, 47, 49, 0].map(|h| days(0, h * HOUR)), [1, 1, 1, 2, 2, 0]);
    }
}
