//! The desk of a member: what it seals on to people of its own who are on duty. Pure; the rule is
//! [`crate::release::may_learn`].
//!
//! ```text
//! note     HPKE(to the member,            info "hg/v1/duty-note" || chain_id,   aad grant_id)
//! page     HPKE(to the question's key,    info "hg/v1/duty-list" || chain_id,   aad SHA-256(question))
//! c_g in   HPKE(to the member,            info "hg/v1/capsule" || chain_id,     aad grant_id || header_hash)   the capsule's
//! c_g out  HPKE(to the receipt's epk,     info "hg/v1/duty-secret" || chain_id || access_tx_hash, aad as before)
//! ```
//!
//! The member's key is the one that shares are sealed to; each use has an info of its own. The permission in the aad is taken
//! from the receipt and never from the wire, so a receipt for one permission opens the secret of no other. What the desk hands
//! on opens nothing by itself: a slot's key still takes t members, and each of them asks the rule again.

use rand_core::CryptoRng;
use salus_chain::codec::Record;
use salus_chain::ids::{ChainId, GrantId, Hash32, KemPublicKey, TxHash};
use zeroize::Zeroizing;

use crate::envelope::{Envelope, EnvelopeError, KemSecretKey, seal};
use crate::message::{DutyAsk, DutyPage, SecretRequest};

fn info(label: &[u8], chain: &ChainId, rest: &[u8]) -> Vec<u8> {
    [label, &chain.0, rest].concat()
}

fn place(grant: &GrantId, header_hash: &Hash32) -> Vec<u8> {
    [grant.0, header_hash.0].concat()
}

/// Seals a note to the member, by the patient.
///
/// # Errors
/// [`EnvelopeError`] when the member's key is of small order.
pub fn seal_note(
    member: &KemPublicKey,
    chain: &ChainId,
    grant: &GrantId,
    text: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Envelope, EnvelopeError> {
    seal(member, &info(b"hg/v1/duty-note", chain, &[]), &grant.0, text, rng)
}

/// Opens a note, by the desk.
///
/// # Errors
/// [`EnvelopeError`].
pub fn open_note(
    member: &KemSecretKey,
    chain: &ChainId,
    grant: &GrantId,
    sealed: &Envelope,
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    member.open(&info(b"hg/v1/duty-note", chain, &[]), &grant.0, sealed)
}

/// Seals a page to who asked, by the desk.
///
/// # Errors
/// [`EnvelopeError`] when the question's key is of small order.
pub fn seal_page(
    ask: &DutyAsk,
    page: &DutyPage,
    chain: &ChainId,
    rng: &mut impl CryptoRng,
) -> Result<Envelope, EnvelopeError> {
    let text = Zeroizing::new(page.encode());
    seal(&ask.kem, &info(b"hg/v1/duty-list", chain, &[]), &ask.hash().0, &text, rng)
}

/// Opens a page, by who asked.
///
/// # Errors
/// [`EnvelopeError`], also for what is no page.
pub fn open_page(
    key: &KemSecretKey,
    ask: &DutyAsk,
    chain: &ChainId,
    sealed: &Envelope,
) -> Result<DutyPage, EnvelopeError> {
    let text = key.open(&info(b"hg/v1/duty-list", chain, &[]), &ask.hash().0, sealed)?;
    DutyPage::decode(&text).map_err(|_| EnvelopeError)
}

/// Opens c_g with the member's key and seals it on to the receipt's one-time key, by the desk, after the rule said yes. `grant`
/// is the one of the receipt.
///
/// # Errors
/// [`EnvelopeError`] for what was not sealed to this member for this permission.
pub fn hand_on(
    member: &KemSecretKey,
    chain: &ChainId,
    grant: &GrantId,
    request: &SecretRequest,
    rng: &mut impl CryptoRng,
) -> Result<Envelope, EnvelopeError> {
    let aad = place(grant, &request.header_hash);
    let secret = member.open(&info(b"hg/v1/capsule", chain, &[]), &aad, &request.sealed)?;
    let on = info(b"hg/v1/duty-secret", chain, &request.release.access_tx_hash.0);
    seal(&request.release.epk, &on, &aad, &secret, rng)
}

/// Opens what the desk handed on, by who has the receipt's one-time key. What it gives counts when the capsule opens with it.
///
/// # Errors
/// [`EnvelopeError`].
pub fn take_over(
    key: &KemSecretKey,
    chain: &ChainId,
    grant: &GrantId,
    header_hash: &Hash32,
    receipt: &TxHash,
    sealed: &Envelope,
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    key.open(&info(b"hg/v1/duty-secret", chain, &receipt.0), &place(grant, header_hash), sealed)
}

#[cfg(test)]
mod tests;
