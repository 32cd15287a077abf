//! Writing one backup, and reading it back.

use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use age::x25519::{Identity, Recipient};
use age::{Decryptor, Encryptor};

use super::{Backup, BackupError, Watch, name, shelf, tape};
use crate::vault::files;

/// One backup to write.
pub(crate) struct Job {
    /// The folder, which exists.
    pub(crate) folder: PathBuf,
    /// Whose it is.
    pub(crate) record: [u8; 16],
    /// The file's final name.
    pub(crate) name: String,
    /// The recovery key's recipient.
    pub(crate) recipient: String,
    /// The recipient of the guardians' parts together, while there are guardians.
    pub(crate) guardians: Option<String>,
    /// The keyslots file.
    pub(crate) keyslots: Vec<u8>,
    /// The application's own small file.
    pub(crate) profile: Option<Vec<u8>>,
    /// The copy of the database.
    pub(crate) snapshot: PathBuf,
    /// Of when it is, Unix milliseconds.
    pub(crate) at: i64,
}

/// Writes it beside, syncs, opens it again and checks every octet; then it gets its name, and the folder is synced. Stopped or killed
/// before that, it is no backup.
///
/// The check decrypts with a key that exists for this one call: the file's own check value covers its head, and with it the
/// parts for the recovery key and for the guardians, as they were written.
pub(crate) fn write(job: &Job, watch: &Watch) -> Result<Backup, BackupError> {
    let path = job.folder.join(&job.name);
    let beside = job.folder.join(name::unfinished(&job.name));
    // What a kill left of an earlier one: as good as a backup to whoever has the recovery key, and listed nowhere.
    shelf::clear_interrupted(&job.folder, job.record)?;
    let check = Identity::generate();
    let written = seal(job, &beside, &check, &watch.part(0, 2)).and_then(|()| {
        let size = verify(&beside, &check, &watch.part(1, 2))
            // Reading that was broken off says many things, none of them about the file.
            .map_err(
                |_| if watch.is_stopped() { BackupError::Cancelled } else { BackupError::NotVerified },
            )?;
        fs::rename(&beside, &path).map_err(|e| BackupError::writing(&e))?;
        files::sync_directory(&job.folder).map_err(|e| BackupError::writing(&e))?;
        Ok(size)
    });
    match written {
        Ok(size) => Ok(Backup { path, at: job.at - job.at.rem_euclid(1000), size }),
        Err(e) => {
            // A full disk needs the room.
            drop(fs::remove_file(&beside));
            Err(e)
        }
    }
}

fn seal(job: &Job, beside: &Path, check: &Identity, watch: &Watch) -> Result<(), BackupError> {
    // A recipient that does not parse was damaged in the cabinet, which is sealed: it was never one.
    let to = [Some(&job.recipient), job.guardians.as_ref()].into_iter().flatten();
    let mut recipients = vec![check.to_public()];
    for recipient in to {
        recipients.push(recipient.parse::<Recipient>().map_err(|_| BackupError::NoRecipient)?);
    }
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(|_| BackupError::NoRecipient)?;
    let mut database = File::open(&job.snapshot).map_err(|_| BackupError::Unreadable)?;
    let database_len = database.metadata().map_err(|_| BackupError::Unreadable)?.len();
    let file = files::private().create(true).truncate(true).write(true).open(beside);
    let file = file.map_err(|e| BackupError::writing(&e))?;
    let sealed = encryptor.wrap_output(file).map_err(|e| BackupError::writing(&e))?;
    let content = tape::Content {
        keyslots: &job.keyslots,
        profile: job.profile.as_deref(),
        database: &mut database,
        database_len,
        made: u64::try_from(job.at / 1000).unwrap_or(0),
    };
    let sealed = tape::write(sealed, content, watch)?;
    let file = sealed.finish().map_err(|e| BackupError::writing(&e))?;
    files::sync(&file).map_err(|e| BackupError::writing(&e))
}

/// Decrypts a file with the check's key and walks through it; its size.
fn verify(path: &Path, check: &Identity, watch: &Watch) -> Result<u64, BackupError> {
    let file = File::open(path).map_err(|_| BackupError::Unreadable)?;
    let size = file.metadata().map_err(|_| BackupError::Unreadable)?.len();
    tape::read(open(file, check)?, watch, |_, _, _| Ok(()))?;
    Ok(size)
}

/// Most octets of an age file's head: three recipients take some 450.
const MAX_HEAD: u64 = 16 * 1024;

/// The plain text of an age file, as a stream. The file is read once, from its beginning to its end: the head that is opened is the one
/// that was looked at, and nothing has to be sought in it.
///
/// # Errors
/// [`BackupError::NotABackup`], [`BackupError::WrongKey`], [`BackupError::Altered`], [`BackupError::Unreadable`].
pub(crate) fn open<F: Read>(mut file: F, identity: &Identity) -> Result<impl Read + use<F>, BackupError> {
    let head = bounded(&mut file)?;
    let whole = BufReader::new(Cursor::new(head).chain(file));
    let sealed = Decryptor::new_buffered(whole).map_err(|e| refusal(&e))?;
    sealed.decrypt(core::iter::once(identity as &dyn age::Identity)).map_err(|e| refusal(&e))
}

/// How the file begins. Refuses a head without end, which the library would read into memory.
fn bounded(file: &mut impl Read) -> Result<Vec<u8>, BackupError> {
    let mut head = Vec::new();
    file.take(MAX_HEAD).read_to_end(&mut head).map_err(|_| BackupError::Unreadable)?;
    let begins = head.starts_with(b"age-encryption.org/");
    let ends = head.windows(5).any(|w| w == b"\n--- ");
    if begins && ends { Ok(head) } else { Err(BackupError::NotABackup) }
}

fn refusal(e: &age::DecryptError) -> BackupError {
    match e {
        age::DecryptError::NoMatchingKeys => BackupError::WrongKey,
        age::DecryptError::Io(e) => BackupError::reading(e),
        age::DecryptError::InvalidMac
        | age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed => BackupError::Altered,
        age::DecryptError::UnknownFormat => BackupError::TooNew,
        // An invalid head, or a reason that the library adds.
        _ => BackupError::NotABackup,
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;
    use crate::RecoveryKey;
    use crate::backup::{identity, recipient, unpack};

    /// A cut of power after the answer must find every octet.
    #[test]
    fn a_backup_and_a_database_out_of_it_are_synced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let key = RecoveryKey::random(&mut rand::rngs::ChaCha20Rng::seed_from_u64(1));
        let snapshot = dir.path().join("snapshot");
        fs::write(&snapshot, vec![5; 100_000]).unwrap();
        let job = Job {
            folder: dir.path().to_owned(),
            record: [1; 16],
            name: "a.age".into(),
            recipient: recipient(&key),
            guardians: None,
            keyslots: vec![1; 300],
            profile: None,
            snapshot,
            at: 1_795_000_000_000,
        };
        files::synced::lengths();
        let made = write(&job, &Watch::new(|_, _| ())).unwrap();
        assert_eq!(files::synced::lengths(), [made.size]);
        assert_eq!(files::synced::directories(), [dir.path()], "and so is its name");
        let out = dir.path().join("out");
        fs::create_dir(&out).unwrap();
        unpack(&made.path, &identity(&key), &out, &Watch::new(|_, _| ())).unwrap();
        assert_eq!(files::synced::lengths(), [100_000]);
    }
}
