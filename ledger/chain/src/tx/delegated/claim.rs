//! What a steward shows about a permission without telling what it is.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{Hash32, ReaderKey, Signature, VerifyingKey};
use crate::merkle::MerklePath;

/// That a category is one the steward may permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryClaim {
    /// [`crate::circle::category_leaf`], or an inner node for every category below it.
    pub leaf: Hash32,
    /// Its place under the steward's `categories_root`.
    pub path: MerklePath,
    /// Its place under the policy's `ordinary_root`; without one it counts as sensitive.
    pub ordinary: Option<MerklePath>,
}

/// Where a clinician stands among those whom the steward may permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientPlace {
    /// Opens the leaf ([`crate::circle::recipient_leaf`]).
    pub salt: [u8; 16],
    /// Its place under the steward's `recipients_root`.
    pub path: MerklePath,
}

/// That a reader's key is a clinician's, and that the steward may permit this clinician.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderClaim {
    /// The key that the permission is given to.
    pub reader_pk: ReaderKey,
    /// The clinician's attested key.
    pub credential_pk: VerifyingKey,
    /// By `credential_pk`, under [`crate::sign::Label::Code`], over `reader_pk`: as in the clinician's code. Without it a
    /// steward could name a clinician and let somebody else read.
    pub code_signature: Signature,
    /// The clinician's place; none when the steward may permit any attested one.
    pub place: Option<RecipientPlace>,
}

/// 1 and the field, or 0.
fn write_maybe<T>(out: &mut Writer, field: Option<&T>, write: impl FnOnce(&mut Writer, &T)) {
    out.u8(u8::from(field.is_some()));
    if let Some(field) = field {
        write(out, field);
    }
}

fn read_maybe<T>(
    input: &mut Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, CodecError>,
) -> Result<Option<T>, CodecError> {
    match input.u8()? {
        0 => Ok(None),
        1 => read(input).map(Some),
        _ => Err(CodecError::Value("claim")),
    }
}

impl CategoryClaim {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.leaf);
        self.path.write(out);
        write_maybe(out, self.ordinary.as_ref(), |out, path| path.write(out));
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            leaf: input.hash()?,
            path: MerklePath::read(input)?,
            ordinary: read_maybe(input, MerklePath::read)?,
        })
    }
}

impl ReaderClaim {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.reader_pk);
        out.fixed(self.credential_pk);
        out.fixed(self.code_signature);
        write_maybe(out, self.place.as_ref(), |out, place| {
            out.fixed(place.salt);
            place.path.write(out);
        });
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            reader_pk: input.reader_key()?,
            credential_pk: input.verifying_key()?,
            code_signature: input.signature()?,
            place: read_maybe(input, |input| {
                Ok(RecipientPlace { salt: input.array()?, path: MerklePath::read(input)? })
            })?,
        })
    }
}
