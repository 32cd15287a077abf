//! What time it is: this computer's clock beside the chain's, and what to say when they are apart.
//!
//! What cannot be taken back (a blob collected, a share discarded) happens at the earlier of both: a clock that is a year
//! ahead would otherwise end every permission of that year. What opens something asks for both (`salus_keeper::release`).

use std::sync::{Arc, Mutex, PoisonError};

use salus_chain::time::{Clock, UnixMillis};
use salus_keeper::release::MAX_HEAD_SKEW_MS;
use tokio::sync::watch;

use crate::state::{Head, NodeState};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How long a chain of one member may rest before its clock has to be confirmed: 30 days, after which light clients ask
/// for a newer anchor in person too.
pub const LONGEST_REST_MS: i64 = 30 * DAY_MS;

/// This computer's clock is not the chain's; milliseconds, always positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockOff {
    /// Members decide blocks now, and their time is long past by this clock.
    #[error("this computer's clock is {} ahead of the members' last block: set the date", span(*.0))]
    Ahead(i64),
    /// A block is recorded that this clock has not reached.
    #[error("this computer's clock is {} behind the members' last block: set the date", span(*.0))]
    Behind(i64),
    /// A member alone would carry its clock into the chain for good.
    #[error(
        "this computer's clock is {} ahead of this chain's last block, and the chain would follow it for good: set the date. \
         If the date is right and the member rested that long, start it once with --clock-is-right", span(*.0)
    )]
    Leap(i64),
}

impl ClockOff {
    /// How far the clock is ahead; negative when it is behind.
    #[must_use]
    pub fn ms(self) -> i64 {
        match self {
            Self::Ahead(ms) | Self::Leap(ms) => ms,
            Self::Behind(ms) => ms.saturating_neg(),
        }
    }

    /// Refuses a clock that a chain of one member must not follow: see [`LONGEST_REST_MS`]. Before the first block there is
    /// nothing to lose.
    ///
    /// # Errors
    /// [`ClockOff::Leap`].
    pub fn no_leap(members: u16, head: &Head, clock_ms: UnixMillis) -> Result<(), Self> {
        let ahead = clock_ms.saturating_sub(head.time_ms);
        if members == 1 && head.height > 0 && ahead > LONGEST_REST_MS {
            Err(Self::Leap(ahead))
        } else {
            Ok(())
        }
    }

    /// What is wrong with a clock that is `past_head` ms after the head, and was `measured` ms after blocks when they were
    /// decided. A head that is old says nothing: this member may have rested.
    fn seen(past_head: i64, measured: Option<i64>) -> Option<Self> {
        let ahead = measured.map_or(0, |measured| measured.min(past_head));
        if past_head < -MAX_HEAD_SKEW_MS {
            Some(Self::Behind(past_head.saturating_neg()))
        } else if ahead > MAX_HEAD_SKEW_MS {
            Some(Self::Ahead(ahead))
        } else {
            None
        }
    }
}

/// "365 days", "1 hour", "2 minutes": the largest unit that fits, to the nearest whole.
fn span(ms: i64) -> String {
    let units = [(DAY_MS, "day"), (HOUR_MS, "hour"), (MINUTE_MS, "minute")];
    let (unit, name) = units.into_iter().find(|(unit, _)| ms >= *unit).unwrap_or((MINUTE_MS, "minute"));
    let count = ms.saturating_add(unit / 2) / unit;
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// How far the clock was past the last two blocks, each when this member saw it decided.
///
/// Two, because the first one after a start can come out of the engine's log and be as old as the member's rest.
#[derive(Clone, Debug, Default)]
pub struct Measured(Arc<Mutex<[Option<i64>; 2]>>);

impl Measured {
    /// Notes a block that was decided just now.
    pub fn note(&self, block_ms: UnixMillis, clock_ms: UnixMillis) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = [last[1], Some(clock_ms.saturating_sub(block_ms))];
    }

    /// The smaller of the two; `None` before there are two.
    #[must_use]
    pub fn least(&self) -> Option<i64> {
        let [before, last] = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        before.zip(last).map(|(before, last)| before.min(last))
    }
}

/// The earlier of this computer's clock and the chain's: the clock of whatever deletes.
pub(crate) struct Earlier {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) head: watch::Receiver<Head>,
}

impl Clock for Earlier {
    fn now(&self) -> UnixMillis {
        self.clock.now().min(self.head.borrow().time_ms)
    }
}

impl NodeState {
    /// What is wrong with this computer's clock, as far as the chain tells.
    #[must_use]
    pub fn clock_off(&self) -> Option<ClockOff> {
        let past_head = self.clock().now().saturating_sub(self.head().time_ms);
        ClockOff::seen(past_head, self.measured().least())
    }
}

/// Logs, at the start and after every block, that the clock went wrong or is right again; ends with the chain.
pub(crate) async fn tell(state: NodeState) {
    let mut blocks = state.new_blocks();
    let mut told = None;
    loop {
        let off = state.clock_off();
        let kind = off.map(|off| off.ms().signum());
        if kind != told {
            match off {
                Some(off) => tracing::warn!("{off}; until then this member helps to open nothing"),
                None => tracing::info!("this computer's clock agrees with the members' blocks again"),
            }
            told = kind;
        }
        if blocks.changed().await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::Hash32;

    use super::*;

    const YEAR: i64 = 365 * DAY_MS;

    #[test]
    fn a_wrong_clock_is_named_and_a_long_rest_is_not_one() {
        let measured = Measured::default();
        assert_eq!(ClockOff::seen(YEAR, measured.least()), None, "it rested: no block was decided since");
        measured.note(0, YEAR);
        assert_eq!(ClockOff::seen(YEAR, measured.least()), None, "the first may come out of the log");
        measured.note(1_000, YEAR + 1_000);
        assert_eq!(ClockOff::seen(YEAR, measured.least()), Some(ClockOff::Ahead(YEAR)));
        assert_eq!(ClockOff::seen(500, measured.least()), None, "the date was set since");
        measured.note(2_000, 2_500);
        assert_eq!(ClockOff::seen(500, measured.least()), None);
        assert_eq!(ClockOff::seen(-YEAR, None), Some(ClockOff::Behind(YEAR)), "a recorded block is enough");
        assert_eq!(ClockOff::seen(-MAX_HEAD_SKEW_MS, Some(MAX_HEAD_SKEW_MS)), None, "a minute is usual");
    }

    #[test]
    fn the_sentence_says_how_far_and_what_to_do() {
        let said = ClockOff::Ahead(YEAR).to_string();
        assert_eq!(said, "this computer's clock is 365 days ahead of the members' last block: set the date");
        assert!(ClockOff::Behind(YEAR - MINUTE_MS).to_string().contains("is 365 days behind"));
        assert!(ClockOff::Behind(HOUR_MS).to_string().contains("is 1 hour behind"));
        assert!(ClockOff::Ahead(2 * MINUTE_MS).to_string().contains("is 2 minutes ahead"));
        assert!(ClockOff::Leap(YEAR).to_string().contains("--clock-is-right"));
        assert_eq!((ClockOff::Behind(5).ms(), ClockOff::Ahead(5).ms()), (-5, 5));
    }

    #[test]
    fn only_a_member_alone_with_blocks_is_kept_from_a_leap() {
        let head = |height| Head { height, time_ms: 1_000, hash: Hash32::ZERO };
        assert_eq!(ClockOff::no_leap(1, &head(5), 1_000 + LONGEST_REST_MS), Ok(()));
        let leap = ClockOff::no_leap(1, &head(5), 1_001 + LONGEST_REST_MS);
        assert_eq!(leap, Err(ClockOff::Leap(LONGEST_REST_MS + 1)));
        assert_eq!(ClockOff::no_leap(1, &head(0), YEAR), Ok(()));
        assert_eq!(ClockOff::no_leap(4, &head(5), YEAR), Ok(()), "the others would not follow it");
    }

    #[test]
    fn what_deletes_goes_by_the_earlier_of_both_clocks() {
        struct Hand(i64);
        impl Clock for Hand {
            fn now(&self) -> UnixMillis {
                self.0
            }
        }
        let (head, at) = watch::channel(Head { height: 1, time_ms: 10 * DAY_MS, hash: Hash32::ZERO });
        let earlier = |clock| Earlier { clock: Arc::new(Hand(clock)), head: at.clone() }.now();
        assert_eq!(earlier(YEAR), 10 * DAY_MS, "a clock that is ahead deletes nothing");
        assert_eq!(earlier(DAY_MS), DAY_MS, "nor do blocks that are ahead of the clock");
        head.send_modify(|head| head.time_ms = 20 * DAY_MS);
        assert_eq!(earlier(YEAR), 20 * DAY_MS);
    }
}
