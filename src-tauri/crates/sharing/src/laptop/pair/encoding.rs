//! The octets of the three.

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::codec::{CodecError, Reader, Record, Writer};

use super::{Hello, Offer, Reveal};
use crate::laptop::{read_computer, write_computer};

impl Record for Offer {
    const MAX: usize = 2 + 64 + 48 + 32 + 64;

    fn kind(&self) -> u8 {
        0x71
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.laptop);
        write_computer(out, &self.writer);
        out.fixed(self.commitment);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x71 => Ok(Self {
                laptop: input.reader_key()?,
                writer: read_computer(input)?,
                commitment: input.hash()?,
                signature: input.signature()?,
            }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

impl Record for Hello {
    const MAX: usize = 2 + 32 + 64 + 32 + 32 + 4 + 4 * MAX_NAME + 64;

    fn kind(&self) -> u8 {
        0x72
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.identity);
        out.fixed(self.laptop);
        out.fixed(self.offer);
        out.fixed(self.nonce);
        out.lp(&self.person);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x72 {
            return Err(CodecError::Kind(kind));
        }
        let (identity, laptop) = (input.verifying_key()?, input.reader_key()?);
        let (offer, nonce, person) = (input.hash()?, input.array()?, input.text(4 * MAX_NAME)?);
        check_name(&person)?;
        Ok(Self { identity, laptop, offer, nonce, person, signature: input.signature()? })
    }
}

impl Record for Reveal {
    const MAX: usize = 2 + 32 + 32 + 64;

    fn kind(&self) -> u8 {
        0x73
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.hello);
        out.fixed(self.nonce);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x73 => Ok(Self { hello: input.hash()?, nonce: input.array()?, signature: input.signature()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}
