//! "See what Dr X will see", before anything is signed.

use salus_wire::Failure;
use salus_wire::command::PreviewPermission;
use salus_wire::view::PreviewView;

use super::draft::Draft;
use super::{condition, recipient, sentence};
use crate::app::utc_offset_minutes;
use crate::record::given;
use crate::{App, Run};

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
        let span = given::span((draft.data_from, draft.data_to), WIDTH, now);
        let told = open.devices.told(&draft.categories, draft.data_from);
        let mut records = Vec::new();
        for category in draft.categories.iter().copied() {
            records.push(given::own(&open, category, span, draft.shares(), &told).await?);
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
