//! What a helper keeps of somebody's own permissions: what they were told last, and what was proven of each.

use salus_chain::ids::{self, Signature, VerifyingKey};
use salus_chain::tx::Pow;
use salus_sharing::circle::Stops;
use salus_sharing::circle::stops::Told;
use salus_vault::Vault;
use salus_wire::view::{OwnGivenView, PermissionState, ProofView};
use salus_wire::{Category, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::family::kept;
use crate::namespace::FAMILY_STOPS;
use crate::share::condition;

/// Where one stood at a proven head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    pub(super) starts: UnixMillis,
    pub(super) ends: UnixMillis,
    pub(super) state: PermissionState,
    pub(super) openings: u32,
    /// The text of its contract; empty without one.
    pub(super) policy: String,
    pub(super) proof: ProofView,
}

/// One permission, as the person told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct One {
    pub(super) id: GrantId,
    pub(super) replaces: Option<GrantId>,
    /// The key that stops it, and what makes the stop.
    pub(super) own: VerifyingKey,
    pub(super) pow: u64,
    pub(super) stop: Signature,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) categories: Vec<Category>,
    /// What was proven last; nothing is shown before.
    pub(super) proven: Option<Standing>,
}

/// What a helper can stop for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) number: i64,
    /// The person's key that said it; not kept of before it was asked for.
    #[serde(default)]
    pub(super) by: Option<VerifyingKey>,
    pub(super) all: Vec<One>,
}

impl One {
    fn of(told: &Told) -> Self {
        Self {
            id: GrantId(told.grant.0),
            replaces: told.replaces.map(|id| GrantId(id.0)),
            own: told.patient_grant_pk,
            pow: told.pow.0,
            stop: told.stop,
            name: told.name.clone(),
            organisation: told.organisation.clone(),
            categories: told.categories.iter().copied().collect(),
            proven: None,
        }
    }

    pub(super) fn told(&self) -> Told {
        Told {
            grant: ids::GrantId(self.id.0),
            replaces: self.replaces.map(|id| ids::GrantId(id.0)),
            patient_grant_pk: self.own,
            pow: Pow(self.pow),
            stop: self.stop,
            name: self.name.clone(),
            organisation: self.organisation.clone(),
            categories: self.categories.iter().copied().collect(),
        }
    }

    /// One permission to the person: it was given once more under new keys.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.replaces == Some(other.id) || other.replaces == Some(self.id)
    }

    pub(super) fn is_over(&self) -> bool {
        let over = |proven: &Standing| is_over(proven.state);
        self.proven.as_ref().is_some_and(over)
    }

    fn view(&self, now: UnixMillis) -> Option<OwnGivenView> {
        let proven = self.proven.as_ref()?;
        let state = match proven.state {
            state if is_over(state) => state,
            _ if now >= proven.ends => PermissionState::Ended,
            _ if now >= proven.starts => PermissionState::Active,
            state => state,
        };
        Some(OwnGivenView {
            id: self.id,
            name: self.name.clone(),
            organisation: self.organisation.clone(),
            categories: self.categories.clone(),
            starts: proven.starts,
            ends: proven.ends,
            condition: condition::view(&proven.policy),
            state,
            openings: proven.openings,
            proof: proven.proof.clone(),
        })
    }
}

pub(super) const fn is_over(state: PermissionState) -> bool {
    matches!(state, PermissionState::Ended | PermissionState::Stopped)
}

impl Held {
    pub(super) async fn load(vault: &Vault, pk: &VerifyingKey) -> Result<Self, Failure> {
        Ok(kept::load(vault, FAMILY_STOPS, &pk.0).await?.unwrap_or_default())
    }

    pub(super) async fn save(&self, vault: &Vault, pk: &VerifyingKey) -> Result<(), Failure> {
        kept::save(vault, FAMILY_STOPS, &pk.0, self).await
    }

    /// Number of what this key of the person said last, if anything was said by it.
    pub(super) fn last(&self, person: &VerifyingKey) -> Option<i64> {
        self.by.is_none_or(|by| by == *person).then_some(self.number)
    }

    /// What was told last takes the place of what was told before; what was proven of it stays.
    pub(super) fn turn_to(&mut self, told: &Stops) {
        self.number = told.number;
        let mut all: Vec<One> = told.items.iter().map(One::of).collect();
        for one in &mut all {
            let known = self.all.iter().find(|known| known.id == one.id && known.own == one.own);
            one.proven = known.and_then(|known| known.proven.clone());
        }
        self.all = all;
    }

    /// What screens show, newest first: where one was given once more, the later of the two.
    pub(super) fn views(&self, now: UnixMillis) -> Vec<OwnGivenView> {
        let again =
            |one: &One| self.all.iter().any(|other| other.proven.is_some() && other.replaces == Some(one.id));
        let shown = self.all.iter().filter(|one| !(one.is_over() && again(one)));
        let mut views: Vec<OwnGivenView> = shown.filter_map(|one| one.view(now)).collect();
        views.sort_by_key(|view| std::cmp::Reverse(view.starts));
        views
    }
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::{ChainId, CircleId};
    use salus_chain::sign::SigningKey;

    use super::*;
    use crate::family::letters::is_newer;

    const NOW: UnixMillis = 1_795_000_000_000;

    fn told(n: u8, replaces: Option<u8>) -> Told {
        Told {
            grant: ids::GrantId([n; 32]),
            replaces: replaces.map(|n| ids::GrantId([n; 32])),
            patient_grant_pk: SigningKey::from_bytes(&[n; 32]).verifying_key(),
            pow: Pow(7),
            stop: Signature([n; 64]),
            name: "Dr Ana".into(),
            organisation: "Heart Clinic".into(),
            categories: [Category::HeartRate].into(),
        }
    }

    fn stops(number: i64, told: &[Told]) -> Stops {
        let key = SigningKey::from_bytes(&[1; 32]);
        Stops::sign(CircleId([1; 32]), key.verifying_key(), number, told, &ChainId([1; 32]), &key)
    }

    fn stands(state: PermissionState) -> Standing {
        let proof = ProofView { height: "1".into(), block: String::new(), time: NOW, signed_by: Vec::new() };
        Standing { starts: NOW, ends: NOW + 1000, state, openings: 2, policy: String::new(), proof }
    }

    fn shown(held: &Held, now: UnixMillis) -> Vec<(u8, PermissionState)> {
        held.views(now).iter().map(|view| (view.id.0[0], view.state)).collect()
    }

    #[test]
    fn a_helper_sees_what_is_proven_of_what_they_were_told_last() {
        let mut held = Held::default();
        held.turn_to(&stops(1, &[told(1, None), told(2, None)]));
        assert!(shown(&held, NOW).is_empty(), "nothing is proven of it yet");
        held.all[0].proven = Some(stands(PermissionState::NotYet));
        assert_eq!(shown(&held, NOW - 1), [(1, PermissionState::NotYet)]);
        assert_eq!(shown(&held, NOW), [(1, PermissionState::Active)]);
        assert_eq!(shown(&held, NOW + 1000), [(1, PermissionState::Ended)]);
        held.turn_to(&stops(2, &[told(1, None)]));
        assert_eq!((held.number, shown(&held, NOW)), (2, vec![(1, PermissionState::Active)]));
        let octets = serde_json::to_vec(&held).unwrap();
        assert_eq!(serde_json::from_slice::<Held>(&octets).unwrap(), held);
        // The stop goes to the members as it came.
        assert_eq!(held.all[0].told(), told(1, None));
        held.turn_to(&stops(3, &[]));
        assert!(shown(&held, NOW).is_empty());
    }

    #[test]
    fn a_key_of_the_person_that_retired_does_not_have_the_last_word_by_a_large_number() {
        let [thief, person] = [5, 6].map(|n| SigningKey::from_bytes(&[n; 32]).verifying_key());
        let mut held = Held::default();
        assert!(is_newer(held.last(&thief), NOW), "nothing was said");
        held.turn_to(&stops(i64::MAX, &[]));
        held.by = Some(thief);
        assert!(!is_newer(held.last(&thief), NOW));
        assert!(is_newer(held.last(&person), NOW));
        held.turn_to(&stops(NOW, &[]));
        held.by = Some(person);
        // Nothing is played back.
        assert!(!is_newer(held.last(&person), NOW) && is_newer(held.last(&person), NOW + 1));
        // Of what was kept before keys were, the number counts.
        let kept: Held = serde_json::from_str(r#"{"number":7,"all":[]}"#).unwrap();
        assert_eq!(kept.last(&person), Some(7));
    }

    #[test]
    fn what_was_given_once_more_is_one_permission() {
        let mut held = Held::default();
        held.turn_to(&stops(1, &[told(1, None), told(2, Some(1)), told(3, None)]));
        let beside = |a: usize, b: usize| held.all[a].is_beside(&held.all[b]);
        assert!(beside(0, 1) && beside(1, 0) && !beside(0, 2) && !beside(1, 2));
        held.all[0].proven = Some(stands(PermissionState::Stopped));
        assert_eq!(shown(&held, NOW), [(1, PermissionState::Stopped)], "until the later one is proven");
        held.all[1].proven = Some(stands(PermissionState::Active));
        assert_eq!(shown(&held, NOW), [(2, PermissionState::Active)]);
    }
}
