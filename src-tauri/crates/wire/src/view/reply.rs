//! A clinician's signed note back to a patient.

use serde::{Deserialize, Serialize};

use super::request::is_hidden;
use super::{PermissionState, Unconfirmed};
use crate::{CircleId, GrantId, UnixMillis};

/// Most characters of a note.
pub const MAX_REPLY: usize = 2_000;
/// Most lines of a note.
pub const MAX_REPLY_LINES: usize = 60;
/// Most notes with one permission: what waits for a patient in the depots has its limit.
pub const MOST_REPLIES: u32 = 12;

/// Checks the text of a note: 1 to [`MAX_REPLY`] characters on at most [`MAX_REPLY_LINES`] lines, plain, without white space around
/// it, and with nothing that reorders or hides text.
///
/// # Errors
/// The name of the field that is outside its limits.
pub fn check_reply(text: &str) -> Result<(), &'static str> {
    let plain = !text.chars().any(|c| (c.is_control() && c != '\n') || is_hidden(c));
    let bare = plain && text.trim() == text && !text.is_empty();
    let sized = text.chars().count() <= MAX_REPLY && text.lines().count() <= MAX_REPLY_LINES;
    if bare && sized { Ok(()) } else { Err("text") }
}

/// How a note came, where the person whose record this is did not give its permission for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    /// A helper gave the permission: the note is about the person whose record this is.
    Helper {
        /** By their own word; empty when it is not known. */
        name: String,
    },
    /// The person whose record this is gave it as somebody's helper: the note is about that person.
    Relative {
        /** Whose circle. */
        circle: CircleId,
        /** Whose readings it is about. */
        person: String,
    },
}

/// A note as the patient sees it, or a helper who gave its permission. Words of somebody else: a page shows them apart from its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyView {
    /// With which permission.
    pub permission: GrantId,
    /// Who gave that, where the person did not for themselves.
    pub through: Option<Through>,
    /// Counted from 1 within that permission.
    pub number: u32,
    /// Who signed it: the clinician of the permission, as attested when it was given.
    pub name: String,
    /// Organisation as attested.
    pub organisation: String,
    /// The member that attested it.
    pub attested_by: String,
    /// Why that member did not attest it any more when the note came; `None` when it did.
    pub unconfirmed: Option<Unconfirmed>,
    /// Block at which that was proven, decimal.
    pub proven_at_height: String,
    /// What it says, as [`check_reply`] allows.
    pub text: String,
    /// When it was written, by the clinician's word.
    pub written: UnixMillis,
    /// When this computer got it.
    pub came: UnixMillis,
    /// The number of the earlier note that it takes back.
    pub takes_back: Option<u32>,
    /// True when a later note takes this one back.
    pub taken_back: bool,
    /// Ended or stopped, when the permission had been that as this note was written.
    pub after: Option<PermissionState>,
    /// True once it was on the screen.
    pub read: bool,
}

impl ReplyView {
    /// Whose circle it is about; `None` for one about the person whose record this is.
    #[must_use]
    pub const fn relative(&self) -> Option<CircleId> {
        match &self.through {
            Some(Through::Relative { circle, .. }) => Some(*circle),
            Some(Through::Helper { .. }) | None => None,
        }
    }
}

/// A note as its clinician sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentReplyView {
    /// Counted from 1 within the permission.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// When it was signed.
    pub written: UnixMillis,
    /// The number of the earlier note that it takes back.
    pub takes_back: Option<u32>,
    /// True when a later note takes this one back.
    pub taken_back: bool,
    /// True once it waits for the patient with enough members; whether it was read nobody tells.
    pub sent: bool,
    /// True once it waits so for the helper who gave the permission, where one did.
    pub helper: bool,
}

/// Whether another note can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "may")]
pub enum MayReply {
    /// It can.
    Yes {
        /** Until then, exclusive. */
        until: UnixMillis,
    },
    /// The patient's computer has not said yet where it can be written to.
    NoAddress,
    /// The permission has been over for too long.
    TooLate,
    /// As many as there may be were sent.
    Full,
    /// No member confirms this clinician.
    NotAttested,
}

/// The notes of one permission, as their clinician sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRepliesView {
    /// Newest first.
    pub sent: Vec<SentReplyView>,
    /// Whether there can be another.
    pub may: MayReply,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_plain_text_that_reads_as_what_it_is() {
        let (full, long) = ("北".repeat(MAX_REPLY), "x".repeat(MAX_REPLY + 1));
        let lines = |n: usize| vec!["x"; n].join("\n");
        let (most, many) = (lines(MAX_REPLY_LINES), lines(MAX_REPLY_LINES + 1));
        for good in ["x", "One.\n\nTwo: 12.5 mg?", "قس في المساء أيضًا", full.as_str(), most.as_str()]
        {
            assert_eq!(check_reply(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            " ",
            " padded",
            "padded\n",
            "a\tb",
            "a\rb",
            "a\u{0}b",
            "\u{202e}evil",
            "a\u{2066}b",
            "a\u{200b}b",
            "a\u{2028}b",
            "a\u{e0041}",
            long.as_str(),
            many.as_str(),
        ] {
            assert_eq!(check_reply(bad), Err("text"), "{bad:?}");
        }
    }
}
