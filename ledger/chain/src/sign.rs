//! Ed25519 over "hg/v1/" || label || 0x00 || chain_id || body; verified with `verify_strict` only.

use std::fmt;

use ed25519_dalek::Signer;
use rand_core::CryptoRng;

use crate::ids::{ChainId, Signature, VerifyingKey};

/// What a signature is for; a signature made under one label is worthless under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// GrantTx, by the grant's own key.
    Grant,
    /// RevokeTx, by the grant's own key or a revoker.
    Revoke,
    /// AccessTx, by the reader.
    Access,
    /// ErasureAckTx, by the keeper.
    Erasure,
    /// CredentialTx, by the attesting member.
    Credential,
    /// EnrolTx, by the enrolment's own key.
    Enrol,
    /// WithdrawTx, by the enrolment's own key.
    Withdraw,
    /// A keeper's acknowledgement of a share.
    Ack,
    /// A dealing to one keeper, by the grant's own key.
    Deal,
    /// A keeper's sealed release.
    Release,
    /// A keeper's statement that it holds, or has erased, a share.
    EraseStatus,
    /// A member's attestation of a clinician, carried in the clinician's code.
    Attest,
    /// A member's own name for a clinician, by its keeper key: never shown, only its hash ([`crate::attestation::subject`]).
    Subject,
    /// A device's manifest of sealed segments.
    Manifest,
    /// A clinician's code: by the attested key, over the reader key of the invitation.
    Code,
    /// ContractTx, by the key that only this contract has.
    Contract,
    /// StatedAccessTx, by the reader.
    StatedAccess,
    /// A second person's word for one opening, carried in StatedAccessTx.
    Second,
    /// AnnounceTx, by the reader.
    Announce,
    /// An opening in an emergency, by the clinician who answers for it; carried in StatedAccessTx.
    Opener,
    /// An announcement of an emergency, by the clinician who announces it; carried in AnnounceTx.
    Announcer,
    /// ReviewTx, by the permission's own key or a key of a circle.
    Review,
    /// That a circle may review what happens with a permission, by the permission's own key; carried in ReviewTx.
    Entrust,
    /// CircleTx, by the circle's own key of the person.
    Circle,
    /// ChangeTx, by a key of the circle.
    CircleChange,
    /// ApproveTx, by a key of the circle.
    Approve,
    /// ObjectTx, by a key of the circle.
    Object,
    /// DelegatedGrantTx, by the grant's own key and by the delegate.
    DelegatedGrant,
    /// SpringTx, by a clinician's attested key.
    Spring,
    /// A relative's code: by the delegate's key, over the code. Never in a transaction, as the two below.
    Relative,
    /// What a person tells a delegate, by the person's key of the circle.
    CircleWord,
    /// What a steward tells the circle of a permission, by the steward's key.
    CircleNotice,
    /// What the maker of a circle hands to a person who came of age, by the maker's key. Never in a transaction, as the one below.
    CircleHanded,
    /// Which emergency cards a helper is told of, by the person's key of the circle.
    CircleWatch,
    /// Which of the person's own permissions a helper is told of, by the person's key of the circle. Never in a transaction.
    CircleStops,
    /// A request that a circle take this key for its person's, by that key. Never in a transaction, as the five below.
    NewKey,
    /// What a guardian gives back to a person with a new key, by the guardian's key.
    CircleReturn,
    /// Where a person with a new key is told of things now, by that key.
    CircleHello,
    /// What a helper knows of the numbers behind a circle's hashes, by the helper's key.
    CircleKnown,
    /// A person's question to the guardians, by the person's key of the circle.
    Rehearsal,
    /// A guardian's answer to that, by the guardian's key.
    Held,
    /// A question to a clinician, whether a helper's power may begin, by a key of the circle. Never in a transaction, as the one
    /// below.
    PowerQuestion,
    /// A guardian's part of what opens the person's backups, by the person's key of the circle.
    CirclePart,
    /// MandatedGrantTx, by the key of the laptop that gives it.
    MandatedGrant,
    /// MandatedRevokeTx, by the key of the laptop that stops it.
    MandatedRevoke,
    /// MandatedObjectTx, by the key of the laptop that objects.
    MandatedObject,
    /// That a mandate may object to changes of a circle, by the person's key of it; carried in MandatedObjectTx.
    MayObject,
    /// A laptop's certificate, by the person's identity key. Never in a transaction, as the two below.
    Laptop,
    /// What one laptop says to another of the same person, by its own key.
    LaptopLetter,
    /// What two laptops say to each other before they know each other, each by its own key.
    LaptopPair,
    /// DutyTx, by the member.
    Duty,
    /// DutyGrantTx, by the grant's own key.
    DutyGrant,
    /// The note that says what was given to those on duty, by the grant's own key. Never in a transaction, as the two below.
    DutyNote,
    /// A question for what was given to those on duty, by the attested key of somebody who is.
    DutyAsk,
    /// A question who opened, by the grant's own key.
    DutyWho,
    /// Where a patient can be written to about a permission, by the permission's own key; about a helper's, also by the person's key of
    /// the circle. Never in a transaction, as the one below.
    ReplyAddress,
    /// A clinician's note back to a patient, by the clinician's attested key.
    Reply,
}

impl Label {
    /// The ASCII between "hg/v1/" and the zero octet.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::Access => "access",
            Self::Erasure => "erasure",
            Self::Credential => "credential",
            Self::Enrol => "enrol",
            Self::Withdraw => "withdraw",
            Self::Ack => "ack",
            Self::Deal => "deal",
            Self::Release => "release",
            Self::EraseStatus => "erase-status",
            Self::Attest => "attest",
            Self::Subject => "subject",
            Self::Manifest => "manifest",
            Self::Code => "code",
            Self::Contract => "contract",
            Self::StatedAccess => "stated-access",
            Self::Second => "second",
            Self::Announce => "announce",
            Self::Opener => "opener",
            Self::Announcer => "announcer",
            Self::Review => "review",
            Self::Entrust => "entrust",
            Self::Circle => "circle",
            Self::CircleChange => "circle-change",
            Self::Approve => "approve",
            Self::Object => "object",
            Self::DelegatedGrant => "delegated-grant",
            Self::Spring => "spring",
            Self::Relative => "relative",
            Self::CircleWord => "circle-word",
            Self::CircleNotice => "circle-notice",
            Self::CircleHanded => "circle-handed",
            Self::CircleWatch => "circle-watch",
            Self::CircleStops => "circle-stops",
            Self::NewKey => "new-key",
            Self::CircleReturn => "circle-return",
            Self::CircleHello => "circle-hello",
            Self::CircleKnown => "circle-known",
            Self::Rehearsal => "rehearsal",
            Self::Held => "rehearsal-held",
            Self::PowerQuestion => "power-question",
            Self::CirclePart => "circle-part",
            Self::MandatedGrant => "mandated-grant",
            Self::MandatedRevoke => "mandated-revoke",
            Self::MandatedObject => "mandated-object",
            Self::MayObject => "may-object",
            Self::Laptop => "laptop",
            Self::LaptopLetter => "laptop-letter",
            Self::LaptopPair => "laptop-pair",
            Self::Duty => "duty",
            Self::DutyGrant => "duty-grant",
            Self::DutyNote => "duty-note",
            Self::DutyAsk => "duty-ask",
            Self::DutyWho => "duty-who",
            Self::ReplyAddress => "reply-address",
            Self::Reply => "reply",
        }
    }
}

/// A signature that does not verify, or a public key that is not a point of the curve or of small order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not verify")]
pub struct BadSignature;

/// The octets that are signed.
pub fn signed_octets(label: Label, chain: &ChainId, body: &[u8]) -> Vec<u8> {
    [b"hg/v1/", label.as_str().as_bytes(), &[0], &chain.0, body].concat()
}

/// An Ed25519 secret key; wiped on drop, never shown.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of this 32-octet seed.
    pub fn from_bytes(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// A fresh key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(ed25519_dalek::SigningKey::generate(rng))
    }

    /// The 32-octet seed: for sealing at rest, never for showing.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `body` for one purpose on one chain.
    pub fn sign(&self, label: Label, chain: &ChainId, body: &[u8]) -> Signature {
        self.sign_octets(&signed_octets(label, chain, body))
    }

    /// Signs octets that carry their own domain: CometBFT votes, nothing else.
    pub fn sign_octets(&self, octets: &[u8]) -> Signature {
        Signature(self.0.sign(octets).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(of {})", self.verifying_key())
    }
}

impl VerifyingKey {
    /// Verifies a signature made by [`SigningKey::sign`].
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(
        &self,
        label: Label,
        chain: &ChainId,
        body: &[u8],
        signature: &Signature,
    ) -> Result<(), BadSignature> {
        self.verify_octets(&signed_octets(label, chain, body), signature)
    }

    /// Verifies a signature over octets that carry their own domain.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify_octets(&self, octets: &[u8], signature: &Signature) -> Result<(), BadSignature> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0).map_err(|_| BadSignature)?;
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify_strict(octets, &signature).map_err(|_| BadSignature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_one_label_chain_and_body() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (chain, public) = (ChainId([1; 32]), key.verifying_key());
        let signature = key.sign(Label::Ack, &chain, b"body");
        assert_eq!(public.verify(Label::Ack, &chain, b"body", &signature), Ok(()));
        assert_eq!(public.verify(Label::Deal, &chain, b"body", &signature), Err(BadSignature));
        assert_eq!(public.verify(Label::Ack, &ChainId([2; 32]), b"body", &signature), Err(BadSignature));
        assert_eq!(public.verify(Label::Ack, &chain, b"bodY", &signature), Err(BadSignature));
        let mut flipped = signature;
        flipped.0[3] ^= 1;
        assert_eq!(public.verify(Label::Ack, &chain, b"body", &flipped), Err(BadSignature));
    }

    #[test]
    fn keys_of_small_order_verify_nothing() {
        // The identity as a key and R = identity, s = 0 satisfies the cofactored equation for every message.
        let mut identity = [0u8; 32];
        identity[0] = 1;
        let mut signature = [0u8; 64];
        signature[0] = 1;
        let verdict = VerifyingKey(identity).verify_octets(b"anything", &Signature(signature));
        assert_eq!(verdict, Err(BadSignature));
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = SigningKey::from_bytes(&[7; 32]);
        assert!(!format!("{key:?}").contains(&hex::encode([7u8; 32])));
    }
}
