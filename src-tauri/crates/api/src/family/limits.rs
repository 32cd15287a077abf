//! What a helper may do, checked, and as the ledger holds it.

use std::collections::BTreeSet;

use salus_chain::circle::{ATTESTATIONS, Beginning, CircleRecord, MAX_DELEGATES, MAX_VETO_MS, Role, Seated};
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_chain::time::{EPOCH_COUNT, Epoch};
use salus_sharing::circle::{Power, Rules};
use salus_wire::view::{FamilyRules, HelperLimits, HelperRole, PowerState};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

/// Clinicians whom one steward is limited to at most: each is named in the question before it, which is read.
const MOST_NAMED: usize = 16;

/// Milliseconds in a day.
pub(super) const DAY: i64 = 86_400_000;
/// Milliseconds in an hour.
const HOUR: i64 = 3_600_000;

/// The rules of a circle whose person said nothing else: nothing is ordinary, a day to object.
pub(super) fn usual() -> FamilyRules {
    FamilyRules { ordinary: Vec::new(), long_days: 14, approvals: 1, veto_hours: 24, objector: None }
}

fn bad(field: &str) -> Failure {
    Failure::with(ErrorCode::BadRequest, field)
}

fn set(categories: &[Category], field: &str) -> Result<BTreeSet<Category>, Failure> {
    let all: BTreeSet<Category> = categories.iter().copied().collect();
    if all.len() == categories.len() { Ok(all) } else { Err(bad(field)) }
}

/// The attested keys that a steward is limited to; none for any attested clinician.
fn recipients(limits: &HelperLimits) -> Result<BTreeSet<VerifyingKey>, Failure> {
    let (named, steward) = (&limits.clinicians, limits.role == HelperRole::Steward);
    // Nobody named is anybody on the members' record: that is never what "only those" means.
    if limits.only_named == named.is_empty() || (limits.only_named && !steward) || named.len() > MOST_NAMED {
        return Err(bad("clinicians"));
    }
    let keys = named
        .iter()
        .map(|clinician| clinician.key.parse::<VerifyingKey>())
        .collect::<Result<BTreeSet<_>, _>>();
    match keys {
        Ok(keys) if keys.len() == named.len() => Ok(keys),
        _ => Err(bad("clinicians")),
    }
}

/// Checks limits; `longest` is the longest permission that the members take, in milliseconds.
pub(super) fn power(
    limits: &HelperLimits,
    instrument: Hash32,
    longest: i64,
    now: UnixMillis,
) -> Result<Power, Failure> {
    let categories = set(&limits.categories, "categories")?;
    let role = match limits.role {
        HelperRole::Steward if categories.is_empty() => return Err(bad("categories")),
        HelperRole::Steward => Role::Steward,
        HelperRole::Approver if !categories.is_empty() => return Err(bad("categories")),
        HelperRole::Approver => Role::Approver,
    };
    let longest_ms = i64::from(limits.longest_days).saturating_mul(DAY);
    if !(DAY..=longest).contains(&longest_ms) {
        return Err(bad("longest_days"));
    }
    let last = Epoch(EPOCH_COUNT - 1).end();
    if limits.begins < 0 || limits.lapses <= limits.begins.max(now) || limits.lapses > last {
        return Err(bad("lapses"));
    }
    if limits.data_from < 0 || limits.data_from >= limits.lapses {
        return Err(bad("data_from"));
    }
    if limits.review.is_some_and(|review| !(now.saturating_add(1)..=limits.lapses).contains(&review)) {
        return Err(bad("review"));
    }
    Ok(Power {
        role,
        categories,
        recipients: recipients(limits)?,
        longest_ms,
        begins_ms: limits.begins,
        lapses_ms: limits.lapses,
        review_ms: limits.review,
        springs: limits.after_clinicians,
        instrument,
    })
}

/// Checks rules.
pub(super) fn rules(rules: &FamilyRules) -> Result<Rules, Failure> {
    let veto_ms = i64::from(rules.veto_hours).saturating_mul(HOUR);
    if veto_ms > MAX_VETO_MS {
        return Err(bad("veto_hours"));
    }
    if !(1..MAX_DELEGATES).contains(&usize::from(rules.approvals)) {
        return Err(bad("approvals"));
    }
    // No seat has this number: it says "anybody" on the chain.
    if rules.objector == Some(0) {
        return Err(bad("objector"));
    }
    Ok(Rules {
        approvals: rules.approvals,
        long_ms: i64::from(rules.long_days).saturating_mul(DAY),
        ordinary: set(&rules.ordinary, "ordinary")?,
        veto_ms,
        objector: rules.objector.unwrap_or(0),
    })
}

/// Where the power in a seat stands; `circle` is the circle at `now`.
pub(super) fn standing(circle: &CircleRecord, seated: &Seated, now: UnixMillis) -> PowerState {
    let power = &seated.delegate;
    if circle.handover_ms.is_some() {
        PowerState::HandedOver
    } else if now >= power.lapses_ms {
        PowerState::Lapsed
    } else if now < power.begins_ms {
        PowerState::NotYet
    } else if power.beginning == Beginning::Attested && seated.attested.len() < ATTESTATIONS {
        PowerState::AwaitsClinicians
    } else if power.review_ms.is_some_and(|review| now >= review) {
        PowerState::AwaitsReview
    } else {
        PowerState::InForce
    }
}

/// What the chain tells everybody of the circle of a power; categories and clinicians are hashes there.
pub(super) fn told(seated: &Seated) -> HelperLimits {
    let power = &seated.delegate;
    HelperLimits {
        role: match power.role {
            Role::Steward => HelperRole::Steward,
            Role::Approver => HelperRole::Approver,
        },
        categories: Vec::new(),
        data_from: 0,
        longest_days: u16::try_from(power.longest_ms / DAY).unwrap_or(u16::MAX),
        begins: power.begins_ms,
        lapses: power.lapses_ms,
        review: power.review_ms,
        after_clinicians: power.beginning == Beginning::Attested,
        only_named: power.role == Role::Steward && power.recipients_root != Hash32::ZERO,
        clinicians: Vec::new(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use salus_wire::view::NamedClinician;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    fn limits() -> HelperLimits {
        steward_at(NOW)
    }

    /// What a steward may do whose help begins now and lasts for a year.
    pub(in crate::family) fn steward_at(now: UnixMillis) -> HelperLimits {
        HelperLimits {
            role: HelperRole::Steward,
            categories: vec![Category::HeartRate, Category::BloodPressure],
            data_from: now - 90 * DAY,
            longest_days: 30,
            begins: now,
            lapses: now + 365 * DAY,
            review: None,
            after_clinicians: false,
            only_named: false,
            clinicians: Vec::new(),
        }
    }

    fn named(key: [u8; 32]) -> NamedClinician {
        let (name, organisation) = ("Dr Ana".to_owned(), "Heart Clinic".to_owned());
        NamedClinician { key: hex::encode(key), name, organisation }
    }

    #[test]
    fn possible_limits_become_a_power_and_others_are_refused() {
        let power = |limits: &HelperLimits| power(limits, Hash32::ZERO, 366 * DAY, NOW);
        let held = power(&limits()).unwrap();
        assert_eq!((held.role, held.longest_ms), (Role::Steward, 30 * DAY));
        let heart = Category::HeartRate;
        for bad in [
            HelperLimits { categories: vec![], ..limits() },
            HelperLimits { categories: vec![heart, heart], ..limits() },
            HelperLimits { role: HelperRole::Approver, ..limits() },
            HelperLimits { longest_days: 0, ..limits() },
            HelperLimits { longest_days: 367, ..limits() },
            HelperLimits { lapses: NOW, ..limits() },
            HelperLimits { lapses: i64::MAX, ..limits() },
            HelperLimits { begins: -1, ..limits() },
            HelperLimits { data_from: NOW + 366 * DAY, ..limits() },
            HelperLimits { review: Some(NOW), ..limits() },
            HelperLimits { only_named: true, ..limits() },
            HelperLimits { clinicians: vec![named([1; 32])], ..limits() },
            HelperLimits { only_named: true, clinicians: vec![named([1; 32]), named([1; 32])], ..limits() },
            HelperLimits {
                only_named: true,
                clinicians: vec![NamedClinician { key: "x".into(), ..named([1; 32]) }],
                ..limits()
            },
            HelperLimits {
                role: HelperRole::Approver,
                categories: vec![],
                only_named: true,
                clinicians: vec![named([1; 32])],
                ..limits()
            },
        ] {
            assert_eq!(power(&bad).unwrap_err().code, ErrorCode::BadRequest, "{bad:?}");
        }
        let approver = HelperLimits { role: HelperRole::Approver, categories: vec![], ..limits() };
        assert_eq!(power(&approver).unwrap().role, Role::Approver);
        let clinicians = vec![named([2; 32]), named([1; 32])];
        let limited = power(&HelperLimits { only_named: true, clinicians, ..limits() }).unwrap();
        assert_eq!(limited.recipients, [VerifyingKey([1; 32]), VerifyingKey([2; 32])].into());
    }

    #[test]
    fn rules_have_bounds() {
        assert_eq!(rules(&usual()).unwrap().objector, 0, "anybody");
        assert_eq!(rules(&FamilyRules { objector: Some(3), ..usual() }).unwrap().objector, 3);
        for bad in [
            FamilyRules { approvals: 0, ..usual() },
            FamilyRules { approvals: 8, ..usual() },
            FamilyRules { veto_hours: 721, ..usual() },
            FamilyRules { objector: Some(0), ..usual() },
            FamilyRules { ordinary: vec![Category::HeartRate; 2], ..usual() },
        ] {
            assert_eq!(rules(&bad).unwrap_err().code, ErrorCode::BadRequest, "{bad:?}");
        }
    }
}
