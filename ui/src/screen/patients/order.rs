//! Searching and sorting the list of patients, apart from drawing.

use core::cmp::Ordering;

use salus_wire::UnixMillis;
use salus_wire::view::{PatientView, PermissionState, Standing};

use crate::t;
use crate::words::Words;

/// What to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The name.
    Patient,
    /// The newest reading.
    Last,
    /// Days with a reading, of those in the window.
    Coverage,
    /// How many categories are out of range.
    Range,
    /// Time left.
    Left,
}

impl Column {
    pub(super) const ALL: [Self; 5] = [Self::Patient, Self::Last, Self::Coverage, Self::Range, Self::Left];

    /// The order that is of use first: names from the first letter, the least time left, otherwise the most.
    const fn descends_first(self) -> bool {
        matches!(self, Self::Last | Self::Range)
    }
}

/// By what, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorting {
    pub(super) by: Column,
    descends: bool,
}

impl Default for Sorting {
    fn default() -> Self {
        Self { by: Column::Patient, descends: false }
    }
}

impl Sorting {
    /// After a press on a column's head.
    pub(super) fn pressed(self, column: Column) -> Self {
        let descends = if self.by == column { !self.descends } else { column.descends_first() };
        Self { by: column, descends }
    }

    /// As `aria-sort` says it.
    pub(super) fn aria(self, column: Column) -> &'static str {
        match (self.by == column, self.descends) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    /// Beside the words, for eyes.
    pub(super) fn arrow(self, column: Column) -> &'static str {
        match (self.by == column, self.descends) {
            (false, _) => "\u{2195}",
            (true, false) => "\u{2191}",
            (true, true) => "\u{2193}",
        }
    }

    /// The order in words.
    pub(super) fn word(self, w: &Words) -> String {
        match (self.by, self.descends) {
            (Column::Patient, false) => t!(w, "patients-a-to-z"),
            (Column::Patient, true) => t!(w, "patients-z-to-a"),
            (Column::Last, false) => t!(w, "patients-oldest"),
            (Column::Last, true) => t!(w, "patients-newest"),
            (Column::Coverage | Column::Range | Column::Left, false) => t!(w, "patients-ascending"),
            (Column::Coverage | Column::Range | Column::Left, true) => t!(w, "patients-descending"),
        }
    }
}

/// True when every word of a search is in something that is said of a permission: its name, note, category or flag.
pub(super) fn matches(w: &Words, p: &PatientView, search: &str) -> bool {
    let s = &p.shared;
    let flag = if p.flagged { t!(w, "flag-set") } else { String::new() };
    let said =
        format!("{} {} {} {flag}", s.patient, s.note, w.categories_first(&s.categories)).to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| said.contains(word))
}

/// In order. What is not known stands last, whichever way; equal ones stay by name.
pub(super) fn sorted(mut all: Vec<PatientView>, sorting: Sorting, now: UnixMillis) -> Vec<PatientView> {
    all.sort_by(|a, b| {
        let order = match sorting.by {
            Column::Patient => turned(name(a).cmp(&name(b)), sorting),
            Column::Last => by(newest(a), newest(b), sorting),
            Column::Coverage => by(coverage(a), coverage(b), sorting),
            Column::Range => by(out_of_range(a), out_of_range(b), sorting),
            Column::Left => by(left(a, now), left(b, now), sorting),
        };
        order.then_with(|| name(a).cmp(&name(b))).then_with(|| a.shared.id.cmp(&b.shared.id))
    });
    all
}

fn turned(order: Ordering, sorting: Sorting) -> Ordering {
    if sorting.descends { order.reverse() } else { order }
}

fn by<K: Ord>(a: Option<K>, b: Option<K>, sorting: Sorting) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(&b), sorting),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn name(p: &PatientView) -> String {
    p.shared.patient.to_lowercase()
}

fn newest(p: &PatientView) -> Option<UnixMillis> {
    p.glimpse.as_ref()?.last
}

/// Parts of ten thousand of the days.
fn coverage(p: &PatientView) -> Option<u32> {
    let g = p.glimpse.as_ref()?;
    (u32::from(g.days) * 10_000).checked_div(u32::from(g.of_days))
}

fn out_of_range(p: &PatientView) -> Option<usize> {
    let g = p.glimpse.as_ref()?;
    let out = g.ranges.iter().filter(|r| r.standing != Standing::Within).count();
    (!g.ranges.is_empty()).then_some(out)
}

/// Time left; nothing of what is over.
fn left(p: &PatientView, now: UnixMillis) -> Option<i64> {
    let over = matches!(p.shared.state, PermissionState::Ended | PermissionState::Stopped);
    (!over).then(|| p.shared.ends.saturating_sub(now))
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{RangeRule, RangeView};
    use salus_wire::{Category, Quantity};

    use super::super::samples::{NOW, glimpse, patient};
    use super::*;
    use crate::format::DAY;

    fn names(all: &[PatientView]) -> Vec<&str> {
        all.iter().map(|p| p.shared.patient.as_str()).collect()
    }

    fn range(standing: Standing) -> RangeView {
        RangeView {
            category: Category::HeartRate,
            quantity: Quantity::HeartRate,
            rule: RangeRule::OwnUsual,
            standing,
            value: "82".into(),
            range: "61\u{2013}70".into(),
        }
    }

    fn three() -> Vec<PatientView> {
        let mut anna = patient(1, "anna", NOW + 9 * DAY, false);
        anna.glimpse = Some(glimpse(Some(NOW - DAY), 3, 14, vec![range(Standing::Above)]));
        let bert = patient(2, "Bert", NOW + DAY, true);
        let mut clara = patient(3, "Clara", NOW + 5 * DAY, false);
        clara.glimpse = Some(glimpse(Some(NOW), 6, 7, vec![range(Standing::Within)]));
        vec![clara, bert, anna]
    }

    #[test]
    fn a_press_sorts_and_another_one_turns_the_order_around() {
        let by_name = Sorting::default();
        assert_eq!(names(&sorted(three(), by_name, NOW)), ["anna", "Bert", "Clara"]);
        let turned = by_name.pressed(Column::Patient);
        assert_eq!(names(&sorted(three(), turned, NOW)), ["Clara", "Bert", "anna"]);
        let left = turned.pressed(Column::Left);
        assert_eq!(
            names(&sorted(three(), left, NOW)),
            ["Bert", "Clara", "anna"],
            "the least time left first"
        );
        assert_eq!((left.aria(Column::Left), left.aria(Column::Patient)), ("ascending", "none"));
        assert_eq!(left.pressed(Column::Left).aria(Column::Left), "descending");
    }

    #[test]
    fn what_is_not_known_stands_last_whichever_way() {
        for column in [Column::Last, Column::Coverage, Column::Range] {
            let one = Sorting::default().pressed(column);
            let other = one.pressed(column);
            let (one, other) = (sorted(three(), one, NOW), sorted(three(), other, NOW));
            assert_eq!((names(&one)[2], names(&other)[2]), ("Bert", "Bert"), "{column:?}");
            assert_ne!(names(&one)[0], names(&other)[0], "{column:?}");
        }
        let newest = Sorting::default().pressed(Column::Last);
        assert_eq!(names(&sorted(three(), newest, NOW))[0], "Clara");
        let out = Sorting::default().pressed(Column::Range);
        assert_eq!(names(&sorted(three(), out, NOW))[0], "anna");
        let covered = Sorting::default().pressed(Column::Coverage);
        assert_eq!(names(&sorted(three(), covered, NOW))[0], "anna", "3 of 14 before 6 of 7");
    }

    #[test]
    fn a_search_finds_every_word_in_whatever_is_said() {
        let w = Words::of("en");
        let mut maria = patient(1, "Maria Example", NOW, true);
        maria.shared.note = "Room 12".into();
        for found in ["", "  ", "maria", "EXAMPLE maria", "room 12", "blood", "flagged", "12 exa"] {
            assert!(matches(&w, &maria, found), "{found}");
        }
        for not in ["bert", "maria bert", "room 13"] {
            assert!(!matches(&w, &maria, not), "{not}");
        }
        maria.flagged = false;
        assert!(!matches(&w, &maria, "flagged"));
    }

    #[test]
    fn equal_ones_keep_a_fixed_order() {
        let same: Vec<PatientView> = (0..9).rev().map(|n| patient(n, "Same", NOW, false)).collect();
        let ids: Vec<u8> = sorted(same, Sorting::default(), NOW).iter().map(|p| p.shared.id.0[0]).collect();
        assert_eq!(ids, (0..9).collect::<Vec<u8>>());
    }
}
