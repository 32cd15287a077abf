//! Sending once more what enough depots hold and some do not, readings and letters: one that was passed over, because it did not answer,
//! has it then too. A few at a time and some minutes apart, and not for ever: a depot that is gone costs no more than that.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::share::kept::Uploaded;

/// So often each is sent once more at most.
const TIMES: u8 = 3;
/// How far apart.
const APART: Duration = Duration::from_secs(300);
/// So many at a time.
const MOST: usize = 16;

/// When something was sent once more last. Each kind has a time of its own: a long history holds up no letter.
#[derive(Default)]
pub(crate) struct Repeated {
    /// Sealed readings, for permissions and stewards.
    pub(crate) readings: Mutex<Option<Instant>>,
    /// Sealed readings, for the person's other laptops.
    pub(crate) laptops: Mutex<Option<Instant>>,
    /// What waits in [`crate::outbox`].
    pub(crate) letters: Mutex<Option<Instant>>,
}

/// What may be sent once more now.
pub(crate) struct Repeat<'a> {
    last: &'a Mutex<Option<Instant>>,
    left: usize,
}

impl<'a> Repeat<'a> {
    /// `last` is when something was sent once more, whatever it was.
    pub(crate) fn since(last: &'a Mutex<Option<Instant>>, now: Instant) -> Self {
        let known = *last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = known.is_none_or(|at| now.duration_since(at) >= APART);
        Self { last, left: if due { MOST } else { 0 } }
    }

    /// Nothing.
    pub(crate) fn nothing(last: &'a Mutex<Option<Instant>>) -> Self {
        Self { last, left: 0 }
    }

    /// Whether nothing more is sent once more now.
    pub(crate) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Whether something is sent once more that is to be so often still.
    pub(crate) fn takes(&mut self, again: u8, now: Instant) -> bool {
        if again == 0 || self.left == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(1);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        true
    }

    /// Whether a sealing is to be sent: it is new, or sent once more.
    pub(crate) fn sends(&mut self, uploaded: &[Uploaded], one: &Uploaded, now: Instant) -> bool {
        let Some(known) = find(uploaded, one).filter(|known| known.version == one.version) else {
            return true;
        };
        self.takes(known.again, now)
    }
}

/// How often something is to be sent once more that was sent: as a new one, or as one that was to be so often still, and which `everywhere`
/// all depots hold.
pub(crate) fn left(before: Option<u8>, everywhere: bool) -> u8 {
    if everywhere { 0 } else { before.map_or(TIMES, |left| left.saturating_sub(1)) }
}

/// Notes a sealing that enough depots hold, or `everywhere` all of them.
pub(crate) fn note(uploaded: &mut Vec<Uploaded>, one: Uploaded, everywhere: bool) {
    let known = find(uploaded, &one).filter(|known| known.version == one.version);
    let again = left(known.map(|known| known.again), everywhere);
    uploaded.retain(|known| (known.category, known.epoch) != (one.category, one.epoch));
    uploaded.push(Uploaded { again, ..one });
}

fn find<'a>(uploaded: &'a [Uploaded], one: &Uploaded) -> Option<&'a Uploaded> {
    uploaded.iter().find(|known| (known.category, known.epoch) == (one.category, one.epoch))
}

#[cfg(test)]
mod tests {
    use salus_wire::Category;

    use super::*;

    fn sealing(epoch: u32, version: u64) -> Uploaded {
        Uploaded { category: Category::HeartRate, epoch, version, again: 0 }
    }

    #[test]
    fn what_some_depot_does_not_have_is_sent_three_times_more_and_minutes_apart() {
        let (last, begin) = (Mutex::default(), Instant::now());
        let (mut uploaded, one) = (Vec::new(), sealing(7, 1));
        let sends = |uploaded: &[Uploaded], one: &Uploaded, minutes: u64| {
            let now = begin + Duration::from_secs(60 * minutes);
            Repeat::since(&last, now).sends(uploaded, one, now)
        };
        assert!(sends(&uploaded, &one, 0));
        note(&mut uploaded, one, false);
        for times in 0..3 {
            assert!(!Repeat::nothing(&last).sends(&uploaded, &one, begin));
            assert!(sends(&uploaded, &one, times * 5));
            note(&mut uploaded, one, false);
            assert!(!sends(&uploaded, &one, times * 5 + 4));
        }
        assert!(!sends(&uploaded, &one, 60));
        // A later sealing is another one, and not held up by what is sent once more.
        let later = sealing(7, 2);
        assert!(sends(&uploaded, &later, 10));
        note(&mut uploaded, later, false);
        assert!(sends(&uploaded, &later, 70));
        note(&mut uploaded, later, true);
        assert!(!sends(&uploaded, &later, 80));
        assert_eq!(uploaded, [later]);
    }

    #[test]
    fn a_few_are_sent_once_more_at_a_time() {
        let (last, now) = (Mutex::default(), Instant::now());
        let mut uploaded = Vec::new();
        (0..40).for_each(|epoch| note(&mut uploaded, sealing(epoch, 1), false));
        let mut repeat = Repeat::since(&last, now);
        let sent = (0..40).filter(|epoch| repeat.sends(&uploaded, &sealing(*epoch, 1), now));
        assert_eq!(sent.count(), MOST);
    }
}
