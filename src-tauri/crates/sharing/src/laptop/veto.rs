//! The word by which another laptop of the person objects to a change of the person's circle: drawn by the laptop that speaks in the
//! circle, used by the other, taken back.
//!
//! ```text
//! octets          = HKDF-SHA512(seed of the person's key of the circle, "hg/v1/laptop-veto" || circle_id || number u8 || turn u8), 64
//! mandate's key   = of octets[..32];  its salt = octets[32..]
//! first laptop    draw: EnrolTx under that key for a key of the other laptop, and MayObject -- Veto, in News --> other laptop
//! other laptop    object: MandatedObjectTx, from the circle that the members prove to it
//! first laptop    withdraw (`mandate`): from that block on the members refuse it
//! ```
//!
//! Derived from the key that speaks and from nothing else of the record: when guardians gave the person a new key because the laptop
//! was stolen, whoever has that laptop knows none of the mandates that the new key draws, and takes none of them back. The turn counts
//! on where a place was used in a time that this copy of the record does not know.

use salus_chain::circle::Signer;
use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{CircleId, Hash32, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{MandateFor, MandatedObjectBody, MayObject, PaidBody, Tx};
use salus_light::{Inclusion, LightError, Proven};
use zeroize::Zeroizing;

use super::code::octets;
use super::mandate::enrol;
use crate::circle::CircleError;
use crate::circle::speak::{paid, sent, standing, valid_until};
use crate::network::Network;

const LABEL: &[u8] = b"hg/v1/laptop-veto";

/// Lets a laptop object to what waits in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Veto {
    /// The circle.
    pub circle: CircleId,
    /// Which of the laptop's keys it is for, by that laptop's count.
    pub hand: u32,
    /// The person's word, with the mandate.
    pub may: MayObject,
}

/// The key of the mandate of the laptop with this number, and what opens its commitment.
#[must_use]
pub fn mandate_key(
    person: &SigningKey,
    circle: &CircleId,
    number: u8,
    turn: u8,
) -> (SigningKey, Zeroizing<[u8; 32]>) {
    let secret = Zeroizing::new(person.to_bytes());
    let octets = octets(&*secret, LABEL, &[&circle.0[..], &[number, turn]].concat());
    let (mut seed, mut salt) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
    seed.copy_from_slice(&octets[..32]);
    salt.copy_from_slice(&octets[32..]);
    (SigningKey::from_bytes(&seed), salt)
}

/// Records the mandate for a laptop's key, waits for its proof, and says that it may object. Doing it again records it once.
///
/// # Errors
/// [`LightError`]; call again. [`TxRefused::Mandate`] when the place was used for another key, and
/// [`TxRefused::EnrolmentWithdrawn`] when it was taken back: the next turn is free.
pub async fn draw<N: Network>(
    network: &N,
    person: &SigningKey,
    circle: &CircleId,
    (number, turn): (u8, u8),
    (hand, hand_pk): (u32, VerifyingKey),
) -> Result<Veto, LightError> {
    let (key, salt) = mandate_key(person, circle, number, turn);
    let mandate = enrol(network, MandateFor::Objecting, &key, &salt, &hand_pk).await?;
    let may = MayObject::sign(circle, mandate, &network.genesis().chain_id(), person);
    Ok(Veto { circle: *circle, hand, may })
}

/// Objects to a change that waits, as a laptop that was added; `hand` is its key that the mandate is for.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::CircleSigner`] when another key speaks in the circle by now, and
/// [`TxRefused::EnrolmentWithdrawn`] when this laptop was removed.
pub async fn object<N: Network>(
    network: &N,
    veto: &Veto,
    change: Hash32,
    hand: &SigningKey,
) -> Result<Inclusion, CircleError> {
    let Proven { value: circle, head } = standing(network, &veto.circle).await?;
    if circle.find(&veto.may.person_pk) != Some(Signer::Patient) {
        return Err(TxRefused::CircleSigner.into());
    }
    circle.may_object(head.time_ms, Signer::Patient)?;
    circle.object(&change)?;
    let body = MandatedObjectBody {
        circle_id: veto.circle,
        change,
        may: veto.may,
        hand_pk: hand.verifying_key(),
        valid_until_height: valid_until(&head),
    };
    let (chain, bits) = paid(network);
    sent(network, Tx::MandatedObject(Box::new(body.sign(&chain, bits, hand)))).await
}

impl Veto {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.u32(self.hand);
        self.may.write(out);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { circle: input.circle_id()?, hand: input.u32()?, may: MayObject::read(input)? })
    }
}
