//! What a steward tells the person and the other delegates of a permission: whom it is for and what it covers.
//!
//! ```text
//! notice = 01 || 66 || circle_id 32 || grant_id 32 || by 32 || lp(attestation) || categories: category u8 each
//!          || first epoch u32 || last epoch u32 || signature 64 by the steward, label "circle-notice"
//! ```
//!
//! The chain has the times, the clinicians' keys and the categories' leaves of a permission, and nothing of what they stand
//! for. [`prove`] holds a notice against all of them, so that a steward cannot tell the family of another permission than the
//! one that is recorded. Only the data window is the steward's word.

use std::collections::BTreeSet;

use salus_chain::attestation::Attestation;
use salus_chain::circle::CircleGrantRecord;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, GrantId, Hash32, ReaderKey, Signature, VerifyingKey};
use salus_chain::merkle;
use salus_chain::sign::{BadSignature, SigningKey};
use salus_chain::state::GrantRecord;
use salus_chain::tx::Tx;
use salus_keeper::Scope;
use salus_light::{Head, LightError, Proven};
use salus_wire::{Category, ErrorCode};

use super::power::leaves;
use super::word::Word;
use crate::network::{Network, light_code};
use crate::signed::{Signed, signed};

const KIND: u8 = 0x66;

/// Why a notice does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// The members could not be asked.
    #[error(transparent)]
    Light(#[from] LightError),
    /// The steward, or the attesting member, did not sign it.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// The chain has no such permission of this circle.
    #[error("there is no such permission of this circle")]
    NotGiven,
    /// The recorded permission is by another steward, for another clinician, or of other categories.
    #[error("the recorded permission is another one")]
    Otherwise,
}

impl NoticeError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Light(error) => light_code(error),
            Self::NotGiven => ErrorCode::UnknownPermission,
            Self::Signature(_) | Self::Otherwise => ErrorCode::ProofFailed,
        }
    }
}

/// What a steward says of a permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The circle.
    pub circle: CircleId,
    /// The permission.
    pub grant: GrantId,
    /// The steward's key.
    pub by: VerifyingKey,
    /// The clinician.
    pub attestation: Attestation,
    /// What it covers.
    pub categories: BTreeSet<Category>,
    /// Of when.
    pub scope: Scope,
    signature: Signature,
}

/// The permission of a notice that holds, as proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its terms, and where it stands.
    pub grant: GrantRecord,
    /// What it waits for.
    pub given: CircleGrantRecord,
    /// As of when.
    pub head: Head,
}

impl Notice {
    /// Signs a notice.
    #[must_use]
    pub fn sign(
        circle: CircleId,
        grant: GrantId,
        attestation: Attestation,
        categories: BTreeSet<Category>,
        scope: Scope,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let (by, signature) = (key.verifying_key(), Signature([0; 64]));
        Self { circle, grant, by, attestation, categories, scope, signature }.signed(chain, key)
    }

    /// Whether the steward that it names signed it.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, chain: &ChainId) -> Result<(), BadSignature> {
        self.signed_by(&self.by, chain)
    }
}

/// Holds a notice against the proven permission and the transaction that recorded it; `word` is what the reader was told of
/// the circle.
///
/// # Errors
/// [`NoticeError`].
pub async fn prove<N: Network>(network: &N, word: &Word, notice: &Notice) -> Result<Shown, NoticeError> {
    if notice.circle != word.circle {
        return Err(NoticeError::NotGiven);
    }
    let (shown, claimed) = recorded(network, notice).await?;
    let same = claimed == leaves(|category| word.salt(category), &notice.categories);
    if same { Ok(shown) } else { Err(NoticeError::Otherwise) }
}

/// The same but for the categories: on a laptop of the person that was told of the permission by the one which proved them.
///
/// # Errors
/// [`NoticeError`].
pub async fn prove_told<N: Network>(network: &N, notice: &Notice) -> Result<Shown, NoticeError> {
    recorded(network, notice).await.map(|(shown, _)| shown)
}

/// Everything of it that is held against the record without the numbers behind the categories, and the leaves that stand for them.
async fn recorded<N: Network>(network: &N, notice: &Notice) -> Result<(Shown, Vec<Hash32>), NoticeError> {
    let genesis = network.genesis();
    let chain = genesis.chain_id();
    notice.verify(&chain)?;
    let member = genesis.keeper(notice.attestation.member_index).ok_or(NoticeError::Otherwise)?;
    notice.attestation.verify(&chain, &member.keeper_pk)?;
    let Proven { value: given, head } = network.delegated(&notice.grant).await?;
    let of_circle = |given: &CircleGrantRecord| given.circle_id == notice.circle;
    let given = given.filter(of_circle).ok_or(NoticeError::NotGiven)?;
    let grant = network.grant(&notice.grant).await?.value.ok_or(NoticeError::NotGiven)?;
    let Tx::DelegatedGrant(tx) = network.recorded(&grant.tx_hash).await? else {
        return Err(NoticeError::Otherwise);
    };
    let claimed = tx.body.categories.iter().map(|claim| claim.leaf).collect();
    let clinician = notice.attestation.person.credential_pk;
    let same = tx.body.delegate_pk == notice.by
        && given.readers.iter().all(|reader| reader.credential_pk == clinician);
    if same { Ok((Shown { grant, given, head }, claimed)) } else { Err(NoticeError::Otherwise) }
}

/// The key that a delegate's permission, proven to be this one, was given to: the one reader in the transaction that recorded it.
///
/// # Errors
/// [`NoticeError`].
pub async fn reader<N: Network>(network: &N, grant: &GrantRecord) -> Result<ReaderKey, NoticeError> {
    let Tx::DelegatedGrant(tx) = network.recorded(&grant.tx_hash).await? else {
        return Err(NoticeError::Otherwise);
    };
    let [claim] = tx.body.readers.as_slice() else { return Err(NoticeError::Otherwise) };
    let own = merkle::root(&[claim.reader_pk.leaf()]) == grant.terms.reader_pk_root;
    if own { Ok(claim.reader_pk) } else { Err(NoticeError::Otherwise) }
}

signed!(Notice, CircleNotice);

impl Record for Notice {
    const MAX: usize = 2 + 3 * 32 + 4 + Attestation::MAX + 2 + Category::ALL.len() + 8 + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.grant);
        out.fixed(self.by);
        out.lp(self.attestation.encode());
        let mut codes: Vec<u8> = self.categories.iter().map(|category| category.code()).collect();
        codes.sort_unstable();
        out.list(&codes, |out, code| out.u8(*code));
        out.u32(self.scope.first_epoch);
        out.u32(self.scope.last_epoch);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, grant, by) = (input.circle_id()?, input.grant_id()?, input.verifying_key()?);
        let attestation = Attestation::decode(input.lp(Attestation::MAX)?)?;
        let categories = input.list(Category::ALL.len(), |input| {
            Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))
        })?;
        let scope = Scope::new(input.u32()?, input.u32()?).map_err(|_| CodecError::Value("scope"))?;
        let categories = categories.into_iter().collect();
        Ok(Self { circle, grant, by, attestation, categories, scope, signature: input.signature()? })
    }
}
