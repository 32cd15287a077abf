//! The clinician's side: codes given out, records shared, and opening one.

mod code;
mod emergency;
mod find;
mod kept;
mod list;
mod open;
mod provenance;

pub(crate) use emergency::AskedSecond;
pub(crate) use find::start;
pub(crate) use list::within_reach;

use salus_sharing::open::OpenError;
use salus_wire::Failure;

use crate::App;

/// An opening's failure, with the member to name.
fn failure(app: &App, error: &OpenError) -> Failure {
    tracing::debug!(%error, "the shared record was not opened");
    match (error, error.member()) {
        (OpenError::Light(error), _) => app.0.network.failure(error),
        (_, Some(member)) => Failure::with(error.code(), app.0.network.name_of(member)),
        (_, None) => error.code().into(),
    }
}
