//! Pairing with one device, and what the person is asked meanwhile.
//!
//! ```text
//! Central::pair(key) -> Pairing -> loop { next() -> PairEvent::Asks(Question) -> answer(Answer) } -> PairEvent::Ended
//! ```
//!
//! - One pairing at a time; each question ends it when nobody answers within [`PairOptions::patience`].
//! - Only the device that the person chose is ever asked about: a request from any other is rejected, unseen.
//! - No task is spawned: a pairing moves only while [`Pairing::next`] is awaited. Dropping it rejects whatever the
//!   platform still asks; [`Pairing::cancel`] also ends it there.

mod passkey;
mod step;

use core::fmt;
use core::time::Duration;

use futures::future::BoxFuture;
use salus_wire::ErrorCode;
use tokio::sync::mpsc;

use super::AdapterError;
pub use passkey::{NotAPasskey, Passkey};
use step::Open;
pub(super) use step::{Ask, Reply};

/// Enough for whoever waits: pairing as a whole. Two questions and a connection fit in.
const WHOLE: Duration = Duration::from_secs(120);

/// What the person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Enter the six digits that the device shows.
    Enter,
    /// Say whether the device shows the same six digits.
    Compare(Passkey),
    /// Type these six digits on the device; so many are typed already, where the device tells. Takes no answer.
    Type(Passkey, u16),
    /// Say whether to pair; nothing can be compared.
    Allow,
}

/// What the person answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// To [`Question::Enter`].
    Digits(Passkey),
    /// To [`Question::Compare`] and [`Question::Allow`].
    Yes,
    /// To any question; ends the pairing.
    No,
}

/// The answer does not fit the question that is open, or none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such question is open")]
pub struct NotAsked;

/// What happened in a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairEvent {
    /// The person is asked; a later question replaces an earlier one.
    Asks(Question),
    /// The platform no longer waits for the answer.
    Withdrawn,
    /// It is over; the last event.
    Ended(Result<(), PairError>),
}

/// Why a pairing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// The digits were not the ones that the device showed or expected.
    #[error("wrong passkey")]
    WrongPasskey,
    /// The device, or the person, refused.
    #[error("pairing was refused")]
    Refused,
    /// Nobody answered, or the device took too long.
    #[error("pairing took too long")]
    TimedOut,
    /// Cancelled by the person, or by the device leaving.
    #[error("pairing was cancelled")]
    Cancelled,
    /// This system has no pairing that a program can lead: it asks by itself when the device is first read.
    #[error("the system pairs by itself")]
    NotAvailable,
    /// It is paired; see [`OldBond`].
    #[error("already paired")]
    AlreadyPaired,
    /// Another device is being paired.
    #[error("another pairing runs")]
    Busy,
    /// It is not in range or did not answer.
    #[error("the device is out of reach")]
    Unreachable,
    /// The adapter cannot be used.
    #[error(transparent)]
    Adapter(#[from] AdapterError),
}

impl PairError {
    /// The stable code for pages.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            PairError::WrongPasskey => ErrorCode::WrongPasskey,
            PairError::Refused => ErrorCode::PairingRefused,
            PairError::TimedOut => ErrorCode::PairingTimedOut,
            PairError::Cancelled => ErrorCode::Cancelled,
            PairError::NotAvailable => ErrorCode::PairingNotAvailable,
            PairError::AlreadyPaired => ErrorCode::AlreadyPaired,
            PairError::Busy => ErrorCode::PairingBusy,
            PairError::Unreachable => ErrorCode::DeviceUnreachable,
            PairError::Adapter(error) => error.code(),
        }
    }
}

/// What to do with a bond that this computer still has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OldBond {
    /// Keep it: pairing ends with [`PairError::AlreadyPaired`].
    #[default]
    Keep,
    /// Give it up first, because the device no longer knows it. Only for a person who asked to pair again: nothing
    /// else ever removes a paired device.
    Replace,
}

/// What a caller may choose for a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairOptions {
    /// What to do with a bond that is there.
    pub old_bond: OldBond,
    /// How long a question waits for its answer. 30 s by default.
    ///
    /// # Source
    /// Core Specification 5.4, Vol 3, Part H, 3.4: the Security Manager gives up after 30 s without progress.
    pub patience: Duration,
}

impl Default for PairOptions {
    fn default() -> Self {
        Self { old_bond: OldBond::Keep, patience: Duration::from_secs(30) }
    }
}

/// What the platform gives to lead a pairing with.
pub(super) struct Lead {
    /// The pairing itself, to its end.
    pub(super) work: BoxFuture<'static, Result<(), PairError>>,
    /// What it asks.
    pub(super) asks: mpsc::Receiver<Ask>,
    /// Ends it on the platform's side.
    pub(super) stop: BoxFuture<'static, ()>,
}

/// A pairing under way. See the [module](self) for its rules.
pub struct Pairing {
    work: BoxFuture<'static, Result<(), PairError>>,
    asks: mpsc::Receiver<Ask>,
    /// `None` once it is under way or done.
    stop: Option<BoxFuture<'static, ()>>,
    stopping: Option<BoxFuture<'static, ()>>,
    patience: Duration,
    open: Option<Open>,
    /// The reason that we know better than the platform does.
    verdict: Option<PairError>,
    /// Digits were given or shown: a failed authentication means that they differ.
    digits: bool,
    whole: core::pin::Pin<Box<tokio::time::Sleep>>,
    ended: Option<Result<(), PairError>>,
}

impl fmt::Debug for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairing")
            .field("open", &self.open.as_ref().map(|o| o.question))
            .finish_non_exhaustive()
    }
}

impl Pairing {
    pub(super) fn new(lead: Lead, options: PairOptions) -> Self {
        Self {
            work: lead.work,
            asks: lead.asks,
            stop: Some(lead.stop),
            stopping: None,
            patience: options.patience,
            open: None,
            verdict: None,
            digits: false,
            whole: Box::pin(tokio::time::sleep(WHOLE)),
            ended: None,
        }
    }
}
