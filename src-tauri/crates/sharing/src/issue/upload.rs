//! Sealed epochs to the depots: at once when a permission is given, and whenever an epoch is sealed again.

use salus_chain::ids::Hash32;
use salus_vault::{Epoch, SealedEpoch};
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

/// Puts sealed epochs into every depot that takes them, to be kept until `expires` and the grace after it.
///
/// # Errors
/// [`IssueError::TooFewDepots`] when some of it is held by fewer than f + 1; calling again sends only what is missing.
pub async fn upload<N: Network>(
    network: &N,
    epochs: &[SealedEpoch],
    expires: UnixMillis,
    now: UnixMillis,
) -> Result<Vec<Held>, IssueError> {
    let chain = network.genesis().chain_id();
    let need = network.genesis().faults() + 1;
    let mut all = Vec::with_capacity(epochs.len());
    let mut short: Option<IssueError> = None;
    for epoch in epochs {
        let locator = Some(Hash32(epoch.locator.0));
        // Segments before the manifest that lists them: who finds the manifest finds what it lists.
        let octets = epoch.segments.iter().chain([&epoch.manifest]);
        let blobs: Vec<Blob<'_>> = octets.map(|octets| Blob { locator, octets }).collect();
        let (held, failures) = depot::put_all(network, &chain, &blobs, expires, now).await;
        let each = |depot: u16| held.iter().all(|members| members.contains(depot));
        let depots: Members = (1..=network.genesis().n()).filter(|d| each(*d)).collect();
        if held.iter().any(|members| members.len() < need) {
            short = Some(IssueError::TooFewDepots { held: depots, need, failures });
        }
        all.push(Held {
            series: epoch.origin.series,
            epoch: epoch.head.epoch,
            version: epoch.head.version,
            depots,
        });
    }
    short.map_or(Ok(all), Err)
}
