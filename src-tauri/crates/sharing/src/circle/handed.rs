//! What the computer that made a circle hands to its person, who came of age and has a key of their own there now.
//!
//! ```text
//! handed = 02 || 78 || circle_id 32 || to 32 || from 32 || nonce 16 || lp(person's name) || helpers, guardians, salts, ordinary:
//!          as in a word || before || signature 64 by the maker of the circle
//! before     what the record itself permitted and was stopped ([`super::before`])
//! signature  under the label "circle-handed", over everything before it
//! digits     as of what guardians give back ([`giveback::check`])
//! ```
//!
//! The maker's key is nobody in the circle any more when this is sent. That it made the circle shows the circle's name, which is
//! the hash of that key and the nonce. It counts only in a circle that was handed over, for a key that came after that: whoever
//! holds a maker's key that was replaced before cannot say anything with it. No key of a reading is in it. What was permitted before,
//! and for whom, is the maker's word; that it is stopped the members prove, by the name of each.

use std::collections::{BTreeMap, BTreeSet};

use rand_core::CryptoRng;
use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::circle::{CircleRecord, MAX_DELEGATES, MAX_GUARDIANS};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, Nonce16, Signature, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_wire::{Category, UnixMillis};

use super::before::{Before, MAX_BEFORE};
use super::code::Relative;
use super::giveback::{self, ReturnError};
use super::letter::{self, Left};
use super::notice::Notice;
use super::plea::Plea;
use super::speak;
use super::word::{
    Helper, KEEP_MS, Word, read_categories, read_helpers, read_salts, write_categories, write_helpers,
    write_salts,
};
use crate::network::Network;
use crate::signed::{Signed, signed};

const KIND: u8 = 0x78;

/// What a circle's maker hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The circle.
    pub circle: CircleId,
    /// The person's new key.
    pub to: VerifyingKey,
    /// The key that made the circle.
    pub from: VerifyingKey,
    /// Opens the circle's name.
    pub nonce: Nonce16,
    /// The name under which the person appeared.
    pub person: String,
    /// Everybody who helped, by seat.
    pub helpers: Vec<Helper>,
    /// Everybody who can help to get back.
    pub guardians: Vec<Relative>,
    /// What opens the leaves of categories.
    pub salts: BTreeMap<Category, [u8; 16]>,
    /// The categories that needed no approval.
    pub ordinary: BTreeSet<Category>,
    /// What the record itself permitted, and was stopped.
    pub before: Vec<Before>,
    signature: Signature,
}

impl Handed {
    /// What is handed to the new key `to`: what `word` tells of the circle, and the first [`MAX_BEFORE`] of `before`; `key` and
    /// `nonce` made it.
    #[must_use]
    pub fn sign(
        word: Word,
        before: Vec<Before>,
        to: VerifyingKey,
        nonce: Nonce16,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let handed = Self {
            circle: word.circle,
            to,
            from: key.verifying_key(),
            nonce,
            person: word.person,
            helpers: word.helpers,
            guardians: word.guardians,
            salts: word.salts,
            ordinary: word.ordinary,
            before: before.into_iter().take(MAX_BEFORE).collect(),
            signature: Signature([0; 64]),
        };
        handed.signed(chain, key)
    }

    /// Whether it is for this key, the proven circle was handed over before the key came to speak in it, and the circle's maker
    /// signed it.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let made = CircleId::derive(chain, &self.from, &self.nonce) == self.circle;
        let signed = || self.signed_by(&self.from, chain);
        circle.circle_id == self.circle && self.to == *own && speaks(circle, own) && made && signed().is_ok()
    }

    /// What both sides compare before the circle is taken.
    #[must_use]
    pub fn digits(&self) -> String {
        giveback::check(&self.circle, &self.to)
    }
}

/// Whether this key speaks in a circle that was handed over before.
fn speaks(circle: &CircleRecord, pk: &VerifyingKey) -> bool {
    circle.patient_pk == *pk && circle.handover_ms.is_some_and(|handover| circle.patient_since_ms > handover)
}

/// Sends what is handed over, and what helpers told of their permissions, once the members prove that the new key speaks; again
/// is harmless.
///
/// # Errors
/// [`ReturnError`]; before that [`ReturnError::NotTaken`].
pub async fn send<N: Network>(
    network: &N,
    handed: &Handed,
    notices: &[Notice],
    plea: &Plea,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
) -> Result<Vec<Left>, ReturnError> {
    let circle = speak::standing(network, &handed.circle).await?.value;
    if !speaks(&circle, &plea.person().pk) {
        return Err(ReturnError::NotTaken);
    }
    let (inbox, until) = (&plea.person().inbox, now.saturating_add(KEEP_MS));
    let mut left = Vec::with_capacity(notices.len().saturating_add(1));
    for notice in notices {
        left.push(letter::send(network, &notice.encode(), inbox, until, now, rng).await?);
    }
    left.push(letter::send(network, &handed.encode(), inbox, until, now, rng).await?);
    Ok(left)
}

signed!(Handed, CircleHanded);

impl Record for Handed {
    const VERSION: u8 = 2;
    const MAX: usize = 2
        + 3 * 32
        + 16
        + (4 + 4 * MAX_NAME)
        + (2 + MAX_DELEGATES * (1 + Relative::MAX))
        + (2 + MAX_GUARDIANS * Relative::MAX)
        + 2 * 2
        + Category::ALL.len() * (1 + 16 + 1)
        + (2 + MAX_BEFORE * Before::MAX)
        + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.fixed(self.from);
        out.fixed(self.nonce);
        out.lp(&self.person);
        write_helpers(out, &self.helpers);
        out.list(&self.guardians, |out, guardian| guardian.write(out));
        write_salts(out, &self.salts);
        write_categories(out, &self.ordinary);
        out.list(&self.before, |out, before| before.write(out));
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, from) = (input.circle_id()?, input.verifying_key()?, input.verifying_key()?);
        let (nonce, person) = (input.nonce16()?, input.text(4 * MAX_NAME)?);
        check_name(&person)?;
        let helpers = read_helpers(input)?;
        let guardians = input.list(MAX_GUARDIANS, Relative::read)?;
        let (salts, ordinary) = (read_salts(input)?, read_categories(input)?);
        let before = input.list(MAX_BEFORE, Before::read)?;
        let signature = input.signature()?;
        Ok(Self { circle, to, from, nonce, person, helpers, guardians, salts, ordinary, before, signature })
    }
}
