//! What the state holds of emergencies: who announced one of a permission and when it was first opened, and what was said of each
//! announcement and each opening.
//!
//! ```text
//! 1e, version 2 = list of announcements || opened i64 (0 none)
//! announcement  = by 32 || reason u8 || at i64 || transaction 32
//! 21            = grant_id 32 || did u8 || by 32 || reason u8 || at i64 || list of reviews
//! review        = by 32 || verdict u8 || at i64
//! 22            = count u32
//! 23            = transaction 32 || act 32 || grant_id 32 || credential_pk 32 || verdict u8 || at i64
//! ```

use super::TxRefused;
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{GrantId, TxHash, VerifyingKey};
use crate::time::UnixMillis;
use crate::tx::{MAX_REASON, Verdict};

/// How long an announcement serves, in milliseconds, inclusive: openings that begin so long after it.
pub const ANNOUNCEMENT_LASTS_MS: i64 = 24 * 3_600_000;
/// Announcements of one permission that are kept, and that can serve at once, at most.
pub const MAX_ANNOUNCEMENTS: usize = 8;
/// Reviews of one announcement or opening at most; the last place is the person's.
pub const MAX_REVIEWS: usize = 16;

/// An announcement of an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcement {
    /// The attested key of the clinician who announced it.
    pub by: VerifyingKey,
    /// Why, from 1 to [`MAX_REASON`].
    pub reason: u8,
    /// Time of the block with it.
    pub at_ms: UnixMillis,
    /// The transaction that recorded it: names its [`ActRecord`].
    pub tx: TxHash,
}

/// What happened of emergencies of a permission: the newest announcements, oldest first, and the first opening.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmergencyRecord {
    /// At most [`MAX_ANNOUNCEMENTS`].
    pub announcements: Vec<Announcement>,
    /// Time of the block with the first emergency opening.
    pub opened_ms: Option<UnixMillis>,
}

impl EmergencyRecord {
    /// The newest announcement.
    pub fn newest(&self) -> Option<&Announcement> {
        self.announcements.last()
    }

    /// When the newest announcement was made; 0 when there is none. The next one names it.
    pub fn follows_ms(&self) -> UnixMillis {
        self.newest().map_or(0, |newest| newest.at_ms)
    }

    /// When this clinician announced it, for whoever opens at an instant: none when that announcement has lapsed. Nobody else's
    /// announcement serves them. An opening that began in time goes on.
    pub fn serves(&self, now: UnixMillis, by: &VerifyingKey) -> Option<UnixMillis> {
        self.announcements.iter().find(|one| one.by == *by && self.stands(one, now)).map(|one| one.at_ms)
    }

    fn stands(&self, announcement: &Announcement, now: UnixMillis) -> bool {
        let begins = self.opened_ms.unwrap_or(now);
        begins.saturating_sub(announcement.at_ms) <= ANNOUNCEMENT_LASTS_MS
    }

    /// The record after one more announcement, which takes the place of the oldest one when there is no other.
    ///
    /// # Errors
    /// [`TxRefused::Announced`] while one of the same clinician serves, [`TxRefused::TooMany`] while [`MAX_ANNOUNCEMENTS`] do.
    pub fn announced(&self, announcement: Announcement) -> Result<Self, TxRefused> {
        let now = announcement.at_ms;
        // One that serves stands: a later one would start the wait anew, and be one more notice of nothing.
        if self.serves(now, &announcement.by).is_some() {
            return Err(TxRefused::Announced);
        }
        let mut after = self.clone();
        if after.announcements.len() >= MAX_ANNOUNCEMENTS {
            let lapsed = after.announcements.iter().position(|one| !self.stands(one, now));
            after.announcements.remove(lapsed.ok_or(TxRefused::TooMany)?);
        }
        after.announcements.push(announcement);
        Ok(after)
    }
}

/// What a clinician did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Did {
    /// Announced an emergency.
    Announced,
    /// Opened readings.
    Opened,
}

/// What somebody said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The permission's own key, or a key of the circle.
    pub by: VerifyingKey,
    /// What.
    pub verdict: Verdict,
    /// Time of the block.
    pub at_ms: UnixMillis,
}

/// An announcement or an opening in an emergency, and what was said of it; never changed otherwise, and never removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRecord {
    /// The permission.
    pub grant_id: GrantId,
    /// What was done.
    pub did: Did,
    /// The attested key of the clinician who answers for it.
    pub by: VerifyingKey,
    /// Why, as stated.
    pub reason: u8,
    /// Time of the block with it.
    pub at_ms: UnixMillis,
    /// In order; each signer once.
    pub reviews: Vec<Review>,
}

/// Whose key signed a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewer {
    /// The person's.
    Person,
    /// That of somebody who helps them.
    Helper,
}

impl ActRecord {
    /// The record after one more review.
    ///
    /// # Errors
    /// [`TxRefused::AlreadySaid`] for a second one of the same signer, [`TxRefused::TooMany`] where no place is left.
    pub fn reviewed(&self, review: Review, by: Reviewer) -> Result<Self, TxRefused> {
        if self.reviews.iter().any(|earlier| earlier.by == review.by) {
            return Err(TxRefused::AlreadySaid);
        }
        let places = match by {
            Reviewer::Person => MAX_REVIEWS,
            Reviewer::Helper => MAX_REVIEWS - 1,
        };
        if self.reviews.len() >= places {
            return Err(TxRefused::TooMany);
        }
        let mut after = self.clone();
        after.reviews.push(review);
        Ok(after)
    }
}

/// How many objections there are to what the clinicians of a member did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ObjectionCount(pub u32);

/// An objection, in the list of the member that attested the clinician.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectionRecord {
    /// The transaction with the review.
    pub tx: TxHash,
    /// What it is about: names the [`ActRecord`].
    pub act: TxHash,
    /// The permission.
    pub grant_id: GrantId,
    /// The clinician who answers for it.
    pub credential_pk: VerifyingKey,
    /// What was said.
    pub verdict: Verdict,
    /// Time of the block with it.
    pub at_ms: UnixMillis,
}

const EMERGENCY: u8 = 0x1e;
const ACT: u8 = 0x21;
const COUNT: u8 = 0x22;
const OBJECTION: u8 = 0x23;

fn expect(kind: u8, own: u8) -> Result<(), CodecError> {
    if kind == own { Ok(()) } else { Err(CodecError::Kind(kind)) }
}

fn read_reason(input: &mut Reader<'_>) -> Result<u8, CodecError> {
    match input.u8()? {
        reason @ 1..=MAX_REASON => Ok(reason),
        _ => Err(CodecError::Value("reason")),
    }
}

impl Record for EmergencyRecord {
    const MAX: usize = 2 + (2 + MAX_ANNOUNCEMENTS * (32 + 1 + 8 + 32)) + 8;
    // In the first version one announcement was kept, and nobody's.
    const VERSION: u8 = 2;

    fn kind(&self) -> u8 {
        EMERGENCY
    }

    fn write(&self, out: &mut Writer) {
        out.list(&self.announcements, |out, one| {
            out.fixed(one.by);
            out.u8(one.reason);
            out.instant(one.at_ms);
            out.fixed(one.tx);
        });
        // No block has time 0, so it can stand for none.
        out.instant(self.opened_ms.unwrap_or(0));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, EMERGENCY)?;
        let announcements = input.list(MAX_ANNOUNCEMENTS, |input| {
            Ok(Announcement {
                by: input.verifying_key()?,
                reason: read_reason(input)?,
                at_ms: input.instant()?,
                tx: input.tx_hash()?,
            })
        })?;
        Ok(Self { announcements, opened_ms: Some(input.instant()?).filter(|at| *at != 0) })
    }
}

impl Record for ActRecord {
    const MAX: usize = 2 + (32 + 1 + 32 + 1 + 8) + (2 + MAX_REVIEWS * (32 + 1 + 8));

    fn kind(&self) -> u8 {
        ACT
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.u8(match self.did {
            Did::Announced => 1,
            Did::Opened => 2,
        });
        out.fixed(self.by);
        out.u8(self.reason);
        out.instant(self.at_ms);
        out.list(&self.reviews, |out, review| {
            out.fixed(review.by);
            out.u8(review.verdict.octet());
            out.instant(review.at_ms);
        });
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, ACT)?;
        Ok(Self {
            grant_id: input.grant_id()?,
            did: match input.u8()? {
                1 => Did::Announced,
                2 => Did::Opened,
                _ => return Err(CodecError::Value("act")),
            },
            by: input.verifying_key()?,
            // What a contract accepts as a reason of an opening is its own affair.
            reason: input.u8()?,
            at_ms: input.instant()?,
            reviews: input.list(MAX_REVIEWS, |input| {
                Ok(Review {
                    by: input.verifying_key()?,
                    verdict: Verdict::from_octet(input.u8()?)?,
                    at_ms: input.instant()?,
                })
            })?,
        })
    }
}

impl Record for ObjectionCount {
    const MAX: usize = 2 + 4;

    fn kind(&self) -> u8 {
        COUNT
    }

    fn write(&self, out: &mut Writer) {
        out.u32(self.0);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, COUNT)?;
        Ok(Self(input.u32()?))
    }
}

impl Record for ObjectionRecord {
    const MAX: usize = 2 + 4 * 32 + 1 + 8;

    fn kind(&self) -> u8 {
        OBJECTION
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.tx);
        out.fixed(self.act);
        out.fixed(self.grant_id);
        out.fixed(self.credential_pk);
        out.u8(self.verdict.octet());
        out.instant(self.at_ms);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, OBJECTION)?;
        Ok(Self {
            tx: input.tx_hash()?,
            act: input.tx_hash()?,
            grant_id: input.grant_id()?,
            credential_pk: input.verifying_key()?,
            verdict: Verdict::from_octet(input.u8()?)?,
            at_ms: input.instant()?,
        })
    }
}
