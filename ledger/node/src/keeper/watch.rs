//! Which shares are looked after: those that the chain has a permission of, and those that wait for theirs.
//!
//! A share comes before its permission, and whoever deals one is a stranger: what waits is bounded for each peer, and of what waits a
//! block looks at so many at most.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::ops::Bound;
use std::time::Duration;

use salus_chain::ids::GrantId;
use salus_chain::time::UnixMillis;
use salus_light::p2p::PeerId;
use tokio::time::Instant;

use super::shares::Shares;
use crate::NodeState;

/// Shares held at most; a stranger can deal a share for a permission that never comes, and it waits a day.
const MAX_SHARES: usize = 1_000_000;
/// Of those that wait, the shares of one peer at most: a person's application gives some permissions at a time, and each waits for some
/// blocks.
const MAX_WAITING: usize = 256;
/// And those that are looked at after one block.
const MAX_LOOKED_AT: usize = 4096;

/// How often every share is looked at whose permission is known, whatever is known about it.
const WHOLE: Duration = Duration::from_secs(60);

/// One moment by both clocks: what has to wait a day has to wait it by each.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    clock_ms: UnixMillis,
    head_ms: UnixMillis,
}

impl Seen {
    /// This moment.
    pub(super) fn now(state: &NodeState) -> Self {
        Self { clock_ms: state.clock().now(), head_ms: state.head().time_ms }
    }

    /// How much later `self` is than `since`, by whichever clock says less: this computer's may have been set, and the
    /// head's goes over a whole rest at once.
    fn after(self, since: Self) -> i64 {
        let clock = self.clock_ms.saturating_sub(since.clock_ms);
        clock.min(self.head_ms.saturating_sub(since.head_ms))
    }
}

/// What is known of a held share.
struct Held {
    /// When it was first seen.
    since: Seen,
    /// When its permission runs out; unknown before it is on the chain.
    expires: Option<UnixMillis>,
    /// Who dealt it, as long as this process runs.
    by: Option<PeerId>,
}

/// The shares to look after, so that a block costs what it ends and not what is held.
pub(super) struct Watch {
    held: BTreeMap<GrantId, Held>,
    erased: BTreeSet<GrantId>,
    whole: Option<Instant>,
    /// How many wait of each peer.
    waiting: HashMap<PeerId, usize>,
    /// Of those that wait, the last one that was looked at.
    looked_at: Option<GrantId>,
}

impl Watch {
    pub(super) fn new(shares: &Shares, now: Seen) -> io::Result<Self> {
        let (held, erased) = shares.list()?;
        let one = |grant| (grant, Held { since: now, expires: None, by: None });
        let (held, erased) = (held.into_iter().map(one).collect(), erased.into_iter().collect());
        Ok(Self { held, erased, whole: None, waiting: HashMap::new(), looked_at: None })
    }

    /// Whether this peer may deal a share of this permission; one that is held already takes no room.
    pub(super) fn has_room(&self, grant: &GrantId, by: &PeerId) -> bool {
        let waits = self.waiting.get(by).copied().unwrap_or_default();
        self.held.contains_key(grant) || (self.held.len() < MAX_SHARES && waits < MAX_WAITING)
    }

    /// Looks after a share that was just kept.
    pub(super) fn add(&mut self, grant: GrantId, by: PeerId, now: Seen) {
        if let Entry::Vacant(place) = self.held.entry(grant) {
            place.insert(Held { since: now, expires: None, by: Some(by) });
            *self.waiting.entry(by).or_default() += 1;
        }
    }

    /// Its permission is on the chain.
    pub(super) fn recorded(&mut self, grant: &GrantId, expires: UnixMillis) {
        let Some(held) = self.held.get_mut(grant) else { return };
        let waited = held.expires.replace(expires).is_none();
        let by = held.by.take();
        if waited {
            self.waits_no_more(by);
        }
    }

    /// It is held no more.
    pub(super) fn forget(&mut self, grant: &GrantId) {
        if let Some(held) = self.held.remove(grant)
            && held.expires.is_none()
        {
            self.waits_no_more(held.by);
        }
    }

    fn waits_no_more(&mut self, by: Option<PeerId>) {
        let Some(by) = by else { return };
        if let Some(count) = self.waiting.get_mut(&by) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.waiting.remove(&by);
            }
        }
    }

    /// It was erased, and the chain is to be told.
    pub(super) fn erased(&mut self, grant: GrantId) {
        self.forget(&grant);
        self.erased.insert(grant);
    }

    /// What was erased and the chain was not heard to know.
    pub(super) fn unconfirmed(&self) -> Vec<GrantId> {
        self.erased.iter().copied().collect()
    }

    /// The chain knows that it was erased.
    pub(super) fn confirmed(&mut self, grant: &GrantId) {
        self.erased.remove(grant);
    }

    /// How long it has been held.
    pub(super) fn waited(&self, grant: &GrantId, now: Seen) -> i64 {
        self.held.get(grant).map_or(0, |held| now.after(held.since))
    }

    /// The shares that may have to go: a permission run out or being stopped, some of those that wait; all that are known once a minute,
    /// and everything at first.
    pub(super) fn due(&mut self, state: &NodeState) -> BTreeSet<GrantId> {
        let (now, first) = (Instant::now(), self.whole.is_none());
        let whole = self.whole.is_none_or(|last| now.duration_since(last) >= WHOLE);
        if whole {
            self.whole = Some(now);
        }
        let head_ms = state.head().time_ms;
        let due = |grant: &GrantId, held: &Held| {
            let by_time = held.expires.map_or(first, |expires| whole || expires <= head_ms);
            by_time || state.mempool().seen_revocation(grant)
        };
        let known = self.held.iter().filter(|(grant, held)| due(grant, held));
        let mut all: BTreeSet<GrantId> = known.map(|(grant, _)| *grant).collect();
        all.extend(self.next_waiting());
        all
    }

    /// The next of those that wait, in turn.
    fn next_waiting(&mut self) -> Vec<GrantId> {
        let from = self.looked_at.map_or(Bound::Unbounded, Bound::Excluded);
        let waits = |(grant, held): (&GrantId, &Held)| held.expires.is_none().then_some(*grant);
        let after = self.held.range((from, Bound::Unbounded));
        let again =
            self.held.iter().take_while(|(grant, _)| self.looked_at.is_some_and(|last| **grant <= last));
        let next: Vec<GrantId> = after.chain(again).filter_map(waits).take(MAX_LOOKED_AT).collect();
        self.looked_at = next.last().copied();
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> (tempfile::TempDir, Watch) {
        let dir = tempfile::tempdir().unwrap();
        let shares = Shares::open(&dir.path().join("shares")).unwrap();
        let watch = Watch::new(&shares, NOW).unwrap();
        (dir, watch)
    }

    const NOW: Seen = Seen { clock_ms: 1_000, head_ms: 1_000 };

    fn grant(n: usize) -> GrantId {
        let mut octets = [0; 32];
        octets[..8].copy_from_slice(&(n as u64).to_be_bytes());
        GrantId(octets)
    }

    #[test]
    fn a_peer_fills_its_own_room_and_nobody_elses() {
        let (_dir, mut watch) = watch();
        let (flood, person) = (PeerId::random(), PeerId::random());
        for n in 0..MAX_WAITING {
            assert!(watch.has_room(&grant(n), &flood));
            watch.add(grant(n), flood, NOW);
            // The same once more takes nothing.
            watch.add(grant(n), flood, NOW);
        }
        assert!(!watch.has_room(&grant(MAX_WAITING), &flood));
        assert!(watch.has_room(&grant(0), &flood), "what is held can be dealt again after a lost answer");
        assert!(watch.has_room(&grant(MAX_WAITING), &person));
        watch.add(grant(MAX_WAITING), person, NOW);

        // One that came onto the chain waits no more, whenever that is learnt; nor does one that was let go.
        watch.recorded(&grant(0), 5_000);
        watch.recorded(&grant(0), 5_000);
        watch.forget(&grant(0));
        assert!(watch.has_room(&grant(1_000), &flood));
        watch.add(grant(1_000), flood, NOW);
        assert!(!watch.has_room(&grant(1_001), &flood));
        watch.forget(&grant(1));
        watch.erased(grant(2));
        assert_eq!(watch.waiting.get(&flood), Some(&(MAX_WAITING - 2)));
        assert_eq!(watch.unconfirmed(), [grant(2)]);
        watch.confirmed(&grant(2));
        assert!(watch.unconfirmed().is_empty());
        for n in 0..=1_000 {
            watch.forget(&grant(n));
        }
        assert!(watch.waiting.is_empty() && watch.held.is_empty(), "nothing is remembered of who is gone");
    }

    #[test]
    fn after_a_block_so_many_of_those_that_wait_are_looked_at_and_each_in_its_turn() {
        let (_dir, mut watch) = watch();
        let most = MAX_LOOKED_AT + 10;
        for n in 0..most {
            watch.add(grant(n), PeerId::random(), NOW);
        }
        watch.recorded(&grant(3), 5_000);
        let first = watch.next_waiting();
        assert_eq!((first.len(), first[0]), (MAX_LOOKED_AT, grant(0)));
        assert!(!first.contains(&grant(3)), "its permission is known");
        let second = watch.next_waiting();
        assert_eq!((second.len(), second[0]), (MAX_LOOKED_AT, grant(MAX_LOOKED_AT + 1)));
        assert!(second.contains(&grant(most - 1)) && second.contains(&grant(0)));
        let (_dir, mut few) = self::watch();
        few.add(grant(7), PeerId::random(), NOW);
        assert_eq!((few.next_waiting(), few.next_waiting()), (vec![grant(7)], vec![grant(7)]));
        few.forget(&grant(7));
        assert!(few.next_waiting().is_empty() && few.next_waiting().is_empty());
    }

    #[test]
    fn a_day_is_waited_by_both_clocks() {
        const DAY: i64 = 86_400_000;
        const YEAR: i64 = 365 * DAY;
        let seen = |clock_ms, head_ms| Seen { clock_ms, head_ms };
        let dealt = seen(1_000, 1_000);
        assert_eq!(seen(1_000 + DAY, 1_000 + DAY).after(dealt), DAY);
        assert_eq!(seen(1_000 + YEAR, 6_000).after(dealt), 5_000, "the clock was set a year ahead");
        assert_eq!(seen(6_000, 1_000 + YEAR).after(dealt), 5_000, "the chain went over a long rest");
        let behind = seen(1_000 - YEAR, 1_000);
        assert_eq!(seen(6_000, 6_000).after(behind), 5_000, "the clock was a year behind and is right again");
    }
}
