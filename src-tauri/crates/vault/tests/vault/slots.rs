//! Changing the passphrase and the recovery key; adversary: whatever interrupts it.

use std::path::Path;

use rand::RngExt;
use salus_vault::keyslot::{PassphraseCost, SealedShare, Share};
use salus_vault::{Door, Key, RecoveryKey, Unlock, Vault, VaultError};
use salus_wire::Category;

use crate::process::{dots, say, task, write_and_kill};
use crate::record::seed;
use crate::support::{PASS, T0, create, open, rng, run};

const HR: Category = Category::HeartRate;
const FLOOR: PassphraseCost = PassphraseCost::FLOOR;
const NEW: &str = "another passphrase";

async fn with(dir: &Path, passphrase: &str) -> Result<Vault, VaultError> {
    Vault::open(dir, Unlock::Passphrase(passphrase), rng(3)).await
}

fn refused(opened: Result<Vault, VaultError>) -> bool {
    matches!(opened, Err(VaultError::WrongPassphrase))
}

#[tokio::test]
async fn a_new_passphrase_is_under_a_new_salt_and_the_old_one_stops() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 3)).await.unwrap();
    let before = std::fs::read(dir.path().join("keyslots")).unwrap();
    vault.set_passphrase_with(NEW, FLOOR).await.unwrap();
    assert_eq!(vault.check_passphrase(PASS).await, Err(VaultError::WrongPassphrase));
    vault.check_passphrase(NEW).await.unwrap();
    // The same passphrase once more gives another slot: nothing of the old one is used again.
    let first = std::fs::read(dir.path().join("keyslots")).unwrap();
    vault.set_passphrase_with(NEW, FLOOR).await.unwrap();
    let second = std::fs::read(dir.path().join("keyslots")).unwrap();
    let salt = |file: &[u8]| file[41..73].to_vec();
    assert_ne!(salt(&before), salt(&first));
    assert_ne!(salt(&first), salt(&second));
    assert_ne!(first[73..153], second[73..153]);
    vault.lock().await.unwrap();
    assert!(refused(with(dir.path(), PASS).await));
    let vault = with(dir.path(), NEW).await.unwrap();
    assert_eq!(vault.count(HR).await.unwrap(), 3);
    vault.lock().await.unwrap();
    assert!(open(dir.path(), &key, 4).await.is_ok());
}

#[tokio::test]
async fn a_refused_passphrase_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let before = std::fs::read(dir.path().join("keyslots")).unwrap();
    assert_eq!(vault.set_passphrase_with("seven77", FLOOR).await, Err(VaultError::WeakPassphrase));
    let cheap = PassphraseCost { memory_kib: 1024, ..FLOOR };
    assert_eq!(vault.set_passphrase_with(NEW, cheap).await, Err(VaultError::BadParameters));
    assert_eq!(std::fs::read(dir.path().join("keyslots")).unwrap(), before);
    vault.check_passphrase(PASS).await.unwrap();
}

#[tokio::test]
async fn a_new_recovery_key_opens_once_it_is_set_and_the_old_one_stops() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, old) = create(dir.path()).await;
    vault.record(&run(T0, 3)).await.unwrap();
    let new = vault.fresh_recovery_key().await.unwrap();
    assert_ne!(new, old);
    assert_ne!(new, vault.fresh_recovery_key().await.unwrap());
    vault.lock().await.unwrap();
    assert!(refused(open(dir.path(), &new, 2).await), "shown, and not set yet");
    let vault = open(dir.path(), &old, 2).await.unwrap();
    vault.set_recovery_key(&new).await.unwrap();
    vault.lock().await.unwrap();
    assert!(refused(open(dir.path(), &old, 2).await));
    assert_eq!(open(dir.path(), &new, 2).await.unwrap().count(HR).await.unwrap(), 3);
    assert!(with(dir.path(), PASS).await.is_ok());
}

/// The states that a replacement passes through: `vault::replace` tests that there are no others.
#[tokio::test]
async fn an_interrupted_change_leaves_the_old_or_the_new_one_working() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, old) = create(dir.path()).await;
    vault.record(&run(T0, 3)).await.unwrap();
    let (file, left) = (dir.path().join("keyslots"), dir.path().join("keyslots.new"));
    let before = std::fs::read(&file).unwrap();
    let new = vault.fresh_recovery_key().await.unwrap();
    vault.set_recovery_key(&new).await.unwrap();
    vault.lock().await.unwrap();
    let after = std::fs::read(&file).unwrap();
    // Any part of the new file beside the old one, and torn octets; then the new one in its place.
    let parts = (0..=after.len()).step_by(37).map(|n| after[..n].to_vec());
    let states = parts.chain([vec![0; after.len()]]).map(|part| (&before, Some(part)));
    for (whole, part) in states.chain([(&after, None)]) {
        std::fs::write(&file, whole).unwrap();
        part.iter().for_each(|part| std::fs::write(&left, part).unwrap());
        let (works, stopped) = if part.is_some() { (&old, &new) } else { (&new, &old) };
        assert!(refused(open(dir.path(), stopped, 2).await));
        let vault = open(dir.path(), works, 2).await.unwrap();
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 3));
        assert!(!left.exists(), "what was left is removed");
        vault.lock().await.unwrap();
    }
}

/// Changes the recovery key to and fro until it is killed. Does nothing when run as a test.
#[tokio::test]
async fn changer() {
    let Some((dir, key)) = task() else { return };
    let vault = open(&dir, &key, u64::from(std::process::id())).await.unwrap();
    dots();
    for n in (0..2).cycle() {
        vault.set_recovery_key(&numbered(n)).await.unwrap();
        say(&format!("set {n}"));
    }
}

/// A recovery key of the tests.
fn numbered(n: u64) -> RecoveryKey {
    RecoveryKey::random(&mut rng(1000 + n))
}

#[tokio::test]
async fn killed_while_the_recovery_key_changes_exactly_one_opens() {
    let mut random = rng(seed());
    let dir = tempfile::tempdir().unwrap();
    let (vault, mut key) = create(dir.path()).await;
    vault.record(&run(T0, 3)).await.unwrap();
    vault.lock().await.unwrap();
    for round in 0..20 {
        let when = (random.random_range(1..6), random.random_range(0..60));
        let set = |line: &str| line.strip_prefix("set ")?.parse::<u64>().ok();
        let set = write_and_kill("slots::changer", (dir.path(), &key), when, set).unwrap();
        // The last that was acknowledged, or the one that was being set.
        let mut opening = Vec::new();
        for n in [set, 1 - set] {
            match open(dir.path(), &numbered(n), 2).await {
                Ok(vault) => {
                    assert_eq!(vault.count(HR).await.unwrap(), 3);
                    vault.lock().await.unwrap();
                    opening.push(n);
                }
                Err(e) => assert_eq!(e, VaultError::WrongPassphrase, "round {round}"),
            }
        }
        assert_eq!(opening.len(), 1, "round {round}: {opening:?} open");
        key = numbered(opening[0]);
    }
    assert!(with(dir.path(), PASS).await.is_ok());
}

#[tokio::test]
async fn guardians_open_the_record_and_are_replaced_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 3)).await.unwrap();
    let people = |from: u8| [from, from + 1, from + 2].map(guardian);
    let (slot, sealed) = vault.fresh_guardians(&people(1).map(|(_, public)| public), 2).await.unwrap();
    let opened = |sealed: &[SealedShare], from: u8| -> Vec<Share> {
        sealed.iter().zip(people(from)).map(|(s, (secret, _))| s.open(&secret).unwrap()).collect()
    };
    let parts = opened(&sealed, 1);
    vault.lock().await.unwrap();
    let by = |parts: Vec<Share>| {
        let dir = dir.path().to_owned();
        async move { Vault::open(&dir, Unlock::Guardians(&parts), rng(5)).await }
    };
    assert!(refused(by(parts.clone()).await), "handed over, and not set yet");
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.set_guardians(&slot).await.unwrap();
    assert_eq!(vault.doors().await.unwrap().guardians, Some((2, 3)));
    vault.lock().await.unwrap();
    let vault = by(parts[1..].to_vec()).await.unwrap();
    assert_eq!(vault.count(HR).await.unwrap(), 3);
    // Others in their place: the parts of the first ones stop.
    let (slot, sealed) = vault.fresh_guardians(&people(11).map(|(_, public)| public), 3).await.unwrap();
    vault.set_guardians(&slot).await.unwrap();
    vault.lock().await.unwrap();
    let none = Err(VaultError::TooFewGuardians { have: 0, need: 3 });
    assert_eq!(by(parts).await.map(|_| ()), none);
    let vault = by(opened(&sealed, 11)).await.unwrap();
    vault.remove_door(Door::RecoveryKey).await.unwrap();
    assert_eq!(vault.remove_door(Door::Guardians).await, Err(VaultError::LastDoor));
    vault.remove_door(Door::Passphrase).await.unwrap();
    vault.lock().await.unwrap();
    assert!(refused(open(dir.path(), &key, 2).await) && refused(with(dir.path(), PASS).await));
    assert!(by(opened(&sealed, 11)).await.is_ok());
}

#[tokio::test]
async fn a_record_has_its_way_back_before_its_first_reading() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    assert!(vault.doors().await.unwrap().recovery_key);
    assert_eq!(vault.remove_door(Door::RecoveryKey).await, Err(VaultError::LastDoor));
    vault.remove_door(Door::Guardians).await.unwrap();
    vault.check_recovery_key(&key).await.unwrap();
    let other = RecoveryKey::random(&mut rng(9));
    assert_eq!(vault.check_recovery_key(&other).await, Err(VaultError::WrongPassphrase));
}

pub(crate) fn guardian(n: u8) -> (Key, [u8; 32]) {
    let secret = x25519_dalek::StaticSecret::from([n; 32]);
    (Key::new([n; 32]), x25519_dalek::PublicKey::from(&secret).to_bytes())
}
