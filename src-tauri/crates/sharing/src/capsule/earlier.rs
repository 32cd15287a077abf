//! Content as earlier versions wrote it: still read, because permissions given before must open, and never written.
//!
//! ```text
//! content 01 = 01 || 4E || common
//! content 02 = 02 || 4E || common || count u16 || disclosure each
//! ```

use salus_chain::codec::{CodecError, Reader, Record, Writer};

use super::MAX_CAPSULE;
use super::content::{Content, KIND};

/// It discloses no enrolment and tells of no device.
pub(super) struct First(pub(super) Content);

/// It tells of no device.
pub(super) struct Second(pub(super) Content);

impl Record for First {
    const MAX: usize = MAX_CAPSULE;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.0.write_common(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Content::read_common(kind, input).map(Self)
    }
}

impl Record for Second {
    const MAX: usize = MAX_CAPSULE;
    const VERSION: u8 = 2;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.0.write_disclosed(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Content::read_disclosed(kind, input).map(Self)
    }
}
