//! The anchors that this record made, and which days members may know more of.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::ids::ChainId;
use salus_light::LightClient;
use salus_sharing::anchor::{self, Anchor, Day, Recorded};
use salus_vault::{Head, Vault, VaultError};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::failure::OrFail;

const NAMESPACE: &str = crate::namespace::ANCHORS;
const ACCEPTED: &[u8] = b"accepted";
const VERSION: u8 = 1;
/// So many days before today are asked for, and so many after the last one that is known.
const BACK: u32 = 30;
const AHEAD: u32 = 7;

/// An anchor as this record keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kept {
    head: Head,
    /// Height and time, once proven.
    recorded: Option<(u64, UnixMillis)>,
}

/// Every anchor that this record made on one chain.
pub(super) struct Book {
    chain: ChainId,
    made: BTreeMap<Day, Kept>,
    accepted: Option<Day>,
}

/// Notes that what members have up to this day is not held against the record.
pub(super) async fn accept(vault: &Vault, today: Day) -> Result<(), Failure> {
    let octets = [&[VERSION][..], &today.0.to_be_bytes()].concat();
    vault.cabinet().put(NAMESPACE, ACCEPTED, &octets).await.or_fail()
}

/// What the log had come to on the days of which this record made an anchor, on any chain: proven or not, each was read from the
/// log that the record had then. Days before the person accepted the record say nothing of this log.
pub(super) async fn heads(vault: &Vault) -> Result<Vec<Head>, VaultError> {
    let all = vault.cabinet().readable(NAMESPACE).await?;
    let judged = all.iter().find(|(name, _)| name == ACCEPTED).and_then(|(_, value)| accepted(value));
    let head = |(name, value): &(Vec<u8>, zeroize::Zeroizing<Vec<u8>>)| {
        let (_, day) = name.split_first_chunk::<32>()?;
        let day = Day(u32::from_be_bytes(day.try_into().ok()?));
        judged.is_none_or(|judged| day > judged).then_some(Kept::decode(value)?.head)
    };
    Ok(all.iter().filter_map(head).collect())
}

impl Book {
    pub(super) async fn load(vault: &Vault, chain: ChainId) -> Result<Self, Failure> {
        let mut book = Self { chain, made: BTreeMap::new(), accepted: None };
        for (name, value) in vault.cabinet().list(NAMESPACE).await.or_fail()? {
            if name == ACCEPTED {
                book.accepted = Some(accepted(&value).ok_or(ErrorCode::Damaged)?);
            } else if let Some(day) = name.strip_prefix(&chain.0[..]) {
                let day = day.try_into().map(u32::from_be_bytes).map_err(|_| ErrorCode::Damaged)?;
                book.made.insert(Day(day), Kept::decode(&value).ok_or(ErrorCode::Damaged)?);
            }
        }
        Ok(book)
    }

    /// When the newest one was recorded.
    pub(super) fn newest(&self) -> Option<UnixMillis> {
        self.made.values().rev().find_map(|kept| kept.recorded).map(|(_, time)| time)
    }

    /// Days of which members may have what this record does not know: those that it made no anchor for, near today and near
    /// its last one; and those of which it does not know whether they were recorded.
    pub(super) fn doubtful(&self, today: Day) -> BTreeSet<Day> {
        let near = today.0.saturating_sub(BACK)..=today.0;
        let last = self.made.keys().next_back().map_or(today.0, |day| day.0);
        let after = last.saturating_add(1)..=last.saturating_add(AHEAD).min(today.0);
        let unsure = |day: &Day| self.made.get(day).is_none_or(|kept| kept.recorded.is_none());
        let judged = |day: &Day| self.accepted.is_none_or(|accepted| *day > accepted);
        near.chain(after).map(Day).filter(unsure).filter(judged).collect()
    }

    pub(super) async fn find(
        &mut self,
        vault: &Vault,
        client: &LightClient,
        day: Day,
    ) -> Result<Option<Recorded>, Failure> {
        let anchor = Anchor::of(vault, &self.chain, day);
        let made = self.made.get(&day).copied();
        // Of a day without one of its own, whatever is there is another life's.
        let head = made.map_or(Head { size: 0, counter: 0, root: [0; 32] }, |kept| kept.head);
        let found = anchor::find(client, &anchor, &head).await.or_fail()?;
        if let (Some(kept), Some(recorded)) = (made, found.filter(|f| f.same)) {
            self.prove(vault, day, kept, recorded).await?;
        }
        Ok(found)
    }

    /// Records today's head, if it is not recorded yet; `None` when nothing had to be done.
    pub(super) async fn keep_today(
        &mut self,
        vault: &Vault,
        client: &LightClient,
        today: Day,
    ) -> Result<Option<Recorded>, Failure> {
        let made = self.made.get(&today).copied();
        let done = made.is_some_and(|kept| kept.recorded.is_some());
        if done || self.accepted.is_some_and(|accepted| today <= accepted) {
            return Ok(None);
        }
        let kept = match made {
            Some(kept) => kept,
            None => {
                let kept = Kept { head: *vault.heads().borrow(), recorded: None };
                self.put(vault, today, kept).await?;
                kept
            }
        };
        let anchor = Anchor::of(vault, &self.chain, today);
        let recorded = anchor::record(client, &anchor, &kept.head).await.or_fail()?;
        if recorded.same {
            self.prove(vault, today, kept, recorded).await?;
        }
        Ok(Some(recorded))
    }

    async fn prove(
        &mut self,
        vault: &Vault,
        day: Day,
        kept: Kept,
        recorded: Recorded,
    ) -> Result<(), Failure> {
        let recorded = Some((recorded.height, recorded.time_ms));
        self.put(vault, day, Kept { recorded, ..kept }).await
    }

    async fn put(&mut self, vault: &Vault, day: Day, kept: Kept) -> Result<(), Failure> {
        let name = [&self.chain.0[..], &day.0.to_be_bytes()].concat();
        vault.cabinet().put(NAMESPACE, &name, &kept.encode()).await.or_fail()?;
        self.made.insert(day, kept);
        Ok(())
    }
}

impl Kept {
    fn encode(&self) -> Vec<u8> {
        let (height, time) = self.recorded.unwrap_or((0, 0));
        [&[VERSION][..], &self.head.encode(), &height.to_be_bytes(), &time.to_be_bytes()].concat()
    }

    fn decode(octets: &[u8]) -> Option<Self> {
        let ([VERSION], at) = octets.split_first_chunk::<1>()? else { return None };
        let (head, at) = at.split_first_chunk::<48>()?;
        let (height, at) = at.split_first_chunk::<8>()?;
        let (height, time) = (u64::from_be_bytes(*height), i64::from_be_bytes(at.try_into().ok()?));
        Some(Self { head: Head::decode(head), recorded: (height > 0).then_some((height, time)) })
    }
}

fn accepted(octets: &[u8]) -> Option<Day> {
    let (version, day) = octets.split_first()?;
    (*version == VERSION).then_some(())?;
    Some(Day(u32::from_be_bytes(day.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Head = Head { size: 2, counter: 5, root: [9; 32] };

    fn book(made: &[(u32, bool)], accepted: Option<u32>) -> Book {
        let kept = |proven: bool| Kept { head: HEAD, recorded: proven.then_some((7, 8)) };
        let made = made.iter().map(|(day, proven)| (Day(*day), kept(*proven))).collect();
        Book { chain: ChainId([1; 32]), made, accepted: accepted.map(Day) }
    }

    fn days(days: BTreeSet<Day>) -> Vec<u32> {
        days.into_iter().map(|d| d.0).collect()
    }

    #[test]
    fn the_days_without_a_proven_anchor_are_asked_for() {
        // A record of the time before anchors, or an older copy of one: a month.
        assert_eq!(days(book(&[], None).doubtful(Day(1000))), (970..=1000).collect::<Vec<_>>());
        // Used each day.
        let daily: Vec<_> = (960..1000).map(|day| (day, true)).collect();
        assert_eq!(days(book(&daily, None).doubtful(Day(1000))), [1000]);
        // One that a crash left unproven.
        let daily: Vec<_> = (960..1000).map(|day| (day, day != 990)).collect();
        assert_eq!(days(book(&daily, None).doubtful(Day(1000))), [990, 1000]);
        // A copy that is a year old: the days right after it, and the last ones.
        let found = days(book(&[(500, true)], None).doubtful(Day(1000)));
        assert_eq!(found, (501..=507).chain(970..=1000).collect::<Vec<_>>());
        // Accepted yesterday.
        assert_eq!(days(book(&[(500, true)], Some(999)).doubtful(Day(1000))), [1000]);
        // A clock that went back.
        assert_eq!(
            days(book(&[(1001, true), (1000, true)], Some(999)).doubtful(Day(1000))),
            Vec::<u32>::new()
        );
    }

    #[test]
    fn what_is_kept_reads_back_and_nothing_else_does() {
        for recorded in [None, Some((3, -4))] {
            let kept = Kept { head: HEAD, recorded };
            let octets = kept.encode();
            assert_eq!(Kept::decode(&octets), Some(kept));
            assert!((0..octets.len()).all(|cut| Kept::decode(&octets[..cut]).is_none()));
            assert_eq!(Kept::decode(&[&octets[..], &[0]].concat()), None);
        }
        let octets = hex::encode(Kept { head: HEAD, recorded: Some((3, 4)) }.encode());
        let nine = "09".repeat(32);
        let expected = format!("0100000000000000020000000000000005{nine}00000000000000030000000000000004");
        assert_eq!(octets, expected);
        assert_eq!(accepted(&[1, 0, 0, 1, 2]), Some(Day(258)));
        assert_eq!((accepted(&[2, 0, 0, 1, 2]), accepted(&[1, 0]), accepted(&[])), (None, None, None));
    }
}
