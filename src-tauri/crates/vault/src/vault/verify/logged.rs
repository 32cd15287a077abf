//! What the log tells, walked from its beginning: the tree is computed anew, and each epoch's newest sealing noted.

use std::collections::BTreeMap;

use salus_wire::Category;

use super::{Damage, Report};
use crate::log::tree::Frontier;
use crate::log::{Checkpoint, Hash, Head, Leaf};
use crate::vault::Vault;
use crate::vault::ledger::{self, Ledger, Opened};
use crate::{Epoch, VaultError};

/// How far the log was walked.
#[derive(Debug, Default)]
pub(super) struct Logged {
    tree: Frontier,
    /// Leaves walked, or given up for.
    walked: u64,
    /// A leaf is missing or rotten: roots behind it say nothing.
    broken: bool,
    /// The tree was compared with what the log has come to, at this size.
    compared: Option<u64>,
    checkpoint: Option<Option<Checkpoint>>,
    /// What the log had come to earlier, as it was kept then.
    pub(super) kept: Vec<Head>,
    /// Version and manifest of each epoch's newest sealing: some 60 octets each.
    newest: BTreeMap<(u8, Epoch), (u64, Hash)>,
}

impl Logged {
    /// Walks some leaves further; true while there are more. At the end the tree is compared with checkpoint and state.
    pub(super) async fn walk(
        &mut self,
        vault: &Vault,
        log: &Ledger,
        report: &mut Report,
    ) -> Result<bool, VaultError> {
        if self.checkpoint.is_none() {
            self.checkpoint = Some(self.signed(vault, log, report).await?);
        }
        let size = log.size();
        if self.walked < size {
            let rows = match ledger::rows(&vault.pool, self.walked).await {
                Err(VaultError::Damaged { .. }) => Vec::new(),
                rows => rows?,
            };
            for row in &rows {
                self.take(vault, row, report);
            }
            if rows.is_empty() {
                self.give_up(report, size);
            }
        }
        if self.walked < size {
            return Ok(true);
        }
        if self.compared != Some(size) && !self.broken {
            self.compared = Some(size);
            let further = self.kept.iter().any(|kept| kept.size > size);
            if further || self.tree.size() != size || self.tree.root() != log.head().root {
                report.tell(Damage::Log { position: 0 });
            }
        }
        Ok(false)
    }

    fn take(&mut self, vault: &Vault, row: &ledger::Row, report: &mut Report) {
        let position = self.walked + 1;
        let here = u64::try_from(row.0).ok().filter(|id| *id >= position);
        if here != Some(position) {
            // What is missing in between is told once.
            self.give_up(report, here.map_or(position, |id| id - 1));
        }
        let Some(position) = here else { return };
        match ledger::open(&vault.keys, row, position) {
            Ok(opened) => self.follow(position, &opened, report),
            Err(_) => self.give_up(report, position),
        }
        self.walked = self.walked.max(position);
    }

    fn follow(&mut self, position: u64, opened: &Opened, report: &mut Report) {
        report.leaves += 1;
        match opened.leaf {
            Leaf::Sealed { category, epoch, version, manifest } => {
                self.newest.insert((category.code(), epoch), (version, manifest));
            }
            Leaf::Shredded { category, epoch, .. } => {
                self.newest.remove(&(category.code(), epoch));
            }
            Leaf::Accepted { .. } | Leaf::Restarted { .. } => {}
        }
        if self.broken {
            return;
        }
        if self.tree.push(opened.hash) != opened.node {
            report.tell(Damage::Log { position });
        }
        if self.kept.iter().any(|kept| kept.size == position && kept.root != self.tree.root()) {
            report.tell(Damage::Log { position });
        }
        if let Some(Some(checkpoint)) = &self.checkpoint
            && checkpoint.size == position
            && checkpoint.root != self.tree.root()
        {
            report.tell(Damage::Checkpoint);
        }
    }

    fn give_up(&mut self, report: &mut Report, up_to: u64) {
        report.tell(Damage::Log { position: self.walked + 1 });
        self.broken = true;
        self.walked = self.walked.max(up_to);
    }

    /// The stored checkpoint, if it is this log's and not ahead of it.
    async fn signed(
        &self,
        vault: &Vault,
        log: &Ledger,
        report: &mut Report,
    ) -> Result<Option<Checkpoint>, VaultError> {
        let note = match ledger::checkpoint(&vault.pool, &vault.keys).await {
            Err(VaultError::Damaged { .. }) => None,
            note => note?,
        };
        let origin = ledger::origin(&vault.keys);
        // In a restored copy the newest may still be that of the computer before.
        let mut keys = vault.writers().iter().map(|w| w.key);
        let checkpoint = note.and_then(|note| keys.find_map(|key| Checkpoint::open(&note, &origin, &key)));
        let checkpoint = checkpoint.filter(|c| c.size <= log.size());
        if checkpoint.is_none() && log.size() > 0 {
            report.tell(Damage::Checkpoint);
        }
        Ok(checkpoint)
    }

    /// True when a leaf is missing or rotten: an epoch that is gone may then be missed by nobody.
    pub(super) const fn is_broken(&self) -> bool {
        self.broken
    }

    /// Version and manifest of an epoch's newest sealing.
    pub(super) fn of(&self, category: Category, epoch: Epoch) -> Option<(u64, Hash)> {
        self.newest.get(&(category.code(), epoch)).copied()
    }

    /// Every epoch that the log tells.
    pub(super) fn epochs(&self) -> Vec<(Category, Epoch)> {
        let category = |code: &u8| Category::from_code(*code);
        self.newest.keys().filter_map(|(code, epoch)| Some((category(code)?, *epoch))).collect()
    }
}
