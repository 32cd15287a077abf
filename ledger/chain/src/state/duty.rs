//! DutyTx, DutyGrantTx, and who opens a permission to those on duty.

use super::overlay::Overlay;
use super::{CheckError, Event, Head, StateKey, StateReader, TxRefused, grant};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::duty::{DutyGroup, MAX_DUTY_MS, MAX_ROLE_OCTETS, person_key};
use crate::genesis::ChainContext;
use crate::ids::TxHash;
use crate::merkle::MerklePath;
use crate::sign::Label;
use crate::time::UnixMillis;
use crate::tx::{AccessBody, DutyBody, DutyGrantBody, DutyGrantTx, DutyTx, PaidBody};

/// The newest statement about somebody's duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRecord {
    /// The statement.
    pub body: DutyBody,
    /// The height it was recorded at.
    pub height: u64,
}

impl DutyRecord {
    /// Whether they are on duty at an instant, as far as this statement goes.
    pub const fn in_force(&self, instant: UnixMillis) -> bool {
        instant < self.body.until_ms
    }
}

/// What makes a recorded permission one to a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyGrantRecord {
    /// Whom it is given to.
    pub group: DutyGroup,
}

pub(super) fn duty_signed(ctx: &ChainContext, tx: &DutyTx) -> Result<(), TxRefused> {
    let member = ctx.keeper_pk(tx.body.group.member()).ok_or(TxRefused::UnknownMember)?;
    member
        .verify(Label::Duty, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn duty<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &DutyBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let over = body.until_ms == 0;
    let ahead = body.until_ms.saturating_sub(now.time_ms);
    if !over && !(1..=MAX_DUTY_MS).contains(&ahead) {
        return Err(TxRefused::Times.into());
    }
    // A credential stays its member's for good, so there is one member who can say this of a key.
    let credential = state.credential(&body.credential_pk)?.ok_or(TxRefused::Credential)?;
    if credential.body.member_index != body.group.member() {
        return Err(TxRefused::CredentialOwner.into());
    }
    if !over && !credential.in_force(now.time_ms) {
        return Err(TxRefused::Credential.into());
    }
    let last = state.duty(&body.credential_pk)?;
    if last.is_some_and(|last| body.nonce <= last.body.nonce) {
        return Err(TxRefused::Nonce.into());
    }
    let record = DutyRecord { body: body.clone(), height: now.height };
    state.put(StateKey::Duty(body.credential_pk), &record);
    events.push(Event::Duty(body.credential_pk));
    Ok(())
}

/// Everything that needs no state: what holds for every permission, that the group is this chain's and the permission's, that
/// the contract is the group's, and the signatures.
pub(super) fn duty_grant_signed(ctx: &ChainContext, tx: &DutyGrantTx) -> Result<(), TxRefused> {
    let (body, terms) = (&tx.body, &tx.body.grant.terms);
    grant::body_holds(ctx, &body.grant, &body.octets(), tx.pow)?;
    ctx.keeper_pk(body.group.member()).ok_or(TxRefused::UnknownMember)?;
    let holds =
        terms.reader_pk_root == body.group.tag() && body.group.contract_hash() == Some(terms.contract_hash);
    if !holds {
        return Err(TxRefused::DutyForm);
    }
    terms
        .patient_grant_pk
        .verify(Label::DutyGrant, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)?;
    grant::acks_verify(ctx, &body.grant)
}

pub(super) fn duty_grant<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &DutyGrantBody,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    // Refuses before it records anything, so this is the last that can refuse.
    grant::grant(state, now, &body.grant, hash, events)?;
    let record = DutyGrantRecord { group: body.group.clone() };
    state.put(StateKey::DutyGrant(body.grant.terms.grant_id), &record);
    Ok(())
}

/// Whether who signs a receipt is on duty for the group that the permission was given to, and what the member said of it.
pub(super) fn may_open<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    group: &DutyGroup,
    body: &AccessBody,
) -> Result<DutyRecord, CheckError> {
    let signer = body.reader_pk.signing();
    // One way to write it: a person has no place in a tree of readers, and nothing is sealed to the other half.
    if body.path != MerklePath::single() || body.reader_pk != person_key(signer) {
        return Err(TxRefused::Reader.into());
    }
    let (credential, duty) = (state.credential(&signer)?, state.duty(&signer)?);
    group.serves(credential.as_ref(), duty.as_ref(), now.time_ms)?;
    Ok(duty.ok_or(TxRefused::OffDuty)?)
}

const DUTY: u8 = 0x1b;
const DUTY_GRANT: u8 = 0x1c;

impl Record for DutyRecord {
    // Version, kind, key, group, end, nonce, height.
    const MAX: usize = 2 + 32 + (2 + 4 + MAX_ROLE_OCTETS) + 8 + 8 + 8;

    fn kind(&self) -> u8 {
        DUTY
    }

    fn write(&self, out: &mut Writer) {
        self.body.write(out);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            DUTY => Ok(Self { body: DutyBody::read(input)?, height: input.u64()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

impl Record for DutyGrantRecord {
    const MAX: usize = 2 + (2 + 4 + MAX_ROLE_OCTETS);

    fn kind(&self) -> u8 {
        DUTY_GRANT
    }

    fn write(&self, out: &mut Writer) {
        self.group.write_fields(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            DUTY_GRANT => Ok(Self { group: DutyGroup::read_fields(input)? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}
