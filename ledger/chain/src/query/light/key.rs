//! Which value of the state is asked for, in a question's octets.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{CircleId, GrantId, Hash32, TxHash, VerifyingKey};
use crate::state::StateKey;

pub(super) fn write(out: &mut Writer, key: &StateKey) {
    match key {
        StateKey::Chain => out.u8(0),
        StateKey::Grant(id) => {
            out.u8(1);
            out.fixed(id);
        }
        StateKey::Access(hash) => {
            out.u8(2);
            out.fixed(hash);
        }
        StateKey::AccessLog(id, place) => {
            out.u8(3);
            out.fixed(id);
            out.u32(*place);
        }
        StateKey::Credential(pk) => {
            out.u8(4);
            out.fixed(pk);
        }
        StateKey::Expiry(place) => {
            out.u8(5);
            out.u32(*place);
        }
        StateKey::Enrolment(pk) => {
            out.u8(6);
            out.fixed(pk);
        }
        // From here on the number is that of the record's kind.
        StateKey::Contract(hash) => {
            out.u8(0x18);
            out.fixed(hash);
        }
        StateKey::Circle(id) => {
            out.u8(0x19);
            out.fixed(id);
        }
        StateKey::CircleGrant(id) => {
            out.u8(0x1a);
            out.fixed(id);
        }
        StateKey::Duty(pk) => {
            out.u8(0x1b);
            out.fixed(pk);
        }
        StateKey::DutyGrant(id) => {
            out.u8(0x1c);
            out.fixed(id);
        }
        StateKey::Statement(hash) => {
            out.u8(0x1d);
            out.fixed(hash);
        }
        StateKey::Emergency(id) => {
            out.u8(0x1e);
            out.fixed(id);
        }
        StateKey::EmergencyAct(hash) => {
            out.u8(0x21);
            out.fixed(hash);
        }
        StateKey::Objections(member) => {
            out.u8(0x22);
            out.u16(*member);
        }
        StateKey::Objection(member, place) => {
            out.u8(0x23);
            out.u16(*member);
            out.u32(*place);
        }
        StateKey::Mandate(pk) => {
            out.u8(0x24);
            out.fixed(pk);
        }
        // The same kind of record, under its other name.
        StateKey::Mandated(id) => {
            out.u8(0x25);
            out.fixed(id);
        }
    }
}

pub(super) fn read(input: &mut Reader<'_>) -> Result<StateKey, CodecError> {
    Ok(match input.u8()? {
        0 => StateKey::Chain,
        1 => StateKey::Grant(GrantId(input.array()?)),
        2 => StateKey::Access(TxHash(input.array()?)),
        3 => StateKey::AccessLog(GrantId(input.array()?), input.u32()?),
        4 => StateKey::Credential(VerifyingKey(input.array()?)),
        5 => StateKey::Expiry(input.u32()?),
        6 => StateKey::Enrolment(VerifyingKey(input.array()?)),
        0x18 => StateKey::Contract(Hash32(input.array()?)),
        0x19 => StateKey::Circle(CircleId(input.array()?)),
        0x1a => StateKey::CircleGrant(GrantId(input.array()?)),
        0x1b => StateKey::Duty(VerifyingKey(input.array()?)),
        0x1c => StateKey::DutyGrant(GrantId(input.array()?)),
        0x1d => StateKey::Statement(TxHash(input.array()?)),
        0x1e => StateKey::Emergency(GrantId(input.array()?)),
        0x21 => StateKey::EmergencyAct(TxHash(input.array()?)),
        0x22 => StateKey::Objections(input.u16()?),
        0x23 => StateKey::Objection(input.u16()?, input.u32()?),
        0x24 => StateKey::Mandate(VerifyingKey(input.array()?)),
        0x25 => StateKey::Mandated(GrantId(input.array()?)),
        _ => return Err(CodecError::Value("state key")),
    })
}
