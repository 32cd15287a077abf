//! Lists every command one by one: what is not listed here, and allowed in `capabilities/`, no window can call.

use std::path::Path;

/// The commands. A test in `src/commands.rs` compares them with the wire's.
const COMMANDS: &[&str] = &[
    "get_app",
    "set_settings",
    "create_profile",
    "unlock",
    "unlock_with_recovery_key",
    "keep_open",
    "lock",
    "accept_record",
    "forget_stopped",
    "verify_record",
    "cancel_verification",
    "get_verification",
    "get_doors",
    "change_passphrase",
    "reset_passphrase",
    "make_recovery_key",
    "set_recovery_key",
    "try_recovery_key",
    "list_devices",
    "scan_devices",
    "add_device",
    "remove_device",
    "pair_device",
    "answer_pairing",
    "cancel_pairing",
    "get_adapter",
    "get_record",
    "set_device_clock",
    "set_device_wheel",
    "accept_device",
    "set_device_person",
    "start_ecg",
    "stop_ecg",
    "get_overview",
    "type_reading",
    "withdraw_reading",
    "get_draft",
    "keep_draft",
    "preview_deletion",
    "delete_readings",
    "list_deletions",
    "list_unclaimed",
    "claim_readings",
    "check_code",
    "preview_permission",
    "issue_permission",
    "list_permissions",
    "stop_permission",
    "list_activity",
    "withdraw_enrolment",
    "get_emergency",
    "make_card",
    "show_card",
    "review_emergency",
    "make_code",
    "add_attestation",
    "list_inbox",
    "open_record",
    "ask_for_readings",
    "ask_second",
    "check_second",
    "second_opening",
    "read_card",
    "announce_emergency",
    "ask_emergency_second",
    "second_emergency",
    "open_emergency",
    "make_family_code",
    "check_family_code",
    "get_family",
    "add_delegate",
    "remove_delegate",
    "confirm_review",
    "set_family_rules",
    "approve_change",
    "object_change",
    "decide_permission",
    "stop_for_relative",
    "lay_down",
    "issue_for_relative",
    "open_relative",
    "name_guardians",
    "make_recovery_request",
    "check_recovery_request",
    "agree_recovery",
    "take_circle",
    "ask_rehearsal",
    "answer_rehearsal",
    "add_rehearsal_answer",
    "get_members",
    "get_backups",
    "make_backup",
    "choose_backup_folder",
    "rehearse_backup",
    "restore_backup",
    "stop_work",
    "get_lost",
    "withdraw_lost",
    "export_record",
    "list_profiles",
    "choose_profile",
    "add_profile",
    "rename_profile",
];

/// The page, once built.
const PAGE: &str = "../ui/dist/index.html";

fn main() {
    println!("cargo:rerun-if-changed={PAGE}");
    println!("cargo:rerun-if-changed=unbuilt/index.html");
    if !Path::new(PAGE).exists() && std::env::var_os("TAURI_CONFIG").is_none() {
        // So that the workspace compiles before the page is built; the window then says how to build it.
        println!("cargo:rustc-env=TAURI_CONFIG={{\"build\":{{\"frontendDist\":\"unbuilt\"}}}}");
    }
    let attributes =
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
