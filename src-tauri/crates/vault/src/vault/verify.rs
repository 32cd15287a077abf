//! Verifying the whole record, step by step: each step holds the record for one epoch or some rows, never for the whole walk.
//!
//! ```text
//! keyslots -> log, 256 leaves a step (chained; against checkpoint, state and kept heads) -> epochs, one a step (manifest signature, its
//! leaf, every segment, every row of the journal, the prints of what lasts) -> what the log tells and is not there -> cabinet, 32
//! rows a step -> inbox, 128 KiB a step -> prints of no epoch, 1024 rows a step
//! -> summaries, one day a step (each level against the readings that it sums up) -> summaries of no day
//! ```
//!
//! Readings go on being stored meanwhile: each epoch is compared with the log as it is at that moment. Dropping the
//! verification cancels it. Nothing is changed or repaired but summaries, which are made of readings and of nothing else, and
//! only once everything is verified: those of no day are removed in the last step, and days whose summaries are wrong are left
//! to the next compaction, as they are when a chart meets them.

mod epoch;
mod inbox;
mod logged;
mod prints;
mod report;
mod summed;

pub use report::{Damage, Fault, Report};

use std::collections::BTreeSet;

use salus_wire::Category;

use super::{Standing, State, Vault, cabinet, files, ledger, pyramid};
use crate::keyslot::Keyslots;
use crate::{Epoch, Head, VaultError};
use inbox::Waiting;
use logged::Logged;

/// Rows of the cabinet of one step: each at most 8 MiB.
const ROWS: i64 = 32;

/// A verification under way.
#[derive(Debug)]
pub struct Verification<'a> {
    vault: &'a Vault,
    stage: Stage,
    logged: Logged,
    report: Report,
    /// Days that lose readings to damage: what they came to, nobody knows.
    damaged: BTreeSet<(Category, u32)>,
    /// Epochs of which a print is of no reading.
    prints: Vec<(Category, Epoch)>,
    /// There are prints of no epoch.
    stray_prints: bool,
    /// Days whose summaries are wrong.
    wrong: Vec<(Category, u32)>,
    done: u64,
    total: u64,
}

#[derive(Debug)]
enum Stage {
    Keyslots,
    Log,
    /// The epochs still to verify, the last first.
    Epochs(Vec<(Category, Epoch)>),
    /// Behind this namespace and name.
    Cabinet(Vec<u8>, Vec<u8>),
    Inbox(Waiting),
    /// Behind this print.
    Prints(Vec<u8>),
    /// The days whose summaries are still to verify, the last first.
    Summaries(Vec<(Category, u32)>),
    Done,
}

impl Vault {
    /// Begins to verify the whole record.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`], when an operation before failed and cannot be undone.
    pub async fn verify(&self) -> Result<Verification<'_>, VaultError> {
        let state = self.ready().await?;
        let rows = pages(self, "SELECT COUNT(*) FROM cabinet", ROWS).await;
        let prints = pages(self, "SELECT COUNT(*) FROM lasting", prints::ROWS).await;
        let waiting = std::fs::metadata(files::inbox(&self.dir)).map_or(0, |file| file.len());
        let waiting = waiting.div_ceil(inbox::OCTETS as u64);
        let leaves = state.log.size().div_ceil(ledger::LEAVES.unsigned_abs()).max(1);
        let epochs = state.index.all().count() as u64;
        let days = pyramid::summed(&state.index).len() as u64;
        let total = 5 + leaves + epochs + rows + waiting + prints + days;
        Ok(Verification {
            vault: self,
            stage: Stage::Keyslots,
            logged: Logged::default(),
            report: Report::default(),
            damaged: BTreeSet::new(),
            prints: Vec::new(),
            stray_prints: false,
            wrong: Vec::new(),
            done: 0,
            total,
        })
    }
}

/// How many steps take this many rows; none where they cannot be counted, which the walk tells.
async fn pages(vault: &Vault, count: &'static str, rows: i64) -> u64 {
    let count: Result<i64, _> = sqlx::query_scalar(count).fetch_one(&vault.pool).await;
    count.map_or(0, |n| n.unsigned_abs().div_ceil(rows.unsigned_abs()))
}

impl Verification<'_> {
    /// Compares the log with what it had come to earlier too, as it was kept then.
    #[must_use]
    pub fn against(mut self, kept: Vec<Head>) -> Self {
        self.logged.kept = kept;
        self
    }

    /// One step; true while there are more.
    ///
    /// # Errors
    /// [`VaultError::Storage`]. Damage is no error: the report tells it.
    pub async fn step(&mut self) -> Result<bool, VaultError> {
        let vault = self.vault;
        let mut state = vault.ready().await?;
        let state = &mut *state;
        match core::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Keyslots => {
                self.keyslots(state);
                self.stage = Stage::Log;
            }
            Stage::Log => self.stage = self.log(state).await?,
            Stage::Epochs(mut left) => match left.pop() {
                Some((category, epoch)) => {
                    self.epoch(state, category, epoch).await?;
                    self.stage = Stage::Epochs(left);
                }
                None => {
                    self.gone(state).await?;
                    self.stage = Stage::Cabinet(Vec::new(), Vec::new());
                }
            },
            Stage::Cabinet(space, name) => {
                self.stage = match self.cabinet(space, name).await? {
                    Some((space, name)) => Stage::Cabinet(space, name),
                    None => Stage::Inbox(Waiting::of(vault, state)?),
                };
            }
            Stage::Inbox(mut waiting) => {
                self.stage = match self.inbox(&mut waiting).await? {
                    true => Stage::Inbox(waiting),
                    false => Stage::Prints(Vec::new()),
                };
            }
            Stage::Prints(behind) => {
                self.stage = match self.prints(behind).await? {
                    Some(behind) => Stage::Prints(behind),
                    None => {
                        self.tell_prints();
                        Stage::Summaries(pyramid::summed(&state.index).into_iter().rev().collect())
                    }
                };
            }
            Stage::Summaries(mut left) => match left.pop() {
                Some((category, day)) => {
                    let slots = state.slots(category, day);
                    self.day(category, day, slots).await?;
                    self.stage = Stage::Summaries(left);
                }
                None => self.strays(state).await?,
            },
            Stage::Done => {}
        }
        self.done += 1;
        // What was stored meanwhile makes more steps than were foreseen.
        self.total = self.total.max(self.done);
        let more = !matches!(self.stage, Stage::Done);
        if !more {
            self.total = self.done;
        }
        Ok(more)
    }

    /// Steps done, and steps in all as far as known.
    #[must_use]
    pub const fn progress(&self) -> (u64, u64) {
        (self.done, self.total)
    }

    /// What was found so far; complete when [`Verification::step`] said that there is no more.
    #[must_use]
    pub fn report(self) -> Report {
        self.report
    }

    fn keyslots(&mut self, state: &State) {
        let stored = files::read_keyslots(&self.vault.dir).and_then(|octets| Keyslots::decode(&octets));
        if stored.is_ok_and(|stored| stored.encode() == state.slots.encode()) {
            return;
        }
        self.report.tell(Damage::Keyslots);
    }

    async fn log(&mut self, state: &mut State) -> Result<Stage, VaultError> {
        if self.logged.walk(self.vault, &state.log, &mut self.report).await? {
            return Ok(Stage::Log);
        }
        if self.vault.standing() == Standing::LogDamaged {
            self.report.tell(Damage::Log { position: 0 });
        }
        let epochs: Vec<_> = state.index.all().map(|s| (s.category, s.head.epoch)).collect();
        Ok(Stage::Epochs(epochs.into_iter().rev().collect()))
    }

    async fn epoch(&mut self, state: &mut State, category: Category, epoch: Epoch) -> Result<(), VaultError> {
        // What was sealed since the log was walked is in it by now.
        while self.logged.walk(self.vault, &state.log, &mut self.report).await? {}
        let Some(slot) = state.index.slot(category, epoch) else { return Ok(()) };
        self.report.epochs += 1;
        match self.vault.verify_epoch(&slot, self.logged.of(category, epoch), &mut self.report).await {
            Ok(lasting) => self.prints_of(&slot, &lasting).await,
            Err(epoch::Stop::Fault(fault)) => {
                self.tell_epoch(category, epoch, fault);
                Ok(())
            }
            Err(epoch::Stop::Vault(e)) => Err(e),
        }
    }

    fn tell_epoch(&mut self, category: Category, epoch: Epoch, fault: Fault) {
        self.damaged.extend(pyramid::days(epoch).map(|day| (category, day)));
        self.report.tell(Damage::Epoch { category, epoch, fault });
    }

    /// Epochs that the log tells and the record does not have.
    async fn gone(&mut self, state: &mut State) -> Result<(), VaultError> {
        while self.logged.walk(self.vault, &state.log, &mut self.report).await? {}
        for (category, epoch) in self.logged.epochs() {
            if state.index.slot(category, epoch).is_none_or(|s| s.head.version == 0) {
                self.tell_epoch(category, epoch, Fault::Gone);
            }
        }
        let orphans = "SELECT COUNT(*) FROM segment WHERE epoch NOT IN (SELECT id FROM epoch)";
        let orphans: Result<i64, _> = sqlx::query_scalar(orphans).fetch_one(&self.vault.pool).await;
        match orphans.map_err(VaultError::from) {
            Ok(0) => {}
            Ok(_) | Err(VaultError::Damaged { .. }) => self.report.tell(Damage::Rows),
            Err(e) => return Err(e),
        }
        Ok(())
    }

    /// Some rows; behind which it goes on, while there are more.
    async fn cabinet(
        &mut self,
        space: Vec<u8>,
        name: Vec<u8>,
    ) -> Result<Option<(Vec<u8>, Vec<u8>)>, VaultError> {
        let rows = "SELECT namespace, name, sealed FROM cabinet WHERE (namespace, name) > (?, ?)
                    ORDER BY namespace, name LIMIT ?";
        let rows = sqlx::query_as(rows).bind(space).bind(name).bind(ROWS).fetch_all(&self.vault.pool).await;
        let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = match rows.map_err(VaultError::from) {
            // A page that cannot be read hides what is behind it.
            Err(VaultError::Damaged { .. }) => {
                self.report.tell(Damage::Rows);
                return Ok(None);
            }
            rows => rows?,
        };
        for (space, name, sealed) in &rows {
            self.report.values += 1;
            if !cabinet::opens(&self.vault.keys, space, name, sealed) {
                self.report.tell(Damage::Rows);
            }
        }
        // A short page is the last one.
        let last = rows.len() < usize::try_from(ROWS).unwrap_or(usize::MAX);
        let behind = rows.into_iter().next_back().filter(|_| !last);
        Ok(behind.map(|(space, name, _)| (space, name)))
    }
}
