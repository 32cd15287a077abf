//! Journey: a real Secret Service (gnome-keyring) beside the passphrase, on a private bus: it becomes part of it, is not
//! there, is lost, and the recovery key makes the passphrase anew. Adversary: a record and its state directory put back
//! together, of which the keyring tells.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_api::KeyringHeads;
use salus_api::keyring::DesktopKeyring;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::folder::copy;
use salus_tests::network::eventually;
use salus_wire::view::{PassphraseDoor, StandingView, ValueView};
use salus_wire::{Category, ErrorCode, Quantity, command as c};
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

const PATIENCE: Duration = Duration::from_secs(30);
const NAME: &str = "org.freedesktop.secrets";
const NEW: &str = "another passphrase of hers";

async fn has_owner(bus: &str) -> Option<bool> {
    let hand = zbus::connection::Builder::address(bus).ok()?.build().await.ok()?;
    let dbus = zbus::fdo::DBusProxy::new(&hand).await.ok()?;
    dbus.name_has_owner(NAME.try_into().ok()?).await.ok()
}

/// The keyring of a home directory, unlocked, as a desktop's login leaves it.
async fn keyring(bus: &str, home: &Path) -> Result<Child> {
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--components=secrets", "--unlock"])
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("starting gnome-keyring-daemon (package gnome-keyring)")?;
    let mut stdin = daemon.stdin.take().context("no input")?;
    stdin.write_all(b"the login's password").await?;
    drop(stdin);
    let there = eventually(PATIENCE, async || has_owner(bus).await.filter(|owned| *owned));
    there.await.context("the keyring answers")?;
    Ok(daemon)
}

async fn ended(bus: &str, mut daemon: Child) -> Result<()> {
    daemon.kill().await?;
    let gone = eventually(PATIENCE, async || has_owner(bus).await.filter(|owned| !owned));
    gone.await.context("the keyring is gone").map(|_| ())
}

async fn passphrase(desk: &Desk) -> Result<PassphraseDoor> {
    Ok(desk.ok(c::GetDoors {}).await?.passphrase)
}

fn unlock(passphrase: &str) -> c::Unlock {
    c::Unlock { passphrase: passphrase.into() }
}

#[test]
fn a_keyring_becomes_part_of_the_passphrase_and_its_loss_is_survived() -> Result<()> {
    on_private_bus(
        "keyring::a_keyring_becomes_part_of_the_passphrase_and_its_loss_is_survived",
        async |bus| {
            let (dir, home) = (tempfile::tempdir()?, tempfile::tempdir()?);
            let daemon = keyring(&bus, home.path()).await?;
            let desk = Desk::open_with(dir.path(), Arc::new(DesktopKeyring)).await?;
            let name = "Maria Example".to_owned();
            let role = salus_wire::view::Role::Patient;
            let made = desk.ok(c::CreateProfile { name, role, passphrase: PASSPHRASE.into() }).await?;
            let key = made.groups.join("-");
            assert_eq!(passphrase(&desk).await?, PassphraseDoor::Soon);
            desk.ok(c::Lock {}).await?;
            desk.ok(unlock(PASSPHRASE)).await?;
            assert_eq!(passphrase(&desk).await?, PassphraseDoor::WithKeyring);

            // The keyring does not run: said, and nothing is lost.
            desk.ok(c::Lock {}).await?;
            ended(&bus, daemon).await?;
            assert_eq!(desk.refused(unlock(PASSPHRASE)).await, ErrorCode::KeyringUnavailable);
            // It runs again with what it kept on its own disk.
            let daemon = keyring(&bus, home.path()).await?;
            desk.ok(unlock(PASSPHRASE)).await?;
            desk.ok(c::Lock {}).await?;
            assert_eq!(desk.refused(unlock("not the passphrase")).await, ErrorCode::WrongPassphrase);

            // Another keyring in its place, as after a new installation.
            ended(&bus, daemon).await?;
            let empty = tempfile::tempdir()?;
            let _daemon = keyring(&bus, empty.path()).await?;
            assert_eq!(desk.refused(unlock(PASSPHRASE)).await, ErrorCode::KeyringMissing);
            desk.ok(c::UnlockWithRecoveryKey { key: key.clone() }).await?;
            let doors = desk.ok(c::ResetPassphrase { key, new: NEW.into() }).await?;
            assert_eq!(doors.passphrase, PassphraseDoor::Soon);
            desk.ok(c::Lock {}).await?;
            desk.ok(unlock(NEW)).await?;
            assert_eq!(passphrase(&desk).await?, PassphraseDoor::WithKeyring);
            desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))
        },
    )
}

async fn weigh(desk: &Desk, minutes_ago: i64) -> Result<()> {
    let values = vec![ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() }];
    let at = START - minutes_ago * 60_000;
    desk.ok(c::TypeReading { category: Category::BodyWeight, values, at, note: None }).await?;
    Ok(())
}

#[test]
fn a_record_and_its_state_put_back_together_are_told_by_the_keyring() -> Result<()> {
    on_private_bus("keyring::a_record_and_its_state_put_back_together_are_told_by_the_keyring", async |bus| {
        let (dir, home) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let (profile, state, older) =
            (dir.path().join("profile"), dir.path().join("state"), dir.path().join("older"));
        let _daemon = keyring(&bus, home.path()).await?;
        let heads = Arc::new(KeyringHeads::new(state.clone(), DesktopKeyring));
        let desk = Desk::open_on(&profile, Arc::new(DesktopKeyring), heads).await?.made().await?;
        weigh(&desk, 3).await?;
        desk.ok(c::Lock {}).await?;
        copy(&profile.join("record"), &older.join("record"))?;
        copy(&state, &older.join("state"))?;
        let view = desk.ok(unlock(PASSPHRASE)).await?;
        assert_eq!(view.standing, StandingView::Sound);
        weigh(&desk, 2).await?;
        desk.ok(c::Lock {}).await?;

        // Whoever can write the home directory puts both back; the keyring is behind the login.
        copy(&older.join("record"), &profile.join("record"))?;
        copy(&older.join("state"), &state)?;
        let view = desk.ok(unlock(PASSPHRASE)).await?;
        assert_eq!(view.standing, StandingView::Older);
        desk.ok(c::AcceptRecord {}).await?;
        desk.ok(c::Lock {}).await?;
        assert_eq!(desk.ok(unlock(PASSPHRASE)).await?.standing, StandingView::Sound);
        desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))
    })
}
