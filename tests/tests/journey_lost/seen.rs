//! What there is to see when permissions are not given again in time: otherwise a run that fails says only that it did.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_sharing::issue::Permission;
use salus_vault::{Unlock, Vault};

use super::*;

/// What the background does, in the output of a test that fails.
pub(super) fn told() {
    let filter = tracing_subscriber::EnvFilter::new("warn,salus_api=debug,salus_sharing=debug");
    // Another test of this process may have been first.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
}

/// Where each permission stands, in whose place it is, and where the members stand. The record is closed for that.
pub(super) async fn seen(app: &App, dir: &Path, network: &Network) -> String {
    let mut lines = Vec::new();
    for given in app.run(c::ListPermissions {}).await.unwrap_or_default() {
        let PermissionView { id, state, new_keys, members_holding, members_erased, ends, proof, .. } = given;
        let height = proof.map(|proof| proof.height);
        lines.push(format!(
            "{id:?} {state:?} {new_keys:?} held by {members_holding}, erased by {members_erased}, ends {ends}, proven at {height:?}"
        ));
    }
    lines.push(format!("{:?}", app.run(c::GetLost {}).await.map(|lost| lost.retired)));
    lines.push(format!("{:?}", app.run(c::GetMembers {}).await));
    for member in 0..network.len() {
        lines.push(format!("member {}: {:?}", member + 1, network.status(member).await));
    }
    lines.push(format!("locked: {:?}", app.lock().await));
    let copy = dir.with_extension("seen");
    compared::copied(dir, &copy);
    let rng = ChaCha20Rng::seed_from_u64(4);
    let opened = Vault::open(&copy.join("record"), Unlock::Passphrase(PASSPHRASE), rng).await;
    let Ok(vault) = opened else { return lines.join("\n") };
    let cabinet = vault.cabinet();
    for (id, facts) in cabinet.readable("permissions").await.unwrap() {
        let facts: serde_json::Value = serde_json::from_slice(&facts).unwrap();
        let messages = cabinet.get("permission-messages", &id).await.unwrap();
        let permission = messages.and_then(|octets| Permission::parse(&octets).ok());
        let progress = permission.map(|one| (one.is_signed(), one.progress()));
        lines.push(format!(
            "{} replaces {} of identity {}: {progress:?}",
            hex::encode(id),
            facts["replaces"],
            facts["identity"]
        ));
    }
    lines.join("\n")
}
