//! Which of the person's own permissions a helper is told of, each with its stop signed in advance, so that any single helper can
//! end it, also while the person cannot.
//!
//! ```text
//! stops = 01 || 7C || circle_id 32 || to 32 || number i64 || told || signature 64 by the person
//! told  = grant_id 32 || replaces 32, zeros for none || patient_grant_pk 32 || pow u64 || stop 64 by that key
//!         || lp(name) || lp(organisation), empty for none || categories: code u8 each, ascending
//! signature  under the label "circle-stops"
//! ```
//!
//! It is a [list](super::list) for one helper, of those whom the person chose to tell. A stop opens nothing and never lapses: whoever
//! was told of a permission can end it until it ends by itself, also when they help no longer. Nobody sees which of them did: the stop
//! is the permission's own, or that of the mandate under which another laptop gave it. Clinician and categories are the person's word; times, and whether it works, the members prove.

use std::collections::BTreeSet;

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::circle::CircleRecord;
use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{CircleId, GrantId, Signature, VerifyingKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::Label;
use salus_chain::tx::{Pow, RevokeBody, RevokeTx, Tx, pow_valid};
use salus_light::Inclusion;
use salus_wire::Category;

use super::list::{Listed, SignedList};
use super::speak::{CircleError, sent};
use crate::network::Network;

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
    /// The key that stops it: its own, or for what another laptop gave that of the mandate under which it did.
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
pub type Stops = SignedList<Told>;

impl SignedList<Told> {
    /// Whether it is for this helper, who sits in the proven circle, its person signed it, and every stop in it would be taken.
    #[must_use]
    pub fn holds(&self, genesis: &Genesis, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        self.is_for(own, circle, &genesis.chain_id()) && self.items.iter().all(|told| told.holds(genesis))
    }
}

/// Stops one of the person's own permissions, for the person.
///
/// # Errors
/// [`CircleError`]; [`salus_chain::state::TxRefused::Ended`] when it has ended already.
pub async fn stop<N: Network>(network: &N, told: &Told) -> Result<Inclusion, CircleError> {
    sent(network, Tx::Revoke(told.tx())).await
}

impl Listed for Told {
    const KIND: u8 = 0x7C;
    const LABEL: Label = Label::CircleStops;
    const MOST: usize = MAX_STOPS;
    const OCTETS: usize = MAX_TOLD;

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.replaces.unwrap_or(NONE));
        out.fixed(self.patient_grant_pk);
        out.u64(self.pow.0);
        out.fixed(self.stop);
        out.lp(&self.name);
        out.lp(&self.organisation);
        let mut codes: Vec<u8> = self.categories.iter().map(|category| category.code()).collect();
        codes.sort_unstable();
        out.list(&codes, |out, code| out.u8(*code));
    }

    fn read(_: CircleId, input: &mut Reader<'_>) -> Result<Self, CodecError> {
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
        Ok(Self {
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
}
