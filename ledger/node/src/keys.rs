//! A member's secret keys, and the public half that goes into a genesis.

use std::fmt;
use std::io;
use std::path::Path;

use rand::CryptoRng;
use salus_chain::genesis::Member;
use salus_chain::ids::{KemPublicKey, VerifyingKey};
use salus_chain::sign::SigningKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Why keys cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: String,
        /// What it said.
        source: io::Error,
    },
    /// Not a key file.
    #[error("{0}: not a key file")]
    Format(String),
}

/// The four secrets of a member; shown only as their public halves.
#[derive(Clone)]
pub struct Keys {
    /// libp2p identity in both swarms: an Ed25519 seed.
    pub network: Zeroizing<[u8; 32]>,
    /// Signs votes and nothing else.
    pub consensus: SigningKey,
    /// Signs acks, releases, erasures and attestations.
    pub keeper: SigningKey,
    /// X25519 secret that shares are sealed to.
    pub keeper_kem: Zeroizing<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    network: Zeroizing<String>,
    consensus: Zeroizing<String>,
    keeper: Zeroizing<String>,
    keeper_kem: Zeroizing<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys(consensus {}, keeper {})", self.consensus_pk(), self.keeper_pk())
    }
}

impl Keys {
    /// Four fresh keys.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = || {
            let mut octets = Zeroizing::new([0; 32]);
            rng.fill_bytes(&mut *octets);
            octets
        };
        Self {
            network: seed(),
            consensus: SigningKey::from_bytes(&seed()),
            keeper: SigningKey::from_bytes(&seed()),
            keeper_kem: seed(),
        }
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// If it cannot be read or is not one.
    pub fn load(path: &Path) -> Result<Self, KeysError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|source| KeysError::Io { path: shown.clone(), source })?;
        let file: File = toml::from_str(&text).map_err(|_| KeysError::Format(shown.clone()))?;
        let seed = |text: &str| {
            let mut octets = Zeroizing::new([0; 32]);
            hex::decode_to_slice(text, &mut *octets).map_err(|_| KeysError::Format(shown.clone()))?;
            Ok(octets)
        };
        Ok(Self {
            network: seed(&file.network)?,
            consensus: SigningKey::from_bytes(&*seed(&file.consensus)?),
            keeper: SigningKey::from_bytes(&*seed(&file.keeper)?),
            keeper_kem: seed(&file.keeper_kem)?,
        })
    }

    /// Writes a new key file with mode 0600; never over an existing one.
    ///
    /// # Errors
    /// If the file exists or cannot be written.
    pub fn create(&self, path: &Path) -> Result<(), KeysError> {
        let text = |octets: &[u8; 32]| Zeroizing::new(hex::encode(octets));
        let file = File {
            network: text(&self.network),
            consensus: text(&Zeroizing::new(self.consensus.to_bytes())),
            keeper: text(&Zeroizing::new(self.keeper.to_bytes())),
            keeper_kem: text(&self.keeper_kem),
        };
        let shown = path.display().to_string();
        let text =
            toml::to_string(&file).map(Zeroizing::new).map_err(|_| KeysError::Format(shown.clone()))?;
        create_private(path, text.as_bytes()).map_err(|source| KeysError::Io { path: shown, source })
    }

    /// The consensus key's public half.
    #[must_use]
    pub fn consensus_pk(&self) -> VerifyingKey {
        self.consensus.verifying_key()
    }

    /// The keeper's signing key's public half.
    #[must_use]
    pub fn keeper_pk(&self) -> VerifyingKey {
        self.keeper.verifying_key()
    }

    /// The keeper's HPKE key's public half.
    #[must_use]
    pub fn keeper_kem_pk(&self) -> KemPublicKey {
        let secret = x25519_dalek::StaticSecret::from(*self.keeper_kem);
        KemPublicKey(x25519_dalek::PublicKey::from(&secret).to_bytes())
    }

    /// The libp2p keypair of both swarms.
    ///
    /// # Errors
    /// Never for 32 octets; the library's signature allows it.
    pub fn network_keypair(&self) -> Result<libp2p::identity::Keypair, libp2p::identity::DecodingError> {
        libp2p::identity::Keypair::ed25519_from_bytes(*self.network)
    }

    /// This member's entry for a genesis.
    ///
    /// # Errors
    /// As [`Self::network_keypair`].
    pub fn member(
        &self,
        name: &str,
        public_addr: &str,
        consensus_addr: &str,
    ) -> Result<Member, libp2p::identity::DecodingError> {
        Ok(Member {
            name: name.into(),
            consensus_pk: self.consensus_pk(),
            keeper_pk: self.keeper_pk(),
            keeper_kem_pk: self.keeper_kem_pk(),
            peer_id: self.network_keypair()?.public().to_peer_id().to_string(),
            public_addr: public_addr.into(),
            consensus_addr: consensus_addr.into(),
        })
    }
}

/// Creates `path` with mode 0600 and writes `bytes`, synced.
///
/// # Errors
/// If it exists or cannot be written.
pub(crate) fn create_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_the_file_and_are_for_the_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.toml");
        let keys = Keys::generate(&mut crate::entropy::rng());
        keys.create(&path).unwrap();
        let back = Keys::load(&path).unwrap();
        assert_eq!(back.member("a", "b", "c").unwrap(), keys.member("a", "b", "c").unwrap());
        assert!(keys.create(&path).is_err(), "an existing key file is never overwritten");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(!format!("{keys:?}").contains(&hex::encode(*keys.network)));
    }
}
