//! The keyring as part of the passphrase; adversaries: a power cut, a keyring that is lost, emptied or exchanged.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use salus_vault::keyring::Unavailable;
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Key, Keyring, RecoveryKey, Unlock, Vault, VaultError};
use salus_wire::Category;
use salus_wire::view::PassphraseDoor::{self, Alone, Soon, WithKeyring};

use crate::support::{PASS, T0, rng, run};

const FLOOR: PassphraseCost = PassphraseCost::FLOOR;
const NEW: &str = "another passphrase";

/// A keyring that forgets, in a power cut, what it has not written to its own disk.
#[derive(Default)]
struct Ring {
    kept: Mutex<Kept>,
    /// Looked at whenever a secret is left: the slot must not depend on it yet.
    keyslots: Mutex<Option<PathBuf>>,
}

#[derive(Default, Clone)]
struct Kept {
    now: Option<Key>,
    on_disk: Option<Key>,
    silent: bool,
}

impl Ring {
    fn set(&self, change: impl FnOnce(&mut Kept)) {
        change(&mut self.kept.lock().unwrap());
    }

    fn sync(&self) {
        self.set(|k| k.on_disk = k.now.clone());
    }

    fn power_cut(&self) {
        self.set(|k| k.now = k.on_disk.clone());
    }

    fn now(&self) -> Option<Key> {
        self.kept.lock().unwrap().now.clone()
    }
}

impl Keyring for Ring {
    fn read(&self, _: &[u8; 16]) -> Result<Option<Key>, Unavailable> {
        let kept = self.kept.lock().unwrap();
        if kept.silent { Err(Unavailable) } else { Ok(kept.now.clone()) }
    }

    fn write(&self, _: &[u8; 16], secret: &Key) -> Result<(), Unavailable> {
        if self.kept.lock().unwrap().silent {
            return Err(Unavailable);
        }
        if let Some(path) = &*self.keyslots.lock().unwrap() {
            assert_eq!(version(path), 1, "the slot depends on a secret that is only being left");
        }
        self.set(|k| k.now = Some(secret.clone()));
        Ok(())
    }
}

/// 1 while the passphrase stands alone.
fn version(keyslots: &Path) -> u8 {
    std::fs::read(keyslots).unwrap()[8]
}

async fn create(dir: &Path, ring: &Arc<Ring>) -> (Vault, RecoveryKey) {
    let (vault, key) = Vault::create_on(dir, PASS, FLOOR, ring.clone(), T0, rng(1)).await.unwrap();
    *ring.keyslots.lock().unwrap() = Some(dir.join("keyslots"));
    vault.record(&run(T0, 3)).await.unwrap();
    (vault, key)
}

async fn open(dir: &Path, unlock: Unlock<'_>, ring: &Arc<Ring>) -> Result<Vault, VaultError> {
    Vault::open_on(dir, unlock, ring.clone(), rng(2)).await
}

/// Opens with the passphrase and locks again; says how the passphrase stands then.
async fn enter(dir: &Path, pass: &str, ring: &Arc<Ring>) -> Result<PassphraseDoor, VaultError> {
    let vault = open(dir, Unlock::Passphrase(pass), ring).await?;
    assert_eq!(vault.count(Category::HeartRate).await?, 3);
    let door = vault.doors().await?.passphrase;
    vault.lock().await?;
    Ok(door)
}

#[tokio::test]
async fn it_becomes_part_at_the_second_entry_and_a_copy_of_the_folder_stops_opening() {
    let (dir, ring) = (tempfile::tempdir().unwrap(), Arc::<Ring>::default());
    let (vault, _key) = create(dir.path(), &ring).await;
    assert_eq!(vault.doors().await.unwrap().passphrase, Soon);
    vault.lock().await.unwrap();
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(WithKeyring));
    assert_eq!(version(&dir.path().join("keyslots")), 2);
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(WithKeyring));
    let wrong = enter(dir.path(), NEW, &ring).await;
    assert_eq!(wrong, Err(VaultError::WrongPassphrase));
    // Another computer with a copy of the folder.
    let elsewhere = Arc::<Ring>::default();
    assert_eq!(enter(dir.path(), PASS, &elsewhere).await, Err(VaultError::KeyringMissing));
    let none = Vault::open(dir.path(), Unlock::Passphrase(PASS), rng(3)).await;
    assert!(matches!(none, Err(VaultError::KeyringUnavailable)));
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(WithKeyring));
}

#[tokio::test]
async fn without_a_keyring_the_passphrase_stands_alone() {
    let (dir, ring) = (tempfile::tempdir().unwrap(), Arc::<Ring>::default());
    ring.set(|k| k.silent = true);
    let (vault, _key) = create(dir.path(), &ring).await;
    assert_eq!(vault.doors().await.unwrap().passphrase, Alone);
    vault.lock().await.unwrap();
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(Alone));
    assert_eq!(version(&dir.path().join("keyslots")), 1);
    // One that comes later becomes part in the same two steps.
    ring.set(|k| k.silent = false);
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(Soon));
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(WithKeyring));
}

#[tokio::test]
async fn a_power_cut_after_any_step_leaves_a_door_open() {
    let (dir, ring) = (tempfile::tempdir().unwrap(), Arc::<Ring>::default());
    let (vault, _key) = create(dir.path(), &ring).await;
    drop(vault);
    // The keyring took the secret and lost it: nothing depends on it, and another one is left.
    for _ in 0..3 {
        ring.power_cut();
        assert_eq!(ring.now(), None);
        assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(Soon));
    }
    // It is on the keyring's disk, and the power goes at each moment of the step that wraps with it.
    ring.sync();
    let slots = dir.path().join("keyslots");
    let before = std::fs::read(&slots).unwrap();
    assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(WithKeyring));
    let after = std::fs::read(&slots).unwrap();
    for (whole, left) in [(&before, Some(&after[..40])), (&before, Some(&after[..])), (&after, None)] {
        std::fs::write(&slots, whole).unwrap();
        left.iter().for_each(|left| std::fs::write(dir.path().join("keyslots.new"), left).unwrap());
        ring.power_cut();
        assert_eq!(enter(dir.path(), PASS, &ring).await, Ok(WithKeyring));
    }
}

#[tokio::test]
async fn a_lost_or_exchanged_keyring_is_named_and_the_recovery_key_makes_the_slot_anew() {
    for exchanged in [None, Some(Key::new([1; 32]))] {
        let (dir, ring) = (tempfile::tempdir().unwrap(), Arc::<Ring>::default());
        let (vault, key) = create(dir.path(), &ring).await;
        vault.lock().await.unwrap();
        enter(dir.path(), PASS, &ring).await.unwrap();
        // From here on the file depends on a secret that is lost, whatever is left in its place.
        *ring.keyslots.lock().unwrap() = None;
        ring.set(|k| k.now = exchanged.clone());
        let named =
            if exchanged.is_some() { VaultError::KeyringReplaced } else { VaultError::KeyringMissing };
        assert_eq!(enter(dir.path(), PASS, &ring).await, Err(named));

        let vault = open(dir.path(), Unlock::RecoveryKey(&key), &ring).await.unwrap();
        assert_eq!(vault.check_passphrase(PASS).await, Err(named));
        vault.check_recovery_key(&key).await.unwrap();
        vault.set_passphrase_with(NEW, FLOOR).await.unwrap();
        let expected = if exchanged.is_some() { WithKeyring } else { Soon };
        assert_eq!(vault.doors().await.unwrap().passphrase, expected);
        vault.lock().await.unwrap();
        assert_eq!(enter(dir.path(), NEW, &ring).await, Ok(WithKeyring));
        assert_eq!(enter(dir.path(), PASS, &ring).await, Err(VaultError::WrongPassphrase));
    }
}

#[tokio::test]
async fn a_keyring_that_is_silent_while_the_passphrase_changes_is_left_out() {
    let (dir, ring) = (tempfile::tempdir().unwrap(), Arc::<Ring>::default());
    let (vault, _key) = create(dir.path(), &ring).await;
    vault.lock().await.unwrap();
    enter(dir.path(), PASS, &ring).await.unwrap();
    let vault = open(dir.path(), Unlock::Passphrase(PASS), &ring).await.unwrap();
    ring.set(|k| k.silent = true);
    vault.set_passphrase_with(NEW, FLOOR).await.unwrap();
    assert_eq!(vault.doors().await.unwrap().passphrase, Alone);
    vault.lock().await.unwrap();
    assert_eq!(enter(dir.path(), NEW, &ring).await, Ok(Alone));
}
