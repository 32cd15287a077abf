//! One laptop reads what another sealed: found by the epochs that it told of, verified under the person's writers.

use salus_keeper::Scope;
use salus_vault::{Epoch, Node, Writer as Computer};
use salus_wire::Reading;

use super::Changed;
use crate::capsule::{Content, SeriesWraps};
use crate::issue::SeriesKey;
use crate::network::Network;
use crate::open::{self, OpenError, Step};

/// Reads epochs with the keys of every generation that is held. Of an epoch that none of them opens, because it was deleted or its
/// keys were not told yet, nothing is read.
///
/// # Errors
/// [`OpenError`]: a listed segment that is missing or altered everywhere; nothing of it is skipped silently.
pub async fn read<N: Network>(
    network: &N,
    held: &[SeriesKey],
    writers: &[Computer],
    changed: &[Changed],
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Vec<Reading>, OpenError> {
    let mut nodes: Vec<(usize, Node)> = Vec::with_capacity(changed.len());
    for Changed { category, epoch, .. } in changed {
        let of = held.iter().enumerate().filter(|(_, one)| one.series.category == *category);
        let mut of = of.filter_map(|(place, one)| Some((place, one.tree.descend(0, epoch.number())?)));
        // An epoch is of one generation.
        nodes.extend(of.next());
    }
    if nodes.is_empty() {
        return Ok(Vec::new());
    }
    let of = |one: &SeriesKey| SeriesWraps {
        series: one.series.id,
        generation: one.series.generation,
        category: one.series.category,
        wraps: Vec::new(),
    };
    let content = Content {
        commitments: Vec::new(),
        series: held.iter().map(of).collect(),
        writers: writers.to_vec(),
        patient: String::new(),
        scope: everything()?,
        disclosures: Vec::new(),
        devices: Vec::new(),
        days: Vec::new(),
    };
    let epochs = open::read(network, &content, &nodes, progress).await?;
    Ok(epochs.readings.into_iter().flat_map(|(_, readings)| readings).collect())
}

fn everything() -> Result<Scope, OpenError> {
    Scope::new(0, Epoch::LAST.number()).map_err(|_| OpenError::NoWrap)
}
