//! Journey: a person changes the passphrase, tries the recovery key, makes a new one, and gets in by each.

use anyhow::Result;
use rand::SeedableRng;
use salus_tests::desk::{Desk, PASSPHRASE};
use salus_wire::view::{DoorsView, DraftKind, PassphraseDoor, Role, TypedGroup};
use salus_wire::{ErrorCode, command as c};

const NEW: &str = "lantern otter velvet ninth";

struct Home {
    desk: Desk,
    key: Vec<String>,
    _dir: tempfile::TempDir,
}

async fn home() -> Result<Home> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::open(dir.path()).await?;
    let (name, role) = ("Maria Example".to_owned(), Role::Patient);
    let key = desk.ok(c::CreateProfile { name, role, passphrase: PASSPHRASE.into() }).await?.groups;
    Ok(Home { desk, key, _dir: dir })
}

impl Home {
    async fn by_passphrase(&self, passphrase: &str) -> Option<ErrorCode> {
        self.desk.ok(c::Lock {}).await.expect("locks");
        self.desk.app.run(c::Unlock { passphrase: passphrase.into() }).await.err().map(|f| f.code)
    }

    async fn by_key(&self, key: &[String]) -> Option<ErrorCode> {
        self.desk.ok(c::Lock {}).await.expect("locks");
        self.desk.app.run(c::UnlockWithRecoveryKey { key: key.join("-") }).await.err().map(|f| f.code)
    }
}

fn group(at: u8, text: &str) -> TypedGroup {
    TypedGroup { at, text: text.into() }
}

#[tokio::test]
async fn the_passphrase_is_changed_with_the_old_one_and_no_other() -> Result<()> {
    let home = home().await?;
    let desk = &home.desk;
    let doors = desk.ok(c::GetDoors {}).await?;
    let (passphrase, recovery_key) = (PassphraseDoor::Alone, true);
    let expected = DoorsView { passphrase, recovery_key, written: false, guardians: None, refused: 0 };
    assert_eq!(doors, expected);
    let change = |old: &str, new: &str| c::ChangePassphrase { old: old.into(), new: new.into() };
    assert_eq!(desk.refused(change("not the old one", NEW)).await, ErrorCode::WrongPassphrase);
    assert_eq!(desk.refused(change(PASSPHRASE, "short")).await, ErrorCode::WeakPassphrase);
    desk.ok(change(PASSPHRASE, NEW)).await?;
    assert_eq!(home.by_passphrase(PASSPHRASE).await, Some(ErrorCode::WrongPassphrase));
    assert_eq!(home.by_passphrase(NEW).await, None);
    assert_eq!(home.by_key(&home.key).await, None);
    Ok(())
}

#[tokio::test]
async fn a_forgotten_passphrase_is_set_anew_with_the_recovery_key() -> Result<()> {
    let home = home().await?;
    assert_eq!(home.by_key(&home.key).await, None);
    let reset = |key: String| c::ResetPassphrase { key, new: NEW.into() };
    assert_eq!(home.desk.refused(reset("AAAA".into())).await, ErrorCode::KeyMistyped);
    let other = salus_vault::RecoveryKey::random(&mut rand::rngs::StdRng::seed_from_u64(1));
    assert_eq!(home.desk.refused(reset(other.to_text().to_string())).await, ErrorCode::WrongPassphrase);
    home.desk.ok(reset(home.key.join(" ").to_lowercase())).await?;
    assert_eq!(home.by_passphrase(NEW).await, None);
    assert_eq!(home.by_passphrase(PASSPHRASE).await, Some(ErrorCode::WrongPassphrase));
    Ok(())
}

#[tokio::test]
async fn the_recovery_key_is_tried_and_nothing_changes() -> Result<()> {
    let home = home().await?;
    let desk = &home.desk;
    let keyslots = home._dir.path().join("record/keyslots");
    let before = std::fs::read(&keyslots)?;
    desk.ok(c::TryRecoveryKey { key: home.key.join("-") }).await?;
    desk.ok(c::TryRecoveryKey { key: home.key.join(" ").to_lowercase() }).await?;
    let mistyped = format!("{}U", &home.key.join("-")[..43]);
    assert_eq!(desk.refused(c::TryRecoveryKey { key: mistyped }).await, ErrorCode::KeyMistyped);
    let other = salus_vault::RecoveryKey::random(&mut rand::rngs::StdRng::seed_from_u64(1));
    let other = other.to_text().to_string();
    assert_eq!(desk.refused(c::TryRecoveryKey { key: other }).await, ErrorCode::WrongPassphrase);
    assert_eq!(std::fs::read(&keyslots)?, before);
    Ok(())
}

#[tokio::test]
async fn a_new_recovery_key_holds_only_once_parts_of_it_were_typed_back() -> Result<()> {
    let home = home().await?;
    let desk = &home.desk;
    let make = |passphrase: &str| c::MakeRecoveryKey { passphrase: passphrase.into() };
    let set = |typed: Vec<TypedGroup>| c::SetRecoveryKey { typed };
    assert_eq!(desk.refused(make("not the passphrase")).await, ErrorCode::WrongPassphrase);
    let shown = desk.ok(make(PASSPHRASE)).await?.groups;
    assert!(shown.len() == 9 && shown != home.key);
    // One group, the same twice, a mistake: the old one stays.
    assert_eq!(desk.refused(set(vec![group(2, &shown[2])])).await, ErrorCode::BadRequest);
    let twice = vec![group(2, &shown[2]), group(2, &shown[2])];
    assert_eq!(desk.refused(set(twice)).await, ErrorCode::BadRequest);
    let wrong = vec![group(2, &shown[2]), group(6, &shown[5])];
    assert_eq!(desk.refused(set(wrong)).await, ErrorCode::GroupMistyped);
    let nowhere = vec![group(2, &shown[2]), group(9, "")];
    assert_eq!(desk.refused(set(nowhere)).await, ErrorCode::GroupMistyped);
    desk.ok(c::TryRecoveryKey { key: home.key.join("-") }).await?;
    // A lock in between forgets the one that was shown.
    assert_eq!(home.by_passphrase(PASSPHRASE).await, None);
    let right = |key: &[String]| vec![group(2, &key[2].to_lowercase()), group(6, &key[6])];
    assert_eq!(desk.refused(set(right(&shown))).await, ErrorCode::NotAsked);

    let shown = desk.ok(make(PASSPHRASE)).await?.groups;
    desk.ok(set(right(&shown))).await?;
    assert_eq!(desk.refused(set(right(&shown))).await, ErrorCode::NotAsked);
    assert_eq!(home.by_key(&home.key).await, Some(ErrorCode::WrongPassphrase));
    assert_eq!(home.by_key(&shown).await, None);
    assert_eq!(home.by_passphrase(PASSPHRASE).await, None);
    Ok(())
}

#[tokio::test]
async fn a_draft_survives_the_lock_sealed() -> Result<()> {
    let home = home().await?;
    let desk = &home.desk;
    let get = |kind| c::GetDraft { kind };
    let keep = |kind, text: Option<&str>| c::KeepDraft { kind, text: text.map(str::to_owned) };
    let (reading, permission) = (DraftKind::Reading, DraftKind::Permission);
    assert_eq!(desk.ok(get(reading)).await?.text, None);
    desk.ok(keep(reading, Some("CANARY-78.4"))).await?;
    assert_eq!(desk.refused(keep(reading, Some(&"x".repeat(97 << 10)))).await, ErrorCode::TooLarge);
    desk.ok(c::Lock {}).await?;
    assert_eq!(desk.refused(get(reading)).await, ErrorCode::Locked);
    for file in std::fs::read_dir(home._dir.path().join("record"))? {
        let octets = std::fs::read(file?.path())?;
        assert!(!octets.windows(6).any(|w| w == b"CANARY"));
    }
    assert_eq!(home.by_passphrase(PASSPHRASE).await, None);
    assert_eq!(desk.ok(get(reading)).await?.text.as_deref(), Some("CANARY-78.4"));
    assert_eq!(desk.ok(get(permission)).await?.text, None);
    desk.ok(keep(reading, None)).await?;
    desk.ok(keep(reading, None)).await?;
    assert_eq!(desk.ok(get(reading)).await?.text, None);
    Ok(())
}
