//! A report of a relative's record, by the steward who read it: of what was shown and nothing else, while the power is in force.

use salus_insight::clinical::Date;
use salus_report::content::Reach;
use salus_wire::command::{Command, MakeRelativeReport};
use salus_wire::view::MadeReportView;
use salus_wire::{Failure, UnixMillis};

use super::material::date;
use super::opened::{self, Maker};
use super::{choose, make, own_name};
use crate::clinical::wall;
use crate::failure::bug;
use crate::{App, Run, family};

impl Run for MakeRelativeReport {
    async fn run(self, app: &App) -> Result<MadeReportView, Failure> {
        let running = app.begin(Self::NAME)?;
        {
            // Refused before anything is chosen.
            let open = app.open().await?;
            family::held(app, &open, self.circle).await?;
        }
        let chosen = choose(app, self.report).await?;
        let open = app.open().await?;
        let (held, reach) = family::held(app, &open, self.circle).await?;
        let helps = Reach { first: day(reach.from)?, categories: reach.categories };
        let maker = Maker { name: own_name(app), helps: Some(helps) };
        let report = opened::report(&held, self.report, maker, app.now())?;
        make(app, &open, report, self.language, &chosen, &running).await
    }
}

/// The day on which an instant is by this computer's clock.
fn day(at: UnixMillis) -> Result<Date, Failure> {
    date(&wall(at, at), at).ok_or_else(|| bug("what was leased has dates"))
}
