//! One adapter per command, all alike: the window's label is checked, then the application is asked.

use salus_api::App;
use salus_wire::{ErrorCode, Failure};
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{Builder, State, WebviewWindow, Wry};

/// The one window's label.
pub(crate) const WINDOW: &str = "main";

/// The answer's JSON goes as octets: as an object the web view would read it, only for the page to write it out again and read it itself.
async fn call(window: &str, app: &App, name: &str, request: Value) -> Result<Response, Failure> {
    is_ours(window)?;
    Ok(Response::new(app.call(name, request).await?.into_bytes()))
}

/// Tauri's access control comes before this; a window that got past it is refused all the same.
fn is_ours(window: &str) -> Result<(), Failure> {
    if window == WINDOW { Ok(()) } else { Err(ErrorCode::NotAllowed.into()) }
}

macro_rules! adapters {
    ($($name:ident)+) => {
        $(
            #[tauri::command]
            async fn $name(window: WebviewWindow, app: State<'_, App>, request: Value) -> Result<Response, Failure> {
                call(window.label(), &app, stringify!($name), request).await
            }
        )+

        /// Registers every adapter.
        pub(crate) fn register(builder: Builder<Wry>) -> Builder<Wry> {
            builder.invoke_handler(tauri::generate_handler![$($name),+])
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

adapters! {
    get_app set_settings create_profile unlock unlock_with_recovery_key keep_open lock
    accept_record forget_stopped verify_record cancel_verification get_verification
    get_doors change_passphrase reset_passphrase make_recovery_key set_recovery_key try_recovery_key rate_passphrase
    list_devices scan_devices add_device remove_device
    pair_device answer_pairing cancel_pairing get_adapter stop_fetching fetch_memory get_record
    set_device_clock set_device_wheel accept_device set_device_person start_ecg stop_ecg get_overview type_reading withdraw_reading
    get_draft keep_draft preview_deletion delete_readings list_deletions list_unclaimed claim_readings
    get_clinical
    get_trend sum_days list_day_notes keep_day_note keep_reading_note
    choose_import keep_import leave_import list_imports undo_import
    check_code preview_permission issue_permission list_permissions stop_permission list_activity
    withdraw_enrolment
    get_emergency make_card show_card review_emergency
    list_replies read_reply see_permission see_first_minute
    make_code add_attestation list_inbox open_record stop_opening ask_for_readings
    ask_second check_second second_opening
    read_card announce_emergency ask_emergency_second second_emergency open_emergency
    get_opened_clinical score_news
    list_patients flag_patient compare_periods get_opened_record get_opened_trend get_sent_replies send_reply
    list_groups
    make_family_code check_family_code get_family add_delegate lower_delegate remove_delegate confirm_review set_family_rules
    let_helpers_stop
    approve_change object_change decide_permission stop_for_relative lay_down issue_for_relative open_relative
    foresee_for_relative
    name_guardians make_recovery_request check_recovery_request agree_recovery take_circle regain_readings forgo_readings
    take_over_meantime
    ask_rehearsal answer_rehearsal add_rehearsal_answer
    ask_clinicians check_power attest_power
    list_clinicians know_clinician hand_over ask_handover confirm_permission leave_at_rest seen_emergencies
    review_for_relative list_given_codes take_back_code
    make_report print_card make_opened_report make_relative_report list_reports check_report
    get_members
    get_backups make_backup choose_backup_folder rehearse_backup restore_backup stop_work
    get_lost withdraw_lost renew_keys get_laptops show_laptop_code read_laptop_code cancel_laptop confirm_laptop join_laptop
    rename_laptop remove_laptop sync_laptops export_record list_profiles choose_profile add_profile rename_profile
    list_notices read_notices get_desktop set_desktop take_link read_code_picture
    keep_first_run undo_profile
}

#[cfg(test)]
mod tests {
    use salus_wire::command::COMMANDS;

    use super::*;

    /// The wire, the adapters, the build's list and the window's capability name the same commands.
    #[test]
    fn four_lists_agree() {
        let wire: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
        assert_eq!(NAMES, wire);
        let build = include_str!("../build.rs");
        let capability: Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let allowed: Vec<&str> =
            capability["permissions"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        for name in &wire {
            assert!(build.contains(&format!("    \"{name}\",\n")), "build.rs lists {name}");
            assert!(
                allowed.contains(&format!("allow-{}", name.replace('_', "-")).as_str()),
                "{name} is allowed"
            );
        }
        assert_eq!(allowed.len(), wire.len() + 1, "nothing but the commands and hearing events");
        assert_eq!(build.lines().filter(|l| l.starts_with("    \"")).count(), wire.len());
        assert!(allowed.iter().all(|p| !p.contains('*') && !p.ends_with(":default")));
    }

    /// No other window, no other place's page, and no other capability.
    #[test]
    fn one_window_of_the_page_itself_may_ask() {
        is_ours("main").unwrap();
        for other in ["", "Main", "main ", "main2", "popup", "*"] {
            assert_eq!(is_ours(other).unwrap_err().code, ErrorCode::NotAllowed, "{other:?}");
        }
        let capability: Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        assert_eq!(capability["windows"], serde_json::json!([WINDOW]));
        for more in ["webviews", "remote", "local"] {
            assert!(capability[more].is_null(), "{more}");
        }
        let config: Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        assert_eq!(config["app"]["security"]["capabilities"], serde_json::json!(["main"]));
    }

    /// The policy of the design, word for word.
    #[test]
    fn the_policy_stays_strict() {
        let config: Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
            connect-src 'self' ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; form-action 'none'; \
            frame-ancestors 'none'";
        assert_eq!(config["app"]["security"]["csp"], policy);
        assert_eq!(config["app"]["security"]["freezePrototype"], true);
        assert_eq!(config["app"]["withGlobalTauri"], false);
    }
}
