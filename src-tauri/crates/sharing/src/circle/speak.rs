//! What the keys of a circle say on the chain: make it, change it, approve, object, stop.
//!
//! Each first proves the circle, asks the ledger's own rules what would come of it, and only then signs: what is refused has
//! its reason, and nothing is sent. What happens to the circle in between makes a change or an approval void; it is looked at
//! again by the person, never signed again by itself.

use salus_chain::circle::{
    Change, CircleGrantRecord, CircleRecord, Delegate, Guardians, Pending, Policy, Signer, Subject,
};
use salus_chain::ids::{ChainId, CircleId, GrantId, Nonce16, VerifyingKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::{self, TxRefused};
use salus_chain::tx::{
    ApproveBody, ChangeBody, CircleBody, ObjectBody, PaidBody, RevokeBody, SpringBody, Tx,
};
use salus_light::{Head, Inclusion, LightError, Proven};
use salus_wire::ErrorCode;

use crate::network::{Network, light_code, refused_code};

/// Blocks in which what was signed may still enter the chain: at the heartbeat of 5 s, more than an hour.
const VALID_BLOCKS: u64 = 1_000;

/// Why nothing came of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CircleError {
    /// The members could not be asked, or refused; what was sent may still take effect.
    #[error(transparent)]
    Light(#[from] LightError),
    /// The circle's rules refuse it; nothing was sent.
    #[error(transparent)]
    Refused(#[from] TxRefused),
    /// There is no such circle.
    #[error("there is no such circle")]
    Unknown,
}

impl CircleError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Light(error) => light_code(error),
            Self::Refused(why) => refused_code(*why),
            Self::Unknown => ErrorCode::NothingYet,
        }
    }
}

/// A key of a circle.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// The circle.
    pub circle: CircleId,
    /// The key.
    pub key: &'a SigningKey,
}

/// A circle as it is at the proven head, with what has come due.
///
/// # Errors
/// [`CircleError::Light`]; [`CircleError::Unknown`].
pub async fn standing<N: Network>(network: &N, id: &CircleId) -> Result<Proven<CircleRecord>, CircleError> {
    let Proven { value, head } = network.circle(id).await?;
    let circle = value.ok_or(CircleError::Unknown)?.at(head.time_ms);
    Ok(Proven { value: circle, head })
}

/// Makes a circle and waits for the proof; doing it again makes it once.
///
/// # Errors
/// [`CircleError`]; after [`CircleError::Light`] call again with the same key and nonce.
pub async fn make<N: Network>(
    network: &N,
    key: &SigningKey,
    nonce: Nonce16,
    delegates: Vec<Delegate>,
    policy: Policy,
) -> Result<CircleId, CircleError> {
    make_guarded(network, key, nonce, delegates, Guardians { keys: Vec::new(), threshold: 0 }, policy).await
}

/// As [`make`], with guardians from the beginning.
///
/// # Errors
/// As [`make`].
pub async fn make_guarded<N: Network>(
    network: &N,
    key: &SigningKey,
    nonce: Nonce16,
    delegates: Vec<Delegate>,
    guardians: Guardians,
    policy: Policy,
) -> Result<CircleId, CircleError> {
    let ((chain, bits), patient_pk) = (paid(network), key.verifying_key());
    let circle_id = CircleId::derive(&chain, &patient_pk, &nonce);
    let Proven { value, head } = network.circle(&circle_id).await?;
    // A crash may have come between recording and storing.
    if value.is_some() {
        return Ok(circle_id);
    }
    let body = CircleBody {
        circle_id,
        patient_pk,
        nonce,
        valid_until_height: valid_until(&head),
        delegates,
        guardians,
        policy,
    };
    CircleRecord::create(&body, head_of(&head))?;
    sent(network, Tx::Circle(body.sign(&chain, bits, key))).await?;
    Ok(circle_id)
}

/// Asks for a change: it is made at once, or waits. Gives the circle as it is proven to be afterwards.
///
/// # Errors
/// [`CircleError`].
pub async fn change<N: Network>(
    network: &N,
    voice: Voice<'_>,
    change: Change,
) -> Result<Proven<CircleRecord>, CircleError> {
    let before = standing(network, &voice.circle).await?;
    let (circle, signer) = (&before.value, signer_of(&before.value, voice)?);
    let body = ChangeBody {
        circle_id: voice.circle,
        revision: circle.revision,
        signer_pk: voice.key.verifying_key(),
        valid_until_height: valid_until(&before.head),
        change,
    };
    circle.propose(before.head.time_ms, signer, &body.change, body.subject())?;
    let (chain, bits) = paid(network);
    sent(network, Tx::CircleChange(body.sign(&chain, bits, voice.key))).await?;
    standing(network, &voice.circle).await
}

/// Approves a change that waits or a delegate's permission; the person's approval of one that rests confirms it.
///
/// # Errors
/// [`CircleError`].
pub async fn approve<N: Network>(
    network: &N,
    voice: Voice<'_>,
    subject: Subject,
) -> Result<Inclusion, CircleError> {
    let Proven { value: circle, head } = standing(network, &voice.circle).await?;
    let signer = signer_of(&circle, voice)?;
    match subject {
        Subject::Change(name) => circle.approve(head.time_ms, signer, &name).map(drop)?,
        Subject::Grant(id) => {
            given(network, &id).await?.approve(head.time_ms, &circle, signer).map(drop)?;
        }
    }
    let body = ApproveBody {
        circle_id: voice.circle,
        subject,
        revision: circle.revision,
        signer_pk: voice.key.verifying_key(),
        valid_until_height: valid_until(&head),
    };
    let (chain, bits) = paid(network);
    sent(network, Tx::Approve(body.sign(&chain, bits, voice.key))).await
}

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

/// Objects to a change that waits, or to a delegate's permission.
///
/// # Errors
/// [`CircleError`].
pub async fn object<N: Network>(
    network: &N,
    voice: Voice<'_>,
    subject: Subject,
) -> Result<Inclusion, CircleError> {
    let Proven { value: circle, head } = standing(network, &voice.circle).await?;
    let signer = signer_of(&circle, voice)?;
    match subject {
        Subject::Change(name) => {
            circle.may_object(head.time_ms, signer)?;
            circle.object(&name).map(drop)?;
        }
        Subject::Grant(id) => {
            given(network, &id).await?.object(head.time_ms, &circle, signer).map(drop)?;
        }
    }
    let (circle_id, signer_pk) = (voice.circle, voice.key.verifying_key());
    let body = ObjectBody { circle_id, subject, signer_pk, valid_until_height: valid_until(&head) };
    let (chain, bits) = paid(network);
    sent(network, Tx::Object(body.sign(&chain, bits, voice.key))).await
}

/// Says, as a clinician whom a member attested, that the power of a delegate, which waits for that, may begin; `seen` is the circle in
/// which they read of it.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::Credential`] when the attestation is not in force; [`TxRefused::CircleRevision`] when the circle
/// changed meanwhile: another power may have come in the place of the one that they said it of.
pub async fn attest<N: Network>(
    network: &N,
    seen: &CircleRecord,
    delegate: &VerifyingKey,
    credential: &SigningKey,
) -> Result<(), CircleError> {
    let Proven { value, head } = standing(network, &seen.circle_id).await?;
    if value.revision != seen.revision {
        return Err(TxRefused::CircleRevision.into());
    }
    let credential_pk = credential.verifying_key();
    let by = network.credential(&credential_pk).await?.value;
    let by = by.filter(|by| by.in_force(head.time_ms)).ok_or(TxRefused::Credential)?;
    let mut before = Vec::new();
    for earlier in value.attested(delegate) {
        before.extend(network.credential(earlier).await?.value);
    }
    value.heard(head.time_ms, delegate, &by, &before)?.attest(delegate, &credential_pk)?;
    let body = SpringBody {
        circle_id: value.circle_id,
        revision: value.revision,
        delegate_pk: *delegate,
        credential_pk,
        valid_until_height: valid_until(&head),
    };
    let (chain, bits) = paid(network);
    sent(network, Tx::Spring(body.sign(&chain, bits, credential))).await.map(drop)
}

/// Stops a delegate's permission, as the person and any one delegate may, in force or not.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::Ended`] when it has ended already.
pub async fn stop<N: Network>(
    network: &N,
    voice: Voice<'_>,
    grant: GrantId,
) -> Result<Inclusion, CircleError> {
    let revoker_pk = voice.key.verifying_key();
    let body = RevokeBody { grant_id: grant, revoker_pk, path: MerklePath::single() };
    let (chain, bits) = paid(network);
    sent(network, Tx::Revoke(body.sign(&chain, bits, voice.key))).await
}

async fn given<N: Network>(network: &N, id: &GrantId) -> Result<CircleGrantRecord, CircleError> {
    Ok(network.delegated(id).await?.value.ok_or(TxRefused::NothingWaits)?)
}

fn signer_of(circle: &CircleRecord, voice: Voice<'_>) -> Result<Signer, TxRefused> {
    circle.find(&voice.key.verifying_key()).ok_or(TxRefused::CircleSigner)
}

/// What a signature and its work are for.
pub(crate) fn paid<N: Network>(network: &N) -> (ChainId, u8) {
    let genesis = network.genesis();
    (genesis.chain_id(), genesis.params.pow_bits)
}

pub(crate) async fn sent<N: Network>(network: &N, tx: Tx) -> Result<Inclusion, CircleError> {
    match network.record(&tx).await {
        Err(LightError::Refused(why)) => Err(why.into()),
        outcome => Ok(outcome?),
    }
}

pub(crate) const fn valid_until(head: &Head) -> u64 {
    head.height.saturating_add(VALID_BLOCKS)
}

const fn head_of(head: &Head) -> state::Head {
    state::Head { height: head.height, time_ms: head.time_ms }
}
