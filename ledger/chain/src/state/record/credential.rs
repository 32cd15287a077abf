//! What a member says of a clinician's key.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::time::UnixMillis;
use crate::tx::{CredentialBody, CredentialStatus};

/// The newest statement about a clinician's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The statement.
    pub body: CredentialBody,
    /// The height it was recorded at.
    pub height: u64,
}

impl CredentialRecord {
    /// Whether it is in force at an instant.
    pub fn in_force(&self, instant: UnixMillis) -> bool {
        self.body.status == CredentialStatus::Active && instant < self.body.valid_until_ms
    }

    /// Whether this is another person's key than `other`, as far as members say. Of two keys of one member both have to say
    /// whose they are. Of keys of two members nobody can tell, and they count as two persons'.
    pub fn another_person(&self, other: &Self) -> bool {
        let (one, two) = (&self.body, &other.body);
        if one.credential_pk == two.credential_pk {
            return false;
        }
        if one.member_index != two.member_index {
            return true;
        }
        one.subject.zip(two.subject).is_some_and(|(one, two)| one != two)
    }
}

impl Record for CredentialRecord {
    const MAX: usize = 256;

    fn kind(&self) -> u8 {
        if self.body.subject.is_some() { 0x1f } else { 0x14 }
    }

    fn write(&self, out: &mut Writer) {
        self.body.write(out);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = match kind {
            0x14 => CredentialBody::read(input)?,
            0x1f => CredentialBody::read_told(input)?,
            other => return Err(CodecError::Kind(other)),
        };
        Ok(Self { body, height: input.u64()? })
    }
}
