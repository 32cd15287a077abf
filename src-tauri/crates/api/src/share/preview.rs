//! "See what Dr X will see", before anything is signed.

use salus_insight::Span;
use salus_sharing::days;
use salus_sharing::issue::Shares;
use salus_vault::VaultError;
use salus_vault::summary::day_start;
use salus_vault::summary::given::untimed;
use salus_wire::command::PreviewPermission;
use salus_wire::view::{PreviewView, RecordView};
use salus_wire::{Category, Failure, Level};

use super::draft::Draft;
use super::{condition, recipient, sentence};
use crate::app::utc_offset_minutes;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run, record};

/// Width of the preview's charts in CSS pixels.
const WIDTH: u16 = 640;

impl Run for PreviewPermission {
    async fn run(self, app: &App) -> Result<PreviewView, Failure> {
        let now = app.now();
        let client = app.0.network.client()?;
        let draft = Draft::check(&self.draft, now, client.genesis().params.max_grant_ms)?;
        let (recipient, clinician) = recipient::prove(app, &client, &self.draft.code).await?;
        let draft = draft.given_to(&recipient)?;
        let open = app.open().await?;
        // What is still to be measured cannot be shown; the window is drawn up to now.
        let to = draft.data_to.min(now.saturating_add(1)).max(draft.data_from.saturating_add(1));
        let span = Span { from: draft.data_from, to, width: WIDTH, now };
        let told = open.devices.told(&draft.categories, draft.data_from);
        let mut records = Vec::new();
        for category in draft.categories.iter().copied() {
            records.push(match draft.shares() {
                Shares::Readings => record::view(&open, category, span, record::Eyes::Shared(&told)).await?,
                Shares::Days { .. } => daily(&open, category, span).await?,
            });
        }
        Ok(PreviewView {
            sentence: sentence::canonical(app.tongue(), &clinician, &draft, now, utc_offset_minutes(now)),
            clinician,
            condition: condition::view(&draft.policy()),
            readings: records.iter().map(|r| (r.category, r.total)).collect(),
            records,
        })
    }
}

/// The days that could be opened now: others are summed up when they are over. One that is damaged is left out, as it is when
/// days are sent.
async fn daily(open: &Open, category: Category, span: Span) -> Result<RecordView, Failure> {
    let (mut rows, mut damaged) = (Vec::new(), 0u32);
    for day in days::days(span.from, span.to).into_iter().flatten() {
        if days::opens_at(day) > span.now {
            break;
        }
        let (from, to) = (day_start(day), day_start(day.saturating_add(1)));
        match open.vault.summaries(category, Level::Day, from, to).await {
            Err(VaultError::Damaged { .. }) => damaged = damaged.saturating_add(1),
            found => rows.extend(found.or_fail()?.iter().map(untimed)),
        }
    }
    Ok(RecordView { damaged, ..salus_insight::record::daily(category, rows, span) })
}
