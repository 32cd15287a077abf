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

mod encoding;

use super::TxRefused;
use crate::ids::{GrantId, TxHash, VerifyingKey};
use crate::time::UnixMillis;
use crate::tx::Verdict;

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
    /// Why, from 1 to [`crate::tx::MAX_REASON`].
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
