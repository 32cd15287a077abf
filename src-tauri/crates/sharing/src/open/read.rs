//! From slots' outputs to readings: unwrap, derive, find, fetch, verify, decrypt.

use std::collections::BTreeMap;

use futures::stream::{self, StreamExt};
use salus_chain::ids::Hash32;
use salus_keeper::Slot;
use salus_vault::seal::SealError;
use salus_vault::shared::{open_manifest, open_segment};
use salus_vault::{Epoch, Key, Leaf, Manifest, Node, Origin, SharedError, WriterId};
use salus_wire::{Category, Reading};

use super::{Arrivals, Asked, OpenError, Sealed, Shared, Step};
use crate::capsule::{Content, SeriesWraps};
use crate::depot;
use crate::members::Members;
use crate::network::Network;
use crate::wrap::{Place, unwrap};

/// Blobs looked at under one locator: depots may be crowded with junk by whoever learned the locator.
const MAX_BLOBS: usize = 64;
/// Octets taken under one locator; an honest epoch is far smaller.
const MAX_OCTETS: usize = 16 << 20;
/// Epochs fetched at once.
const AT_ONCE: usize = 8;

/// What the nodes opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Epochs {
    /// By category, in order of time.
    pub readings: Vec<(Category, Vec<Reading>)>,
    /// Segments verified.
    pub segments: u32,
    /// Depots that gave altered octets and were passed over.
    pub altered_by: Members,
    /// Which gateways sealed what, and when it arrived at them.
    pub sealed: Sealed,
}

/// The node keys that the outputs open, with the place of their series in the capsule. Of each series the largest slots
/// that it has: where the patient deleted something, it has none, or smaller ones than the other series.
///
/// # Errors
/// [`OpenError::NoWrap`] when no series has any of them, or [`OpenError::Wrap`].
pub fn unlock(shared: &Shared, outputs: &[Asked]) -> Result<Vec<(usize, Node)>, OpenError> {
    let mut outputs: Vec<&Asked> = outputs.iter().collect();
    outputs.sort_by_key(|(slot, _)| (core::cmp::Reverse(slot.level()), slot.start()));
    let mut nodes: Vec<(usize, Node)> = Vec::with_capacity(outputs.len() * shared.content.series.len());
    for (index, series) in shared.content.series.iter().enumerate() {
        let wraps: BTreeMap<Slot, &[u8; crate::wrap::WRAP]> =
            series.wraps.iter().map(|w| (w.slot, &w.wrap)).collect();
        let before = nodes.len();
        for (slot, prf) in &outputs {
            let known = nodes[before..].iter().any(|(_, n)| {
                n.level() >= slot.level() && n.start() == slot.start() >> n.level() << n.level()
            });
            let Some(wrapped) = wraps.get(slot).filter(|_| !known) else { continue };
            let place = Place {
                grant: shared.grant(),
                series: series.series,
                generation: series.generation,
                slot: *slot,
            };
            let key = unwrap(&place, &shared.secret, prf, wrapped)?;
            let node = Node::new(slot.level(), slot.start(), Key::new(*key)).ok_or(OpenError::NoWrap)?;
            nodes.push((index, node));
        }
    }
    if nodes.is_empty() { Err(OpenError::NoWrap) } else { Ok(nodes) }
}

/// Finds, fetches, verifies and decrypts everything under the nodes; each with the place of its series in `content`, whose
/// writers count and whose wraps are not looked at.
///
/// # Errors
/// [`OpenError`]: a listed segment that is missing or altered everywhere fails the opening; nothing is skipped silently.
pub async fn read<N: Network>(
    network: &N,
    content: &Content,
    nodes: &[(usize, Node)],
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Epochs, OpenError> {
    let leaves: Vec<(usize, Leaf)> = nodes.iter().flat_map(|(series, node)| under(*series, node)).collect();
    let locators: Vec<Hash32> = leaves.iter().map(|(_, leaf)| Hash32(leaf.locator().0)).collect();
    let mut found = depot::locate(network, &locators).await?;
    let work: Vec<(usize, Leaf, BTreeMap<Hash32, Members>)> = leaves
        .into_iter()
        .zip(&locators)
        .filter_map(|((series, leaf), locator)| found.remove(locator).map(|blobs| (series, leaf, blobs)))
        .collect();
    let of = u32::try_from(work.len()).unwrap_or(u32::MAX);

    let mut all = Epochs {
        readings: content.series.iter().map(|s| (s.category, Vec::new())).collect(),
        ..Epochs::default()
    };
    let mut done = 0;
    let one = |(index, leaf, blobs): (usize, Leaf, BTreeMap<Hash32, Members>)| async move {
        let series = &content.series[index];
        (index, epoch(network, content, series, &leaf, blobs).await)
    };
    let mut epochs = stream::iter(work.into_iter().map(one)).buffer_unordered(AT_ONCE);
    while let Some((index, epoch)) = epochs.next().await {
        let epoch = epoch?;
        let category = content.series[index].category;
        for (writer, arrivals) in epoch.sealed {
            let known = all.sealed.entry((category, writer)).or_insert(arrivals);
            *known = known.and(arrivals);
        }
        all.readings[index].1.extend(epoch.readings);
        all.segments = all.segments.saturating_add(epoch.segments);
        all.altered_by = all.altered_by.iter().chain(epoch.altered_by.iter()).collect();
        done += 1;
        progress(Step::Read { done, of });
    }
    all.readings = joined(all.readings);
    for (_, readings) in &mut all.readings {
        readings.sort_by_key(|reading| (reading.at, reading.arrived));
    }
    Ok(all)
}

/// What several generations of a series' keys opened is of one category, in the place of the first.
pub(super) fn joined<T>(of_series: Vec<(Category, Vec<T>)>) -> Vec<(Category, Vec<T>)> {
    let mut all: Vec<(Category, Vec<T>)> = Vec::with_capacity(of_series.len());
    for (category, mut some) in of_series {
        match all.iter_mut().find(|(known, _)| *known == category) {
            Some((_, before)) => before.append(&mut some),
            None => all.push((category, some)),
        }
    }
    all
}

fn under(series: usize, node: &Node) -> Vec<(usize, Leaf)> {
    let last = node.start() + ((1u32 << node.level()) - 1);
    let epochs = (node.start()..=last).filter_map(Epoch::new);
    epochs.filter_map(|epoch| node.leaf(epoch)).map(|leaf| (series, leaf)).collect()
}

#[derive(Default)]
struct OneEpoch {
    readings: Vec<Reading>,
    segments: u32,
    altered_by: Members,
    sealed: Vec<(WriterId, Arrivals)>,
}

async fn epoch<N: Network>(
    network: &N,
    content: &Content,
    series: &SeriesWraps,
    leaf: &Leaf,
    blobs: BTreeMap<Hash32, Members>,
) -> Result<OneEpoch, OpenError> {
    // What most depots hold comes first: junk at one depot cannot crowd out what all of them have.
    let mut blobs: Vec<(Hash32, Members)> = blobs.into_iter().collect();
    blobs.sort_by_key(|(hash, members)| (core::cmp::Reverse(members.len()), *hash));
    blobs.truncate(MAX_BLOBS);

    let mut one = OneEpoch::default();
    let mut octets: BTreeMap<Hash32, Vec<u8>> = BTreeMap::new();
    let mut spoiled = Members::default();
    let mut size = 0;
    for (hash, holders) in blobs {
        let fetched = depot::fetch(network, hash, holders).await;
        one.altered_by = one.altered_by.iter().chain(fetched.altered_by.iter()).collect();
        match fetched.octets {
            Some(got) => {
                size += got.len();
                octets.insert(hash, got);
            }
            None => spoiled = spoiled.iter().chain(fetched.altered_by.iter()).collect(),
        }
        if size > MAX_OCTETS {
            break;
        }
    }
    let manifests = newest(content, series, leaf, &octets)?;
    // A blob of which no copy is whole, and no manifest: up to f depots can make that up where nothing was ever sealed.
    if manifests.is_empty() && spoiled.len() > network.genesis().faults() {
        return Err(OpenError::SegmentAltered { epoch: leaf.epoch(), by: spoiled });
    }
    for manifest in manifests {
        for entry in &manifest.entries {
            let sealed = match octets.remove(&Hash32(entry.hash)) {
                Some(sealed) => sealed,
                None => listed(network, leaf.epoch(), Hash32(entry.hash)).await?,
            };
            let readings = open_segment(leaf, &manifest, &sealed)?;
            one.sealed.extend(Arrivals::of(&readings).map(|arrivals| (manifest.writer, arrivals)));
            one.readings.extend(readings);
            one.segments += 1;
        }
    }
    // A restored copy that seals an epoch anew holds what the computer before it sealed: the same reading, not a second one.
    one.readings.sort_by_key(|reading| (reading.at, reading.arrived));
    one.readings.dedup();
    Ok(one)
}

/// A segment that a manifest lists and that was not found whole under its locator: every depot is asked for it by hash.
async fn listed<N: Network>(network: &N, epoch: Epoch, hash: Hash32) -> Result<Vec<u8>, OpenError> {
    let everyone: Members = (1..=network.genesis().n()).collect();
    let fetched = depot::fetch(network, hash, everyone).await;
    match fetched.octets {
        Some(sealed) => Ok(sealed),
        None if fetched.altered_by.is_empty() => Err(OpenError::SegmentMissing { epoch }),
        None => Err(OpenError::SegmentAltered { epoch, by: fetched.altered_by }),
    }
}

/// Of each writer the manifest with the highest version; blobs that are none of the writers' manifests are passed over.
fn newest(
    content: &Content,
    series: &SeriesWraps,
    leaf: &Leaf,
    octets: &BTreeMap<Hash32, Vec<u8>>,
) -> Result<Vec<Manifest>, OpenError> {
    let mut manifests = Vec::new();
    for writer in &content.writers {
        let origin = Origin { series: series.series, generation: series.generation, writer: *writer };
        let mut best: Option<Manifest> = None;
        for sealed in octets.values() {
            match open_manifest(leaf, &origin, sealed) {
                Ok(manifest) if best.as_ref().is_none_or(|b| b.version < manifest.version) => {
                    best = Some(manifest);
                }
                Ok(_) | Err(SharedError::Seal(SealError::WrongKey | SealError::Length)) => {}
                // Sealed with the epoch's own key as this writer's manifest, and yet not: somebody with the key forged it.
                Err(error) => return Err(error.into()),
            }
        }
        manifests.extend(best);
    }
    Ok(manifests)
}
