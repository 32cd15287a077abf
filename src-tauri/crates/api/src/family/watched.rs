//! The circle of the record's person on a laptop that was added, where only the first one speaks in it. The first one may be what was
//! lost when somebody asks for another key, so each laptop asks the members itself and can object by itself.
//!
//! ```text
//! first laptop   told: which circle, by which key, and the names of who is in it -- letter of the line --> added laptop
//!                to_tell: what helpers permitted, each as the steward signed it -----------------> added laptop
//! added laptop   take -> look::circles: proven as any other -> view::watched, notices
//!                take_given: held against the members' record, then as what a circle's person was told
//!                object (native confirmation)
//! ```

use salus_chain::circle::Signer;
use salus_chain::codec::Record;
use salus_chain::ids::{self, Hash32, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_light::LightClient;
use salus_sharing::circle::Notice;
use salus_sharing::circle::notice::{self, NoticeError};
use salus_vault::Vault;
use salus_wire::view::FamilyView;
use salus_wire::{ChangeId, CircleId, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Own};
use super::seen::{self, Seen};
use super::{sentence, shown, view};
use crate::app::utc_offset_minutes;
use crate::asked::Asked;
use crate::failure::bug;
use crate::namespace::FAMILY;
use crate::{App, laptops};

const NAME: &[u8] = b"watched";
/// Names that are told at most: helpers and guardians of now, and some of before.
const MOST: usize = 64;
/// What helpers permitted is told for so long after its end: the first laptop may have been off.
const LATELY_MS: i64 = 30 * 86_400_000;

/// The circle as the first laptop tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Watched {
    pub(super) circle: ids::CircleId,
    /// The key that speaks for the person, as that laptop knows it.
    pub(super) person: VerifyingKey,
    pub(super) names: Vec<(VerifyingKey, String)>,
}

/// On the first laptop: what the others are told of the own circle; nothing before the members have it. It is never told that there is
/// none: whoever has the first laptop would silence the others.
pub(crate) async fn told(vault: &Vault) -> Result<Option<Vec<u8>>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(None) };
    if Seen::load(vault, &own.circle).await?.is_none() {
        return Ok(None);
    }
    let known = own.helpers.iter().map(|h| &h.relative).chain(own.guardians.iter().map(|g| &g.relative));
    let names = known.take(MOST).map(|known| (known.pk, known.name.clone())).collect();
    let watched = Watched { circle: own.circle, person: own.key(vault).verifying_key(), names };
    serde_json::to_vec(&watched).map(Some).map_err(|_| bug("a watched circle has no JSON form"))
}

/// On an added laptop: takes what the first one told.
pub(crate) async fn take(vault: &Vault, text: &[u8]) -> Result<(), Failure> {
    match serde_json::from_slice::<Watched>(text) {
        Ok(watched) => kept::save(vault, FAMILY, NAME, &watched).await,
        Err(_) => {
            tracing::debug!(
                "a newer Salus told of the circle: it is looked at again when it tells something else"
            );
            Ok(())
        }
    }
}

/// On the first laptop: the newest of what helpers permitted and was not over for long, as the others are told of it.
pub(crate) async fn to_tell(vault: &Vault, now: UnixMillis, most: usize) -> Result<Vec<Vec<u8>>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(Vec::new()) };
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for notice in seen::notices(vault, &own.circle).await? {
        let Some(known) = seen.given.iter().find(|known| known.id.0 == notice.grant.0) else { continue };
        let terms = known.grant()?.terms;
        if now < terms.expires_ms.saturating_add(LATELY_MS) {
            all.push((terms.not_before_ms, notice.encode()));
        }
    }
    all.sort_unstable();
    all.reverse();
    all.truncate(most);
    Ok(all.into_iter().map(|(_, notice)| notice).collect())
}

/// On an added laptop: keeps one that the first one told of, once the members prove it; false while that cannot be said. Which
/// categories it covers is the word of the steward and of the first laptop, which alone knows the numbers behind what is recorded.
pub(crate) async fn take_given(vault: &Vault, client: &LightClient, octets: &[u8]) -> Result<bool, Failure> {
    let Ok(notice) = Notice::decode(octets) else { return Ok(true) };
    if load(vault).await?.is_none_or(|watched| watched.circle != notice.circle) {
        return Ok(false);
    }
    if seen::has_notice(vault, &notice).await {
        return Ok(true);
    }
    match notice::prove_told(client, &notice).await {
        Ok(_) => seen::keep_notice(vault, &notice).await.map(|()| true),
        // The member that was asked may not have the block yet.
        Err(NoticeError::Light(_) | NoticeError::NotGiven) => Ok(false),
        Err(error) => {
            tracing::debug!(%error, "what was told of a permission does not hold");
            Ok(true)
        }
    }
}

/// The circle that this laptop watches; none on the first laptop, and on one that was removed.
pub(super) async fn load(vault: &Vault) -> Result<Option<Watched>, Failure> {
    if !laptops::is_added(vault).await? {
        return Ok(None);
    }
    kept::load(vault, FAMILY, NAME).await
}

/// The own circle and this record's key of it, whoever speaks by now.
pub(crate) async fn voice(vault: &Vault) -> Result<Option<(ids::CircleId, SigningKey)>, Failure> {
    Ok(Own::load(vault).await?.map(|own| (own.circle, own.key(vault))))
}

/// The same, as long as that key is proven to speak for the person.
pub(crate) async fn speaking(
    vault: &Vault,
    now: UnixMillis,
) -> Result<Option<(ids::CircleId, SigningKey)>, Failure> {
    let Some((circle, key)) = voice(vault).await? else { return Ok(None) };
    let Some(seen) = Seen::load(vault, &circle).await? else { return Ok(None) };
    let signer = seen.circle()?.at(now).find(&key.verifying_key());
    Ok((signer == Some(Signer::Patient)).then_some((circle, key)))
}

/// Whether a circle is the one that this laptop watches.
pub(super) async fn is(vault: &Vault, circle: &CircleId) -> Result<bool, Failure> {
    Ok(load(vault).await?.is_some_and(|watched| watched.circle.0 == circle.0))
}

/// Objects, as an added laptop, to what waits in the circle that it watches.
pub(super) async fn object(app: &App, circle: CircleId, change: ChangeId) -> Result<FamilyView, Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    let watched = view::watched(app, &open.vault).await?.filter(|watched| watched.circle == circle);
    let waiting = watched.ok_or(ErrorCode::NotYours)?.waiting;
    let waiting = waiting.filter(|waiting| waiting.change == change).ok_or(ErrorCode::NothingWaits)?;
    let sentence = sentence::veto(app.tongue(), &waiting, utc_offset_minutes(app.now()));
    app.ask(Asked::Veto, &sentence).await?;
    let _turn = open.sharing.take().await;
    laptops::object(&open.vault, &client, &ids::CircleId(circle.0), Hash32(change.0)).await?;
    shown(app, &open, &client).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_reads_back_and_nothing_else() {
        let pk = SigningKey::from_bytes(&[1; 32]).verifying_key();
        let watched =
            Watched { circle: ids::CircleId([2; 32]), person: pk, names: vec![(pk, "Nour".to_owned())] };
        let text = serde_json::to_string(&watched).unwrap();
        assert_eq!(serde_json::from_str::<Watched>(&text).unwrap(), watched);
        let more = text.replacen('{', "{\"more\":1,", 1);
        assert!(
            serde_json::from_str::<Watched>(&more).is_err()
                && serde_json::from_str::<Watched>("null").is_err()
        );
    }
}
