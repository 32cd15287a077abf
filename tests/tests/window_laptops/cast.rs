//! Who is there, and what they agreed on before anybody looks.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::PASSPHRASE;
use salus_tests::stage::town::{DAY, HOUR, Somebody, Town};
use salus_wire::command as c;
use salus_wire::view::{FamilyChange, FamilyView, HelpedView, HelperLimits, HelperRole, Role};
use salus_wire::{Category, CircleId};

/// Whose record it is.
pub(crate) const ELDER: &str = "Maria Keller";
pub(crate) const DAUGHTER: &str = "Leila Keller";
pub(crate) const GUARDIAN: &str = "Nour Haddad";
pub(crate) const OTHER_GUARDIAN: &str = "Samir Haddad";
pub(crate) const ANA: &str = "Dr Ana Wojcik";

/// Longer than any change of a circle waits, and a new key.
const PAST_THE_DELAY: i64 = 73 * HOUR;

/// Both of them, and it takes both.
pub(crate) async fn has_guardians(maria: &Somebody, guardians: &[Somebody; 2]) -> Result<CircleId> {
    let mut codes = Vec::new();
    for guardian in guardians {
        codes.push(guardian.soon(c::MakeFamilyCode {}).await?.code);
    }
    let name = c::NameGuardians { codes, needed: 2, passphrase: PASSPHRASE.into() };
    let own = maria.soon(name).await?.own.context("nobody is named")?;
    ensure!(own.recovery.guardians.len() == 2 && own.waiting.is_none(), "{own:?}");
    for guardian in guardians {
        helped(guardian, "a guardian is told", |helped| helped.guardian).await?;
    }
    Ok(own.circle)
}

/// A daughter who reads and permits, once the 72 hours are over in which anybody could object.
pub(crate) async fn has_a_daughter(
    town: &mut Town,
    maria: &Somebody,
    guardians: &[Somebody; 2],
) -> Result<()> {
    let leila = town.comes("leila", DAUGHTER, Role::Patient).await?;
    let deed = town.dir.path().join("power-of-attorney.pdf");
    std::fs::write(&deed, b"a power of attorney")?;
    maria.answers.choose(Some(&deed));
    let now = town.now();
    let limits = HelperLimits {
        role: HelperRole::Steward,
        categories: vec![Category::HeartRate, Category::BloodPressure],
        data_from: now - DAY,
        longest_days: 10,
        begins: now,
        lapses: now + 60 * DAY,
        review: None,
        after_clinicians: false,
        only_named: false,
        clinicians: Vec::new(),
    };
    let code = leila.soon(c::MakeFamilyCode {}).await?.code;
    let add = c::AddDelegate { code, limits, rules: None, paper: true, passphrase: PASSPHRASE.into() };
    let own = maria.soon(add).await?.own.context("there is no circle")?;
    ensure!(own.waiting.as_ref().is_some_and(|waiting| waiting.what == FamilyChange::Added), "{own:?}");
    days_pass(town, guardians).await?;
    maria.wakes().await?;
    leila.wakes().await?;
    let keys = |helped: &HelpedView| helped.helpers.iter().any(|h| h.you && h.keys_until.is_some());
    helped(&leila, "the daughter is told, and has keys", keys).await?;
    leila.leaves().await.map(drop)
}

/// Lets a clinician see heart rates, from now on for four days.
pub(crate) async fn permits(town: &Town, maria: &Somebody) -> Result<()> {
    let (ana, _) = town.clinician("ana", &format!("{ANA}, Heart Clinic")).await?;
    let code = ana.code("M. Keller").await?;
    town.permits(maria, code).await?;
    ana.leaves().await.map(drop)
}

/// The members know the computer.
pub(crate) async fn is_enrolled(laptop: &Somebody) -> Result<()> {
    laptop.until("the members know the computer", c::GetMembers {}, |view| view.enrolled.map(|_| ())).await
}

/// Both agree, one after the other, that the computer of this request speaks for her.
pub(crate) async fn agree(guardians: &[Somebody; 2], circle: CircleId, request: &str) -> Result<()> {
    one_agrees(&guardians[0], circle, request).await?;
    another_agrees(&guardians[1], circle, request).await
}

/// The first of the two whom it takes.
pub(crate) async fn one_agrees(guardian: &Somebody, circle: CircleId, request: &str) -> Result<()> {
    guardian.soon(agreement(circle, request)).await.map(drop)
}

/// The second, to the same: from now on it is a matter of time.
pub(crate) async fn another_agrees(guardian: &Somebody, circle: CircleId, request: &str) -> Result<()> {
    let waits = |helped: &HelpedView| {
        helped.waiting.as_ref().is_some_and(|waiting| waiting.what == FamilyChange::NewKey)
    };
    helped(guardian, "the other guardian sees what waits", waits).await?;
    let view = guardian.soon(agreement(circle, request)).await?;
    let helped = view.helped.into_iter().find(|helped| helped.circle == circle);
    let effective = helped.and_then(|helped| helped.waiting).and_then(|waiting| waiting.effective);
    ensure!(effective.is_some(), "two of two agreed, and nothing waits for its time");
    Ok(())
}

fn agreement(circle: CircleId, request: &str) -> c::AgreeRecovery {
    c::AgreeRecovery { circle, code: request.to_owned(), passphrase: PASSPHRASE.into() }
}

/// So long that whatever waited is in force; who is asked for something later looks again.
pub(crate) async fn days_pass(town: &mut Town, guardians: &[Somebody; 2]) -> Result<()> {
    town.later(PAST_THE_DELAY)?;
    for guardian in guardians {
        guardian.wakes().await?;
    }
    Ok(())
}

/// The one whom somebody helps, once that is as asked.
pub(crate) async fn helped(
    who: &Somebody,
    what: &str,
    as_asked: impl Fn(&HelpedView) -> bool,
) -> Result<HelpedView> {
    let look = |view: FamilyView| view.helped.into_iter().find(|helped| as_asked(helped));
    who.until(what, c::GetFamily {}, look).await
}
