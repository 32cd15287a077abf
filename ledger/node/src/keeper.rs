//! The keeper: takes shares, releases slots by the rule, erases, and says so; and the desk for the member's staff on duty.
//!
//! `salus_keeper` decides; this module gathers what it decides on and makes things durable in the right order: a share before
//! its ack, a log entry before its release, an erasure before its confirmation.

mod desk;
mod erase;
mod log;
mod release;
mod shares;
mod watch;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_keeper::deal;
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{
    DealMessage, EraseState, EraseStatus, KeeperRefused, KeeperReply, KeeperRequest,
};
use salus_light::p2p::{Fault, PeerId};

use crate::{NodeState, disk};
use desk::Desk;
use log::Log;
use shares::{ShareError, Shares};
use watch::{Seen, Watch};

/// The keeper's handle; cheap to clone.
#[derive(Clone)]
pub struct Keeper(Arc<Inner>);

struct Inner {
    state: NodeState,
    shares: Shares,
    // One decision at a time: the log's window and the decision on it belong together.
    log: Mutex<Log>,
    watch: Mutex<Watch>,
    desk: Desk,
}

impl Keeper {
    /// Opens the shares, the release log and the desk's notes under `home().data()`.
    ///
    /// # Errors
    /// When the files cannot be used.
    pub fn open(state: NodeState) -> io::Result<Self> {
        let directory = state.home().data().join("shares");
        let shares = Shares::open(&directory)?;
        let log = Log::open(&state.home().data().join("releases.log"), state.clock().now())?;
        let watch = Mutex::new(Watch::new(&shares, Seen::now(&state))?);
        let desk = Desk::open(&state)?;
        Ok(Self(Arc::new(Inner { state, shares, log: Mutex::new(log), watch, desk })))
    }

    /// Erases what the chain records as ended, after every block; ends with the chain.
    pub async fn look_after(self) {
        let mut blocks = self.0.state.new_blocks();
        loop {
            let keeper = self.clone();
            let inner = move || erase::sweep(&keeper.0.state, &keeper.0.shares, &keeper.0.watch);
            let Ok(result) = tokio::task::spawn_blocking(inner).await else { return };
            if let Err(error) = result {
                tracing::error!(%error, "shares could not be looked after; the next block tries again");
            }
            if blocks.changed().await.is_err() {
                return;
            }
        }
    }

    /// Answers one encoded request of a peer with one encoded reply.
    ///
    /// # Errors
    /// [`Fault::Malformed`] when it does not decode.
    pub async fn answer(&self, body: &[u8], from: PeerId) -> Result<Vec<u8>, Fault> {
        let request = KeeperRequest::decode(body).map_err(|_| Fault::Malformed)?;
        let keeper = self.clone();
        let reply = tokio::task::spawn_blocking(move || keeper.reply(&request, from));
        Ok(reply.await.map_err(|_| Fault::Internal)?.encode())
    }

    fn reply(&self, request: &KeeperRequest, from: PeerId) -> KeeperReply {
        let reply = match request {
            KeeperRequest::Deal(message) => self.deal(message, from),
            KeeperRequest::Release(request) => {
                let mut log = self.0.log.lock().unwrap_or_else(PoisonError::into_inner);
                release::release(&self.0.state, &self.0.shares, &mut log, request)
                    .map(|reply| KeeperReply::Released(Box::new(reply)))
            }
            KeeperRequest::EraseStatus(grant) => self.erase_status(grant),
            KeeperRequest::Note(note) => self.0.desk.note(&self.0.state, note),
            KeeperRequest::OnDuty(ask) => self.0.desk.on_duty(&self.0.state, ask),
            KeeperRequest::Secret(request) => self.0.desk.secret(&self.0.state, request),
            KeeperRequest::Who(request) => self.0.desk.who(&self.0.state, request),
            KeeperRequest::Roles => Ok(KeeperReply::Roles(self.0.state.config().keeper.duty_roles.clone())),
        };
        reply.unwrap_or_else(KeeperReply::Refused)
    }

    fn deal(&self, message: &DealMessage, from: PeerId) -> Result<KeeperReply, KeeperRefused> {
        let state = &self.0.state;
        let watch = || self.0.watch.lock().unwrap_or_else(PoisonError::into_inner);
        // Before anything that takes work.
        if !watch().has_room(&message.context.grant_id, &from) {
            return Err(KeeperRefused::Busy);
        }
        let kem = KemSecretKey::from_bytes(*state.keys().keeper_kem);
        let (held, ack) = deal::accept(state.context(), state.index(), &kem, &state.keys().keeper, message)
            .map_err(KeeperRefused::Deal)?;
        let record = erase::record(state, &held.grant_id).map_err(internal)?;
        if record.is_some_and(|record| record.end.is_some()) {
            return Err(KeeperRefused::Conflict);
        }
        let mut watch = watch();
        if !watch.has_room(&held.grant_id, &from) {
            return Err(KeeperRefused::Busy);
        }
        let octets = zeroize::Zeroizing::new(held.encode());
        match self.0.shares.keep(&held.grant_id, &octets) {
            Ok(()) => {
                watch.add(held.grant_id, from, Seen::now(state));
                Ok(KeeperReply::Ack(ack))
            }
            Err(ShareError::Other | ShareError::Erased) => Err(KeeperRefused::Conflict),
            Err(ShareError::Io(error)) => Err(unwritten(error)),
        }
    }

    fn erase_status(&self, grant: &GrantId) -> Result<KeeperReply, KeeperRefused> {
        let state = &self.0.state;
        let record = erase::record(state, grant).map_err(internal)?;
        let marked = self.0.shares.is_marked(grant);
        let said = record.is_some_and(|record| record.erasure_confirmed(state.index()));
        let where_it_is = match self.0.shares.read(grant).map_err(internal)? {
            Some(_) => EraseState::Held,
            None if marked || said => EraseState::Erased,
            None => EraseState::Never,
        };
        let (chain, key) = (state.chain_id(), &state.keys().keeper);
        Ok(KeeperReply::EraseStatus(EraseStatus::sign(&chain, *grant, state.index(), where_it_is, key)))
    }
}

/// Something could not be written: that a disk is full is told, so that a person hears who has to make room.
fn unwritten(error: io::Error) -> KeeperRefused {
    if !disk::is_full(&error) {
        return internal(error);
    }
    tracing::error!(
        "the disk that holds data/shares, data/duty and data/releases.log is full: make room on it; until then this member takes no \
         part of a new permission and helps to open nothing. Never delete these files: no other member has them"
    );
    KeeperRefused::Full
}

/// A failure of this machine: logged here, told to nobody.
fn internal(error: impl std::fmt::Display) -> KeeperRefused {
    tracing::error!(%error, "the keeper failed");
    KeeperRefused::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_disk_is_told_as_one() {
        assert_eq!(unwritten(io::ErrorKind::StorageFull.into()), KeeperRefused::Full);
        assert_eq!(unwritten(io::ErrorKind::QuotaExceeded.into()), KeeperRefused::Full);
        assert_eq!(unwritten(io::ErrorKind::PermissionDenied.into()), KeeperRefused::Internal);
    }
}
