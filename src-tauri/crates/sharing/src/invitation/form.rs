//! The octets of a code.
//!
//! ```text
//! code 1    = 01 || 43 || reader_pk 64 || lp(attestation) || signature 64 by credential_pk, over reader_pk
//! code 2    = 02 || 43 || reader_pk 64 || lp(attestation) || request || signature 64 by credential_pk, over all before it
//! request   = purpose u8 || count u16 || category u8 each, ascending || days back u16 || days ahead u16 || lasts u16
//!             || lp(words)
//! reader_pk = Ed25519 || X25519, fresh for each invitation: two codes of one clinician share the attestation only
//! ```
//!
//! Both signatures are under the label "code": what version 1 signs has 64 octets, what version 2 signs has more. A code
//! that asks for nothing is written in version 1, which every Salus reads.

use salus_chain::attestation::Attestation;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ReaderKey, Signature};
use salus_wire::Category;
use salus_wire::view::{AskedView, Purpose};

use super::Code;

const KIND: u8 = 0x43;
// A character takes at most four octets in UTF-8.
const MAX_WORDS_OCTETS: usize = 4 * AskedView::MAX_WORDS;
const MAX_REQUEST: usize = 1 + 2 + Category::ALL.len() + 3 * 2 + 4 + MAX_WORDS_OCTETS;

/// It asks for nothing.
struct First(Code);

/// It asks for something.
struct Second(Code);

impl Code {
    /// Most octets, of either version.
    pub(crate) const MAX: usize = Second::MAX;

    /// The one encoding.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self.request {
            None => First(self.clone()).encode(),
            Some(_) => Second(self.clone()).encode(),
        }
    }

    /// Reads either version; nothing is proven.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn decode(octets: &[u8]) -> Result<Self, CodecError> {
        match octets.first() {
            Some(&Second::VERSION) => Second::decode(octets).map(|Second(code)| code),
            _ => First::decode(octets).map(|First(code)| code),
        }
    }

    /// What the clinician signs.
    pub(super) fn unsigned(&self) -> Vec<u8> {
        match self.request {
            None => self.reader.as_ref().to_vec(),
            Some(_) => {
                let mut octets = self.encode();
                octets.truncate(octets.len().saturating_sub(Signature::LEN));
                octets
            }
        }
    }
}

impl Record for First {
    const MAX: usize = 2 + 64 + 4 + Attestation::MAX + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        write_who(&self.0, out);
        out.fixed(self.0.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let (reader, attestation) = read_who(kind, input)?;
        Ok(Self(Code { reader, attestation, request: None, signature: input.signature()? }))
    }
}

impl Record for Second {
    const MAX: usize = First::MAX + MAX_REQUEST;
    const VERSION: u8 = 2;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        write_who(&self.0, out);
        if let Some(request) = &self.0.request {
            write_request(request, out);
        }
        out.fixed(self.0.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let (reader, attestation) = read_who(kind, input)?;
        let request = Some(read_request(input)?);
        Ok(Self(Code { reader, attestation, request, signature: input.signature()? }))
    }
}

fn write_who(code: &Code, out: &mut Writer) {
    out.fixed(code.reader);
    out.lp(code.attestation.encode());
}

fn read_who(kind: u8, input: &mut Reader<'_>) -> Result<(ReaderKey, Attestation), CodecError> {
    match kind {
        KIND => Ok((input.reader_key()?, Attestation::decode(input.lp(Attestation::MAX)?)?)),
        other => Err(CodecError::Kind(other)),
    }
}

fn write_request(request: &AskedView, out: &mut Writer) {
    out.u8(request.purpose.code());
    out.list(&request.categories, |out, category| out.u8(category.code()));
    out.u16(request.days_back);
    out.u16(request.days_ahead);
    out.u16(request.lasts_days);
    out.lp(&request.words);
}

fn read_request(input: &mut Reader<'_>) -> Result<AskedView, CodecError> {
    let purpose = Purpose::from_code(input.u8()?).ok_or(CodecError::Value("purpose"))?;
    let categories = input.list(Category::ALL.len(), |input| {
        Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))
    })?;
    let request = AskedView {
        purpose,
        categories,
        days_back: input.u16()?,
        days_ahead: input.u16()?,
        lasts_days: input.u16()?,
        words: input.text(MAX_WORDS_OCTETS)?,
    };
    request.check().map_err(CodecError::Value)?;
    Ok(request)
}

#[cfg(test)]
mod tests;
