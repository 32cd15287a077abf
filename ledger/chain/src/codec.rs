//! The strict encoding of everything that is signed, hashed, stored or sent.
//!
//! A record is: version octet (0x01 until its fields change), kind octet, then its fields in fixed order. Integers are
//! big-endian; lp(x) is a u32 length, then x; a list is a u16 count, then its items. No optional fields, no trailing
//! octets, a limit on every length, and encoding what was decoded must give the input back.

use crate::ids::{ChainId, CircleId, GrantId, Hash32, KeeperSetId, KemPublicKey, Nonce16, ReaderKey};
use crate::ids::{Signature, TxHash, VerifyingKey};

/// The version octet that a record begins with as long as its format has not changed.
pub const VERSION: u8 = 1;

/// Why octets are not a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The octets end inside a field.
    #[error("the record is cut short")]
    Truncated,
    /// Octets follow the last field.
    #[error("octets follow the record")]
    Trailing,
    /// A length or count is above its limit.
    #[error("a length of {length} is above the limit of {limit}")]
    TooLong {
        /// What was announced or given.
        length: usize,
        /// What is allowed.
        limit: usize,
    },
    /// The version octet is not ours.
    #[error("unknown version {0}")]
    Version(u8),
    /// The kind octet is not one expected here.
    #[error("unexpected kind {0}")]
    Kind(u8),
    /// A field has a value outside its range.
    #[error("the field {0} has a forbidden value")]
    Value(&'static str),
    /// The octets decode, but are not the one way to write this record.
    #[error("not the canonical encoding")]
    NotCanonical,
}

/// Something with exactly one encoding.
pub trait Record: Sized {
    /// The largest encoding, in octets.
    const MAX: usize;
    /// The version octet: higher than [`VERSION`] once the fields of this record have changed.
    const VERSION: u8 = VERSION;

    /// The kind octet.
    fn kind(&self) -> u8;
    /// Writes the fields.
    fn write(&self, out: &mut Writer);
    /// Reads the fields of a record of this kind.
    ///
    /// # Errors
    /// When the octets are not such a record.
    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError>;

    /// Version, kind, fields.
    fn encode(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.u8(Self::VERSION);
        out.u8(self.kind());
        self.write(&mut out);
        out.finish()
    }

    /// The record that `octets` is the only encoding of.
    ///
    /// # Errors
    /// When the octets are too many, malformed, or not canonical.
    fn decode(octets: &[u8]) -> Result<Self, CodecError> {
        if octets.len() > Self::MAX {
            return Err(CodecError::TooLong { length: octets.len(), limit: Self::MAX });
        }
        let mut input = Reader::new(octets);
        let version = input.u8()?;
        if version != Self::VERSION {
            return Err(CodecError::Version(version));
        }
        let kind = input.u8()?;
        let record = Self::read(kind, &mut input)?;
        input.end()?;
        if record.encode() != octets {
            return Err(CodecError::NotCanonical);
        }
        Ok(record)
    }
}

/// Writes fields.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// An empty encoding.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// One octet.
    pub fn u8(&mut self, value: u8) {
        self.0.push(value);
    }

    /// Two octets.
    pub fn u16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_be_bytes());
    }

    /// Four octets.
    pub fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_be_bytes());
    }

    /// Eight octets.
    pub fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_be_bytes());
    }

    /// An instant, eight octets.
    pub fn instant(&mut self, value: i64) {
        self.0.extend_from_slice(&value.to_be_bytes());
    }

    /// Octets of a length fixed by the format.
    pub fn fixed(&mut self, octets: impl AsRef<[u8]>) {
        self.0.extend_from_slice(octets.as_ref());
    }

    /// u32 length, then the octets. Longer than u32 cannot be reached: every record has a limit far below.
    pub fn lp(&mut self, octets: impl AsRef<[u8]>) {
        let octets = octets.as_ref();
        self.u32(u32::try_from(octets.len()).unwrap_or(u32::MAX));
        self.0.extend_from_slice(octets);
    }

    /// u16 count, then each item.
    pub fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.u16(u16::try_from(items.len()).unwrap_or(u16::MAX));
        for each in items {
            item(self, each);
        }
    }
}

/// Reads fields; never past the end, never more than a limit.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads from the beginning of `octets`.
    pub fn new(octets: &'a [u8]) -> Self {
        Self(octets)
    }

    /// How many octets are left.
    pub fn left(&self) -> usize {
        self.0.len()
    }

    /// The next `count` octets.
    ///
    /// # Errors
    /// [`CodecError::Truncated`].
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], CodecError> {
        let (head, tail) = self.0.split_at_checked(count).ok_or(CodecError::Truncated)?;
        self.0 = tail;
        Ok(head)
    }

    /// The next `N` octets.
    ///
    /// # Errors
    /// [`CodecError::Truncated`].
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], CodecError> {
        self.take(N)?.try_into().map_err(|_| CodecError::Truncated)
    }

    /// One octet.
    ///
    /// # Errors
    /// [`CodecError::Truncated`], as for every integer below.
    pub fn u8(&mut self) -> Result<u8, CodecError> {
        Ok(self.array::<1>()?[0])
    }

    /// Two octets.
    ///
    /// # Errors
    /// [`CodecError::Truncated`].
    pub fn u16(&mut self) -> Result<u16, CodecError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    /// Four octets.
    ///
    /// # Errors
    /// [`CodecError::Truncated`].
    pub fn u32(&mut self) -> Result<u32, CodecError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// Eight octets.
    ///
    /// # Errors
    /// [`CodecError::Truncated`].
    pub fn u64(&mut self) -> Result<u64, CodecError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// An instant: eight octets, not before 1970 and not after year 9999.
    ///
    /// # Errors
    /// [`CodecError::Truncated`] or [`CodecError::Value`].
    pub fn instant(&mut self) -> Result<i64, CodecError> {
        match i64::from_be_bytes(self.array()?) {
            value @ 0..=LAST_INSTANT => Ok(value),
            _ => Err(CodecError::Value("instant")),
        }
    }

    /// u32 length, then the octets.
    ///
    /// # Errors
    /// [`CodecError::Truncated`] or [`CodecError::TooLong`].
    pub fn lp(&mut self, limit: usize) -> Result<&'a [u8], CodecError> {
        let length = usize::try_from(self.u32()?).unwrap_or(usize::MAX);
        if length > limit {
            return Err(CodecError::TooLong { length, limit });
        }
        self.take(length)
    }

    /// lp() that holds UTF-8.
    ///
    /// # Errors
    /// As [`Reader::lp`], or [`CodecError::Value`].
    pub fn text(&mut self, limit: usize) -> Result<String, CodecError> {
        let octets = self.lp(limit)?;
        String::from_utf8(octets.to_vec()).map_err(|_| CodecError::Value("text"))
    }

    /// u16 count, then each item.
    ///
    /// # Errors
    /// [`CodecError::TooLong`], or what `item` refuses.
    pub fn list<T>(
        &mut self,
        limit: usize,
        mut item: impl FnMut(&mut Self) -> Result<T, CodecError>,
    ) -> Result<Vec<T>, CodecError> {
        let length = usize::from(self.u16()?);
        if length > limit {
            return Err(CodecError::TooLong { length, limit });
        }
        // Every item takes at least one octet, so a short input cannot reserve more than itself.
        let mut items = Vec::with_capacity(length.min(self.left()));
        for _ in 0..length {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Checks that nothing is left.
    ///
    /// # Errors
    /// [`CodecError::Trailing`].
    pub fn end(&self) -> Result<(), CodecError> {
        if self.0.is_empty() { Ok(()) } else { Err(CodecError::Trailing) }
    }
}

/// 9999-12-31T23:59:59.999Z: what a CometBFT timestamp can still hold.
pub const LAST_INSTANT: i64 = 253_402_300_799_999;

macro_rules! fixed_fields {
    ($($method:ident -> $name:ident),* $(,)?) => {
        impl Reader<'_> {
            $(
                #[doc = concat!("A ", stringify!($name), ".\n\n# Errors\n[`CodecError::Truncated`].")]
                pub fn $method(&mut self) -> Result<$name, CodecError> {
                    Ok($name(self.array()?))
                }
            )*
        }
    };
}

fixed_fields! {
    chain_id -> ChainId, grant_id -> GrantId, keeper_set_id -> KeeperSetId, tx_hash -> TxHash,
    hash -> Hash32, kem_public_key -> KemPublicKey, verifying_key -> VerifyingKey,
    signature -> Signature, nonce16 -> Nonce16, reader_key -> ReaderKey, circle_id -> CircleId,
}
