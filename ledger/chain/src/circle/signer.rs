//! Who of a circle says something, and about what.

use super::{LAST_SEAT, MAX_GUARDIANS};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{GrantId, Hash32};

/// Whose key of a circle a statement is by. Octet: 0 the person, 1 to 127 a delegate's seat, 128 and above a guardian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signer {
    /// The person whose circle it is.
    Patient,
    /// The delegate in this seat, from 1. A seat is never given to another, so that nobody inherits what another said.
    Delegate(u8),
    /// The guardian at this place of the list, from 0. The list only changes as a whole, and a pending change goes with it.
    Guardian(u8),
}

const GUARDIAN: u8 = 0x80;

impl Signer {
    pub(super) fn write(self, out: &mut Writer) {
        out.u8(match self {
            Self::Patient => 0,
            Self::Delegate(seat) => seat,
            Self::Guardian(place) => GUARDIAN | place,
        });
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match input.u8()? {
            0 => Ok(Self::Patient),
            seat @ 1..=LAST_SEAT => Ok(Self::Delegate(seat)),
            octet if usize::from(octet & !GUARDIAN) < MAX_GUARDIANS => Ok(Self::Guardian(octet & !GUARDIAN)),
            _ => Err(CodecError::Value("signer")),
        }
    }
}

/// What an approval or an objection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The pending change with this name ([`super::Change::subject`]).
    Change(Hash32),
    /// A delegated permission.
    Grant(GrantId),
}

impl Subject {
    pub(crate) fn write(&self, out: &mut Writer) {
        match self {
            Self::Change(hash) => {
                out.u8(1);
                out.fixed(hash);
            }
            Self::Grant(id) => {
                out.u8(2);
                out.fixed(id);
            }
        }
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match input.u8()? {
            1 => Ok(Self::Change(input.hash()?)),
            2 => Ok(Self::Grant(input.grant_id()?)),
            _ => Err(CodecError::Value("subject")),
        }
    }
}
