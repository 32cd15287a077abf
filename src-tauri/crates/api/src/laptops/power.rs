//! Mandates: what the first laptop lets the others do, each act under a key of its own, and what an added one has of it.
//!
//! ```text
//! context of a permission   01 || nonce 16                   given on the first laptop, by the record's first identity
//!                           03 || identity u32 || nonce 16   by a later one
//!                           02 || number || hand             given on another laptop, by the identity that certified it
//! key to stop it            that identity's, of "salus/laptop-stop", context || place; one for each laptop that there can be
//! key to let one be given   that identity's, of "salus/laptop-give", number || hand
//! hand                      a laptop's own key for one mandate, derived on it; its nonce is a permission's, or a stop's
//! ```
//!
//! Places are there before laptops are: a laptop that is added later can stop what was given before.

use salus_chain::ids::{Hash32, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{Mandate, MandateFor};
use salus_light::LightClient;
use salus_sharing::laptop::mandate::{enrol, stops_path, stops_root as root_of};
use salus_sharing::laptop::{Blank, MAX_LAPTOPS, News, StopMandate};
use salus_vault::{Identity, Vault};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use super::kept::{self, Own, Peer};
use super::{told, veto};
use crate::App;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::share::kept::Kept;

/// Mandates to give that an added laptop has in hand.
pub(super) const IN_HAND: usize = 4;
/// Keys for mandates that it keeps ready at the first one.
pub(super) const HANDS: usize = 32;
/// Mandates to give that are drawn for one laptop in a day: whoever asks for more is not a person.
const MOST_A_DAY: u8 = 32;
const DAY_MS: i64 = 86_400_000;
/// A laptop's keys are used in order, for one kind of mandate or another: after so many that none to give is for there are no more.
const MISSES: usize = 16;

/// The context of a permission that the first laptop gave.
pub(super) fn own_context(identity: Identity, nonce: &[u8; 16]) -> Vec<u8> {
    match identity {
        Identity::FIRST => [&[1][..], nonce].concat(),
        Identity(number) => [&[3][..], &number.to_be_bytes(), nonce].concat(),
    }
}

/// The context of a permission that another laptop gave under one of its mandates.
pub(super) fn given_context(number: u8, hand: u32) -> Vec<u8> {
    [&[2, number][..], &hand.to_be_bytes()].concat()
}

/// On the first laptop: the identity that the mandates of a permission are derived from.
pub(super) fn identity_of(own: &Own, context: &[u8]) -> Identity {
    match context {
        [2, number, ..] => {
            own.peers.iter().find(|peer| peer.number == *number).map_or(Identity::FIRST, Peer::identity)
        }
        [3, a, b, c, d, ..] => Identity(u32::from_be_bytes([*a, *b, *c, *d])),
        _ => Identity::FIRST,
    }
}

fn derived(vault: &Vault, identity: Identity, label: &str, context: &[u8]) -> SigningKey {
    SigningKey::from_bytes(&vault.derive(identity, label, context))
}

/// The key of the mandate under which a laptop may give one permission.
pub(super) fn give_key(vault: &Vault, identity: Identity, number: u8, hand: u32) -> SigningKey {
    derived(vault, identity, "salus/laptop-give", &given_context(number, hand))
}

/// The key of the mandate under which the laptop at a place may stop a permission.
pub(super) fn stop_key(vault: &Vault, identity: Identity, context: &[u8], place: u8) -> SigningKey {
    derived(vault, identity, "salus/laptop-stop", &[context, &[place]].concat())
}

fn salt(vault: &Vault, key: &SigningKey) -> [u8; 32] {
    *vault.derive(vault.identity(), "salus/laptop-salt", &key.verifying_key().0)
}

fn places(vault: &Vault, identity: Identity, context: &[u8]) -> Vec<VerifyingKey> {
    (0..MAX_LAPTOPS).map(|place| stop_key(vault, identity, context, place).verifying_key()).collect()
}

/// What a laptop's own key of a number is derived from: the nonce of the permission that it gives.
pub(super) fn hand_nonce(vault: &Vault, hand: u32) -> [u8; 16] {
    let mut nonce = [0; 16];
    let derived = vault.derive(vault.identity(), "salus/laptop-hand", &hand.to_be_bytes());
    nonce.copy_from_slice(&derived[..16]);
    nonce
}

/// A laptop's own key of a number.
pub(super) fn hand(vault: &Vault, hand: u32) -> SigningKey {
    Kept::key(vault, vault.identity(), &hand_nonce(vault, hand))
}

/// Where it is kept under which mandate a permission is given: name 17 octets, mandate 64, root 32.
fn used(nonce: &[u8; 16]) -> Vec<u8> {
    [&b"g"[..], nonce].concat()
}

/// What a permission's key is derived from: random on the first laptop; on another one what its next mandate is for.
pub(super) async fn nonce(vault: &Vault) -> Result<[u8; 16], Failure> {
    let own = Own::load(vault).await?;
    if own.is_first() {
        let mut nonce = [0; 16];
        rand::Rng::fill_bytes(&mut crate::app::rng(), &mut nonce);
        return Ok(nonce);
    }
    if own.removed().is_some() {
        return Err(ErrorCode::LaptopRemoved.into());
    }
    let mut powers = kept::powers(vault).await?;
    if powers.blanks.is_empty() {
        return Err(ErrorCode::NeedsOtherLaptop.into());
    }
    let Blank { hand, mandate, stops } = powers.blanks.remove(0);
    let nonce = hand_nonce(vault, hand);
    let octets = [&mandate.mandate_pk.0[..], &mandate.salt, &stops.0, &hand.to_be_bytes()].concat();
    vault.cabinet().put(LAPTOPS, &used(&nonce), &octets).await.or_fail()?;
    kept::save_powers(vault, &powers).await?;
    Ok(nonce)
}

/// Whether a permission was begun under the mandate that is for one of this laptop's keys.
pub(super) async fn is_used(vault: &Vault, hand: u32) -> Result<bool, Failure> {
    Ok(under(vault, &hand_nonce(vault, hand)).await?.is_some())
}

/// Under which mandate a permission of this nonce is given, who can stop it, and for which of this laptop's keys that is.
async fn under(vault: &Vault, nonce: &[u8; 16]) -> Result<Option<(Mandate, Hash32, u32)>, Failure> {
    let stored = vault.cabinet().get(LAPTOPS, &used(nonce)).await.or_fail()?;
    let Some(stored) = stored else { return Ok(None) };
    let parted = || {
        let (pk, rest) = stored.split_first_chunk::<32>()?;
        let (salt, rest) = rest.split_first_chunk::<32>()?;
        let (root, hand) = rest.split_first_chunk::<32>()?;
        let hand = u32::from_be_bytes(hand.try_into().ok()?);
        Some((Mandate { mandate_pk: VerifyingKey(*pk), salt: *salt }, Hash32(*root), hand))
    };
    parted().map(Some).ok_or_else(|| ErrorCode::Damaged.into())
}

/// The mandate that a permission of this nonce is given under; none on the first laptop.
pub(super) async fn mandate(vault: &Vault, nonce: &[u8; 16]) -> Result<Option<Mandate>, Failure> {
    Ok(under(vault, nonce).await?.map(|(mandate, ..)| mandate))
}

/// For which of this laptop's keys that mandate is.
pub(super) async fn hand_of(vault: &Vault, nonce: &[u8; 16]) -> Result<Option<u32>, Failure> {
    Ok(under(vault, nonce).await?.map(|(.., hand)| hand))
}

/// The root over the mandates that can stop a permission of this nonce.
pub(super) async fn stops_root(
    vault: &Vault,
    (identity, nonce): (Identity, &[u8; 16]),
) -> Result<Hash32, Failure> {
    match under(vault, nonce).await? {
        Some((_, root, _)) => Ok(root),
        None => Ok(root_of(&places(vault, identity, &own_context(identity, nonce)))),
    }
}

/// A mandate under which this laptop gave something since its keys were counted from `base`.
pub(super) async fn any_used(vault: &Vault, base: u32) -> Result<Option<VerifyingKey>, Failure> {
    for (name, _) in vault.cabinet().readable(LAPTOPS).await.or_fail()? {
        let nonce = name.strip_prefix(b"g").and_then(|nonce| <[u8; 16]>::try_from(nonce).ok());
        let Some(nonce) = nonce else { continue };
        if let Some((mandate, _, hand)) = under(vault, &nonce).await?
            && hand >= base
        {
            return Ok(Some(mandate.mandate_pk));
        }
    }
    Ok(None)
}

/// Keys of this laptop for mandates that were not told yet, up to so many; the next number rises with them.
pub(super) fn hands(vault: &Vault, first: u32, count: usize) -> Vec<VerifyingKey> {
    let count = u32::try_from(count).unwrap_or_default();
    (first..first.saturating_add(count)).map(|number| hand(vault, number).verifying_key()).collect()
}

/// On the first laptop: draws what the others lack, and notes what they are to be told. True when something was drawn.
pub(super) async fn draw(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let own = Own::load(vault).await?;
    if !own.is_first() || own.present().is_empty() {
        return Ok(false);
    }
    let running = told::running(app, open, &own).await?;
    let mut drawn = false;
    for number in own.present() {
        // First, because nothing else of it can wait as little.
        drawn |= veto::draw(vault, client, number, app.now()).await?;
        drawn |= blanks(vault, client, number, app.now()).await?;
        for (grant, context, by) in &running {
            if *by != number {
                drawn |= stop(vault, client, number, *grant, context).await?;
            }
        }
    }
    Ok(drawn)
}

async fn blanks(vault: &Vault, client: &LightClient, number: u8, now: UnixMillis) -> Result<bool, Failure> {
    let mut drawn = false;
    loop {
        let mut own = Own::load(vault).await?;
        let peer = own.peer(number)?;
        if now.saturating_sub(peer.drawn.0) >= DAY_MS || now < peer.drawn.0 {
            peer.drawn = (now, 0);
        }
        let asks = peer.wanted > 0 && peer.drawn.1 < MOST_A_DAY;
        let Some((hand, hand_pk)) = peer.hands.first().copied().filter(|_| asks) else { return Ok(drawn) };
        peer.hands.remove(0);
        peer.wanted = peer.wanted.saturating_sub(1);
        peer.drawn.1 = peer.drawn.1.saturating_add(1);
        // On disk before it is recorded: what was drawn can be taken back.
        peer.blanks.push(hand);
        let identity = peer.identity();
        own.save(vault).await?;
        let key = give_key(vault, identity, number, hand);
        let mandate =
            enrol(client, MandateFor::Giving, &key, &salt(vault, &key), &hand_pk).await.or_fail()?;
        let stops = root_of(&places(vault, identity, &given_context(number, hand)));
        let blank = Blank { hand, mandate, stops };
        owe(vault, number, |news| news.blanks.push(blank)).await?;
        drawn = true;
    }
}

async fn stop(
    vault: &Vault,
    client: &LightClient,
    number: u8,
    grant: salus_chain::ids::GrantId,
    context: &[u8],
) -> Result<bool, Failure> {
    let mut own = Own::load(vault).await?;
    let peer = own.peer(number)?;
    if peer.stops.iter().any(|known| known == context) {
        return Ok(false);
    }
    let Some((hand, hand_pk)) = peer.hands.first().copied() else { return Ok(false) };
    peer.hands.remove(0);
    peer.stops.push(context.to_vec());
    own.save(vault).await?;
    let identity = identity_of(&own, context);
    let key = stop_key(vault, identity, context, number);
    let mandate = enrol(client, MandateFor::Stopping, &key, &salt(vault, &key), &hand_pk).await.or_fail()?;
    let path = stops_path(&places(vault, identity, context), usize::from(number));
    let path = path.ok_or_else(|| bug("every laptop has a place"))?;
    let stop = StopMandate { grant, hand, mandate, path };
    owe(vault, number, |news| news.stops.push(stop)).await?;
    Ok(true)
}

/// Notes what a laptop is to be told of.
async fn owe(vault: &Vault, number: u8, note: impl FnOnce(&mut News)) -> Result<(), Failure> {
    let mut own = Own::load(vault).await?;
    let peer = own.peer(number)?;
    let mut news = peer.owes()?;
    note(&mut news);
    peer.owe(&news);
    own.save(vault).await
}

/// Every key that has to be withdrawn so that a laptop gives and stops nothing any more: of its mandates to give, and of those to stop.
pub(super) fn keys_of(vault: &Vault, own: &Own, peer: &Peer) -> (Vec<SigningKey>, Vec<SigningKey>) {
    let give = peer.blanks.iter().map(|hand| give_key(vault, peer.identity(), peer.number, *hand));
    let stop =
        peer.stops.iter().map(|context| stop_key(vault, identity_of(own, context), context, peer.number));
    (give.collect(), stop.collect())
}

/// Keys of mandates to give that a newer copy of this record drew for a laptop: one that was restored knows of its own time only.
pub(super) async fn drawn_since(
    vault: &Vault,
    client: &LightClient,
    peer: &Peer,
) -> Result<Vec<SigningKey>, Failure> {
    let newest =
        peer.hands.last().map(|(hand, _)| *hand).into_iter().chain(peer.blanks.iter().copied()).max();
    let after = newest.map_or(0, |hand| hand.saturating_add(1));
    let told = peer.hands.iter().map(|(hand, _)| *hand);
    let (mut found, mut misses) = (Vec::new(), 0);
    for hand in told.chain((after..=u32::MAX).take(HANDS)) {
        let key = give_key(vault, peer.identity(), peer.number, hand);
        match client.prove_enrolment(&key.verifying_key()).await.or_fail()?.value {
            Some(_) => {
                found.push(key);
                misses = 0;
            }
            None if misses >= MISSES => break,
            None => misses += 1,
        }
    }
    Ok(found)
}
