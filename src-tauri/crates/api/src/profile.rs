//! The profile: whose record this directory holds, and what for. One directory is one profile ([`crate::people`]).
//!
//! `profile.json` says it to the lock screen. The same is kept sealed in the record, so that a file that is gone or damaged costs
//! neither the name nor, with it, what the record is for: once it is unlocked the file is written anew.

use std::path::Path;

use salus_chain::attestation::check_name;
use salus_vault::{Standing, Vault};
use salus_wire::command::{CreateProfile, GetApp};
use salus_wire::view::{AppView, ProfileView, RecoveryKeyView, Role};
use salus_wire::{ErrorCode, Failure};

use crate::failure::OrFail;
use crate::namespace::PROFILE;
use crate::{App, Run, doors, file, first_run};

impl Run for GetApp {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        Ok(app.view().await)
    }
}

impl Run for CreateProfile {
    async fn run(self, app: &App) -> Result<RecoveryKeyView, Failure> {
        let name = self.name.trim().to_owned();
        check_name(&name).map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        // One at a time: the second of two clicks finds the profile.
        let _door = app.door().await;
        let record = app.path(RECORD);
        if app.profile().is_some() || Vault::exists(&record) {
            return Err(ErrorCode::ProfileExists.into());
        }
        let profile = ProfileView { name, role: self.role };
        let (cost, keyring) = (doors::cost(app).await, app.0.config.keyring.clone());
        // Before the record: one without the other is none, and nobody has seen its recovery key yet.
        file::make_private(&app.home()).or_fail()?;
        store(app, &profile)?;
        first_run::carry_over(app);
        let made = Vault::create_on(&record, &self.passphrase, cost, keyring, app.now(), crate::app::rng());
        let (vault, key) = made.await.or_fail()?;
        *app.profile() = Some(profile);
        first_run::forget_begun(app);
        app.remember_choice();
        app.enter(vault).await?;
        let view = doors::shown(&key);
        if let Ok(open) = app.open().await {
            doors::remember_first(&open, key);
        }
        Ok(view)
    }
}

/// The directory of the sealed record, inside the profile's.
pub(crate) const RECORD: &str = "record";

/// The file with the name and the role.
pub(crate) const FILE: &str = "profile.json";

/// The name under which the record keeps it.
const NAME: &[u8] = b"profile";

/// Where a file goes that is none, so that nothing is overwritten that somebody may still read.
const DAMAGED: &str = "profile.json.damaged";

/// Stores the name and the role.
pub(crate) fn store(app: &App, profile: &ProfileView) -> Result<(), Failure> {
    store_at(&app.home(), profile)
}

/// Stores the name and the role of the record in this directory.
pub(crate) fn store_at(home: &Path, profile: &ProfileView) -> Result<(), Failure> {
    let content = serde_json::to_vec_pretty(profile).map_err(|_| ErrorCode::Internal)?;
    let path = home.join(FILE);
    if path.exists() && stored(home).is_none() {
        std::fs::rename(&path, home.join(DAMAGED)).or_fail()?;
    }
    file::replace(&path, &content).or_fail()
}

/// The stored profile; one without a record does not count (making it was interrupted).
pub(crate) fn load(dir: &Path) -> Option<ProfileView> {
    // A record whose profile file is gone or damaged has no name before it is unlocked.
    Vault::exists(&dir.join(RECORD)).then(|| stored(dir).unwrap_or_else(nameless))
}

/// What is known of a record whose profile is not: a patient's, until it is unlocked.
pub(crate) fn nameless() -> ProfileView {
    ProfileView { name: "?".into(), role: Role::Patient }
}

fn stored(dir: &Path) -> Option<ProfileView> {
    let read = file::read(&dir.join(FILE)).inspect_err(|e| tracing::warn!(kind = ?e.kind(), "no profile"));
    serde_json::from_slice(&read.ok()??)
        .inspect_err(|_| tracing::warn!("the profile's file is damaged; its record can be opened"))
        .ok()
}

/// What a record itself says of whose it is.
pub(crate) async fn kept(vault: &Vault) -> Option<ProfileView> {
    // One that is damaged is not there.
    let kept = vault.cabinet().get(PROFILE, NAME).await.ok().flatten()?;
    serde_json::from_slice(&kept).ok()
}

/// What the open record is for: by its file; and where that is none, by what the record itself holds, which is then the file's.
/// Keeps in the record what the file says.
pub(crate) async fn recall(app: &App, vault: &Vault) -> Role {
    match (stored(&app.home()), kept(vault).await) {
        (Some(profile), kept) => {
            if kept.as_ref() != Some(&profile)
                && vault.standing() == Standing::Sound
                && let Ok(octets) = serde_json::to_vec(&profile)
                && let Err(error) = vault.cabinet().put(PROFILE, NAME, &octets).await
            {
                tracing::debug!(%error, "the name is not kept in the record");
            }
            profile.role
        }
        (None, Some(profile)) => {
            if let Err(failure) = store(app, &profile) {
                tracing::warn!(code = %failure.code, "the profile's file is not written anew");
            }
            let role = profile.role;
            *app.profile() = Some(profile);
            role
        }
        (None, None) => nameless().role,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use salus_wire::command::{
        AddProfile, ChooseProfile, GetOverview, ListProfiles, Lock, RenameProfile, Unlock,
    };

    use super::*;
    use crate::MemoryHeads;
    use crate::testing::{self, Hands, NOON, PASSPHRASE, unlock};

    const BAD: &[u8] = b"{\"name\":\"Mar\xff";

    async fn open(dir: &Path) -> App {
        testing::open(dir, &Hands::at(NOON), Arc::new(MemoryHeads::default())).await
    }

    fn create(name: &str, role: Role) -> CreateProfile {
        CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }
    }

    #[tokio::test]
    async fn a_damaged_profile_file_hides_nobody_and_the_record_knows_what_it_said() {
        let dir = tempfile::tempdir().unwrap();
        let app = open(dir.path()).await;
        app.run(create("Dr Ana", Role::Clinician)).await.unwrap();
        app.run(AddProfile {}).await.unwrap();
        app.run(create("Josef", Role::Patient)).await.unwrap();
        app.run(Lock {}).await.unwrap();
        drop(app);
        std::fs::write(dir.path().join(FILE), BAD).unwrap();

        let app = open(dir.path()).await;
        let names: Vec<String> =
            app.run(ListProfiles {}).await.unwrap().into_iter().map(|e| e.profile.name).collect();
        assert_eq!(names, ["?", "Josef"]);
        app.run(Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        app.run(GetOverview {}).await.unwrap();
        // Hers is opened without a name, and has it again, and with it her role.
        let view = app.run(ChooseProfile { id: "first".into() }).await.unwrap();
        assert!(view.profile.is_some_and(|p| p.name == "?"));
        let view = unlock(&app).await;
        let known = ProfileView { name: "Dr Ana".into(), role: Role::Clinician };
        assert_eq!(view.profile.as_ref(), Some(&known));
        assert_eq!(app.open().await.unwrap().role, Role::Clinician);
        assert_eq!(load(dir.path()), Some(known));
        assert_eq!(std::fs::read(dir.path().join(DAMAGED)).unwrap(), BAD, "it is kept beside");
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn the_only_record_opens_without_its_profile_file_or_with_a_damaged_one() {
        let dir = tempfile::tempdir().unwrap();
        let app = open(dir.path()).await;
        app.run(create("Maria", Role::Patient)).await.unwrap();
        app.run(RenameProfile { name: "Mama".into() }).await.unwrap();
        app.run(Lock {}).await.unwrap();
        // The new name is in the record once it was unlocked again.
        unlock(&app).await;
        app.close().await.unwrap();
        drop(app);
        for damage in [Some(BAD), None] {
            let file = dir.path().join(FILE);
            match damage {
                Some(bad) => std::fs::write(file, bad).unwrap(),
                None => std::fs::remove_file(file).unwrap(),
            }
            let app = open(dir.path()).await;
            let view = unlock(&app).await;
            assert!(view.profile.is_some_and(|p| p.name == "Mama"));
            app.close().await.unwrap();
        }
    }
}
