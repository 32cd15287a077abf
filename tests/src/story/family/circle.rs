//! Steps 3 and 4: Maria lets her daughter and her son help her, 72 hours pass, and the daughter reads.

use std::path::Path;

use anyhow::{Context, ensure};
use salus_wire::command as c;
use salus_wire::view::{
    FamilyChange, FamilyCodeView, FamilyRules, HelpedView, HelperLimits, HelperRole, PowerState,
};
use salus_wire::{Category, CircleId, ErrorCode};

use super::super::app::PASSPHRASE;
use super::cast::{BOTH, all_equal, wake};
use super::person::{Person, soon};
use super::{DAY, HOUR, Stage};

/// The longest permission that Leila may give.
pub(super) const LONGEST_DAYS: u16 = 10;
/// From the others' agreement to the first opening.
pub(super) const VETO_HOURS: u16 = 1;
/// Longer than any change of a circle waits, which is 72 hours.
const PAST_THE_DELAY: i64 = 73 * HOUR;

pub(super) async fn make(stage: &mut Stage, dir: &Path) -> anyhow::Result<(CircleId, String)> {
    let deed = dir.join("power-of-attorney.pdf");
    std::fs::write(&deed, b"a power of attorney")?;
    stage.maria.answers.choose(Some(&deed));
    let rules = FamilyRules {
        ordinary: vec![Category::HeartRate],
        long_days: 5,
        approvals: 1,
        veto_hours: VETO_HOURS,
        objector: None,
    };
    let hers = compared(stage, &stage.leila, "Leila").await?;
    add(stage, &hers, limits(stage, HelperRole::Steward, &BOTH), Some(rules)).await?;
    let told =
        |helped: &HelpedView| helped.helpers.iter().any(|helper| helper.you && helper.keys_until.is_some());
    let told = stage.leila.helped("Leila is told that she helps", told).await?;
    let first = told.helpers.first().context("nobody helps")?;
    ensure!(first.state == PowerState::InForce && first.paper, "{first:?}");
    let circle = told.circle;

    let his = compared(stage, &stage.karim, "Karim").await?;
    add(stage, &his, limits(stage, HelperRole::Approver, &[]), None).await?;
    let waits = async || {
        let own = stage.maria.app.run(c::GetFamily {}).await.ok()?.own?;
        own.waiting.map(|waiting| (waiting, own.helpers.len()))
    };
    let (waiting, helpers) = soon("Karim's coming waits", waits).await?;
    let effective = waiting.effective.context("it waits for nothing")?;
    let late = effective > stage.now() + 71 * HOUR;
    ensure!(waiting.what == FamilyChange::Added && late && helpers == 1, "{waiting:?}");
    stage.pass(PAST_THE_DELAY)?;
    wake(&[&stage.maria, &stage.leila, &stage.karim]).await?;
    let both = |helped: &HelpedView| helped.helpers.len() == 2;
    stage.karim.helped("Karim is told that he helps", both).await?;
    stage.leila.helped("Leila is told of Karim", both).await?;
    let detail = format!(
        "Leila is a steward at once: heart rate and blood pressure, permissions of at most {LONGEST_DAYS} days, for 60 \
         days, by a paper of which the members hold a salted hash; Karim is an approver, after 72 hours in which \
         anybody could object; both by digits that were compared. One other has to agree to blood pressure, and \
         {VETO_HOURS} hour is left for objections"
    );
    Ok((circle, detail))
}

/// A code, once its digits are the same on both screens.
async fn compared(stage: &Stage, who: &Person, name: &str) -> anyhow::Result<String> {
    let FamilyCodeView { code, digits, .. } = who.ok(c::MakeFamilyCode {}).await?;
    let shown = stage.maria.ok(c::CheckFamilyCode { code: code.clone() }).await?;
    ensure!(shown.name == name && shown.digits == digits, "Maria compares {shown:?} with {digits}");
    Ok(code)
}

fn limits(stage: &Stage, role: HelperRole, categories: &[Category]) -> HelperLimits {
    let now = stage.now();
    HelperLimits {
        role,
        categories: categories.to_vec(),
        data_from: now - DAY,
        longest_days: LONGEST_DAYS,
        begins: now,
        lapses: now + 60 * DAY,
        review: None,
        after_clinicians: false,
        only_named: false,
        clinicians: Vec::new(),
    }
}

async fn add(
    stage: &Stage,
    code: &str,
    limits: HelperLimits,
    rules: Option<FamilyRules>,
) -> anyhow::Result<()> {
    let paper = limits.role == HelperRole::Steward;
    let (code, passphrase) = (code.to_owned(), PASSPHRASE.to_owned());
    stage.maria.ok_soon(c::AddDelegate { code, limits, rules, paper, passphrase }).await.map(drop)
}

/// Step 4.
pub(super) async fn read(stage: &Stage, circle: CircleId) -> anyhow::Result<((), String)> {
    let (from, to) = stage.span();
    let look = c::OpenRelative { circle, from, to, width: 400 };
    // What Maria's computer seals for Leila lies with the members a moment later.
    let read = async || {
        let view = stage.leila.app.run(look.clone()).await.ok()?;
        all_equal(&view.records, &BOTH).ok().map(|values| (view.person, values))
    };
    let (person, values) = soon("Leila reads what Maria measured", read).await?;
    ensure!(person == "Maria", "Leila is shown the record of {person}");
    let refused = stage.karim.refused(look, ErrorCode::NotYours).await?;
    let detail = format!(
        "{values} values are on Leila's screen as Maria typed them, opened with the keys that she was given; Karim, \
         who holds none, reads nothing: {refused}"
    );
    Ok(((), detail))
}
