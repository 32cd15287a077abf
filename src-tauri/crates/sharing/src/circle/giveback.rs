//! What a guardian gives back to a person whose new key the members have taken: which circle is theirs, who helps, and the
//! guardian's part of what opens the person's backups.
//!
//! ```text
//! return = 02 || 69 || circle_id 32 || to 32 || from 32 || lp(person's name) || helpers, as in a word
//!          || guardians, as in a word || u8 0, or 1 and the part, sealed to the request's inbox || signature 64 by the guardian
//! signature  under the label "circle-return", over everything before it
//! digits     as of a relative's code, from SHA-256("hg/v1/return-check" || circle_id || to) on
//! ```
//!
//! It goes by letter to the inbox that the request named. It holds no reading and nothing that opens one alone: a guardian has
//! neither, and parts are worth nothing below the number that it takes, and without a backup. It is given only after the members
//! prove that the circle's key is the new one, which is 72 hours after enough guardians agreed.
//!
//! Anybody who saw the request could make a circle of their own, give it that key, and offer it. So the person and a guardian
//! read the digits of the circle to each other before it is taken.

use rand_core::CryptoRng;
use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::circle::{CircleRecord, MAX_DELEGATES, MAX_GUARDIANS, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, Signature, VerifyingKey};
use salus_chain::sign::Label;
use salus_wire::{ErrorCode, UnixMillis};

use super::code::{Relative, digits};
use super::letter::{self, Left};
use super::part::Part;
use super::plea::Plea;
use super::speak::{self, CircleError, Voice};
use super::word::{Helper, KEEP_MS, Word, read_helpers, write_helpers};
use crate::issue::IssueError;
use crate::network::Network;
use crate::reader::ReaderSecret;
use crate::signed::unsigned;

const KIND: u8 = 0x69;
const CHECK: &[u8] = b"hg/v1/return-check";

/// Why nothing was given back.
#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    /// The circle could not be proven.
    #[error(transparent)]
    Circle(#[from] CircleError),
    /// The members do not prove that the circle's key is the new one.
    #[error("the new key does not speak for this circle")]
    NotTaken,
    /// The letter was not left.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl ReturnError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Circle(error) => error.code(),
            Self::NotTaken => ErrorCode::NotYet,
            Self::Issue(error) => error.code(),
        }
    }
}

/// What a guardian gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The circle.
    pub circle: CircleId,
    /// The person's new key.
    pub to: VerifyingKey,
    /// The guardian's key.
    pub from: VerifyingKey,
    /// The name under which the person appeared.
    pub person: String,
    /// Everybody who helps, by seat, as the guardian was told.
    pub helpers: Vec<Helper>,
    /// Everybody who can help to get back.
    pub guardians: Vec<Relative>,
    /// The guardian's part, sealed to the request's inbox; `None` from one who was entrusted with none.
    pub part: Option<Part>,
    signature: Signature,
}

/// A part that a guardian holds, and the inbox that it is sealed to.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The part.
    pub part: &'a Part,
    /// The guardian's inbox.
    pub inbox: &'a ReaderSecret,
}

impl Return {
    /// Whether it is for this key, and a guardian of the proven circle, whose person has this key, signed it.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let guardian = matches!(circle.find(&self.from), Some(Signer::Guardian(_)));
        let signed = || self.from.verify(Label::CircleReturn, chain, &unsigned(self), &self.signature);
        circle.circle_id == self.circle
            && self.to == *own
            && circle.patient_pk == *own
            && guardian
            && signed().is_ok()
    }

    /// What both sides compare before the circle is taken.
    #[must_use]
    pub fn digits(&self) -> String {
        check(&self.circle, &self.to)
    }
}

/// What a guardian and a person with a new key compare.
#[must_use]
pub fn check(circle: &CircleId, to: &VerifyingKey) -> String {
    digits(CHECK, &[circle.0, to.0].concat())
}

/// Gives back what a guardian was told and holds, once the members prove that the circle has the new key; again is harmless. A
/// part that does not open any more keeps nobody from giving back the rest.
///
/// # Errors
/// [`ReturnError`]; before the 72 hours are over, and after an objection, [`ReturnError::NotTaken`].
pub async fn give_back<N: Network>(
    network: &N,
    voice: Voice<'_>,
    word: &Word,
    held: Option<Held<'_>>,
    plea: &Plea,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
) -> Result<Left, ReturnError> {
    let circle = speak::standing(network, &voice.circle).await?.value;
    let to = plea.person();
    if circle.patient_pk != to.pk {
        return Err(ReturnError::NotTaken);
    }
    let mut back = Return {
        circle: voice.circle,
        to: to.pk,
        from: voice.key.verifying_key(),
        person: word.person.clone(),
        helpers: word.helpers.clone(),
        guardians: word.guardians.clone(),
        part: held.and_then(|held| held.part.hand_over(held.inbox, &to.inbox, rng).ok()),
        signature: Signature([0; 64]),
    };
    back.signature = voice.key.sign(Label::CircleReturn, &network.genesis().chain_id(), &unsigned(&back));
    let until = now.saturating_add(KEEP_MS);
    Ok(letter::send(network, &back.encode(), &to.inbox, until, now, rng).await?)
}

impl Record for Return {
    const VERSION: u8 = 2;
    const MAX: usize = 2
        + 3 * 32
        + (4 + 4 * MAX_NAME)
        + (2 + MAX_DELEGATES * (1 + Relative::MAX))
        + (2 + MAX_GUARDIANS * Relative::MAX)
        + (1 + Part::MAX)
        + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.fixed(self.from);
        out.lp(&self.person);
        write_helpers(out, &self.helpers);
        out.list(&self.guardians, |out, guardian| guardian.write(out));
        out.u8(u8::from(self.part.is_some()));
        self.part.iter().for_each(|part| part.write(out));
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, from) = (input.circle_id()?, input.verifying_key()?, input.verifying_key()?);
        let person = input.text(4 * MAX_NAME)?;
        check_name(&person)?;
        let helpers = read_helpers(input)?;
        let guardians = input.list(MAX_GUARDIANS, Relative::read)?;
        let part = match input.u8()? {
            0 => None,
            1 => Some(Part::read(input)?),
            _ => return Err(CodecError::Value("part")),
        };
        Ok(Self { circle, to, from, person, helpers, guardians, part, signature: input.signature()? })
    }
}
