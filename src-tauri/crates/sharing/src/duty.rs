//! Permissions to the staff on duty of one organisation.
//!
//! ```text
//! patient   Plan, DutyGroup -> prepare -> Permission -> advance: shares to keepers, capsule to depots, OnDuty contract and
//!              DutyGrantTx to the chain, Note to the organisation's desk
//! on duty   open::on_duty (proven) -> open::list_for_group -> open::open_for_group: receipt by the attested key, c_g from
//!              the desk, t keepers, readings
//! patient   who: the attestation of the key in a receipt, from the desk
//! ```
//!
//! What is sealed to a reader otherwise is sealed to the member: c_g in the capsule, and the note. The capsule lists a stand-in
//! for the group ([`DutyGroup::reader`]), so it is a capsule like any other.
//!
//! Guarantees: whoever opens is on duty in that role at that organisation, by block time and by the clocks of t members, and
//! the log names the key that the organisation attested. Not guaranteed: that the organisation has the right people on duty.
//! It can open with anybody whom it attests and puts on duty, and each such opening is in the log under its own word.

use rand_core::CryptoRng;
use salus_chain::attestation::{Attestation, check_name};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::duty::DutyGroup;
use salus_chain::genesis::{ChainContext, Genesis};
use salus_chain::ids::{Hash32, ReaderKey, TxHash};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{DutyGrantBody, PaidBody, Tx};
use salus_keeper::Scope;
use salus_keeper::message::{KeeperReply, KeeperRequest, MAX_NOTE, WhoRequest};
use salus_light::LightError;
use salus_wire::{Category, UnixMillis};

use crate::issue::{Advanced, IssueError, Permission, Plan, Shares, Step, advance_to_desk, prepare_for};
use crate::network::Network;

const NOTE_KIND: u8 = 0x4F;
const MAX_PATIENT: usize = 320;

/// What the staff on duty is told of a permission before anybody opens it: whose it is, and what. Nothing of it is proven; what
/// an opening shows is.
///
/// ```text
/// note = 01 || 4F || SHA-256(capsule) 32 || lp(patient) || scope 8 || begins i64 || ends i64 || count u16 || category u8 each
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// SHA-256 of the capsule: its address in the depots.
    pub capsule: Hash32,
    /// The name under which the patient appears.
    pub patient: String,
    /// Which epochs.
    pub scope: Scope,
    /// From when on it works.
    pub begins: UnixMillis,
    /// And until when.
    pub ends: UnixMillis,
    /// What is covered.
    pub categories: Vec<Category>,
}

impl Record for Note {
    const MAX: usize = MAX_NOTE;

    fn kind(&self) -> u8 {
        NOTE_KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.capsule);
        out.lp(&self.patient);
        out.u32(self.scope.first_epoch);
        out.u32(self.scope.last_epoch);
        out.instant(self.begins);
        out.instant(self.ends);
        out.list(&self.categories, |out, category| out.u8(category.code()));
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != NOTE_KIND {
            return Err(CodecError::Kind(kind));
        }
        let capsule = input.hash()?;
        let patient = input.text(MAX_PATIENT)?;
        // It is shown before anything is proven, so it has to read as what it is.
        check_name(&patient)?;
        Ok(Self {
            capsule,
            patient,
            scope: Scope::new(input.u32()?, input.u32()?).map_err(|_| CodecError::Value("scope"))?,
            begins: input.instant()?,
            ends: input.instant()?,
            categories: input.list(Category::ALL.len(), |input| {
                Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))
            })?,
        })
    }
}

/// Deals, wraps and seals, as [`crate::issue::prepare`] does, for those on duty in `group`; the plan's reader and contract are the
/// group's, whatever they were.
///
/// # Errors
/// [`IssueError`]; [`IssueError::Series`] also for daily summaries, which no duty contract knows.
pub fn prepare(
    plan: Plan,
    group: &DutyGroup,
    genesis: &Genesis,
    now: UnixMillis,
    rng: &mut impl CryptoRng,
) -> Result<Permission, IssueError> {
    let reader: ReaderKey = group.reader(genesis).ok_or(IssueError::OtherChain)?;
    if plan.shares != Shares::Readings {
        return Err(IssueError::Series);
    }
    let plan = Plan { reader, contract: group.contract(), ..plan };
    prepare_for(&plan, Some(group), genesis, now, rng)
}

/// As [`crate::issue::advance`], for a permission that [`prepare`] made for this group: the note goes to the member's desk.
///
/// # Errors
/// [`IssueError`]; the permission holds what was reached, and calling again goes on from there.
pub async fn advance<N: Network>(
    network: &N,
    permission: &mut Permission,
    group: &DutyGroup,
    key: &SigningKey,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Advanced, IssueError> {
    let sign = |permission: &mut Permission, ctx: &ChainContext, height: u64| {
        permission.close(height);
        // The same octets every time until it is too late for them: work and signature depend on nothing else.
        let body = DutyGrantBody { grant: permission.tx.body.clone(), group: group.clone() };
        Tx::DutyGrant(Box::new(body.sign(&ctx.chain_id, ctx.params.pow_bits, key)))
    };
    advance_to_desk(network, permission, key, &sign, group.member(), now, progress).await
}

/// The groups that a member offers, by its desk; a role that does not read as what it is, is left out.
///
/// # Errors
/// [`LightError`].
pub async fn offered<N: Network>(network: &N, member: u16) -> Result<Vec<DutyGroup>, LightError> {
    let KeeperReply::Roles(roles) = network.keeper(member, KeeperRequest::Roles).await? else {
        return Err(LightError::BadAnswer { member });
    };
    Ok(roles.iter().filter_map(|role| DutyGroup::new(member, role).ok()).collect())
}

/// Who signed the receipt of a transaction, as the member attests them; `key` is the permission's own, whom alone the desk
/// tells. `signer` is the key in the proven receipt.
///
/// # Errors
/// [`LightError::Keeper`] when the desk tells nothing, [`LightError::BadAnswer`] for an attestation that is of somebody else or does
/// not verify.
pub async fn who<N: Network>(
    network: &N,
    group: &DutyGroup,
    receipt: TxHash,
    signer: &ReaderKey,
    key: &SigningKey,
) -> Result<Attestation, LightError> {
    let (genesis, member) = (network.genesis(), group.member());
    let chain = genesis.chain_id();
    let request = KeeperRequest::Who(WhoRequest::sign(receipt, &chain, key));
    let KeeperReply::Who(attestation) = network.keeper(member, request).await? else {
        return Err(LightError::BadAnswer { member });
    };
    let attested = genesis.keeper(member).is_some_and(|m| attestation.verify(&chain, &m.keeper_pk).is_ok());
    let same = attestation.member_index == member && attestation.person.credential_pk == signer.signing();
    if attested && same { Ok(*attestation) } else { Err(LightError::BadAnswer { member }) }
}

#[cfg(test)]
mod tests;
