//! The patient's family: a daughter who helps at once and has permitted something, a son whose coming waits.

use anyhow::{Context, Result, ensure};
use salus_wire::command::{AddDelegate, CheckFamilyCode, GetFamily, IssueForRelative, MakeFamilyCode};
use salus_wire::view::{Condition, FamilyRules, HelpedView, HelperLimits, HelperRole, RelativeDraft};
use salus_wire::{Category, CircleId};

use super::people::People;
use super::shared::code;
use crate::network::{PATIENCE, eventually};
use crate::story::app::{Host, PASSPHRASE};

const DAY: i64 = 86_400_000;

fn limits(now: i64, role: HelperRole, categories: &[Category]) -> HelperLimits {
    HelperLimits {
        role,
        categories: categories.to_vec(),
        data_from: now - 7 * DAY,
        longest_days: 10,
        begins: now,
        lapses: now + 60 * DAY,
        review: None,
        after_clinicians: false,
        only_named: false,
        clinicians: Vec::new(),
    }
}

/// The patient lets somebody help whose digits she compared.
async fn add(maria: &Host, who: &Host, limits: HelperLimits, rules: Option<FamilyRules>) -> Result<()> {
    let made = who.ok(MakeFamilyCode {}).await?;
    let read = maria.ok(CheckFamilyCode { code: made.code.clone() }).await?;
    ensure!(read.digits == made.digits, "{} does not show the same digits", read.name);
    let paper = limits.role == HelperRole::Steward;
    let add = || AddDelegate {
        code: made.code.clone(),
        limits: limits.clone(),
        rules: rules.clone(),
        paper,
        passphrase: PASSPHRASE.into(),
    };
    // Whatever is refused while the members record something else.
    let added = eventually(PATIENCE, async || maria.ok(add()).await.ok());
    added.await.with_context(|| format!("{} could not be added", read.name)).map(drop)
}

/// The circle that somebody helps in, once it is as asked.
pub(super) async fn helped(
    who: &Host,
    what: &str,
    as_asked: impl Fn(&HelpedView) -> bool,
) -> Result<CircleId> {
    let found = eventually(PATIENCE, async || {
        who.ok(GetFamily {}).await.ok()?.helped.into_iter().find(|helped| as_asked(helped))
    });
    found.await.map(|helped| helped.circle).with_context(|| what.to_owned())
}

/// Daughter, permission, son.
pub(super) async fn help(people: &People) -> Result<CircleId> {
    let now = people.hands.now();
    let (maria, leila) = (&people.maria, &people.leila);
    let both = [Category::HeartRate, Category::BloodPressure];
    let rules = FamilyRules {
        ordinary: vec![Category::HeartRate],
        long_days: 5,
        approvals: 1,
        veto_hours: 1,
        objector: None,
    };
    add(maria, leila, limits(now, HelperRole::Steward, &both), Some(rules)).await?;
    let keys =
        |helped: &HelpedView| helped.helpers.iter().any(|helper| helper.you && helper.keys_until.is_some());
    let circle = helped(leila, "the daughter is not told that she helps", keys).await?;

    let draft = RelativeDraft {
        code: code(&people.clinician, "Maria, by her daughter").await?,
        categories: vec![Category::BloodPressure],
        data_from: now - 4 * DAY,
        data_to: now + DAY,
        ends: now + 2 * DAY,
        condition: Condition::Whenever,
    };
    let issue = || IssueForRelative { circle, draft: draft.clone(), passphrase: PASSPHRASE.into() };
    let issued = eventually(PATIENCE, async || leila.ok(issue()).await.ok());
    issued.await.context("the daughter's permission could not be given")?;

    add(maria, &people.karim, limits(now, HelperRole::Approver, &[]), None).await?;
    helped(leila, "the daughter is not told of the son", |helped| helped.waiting.is_some()).await
}
