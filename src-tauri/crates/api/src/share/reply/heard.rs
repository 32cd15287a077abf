//! Whose notes are listened to: of the clinician of each permission that the record's person gave, that helpers gave for them, and that
//! they gave as somebody's helper. An emergency card's is for nobody by name.

use salus_chain::ids::{self, ReaderKey, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_light::LightClient;
use salus_sharing::invitation::ReaderSecret;
use salus_sharing::issue::Progress;
use salus_vault::{Identity, Vault};
use salus_wire::view::{PermissionState, Through};
use salus_wire::{Failure, GrantId, UnixMillis};

use super::kept::{self as inboxes, Inbox};
use crate::failure::OrFail;
use crate::lock::Open;
use crate::reply::{LISTEN_MS, Often};
use crate::share::kept::{self as permissions, Kept};
use crate::{App, family};

/// The clinician, as attested when the permission was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) key: VerifyingKey,
    pub(crate) name: String,
    pub(crate) organisation: String,
    pub(crate) attested_by: String,
}

/// When a permission is over, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// Known.
    At(UnixMillis, PermissionState),
    /// Stopped in that block, before this end.
    Stopped { height: u64, ends: UnixMillis },
}

/// In whose voice the clinician is told where to write to.
pub(crate) enum Tells {
    /// With the permission's own key, to the key that it was given to.
    Permission { identity: Identity, nonce: [u8; 16], key: SigningKey, reader: ReaderKey },
    /// With the person's key of the circle under which a helper gave it.
    Circle { circle: ids::CircleId, key: SigningKey },
}

/// One permission.
pub(crate) struct Heard {
    pub(crate) id: GrantId,
    pub(crate) who: Who,
    pub(crate) through: Option<Through>,
    pub(crate) ends: UnixMillis,
    pub(crate) over: Over,
    /// It runs, or will; the clinician is told nothing of one that is over.
    pub(crate) live: bool,
    /// It was opened.
    pub(crate) opened: bool,
    pub(crate) tells: Tells,
}

/// Every one. What cannot be read of a family holds up no permission of the person's own.
pub(super) async fn all(app: &App, open: &Open) -> Result<Vec<Heard>, Failure> {
    let (vault, now) = (&open.vault, app.now());
    let mut all: Vec<Heard> =
        permissions::all(vault).await?.iter().filter_map(|kept| own(kept, vault, now)).collect();
    match family::heard(app, open).await {
        Ok(more) => all.extend(more),
        Err(failure) => {
            tracing::debug!(code = %failure.code, "notes about what helpers gave are looked for later")
        }
    }
    // Until a while after its end.
    all.retain(|heard| now < heard.latest().saturating_add(LISTEN_MS));
    Ok(all)
}

/// The clinician of a recorded permission of the person's own.
fn own(kept: &Kept, vault: &Vault, now: UnixMillis) -> Option<Heard> {
    let recorded = !matches!(kept.permission.progress(), Progress::Pending);
    let named = kept.facts.card.is_none();
    let key = kept.facts.credential.filter(|_| recorded && named).map(VerifyingKey)?;
    let clinician = &kept.facts.clinician;
    let (at, how) = over(kept);
    Some(Heard {
        id: kept.id(),
        who: Who {
            key,
            name: clinician.name.clone(),
            organisation: clinician.organisation.clone(),
            attested_by: clinician.attested_by.clone(),
        },
        through: None,
        ends: kept.facts.ends,
        over: Over::At(at, how),
        live: matches!(kept.state(now), PermissionState::NotYet | PermissionState::Active),
        opened: kept.facts.proven.as_ref().is_some_and(|proven| proven.openings > 0),
        tells: Tells::Permission {
            identity: kept.facts.identity(),
            nonce: kept.facts.nonce,
            key: kept.own_key(vault),
            reader: *kept.permission.reader(),
        },
    })
}

/// When a permission of the person's own is over, and how.
fn over(kept: &Kept) -> (UnixMillis, PermissionState) {
    let ends = kept.facts.ends;
    let stopped = match (kept.permission.progress(), &kept.facts.proven) {
        (Progress::Stopped { stopped, .. }, _) => Some(stopped.time_ms),
        // By somebody else: not later than it was seen.
        (_, Some(proven)) if proven.state == PermissionState::Stopped => Some(proven.proof.time),
        _ => None,
    };
    match stopped {
        Some(at) if at < ends => (at, PermissionState::Stopped),
        _ => (ends, PermissionState::Ended),
    }
}

impl Heard {
    /// The latest instant at which it is over.
    const fn latest(&self) -> UnixMillis {
        match self.over {
            Over::At(at, _) => at,
            Over::Stopped { ends, .. } => ends,
        }
    }

    /// Who never opened anything has little to say.
    pub(super) const fn often(&self) -> Often {
        if self.live && self.opened { Often::EachRound } else { Often::Seldom }
    }
}

impl Over {
    /// When, and how; the members are asked for the time of a stop.
    pub(super) async fn known(self, client: &LightClient) -> Result<(UnixMillis, PermissionState), Failure> {
        match self {
            Self::At(at, how) => Ok((at, how)),
            Self::Stopped { height, ends } => {
                let at = client.time_at(height).await.or_fail()?;
                Ok((at.min(ends), PermissionState::Stopped))
            }
        }
    }
}

impl Tells {
    /// The person's key that says it; none for a permission's own, which is never another.
    pub(super) fn speaker(&self) -> Option<VerifyingKey> {
        match self {
            Self::Permission { .. } => None,
            Self::Circle { key, .. } => Some(key.verifying_key()),
        }
    }

    /// The keys of the inbox: of its own for each permission, and for each key that speaks for the person.
    pub(super) fn secret(&self, vault: &Vault, id: &GrantId, inbox: &Inbox) -> ReaderSecret {
        match self {
            Self::Permission { identity, nonce, .. } => inboxes::secret(vault, *identity, nonce),
            Self::Circle { key, .. } => {
                let context = [id.0, key.verifying_key().0].concat();
                inboxes::secret(vault, Identity(inbox.identity), &context)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(live: bool, opened: bool, over: Over) -> Heard {
        let key = SigningKey::from_bytes(&[1; 32]);
        Heard {
            id: GrantId([1; 32]),
            who: Who {
                key: key.verifying_key(),
                name: "Dr Ana Example".into(),
                organisation: "-".into(),
                attested_by: "Heart Clinic".into(),
            },
            through: Some(Through::Helper { name: "Leila".into() }),
            ends: 100,
            over,
            live,
            opened,
            tells: Tells::Circle { circle: ids::CircleId([2; 32]), key },
        }
    }

    #[test]
    fn what_runs_and_was_opened_is_looked_at_each_round_and_a_stop_counts_until_its_end_at_most() {
        let runs = Over::At(100, PermissionState::Ended);
        assert_eq!(heard(true, true, runs).often(), Often::EachRound);
        assert_eq!(heard(true, false, runs).often(), Often::Seldom);
        assert_eq!(heard(false, true, runs).often(), Often::Seldom);
        assert_eq!(heard(false, true, Over::Stopped { height: 7, ends: 90 }).latest(), 90);
    }

    #[test]
    fn another_key_of_the_persons_has_another_voice() {
        let one = heard(true, true, Over::At(100, PermissionState::Ended));
        let key = SigningKey::from_bytes(&[3; 32]);
        let other = Tells::Circle { circle: ids::CircleId([2; 32]), key: key.clone() };
        assert_eq!(other.speaker(), Some(key.verifying_key()));
        assert_ne!(one.tells.speaker(), other.speaker());
    }
}
