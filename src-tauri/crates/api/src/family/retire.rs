//! The person's key of the own circle retires, because a laptop with the record is lost: whoever opens the copy on it has the key too.
//!
//! ```text
//! renew::retire  a fresh key, random and kept beside, becomes a successor of the present one, with everything else in one transaction
//! go_on          the members prove whose the circle is
//!                  ours      the key that they know retires at once for the last successor
//!                  the last  it speaks from now on
//!                  another   whoever has the copy came first: guardians take it back
//! ```
//!
//! The numbers behind the circle's hashes stay: they open what the hashes say, which the copy says anyway. Helpers and guardians are told
//! by the words that follow every change of the circle; a word counts when the key that the members prove signed it.

use salus_chain::state::TxRefused;
use salus_light::LightClient;
use salus_sharing::circle::{CircleError, RelativeSecret, Voice, speak};
use salus_vault::Vault;
use salus_wire::view::CircleKeyState;
use salus_wire::{Failure, UnixMillis};

use super::kept::Own;
use super::seen::Seen;
use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::record::renew::About;

/// A fresh key for the own circle, to be stored with what else begins anew; nothing where there is no circle.
pub(crate) async fn retire(vault: &Vault) -> Result<Vec<About>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(Vec::new()) };
    let fresh = RelativeSecret::generate(&mut rng());
    Ok(own.retiring(&fresh)?.into())
}

/// True for a record whose person has a circle.
pub(crate) async fn has_circle(vault: &Vault) -> Result<bool, Failure> {
    Ok(Own::load(vault).await?.is_some())
}

/// Retires the key that the members know, when a successor waits; true when something changed that a screen shows.
pub(super) async fn go_on(open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut own) = Own::load(vault).await? else { return Ok(false) };
    let Some(last) = own.successors.last().copied() else { return Ok(false) };
    let proven = client.prove_circle(&own.circle).await.or_fail()?;
    let Some(circle) = proven.value.map(|circle| circle.at(proven.head.time_ms)) else {
        // It was never recorded, and whoever has the copy can record it: the next one is made with the record's new identity.
        Own::forget(vault).await?;
        return Ok(true);
    };
    if circle.handover_ms.is_some() {
        // Its key decides on what rests only, and retires for none at once.
        own.successors.clear();
        own.save(vault).await?;
        return Ok(true);
    }
    // One in between was recorded before it was noted here: it speaks until the last does.
    let between = own.reach(vault, &circle.patient_pk).await?;
    let Some(key) = own.key_of(vault, &circle.patient_pk).await? else { return Ok(false) };
    if circle.patient_pk != last {
        let voice = Voice { circle: own.circle, key: &key };
        match speak::retire(client, voice, last).await {
            Ok(()) => {}
            Err(CircleError::Refused(TxRefused::CircleForm)) if circle.is_young(proven.head.time_ms) => {
                tracing::debug!("the circle's key retired lately, and retires again later");
                return Ok(between);
            }
            Err(error) => return Err(crate::failure::Fail::fail(error)),
        }
    }
    own.succeed(vault).await?;
    Ok(true)
}

/// How the circle's key stands after a loss, as proven last; `None` where there is no circle, or its key never retired.
pub(crate) async fn standing(vault: &Vault, now: UnixMillis) -> Result<Option<CircleKeyState>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(None) };
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(None) };
    let circle = seen.circle()?.at(now);
    if own.key_of(vault, &circle.patient_pk).await?.is_none() {
        return Ok(Some(CircleKeyState::Taken));
    }
    Ok(match (own.successors.is_empty(), own.carried) {
        (false, _) => Some(CircleKeyState::Waits),
        (true, Some(_)) => Some(CircleKeyState::New),
        (true, None) => None,
    })
}

/// True where somebody else came first in the own circle, as proven last: guardians can give it back.
pub(super) async fn is_taken(vault: &Vault, now: UnixMillis) -> Result<bool, Failure> {
    let retires = Own::load(vault).await?.is_some_and(|own| !own.successors.is_empty());
    Ok(retires && standing(vault, now).await? == Some(CircleKeyState::Taken))
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::{ChainId, VerifyingKey};

    use super::*;
    use crate::family::limits;
    use crate::testing::{Hands, NOON, patient};

    /// Stores a successor, as a renewal does; its key.
    async fn retired(vault: &Vault) -> VerifyingKey {
        for (namespace, name, value) in retire(vault).await.unwrap() {
            vault.cabinet().put(namespace, &name, &value).await.unwrap();
        }
        Own::load(vault).await.unwrap().unwrap().successors.last().copied().unwrap()
    }

    #[tokio::test]
    async fn a_successor_that_was_recorded_before_it_was_noted_speaks_until_the_last_does() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let open = app.open().await.unwrap();
        let vault = &open.vault;
        Own::new(vault, &ChainId([1; 32]), [7; 16], limits::usual()).save(vault).await.unwrap();
        let (one, last) = (retired(vault).await, retired(vault).await);
        let mut own = Own::load(vault).await.unwrap().unwrap();
        assert!(!own.reach(vault, &last).await.unwrap(), "that is for when the members know it");
        assert!(own.reach(vault, &one).await.unwrap());
        let mut own = Own::load(vault).await.unwrap().unwrap();
        assert_eq!((own.key(vault).verifying_key(), &own.successors[..]), (one, &[last][..]));
        assert!(!own.reach(vault, &one).await.unwrap(), "twice is once");
        own.succeed(vault).await.unwrap();
        assert_eq!(own.key(vault).verifying_key(), last);
        drop(open);
        app.close().await.unwrap();
    }
}
