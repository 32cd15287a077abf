//! Notes and capsules, as the depots give them.

use salus_keeper::depot::inbox_of;

use super::OpenError;
use crate::capsule::{MAX_CAPSULE, Pointer};
use crate::depot;
use crate::members::Members;
use crate::network::Network;
use crate::reader::ReaderSecret;

/// The notes that wait for one invitation. Junk that others left is skipped.
///
/// # Errors
/// [`OpenError::Light`] when no depot answers.
pub async fn poll<N: Network>(network: &N, reader: &ReaderSecret) -> Result<Vec<Pointer>, OpenError> {
    let chain = network.genesis().chain_id();
    let notes = depot::notes(network, inbox_of(&reader.public())).await?;
    let mut pointers: Vec<Pointer> =
        notes.iter().filter_map(|note| Pointer::open(note, reader, &chain).ok()).collect();
    pointers.dedup();
    Ok(pointers)
}

/// The capsule that a note points to, as octets to keep and to give to [`super::accept`].
///
/// # Errors
/// [`OpenError::NoCapsule`] when no depot gives it.
pub async fn fetch<N: Network>(network: &N, pointer: &Pointer) -> Result<Vec<u8>, OpenError> {
    let everyone: Members = (1..=network.genesis().n()).collect();
    let fetched = depot::fetch(network, pointer.capsule, everyone).await;
    fetched.octets.filter(|octets| octets.len() <= MAX_CAPSULE).ok_or(OpenError::NoCapsule)
}
