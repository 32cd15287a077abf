//! Deleting readings for ever: what would go is shown first, then the passphrase and a question outside the page.

use salus_vault::{Shred, ShredOutcome, Shredded};
use salus_wire::command::{DeleteReadings, ListDeletions, PreviewDeletion};
use salus_wire::event::Event;
use salus_wire::view::{DeletedView, DeletionView, HolderView, PastDeletionView, PermissionState};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use crate::app::utc_offset_minutes;
use crate::asked::Asked;
use crate::entry::notes;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::share::kept;
use crate::share::sentence::{arabic, date, word};
use crate::tongue::{Tongue, counted};
use crate::{App, Run, laptops};

impl Run for PreviewDeletion {
    async fn run(self, app: &App) -> Result<Option<DeletionView>, Failure> {
        let open = app.open().await?;
        let now = app.now();
        let shred = open.vault.preview_shred(self.category, self.from, self.to, now).await.or_fail()?;
        match shred {
            Some(shred) => view(&open, &shred, now).await.map(Some),
            None => Ok(None),
        }
    }
}

impl Run for DeleteReadings {
    async fn run(self, app: &App) -> Result<DeletedView, Failure> {
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let now = app.now();
        let shred = open.vault.preview_shred(self.category, self.from, self.to, now).await.or_fail()?;
        let shred = shred.ok_or_else(|| Failure::with(ErrorCode::BadRequest, "to"))?;
        if shred.readings != self.readings || (shred.from(), shred.to()) != (self.from, self.to) {
            return view(&open, &shred, now).await.map(DeletedView::Changed);
        }
        let others = laptops::are_others(&open.vault).await?;
        app.ask(Asked::Deletion, &sentence(app.tongue(), &shred, others, now)).await?;
        // Permissions read the record's keys: none is given meanwhile.
        let _turn = open.sharing.take().await;
        let names = notes::within(&open.vault, shred.category, shred.from(), shred.to()).await?;
        let about: Vec<(&str, Vec<u8>)> = names.into_iter().map(|name| (notes::NAMESPACE, name)).collect();
        let outcome = open.vault.shred(&shred, app.now(), &about).await.or_fail()?;
        app.tell(Event::ReadingsChanged);
        match outcome {
            ShredOutcome::Done(_) => {
                Ok(DeletedView::Done { from: shred.from(), to: shred.to(), readings: shred.readings })
            }
            ShredOutcome::Changed(shred) => view(&open, &shred, now).await.map(DeletedView::Changed),
        }
    }
}

impl Run for ListDeletions {
    async fn run(self, app: &App) -> Result<Vec<PastDeletionView>, Failure> {
        let open = app.open().await?;
        let mut all = open.vault.shredded();
        all.sort_by_key(|s| core::cmp::Reverse((s.at, s.first)));
        Ok(all.iter().map(past).collect())
    }
}

fn past(shredded: &Shredded) -> PastDeletionView {
    PastDeletionView {
        category: shredded.category,
        from: shredded.first.start(),
        to: shredded.last.end(),
        at: shredded.at,
        readings: shredded.readings,
        refused: shredded.refused,
    }
}

/// What would go, and who can see it all the same.
async fn view(open: &Open, shred: &Shred, now: UnixMillis) -> Result<DeletionView, Failure> {
    let overlaps = |k: &&kept::Kept| {
        k.facts.categories.contains(&shred.category)
            && k.facts.data_from < shred.to()
            && shred.from() < k.facts.data_to
    };
    let all = kept::all(&open.vault).await?;
    let about: Vec<&kept::Kept> = all.iter().filter(overlaps).collect();
    let over = |k: &kept::Kept| matches!(k.state(now), PermissionState::Ended | PermissionState::Stopped);
    let holders = about.iter().filter(|k| !over(k));
    let stewards = crate::family::holders(&open.vault, shred.category, (shred.from(), shred.to())).await?;
    Ok(DeletionView {
        category: shred.category,
        from: shred.from(),
        to: shred.to(),
        readings: shred.readings,
        holders: holders
            .map(|k| HolderView { name: k.facts.clinician.name.clone(), ends: k.facts.ends })
            .chain(stewards)
            .collect(),
        opened: about.iter().any(|k| k.facts.proven.as_ref().is_some_and(|p| p.openings > 0)),
        laptops: laptops::are_others(&open.vault).await?,
    })
}

/// What the person confirms outside the page, as of a permission; `others` when the record is on other laptops too.
fn sentence(tongue: Tongue, shred: &Shred, others: bool, now: UnixMillis) -> String {
    let there = match tongue {
        _ if !others => "",
        Tongue::English => " Your other laptops keep theirs until you delete them there too.",
        Tongue::Arabic => " وتحتفظ حواسيبك الأخرى بما لديها حتى تحذفه هناك أيضًا.",
    };
    here(tongue, shred, now) + there
}

fn here(tongue: Tongue, shred: &Shred, now: UnixMillis) -> String {
    let offset = utc_offset_minutes(now);
    if tongue == Tongue::Arabic {
        let readings = ["قراءة واحدة", "قراءتين", "قراءات", "قراءة", "قراءة"];
        return format!(
            "هل تحذف {readings} ({what})، قيست من {from} إلى {to}، إلى الأبد؟ تحلّ نسخة احتياطية جديدة محل النسخ التي ما زالت تضمها؛ وبعد ذلك لا \
             يستطيع أحد استرجاعها، ولا حتى بمفتاح الاسترداد، إلا من نسخ أخذتها بنفسك من النسخ الاحتياطية أو من مجلد استعملته من \
             قبل. أما ما فتحه أحد من قبل فلا يمكن استرجاعه، ومن لديه إذن يشمل ذلك الوقت يستطيع فتحها حتى ينتهي الإذن أو توقفه.",
            readings = counted(shred.readings, readings),
            what = arabic::word(shred.category),
            from = arabic::date(shred.from(), offset),
            to = arabic::date(shred.to(), offset),
        );
    }
    format!(
        "Delete {readings} of your {what}, measured from {from} to {to}, for ever? Backups that still hold them make way for \
         a new one; after that nobody can bring them back, not even with your recovery key, except out of copies of backups \
         that you made yourself or that are in a folder you used before. What somebody has already opened cannot be taken \
         back, and who holds a permission for that time can still open them until it ends or you stop it.",
        readings =
            if shred.readings == 1 { "1 reading".to_owned() } else { format!("{} readings", shred.readings) },
        what = word(shred.category),
        from = date(shred.from(), offset),
        to = date(shred.to(), offset),
    )
}

/// Refuses what cannot be stored any more.
pub(crate) fn refuse_deleted(open: &Open, category: Category, at: UnixMillis) -> Result<(), Failure> {
    let deleted = salus_vault::Epoch::at(at).is_some_and(|epoch| !open.vault.holds(category, epoch));
    if deleted { Err(ErrorCode::Shredded.into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_vault::Epoch;

    #[test]
    fn the_question_says_what_goes_and_what_it_cannot_undo() {
        let (first, last) = (Epoch::new(438_232).unwrap(), Epoch::new(438_233).unwrap());
        let shred = Shred { category: Category::HeartRate, first, last, readings: 8192 };
        let [text, arabic] = Tongue::ALL.map(|tongue| sentence(tongue, &shred, false, first.start()));
        for part in [
            "8192 قراءة",
            "(نبض القلب)",
            "إلى الأبد",
            "بمفتاح الاسترداد",
            "فلا يمكن استرجاعه",
            "حتى ينتهي الإذن أو توقفه",
        ] {
            assert!(arabic.contains(part), "{part}: {arabic}");
        }
        for part in [
            "8192 readings",
            "heart rate",
            "for ever",
            "Backups that still hold them make way for a new one; after that",
            "except out of copies of backups that you made yourself or that are in a folder you used before",
            "already opened cannot be taken back",
            "until it ends",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("other laptops") && !arabic.contains("حواسيبك الأخرى"));
        let [text, arabic] = Tongue::ALL.map(|tongue| sentence(tongue, &shred, true, first.start()));
        assert!(text.ends_with("Your other laptops keep theirs until you delete them there too."), "{text}");
        assert!(arabic.ends_with("وتحتفظ حواسيبك الأخرى بما لديها حتى تحذفه هناك أيضًا."), "{arabic}");
        for machinery in ["chain", "block", "epoch", "tree", "ledger", "token"] {
            assert!(!text.to_lowercase().contains(machinery), "{machinery}");
        }
    }
}
