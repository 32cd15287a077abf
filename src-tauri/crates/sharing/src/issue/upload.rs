//! Sealed epochs to the depots: at once when a permission is given, and whenever an epoch is sealed again.

use salus_chain::ids::Hash32;
use salus_vault::{Epoch, SealedDay, SealedEpoch};
use salus_wire::{SeriesId, UnixMillis};

use super::IssueError;
use crate::depot::{self, Blob};
use crate::members::Members;
use crate::network::Network;

/// One sealed epoch and the depots that hold all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The series.
    pub series: SeriesId,
    /// The epoch.
    pub epoch: Epoch,
    /// Which sealing of it.
    pub version: u64,
    /// Where all of it is.
    pub depots: Members,
}

/// One day's sealed summary and the depots that hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldDay {
    /// The series.
    pub series: SeriesId,
    /// Days since 1970 in UTC.
    pub day: u32,
    /// Which sealing of it.
    pub version: u64,
    /// Where it is.
    pub depots: Members,
}

/// Puts sealed epochs into every depot that takes them, to be kept until `expires` and the grace after it.
///
/// # Errors
/// [`IssueError::TooFewDepots`] when some of it is held by fewer than f + 1; calling again
/// is harmless, and with a later `expires` keeps them longer.
pub async fn upload<N: Network>(
    network: &N,
    epochs: &[SealedEpoch],
    expires: UnixMillis,
    now: UnixMillis,
) -> Result<Vec<Held>, IssueError> {
    let need = network.genesis().faults() + 1;
    // Segments before the manifest that lists them: who finds the manifest finds what it lists.
    let octets = |epoch: &SealedEpoch| epoch.segments.len() + 1;
    let blobs: Vec<Blob<'_>> = epochs
        .iter()
        .flat_map(|epoch| {
            let locator = Some(Hash32(epoch.locator.0));
            let all = epoch.segments.iter().chain([&epoch.manifest]);
            all.map(move |octets| Blob { locator, octets })
        })
        .collect();
    let (mut held, failures) = depot::put_all(network, &blobs, expires, now).await;
    let mut all = Vec::with_capacity(epochs.len());
    let mut fewest: Option<Members> = None;
    for epoch in epochs {
        let of_epoch: Vec<Members> = held.drain(..octets(epoch)).collect();
        let each = |depot: &u16| of_epoch.iter().all(|members| members.contains(*depot));
        let short = of_epoch.iter().copied().filter(|members| members.len() < need);
        fewest = short.chain(fewest).min_by_key(|members| members.len());
        all.push(Held {
            series: epoch.origin.series,
            epoch: epoch.head.epoch,
            version: epoch.head.version,
            depots: (1..=network.genesis().n()).filter(each).collect(),
        });
    }
    match fewest {
        Some(held) => Err(IssueError::TooFewDepots { held, need, failures }),
        None => Ok(all),
    }
}

/// Puts sealed summaries of days into every depot that takes them, as [`upload`] does with epochs.
///
/// # Errors
/// As [`upload`].
pub async fn upload_days<N: Network>(
    network: &N,
    days: &[SealedDay],
    expires: UnixMillis,
    now: UnixMillis,
) -> Result<Vec<HeldDay>, IssueError> {
    let need = network.genesis().faults() + 1;
    let mut blobs: Vec<Blob<'_>> = Vec::with_capacity(days.len());
    for day in days {
        blobs.push(Blob { locator: Some(Hash32(day.locator.0)), octets: &day.octets });
    }
    let (held, failures) = depot::put_all(network, &blobs, expires, now).await;
    let short = held.iter().copied().filter(|members| members.len() < need);
    if let Some(held) = short.min_by_key(|members| members.len()) {
        return Err(IssueError::TooFewDepots { held, need, failures });
    }
    let one = |(day, depots): (&SealedDay, Members)| {
        let SealedDay { origin, day, version, .. } = day;
        HeldDay { series: origin.series, day: *day, version: *version, depots }
    };
    Ok(days.iter().zip(held).map(one).collect())
}
