//! The model of releases: what a keeper gives, and what the desk of a member hands on.

use super::act::How;
use super::case::{PERMISSIONS, SCOPE, SLOTS, Way};
use super::openings;
use super::rules::{Receipt, Rules};

const RECEIPT_BLOCKS: u64 = 20;
const SKEW: i64 = 60_000;
/// Of an emergency: what was over so long ago is not in its small set.
const SMALL_SET: i64 = 31 * openings::DAY;

impl Rules {
    /// Whether a keeper releases what a receipt is for; its clock is so much ahead of the newest block.
    pub(super) fn releases(&self, receipt: &Receipt, how: How, late: i64) -> bool {
        how == How::Right && self.stands_still(receipt, how, late) && self.has_come(receipt, late)
    }

    /// Whether the desk hands on the secret of those on duty: the same, but for shares and slots.
    pub(super) fn hands_on(&self, receipt: &Receipt, how: How, late: i64) -> bool {
        let duty = matches!(PERMISSIONS[receipt.opening.number].way, Way::Duty(_));
        duty && self.stands_still(receipt, how, late)
    }

    /// Everything that held when the receipt was recorded holds by the newest block and by the own clock.
    fn stands_still(&self, receipt: &Receipt, how: How, late: i64) -> bool {
        let opening = &receipt.opening;
        let as_signed = !matches!(how, How::OtherKey | How::OtherSlot);
        let fresh = self.height - receipt.height <= RECEIPT_BLOCKS && late.abs() <= SKEW;
        let people = |at: i64| {
            self.active(opening.number, at)
                && self.reads(opening.number, opening.key, at)
                && self.vouched(opening, at)
        };
        as_signed
            && how != How::StopSeen
            && fresh
            && people(self.now)
            && people(self.now + late)
            && self.permits(opening, Some(SLOTS[opening.slot]))
    }

    /// Within what is given, and there by both times; in an emergency recent.
    fn has_come(&self, receipt: &Receipt, late: i64) -> bool {
        let asked = SLOTS[receipt.opening.slot];
        let (first, last) = (asked.first, asked.first + (1 << asked.level) - 1);
        let (earlier, later) = (self.now + late.min(0), self.now + late.max(0));
        let come = if asked.level == 0 { asked.begins() <= earlier } else { asked.ends() <= earlier };
        let emergency = receipt.opening.stated.opener().is_some();
        SCOPE.0 <= first && last <= SCOPE.1 && come && (!emergency || asked.ends() > later - SMALL_SET)
    }
}
