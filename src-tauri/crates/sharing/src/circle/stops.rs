//! Which of the person's own permissions a helper is told of, each with its stop signed in advance, so that any single helper can
//! end it, also while the person cannot.
//!
//! ```text
//! stops = 01 || 7C || circle_id 32 || to 32 || number i64 || told || signature 64 by the person
//! told  = grant_id 32 || replaces 32, zeros for none || patient_grant_pk 32 || pow u64 || stop 64 by that key
//!         || lp(name) || lp(organisation), empty for none || categories: code u8 each, ascending
//! signature  under the label "circle-stops", over everything before it
//! ```
//!
//! It goes by letter, to those whom the person chose to tell. A stop opens nothing and never lapses: whoever was told of a permission
//! can end it until it ends by itself, also when they help no longer. Nobody sees which of them did: the stop is the permission's own.
//! Clinician and categories are the person's word; times, and whether it works, the members prove. Of several the one with the highest
//! number counts: the person's clock when it was written.

use std::collections::BTreeSet;

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, CircleId, GrantId, Signature, VerifyingKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::{Label, SigningKey};
use salus_chain::tx::{Pow, RevokeBody, RevokeTx, Tx, pow_valid};
use salus_light::Inclusion;
use salus_wire::Category;

use super::speak::{CircleError, sent};
use crate::network::Network;
use crate::signed::{Signed, signed};

const KIND: u8 = 0x7C;
const NONE: GrantId = GrantId([0; 32]);
// A character takes at most four octets in UTF-8.
const MAX_NAME_OCTETS: usize = 4 * MAX_NAME;
const MAX_TOLD: usize = 3 * 32 + 8 + 64 + 2 * (4 + MAX_NAME_OCTETS) + 2 + Category::ALL.len();
/// Permissions that a helper is told of at most: those that run and end last.
pub const MAX_STOPS: usize = 24;

/// A permission that a helper is told of, and its stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub grant: GrantId,
    /// The one in whose place the person's app gave it.
    pub replaces: Option<GrantId>,
    /// Its own key.
    pub patient_grant_pk: VerifyingKey,
    /// The work that the stop carries.
    pub pow: Pow,
    /// The stop.
    pub stop: Signature,
    /// Whom it is for, as [`check_name`] allows.
    pub name: String,
    /// Of which organisation; empty for none.
    pub organisation: String,
    /// What it covers.
    pub categories: BTreeSet<Category>,
}

/// A name as it may be sent: one that is too long is cut, one that would not read as what it is becomes a dash.
pub(super) fn fit(name: &str) -> String {
    let cut: String = name.chars().take(MAX_NAME).collect();
    let cut = cut.trim();
    if check_name(cut).is_ok() { cut.to_owned() } else { "-".to_owned() }
}

impl Told {
    /// One whose stop is `stop`, for this clinician.
    #[must_use]
    pub fn new(
        stop: &RevokeTx,
        replaces: Option<GrantId>,
        (name, organisation): (&str, &str),
        categories: BTreeSet<Category>,
    ) -> Self {
        Self {
            grant: stop.body.grant_id,
            replaces,
            patient_grant_pk: stop.body.revoker_pk,
            pow: stop.pow,
            stop: stop.signature,
            name: fit(name),
            organisation: if organisation.is_empty() { String::new() } else { fit(organisation) },
            categories,
        }
    }

    /// The stop as members take it.
    #[must_use]
    pub fn tx(&self) -> RevokeTx {
        let (grant_id, revoker_pk) = (self.grant, self.patient_grant_pk);
        let body = RevokeBody { grant_id, revoker_pk, path: MerklePath::single() };
        RevokeTx { body, pow: self.pow, signature: self.stop }
    }

    /// Whether members would take the stop of a permission that has this own key.
    #[must_use]
    pub fn holds(&self, genesis: &Genesis) -> bool {
        let (tx, chain) = (self.tx(), genesis.chain_id());
        let signed = || self.patient_grant_pk.verify(Label::Revoke, &chain, &tx.signed(), &tx.signature);
        pow_valid(&chain, &tx.body.octets(), tx.pow, genesis.params.pow_bits) && signed().is_ok()
    }
}

/// What a helper is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stops {
    /// The circle.
    pub circle: CircleId,
    /// The helper.
    pub to: VerifyingKey,
    /// Milliseconds since 1970, by the person's clock.
    pub number: i64,
    /// The permissions.
    pub told: Vec<Told>,
    signature: Signature,
}

impl Stops {
    /// Signs one, with the person's key of the circle, for the first [`MAX_STOPS`] of `told`.
    #[must_use]
    pub fn sign(
        circle: CircleId,
        to: VerifyingKey,
        number: i64,
        told: &[Told],
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        let told = told.iter().take(MAX_STOPS).cloned().collect();
        Self { circle, to, number, told, signature: Signature([0; 64]) }.signed(chain, key)
    }

    /// Whether it is for this helper, who sits in the proven circle, its person signed it, and every stop in it would be taken.
    #[must_use]
    pub fn holds(&self, genesis: &Genesis, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let seated = matches!(circle.find(own), Some(Signer::Delegate(_)));
        let signed = || self.signed_by(&circle.patient_pk, &genesis.chain_id());
        circle.circle_id == self.circle
            && self.to == *own
            && seated
            && signed().is_ok()
            && self.told.iter().all(|told| told.holds(genesis))
    }
}

/// Stops one of the person's own permissions, for the person.
///
/// # Errors
/// [`CircleError`]; [`salus_chain::state::TxRefused::Ended`] when it has ended already.
pub async fn stop<N: Network>(network: &N, told: &Told) -> Result<Inclusion, CircleError> {
    sent(network, Tx::Revoke(told.tx())).await
}

signed!(Stops, CircleStops);

impl Record for Stops {
    const MAX: usize = 2 + 32 + 32 + 8 + (2 + MAX_TOLD * MAX_STOPS) + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.instant(self.number);
        out.list(&self.told, |out, told| {
            out.fixed(told.grant);
            out.fixed(told.replaces.unwrap_or(NONE));
            out.fixed(told.patient_grant_pk);
            out.u64(told.pow.0);
            out.fixed(told.stop);
            out.lp(&told.name);
            out.lp(&told.organisation);
            let mut codes: Vec<u8> = told.categories.iter().map(|category| category.code()).collect();
            codes.sort_unstable();
            out.list(&codes, |out, code| out.u8(*code));
        });
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, number) = (input.circle_id()?, input.verifying_key()?, input.instant()?);
        let told = input.list(MAX_STOPS, told)?;
        Ok(Self { circle, to, number, told, signature: input.signature()? })
    }
}

fn told(input: &mut Reader<'_>) -> Result<Told, CodecError> {
    let (grant, replaces) = (input.grant_id()?, input.grant_id()?);
    let (patient_grant_pk, pow, stop) = (input.verifying_key()?, Pow(input.u64()?), input.signature()?);
    let (name, organisation) = (input.text(MAX_NAME_OCTETS)?, input.text(MAX_NAME_OCTETS)?);
    check_name(&name)?;
    if !organisation.is_empty() {
        check_name(&organisation)?;
    }
    let categories = input.list(Category::ALL.len(), |input| {
        Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))
    })?;
    Ok(Told {
        grant,
        replaces: Some(replaces).filter(|id| *id != NONE),
        patient_grant_pk,
        pow,
        stop,
        name,
        organisation,
        categories: categories.into_iter().collect(),
    })
}
