//! The clinician's side: codes given out, records shared, opening one, and agreeing as the second one.

mod code;
mod desk;
mod duty;
mod emergency;
pub(crate) mod find;
mod kept;
mod list;
mod open;
mod over;
mod patients;
mod provenance;
mod reply;
mod second;
pub(crate) mod unused;

pub(crate) use desk::{Desk, line, reached, week};
pub(crate) use duty::Duty;
pub(crate) use emergency::AskedSecond;
pub(crate) use kept::credential;
pub(crate) use list::{received, within_reach};
pub(crate) use over::over;

use salus_sharing::open::{Demand, OpenError};
use salus_wire::Failure;

use crate::App;
use crate::app::utc_offset_minutes;
use crate::share::sentence;

/// Starts what goes on while a clinician's record is open.
pub(crate) async fn start(app: &App) {
    find::start(app).await;
    reply::start(app).await;
}

/// An opening's failure, with the member to name, or when it opens.
fn failure(app: &App, error: &OpenError) -> Failure {
    tracing::debug!(%error, "the shared record was not opened");
    match (error, error.member()) {
        (OpenError::Light(error), _) => app.0.network.failure(error),
        (OpenError::Condition(Demand::Hours { again }), _) => {
            Failure::with(error.code(), sentence::clock(*again, utc_offset_minutes(*again)))
        }
        (OpenError::Condition(Demand::Before { from }), _) => {
            Failure::with(error.code(), sentence::figures(*from, utc_offset_minutes(*from)))
        }
        (_, Some(member)) => Failure::with(error.code(), app.0.network.name_of(member)),
        (_, None) => error.code().into(),
    }
}
