//! A record with everything that a record can hold, of every schema since the fourth, opens by every door, whole; see
//! `tests/fixtures`.
//!
//! As those of `migrate` it is made by the code of its day and never again: `cargo nextest run -p salus-vault --run-ignored only
//! make_full_fixture`, with `SALUS_FULL_FIXTURE` naming a new directory. It is sealed by two computers, one of which was lost; an
//! hour was deleted for ever, another one sealed twice; days are summed up; since the sixth schema there are two generations of keys;
//! a meter numbered what it stored; something came while it was locked; and it opens with the passphrase and the keyring, with the recovery key, and with guardians.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use salus_vault::backup::Watch;
use salus_vault::keyring::Unavailable;
use salus_vault::keyslot::{PassphraseCost, SealedShare, Share};
use salus_vault::{Epoch, Key, Keyring, RecoveryKey, Shredded, Unlock, Vault};
use salus_wire::view::PassphraseDoor;
use salus_wire::{Category, Reading};

use crate::migrate::schemas;
use crate::summed::{agrees, compact_all};
use crate::support::{PASS, T0, create, heart_rate, numbered, open, rng, run, verified};

const HR: Category = Category::HeartRate;
const DAY: i64 = 86_400_000;
const EPOCH: i64 = 4_096_000;
/// When it was sealed and summed up, and an hour of it deleted.
const LATER: i64 = T0 + 8 * DAY;
/// The day of which an hour was deleted.
const DELETED: i64 = T0 + 2 * DAY;
const MINE: u8 = 1;
/// The first schema that there is a full record of.
const FIRST: u32 = 4;
/// The first schema whose full record has two generations of keys.
const TWO_GENERATIONS: u32 = 6;
/// When the second one begins.
const RENEWED: i64 = T0 + 4 * DAY;
const FILES: [&str; 7] =
    ["vault.db", "keyslots", "keyslots-alone", "inbox", "recovery-key", "keyring", "guardians"];

/// What was deleted too.
fn heart_rates() -> Vec<Reading> {
    let days = (0..6).flat_map(|n| run(T0 + n * DAY, 120));
    let mut all: Vec<Reading> = days.chain([late()]).chain(unsealed()).collect();
    all.sort_by_key(|r| r.at);
    all
}

/// It came after its hour was sealed.
fn late() -> Reading {
    heart_rate(T0 + 200_000, 77)
}

/// 90 of it sealed before their hour was over, the rest in the journal.
fn unsealed() -> Vec<Reading> {
    [run(T0 + 9 * DAY, 100), run(T0 + 9 * DAY + EPOCH, 15)].concat()
}

fn glucose() -> Vec<Reading> {
    (0..6).map(|n| numbered(T0 + n * DAY + 5000, n)).collect()
}

/// What came while it was locked.
fn waiting() -> Vec<Reading> {
    run(T0 + 9 * DAY + 2 * EPOCH, 3)
}

fn at(instant: i64) -> Epoch {
    Epoch::at(instant).unwrap()
}

/// A keyring that keeps one secret.
#[derive(Default)]
struct Ring(Mutex<Option<Key>>);

impl Keyring for Ring {
    fn read(&self, _: &[u8; 16]) -> Result<Option<Key>, Unavailable> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn write(&self, _: &[u8; 16], secret: &Key) -> Result<(), Unavailable> {
        *self.0.lock().unwrap() = Some(secret.clone());
        Ok(())
    }
}

fn guardian(n: u8) -> (Key, [u8; 32]) {
    let secret = x25519_dalek::StaticSecret::from([n; 32]);
    (Key::new([n; 32]), x25519_dalek::PublicKey::from(&secret).to_bytes())
}

/// A way to open it.
#[derive(Debug, Clone, Copy)]
enum Way {
    PassphraseAlone,
    PassphraseAndKeyring,
    RecoveryKey,
    Guardians,
}

const WAYS: [Way; 4] = [Way::PassphraseAlone, Way::PassphraseAndKeyring, Way::RecoveryKey, Way::Guardians];

/// A copy of a fixture, in a directory of its own.
struct Copied(tempfile::TempDir);

impl Copied {
    fn of(fixture: &Path) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in FILES {
            std::fs::copy(fixture.join(name), dir.path().join(name)).unwrap();
        }
        Self(dir)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn key(&self) -> RecoveryKey {
        self.text("recovery-key").parse().unwrap()
    }

    fn ring(&self) -> Arc<Ring> {
        let secret: [u8; 32] = hex::decode(self.text("keyring")).unwrap().try_into().unwrap();
        Arc::new(Ring(Mutex::new(Some(Key::new(secret)))))
    }

    /// The parts of the last two of three guardians.
    fn shares(&self) -> Vec<Share> {
        let sealed = self.text("guardians");
        let sealed = sealed.lines().map(|line| SealedShare::from_bytes(&hex::decode(line).unwrap()).unwrap());
        sealed.zip(1..).skip(1).map(|(sealed, n)| sealed.open(&guardian(n).0).unwrap()).collect()
    }

    async fn open(&self, way: Way) -> Vault {
        let dir = self.0.path();
        match way {
            Way::PassphraseAlone => {
                std::fs::copy(dir.join("keyslots-alone"), dir.join("keyslots")).unwrap();
                Vault::open(dir, Unlock::Passphrase(PASS), rng(20)).await.unwrap()
            }
            Way::PassphraseAndKeyring => {
                Vault::open_on(dir, Unlock::Passphrase(PASS), self.ring(), rng(21)).await.unwrap()
            }
            Way::RecoveryKey => open(dir, &self.key(), 22).await.unwrap(),
            Way::Guardians => Vault::open(dir, Unlock::Guardians(&self.shares()), rng(23)).await.unwrap(),
        }
    }
}

#[tokio::test]
async fn a_full_record_of_every_schema_opens_by_every_door_whole_and_goes_on() {
    for schema in schemas().into_iter().filter(|schema| *schema >= FIRST) {
        let fixture = fixture(schema);
        for name in FILES {
            assert!(
                fixture.join(name).is_file(),
                "run make_full_fixture, see above, for {fixture:?}: {name}"
            );
        }
        let version = |name: &str| std::fs::read(fixture.join(name)).unwrap()[8];
        assert_eq!((version("keyslots-alone"), version("keyslots")), (1, 2));
        for way in WAYS {
            let copied = Copied::of(&fixture);
            let vault = copied.open(way).await;
            let doors = vault.doors().await.unwrap();
            let passphrase = match way {
                Way::PassphraseAlone => PassphraseDoor::Alone,
                _ => PassphraseDoor::WithKeyring,
            };
            let guardians = (passphrase == PassphraseDoor::WithKeyring).then_some((2, 3));
            assert_eq!(
                (doors.passphrase, doors.recovery_key, doors.guardians),
                (passphrase, true, guardians)
            );
            is_as_it_was(&vault, way).await;
            assert_eq!(vault.generations(HR).len(), if schema < TWO_GENERATIONS { 1 } else { 2 });
            vault.lock().await.unwrap();
        }
        goes_on(&Copied::of(&fixture)).await;
    }
}

/// Everything is counted, and holds what its readings come to.
async fn is_as_it_was(vault: &Vault, way: Way) {
    let deleted = DELETED..DELETED + EPOCH;
    let left: Vec<_> = heart_rates().into_iter().filter(|r| !deleted.contains(&r.at)).collect();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), left, "{way:?}");
    assert_eq!(vault.readings(Category::Glucose, 0, i64::MAX).await.unwrap(), glucose());
    assert_eq!(vault.cabinet().list("notes").await.unwrap().len(), 3);
    let report = verified(vault).await;
    assert!(report.is_whole(), "{way:?}: {report:?}");
    // Seven hours of heart rate and six of glucose; of the former one was sealed early, and one is in the journal.
    assert_eq!((report.readings, report.waiting, report.epochs, report.segments), (722, 25, 13, 12));
    // Five days and six.
    assert_eq!((report.summaries, report.prints, report.inbox), (11, 6, 3));
    agrees(vault, HR).await;
    agrees(vault, Category::Glucose).await;

    let gone = at(DELETED);
    let hole = Shredded { category: HR, first: gone, last: gone, at: LATER, readings: 120, refused: 0 };
    assert_eq!(vault.shredded(), [hole]);
    assert!(!vault.holds(HR, gone) && vault.leaf(HR, gone).is_none());
    // What the lost computer sealed is still its own, but for the hour that was sealed again.
    let [this, lost] = vault.writers() else { panic!("two computers") };
    for (instant, writer) in [(T0, this), (T0 + DAY, lost), (T0 + 3 * DAY, this)] {
        let sealed = vault.sealed_segments(HR, at(instant)..=at(instant)).await.unwrap();
        assert_eq!(sealed[0].origin.writer, *writer);
    }
}

/// What was deleted stays so, copies are known, what waited is taken in, and the next hours are sealed.
async fn goes_on(copied: &Copied) {
    let vault = copied.open(Way::RecoveryKey).await;
    assert_eq!(vault.record(&run(DELETED, 5)).await.unwrap().refused, 5);
    let again: Vec<_> = (0..6).map(|n| numbered(LATER + n, n)).collect();
    assert_eq!(vault.record(&again).await.unwrap().duplicates, 6);
    let arrived = vault.arrived().await.unwrap();
    assert_eq!((&arrived.batches, arrived.refused), (&vec![(MINE, waiting())], 0));
    assert_eq!(vault.record(&waiting()).await.unwrap().new, 3);
    vault.clear_inbox().await.unwrap();
    vault.lock().await.unwrap();
    let vault = copied.open(Way::RecoveryKey).await;
    assert_eq!(vault.shredded()[0].refused, 5);
    assert_eq!(vault.record(&run(DELETED, 5)).await.unwrap().refused, 5);
    compact_all(&vault, T0 + 12 * DAY).await;
    let report = verified(&vault).await;
    assert!(report.is_whole() && report.waiting == 0 && report.readings == 725, "{report:?}");
    assert_eq!(report.summaries, 12);
    agrees(&vault, HR).await;
    // New keys, also where there were none before.
    let (before, known) = (vault.generations(HR).len(), vault.leaf(HR, at(LATER)));
    vault.new_generations(Category::ALL, at(LATER), &[]).await.unwrap();
    assert_eq!(vault.generations(HR).len(), before + 1);
    assert!(vault.leaf(HR, at(LATER)) != known && vault.leaf(HR, at(T0)).is_some());
    compact_all(&vault, T0 + 12 * DAY).await;
    let report = verified(&vault).await;
    assert!(report.is_whole() && report.readings == 725, "{report:?}");
    agrees(&vault, HR).await;
    vault.lock().await.unwrap();
}

fn fixture(schema: u32) -> PathBuf {
    crate::migrate::own().join(format!("tests/fixtures/full-{schema}"))
}

async fn live_a_day(vault: &Vault, n: i64) {
    vault.record(&run(T0 + n * DAY, 120)).await.unwrap();
    vault.record(&[numbered(T0 + n * DAY + 5000, n)]).await.unwrap();
}

#[tokio::test]
#[ignore = "makes a fixture with the code of today"]
async fn make_full_fixture() {
    let dir = std::env::var_os("SALUS_FULL_FIXTURE").expect("SALUS_FULL_FIXTURE is a directory to make");
    let dir = PathBuf::from(dir);
    let (lost, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key) = create(lost.path()).await;
    for n in 0..3 {
        live_a_day(&vault, n).await;
    }
    compact_all(&vault, T0 + 4 * DAY).await;
    let backup = vault.back_up(folder.path(), T0 + 4 * DAY, None, &Watch::silent()).await.unwrap();
    vault.lock().await.unwrap();

    let new = (PASS, PassphraseCost::FLOOR);
    let restored = Vault::restore_with(&backup.path, &key, &dir, new, rng(7), &Watch::silent()).await;
    let (vault, _) = restored.unwrap();
    std::fs::copy(dir.join("keyslots"), dir.join("keyslots-alone")).unwrap();
    for n in 3..6 {
        live_a_day(&vault, n).await;
    }
    vault.record(&[late()]).await.unwrap();
    compact_all(&vault, LATER).await;
    vault.new_generations(Category::ALL, at(RENEWED), &[]).await.unwrap();
    compact_all(&vault, LATER).await;
    let shown = vault.preview_shred(HR, DELETED, DELETED + 1, LATER).await.unwrap().unwrap();
    vault.shred(&shown, LATER, &[]).await.unwrap();
    compact_all(&vault, LATER).await;
    let unsealed = unsealed();
    vault.record(&unsealed[..90]).await.unwrap();
    vault.flush_epoch(HR, at(T0 + 9 * DAY)).await.unwrap();
    vault.record(&unsealed[90..]).await.unwrap();
    for n in 0..3 {
        vault.cabinet().put("notes", &[n], &[n; 40]).await.unwrap();
    }
    let people = [1, 2, 3].map(|n| guardian(n).1);
    let (slot, sealed) = vault.fresh_guardians(&people, 2).await.unwrap();
    vault.set_guardians(&slot).await.unwrap();
    vault.lock().await.unwrap();

    // The keyring takes a secret at the first entry, and is part of the passphrase from the second on.
    let ring = Arc::<Ring>::default();
    for seed in [8, 9] {
        let vault = Vault::open_on(&dir, Unlock::Passphrase(PASS), ring.clone(), rng(seed)).await.unwrap();
        vault.lock().await.unwrap();
    }
    let vault = open(&dir, &key, 10).await.unwrap();
    let mut inbox = vault.inbox(rng(11)).await.unwrap();
    vault.lock().await.unwrap();
    inbox.append(MINE, &waiting()).unwrap();
    let secret = ring.0.lock().unwrap().clone().unwrap();
    std::fs::write(dir.join("keyring"), hex::encode(secret.expose())).unwrap();
    let sealed: Vec<String> = sealed.iter().map(|share| hex::encode(share.to_bytes())).collect();
    std::fs::write(dir.join("guardians"), sealed.join("\n")).unwrap();
    std::fs::write(dir.join("recovery-key"), key.to_text().as_bytes()).unwrap();
    std::fs::remove_file(dir.join("vault.lock")).unwrap();
    let mut names: Vec<_> = dir.read_dir().unwrap().map(|f| f.unwrap().file_name()).collect();
    names.sort();
    let mut expected = FILES;
    expected.sort_unstable();
    assert_eq!(names, expected);
}
