//! What a lost laptop of this record could open, new keys for whatever is measured and done from now on, and taking its enrolment away.

use salus_vault::Epoch;
use salus_wire::command::{GetLost, RenewKeys, WithdrawLost};
use salus_wire::event::Event;
use salus_wire::view::{ComputerView, HeldView, HolderView, LostView, PermissionState, RetiredView, Role};
use salus_wire::{Category, Failure, UnixMillis};

use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::record::renew::{self, Because, Renewal};
use crate::share::{enrol, kept};
use crate::tongue::{Tongue, apart};
use crate::{App, Run, family, inbox, laptops, people};

impl Run for GetLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        view(app, &*app.open().await?).await
    }
}

impl Run for WithdrawLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        let open = app.open().await?;
        {
            let client = app.0.network.client()?;
            let _turn = open.sharing.take().await;
            enrol::withdraw_earlier(&open.vault, &client).await?;
            app.tell(Event::MembersChanged);
        }
        view(app, &open).await
    }
}

impl Run for RenewKeys {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        let open = app.open().await?;
        // It takes every other laptop's word away, and ends what speaks in the circle: nothing for whoever finds the record open.
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let (laptops, circle) =
            (laptops::present(&open.vault).await?, family::has_circle(&open.vault).await?);
        if circle || !laptops.is_empty() {
            app.ask(Asked::NewKeys, &sentence(app.tongue(), &laptops, circle)).await?;
        }
        {
            let _turn = open.sharing.take().await;
            renew::retire(&open.vault, app.now()).await?;
            app.tell(Event::PermissionsChanged);
            app.tell(Event::MembersChanged);
        }
        view(app, &open).await
    }
}

/// What the person confirms outside the page, where other laptops are taken out or a circle gets another key.
fn sentence(tongue: Tongue, laptops: &[String], circle: bool) -> String {
    match tongue {
        Tongue::English => {
            let mut said = "Begin new keys for this record, because a laptop with it is lost? As soon as the members have recorded \
                            it, the lost laptop stops nothing that is given from then on, and says nothing in your name."
                .to_owned();
            if !laptops.is_empty() {
                let names: Vec<String> = laptops.iter().map(|name| format!("“{name}”")).collect();
                said.push_str(&format!(
                    " Your other laptops ({}) are out of the record then: each comes back once you have compared six digits with it.",
                    names.join(", ")
                ));
            }
            if circle {
                said.push_str(
                    " In your family's circle a new key speaks for you at once. If whoever has the lost laptop was faster, the \
                     people who can help you to get back in can take that back.",
                );
            }
            said
        }
        Tongue::Arabic => {
            let mut said = "هل تبدأ مفاتيح جديدة لهذا السجل لأن حاسوبًا يحمله فُقد؟ ما إن يسجل الأعضاء ذلك حتى لا يستطيع الحاسوب المفقود \
                            إيقاف شيء مما يُمنح بعده، ولا قول شيء باسمك."
                .to_owned();
            if !laptops.is_empty() {
                let names: Vec<String> = laptops.iter().map(|name| apart(name)).collect();
                said.push_str(&format!(
                    " وتخرج حواسيبك الأخرى ({}) من السجل عندئذ: يعود كل منها بعد أن تقارن معه ستة أرقام.",
                    names.join("، ")
                ));
            }
            if circle {
                said.push_str(
                    " وفي دائرة عائلتك يتحدث باسمك مفتاح جديد على الفور. وإن كان من لديه الحاسوب المفقود أسرع، فيستطيع من يمكنهم \
                     مساعدتك في العودة إبطال ذلك.",
                );
            }
            said
        }
    }
}

async fn view(app: &App, open: &Open) -> Result<LostView, Failure> {
    let (mut view, now) = (LostView { others: people::others(app)?, ..LostView::default() }, app.now());
    match open.role {
        Role::Patient => {
            (view.computers, view.held) = (computers(open).await?, held(open).await?);
            view.permissions = given(open, now).await?;
            view.new_keys = renewed(open).await?;
            view.laptops = laptops::lost(app, open).await?;
            if view.new_keys.is_some() {
                view.retired = Some(retired(open, now).await?);
            }
        }
        Role::Clinician => (view.received, view.codes) = inbox::within_reach(&open.vault, now).await?,
        // Neither readings nor permissions of its own.
        Role::Family => {}
    }
    Ok(view)
}

const fn runs(state: PermissionState) -> bool {
    matches!(state, PermissionState::Pending | PermissionState::NotYet | PermissionState::Active)
}

async fn given(open: &Open, now: UnixMillis) -> Result<Vec<HolderView>, Failure> {
    let all = kept::all(&open.vault).await?.into_iter().filter(|k| runs(k.state(now)));
    Ok(all.map(|k| HolderView { name: k.facts.clinician.name, ends: k.facts.ends }).collect())
}

/// What the lost laptop cannot do any more, and what is still to come.
async fn retired(open: &Open, now: UnixMillis) -> Result<RetiredView, Failure> {
    let (vault, newest) = (&open.vault, open.vault.identity());
    let all: Vec<_> = kept::all(vault).await?.into_iter().filter(|k| runs(k.state(now))).collect();
    let in_place = |k: &&kept::Kept| {
        let given = k.state(now) != PermissionState::Pending;
        given && k.facts.replaces.is_some() && k.facts.identity() == newest
    };
    let before = |k: &&kept::Kept| k.facts.identity() < newest;
    let card = |k: &&kept::Kept| k.facts.card.is_some();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(RetiredView {
        given_again: count(all.iter().filter(in_place).count()),
        still: count(all.iter().filter(before).filter(|k| !card(k)).count()),
        card: all.iter().filter(before).any(|k| card(&k)),
        to_compare: laptops::to_compare(vault).await?,
        circle: family::key_standing(vault, now).await?,
    })
}

/// Since when keys are new because of a lost laptop: begun on this computer, and not on one before it, which may be the lost one.
async fn renewed(open: &Open) -> Result<Option<UnixMillis>, Failure> {
    let here = open.vault.writer().id.0;
    // One of before identities gave way took only the series' keys away: it is to be done again.
    let lost = |one: &Renewal| one.because == Because::Lost && one.by == here && one.identity > 0;
    Ok(renew::all(&open.vault).await?.into_iter().find(lost).map(|one| one.at))
}

async fn computers(open: &Open) -> Result<Vec<ComputerView>, Failure> {
    let all = enrol::earlier(&open.vault).await?;
    Ok(all.into_iter().map(|(enrolled, withdrawn)| ComputerView { enrolled, withdrawn }).collect())
}

/// Everything that the record holds: which of it was there on the day nobody knows, so none of it is left out.
async fn held(open: &Open) -> Result<Vec<HeldView>, Failure> {
    let mut held = Vec::new();
    for category in Category::ALL {
        let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
        let heads = open.vault.epochs(*category, everything).await.or_fail()?;
        let (Some(first), Some(last)) = (heads.first(), heads.last()) else { continue };
        let readings: u64 = heads.iter().map(|h| h.readings + h.unsealed).sum();
        held.push(HeldView {
            category: *category,
            readings: u32::try_from(readings).unwrap_or(u32::MAX),
            from: first.epoch.start(),
            to: last.epoch.end(),
        });
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_names_what_goes_out_and_promises_no_more_in_each_language() {
        for tongue in Tongue::ALL {
            let alone = sentence(tongue, &[], true);
            let both = sentence(tongue, &["Kitchen".to_owned(), "Work".to_owned()], true);
            assert!(
                both.contains("Kitchen") && both.contains("Work") && !alone.contains("Kitchen"),
                "{both}"
            );
            assert!(both.len() > alone.len() && alone.len() > sentence(tongue, &[], false).len());
        }
    }
}
