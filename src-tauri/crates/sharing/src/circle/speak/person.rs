//! Which key is the person's: given back by guardians, retired, handed over.

use salus_chain::circle::{Change, Pending, Signer, Subject};
use salus_chain::ids::VerifyingKey;
use salus_chain::state::TxRefused;

use super::{CircleError, Voice, approve, change, signer_of, standing};
use crate::network::Network;

/// Agrees, as a guardian, that the circle's person gets this key: asks for it, or approves what another guardian asked for.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::ChangeWaits`] while something else waits.
pub async fn recover<N: Network>(
    network: &N,
    voice: Voice<'_>,
    new: VerifyingKey,
) -> Result<(), CircleError> {
    let circle = standing(network, &voice.circle).await?.value;
    let same = |pending: &Pending| pending.change == Change::ReplacePatient(new);
    // What the person asks for themselves needs nobody's word, and takes none.
    let guardians = |pending: &Pending| matches!(pending.proposer, Signer::Guardian(_));
    match circle.pending.filter(|pending| same(pending) && guardians(pending)) {
        Some(pending) => approve(network, voice, Subject::Change(pending.subject)).await.map(drop),
        None => change(network, voice, Change::ReplacePatient(new)).await.map(drop),
    }
}

/// Retires the person's key for another at once, because somebody else may have it. Doing it again does it once.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::CircleSigner`] when the voice is nobody's any more, because whoever else has the key came first.
pub async fn retire<N: Network>(network: &N, voice: Voice<'_>, new: VerifyingKey) -> Result<(), CircleError> {
    // A crash may have come between recording and storing.
    if standing(network, &voice.circle).await?.value.patient_pk == new {
        return Ok(());
    }
    change(network, voice, Change::RetireKey(new)).await.map(drop)
}

/// Hands the circle over to the key of its person, who came of age: everything that delegates permitted rests at once, and 72 hours
/// later the new key speaks. Doing it again goes on where it stopped.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::CircleSigner`] when the voice is not of this circle any more.
pub async fn hand_over<N: Network>(
    network: &N,
    voice: Voice<'_>,
    new: VerifyingKey,
) -> Result<(), CircleError> {
    let circle = standing(network, &voice.circle).await?.value;
    if signer_of(&circle, voice)? != Signer::Patient {
        return Err(TxRefused::BeyondRole.into());
    }
    if circle.handover_ms.is_none() {
        change(network, voice, Change::Handover).await?;
    }
    let same = |pending: &Pending| {
        pending.change == Change::ReplacePatient(new) && pending.proposer == Signer::Patient
    };
    // What waits was asked for before a crash.
    if circle.pending.as_ref().is_some_and(same) {
        return Ok(());
    }
    change(network, voice, Change::ReplacePatient(new)).await.map(drop)
}
