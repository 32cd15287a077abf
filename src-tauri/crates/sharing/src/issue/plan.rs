//! From what the patient decided to sealed messages. Pure, apart from the randomness given.

mod daily;

use std::collections::{BTreeMap, BTreeSet};

use curve25519_dalek::Scalar;
use rand_core::CryptoRng;
use salus_chain::attestation::check_name;
use salus_chain::codec::Record;
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::duty::DutyGroup;
use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, GrantId, Hash32, Nonce16, ReaderKey, Signature};
use salus_chain::merkle;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{GrantBody, GrantTerms, GrantTx, Pow};
use salus_keeper::deal::{Dealing, seal_deal};
use salus_keeper::depot::blob_hash;
use salus_keeper::desk::seal_note;
use salus_keeper::message::{DealContext, DutyNote, KeeperRequest};
use salus_keeper::prf::{SlotPrf, finalize, hash_to_group};
use salus_keeper::{Scope, Slot};
use salus_vault::{Series, Tree, Writer};
use salus_wire::{Category, UnixMillis};
use zeroize::Zeroizing;

use super::{IssueError, Permission, Progress};
use crate::capsule::{
    Capsule, CapsuleError, Content, Disclosure, Header, MAX_WRAPS, Pointer, SeriesWraps, ToldDevice, Wrapped,
    WrappedDay,
};
use crate::cover::to_wrap;
use crate::days;
use crate::duty::Note;
use crate::gaps::around;
use crate::members::Members;
use crate::wrap::{GrantSecret, Place, wrap};

/// One generation of a series to share, with its part of the key tree: `vault.parts(category)`, or `vault.day_parts(category)` for
/// daily summaries.
#[derive(Debug, Clone)]
pub struct SeriesKey {
    /// The series, and the generation of its keys.
    pub series: Series,
    /// What is left of its tree; wiped on drop.
    pub tree: Tree,
}

impl SeriesKey {
    /// Of every generation.
    pub fn of(parts: Vec<(Series, Tree)>) -> impl Iterator<Item = Self> {
        parts.into_iter().map(|(series, tree)| Self { series, tree })
    }
}

/// What the trees of a plan open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// Readings: each tree is one of epochs.
    Readings,
    /// Summaries of these days only: each tree is one of days.
    Days {
        /// The first, in days since 1970 in UTC.
        first: u32,
        /// The last.
        last: u32,
    },
}

/// What to permit.
#[derive(Debug, Clone)]
pub struct Plan {
    /// For whom: the key of an invitation, or of an emergency card.
    pub reader: ReaderKey,
    /// Which series; at least one, each generation of it once. Those that seal nothing of what is shared are left out.
    pub series: Vec<SeriesKey>,
    /// The computers whose manifests count.
    pub writers: Vec<Writer>,
    /// Their enrolments, as far as they have any: with them the reader sees where readings came from.
    pub disclosures: Vec<Disclosure>,
    /// What the patient's devices said of themselves, in order of device and time.
    pub devices: Vec<ToldDevice>,
    /// The name under which the patient appears.
    pub patient: String,
    /// Which epochs; of days those of [`days::scope`].
    pub scope: Scope,
    /// Readings or daily summaries.
    pub shares: Shares,
    /// The permission works from here.
    pub not_before: UnixMillis,
    /// And ends here.
    pub expires: UnixMillis,
    /// The consent contract that it is under: when it may be opened in between; without one whenever the reader likes.
    pub contract: Option<Ready>,
    /// A key that no other grant has, but for those that stood on one emergency card one after the other; signs the grant and can
    /// stop it.
    pub grant_key: SigningKey,
}

/// Deals, wraps and seals. The polynomial, x_g and c_g are wiped when this returns.
///
/// # Errors
/// [`IssueError`]; nothing was sent.
pub fn prepare(
    plan: &Plan,
    genesis: &Genesis,
    now: UnixMillis,
    rng: &mut impl CryptoRng,
) -> Result<Permission, IssueError> {
    prepare_for(plan, None, genesis, now, rng)
}

/// As [`prepare`], or for those on duty in `group`: then the plan's reader is [`DutyGroup::reader`] and its contract the group's.
pub(crate) fn prepare_for(
    plan: &Plan,
    group: Option<&DutyGroup>,
    genesis: &Genesis,
    now: UnixMillis,
    rng: &mut impl CryptoRng,
) -> Result<Permission, IssueError> {
    check(plan, now)?;
    let contract = plan.contract.as_ref().map(Ready::text).transpose()?.unwrap_or_default();
    let (chain, keeper_set_id, threshold) =
        (genesis.chain_id(), genesis.keeper_set_id(), genesis.threshold());
    let mut nonce = Nonce16([0; 16]);
    rng.fill_bytes(&mut nonce.0);
    let patient_grant_pk = plan.grant_key.verifying_key();
    let grant_id = GrantId::derive(&chain, &patient_grant_pk, &nonce);

    let own = |why| IssueError::Member { member: 0, why };
    let dealing = Dealing::generate(threshold, rng).map_err(own)?;
    let context =
        DealContext { grant_id, patient_grant_pk, nonce, keeper_set_id, threshold, scope: plan.scope };
    let mut deals = Vec::with_capacity(genesis.members.len());
    for (index, member) in (1u16..).zip(&genesis.members) {
        let kem = &member.keeper_kem_pk;
        let message = seal_deal(&chain, &dealing, context.clone(), index, kem, &plan.grant_key, rng)
            .map_err(|why| IssueError::Member { member: index, why })?;
        deals.push((index, KeeperRequest::Deal(Box::new(message)).encode()));
    }

    let reader = plan.reader;
    let secret = GrantSecret::random(rng);
    let lock = Lock { chain: &chain, grant: grant_id, dealing: &dealing, secret: &secret };
    let (series, days): (Vec<SeriesWraps>, Vec<Vec<WrappedDay>>) = match plan.shares {
        Shares::Readings => (wraps(plan, &lock, now)?, Vec::new()),
        Shares::Days { first, last } => daily::wraps(plan, first..=last, &lock, now)?.into_iter().unzip(),
    };
    let content = Content {
        commitments: dealing.commitments().octets().to_vec(),
        series,
        writers: plan.writers.clone(),
        patient: plan.patient.clone(),
        scope: plan.scope,
        disclosures: plan.disclosures.clone(),
        devices: plan.devices.clone(),
        days,
    };
    let mut salt = [0; 32];
    rng.fill_bytes(&mut salt);
    let header = Header { grant: grant_id, readers: vec![reader], salt };
    let capsule = Capsule::seal(header, &content, &secret, &chain, rng)?;
    let octets = capsule.encode();
    let pointer = match group {
        None => {
            let pointer = Pointer { grant: grant_id, capsule: blob_hash(&octets) };
            pointer.seal(&reader, &chain, rng).map_err(|_| CapsuleError::Altered)?
        }
        Some(_) => note(plan, grant_id, blob_hash(&octets), &chain, rng)?,
    };

    let terms = GrantTerms {
        grant_id,
        patient_grant_pk,
        reader_pk_root: group.map_or_else(|| merkle::root(&[reader.leaf()]), DutyGroup::tag),
        keeper_set_id,
        threshold,
        commit_hash: dealing.commitments().hash(&grant_id, &keeper_set_id),
        capsule_hash: capsule.chain_hash(),
        not_before_ms: plan.not_before,
        expires_ms: plan.expires,
        contract_hash: if contract.is_empty() { Hash32::ZERO } else { contract_hash(&contract) },
        revoker_root: Hash32::ZERO,
    };
    let body = GrantBody { terms, nonce, valid_until_height: 0, acks: Vec::new() };
    Ok(Permission {
        tx: Box::new(GrantTx { body, pow: Pow(0), signature: Signature([0; 64]) }),
        signed: false,
        reader,
        scope: plan.scope,
        categories: categories(plan),
        deals,
        holding: Members::default(),
        capsule: octets,
        capsule_at: Members::default(),
        pointer,
        pointer_at: Members::default(),
        contract,
        progress: Progress::Pending,
    })
}

/// Each category once, in the plan's order.
fn categories(plan: &Plan) -> Vec<Category> {
    let mut all: Vec<Category> = Vec::with_capacity(plan.series.len());
    for category in plan.series.iter().map(|s| s.series.category) {
        if !all.contains(&category) {
            all.push(category);
        }
    }
    all
}

/// What the member's desk tells its staff on duty, sealed to the member and signed with the permission's key.
fn note(
    plan: &Plan,
    grant: GrantId,
    capsule: Hash32,
    chain: &ChainId,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, IssueError> {
    let note = Note {
        capsule,
        patient: plan.patient.clone(),
        scope: plan.scope,
        begins: plan.not_before,
        ends: plan.expires,
        categories: categories(plan),
    };
    let text = Zeroizing::new(note.encode());
    let sealed =
        seal_note(&plan.reader.kem(), chain, &grant, &text, rng).map_err(|_| CapsuleError::Altered)?;
    Ok(DutyNote::sign(grant, sealed, chain, &plan.grant_key).encode())
}

fn check(plan: &Plan, now: UnixMillis) -> Result<(), IssueError> {
    let start = plan.not_before.max(now);
    if plan.expires <= start || plan.not_before < 0 {
        return Err(IssueError::Times);
    }
    check_name(&plan.patient).map_err(IssueError::Name)?;
    let generations: BTreeSet<_> =
        plan.series.iter().map(|s| (s.series.category, s.series.generation)).collect();
    let usable = !plan.series.is_empty() && generations.len() == plan.series.len();
    // What the days' slots are, and nothing else, so that no member is asked for a finer one.
    let fits = match plan.shares {
        Shares::Readings => true,
        Shares::Days { first, last } => days::scope(&(first..=last)) == Some(plan.scope),
    };
    if usable && fits && !plan.writers.is_empty() { Ok(()) } else { Err(IssueError::Series) }
}

/// What a permission's keys are wrapped under.
struct Lock<'a> {
    chain: &'a ChainId,
    grant: GrantId,
    dealing: &'a Dealing,
    secret: &'a GrantSecret,
}

impl Lock<'_> {
    /// The PRF of each slot is computed once, with x_g itself, and serves every series.
    fn outputs(&self, slots: impl IntoIterator<Item = Slot>) -> BTreeMap<Slot, SlotPrf> {
        let key = WholeKey::of(self.dealing);
        let all: BTreeSet<Slot> = slots.into_iter().collect();
        all.into_iter().map(|slot| (slot, key.output(&slot.input(self.chain, &self.grant)))).collect()
    }
}

fn wraps(plan: &Plan, lock: &Lock<'_>, now: UnixMillis) -> Result<Vec<SeriesWraps>, IssueError> {
    let slots = to_wrap(plan.scope, now);
    let categories = categories(plan);
    // Looked at before anything is derived: what is too much takes no time.
    if slots.len().saturating_mul(categories.len()) > MAX_WRAPS {
        return Err(CapsuleError::TooLarge.into());
    }
    // Of each series the slots that it has a node for: around what was deleted, smaller ones.
    let held = |shared: &SeriesKey| -> BTreeSet<Slot> {
        slots.iter().flat_map(|slot| around(&shared.tree, *slot)).collect()
    };
    let held: Vec<BTreeSet<Slot>> = plan.series.iter().map(held).collect();
    let has = |category: &Category| {
        let of = plan.series.iter().zip(&held).filter(|(shared, _)| shared.series.category == *category);
        of.map(|(_, held)| held).any(|held| !held.is_empty())
    };
    if !categories.iter().all(has) {
        return Err(IssueError::Deleted);
    }
    if held.iter().map(BTreeSet::len).sum::<usize>() > MAX_WRAPS {
        return Err(CapsuleError::TooLarge.into());
    }
    let outputs = lock.outputs(held.iter().flatten().copied());
    let one = |(shared, held): (&SeriesKey, &BTreeSet<Slot>)| {
        let Series { id: series, generation, category } = shared.series;
        let wraps = held.iter().map(|slot| {
            let prf = outputs.get(slot).ok_or(IssueError::Series)?;
            let node = shared.tree.descend(slot.level(), slot.start()).ok_or(IssueError::Series)?;
            let place = Place { grant: lock.grant, series, generation, slot: *slot };
            Ok(Wrapped { slot: *slot, wrap: wrap(&place, lock.secret, prf, node.key().expose()) })
        });
        Ok(SeriesWraps { series, generation, category, wraps: wraps.collect::<Result<_, IssueError>>()? })
    };
    plan.series.iter().zip(&held).filter(|(_, held)| !held.is_empty()).map(one).collect()
}

/// x_g as the patient's device holds it for as long as it wraps.
struct WholeKey(Zeroizing<Scalar>);

impl WholeKey {
    fn of(dealing: &Dealing) -> Self {
        // a_0 is a scalar already; the reduction changes nothing.
        Self(Zeroizing::new(Scalar::from_bytes_mod_order(*dealing.secret().to_bytes())))
    }

    fn output(&self, input: &[u8]) -> SlotPrf {
        finalize(input, &(hash_to_group(input) * *self.0))
    }
}
