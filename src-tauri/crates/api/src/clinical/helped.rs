//! What a steward was shown of relatives' records: in memory until the record is locked, for a report of it.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use salus_wire::{CircleId, UnixMillis};

use super::Held;
use crate::lock::Open;

/// Relatives whose readings are kept; for one more, the one that was read longest ago goes.
const MOST: usize = 8;

/// What was read since the record was unlocked: of each person what was shown last.
#[derive(Default)]
pub(crate) struct Helped(BTreeMap<CircleId, (UnixMillis, Held)>);

impl Helped {
    fn insert(&mut self, circle: CircleId, held: Held, now: UnixMillis) {
        self.0.insert(circle, (now, held));
        while self.0.len() > MOST {
            let oldest = self.0.iter().min_by_key(|(_, (at, _))| *at).map(|(circle, _)| *circle);
            let Some(oldest) = oldest else { return };
            self.0.remove(&oldest);
        }
    }
}

/// Keeps what was shown, in place of what was before.
pub(crate) fn keep_helped(open: &Open, circle: CircleId, held: Held, now: UnixMillis) {
    helped(open).insert(circle, held, now);
}

/// A copy of what was shown last; `None` when nothing was since the record was unlocked. Whether it may still be used the caller knows.
pub(crate) fn of_helped(open: &Open, circle: &CircleId) -> Option<Held> {
    helped(open).0.get(circle).map(|(_, held)| held.clone())
}

/// Nothing of it is kept any longer.
pub(crate) fn forget_helped(open: &Open, circle: &CircleId) {
    helped(open).0.remove(circle);
}

fn helped(open: &Open) -> MutexGuard<'_, Helped> {
    open.helped.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use salus_insight::clinical::{Material, WallTime};

    use super::*;

    #[test]
    fn of_each_person_the_last_stays_and_the_oldest_go() {
        let of = |patient: &str| Held {
            patient: patient.into(),
            from: 0,
            until: 1,
            material: Material::new(WallTime::fixed(0)),
            records: Vec::new(),
        };
        let mut all = Helped::default();
        for n in 0..=u8::try_from(MOST).unwrap() {
            all.insert(CircleId([n; 32]), of("Maria"), i64::from(n));
        }
        assert_eq!(all.0.len(), MOST);
        assert!(!all.0.contains_key(&CircleId([0; 32])));
        all.insert(CircleId([3; 32]), of("Josef"), 99);
        assert_eq!(all.0.len(), MOST);
        assert_eq!(all.0.get(&CircleId([3; 32])).map(|(_, held)| held.patient.as_str()), Some("Josef"));
    }
}
