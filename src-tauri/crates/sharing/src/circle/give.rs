//! A steward gives a permission: as the patient's own is given, shown to keep to the power, and signed by two keys.
//!
//! ```text
//! Word's estate -> issue::Plan -> issue::prepare -> Permission (shares, capsule, note, as ever)
//!               '-> claims: each category under the power's root and, where it is one, the ordinary root;
//!                           the clinician's code signature, and their place among those who may be permitted
//! CircleRecord::needs (the ledger's own rule) before anything is sent
//! issue::advance, with DelegatedGrantTx by the permission's key and the steward's
//! ```

mod claims;
mod given;

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::contract::Ready;
use salus_chain::genesis::{ChainContext, Genesis};
use salus_chain::ids::{ReaderKey, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{DelegatedGrantBody, ReaderClaim, Tx};
use salus_keeper::Scope;
use salus_wire::{Category, ErrorCode, UnixMillis};

pub use given::Given;

use claims::{categories, place, reader};

use super::estate::Estate;
use super::word::Word;
use crate::invitation::Invitation;
use crate::issue::{self, Advanced, IssueError, Permission, Plan, SeriesKey, Shares, Step, advance_as};
use crate::network::{Network, refused_code};

/// Why a steward's permission was not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GiveError {
    /// As for any permission.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// It goes beyond the power; nothing was sent.
    #[error(transparent)]
    Refused(#[from] TxRefused),
    /// The person has not given the keys for it, or not for so far ahead.
    #[error("no keys of this were given")]
    NoKeys,
    /// The clinician's code asks for readings: its signature is over that too, and shows nobody whose the key alone is.
    #[error("a code that asks for something is the person's to answer")]
    Asks,
    /// It would be under another contract than the one in whose place it is given.
    #[error("it would be under another condition")]
    Condition,
}

impl GiveError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Issue(error) => error.code(),
            Self::Refused(why) => refused_code(*why),
            Self::NoKeys => ErrorCode::OutsideScope,
            Self::Asks => ErrorCode::CodeAsks,
            Self::Condition => ErrorCode::BadRequest,
        }
    }
}

/// What a steward decided.
#[derive(Debug, Clone)]
pub struct Gift {
    /// For whom.
    pub invitation: Invitation,
    /// Which series; at least one.
    pub categories: BTreeSet<Category>,
    /// Which epochs.
    pub scope: Scope,
    /// It works from here.
    pub not_before: UnixMillis,
    /// And ends here.
    pub expires: UnixMillis,
    /// When it may be opened in between; never one of summaries ([`Ready::gives_days`]), whose keys a steward does not have.
    pub contract: Option<Ready>,
    /// A key that no other permission has.
    pub grant_key: SigningKey,
}

/// Deals, wraps and seals, and shows that it keeps to the power of the delegate with key `delegate_pk` in `circle`, which is
/// the proven circle at `now`.
///
/// # Errors
/// [`GiveError`]; nothing was sent.
pub fn prepare(
    word: &Word,
    circle: &CircleRecord,
    delegate_pk: VerifyingKey,
    gift: &Gift,
    genesis: &Genesis,
    now: UnixMillis,
    rng: &mut impl CryptoRng,
) -> Result<Given, GiveError> {
    let wanted = Wanted {
        reader: gift.invitation.reader,
        categories: &gift.categories,
        scope: gift.scope,
        not_before: gift.not_before,
        expires: gift.expires,
        contract: gift.contract,
        grant_key: &gift.grant_key,
    };
    let claim = || reader(word, &gift.invitation);
    permit(word, circle, delegate_pk, &wanted, claim, genesis, now, rng)
}

/// Whether the word lets its delegate permit the clinician of this code anything at all. It is asked again when something is given.
///
/// # Errors
/// [`GiveError`], as [`prepare`] has it of a code.
pub fn may_permit(word: &Word, invitation: &Invitation) -> Result<(), GiveError> {
    reader(word, invitation).map(drop)
}

/// Prepares a permission of before once more, under the keys that the word has now: for the same key of the same clinician, of the
/// same categories and epochs, from the same beginning to the same end, and under the same `contract`, which the caller knows by its
/// text. It keeps to the power as any does, and needs the approvals that the circle asks for now.
///
/// # Errors
/// [`GiveError`]; nothing was sent. [`GiveError::Condition`] where the contract is not that of before.
#[expect(clippy::too_many_arguments, reason = "each is one fact of the permission")]
pub fn again(
    word: &Word,
    circle: &CircleRecord,
    delegate_pk: VerifyingKey,
    before: &Given,
    (contract, grant_key): (Option<Ready>, &SigningKey),
    genesis: &Genesis,
    now: UnixMillis,
    rng: &mut impl CryptoRng,
) -> Result<Given, GiveError> {
    let Given { permission, claims, .. } = before;
    let terms = permission.terms();
    let categories: BTreeSet<Category> = permission.categories().iter().copied().collect();
    let wanted = Wanted {
        reader: *permission.reader(),
        categories: &categories,
        scope: permission.scope(),
        not_before: terms.not_before_ms,
        expires: terms.expires_ms,
        contract,
        grant_key,
    };
    // A delegate's permission has one reader; the clinician's signature over the key stays what it was, and their place is among
    // those who may be permitted now.
    let claim = || -> Result<ReaderClaim, GiveError> {
        let known = claims.readers.first().ok_or(GiveError::NoKeys)?;
        Ok(ReaderClaim { place: place(word, &known.credential_pk)?, ..known.clone() })
    };
    let given = permit(word, circle, delegate_pk, &wanted, claim, genesis, now, rng)?;
    let same = given.permission.terms().contract_hash == terms.contract_hash;
    if same { Ok(given) } else { Err(GiveError::Condition) }
}

/// What is to be permitted.
struct Wanted<'a> {
    reader: ReaderKey,
    categories: &'a BTreeSet<Category>,
    scope: Scope,
    not_before: UnixMillis,
    expires: UnixMillis,
    contract: Option<Ready>,
    grant_key: &'a SigningKey,
}

#[expect(clippy::too_many_arguments, reason = "each is one fact of the permission")]
fn permit(
    word: &Word,
    circle: &CircleRecord,
    delegate_pk: VerifyingKey,
    wanted: &Wanted<'_>,
    claim: impl FnOnce() -> Result<ReaderClaim, GiveError>,
    genesis: &Genesis,
    now: UnixMillis,
    rng: &mut impl CryptoRng,
) -> Result<Given, GiveError> {
    let Some(Signer::Delegate(seat)) = circle.find(&delegate_pk) else {
        return Err(TxRefused::CircleSigner.into());
    };
    // Before keys are looked for: while it waits for clinicians or for a review there are none, and they are not the reason.
    if !circle.in_force(seat, now) {
        return Err(TxRefused::PowerNotInForce.into());
    }
    let estate = word.estate.as_ref().ok_or(GiveError::NoKeys)?;
    // What the power does not cover is refused by that name, also where no keys of it were given.
    if !wanted.categories.is_subset(&word.allowed) {
        return Err(TxRefused::BeyondPower.into());
    }
    // The lease is of trees of readings. Days have trees of their own, and are made up and sealed by the person's computer.
    if wanted.contract.is_some_and(|contract| contract.gives_days()) {
        return Err(GiveError::NoKeys);
    }
    let plan = plan(estate, wanted)?;
    let permission = issue::prepare(&plan, genesis, now, rng)?;
    let claims = DelegatedGrantBody {
        grant: permission.tx.body.clone(),
        circle_id: word.circle,
        delegate_pk,
        categories: categories(word, wanted.categories)?,
        readers: vec![claim()?],
    };
    let needs = circle.needs(now, seat, &claims)?;
    Ok(Given { permission, claims, needs })
}

fn plan(estate: &Estate, wanted: &Wanted<'_>) -> Result<Plan, GiveError> {
    let leased = estate.content.scope;
    let (first, last) = (wanted.scope.first_epoch, wanted.scope.last_epoch);
    if first < leased.first_epoch || last > leased.last_epoch {
        return Err(GiveError::NoKeys);
    }
    let mut series: Vec<SeriesKey> = Vec::with_capacity(wanted.categories.len());
    for category in wanted.categories {
        let mut leased = estate.series(*category);
        if leased.is_empty() {
            return Err(GiveError::NoKeys);
        }
        series.append(&mut leased);
    }
    Ok(Plan {
        reader: wanted.reader,
        series,
        writers: estate.content.writers.clone(),
        disclosures: estate.content.disclosures.clone(),
        devices: estate.content.devices.clone(),
        patient: estate.content.patient.clone(),
        scope: wanted.scope,
        shares: Shares::Readings,
        not_before: wanted.not_before,
        expires: wanted.expires,
        contract: wanted.contract,
        grant_key: wanted.grant_key.clone(),
    })
}

/// As [`issue::advance`], with the steward's two keys.
///
/// # Errors
/// [`IssueError`]; the permission holds what was reached, and calling again goes on from there.
pub async fn advance<N: Network>(
    network: &N,
    given: &mut Given,
    grant_key: &SigningKey,
    delegate_key: &SigningKey,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    let Given { permission, claims, .. } = given;
    let claims: &DelegatedGrantBody = claims;
    let sign = |permission: &mut Permission, ctx: &ChainContext, height: u64| {
        permission.close(height);
        // The same octets every time until it is too late for them: work and signatures depend on nothing else.
        let body = DelegatedGrantBody { grant: permission.tx.body.clone(), ..claims.clone() };
        Tx::DelegatedGrant(Box::new(body.sign(&ctx.chain_id, ctx.params.pow_bits, grant_key, delegate_key)))
    };
    advance_as(network, permission, grant_key, &sign, now, progress).await
}
