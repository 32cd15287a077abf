//! From a card to its permission, and where an emergency of it stands, as the members prove it.

use salus_chain::ids::GrantId;
use salus_chain::state::{GrantRecord, GrantStatus, TxRefused};
use salus_chain::tx::{AnnounceBody, MAX_REASON, Tx};
use salus_light::{Head, LightError, Proven};
use salus_wire::UnixMillis;

use super::{Card, EmergencyError, OPEN_MS, WAIT_MS, is_emergency};
use crate::network::Network;
use crate::open::{Shared, accept, fetch, poll};

/// A card's permission.
#[derive(Debug, Clone)]
pub struct Found {
    /// What the capsule holds.
    pub shared: Shared,
    /// The permission, as proven.
    pub proven: Proven<Option<GrantRecord>>,
}

/// Where an emergency stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The head that it is proven against.
    pub head: Head,
    /// When it was announced last.
    pub announced: Option<UnixMillis>,
    /// The same while that announcement serves whoever opens now.
    pub serving: Option<UnixMillis>,
    /// When it was opened first.
    pub opened: Option<UnixMillis>,
}

impl Standing {
    /// From when on one clinician may open alone; `None` before the announcement, and when it has lapsed.
    #[must_use]
    pub fn alone_from(&self) -> Option<UnixMillis> {
        self.serving.map(|at| at.saturating_add(WAIT_MS))
    }

    /// The last instant at which it may be opened; `None` before the first opening.
    #[must_use]
    pub fn until(&self) -> Option<UnixMillis> {
        self.opened.map(|at| at.saturating_add(OPEN_MS))
    }
}

/// The permission of a card: a note in its inbox leads to a capsule that the chain vouches for, under the contract for
/// emergencies. Of several one that can be opened: the patient's app gives a card again when the keys of the record are new.
///
/// # Errors
/// [`EmergencyError::NoPermission`] when no note leads to one.
pub async fn find<N: Network>(network: &N, card: &Card) -> Result<Found, EmergencyError> {
    let reader = card.reader();
    let mut over = None;
    for note in poll(network, &reader).await? {
        let proven = network.grant(&note.grant).await?;
        let emergency = proven.value.as_ref().is_some_and(|record| is_emergency(&record.terms));
        if !emergency {
            continue;
        }
        // A note may be anybody's who saw the card: one that leads nowhere is passed over.
        let Ok(capsule) = fetch(network, &note).await else { continue };
        let Ok(shared) = accept(&capsule, &reader, proven.value.as_ref(), network.genesis()) else {
            continue;
        };
        let runs = |record: &GrantRecord| record.status_at(proven.head.time_ms) == GrantStatus::Active;
        if proven.value.as_ref().is_some_and(runs) {
            return Ok(Found { shared, proven });
        }
        over.get_or_insert(Found { shared, proven });
    }
    // What can no longer be opened is told as that.
    over.ok_or(EmergencyError::NoPermission)
}

/// Where an emergency of a permission stands.
///
/// # Errors
/// [`LightError`].
pub async fn standing<N: Network>(network: &N, grant: &GrantId) -> Result<Standing, LightError> {
    let Proven { value, head } = network.emergency(grant).await?;
    let record = value.unwrap_or_default();
    let serving = record.serves(head.time_ms);
    Ok(Standing { head, announced: record.announced_ms, serving, opened: record.opened_ms })
}

/// Announces an emergency and waits for the proof; the patient is told and can stop the card. What was announced before and
/// still serves stays: the wait began then.
///
/// # Errors
/// [`EmergencyError`].
pub async fn announce<N: Network>(
    network: &N,
    found: &Found,
    card: &Card,
    reason: u8,
    now: UnixMillis,
) -> Result<Standing, EmergencyError> {
    check_reason(reason)?;
    let grant = found.shared.grant();
    let record = network.grant(&grant).await?;
    let at = now.min(record.head.time_ms);
    found.shared.standing(&record, at)?;
    let before = standing(network, &grant).await?;
    if before.serving.is_some() {
        return Ok(before);
    }
    let reader = card.reader();
    let path = found.shared.path.clone();
    let body = AnnounceBody { grant_id: grant, reader_pk: reader.public(), path, reason };
    let tx = Tx::Announce(body.sign(&network.genesis().chain_id(), reader.signing()));
    match network.record(&tx).await {
        // By another clinician with the same card, a moment ago.
        Ok(_) | Err(LightError::Refused(TxRefused::Announced)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(standing(network, &grant).await?)
}

/// Whether the ledger knows the reason.
pub(super) const fn check_reason(reason: u8) -> Result<(), EmergencyError> {
    match reason {
        1..=MAX_REASON => Ok(()),
        _ => Err(EmergencyError::NoReason),
    }
}
