//! Identifiers: fixed-size bytes in Rust, lower-case hexadecimal text on the wire.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Text that is not the hexadecimal form of the identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a hexadecimal identifier of the right length")
    }
}

impl core::error::Error for NotAnId {}

fn nibble(c: u8) -> Result<u8, NotAnId> {
    match c {
        b'0'..=b'9' => Ok(c - b'0'),
        b'a'..=b'f' => Ok(c - b'a' + 10),
        _ => Err(NotAnId),
    }
}

fn parse<const N: usize>(s: &str) -> Result<[u8; N], NotAnId> {
    let b = s.as_bytes();
    if b.len() != 2 * N {
        return Err(NotAnId);
    }
    let mut out = [0; N];
    for (o, pair) in out.iter_mut().zip(b.chunks_exact(2)) {
        *o = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Ok(out)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $n:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $n]);

        impl $name {
            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $n] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(s: &str) -> Result<Self, NotAnId> {
                parse(s).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let s = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                s.parse().map_err(D::Error::custom)
            }
        }
    };
}

id!(
    /// One series of readings of one category in one record. 16 random octets.
    SeriesId, 16);
id!(
    /// One measuring device as the gateway knows it: SHA-256 of its most stable identity, first 16 octets.
    DeviceId, 16);
id!(
    /// One permission: SHA-256("hg/v1/grant-id" || chain_id || patient_grant_pk || nonce16), 32 octets.
    GrantId, 32);
id!(
    /// One person's circle of helpers: SHA-256("hg/v1/circle-id" || chain_id || patient_pk || nonce16), 32 octets.
    CircleId, 32);
id!(
    /// One asking for a change of a circle, 32 octets: asked for again it is another.
    ChangeId, 32);
id!(
    /// One code that was given out: the signing half of the key in it, 32 octets.
    CodeId, 32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_refuses_everything_else() {
        let id = SeriesId([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "ab",
            "AB".repeat(16).as_str(),
            "zz".repeat(16).as_str(),
            "ab".repeat(17).as_str(),
            "é".repeat(16).as_str(),
        ] {
            assert_eq!(bad.parse::<SeriesId>(), Err(NotAnId), "{bad}");
        }
    }
}
