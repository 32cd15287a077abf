//! The clinician's side: from a note in the inbox to readings in memory.
//!
//! ```text
//! poll     notes in the invitation's inbox
//! fetch    note -> capsule, by its hash
//! accept   capsule + proven grant -> Shared            the capsule is the one on the chain, and for this reader
//! open     AccessTx final (the receipt) -> t keepers -> node keys -> leaves -> manifests -> readings, provenance
//!                                                    '> keys of days -> their summaries, where only these are given
//! ```
//!
//! A permission to those on duty is found at their member's desk, which hands on the secret when the receipt is final
//! ([`open_for_group`]).
//!
//! Where the permission has a contract, what it demands is asked for before the receipt; where it demands a second clinician,
//! [`crate::second`] makes the question and [`open_seconded`] opens with the answer.
//!
//! Every arrow has its own error; a member that answers wrongly is named and dropped. Nothing opened is stored.

mod ask;
mod condition;
mod daily;
mod duty;
mod error;
mod inbox;
mod provenance;
mod read;
mod shared;

use rand_core::CryptoRng;
use salus_chain::genesis::ChainContext;
use salus_chain::ids::Hash32;
use salus_chain::sign::SigningKey;
use salus_keeper::Slot;
use salus_light::{Head, Inclusion};
use salus_vault::Node;
use salus_wire::{Category, Reading, Summary, UnixMillis};

pub use ask::{Asked, Dropped, Released, Request, Unsigned};
pub use condition::Demand;
pub use daily::{Days, read_days, unlock_days};
pub use duty::{ForGroup, OnDuty, list_for_group, on_duty, open_for_group};
pub use error::{OpenError, Why};
pub use inbox::{fetch, poll};
pub use provenance::{Arrivals, Provenance, Sealed, Standing};
pub use read::{Epochs, read, unlock};
pub(crate) use shared::active;
pub use shared::{Shared, accept};

use crate::days;
use crate::gaps::requests_of;
use crate::members::Members;
use crate::network::Network;
use crate::reader::ReaderSecret;
use crate::second::Agreed;

/// Requests in one opening: as many as a keeper's rate limit allows within a minute.
pub(crate) const MAX_REQUESTS: usize = 2;

/// How far [`open`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The receipt is proven to be recorded.
    Receipt(Inclusion),
    /// These members released.
    Released(Members),
    /// Segments read so far, of those found.
    Read {
        /// So many.
        done: u32,
        /// Of so many.
        of: u32,
    },
}

/// What was opened; in memory only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The receipt: when it became final. It was before anything was released.
    pub receipt: Inclusion,
    /// The newest proven head at that time.
    pub head: Head,
    /// By category, in order of time; no readings where only daily summaries are given.
    pub readings: Vec<(Category, Vec<Reading>)>,
    /// By category, in order of time; empty where readings are given.
    pub summaries: Vec<(Category, Vec<Summary>)>,
    /// Members whose answers were used.
    pub released_by: Members,
    /// Members that refused, were silent, or answered wrongly, and why.
    pub dropped: Vec<Dropped>,
    /// Depots that gave altered octets and were passed over.
    pub altered_by: Members,
    /// Segments fetched and verified, or days.
    pub segments: u32,
    /// Where they came from: which gateways, and whether those were enrolled.
    pub provenance: Vec<Provenance>,
    /// Slots of older data that this opening left for a later one.
    pub older: usize,
}

/// Opens a shared record: leaves the receipt, waits until it is final, asks the members, fetches, verifies, decrypts.
///
/// # Errors
/// [`OpenError`] says which step failed, and names the member where one is to blame.
pub async fn open<N: Network>(
    network: &N,
    shared: &Shared,
    reader: &ReaderSecret,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Opened, OpenError> {
    let ctx = network.genesis().context();
    let Now { head, at } = standing(network, shared, now, false).await?;
    let (batches, older) = batches(shared, at)?;
    let requests = batches.into_iter().map(|slots| Request::new(shared, reader, slots, &ctx, rng));
    let requests = requests.collect::<Result<Vec<_>, _>>()?;
    carry_out(network, shared, &ctx, head, requests, older, progress).await
}

/// As [`open`], for exactly the slots to which a second clinician agreed; `own` is the attested key of the clinician who asked, who
/// opens.
///
/// # Errors
/// As [`open`].
#[expect(clippy::too_many_arguments, reason = "each is one fact of the opening")]
pub async fn open_seconded<N: Network>(
    network: &N,
    shared: &Shared,
    reader: &ReaderSecret,
    own: &SigningKey,
    agreed: &Agreed,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Opened, OpenError> {
    let ctx = network.genesis().context();
    let Now { head, .. } = standing(network, shared, now, true).await?;
    let one = |(slots, second)| Request::seconded(shared, reader, own, slots, second, &ctx, rng);
    let requests = agreed.requests().into_iter().map(one).collect::<Result<Vec<_>, _>>()?;
    carry_out(network, shared, &ctx, head, requests, agreed.older(), progress).await
}

/// A head, and the instant at which everything is judged.
pub(crate) struct Now {
    head: Head,
    pub(crate) at: UnixMillis,
}

/// Whether it can be opened now, by the proven record and by its contract.
pub(crate) async fn standing<N: Network>(
    network: &N,
    shared: &Shared,
    now: UnixMillis,
    seconded: bool,
) -> Result<Now, OpenError> {
    let record = network.grant(&shared.grant()).await?;
    let at = now.min(record.head.time_ms);
    let head = shared.standing(&record, at)?;
    let contract = shared.terms.contract_hash;
    if contract != Hash32::ZERO {
        // A grant that names a contract that is not recorded does not enter the chain.
        let recorded = network.contract(&contract).await?.value.ok_or(OpenError::NotGranted)?;
        if let Some(demand) = condition::demand(&recorded.text, &shared.terms, at, seconded) {
            return Err(demand.into());
        }
    }
    Ok(Now { head, at })
}

/// The slots of the next opening, in requests, and how many older ones it leaves.
pub(crate) fn batches(shared: &Shared, at: UnixMillis) -> Result<(Vec<Vec<Slot>>, usize), OpenError> {
    let mut batches = match shared.content.days.as_slice() {
        [] => requests_of(&shared.wrapped(), shared.scope(), at),
        days => days::requests(days, at),
    };
    if batches.is_empty() {
        return Err(OpenError::NothingYet);
    }
    let older = batches.split_off(batches.len().min(MAX_REQUESTS)).iter().map(Vec::len).sum();
    Ok((batches, older))
}

/// What requests open, one after the other: each leaves its receipt and waits until that is final. `head` is the one that the
/// permission was proven to stand at, `older` counts the slots that are left for a later opening.
pub(crate) async fn carry_out<N: Network>(
    network: &N,
    shared: &Shared,
    ctx: &ChainContext,
    head: Head,
    requests: Vec<Request>,
    older: usize,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Opened, OpenError> {
    let mut gathered = Gathered::default();
    for request in requests {
        let receipt = network.record(request.receipt()).await?;
        progress(Step::Receipt(receipt));
        gathered.ask(network, shared, ctx, request, receipt, progress).await?;
    }
    gathered.read(network, shared, head, older, progress).await
}

/// What several requests gave together.
#[derive(Default)]
struct Gathered {
    nodes: Vec<(usize, Node)>,
    first: Option<Inclusion>,
    released_by: Members,
    dropped: Vec<Dropped>,
}

impl Gathered {
    /// Asks the members with a receipt that is final.
    async fn ask<N: Network>(
        &mut self,
        network: &N,
        shared: &Shared,
        ctx: &ChainContext,
        request: Request,
        receipt: Inclusion,
        progress: &mut (dyn FnMut(Step) + Send),
    ) -> Result<(), OpenError> {
        self.first.get_or_insert(receipt);
        let Released { outputs, by, dropped } = request.ask(network, shared, ctx, receipt).await?;
        self.released_by = self.released_by.iter().chain(by.iter()).collect();
        for bad in dropped {
            if !self.dropped.iter().any(|known| known.member == bad.member) {
                self.dropped.push(bad);
            }
        }
        progress(Step::Released(self.released_by));
        let unlocked = if shared.daily() { unlock_days(shared, &outputs) } else { unlock(shared, &outputs) };
        self.nodes.extend(unlocked?);
        Ok(())
    }

    /// Finds and opens what the keys open.
    async fn read<N: Network>(
        self,
        network: &N,
        shared: &Shared,
        head: Head,
        older: usize,
        progress: &mut (dyn FnMut(Step) + Send),
    ) -> Result<Opened, OpenError> {
        let Self { nodes, first, released_by, dropped } = self;
        let receipt = first.ok_or(OpenError::NothingYet)?;
        if shared.daily() {
            let Days { summaries, days, altered_by } =
                read_days(network, &shared.content, &nodes, progress).await?;
            let (readings, provenance) = (Vec::new(), Vec::new());
            return Ok(Opened {
                receipt,
                head,
                readings,
                summaries,
                released_by,
                dropped,
                altered_by,
                segments: days,
                provenance,
                older,
            });
        }
        let Epochs { readings, segments, altered_by, sealed } =
            read(network, &shared.content, &nodes, progress).await?;
        let provenance = provenance::provenance(network, shared, &sealed).await;
        let summaries = Vec::new();
        Ok(Opened {
            receipt,
            head,
            readings,
            summaries,
            released_by,
            dropped,
            altered_by,
            segments,
            provenance,
            older,
        })
    }
}

#[cfg(test)]
pub(crate) fn duty_scene() -> duty::tests::Scene {
    duty::tests::Scene::with(None)
}

#[cfg(test)]
mod tests;
