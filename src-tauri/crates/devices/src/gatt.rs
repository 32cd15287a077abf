//! Pure decoders, one module per profile: octets in, typed values exactly as sent out.
//!
//! All multi-octet integers are little-endian. A decoder takes the whole characteristic value: a missing octet and an
//! octet too many are both refused. Reserved flag bits are ignored, as the specification asks of a client. Values,
//! units and times are not judged here; that is [`measure`](crate::measure)'s work.

pub mod battery;
pub mod blood_pressure;
pub mod body_composition;
pub mod cgm;
pub mod crc;
pub mod cycling;
pub mod cycling_power;
pub mod date_time;
pub mod device_information;
pub mod elapsed_time;
pub mod enhanced_blood_pressure;
pub mod glucose;
pub mod health_sensor;
pub mod heart_rate;
pub mod number;
pub mod omron;
pub mod polar_pmd;
pub mod pulse_oximeter;
pub mod racp;
pub mod running;
pub mod thermometer;
pub mod user_data;
pub mod weight;

/// Why octets are not a value of their characteristic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The flags promise more octets than there are.
    #[error("too short")]
    Truncated,
    /// Octets are left over.
    #[error("too long")]
    Trailing,
    /// A field holds a value that the specification does not define.
    #[error("undefined value")]
    Undefined,
    /// The checksum behind the value is wrong.
    #[error("wrong checksum")]
    Checksum,
    /// Not UTF-8.
    #[error("not text")]
    NotText,
}

/// Reads a value front to back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Octets<'a>(&'a [u8]);

impl<'a> Octets<'a> {
    #[inline]
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    #[inline]
    pub(crate) fn take<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or(Malformed::Truncated)?;
        self.0 = rest;
        Ok(*head)
    }

    #[inline]
    pub(crate) fn u8(&mut self) -> Result<u8, Malformed> {
        self.take::<1>().map(|[b]| b)
    }

    #[inline]
    pub(crate) fn u16(&mut self) -> Result<u16, Malformed> {
        self.take().map(u16::from_le_bytes)
    }

    #[inline]
    pub(crate) fn slice(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (head, rest) = self.0.split_at_checked(len).ok_or(Malformed::Truncated)?;
        self.0 = rest;
        Ok(head)
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(crate) const fn end(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed::Trailing) }
    }
}
