//! What the family agreed on before anybody looks: two guardians, a daughter who reads and permits, and a son who watches over it.

use anyhow::{Context, Result, bail, ensure};
use salus_tests::stage::PASSPHRASE;
use salus_wire::command as c;
use salus_wire::view::{
    FamilyChange, FamilyView, HelpedRecordView, HelpedView, HelperLimits, HelperRole, InboxView, Role,
};
use salus_wire::{Category, CircleId};

use crate::ANA;
use crate::town::{DAY, HOUR, PRESSURES, RATES, Somebody, Town};

/// Whose record it is.
pub(crate) const ELDER: &str = "Maria Keller";
pub(crate) const DAUGHTER: &str = "Leila Keller";
pub(crate) const SON: &str = "Karim Keller";
pub(crate) const GUARDIAN: &str = "Nour Haddad";
pub(crate) const OTHER_GUARDIAN: &str = "Samir Haddad";

/// The longest permission that the daughter may give, in days.
const LONGEST: u16 = 10;
/// Longer than any change of a circle waits.
const PAST_THE_DELAY: i64 = 73 * HOUR;
/// When the elder wants to look at her daughter's help again: a day after the daughter's walk.
const REVIEW: i64 = 8 * DAY;

pub(crate) struct Family {
    pub(crate) circle: CircleId,
    pub(crate) maria: Somebody,
    pub(crate) leila: Somebody,
    pub(crate) karim: Somebody,
    pub(crate) nour: Somebody,
    pub(crate) samir: Somebody,
}

/// Everybody is there and told of everybody else, and the daughter's computer has read what was measured.
pub(crate) async fn comes_together(town: &mut Town) -> Result<Family> {
    let maria = town.comes("maria", ELDER, Role::Patient).await?;
    let leila = town.comes("leila", DAUGHTER, Role::Patient).await?;
    let karim = town.comes("karim", SON, Role::Patient).await?;
    let nour = town.comes("nour", GUARDIAN, Role::Patient).await?;
    let samir = town.comes("samir", OTHER_GUARDIAN, Role::Patient).await?;

    let codes = vec![family_code(&nour).await?, family_code(&samir).await?];
    let name = c::NameGuardians { codes, needed: 2, passphrase: PASSPHRASE.into() };
    let named = maria.soon(name).await?.own.context("nobody is named")?;
    ensure!(named.recovery.guardians.len() == 2 && named.waiting.is_none(), "{named:?}");
    for guardian in [&nour, &samir] {
        helped(guardian, "a guardian is told", |helped| helped.guardian).await?;
    }

    let deed = town.dir.path().join("power-of-attorney.pdf");
    std::fs::write(&deed, b"a power of attorney")?;
    maria.answers.choose(Some(&deed));
    let both = [Category::HeartRate, Category::BloodPressure];
    let review = Some(town.now() + REVIEW);
    let her = HelperLimits { review, ..limits(town, HelperRole::Steward, &both) };
    helps(&maria, family_code(&leila).await?, her).await?;
    wait(town, &[&maria, &leila, &karim, &nour, &samir]).await?;
    let his = limits(town, HelperRole::Approver, &[]);
    helps(&maria, family_code(&karim).await?, his).await?;
    wait(town, &[&maria, &leila, &karim, &nour, &samir]).await?;

    let all = |helped: &HelpedView| {
        let known = |name: &str| helped.helpers.iter().any(|helper| helper.name == name);
        known(DAUGHTER) && known(SON)
    };
    let keys =
        |helped: &HelpedView| all(helped) && helped.helpers.iter().any(|h| h.you && h.keys_until.is_some());
    let circle = helped(&leila, "the daughter is told of all, and has keys", keys).await?.circle;
    for (who, what) in [(&karim, "the son"), (&nour, "a guardian"), (&samir, "another guardian")] {
        helped(who, &format!("{what} is told of all"), all).await?;
    }
    are_measured(town, &maria, &leila, circle).await?;
    Ok(Family { circle, maria, leila, karim, nour, samir })
}

/// What the elder measures lies with the members, sealed, and opens with the keys that the daughter was given.
async fn are_measured(town: &Town, maria: &Somebody, leila: &Somebody, circle: CircleId) -> Result<()> {
    let now = town.now();
    maria.measures(now).await?;
    let look = c::OpenRelative { circle, from: now - 6 * DAY, to: now, width: 400 };
    let wanted = [(Category::BloodPressure, PRESSURES.len()), (Category::HeartRate, RATES.len())];
    let read = |view: HelpedRecordView| {
        let there = |(category, rows): &(Category, usize)| {
            view.records.iter().any(|record| record.category == *category && record.rows.len() == *rows)
        };
        wanted.iter().all(there).then_some(())
    };
    leila.until("the daughter reads what was measured", look, read).await
}

pub(crate) async fn family_code(who: &Somebody) -> Result<String> {
    Ok(who.soon(c::MakeFamilyCode {}).await?.code)
}

pub(crate) fn limits(town: &Town, role: HelperRole, categories: &[Category]) -> HelperLimits {
    let now = town.now();
    HelperLimits {
        role,
        categories: categories.to_vec(),
        data_from: now - DAY,
        longest_days: LONGEST,
        begins: now,
        lapses: now + 60 * DAY,
        review: None,
        after_clinicians: false,
        only_named: false,
        clinicians: Vec::new(),
    }
}

/// Lets somebody help, which waits; who reads does so by a paper.
async fn helps(maria: &Somebody, code: String, limits: HelperLimits) -> Result<()> {
    let paper = limits.role == HelperRole::Steward;
    let add = c::AddDelegate { code, limits, rules: None, paper, passphrase: PASSPHRASE.into() };
    let own = maria.soon(add).await?.own.context("there is no circle")?;
    ensure!(own.waiting.as_ref().is_some_and(|waiting| waiting.what == FamilyChange::Added), "{own:?}");
    Ok(())
}

/// The 72 hours in which anybody could object.
async fn wait(town: &mut Town, all: &[&Somebody]) -> Result<()> {
    town.later(PAST_THE_DELAY)?;
    for somebody in all {
        somebody.wakes().await?;
    }
    Ok(())
}

/// The one whom somebody helps, once that is as asked.
async fn helped(who: &Somebody, what: &str, as_asked: impl Fn(&HelpedView) -> bool) -> Result<HelpedView> {
    let look = |view: FamilyView| view.helped.into_iter().find(|helped| as_asked(helped));
    who.until(what, c::GetFamily {}, look).await
}

/// The clinician opens what the daughter permitted: blood pressure, and nothing else.
pub(crate) async fn is_opened_by(clinician: &Somebody) -> Result<()> {
    let of_elder = |view: InboxView| view.shared.into_iter().find(|s| s.patient == ELDER);
    let shared = clinician.until(&format!("it reaches {ANA}"), c::ListInbox {}, of_elder).await?;
    let opened = clinician.soon(c::OpenRecord { id: shared.id, width: 400, second: None }).await?;
    ensure!(shared.by_helper && opened.shared.by_helper, "who granted it is not said to be the elder");
    let [record] = opened.records.as_slice() else { bail!("{:?} is opened", shared.categories) };
    let told = (record.category, record.rows.len());
    ensure!(told.0 == Category::BloodPressure && told.1 > 0, "{told:?} is opened");
    Ok(())
}
