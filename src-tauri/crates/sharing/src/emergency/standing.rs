//! From a card to its permission, and where an emergency of it stands, as the members prove it.

use salus_chain::ids::{GrantId, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::{GrantRecord, GrantStatus, TxRefused};
use salus_chain::tx::{AnnounceBody, Announcer, MAX_REASON, Tx};
use salus_light::{Head, LightError, Proven};
use salus_wire::UnixMillis;

use super::{Card, EmergencyError, OPEN_MS, WAIT_MS, is_emergency};
use crate::network::Network;
use crate::open::{Shared, accept, fetch, poll};

/// How often an announcement is made anew that another one came before.
const TRIES: u8 = 5;

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
    /// When it was announced last, by whomever.
    pub announced: Option<UnixMillis>,
    /// When it was announced, each time that the members still hold, oldest first.
    pub announcements: Vec<UnixMillis>,
    /// When the clinician announced it who is asked about, while that serves them now.
    pub serving: Option<UnixMillis>,
    /// When it was opened first.
    pub opened: Option<UnixMillis>,
}

impl Standing {
    /// From when on that clinician may open alone; `None` before their announcement, and when it has lapsed.
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
/// emergencies and by the key that the card names. Of several one that can be opened: the patient's app gives a card again when the
/// keys of the record are new.
///
/// # Errors
/// [`EmergencyError::NoPermission`] when no note leads to one; [`EmergencyError::Planted`] when some do and none is by that key.
pub async fn find<N: Network>(network: &N, card: &Card) -> Result<Found, EmergencyError> {
    let (reader, chain) = (card.reader(), network.genesis().chain_id());
    let (mut over, mut planted) = (None, false);
    for note in poll(network, &reader).await? {
        let proven = network.grant(&note.grant).await?;
        let emergency = proven.value.as_ref().is_some_and(|record| is_emergency(&record.terms));
        if !emergency {
            continue;
        }
        // Nor is another's looked at: false readings would be taken for the patient's.
        if !proven.value.as_ref().is_some_and(|record| card.is_by(&chain, &record.terms.patient_grant_pk)) {
            planted = true;
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
    over.ok_or(if planted { EmergencyError::Planted } else { EmergencyError::NoPermission })
}

/// Where an emergency of a permission stands, for the clinician with the attested key `own`.
///
/// # Errors
/// [`LightError`].
pub async fn standing<N: Network>(
    network: &N,
    grant: &GrantId,
    own: Option<&VerifyingKey>,
) -> Result<Standing, LightError> {
    let Proven { value, head } = network.emergency(grant).await?;
    let record = value.unwrap_or_default();
    let serving = own.and_then(|own| record.serves(head.time_ms, own));
    let announced = record.newest().map(|newest| newest.at_ms);
    let announcements = record.announcements.iter().map(|one| one.at_ms).collect();
    Ok(Standing { head, announced, announcements, serving, opened: record.opened_ms })
}

/// Announces an emergency as the clinician with the attested key `own`, and waits for the proof; the patient is told and can stop
/// the card. What they announced before and still serves stays: the wait began then.
///
/// # Errors
/// [`EmergencyError`].
pub async fn announce<N: Network>(
    network: &N,
    found: &Found,
    card: &Card,
    reason: u8,
    own: &SigningKey,
    now: UnixMillis,
) -> Result<Standing, EmergencyError> {
    check_reason(reason)?;
    let grant = found.shared.grant();
    let record = network.grant(&grant).await?;
    let at = now.min(record.head.time_ms);
    found.shared.standing(&record, at)?;
    let (reader, own_pk, chain) = (card.reader(), own.verifying_key(), network.genesis().chain_id());
    for _ in 0..TRIES {
        let before = standing(network, &grant, Some(&own_pk)).await?;
        if before.serving.is_some() {
            return Ok(before);
        }
        let (reader_pk, follows) = (reader.public(), before.announced.unwrap_or(0));
        let by = Some(Announcer::sign(&grant, &reader_pk, reason, follows, &chain, own));
        let path = found.shared.path.clone();
        let body = AnnounceBody { grant_id: grant, reader_pk, path, reason, by };
        match network.record(&Tx::Announce(body.sign(&chain, reader.signing()))).await {
            Ok(_) | Err(LightError::Refused(TxRefused::Announced)) => break,
            // Another clinician announced it a moment ago: this one follows theirs.
            Err(LightError::Refused(TxRefused::Follows)) => network.pause().await,
            Err(LightError::Refused(TxRefused::Opener)) => return Err(EmergencyError::NotAttested),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(standing(network, &grant, Some(&own_pk)).await?)
}

/// Whether the ledger knows the reason.
pub(super) const fn check_reason(reason: u8) -> Result<(), EmergencyError> {
    match reason {
        1..=MAX_REASON => Ok(()),
        _ => Err(EmergencyError::NoReason),
    }
}
