//! What the keys of a circle say on the chain: make it, change it, approve, object, stop.
//!
//! Each first proves the circle, asks the ledger's own rules what would come of it, and only then signs: what is refused has
//! its reason, and nothing is sent. What happens to the circle in between makes a change or an approval void; it is looked at
//! again by the person, never signed again by itself.

mod answer;
mod person;
mod spring;

use salus_chain::circle::{Change, CircleRecord, Delegate, Guardians, Policy, Signer};
use salus_chain::ids::{ChainId, CircleId, Nonce16};
use salus_chain::sign::SigningKey;
use salus_chain::state::{self, TxRefused};
use salus_chain::tx::{ChangeBody, CircleBody, PaidBody, Tx};
use salus_light::{Head, Inclusion, LightError, Proven};
use salus_wire::ErrorCode;

pub use answer::{approve, object, stop};
pub use person::{hand_over, recover, retire};
pub use spring::attest;

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
