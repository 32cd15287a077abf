//! A steward looks at what somebody whom they help has measured: from the depots, verified, in memory only.
//!
//! What was shown last of each person is kept until the record is locked, for a report of it ([`held`]): a page holds nothing that was
//! not on the screen. A steward reads with keys in hand, so neither leaves a receipt.

use salus_chain::circle::{Role, Signer};
use salus_chain::ids;
use salus_chain::time::Epoch;
use salus_insight::Span;
use salus_insight::clinical::Material;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::circle::read::read;
use salus_sharing::circle::{Estate, Word};
use salus_sharing::open::Step;
use salus_wire::command::{Command, OpenRelative};
use salus_wire::event::Event;
use salus_wire::view::{HelpedRecordView, RecordView};
use salus_wire::{Category, CircleId, ErrorCode, Failure, Reading, UnixMillis};

use super::kept::Part;
use super::seen::Seen;
use crate::clinical::{self, Held, wall};
use crate::devices::told;
use crate::lock::Open;
use crate::{App, Run, record};

impl Run for OpenRelative {
    async fn run(self, app: &App) -> Result<HelpedRecordView, Failure> {
        let now = app.now();
        let span = record::span(self.from, self.to, self.width, now)?;
        app.opening(Box::pin(opened(app, self.circle, span, now))).await
    }
}

async fn opened(
    app: &App,
    circle: CircleId,
    span: Span,
    now: UnixMillis,
) -> Result<HelpedRecordView, Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    let (word, estate) = keys(&open, circle, now).await?;
    let readings = gathered(app, &client, &estate, span, OpenRelative::NAME).await?;
    let (held, records) = shown(&word.person, &estate, readings, span, now);
    clinical::keep_helped(&open, circle, held, now);
    Ok(HelpedRecordView { person: word.person, records })
}

/// The word of somebody whom this person helps as a steward, and the keys that came with it.
pub(super) async fn keys(open: &Open, circle: CircleId, now: UnixMillis) -> Result<(Word, Estate), Failure> {
    let id = ids::CircleId(circle.0);
    let Part::Helper(coded) = Part::of(&open.vault, &id).await? else {
        return Err(ErrorCode::NotYours.into());
    };
    let mut word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
    match word.estate.take() {
        Some(estate) => Ok((word, estate)),
        None => Err(without_keys(open, &id, &coded.pk(), now).await?.into()),
    }
}

/// Everything in the depots of the hours that a span lies in, as far as the keys open it; pages hear how far the work of this name is.
pub(super) async fn gathered(
    app: &App,
    client: &LightClient,
    estate: &Estate,
    span: Span,
    work: &'static str,
) -> Result<Vec<(Category, Vec<Reading>)>, Failure> {
    let scope = Scope::new(Epoch::at(span.from).0, Epoch::at(span.to - 1).0);
    let scope = scope.map_err(|_| Failure::with(ErrorCode::BadRequest, "to"))?;
    let mut tell = |step: Step| {
        if let Step::Read { done, of } = step {
            app.tell(Event::Progress { work: work.to_owned(), done, total: of });
        }
    };
    let epochs = read(client, estate, scope, span.now, &mut tell).await.map_err(|error| {
        tracing::debug!(%error, "the record of somebody who is helped was not read");
        match error.member() {
            Some(member) => Failure::with(error.code(), app.0.network.name_of(member)),
            None => error.code().into(),
        }
    })?;
    Ok(epochs.readings)
}

/// Why a helper has no keys: theirs to read, and their power is not in force, as the circle was proven last; or not theirs to read.
async fn without_keys(
    open: &Open,
    circle: &ids::CircleId,
    helper: &ids::VerifyingKey,
    now: UnixMillis,
) -> Result<ErrorCode, Failure> {
    let Some(seen) = Seen::load(&open.vault, circle).await? else { return Ok(ErrorCode::NotYours) };
    let standing = seen.circle()?.at(now);
    let Some(Signer::Delegate(seat)) = standing.find(helper) else { return Ok(ErrorCode::NotYours) };
    let reads = standing.seated(seat).is_some_and(|seated| seated.delegate.role == Role::Steward);
    let waits = reads && !standing.in_force(seat, now);
    Ok(if waits { ErrorCode::PowerNotInForce } else { ErrorCode::NotYours })
}

/// What the screen shows of the span, and the same for a report.
fn shown(
    person: &str,
    estate: &Estate,
    readings: Vec<(Category, Vec<Reading>)>,
    span: Span,
    now: UnixMillis,
) -> (Held, Vec<RecordView>) {
    let devices = &estate.content.devices;
    let until = span.to.min(now.saturating_add(1));
    // Before the lease nothing can be read: a page is of no day that nobody looked at.
    let from = span.from.max(first(estate)).min(until.saturating_sub(1));
    let mut material = Material::new(wall(from, until));
    let mut records = Vec::with_capacity(readings.len());
    for (category, mut readings) in readings {
        // Whole hours are decrypted.
        readings.retain(|reading| (span.from..span.to).contains(&reading.at));
        material.take(&readings, |reading| told::origin(devices, reading).name);
        records
            .push(salus_insight::record(category, readings, span, |reading| told::origin(devices, reading)));
    }
    let held = Held { patient: person.to_owned(), from, until, material, records: records.clone() };
    (held, records)
}

/// The first instant that a lease opens.
pub(super) fn first(estate: &Estate) -> UnixMillis {
    Epoch(estate.content.scope.first_epoch).start()
}

/// What a steward can read of a record at all.
pub(crate) struct Readable {
    /// The first instant.
    pub(crate) from: UnixMillis,
    /// Which readings.
    pub(crate) categories: Vec<Category>,
}

/// What was shown last of the record of somebody whom this person helps as a steward, and what they can read of it at all. It is let
/// go of when the power is not in force any longer, as far as is known here. No member is asked.
pub(crate) async fn held(app: &App, open: &Open, circle: CircleId) -> Result<(Held, Readable), Failure> {
    let word = match in_force(open, circle, app.now()).await {
        Ok(word) => word,
        Err(failure) => {
            clinical::forget_helped(open, &circle);
            return Err(failure);
        }
    };
    let estate = word.estate.as_ref().ok_or(ErrorCode::NotYours)?;
    let held = clinical::of_helped(open, &circle).ok_or(ErrorCode::NothingYet)?;
    let readable = Readable { from: first(estate), categories: word.allowed.iter().copied().collect() };
    Ok((held, readable))
}

/// The word of somebody whom this person may read as a steward, as the circle was proven last.
async fn in_force(open: &Open, circle: CircleId, now: UnixMillis) -> Result<Word, Failure> {
    let id = ids::CircleId(circle.0);
    let Part::Helper(coded) = Part::of(&open.vault, &id).await? else {
        return Err(ErrorCode::NotYours.into());
    };
    let word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
    let seen = Seen::load(&open.vault, &id).await?.ok_or(ErrorCode::NothingYet)?;
    let standing = seen.circle()?.at(now);
    match standing.find(&coded.pk()) {
        Some(Signer::Delegate(seat)) if standing.in_force(seat, now) => Ok(word),
        Some(Signer::Delegate(_)) => Err(ErrorCode::PowerNotInForce.into()),
        _ => Err(ErrorCode::NotYours.into()),
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{ReportKind, ReportLanguage};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    #[tokio::test]
    async fn of_nobodys_record_there_is_a_report_but_of_those_whom_one_helps() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let circle = CircleId([7; 32]);
        let make = salus_wire::command::MakeRelativeReport {
            circle,
            report: ReportKind::Visit,
            language: ReportLanguage::English,
        };
        {
            // Not even where something was shown: somebody who helps no longer makes no page of it.
            let open = app.open().await.unwrap();
            let held = Held {
                patient: "Maria".into(),
                from: 0,
                until: NOON,
                material: Material::new(wall(0, NOON)),
                records: Vec::new(),
            };
            clinical::keep_helped(&open, circle, held, NOON);
        }
        assert_eq!(app.run(make).await.unwrap_err().code, ErrorCode::NotYours);
        let open = app.open().await.unwrap();
        assert!(clinical::of_helped(&open, &circle).is_none(), "and it is kept no longer");
        drop(open);
        app.close().await.unwrap();
    }
}
