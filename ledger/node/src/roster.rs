//! Whom this member attests, and what it last said of their duty: written by the command line, read by the desk.
//!
//! ```text
//! data/people/<key>         the attestation, mode 0600
//! data/people/<key>.duty    the newest DutyTx about that key
//! ```
//!
//! The chain has neither names nor this list: it has hashes of attestations, and the newest statement under each key.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use salus_chain::attestation::Attestation;
use salus_chain::codec::Record;
use salus_chain::ids::VerifyingKey;
use salus_chain::tx::{DutyBody, DutyTx, Tx};

use crate::home::Home;

/// An attestation and a duty are each below this.
const MAX_FILE: u64 = 4 * 1024;

/// The folder of people.
#[derive(Debug, Clone)]
pub struct Roster(PathBuf);

/// Somebody whom this member attests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who it is.
    pub attestation: Attestation,
    /// What was last said of their duty, if anything.
    pub duty: Option<DutyBody>,
}

impl Roster {
    /// The roster of a home.
    #[must_use]
    pub fn of(home: &Home) -> Self {
        Self(home.data().join("people"))
    }

    fn duty_file(&self, key: &VerifyingKey) -> PathBuf {
        self.0.join(format!("{key}.duty"))
    }

    /// Keeps an attestation, in place of an earlier one of the same key.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn keep(&self, attestation: &Attestation) -> io::Result<()> {
        let key = attestation.person.credential_pk;
        self.put(&self.0.join(key.to_string()), &attestation.encode())
    }

    /// Keeps what was said of somebody's duty.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn say(&self, duty: &DutyTx) -> io::Result<()> {
        let path = self.duty_file(&duty.body.credential_pk);
        self.put(&path, &Tx::Duty(duty.clone()).encode())
    }

    /// Who has this key, if this member attested it.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn attestation(&self, key: &VerifyingKey) -> io::Result<Option<Attestation>> {
        let Some(octets) = read(&self.0.join(key.to_string()))? else { return Ok(None) };
        Attestation::decode(&octets).map(Some).map_err(io::Error::other)
    }

    /// Everybody, in order of the keys.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read.
    pub fn everybody(&self) -> io::Result<Vec<Known>> {
        let entries = match std::fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut keys: Vec<VerifyingKey> = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            keys.extend(name.to_str().and_then(|name| name.parse::<VerifyingKey>().ok()));
        }
        keys.sort_unstable();
        let mut people = Vec::with_capacity(keys.len());
        for key in keys {
            if let Some(attestation) = self.attestation(&key)? {
                people.push(Known { attestation, duty: self.duty(&key)? });
            }
        }
        Ok(people)
    }

    fn duty(&self, key: &VerifyingKey) -> io::Result<Option<DutyBody>> {
        let Some(octets) = read(&self.duty_file(key))? else { return Ok(None) };
        match Tx::decode(&octets).map_err(io::Error::other)? {
            Tx::Duty(tx) => Ok(Some(tx.body)),
            _ => Err(io::Error::other("not a duty")),
        }
    }

    fn put(&self, path: &Path, octets: &[u8]) -> io::Result<()> {
        std::fs::create_dir_all(&self.0)?;
        let part = path.with_extension("part");
        // A part left by a command that was interrupted is in the way of the next attempt.
        let _ = std::fs::remove_file(&part);
        crate::keys::create_private(&part, octets)?;
        std::fs::rename(part, path)
    }
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut octets = Vec::new();
    file.take(MAX_FILE).read_to_end(&mut octets)?;
    Ok(Some(octets))
}

#[cfg(test)]
mod tests {
    use salus_chain::attestation::Person;
    use salus_chain::duty::DutyGroup;
    use salus_chain::ids::ChainId;
    use salus_chain::sign::SigningKey;

    use super::*;

    const CHAIN: ChainId = ChainId([3; 32]);

    fn attested(seed: u8, name: &str) -> Attestation {
        let (key, member) = (SigningKey::from_bytes(&[seed; 32]), SigningKey::from_bytes(&[1; 32]));
        let person =
            Person { credential_pk: key.verifying_key(), name: name.into(), organisation: "North".into() };
        Attestation::sign(person, 1, 5, [seed; 16], &CHAIN, &member)
    }

    #[test]
    fn people_and_their_duty_are_kept_and_the_newest_counts() {
        let dir = tempfile::tempdir().unwrap();
        let roster = Roster::of(&Home::at(dir.path()));
        assert_eq!(roster.everybody().unwrap(), []);
        let (anna, ben) = (attested(2, "Anna"), attested(3, "Ben"));
        let key = anna.person.credential_pk;
        assert_eq!(roster.attestation(&key).unwrap(), None);
        for attestation in [&attested(2, "Ann"), &anna, &ben] {
            roster.keep(attestation).unwrap();
        }
        let member = SigningKey::from_bytes(&[1; 32]);
        let said = |until_ms: i64, nonce: u64| {
            let group = DutyGroup::new(1, "Night").unwrap();
            let body = DutyBody { credential_pk: key, group, until_ms, nonce };
            roster.say(&body.clone().sign(&CHAIN, &member)).unwrap();
            body
        };
        said(9, 1);
        let duty = said(0, 2);
        assert_eq!(roster.attestation(&key).unwrap(), Some(anna.clone()));
        let mut everybody =
            vec![Known { attestation: anna, duty: Some(duty) }, Known { attestation: ben, duty: None }];
        everybody.sort_by_key(|known| known.attestation.person.credential_pk);
        assert_eq!(roster.everybody().unwrap(), everybody);
    }
}
