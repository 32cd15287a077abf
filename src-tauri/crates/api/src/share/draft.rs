//! A draft of a permission, checked: whole epochs, possible times, each series once.

use std::collections::BTreeSet;

use salus_chain::contract::Ready;
use salus_chain::time::Epoch;
use salus_keeper::Scope;
use salus_sharing::days;
use salus_sharing::issue::Shares;
use salus_vault::summary::day_start;
use salus_wire::view::PermissionDraft;
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::condition;
use super::recipient::Recipient;

/// What is permitted, in whole epochs, or in whole days where only their summaries are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) categories: Vec<Category>,
    pub(super) scope: Scope,
    /// First instant inside the scope.
    pub(super) data_from: UnixMillis,
    /// First instant after it.
    pub(super) data_to: UnixMillis,
    pub(super) starts: UnixMillis,
    pub(super) ends: UnixMillis,
    /// When it may be opened in between.
    pub(super) contract: Option<Ready>,
}

impl Draft {
    /// Checks a draft; `longest` is the longest permission that the members take.
    pub(super) fn check(draft: &PermissionDraft, now: UnixMillis, longest: i64) -> Result<Self, Failure> {
        let bad = |field: &str| Failure::with(ErrorCode::BadRequest, field);
        let categories: BTreeSet<_> = draft.categories.iter().copied().collect();
        if categories.is_empty() || categories.len() != draft.categories.len() {
            return Err(bad("categories"));
        }
        let possible = 0..=Epoch(salus_chain::time::EPOCH_COUNT - 1).end();
        let times = [draft.data_from, draft.data_to, draft.starts, draft.ends];
        if times.iter().any(|t| !possible.contains(t)) || draft.data_from >= draft.data_to {
            return Err(bad("data_to"));
        }
        if draft.ends <= draft.starts.max(now) || draft.ends - draft.starts > longest {
            return Err(bad("ends"));
        }
        let contract = condition::contract(draft.condition).map_err(|()| bad("condition"))?;
        if !condition::possible(draft.condition, draft.starts, draft.ends, now) {
            return Err(bad("condition"));
        }
        let daily = contract.is_some_and(|ready| ready.gives_days());
        let whole = if daily { whole_days(draft) } else { whole_epochs(draft) };
        let (scope, data_from, data_to) = whole.ok_or_else(|| bad("data_to"))?;
        Ok(Self {
            categories: categories.into_iter().collect(),
            scope,
            data_from,
            data_to,
            starts: draft.starts,
            ends: draft.ends,
            contract,
        })
    }

    /// Under the contract of whom it is for: those on duty have one, and take no other.
    pub(super) fn given_to(self, recipient: &Recipient) -> Result<Self, Failure> {
        match recipient.group() {
            None => Ok(self),
            Some(_) if self.contract.is_some() => Err(Failure::with(ErrorCode::BadRequest, "condition")),
            Some(group) => Ok(Self { contract: group.contract(), ..self }),
        }
    }

    /// What it gives.
    pub(super) fn shares(&self) -> Shares {
        if !self.contract.is_some_and(|ready| ready.gives_days()) {
            return Shares::Readings;
        }
        match days::days(self.data_from, self.data_to) {
            Some(days) => Shares::Days { first: *days.start(), last: *days.end() },
            // It was checked that there are some. Nothing can be given of none.
            None => Shares::Days { first: 1, last: 0 },
        }
    }

    /// The contract's text; empty without one.
    pub(super) fn policy(&self) -> String {
        // It was checked that it has one.
        self.contract.as_ref().and_then(|ready| ready.text().ok()).unwrap_or_default()
    }
}

fn whole_epochs(draft: &PermissionDraft) -> Option<(Scope, UnixMillis, UnixMillis)> {
    let (first, last) = (Epoch::at(draft.data_from), Epoch::at(draft.data_to - 1));
    Some((Scope::new(first.0, last.0).ok()?, first.start(), last.end()))
}

fn whole_days(draft: &PermissionDraft) -> Option<(Scope, UnixMillis, UnixMillis)> {
    let days = days::days(draft.data_from, draft.data_to)?;
    Some((days::scope(&days)?, day_start(*days.start()), day_start(days.end().checked_add(1)?)))
}

#[cfg(test)]
mod tests {
    use salus_wire::view::Condition;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;
    const DAY: i64 = 86_400_000;

    fn draft() -> PermissionDraft {
        PermissionDraft {
            code: String::new(),
            categories: vec![Category::BloodPressure, Category::HeartRate],
            data_from: NOW - DAY,
            data_to: NOW + DAY,
            starts: NOW,
            ends: NOW + DAY,
            condition: Condition::Whenever,
        }
    }

    #[test]
    fn the_data_window_is_whole_epochs_around_what_was_asked() {
        let checked = Draft::check(&draft(), NOW, 30 * DAY).unwrap();
        assert!(checked.data_from <= NOW - DAY && checked.data_to >= NOW + DAY);
        assert!(checked.data_to - checked.data_from < 2 * DAY + 2 * 4_096_000);
        assert_eq!(Epoch::at(checked.data_from).0, checked.scope.first_epoch);
        assert_eq!(checked.categories, [Category::HeartRate, Category::BloodPressure]);
    }

    #[test]
    fn of_daily_summaries_the_data_window_is_whole_days_and_its_epochs_theirs() {
        let draft = PermissionDraft { condition: Condition::DailySummaries, ..draft() };
        let checked = Draft::check(&draft, NOW, 30 * DAY).unwrap();
        // NOW is of day 20775.
        assert_eq!((checked.data_from, checked.data_to), (20_774 * DAY, 20_777 * DAY));
        assert_eq!(checked.shares(), Shares::Days { first: 20_774, last: 20_776 });
        assert_eq!(Some(checked.scope), days::scope(&(20_774..=20_776)));
        assert!(!checked.policy().is_empty());
        let hours = Condition::DailyHours { from: 480, to: 720, utc_offset_minutes: 60 };
        for condition in [hours, Condition::DailyTwoPersons] {
            let both = Draft::check(&PermissionDraft { condition, ..draft.clone() }, NOW, 30 * DAY).unwrap();
            assert_eq!((both.shares(), both.scope), (checked.shares(), checked.scope));
        }
        let readings = PermissionDraft { condition: Condition::TwoPersons, ..draft };
        assert_eq!(Draft::check(&readings, NOW, 30 * DAY).unwrap().shares(), Shares::Readings);
    }

    #[test]
    fn those_on_duty_have_a_contract_of_their_own_and_take_no_other() {
        let night = salus_chain::duty::DutyGroup::new(2, "Night").unwrap();
        let night = Recipient::Group(night);
        let given = Draft::check(&draft(), NOW, 30 * DAY).unwrap().given_to(&night).unwrap();
        assert_eq!(given.contract, Some(Ready::OnDuty { member: 2 }));
        for condition in [Condition::TwoPersons, Condition::DailySummaries] {
            let draft = PermissionDraft { condition, ..draft() };
            let draft = Draft::check(&draft, NOW, 30 * DAY).unwrap();
            assert_eq!(draft.given_to(&night).unwrap_err().code, ErrorCode::BadRequest);
        }
    }

    #[test]
    fn impossible_drafts_are_refused() {
        let ok = draft();
        let heart = Category::HeartRate;
        for bad in [
            PermissionDraft { categories: vec![], ..ok.clone() },
            PermissionDraft { categories: vec![heart, heart], ..ok.clone() },
            PermissionDraft { data_to: ok.data_from, ..ok.clone() },
            PermissionDraft { data_from: -1, ..ok.clone() },
            PermissionDraft { data_to: i64::MAX, ..ok.clone() },
            PermissionDraft { ends: ok.starts, ..ok.clone() },
            PermissionDraft { starts: NOW - 2 * DAY, ends: NOW - DAY, ..ok.clone() },
            PermissionDraft { ends: NOW + 31 * DAY, ..ok.clone() },
            PermissionDraft { condition: Condition::Other, ..ok.clone() },
            PermissionDraft { condition: Condition::Appointment { at: NOW + 2 * DAY }, ..ok.clone() },
        ] {
            assert_eq!(Draft::check(&bad, NOW, 30 * DAY).unwrap_err().code, ErrorCode::BadRequest);
        }
    }
}
