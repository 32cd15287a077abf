//! Those who together can give a circle a new key of its person, and nothing else.

use super::MAX_GUARDIANS;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::VerifyingKey;

/// The guardians, and how many of them it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardians {
    /// Their keys of this circle.
    pub keys: Vec<VerifyingKey>,
    /// How many together, the one who asks included; 0 when there are none.
    pub threshold: u8,
}

impl Guardians {
    /// Octets of the largest encoding.
    pub(super) const MAX_OCTETS: usize = 2 + 32 * MAX_GUARDIANS + 1;

    /// Whether the threshold can be reached, and is not reached by nobody.
    pub(super) fn fits(&self) -> bool {
        let threshold = usize::from(self.threshold);
        self.keys.len() <= MAX_GUARDIANS
            && if self.keys.is_empty() { threshold == 0 } else { (1..=self.keys.len()).contains(&threshold) }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.list(&self.keys, |out, pk| out.fixed(pk));
        out.u8(self.threshold);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { keys: input.list(MAX_GUARDIANS, Reader::verifying_key)?, threshold: input.u8()? })
    }
}
