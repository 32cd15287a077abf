//! One laptop reads what another sealed: found by the epochs that it told of, verified under the person's writers.

use std::collections::BTreeMap;

use salus_keeper::Scope;
use salus_vault::{Epoch, Node, Series, Tree, Writer as Computer};
use salus_wire::{Category, Reading};

use super::Changed;
use crate::capsule::{Content, SeriesWraps};
use crate::network::Network;
use crate::open::{self, OpenError, Step};

/// A series as this laptop has it, for the epochs of one generation.
#[derive(Debug, Clone)]
pub struct Held {
    /// The series; its generation is that of the epochs which are read with it.
    pub series: Series,
    /// Its tree; wiped on drop.
    pub tree: Tree,
}

/// Reads epochs of one generation of each series. Of an epoch in a series that is not held nothing is read, and of one that was
/// deleted neither.
///
/// # Errors
/// [`OpenError`]: a listed segment that is missing or altered everywhere; nothing of it is skipped silently.
pub async fn read<N: Network>(
    network: &N,
    held: &[Held],
    writers: &[Computer],
    changed: &[Changed],
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Vec<Reading>, OpenError> {
    let places: BTreeMap<Category, usize> =
        held.iter().enumerate().map(|(place, one)| (one.series.category, place)).collect();
    let mut nodes: Vec<(usize, Node)> = Vec::with_capacity(changed.len());
    for Changed { category, epoch, .. } in changed {
        let Some((place, one)) = places.get(category).and_then(|place| Some((*place, held.get(*place)?)))
        else {
            continue;
        };
        nodes.extend(one.tree.descend(0, epoch.number()).map(|node| (place, node)));
    }
    if nodes.is_empty() {
        return Ok(Vec::new());
    }
    let of = |one: &Held| SeriesWraps {
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
