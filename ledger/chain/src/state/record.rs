//! What the state holds, and its encodings.

mod access;
mod chain;
mod credential;
mod enrolment;
mod grant;

pub use access::{AccessPointer, AccessRecord};
pub use chain::ChainRecord;
pub(crate) use chain::ExpiryEntry;
pub use credential::CredentialRecord;
pub use enrolment::{EnrolmentRecord, EnrolmentStatus, Withdrawn};
pub(crate) use grant::bit;
pub use grant::{GrantEnd, GrantRecord, GrantStatus};

use crate::codec::CodecError;

fn expect(kind: u8, own: u8) -> Result<(), CodecError> {
    if kind == own { Ok(()) } else { Err(CodecError::Kind(kind)) }
}
