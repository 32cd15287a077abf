//! What the form holds by which somebody is let help.

use salus_wire::view::{FamilyRules, HelperLimits, HelperRole, NamedClinician};
use salus_wire::{Category, UnixMillis};

use crate::format::DAY;

/// Readings of the last 90 days and all that come.
const BACK: i64 = 90 * DAY;
/// A power lasts a year, and is then given again.
const YEAR: i64 = 365 * DAY;
/// What a steward permits for longer than this needs another helper's word, in days.
pub(super) const LONG_DAYS: u16 = 14;
/// Time to object after the last word, in hours.
pub(super) const VETO_HOURS: u16 = 24;

/// What the form holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    pub(super) steward: bool,
    pub(super) categories: Vec<Category>,
    pub(super) ordinary: Vec<Category>,
    pub(super) longest_days: u16,
    /// After so many days it rests until it was looked at; 0: not before its end.
    pub(super) review_days: u16,
    /// There is a paper that gives the power.
    pub(super) paper: bool,
    /// It begins only after two clinicians said that it may.
    pub(super) after_clinicians: bool,
    /// A steward permits only those.
    pub(super) only_named: bool,
    pub(super) clinicians: Vec<NamedClinician>,
}

impl Form {
    pub(super) fn new() -> Self {
        Self {
            steward: true,
            categories: Vec::new(),
            ordinary: Vec::new(),
            longest_days: 14,
            review_days: 0,
            paper: false,
            after_clinicians: false,
            only_named: false,
            clinicians: Vec::new(),
        }
    }

    pub(super) fn limits(&self, now: UnixMillis) -> HelperLimits {
        HelperLimits {
            role: if self.steward { HelperRole::Steward } else { HelperRole::Approver },
            categories: if self.steward { self.categories.clone() } else { Vec::new() },
            data_from: (now - BACK).max(0),
            longest_days: self.longest_days,
            begins: now,
            lapses: now + YEAR,
            review: (self.review_days > 0).then(|| now + i64::from(self.review_days) * DAY),
            after_clinicians: self.after_clinicians,
            only_named: self.limited(),
            clinicians: if self.limited() { self.clinicians.clone() } else { Vec::new() },
        }
    }

    /// What helpers need one another for, when this is the first.
    pub(super) fn rules(&self) -> FamilyRules {
        let ordinary = self.ordinary.iter().copied().filter(|c| self.categories.contains(c)).collect();
        FamilyRules { ordinary, long_days: LONG_DAYS, approvals: 1, veto_hours: VETO_HOURS, objector: None }
    }

    pub(super) fn complete(&self) -> bool {
        !self.steward || (!self.categories.is_empty() && (!self.only_named || !self.clinicians.is_empty()))
    }

    const fn limited(&self) -> bool {
        self.steward && self.only_named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn what_is_chosen_becomes_limits_and_rules() {
        let mut form = Form::new();
        assert!(!form.complete());
        form.categories = vec![Category::BloodPressure];
        form.ordinary = vec![Category::HeartRate, Category::BloodPressure];
        assert!(form.complete());
        assert_eq!(form.limits(NOW).categories, [Category::BloodPressure]);
        assert_eq!((form.limits(NOW).review, form.limits(NOW).after_clinicians), (None, false));
        assert!(Form { after_clinicians: true, ..form.clone() }.limits(NOW).after_clinicians);
        assert_eq!(form.rules().ordinary, [Category::BloodPressure], "only of what may be permitted at all");
        let limited = Form { only_named: true, ..form.clone() };
        assert!(!limited.complete(), "only those, and nobody is named");
        let ana = NamedClinician { key: "a".into(), name: "Dr Ana".into(), organisation: "-".into() };
        let limited = Form { clinicians: vec![ana.clone()], ..limited };
        assert!(limited.complete() && limited.limits(NOW).clinicians == [ana]);
        let anybody = Form { only_named: false, ..limited.clone() }.limits(NOW);
        assert!(
            !anybody.only_named && anybody.clinicians.is_empty(),
            "what was chosen before does not count"
        );
        let none = Form { steward: false, ..limited }.limits(NOW);
        assert!(!none.only_named && none.clinicians.is_empty());
        let approver = Form { steward: false, review_days: 90, ..form };
        assert!(approver.limits(NOW).categories.is_empty() && approver.complete());
        assert_eq!(approver.limits(NOW).review, Some(NOW + 90 * DAY));
    }
}
