//! A steward looks at what somebody whom they help has measured: from the depots, verified, in memory only.

use salus_chain::ids;
use salus_chain::time::Epoch;
use salus_insight::Span;
use salus_keeper::Scope;
use salus_sharing::circle::read::read;
use salus_sharing::open::Step;
use salus_wire::command::{Command, OpenRelative};
use salus_wire::event::Event;
use salus_wire::view::HelpedRecordView;
use salus_wire::{CircleId, ErrorCode, Failure, UnixMillis};

use super::kept::Part;
use crate::devices::told;
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
    let Part::Helper(coded) = Part::of(&open.vault, &ids::CircleId(circle.0)).await? else {
        return Err(ErrorCode::NotYours.into());
    };
    let word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
    let estate = word.estate.ok_or(ErrorCode::NotYours)?;
    let scope = Scope::new(Epoch::at(span.from).0, Epoch::at(span.to - 1).0);
    let scope = scope.map_err(|_| Failure::with(ErrorCode::BadRequest, "to"))?;
    let mut tell = |step: Step| {
        if let Step::Read { done, of } = step {
            app.tell(Event::Progress { work: OpenRelative::NAME.to_owned(), done, total: of });
        }
    };
    let epochs = read(&client, &estate, scope, now, &mut tell).await.map_err(|error| {
        tracing::debug!(%error, "the record of somebody who is helped was not read");
        match error.member() {
            Some(member) => Failure::with(error.code(), app.0.network.name_of(member)),
            None => error.code().into(),
        }
    })?;
    let devices = &estate.content.devices;
    let records = epochs.readings.into_iter().map(|(category, mut readings)| {
        readings.retain(|reading| (span.from..span.to).contains(&reading.at));
        salus_insight::record(category, readings, span, |reading| told::origin(devices, reading))
    });
    Ok(HelpedRecordView { person: word.person, records: records.collect() })
}
