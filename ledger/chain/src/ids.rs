//! Identifiers: newtypes over fixed octets, shown and stored as lower-case hex.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Text that is not the hex of the expected number of octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {octets} octets as {} hex digits", octets * 2)]
pub struct IdParseError {
    /// How many octets the identifier has.
    pub octets: usize,
}

/// SHA-256 over the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

macro_rules! octets {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Number of octets.
            pub const LEN: usize = $len;

            /// The octets.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl From<[u8; $len]> for $name {
            fn from(octets: [u8; $len]) -> Self {
                Self(octets)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdParseError;

            fn from_str(text: &str) -> Result<Self, IdParseError> {
                let mut octets = [0u8; $len];
                hex::decode_to_slice(text, &mut octets).map_err(|_| IdParseError { octets: $len })?;
                Ok(Self(octets))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_string())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

octets!(
    /// SHA-256 of the canonical genesis: names one chain.
    ChainId, 32
);
octets!(
    /// Names one permission: SHA-256("hg/v1/grant-id" || chain_id || patient_grant_pk || nonce16).
    GrantId, 32
);
octets!(
    /// Names one circle: SHA-256("hg/v1/circle-id" || chain_id || patient_pk || nonce16).
    CircleId, 32
);
octets!(
    /// Names the ordered set of keepers that a share index refers to.
    KeeperSetId, 32
);
octets!(
    /// SHA-256 of an encoded transaction.
    TxHash, 32
);
octets!(
    /// Any other 32-octet hash, root or commitment.
    Hash32, 32
);
octets!(
    /// An X25519 public key that HPKE messages are sealed to.
    KemPublicKey, 32
);
octets!(
    /// An Ed25519 public key, checked only when a signature is verified.
    VerifyingKey, 32
);
octets!(
    /// An Ed25519 signature.
    Signature, 64
);
octets!(
    /// The random part of a grant's id.
    Nonce16, 16
);
octets!(
    /// What a permission is given to: Ed25519 signing key || X25519 key, both fresh for each invitation.
    ReaderKey, 64
);

impl Hash32 {
    /// All zero: "none" wherever a root or a contract is optional by meaning.
    pub const ZERO: Self = Self([0; 32]);
}

impl GrantId {
    /// The id of the grant that `patient_grant_pk` makes with `nonce`.
    pub fn derive(chain: &ChainId, patient_grant_pk: &VerifyingKey, nonce: &Nonce16) -> Self {
        Self(sha256(&[b"hg/v1/grant-id", &chain.0, &patient_grant_pk.0, &nonce.0]))
    }
}

impl CircleId {
    /// The id of the circle that `patient_pk` makes with `nonce`.
    pub fn derive(chain: &ChainId, patient_pk: &VerifyingKey, nonce: &Nonce16) -> Self {
        Self(sha256(&[b"hg/v1/circle-id", &chain.0, &patient_pk.0, &nonce.0]))
    }
}

impl ReaderKey {
    /// Joins the two halves.
    pub fn new(signing: VerifyingKey, kem: KemPublicKey) -> Self {
        let mut octets = [0u8; 64];
        octets[..32].copy_from_slice(&signing.0);
        octets[32..].copy_from_slice(&kem.0);
        Self(octets)
    }

    /// The half that signs AccessTx.
    pub fn signing(&self) -> VerifyingKey {
        let mut half = [0u8; 32];
        half.copy_from_slice(&self.0[..32]);
        VerifyingKey(half)
    }

    /// The half that capsules are sealed to.
    pub fn kem(&self) -> KemPublicKey {
        let mut half = [0u8; 32];
        half.copy_from_slice(&self.0[32..]);
        KemPublicKey(half)
    }

    /// Leaf of `reader_pk_root`: SHA-256(0x00 || "hg/v1/reader" || reader_pk).
    pub fn leaf(&self) -> Hash32 {
        Hash32(sha256(&[&[0], b"hg/v1/reader", &self.0]))
    }
}

impl VerifyingKey {
    /// Leaf of `revoker_root`: SHA-256(0x00 || "hg/v1/revoker" || pk).
    pub fn revoker_leaf(&self) -> Hash32 {
        Hash32(sha256(&[&[0], b"hg/v1/revoker", &self.0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trips_and_wrong_lengths_are_refused() {
        let id = GrantId([0xab; 32]);
        assert_eq!(id.to_string().parse::<GrantId>(), Ok(id));
        assert_eq!(serde_json::from_str::<GrantId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
        assert_eq!("abcd".parse::<GrantId>(), Err(IdParseError { octets: 32 }));
        assert!("zz".repeat(32).parse::<GrantId>().is_err());
    }

    #[test]
    fn reader_key_splits_into_its_halves() {
        let key = ReaderKey::new(VerifyingKey([1; 32]), KemPublicKey([2; 32]));
        assert_eq!((key.signing(), key.kem()), (VerifyingKey([1; 32]), KemPublicKey([2; 32])));
    }
}
