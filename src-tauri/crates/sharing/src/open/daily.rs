//! From slots' outputs to summaries of days: unwrap, find, fetch, verify, decrypt. No key of a reading comes up here.

use std::collections::{BTreeMap, BTreeSet};

use futures::stream::{self, StreamExt};
use salus_chain::ids::Hash32;
use salus_keeper::Slot;
use salus_vault::seal::SealError;
use salus_vault::summary::day_start;
use salus_vault::summary::given::{self, GivenDay};
use salus_vault::{Epoch, Key, Node, Origin, SharedError};
use salus_wire::{Category, Summary};

use super::read::joined;
use super::{Asked, OpenError, Shared, Step};
use crate::capsule::{Content, SeriesWraps};
use crate::depot;
use crate::members::Members;
use crate::network::Network;
use crate::wrap::{DayPlace, Place, unwrap_day};

/// Blobs looked at under one locator: depots may be crowded with junk by whoever learned the locator.
const MAX_BLOBS: usize = 64;
/// Octets taken under one locator; an honest day is below a kilobyte.
const MAX_OCTETS: usize = 1 << 20;
/// Days fetched at once.
const AT_ONCE: usize = 8;

/// What the days' keys opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// By category, in order of time: one row for each day and quantity that has a value.
    pub summaries: Vec<(Category, Vec<Summary>)>,
    /// Days verified.
    pub days: u32,
    /// Depots that gave altered octets and were passed over.
    pub altered_by: Members,
}

/// The days' keys that the outputs open, each a leaf with the place of its series in the capsule.
///
/// # Errors
/// [`OpenError::NoWrap`] when no series has any of them, or [`OpenError::Wrap`].
pub fn unlock_days(shared: &Shared, outputs: &[Asked]) -> Result<Vec<(usize, Node)>, OpenError> {
    let outputs: BTreeMap<Slot, _> = outputs.iter().map(|(slot, prf)| (*slot, prf)).collect();
    let mut leaves = Vec::new();
    for (index, (series, days)) in shared.content.series.iter().zip(&shared.content.days).enumerate() {
        let mut known = BTreeSet::new();
        for wrapped in days {
            let Some(prf) = outputs.get(&wrapped.slot) else { continue };
            if !known.insert(wrapped.day) {
                continue;
            }
            let (grant, slot) = (shared.grant(), wrapped.slot);
            let place = Place { grant, series: series.series, generation: series.generation, slot };
            let place = DayPlace { place, day: wrapped.day };
            let key = unwrap_day(&place, &shared.secret, prf, &wrapped.wrap)?;
            leaves.push((index, Node::new(0, wrapped.day, Key::new(*key)).ok_or(OpenError::NoWrap)?));
        }
    }
    if leaves.is_empty() { Err(OpenError::NoWrap) } else { Ok(leaves) }
}

/// Finds, fetches, verifies and decrypts the days of these leaves, each with the place of its series in `content`. A day that no
/// depot holds is left out: there may be no value in it, or its summary is still to come.
///
/// # Errors
/// [`OpenError`]: a day that is altered everywhere, or forged by somebody who has its key, fails the opening.
pub async fn read_days<N: Network>(
    network: &N,
    content: &Content,
    leaves: &[(usize, Node)],
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Days, OpenError> {
    let located = leaves.iter().map(|(_, leaf)| given::locator(leaf, leaf.start()).map(|at| Hash32(at.0)));
    let locators: Vec<Hash32> = located.collect::<Option<_>>().ok_or(OpenError::NoWrap)?;
    let mut found = depot::locate(network, &locators).await?;
    let work: Vec<(usize, Node, BTreeMap<Hash32, Members>)> = leaves
        .iter()
        .zip(&locators)
        .filter_map(|((index, leaf), at)| found.remove(at).map(|blobs| (*index, leaf.clone(), blobs)))
        .collect();
    let of = u32::try_from(work.len()).unwrap_or(u32::MAX);

    let mut summaries: Vec<(Category, Vec<Summary>)> =
        content.series.iter().map(|s| (s.category, Vec::new())).collect();
    let (mut days, mut done, mut altered_by) = (0u32, 0, Members::default());
    let one = |(index, leaf, blobs): (usize, Node, BTreeMap<Hash32, Members>)| async move {
        let series = &content.series[index];
        (index, one_day(network, content, series, &leaf, blobs).await)
    };
    let mut read = stream::iter(work.into_iter().map(one)).buffer_unordered(AT_ONCE);
    while let Some((index, day)) = read.next().await {
        let (day, altered) = day?;
        altered_by = altered_by.iter().chain(altered.iter()).collect();
        if let (Some(day), Some((_, rows))) = (day, summaries.get_mut(index)) {
            days = days.saturating_add(1);
            rows.extend(day.rows);
        }
        done += 1;
        progress(Step::Read { done, of });
    }
    let mut summaries = joined(summaries);
    summaries.iter_mut().for_each(|(_, rows)| rows.sort_by_key(|row| (row.start, row.quantity)));
    Ok(Days { summaries, days, altered_by })
}

/// The newest of a day by any of the writers, and the depots that gave something else.
async fn one_day<N: Network>(
    network: &N,
    content: &Content,
    series: &SeriesWraps,
    leaf: &Node,
    blobs: BTreeMap<Hash32, Members>,
) -> Result<(Option<GivenDay>, Members), OpenError> {
    // What most depots hold comes first, as with readings.
    let mut blobs: Vec<(Hash32, Members)> = blobs.into_iter().collect();
    blobs.sort_by_key(|(hash, members)| (core::cmp::Reverse(members.len()), *hash));
    blobs.truncate(MAX_BLOBS);
    let (mut altered, mut spoiled) = (Members::default(), Members::default());
    let (mut newest, mut size) = (None::<GivenDay>, 0);
    for (hash, holders) in blobs {
        let fetched = depot::fetch(network, hash, holders).await;
        altered = altered.iter().chain(fetched.altered_by.iter()).collect();
        let Some(octets) = fetched.octets else {
            spoiled = spoiled.iter().chain(fetched.altered_by.iter()).collect();
            continue;
        };
        size += octets.len();
        if size > MAX_OCTETS {
            break;
        }
        if let Some(day) = opened(content, series, leaf, &octets)?
            && newest.as_ref().is_none_or(|known| known.version < day.version)
        {
            newest = Some(day);
        }
    }
    // As with readings: up to f depots can make up a blob where there never was one.
    if newest.is_none() && spoiled.len() > network.genesis().faults() {
        let epoch = Epoch::at(day_start(leaf.start())).ok_or(OpenError::NoWrap)?;
        return Err(OpenError::SegmentAltered { epoch, by: spoiled });
    }
    Ok((newest, altered))
}

/// The day that one of the writers sealed in these octets; none in junk.
fn opened(
    content: &Content,
    series: &SeriesWraps,
    leaf: &Node,
    octets: &[u8],
) -> Result<Option<GivenDay>, OpenError> {
    for writer in &content.writers {
        let origin = Origin { series: series.series, generation: series.generation, writer: *writer };
        match given::open(leaf, &origin, leaf.start(), octets) {
            Ok(day) => return Ok(Some(day)),
            Err(SharedError::Seal(SealError::WrongKey | SealError::Length)) => {}
            // Sealed with the day's own key as this writer's, and yet not: somebody with the key forged it.
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
