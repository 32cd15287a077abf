//! Permissions that the patient gives and stops, what was opened, and emergency cards.

use super::frame::commands;
use crate::view::{
    ActivityView, ClinicianView, EmergencyView, FirstMinuteView, MembersView, PermissionDraft,
    PermissionView, PreviewView, PrintView, ReplyView, SeenOf, SeenView, Verdict,
};
use crate::{Category, GrantId};

commands! {
    /// Check a clinician's code and say who it is, as proven.
    CheckCode { /** As pasted or read from a file. */ code: String } = "check_code", Patient -> ClinicianView;
    /// The sentence and the list of what the clinician will see, before anything is signed.
    PreviewPermission { /** What to permit. */ draft: PermissionDraft } = "preview_permission", Patient -> PreviewView;
    /// Give the permission; asks for confirmation natively and for the passphrase again.
    IssuePermission {
        /** What to permit. */ draft: PermissionDraft,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "issue_permission", Patient -> PermissionView;
    /// Who can see what until when.
    ListPermissions {} = "list_permissions", Patient -> Vec<PermissionView>;
    /// Stop a permission before its end.
    StopPermission { /** Which. */ id: GrantId } = "stop_permission", Patient -> PermissionView;
    /// Every opening, each proven.
    ListActivity {} = "list_activity", Patient -> ActivityView;
    /// Withdraw this computer's enrolment as the gateway of its record, for good; readings and permissions stay.
    WithdrawEnrolment {} = "withdraw_enrolment", Patient -> MembersView;
    /// The emergency card in force, and what happened with it and those before it.
    GetEmergency {} = "get_emergency", Patient -> EmergencyView;
    /// Make an emergency card; the one in force is stopped. Asks natively and for the passphrase again.
    MakeCard {
        /** What it opens; one to [`crate::view::MAX_ON_CARD`], each once. */ categories: Vec<Category>,
        /** Whom to call, as printed: at most [`crate::view::MAX_CALL`] characters, or nothing. */ call: String,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "make_card", Patient -> EmergencyView;
    /// The card in force, to be printed: it holds a key, and nothing of health.
    ShowCard {} = "show_card", Patient -> PrintView;
    /// Say what to think of an announcement or an opening: recorded with the members, once and for good. Asks natively.
    ReviewEmergency {
        /** The card's permission. */ permission: GrantId,
        /** What, by its `id` as listed. */ id: String,
        /** What to say to it. */ verdict: Verdict,
    } = "review_emergency", Patient -> EmergencyView;
    /// Notes that clinicians wrote back, newest first.
    ListReplies {} = "list_replies", Unlocked -> Vec<ReplyView>;
    /// A note was read.
    ReadReply {
        /** With which permission. */ permission: GrantId,
        /** Its number. */ number: u32,
    } = "read_reply", Unlocked -> Vec<ReplyView>;
    /// What a permission that was given shows its reader now, from the person's own record.
    SeePermission {
        /** Which. */ id: GrantId,
        /** Width of each chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "see_permission", Patient -> SeenView;
    /// What that reader's screen makes of the readings before any picture; also of a permission that is not signed yet.
    SeeFirstMinute { /** Through which permission. */ of: SeenOf } = "see_first_minute", Patient -> FirstMinuteView;
}
