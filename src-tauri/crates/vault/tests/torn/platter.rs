//! One file: what is durable, and what was changed since.

use rand::rngs::ChaCha20Rng;
use rand::{Rng, RngExt};

/// The unit that a disk writes whole.
const SECTOR: usize = 512;

/// A change that is not durable yet.
#[derive(Clone)]
pub(crate) enum Change {
    /// Octets at a place.
    Write { at: usize, octets: Vec<u8> },
    /// Cut or extended to a length.
    Length(usize),
}

/// A file; `None` is a file that is not there.
#[derive(Default)]
pub(crate) struct File {
    durable: Option<Vec<u8>>,
    now: Option<Vec<u8>>,
    pending: Vec<Change>,
}

impl File {
    pub(crate) fn durable(octets: Vec<u8>) -> Self {
        Self { durable: Some(octets.clone()), now: Some(octets), pending: Vec::new() }
    }

    pub(crate) const fn exists(&self) -> bool {
        self.now.is_some()
    }

    pub(crate) fn now(&self) -> &[u8] {
        self.now.as_deref().unwrap_or(&[])
    }

    /// Its name is durable with its first sync: SQLite's own file layer syncs the directory then.
    pub(crate) fn create(&mut self) {
        self.now = Some(Vec::new());
        self.pending = vec![Change::Length(0)];
    }

    /// It may be back after a cut, until the directory is synced.
    pub(crate) fn remove(&mut self) {
        self.now = None;
        self.pending.clear();
    }

    pub(crate) fn change(&mut self, change: Change) {
        if let Some(now) = &mut self.now {
            apply(now, &change);
            self.pending.push(change);
        }
    }

    /// Makes the file durable; true when its name was not before, so that the directory is synced with it.
    pub(crate) fn sync(&mut self) -> bool {
        let first = self.durable.is_none();
        self.durable.clone_from(&self.now);
        self.pending.clear();
        first
    }

    /// The directory was synced: what was removed stays removed.
    pub(crate) fn sync_removal(&mut self) {
        if self.now.is_none() {
            self.durable = None;
        }
    }

    /// What lies there after a cut, and how many changes were dropped or torn.
    pub(crate) fn after_a_cut(&self, random: &mut ChaCha20Rng) -> (Option<Vec<u8>>, u64) {
        let Some(now) = &self.now else {
            return (self.durable.clone().filter(|_| random.random()), 0);
        };
        if self.durable.is_none() && random.random() {
            return (None, self.pending.len() as u64);
        }
        // All of it reached the platter, or none, or some of it, in any order.
        match random.random_range(0..4u8) {
            0 => (Some(now.clone()), 0),
            1 => (Some(self.durable.clone().unwrap_or_default()), self.pending.len() as u64),
            _ => {
                let mut octets = self.durable.clone().unwrap_or_default();
                let dropped = self.pending.iter().filter(|c| !survives(c, &mut octets, random)).count();
                (Some(octets), dropped as u64)
            }
        }
    }
}

/// Applies a change whole, in part, as zeros, or not at all; true when whole.
fn survives(change: &Change, octets: &mut Vec<u8>, random: &mut ChaCha20Rng) -> bool {
    match (random.random_range(0..4u8), change) {
        (0 | 1, _) => {
            apply(octets, change);
            true
        }
        (2, Change::Write { at, octets: new }) => {
            let sectors = torn(*at, new, random);
            sectors.iter().for_each(|c| apply(octets, c));
            false
        }
        // The file's new length reached the platter, and of what was to lie there nothing.
        (3, Change::Write { at, octets: new }) if octets.len() < at + new.len() && random.random() => {
            octets.resize(at + new.len(), 0);
            false
        }
        _ => false,
    }
}

/// Some sectors of a write, or what stands before a random octet of it.
fn torn(at: usize, octets: &[u8], random: &mut ChaCha20Rng) -> Vec<Change> {
    if random.random() {
        let kept = random.random_range(0..=octets.len());
        return vec![Change::Write { at, octets: octets[..kept].to_vec() }];
    }
    let mut from = 0;
    let mut kept = Vec::new();
    while from < octets.len() {
        let to = octets.len().min((at + from + 1).next_multiple_of(SECTOR) - at);
        if random.next_u32().is_multiple_of(2) {
            kept.push(Change::Write { at: at + from, octets: octets[from..to].to_vec() });
        }
        from = to;
    }
    kept
}

fn apply(file: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Length(n) => file.resize(*n, 0),
        Change::Write { at, octets } => {
            let end = at + octets.len();
            if file.len() < end {
                file.resize(end, 0);
            }
            file[*at..end].copy_from_slice(octets);
        }
    }
}
