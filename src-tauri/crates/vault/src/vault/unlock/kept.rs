//! The vault's own values, kept in it: this computer's identity, and what is filled on first use.

use std::collections::HashSet;

use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;
use salus_wire::Category;
use sqlx::SqlitePool;

use crate::row::DAMAGED;
use crate::secret::wipe_deep_stack;
use crate::vault::{Keys, cabinet, index, rotten};
use crate::{VaultError, WriterId};

/// Namespace of the vault's own values; apart from every name that the application can give.
pub(in super::super) const OWN: cabinet::Owner = cabinet::Owner::Vault;

/// This computer's identity as a writer, made on first use: id 16 || Ed25519 seed 32.
pub(in super::super) async fn writer(
    pool: &SqlitePool,
    keys: &Keys,
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(WriterId, Box<SigningKey>), VaultError> {
    let fill = |octets: &mut [u8], rng: &mut (dyn CryptoRng + Send)| rng.fill_bytes(octets);
    let octets = own(pool, keys, ("writer", b"", None), rng, (48, fill)).await?;
    let (id, seed) = octets.split_first_chunk::<16>().ok_or(DAMAGED)?;
    let signing = signing(seed.try_into().map_err(|_| DAMAGED)?);
    wipe_deep_stack();
    Ok((WriterId(*id), signing))
}

/// In a frame of its own, which the caller wipes: before it is on the heap the key is on the stack.
#[inline(never)]
fn signing(seed: &[u8; 32]) -> Box<SigningKey> {
    Box::new(SigningKey::from_bytes(seed))
}

/// A value of the vault's own, of a fixed length, filled on first use; damage when it was there once, as the epochs of
/// `category` show, or of any. On the heap from the beginning: what is returned by value stays on the stack.
pub(in super::super) async fn own(
    pool: &SqlitePool,
    keys: &Keys,
    (namespace, name, category): (&str, &[u8], Option<Category>),
    rng: &mut (dyn CryptoRng + Send),
    (length, fill): (usize, impl FnOnce(&mut [u8], &mut (dyn CryptoRng + Send))),
) -> Result<zeroize::Zeroizing<Vec<u8>>, VaultError> {
    if let Some(stored) = cabinet::fetch(pool, keys, OWN, namespace, name).await? {
        return if stored.len() == length { Ok(stored) } else { Err(DAMAGED) };
    }
    rotten::Rotten::find(pool, keys, &HashSet::new()).await?.none()?;
    index::unused(pool, keys, category).await?;
    let mut made = zeroize::Zeroizing::new(vec![0; length]);
    fill(&mut made, rng);
    cabinet::store(pool, keys, OWN, namespace, name, &made, rng).await?;
    Ok(made)
}
