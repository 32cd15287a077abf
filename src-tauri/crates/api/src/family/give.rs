//! A steward gives a permission for somebody else: passphrase again, native confirmation, then the members and the family.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use rand::Rng;
use salus_chain::contract::Ready;
use salus_chain::ids::CircleId;
use salus_chain::time::{EPOCH_COUNT, Epoch};
use salus_keeper::Scope;
use salus_sharing::circle::give::{Gift, GiveError, prepare};
use salus_sharing::circle::{Notice, Word, speak};
use salus_sharing::issue::Step;
use salus_wire::command::{Command, IssueForRelative};
use salus_wire::event::Event;
use salus_wire::view::{FamilyView, RelativeDraft};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::kept::Part;
use super::mine::Mine;
use super::{again, sentence, shown};
use crate::app::{rng, utc_offset_minutes};
use crate::asked::Asked;
use crate::failure::{Fail, OrFail};
use crate::share::issue::{STEPS, certainly_not, done};
use crate::share::kept::Kept;
use crate::share::sentence::of;
use crate::share::{code, condition};
use crate::{App, Run};

impl Run for IssueForRelative {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let now = app.now();
        let client = app.0.network.client()?;
        let wanted = Wanted::check(&self.draft, now, client.genesis().params.max_grant_ms)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let circle = CircleId(self.circle.0);
        let Part::Helper(coded) = Part::of(&open.vault, &circle).await? else {
            return Err(ErrorCode::NotYours.into());
        };
        let word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let (invitation, clinician) = code::prove(app, &client, &self.draft.code).await?;
        let (identity, mut nonce) = (open.vault.identity(), [0; 16]);
        rng().fill_bytes(&mut nonce);
        let gift = Gift {
            invitation,
            categories: wanted.categories.clone(),
            scope: wanted.scope,
            not_before: now,
            expires: self.draft.ends,
            contract: wanted.contract,
            grant_key: Kept::key(&open.vault, identity, &nonce),
        };
        // What goes beyond the limits is refused before anything is asked.
        let standing = speak::standing(&client, &circle).await.or_fail()?.value;
        let given = prepare(&word, &standing, coded.pk(), &gift, client.genesis(), now, &mut rng());
        let given = given.map_err(|error| refused(error, &word))?;
        // It was checked that it has a text.
        let policy = wanted.contract.as_ref().and_then(|ready| ready.text().ok()).unwrap_or_default();
        let sentence = sentence::permission(
            app.tongue(),
            &word.person,
            &clinician,
            &self.draft,
            given.needs(),
            &policy,
            utc_offset_minutes(now),
        );
        app.ask(Asked::Permission, &sentence).await?;
        let _turn = open.sharing.take().await;
        let (attestation, chain) = (gift.invitation.attestation.clone(), client.chain_id());
        let (id, key) = (given.permission().id(), &coded.secret.signing);
        let notice = Notice::sign(circle, id, attestation, gift.categories.clone(), gift.scope, &chain, key);
        let generations = again::generations(&word, &gift.categories, gift.scope);
        let mut mine = Mine::new(circle, (identity, nonce), given, &notice, generations);
        mine.save(&open.vault).await?;
        let reached = AtomicU32::new(0);
        let mut tell = |step: Step| {
            let done = done(&step);
            reached.store(done, Ordering::Relaxed);
            progress(app, done);
        };
        if let Err(error) = mine.bring(app, &open.vault, &client, &coded, &mut tell).await {
            if certainly_not(&error, reached.load(Ordering::Relaxed)) {
                mine.discard(&open.vault).await?;
                return Err(error.fail());
            }
            tracing::info!(%error, "the permission is pending");
        }
        if mine.is_recorded() {
            mine.note(&open.vault).await?;
            if let Err(failure) = mine.tell(app, &open.vault, &client, &word, &coded.pk()).await {
                tracing::warn!(code = %failure.code, "the family is told later");
            }
        }
        mine.save(&open.vault).await?;
        progress(app, STEPS);
        shown(app, &open, &client).await
    }
}

/// A refusal; of a clinician who is not named it says who is.
pub(super) fn refused(error: GiveError, word: &Word) -> Failure {
    let failure = error.fail();
    if failure.code != ErrorCode::OtherClinician {
        return failure;
    }
    let named = word.recipients.values().map(|named| format!("{}{}", named.name, of(&named.organisation)));
    Failure::with(failure.code, named.collect::<Vec<_>>().join(", "))
}

/// A draft, checked: each series once, whole epochs, possible times.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    categories: BTreeSet<Category>,
    scope: Scope,
    contract: Option<Ready>,
}

impl Wanted {
    fn check(draft: &RelativeDraft, now: UnixMillis, longest: i64) -> Result<Self, Failure> {
        let bad = |field: &str| Failure::with(ErrorCode::BadRequest, field);
        let categories: BTreeSet<Category> = draft.categories.iter().copied().collect();
        if categories.is_empty() || categories.len() != draft.categories.len() {
            return Err(bad("categories"));
        }
        let last = Epoch(EPOCH_COUNT - 1).end();
        if draft.data_from < 0 || draft.data_from >= draft.data_to || draft.data_to > last {
            return Err(bad("data_to"));
        }
        if draft.ends <= now || draft.ends > last || draft.ends - now > longest {
            return Err(bad("ends"));
        }
        let scope = Scope::new(Epoch::at(draft.data_from).0, Epoch::at(draft.data_to - 1).0);
        let contract = condition::contract(draft.condition).map_err(|()| bad("condition"))?;
        // A steward has no keys of days, and the person's computer makes none up for them.
        if contract.is_some_and(|ready| ready.gives_days())
            || !condition::possible(draft.condition, now, draft.ends, now)
        {
            return Err(bad("condition"));
        }
        Ok(Self { categories, scope: scope.map_err(|_| bad("data_to"))?, contract })
    }
}

fn progress(app: &App, done: u32) {
    app.tell(Event::Progress { work: IssueForRelative::NAME.to_owned(), done, total: STEPS });
}

#[cfg(test)]
mod tests {
    use salus_wire::view::Condition;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;
    const DAY: i64 = 86_400_000;

    #[test]
    fn impossible_drafts_are_refused() {
        let ok = RelativeDraft {
            code: String::new(),
            categories: vec![Category::HeartRate],
            data_from: NOW - DAY,
            data_to: NOW + DAY,
            ends: NOW + DAY,
            condition: Condition::Whenever,
        };
        let scope = Wanted::check(&ok, NOW, 30 * DAY).unwrap().scope;
        assert_eq!(scope.first_epoch, Epoch::at(NOW - DAY).0);
        let second = RelativeDraft { condition: Condition::TwoPersons, ..ok.clone() };
        assert_eq!(Wanted::check(&second, NOW, 30 * DAY).unwrap().contract, Some(Ready::TwoPersons));
        let heart = Category::HeartRate;
        for bad in [
            RelativeDraft { categories: vec![], ..ok.clone() },
            RelativeDraft { categories: vec![heart, heart], ..ok.clone() },
            RelativeDraft { data_to: ok.data_from, ..ok.clone() },
            RelativeDraft { data_from: -1, ..ok.clone() },
            RelativeDraft { data_to: i64::MAX, ..ok.clone() },
            RelativeDraft { ends: NOW, ..ok.clone() },
            RelativeDraft { ends: NOW + 31 * DAY, ..ok.clone() },
            RelativeDraft { condition: Condition::DailySummaries, ..ok.clone() },
            RelativeDraft { condition: Condition::DailyTwoPersons, ..ok.clone() },
            RelativeDraft { condition: Condition::Emergency, ..ok.clone() },
            RelativeDraft { condition: Condition::Appointment { at: NOW + DAY }, ..ok.clone() },
        ] {
            assert_eq!(Wanted::check(&bad, NOW, 30 * DAY).unwrap_err().code, ErrorCode::BadRequest);
        }
    }
}
