//! Everything that a page could ask for, one by one: what no capability names is refused by the shell, and what needs an open record or
//! another role by the application. The names are those that the program was built with, and the wire's.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use salus_wire::command::{Allowed, COMMANDS};
use salus_wire::view::Role;
use serde_json::Value;

use super::Stage;
use crate::story::app::program;

/// What the one window may do besides the application's commands.
const ALLOWED: [&str; 1] = ["plugin:event|listen"];
/// What answers also while the record is locked, and before there is one. Another one is a decision.
const ALWAYS: [&str; 14] = [
    "add_profile",
    "choose_profile",
    "create_profile",
    "get_app",
    "keep_first_run",
    "list_profiles",
    "lock",
    "rate_passphrase",
    "restore_backup",
    "set_settings",
    "stop_work",
    "undo_profile",
    "unlock",
    "unlock_with_recovery_key",
];

/// Before there is a record.
///
/// # Errors
/// Something is answered, or refused in another way.
pub async fn before_a_record(stage: &Stage) -> Result<()> {
    by_the_shell(stage).await?;
    each_says(stage, |allowed| allowed != Allowed::Always, "no_profile").await
}

/// While the record of somebody of this role is open.
///
/// # Errors
/// Something is answered, or refused in another way.
pub async fn while_open(stage: &Stage, role: Role) -> Result<()> {
    by_the_shell(stage).await?;
    let others = |allowed| match allowed {
        Allowed::Always | Allowed::Unlocked => false,
        Allowed::Patient => role != Role::Patient,
        Allowed::Clinician => role != Role::Clinician,
    };
    each_says(stage, others, "not_allowed").await
}

/// While it is locked.
///
/// # Errors
/// Something is answered, or refused in another way; or what answers is not the list that was decided.
pub async fn while_locked(stage: &Stage) -> Result<()> {
    by_the_shell(stage).await?;
    let always = COMMANDS.iter().filter(|(_, allowed)| *allowed == Allowed::Always).map(|(name, _)| *name);
    let always: BTreeSet<&str> = always.collect();
    ensure!(always == BTreeSet::from(ALWAYS), "answered while locked: {always:?}");
    each_says(stage, |allowed| allowed != Allowed::Always, "locked").await
}

/// The application refuses each of these commands with this code, before it looks at what is asked.
async fn each_says(stage: &Stage, which: impl Fn(Allowed) -> bool, code: &str) -> Result<()> {
    let asked = COMMANDS.iter().filter(|(_, allowed)| which(*allowed)).map(|(name, _)| (*name).to_owned());
    let asked: Vec<String> = asked.collect();
    ensure!(asked.len() > 10, "{} commands", asked.len());
    let expected = format!("{{\"code\":\"{code}\"}}");
    for (name, answer) in stage.invoke_each(&asked).await? {
        ensure!(answer == expected, "{name}: {answer}");
    }
    Ok(())
}

/// Every command of the toolkit and its plugins, and some that nobody has.
async fn by_the_shell(stage: &Stage) -> Result<()> {
    let mut names = built_in()?;
    for known in [
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:dialog|open",
        "plugin:event|emit",
    ] {
        ensure!(names.contains(known), "{known} is not among the names");
    }
    ensure!(names.len() > 150, "{} names are too few", names.len());
    names.extend(
        [
            "no_such_command",
            "plugin:event",
            "plugin:fs|read_text_file",
            "plugin:shell|execute",
            "plugin:http|fetch",
            "plugin:sql|load",
            "plugin:autostart|enable",
            "plugin:notification|notify",
            "plugin:deep-link|register",
            "plugin:window-state|save_window_state",
            "plugin:single-instance|init",
            "plugin:opener|open_url",
            "plugin:process|exit",
            "GET_APP",
            "get-app",
        ]
        .map(str::to_owned),
    );
    for name in ALLOWED {
        ensure!(names.remove(name), "{name} is not among the names");
    }
    let names: Vec<String> = names.into_iter().collect();
    for (name, answer) in stage.invoke_each(&names).await? {
        // An argument that does not fit would be a refusal too, and no proof.
        ensure!(answer.starts_with("refused:") && answer.contains("not allowed"), "{name:?}: {answer}");
    }
    Ok(())
}

/// The names that the program was built with, as its page would call them; without the application's own.
fn built_in() -> Result<BTreeSet<String>> {
    let file = manifests()?;
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let all: Value = serde_json::from_str(&text).context("the manifests are JSON")?;
    let mut names = BTreeSet::new();
    for (key, manifest) in all.as_object().context("one manifest for each plugin")? {
        let outside = (key != "core" && !key.starts_with("__")).then_some(key.as_str());
        let Some(plugin) = key.strip_prefix("core:").or(outside) else { continue };
        let permissions = manifest["permissions"].as_object().context("permissions")?;
        let commands = permissions.values().flat_map(|permission| {
            let of = |list: &str| permission["commands"][list].as_array().cloned().unwrap_or_default();
            [of("allow"), of("deny")].concat()
        });
        names.extend(commands.filter_map(|name| Some(format!("plugin:{plugin}|{}", name.as_str()?))));
    }
    Ok(names)
}

/// What the build of the program beside this test wrote; the newest when several clones share the directory.
fn manifests() -> Result<PathBuf> {
    let own = crate::place::package().join("../src-tauri/gen/schemas/acl-manifests.json");
    if own.is_file() {
        return Ok(own);
    }
    let beside = program("salus")?.parent().context("the program's folder")?.join("build");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&beside).with_context(|| beside.display().to_string())? {
        let entry = entry?;
        let file = entry.path().join("out/acl-manifests.json");
        if entry.file_name().to_string_lossy().starts_with("salus-") && file.is_file() {
            found.push((std::fs::metadata(&file)?.modified()?, file));
        }
    }
    found
        .into_iter()
        .max()
        .map(|(_, file)| file)
        .context("the build wrote no acl-manifests.json: run `cargo build -p salus`")
}
