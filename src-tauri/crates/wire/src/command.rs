//! Every command: its name, its request, its answer, and who may call it when.
//!
//! Both bridges (`tauri` and `http`) send the request as one JSON object and get the answer or a [`Failure`] back.

mod frame;

use serde::{Deserialize, Serialize};

use frame::commands;
pub use frame::{Allowed, Command};

use crate::view::{
    ActivityView, AdapterView, AppView, AskedView, BackupsView, CheckedReportView, ClinicalView,
    ClinicianView, CodeView, ComparisonView, DayNoteView, DayView, DeletedView, DeletionView, DesktopView,
    DeviceView, DoorsView, DraftKind, DraftView, EmergencyReason, EmergencyView, ExportFormat, ExportView,
    FamilyCodeView, FamilyRules, FamilyView, FirstRunView, GroupView, HandOverView, HeldCardView,
    HelpedRecordView, HelperLimits, ImportPreviewView, ImportView, InboxView, KeptNoteView, LaptopsView,
    LinkedView, LostView, MadeReportView, MembersView, NamedClinician, NewsTyped, NewsView, NoticesView,
    OpenedView, OverviewView, PairingAnswer, PastDeletionView, PatientView, Period, PermissionDraft,
    PermissionView, PersonChoice, PowerQuestionView, PreviewView, PrintView, ProfileEntryView, ReadingView,
    RecordView, RecoveryKeyView, RegainedView, RehearsalView, RelativeDraft, RelativeView, ReplyView,
    ReportKind, ReportLanguage, Role, SecondQuestionView, SeenView, SentRepliesView, SettingsView, TrendView,
    TypedGroup, UnclaimedView, ValueView, Verdict, VerificationView, WithdrawnView,
};
use crate::{Category, ChangeId, CircleId, DeviceId, GrantId};

commands! {
    /// What to show first: profile, lock, members, settings.
    GetApp {} = "get_app", Always -> AppView;
    /// Change language, theme or text size.
    SetSettings { /** The new settings, whole. */ settings: SettingsView } = "set_settings", Always -> SettingsView;
    /// Make a profile with its own encrypted record. Leaves it unlocked.
    CreateProfile {
        /** The person's name, 1 to 80 characters. */ name: String,
        /** What the profile is for. */ role: Role,
        /** At least 8 characters, at most 1024 octets. */ passphrase: String,
    } = "create_profile", Always -> RecoveryKeyView;
    /// Open the record with the passphrase.
    Unlock { /** The passphrase. */ passphrase: String } = "unlock", Always -> AppView;
    /// Open the record with the printed recovery key.
    UnlockWithRecoveryKey { /** As printed; spaces, dashes and case do not matter. */ key: String } = "unlock_with_recovery_key", Always -> AppView;
    /// A person is here: pointing, typing or scrolling keeps the record open.
    KeepOpen {} = "keep_open", Unlocked -> ();
    /// Close the record and forget its keys.
    Lock {} = "lock", Always -> AppView;
    /// Take the record as it is, although an older copy is in its place or its history is damaged. The record remembers it.
    AcceptRecord {} = "accept_record", Unlocked -> AppView;
    /// Put away what is said of work that the lock stopped.
    ForgetStopped {} = "forget_stopped", Unlocked -> AppView;
    /// Verify everything in the record. It goes on by itself and tells its progress.
    VerifyRecord {} = "verify_record", Unlocked -> VerificationView;
    /// Cancel verifying.
    CancelVerification {} = "cancel_verification", Unlocked -> VerificationView;
    /// How verifying goes, or went last since the record was opened.
    GetVerification {} = "get_verification", Unlocked -> VerificationView;
    /// What opens the record.
    GetDoors {} = "get_doors", Unlocked -> DoorsView;
    /// Replace the passphrase.
    ChangePassphrase {
        /** The passphrase so far. */ old: String,
        /** At least 8 characters, at most 1024 octets. */ new: String,
    } = "change_passphrase", Unlocked -> DoorsView;
    /// Set a passphrase by the recovery key: the old one is forgotten, or this computer's keyring lost its part of it.
    ResetPassphrase {
        /** The recovery key, as printed; spaces, dashes and case do not matter. */ key: String,
        /** At least 8 characters, at most 1024 octets. */ new: String,
    } = "reset_passphrase", Unlocked -> DoorsView;
    /// A fresh recovery key to write down. The old one works until [`SetRecoveryKey`].
    MakeRecoveryKey { /** The passphrase, again. */ passphrase: String } = "make_recovery_key", Unlocked -> RecoveryKeyView;
    /// Show that the recovery key that was shown last is written down, by typing groups of it back. One of
    /// [`MakeRecoveryKey`] takes the place of the old one then.
    SetRecoveryKey { /** At least two groups, as written down. */ typed: Vec<TypedGroup> } = "set_recovery_key", Unlocked -> DoorsView;
    /// Try the recovery key; nothing changes.
    TryRecoveryKey { /** As printed; spaces, dashes and case do not matter. */ key: String } = "try_recovery_key", Unlocked -> ();

    /// Devices known and in range.
    ListDevices {} = "list_devices", Patient -> Vec<DeviceView>;
    /// Look for devices for up to 30 seconds.
    ScanDevices {} = "scan_devices", Patient -> Vec<DeviceView>;
    /// Add a device in range and keep receiving from it.
    AddDevice { /** Which. */ device: DeviceId } = "add_device", Patient -> DeviceView;
    /// Stop receiving from a device and forget it; its readings stay.
    RemoveDevice { /** Which. */ device: DeviceId } = "remove_device", Patient -> Vec<DeviceView>;
    /// Pair with an added device. It goes on by itself; [`DeviceView::pairing`] says what is asked.
    PairDevice { /** Which. */ device: DeviceId } = "pair_device", Patient -> DeviceView;
    /// Answer what is asked while pairing.
    AnswerPairing {
        /** Which. */ device: DeviceId,
        /** The answer. */ answer: PairingAnswer,
    } = "answer_pairing", Patient -> DeviceView;
    /// Stop pairing, or put a failed one away.
    CancelPairing { /** Which. */ device: DeviceId } = "cancel_pairing", Patient -> DeviceView;
    /// How Bluetooth is doing on this computer.
    GetAdapter {} = "get_adapter", Patient -> AdapterView;

    /// Today's readings and the chart of one category.
    GetRecord {
        /** Which series. */ category: Category,
        /** Start of the span, inclusive, Unix milliseconds. */ from: i64,
        /** End of the span, exclusive. */ to: i64,
        /** Width of the chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "get_record", Patient -> RecordView;
    /// Agree that a device's clock is set when it is wrong, or withdraw that.
    SetDeviceClock { /** Which. */ device: DeviceId, /** True to agree. */ agreed: bool } = "set_device_clock", Patient -> DeviceView;
    /// Say how long the way of one turn of the wheel is that a device counts; without a length it is the most usual wheel.
    SetDeviceWheel {
        /** Which. */ device: DeviceId,
        /** 300 to 4800 mm. */ circumference_mm: Option<u16>,
    } = "set_device_wheel", Patient -> DeviceView;
    /// Say that a device is the person's although another one gives the same identity, or although what it offers has
    /// changed: what it sends from now on is stored.
    AcceptDevice { /** Which. */ device: DeviceId } = "accept_device", Patient -> DeviceView;
    /// Say who this person is to a device that keeps several people apart. It is asked at once, or when it connects next.
    SetDevicePerson {
        /** Which. */ device: DeviceId,
        /** Who they are to it. */ person: PersonChoice,
    } = "set_device_person", Patient -> DeviceView;
    /// Record an electrocardiogram with a device that does so when told to; [`DeviceView::ecg`] says how it goes.
    StartEcg {
        /** Which. */ device: DeviceId,
        /** For how long, 10 to 300 seconds. */ seconds: u16,
    } = "start_ecg", Patient -> DeviceView;
    /// End a recording before its time, or put its outcome away.
    StopEcg { /** Which. */ device: DeviceId } = "stop_ecg", Patient -> DeviceView;
    /// Which categories hold readings, in the order of screens.
    GetOverview {} = "get_overview", Patient -> Vec<OverviewView>;
    /// Store readings that a person typed; refused as a whole when one value is out of its range.
    TypeReading {
        /** Which series. */ category: Category,
        /** What was measured; quantities of [`Category::typed`], or those of another unit. */ values: Vec<ValueView>,
        /** When, Unix milliseconds; not in the future. */ at: i64,
        /** A note of the person's own, at most 500 characters; it is not shared. */ note: Option<String>,
    } = "type_reading", Patient -> ReadingView;
    /// Take back a typed reading, as long as it is in no sealed segment.
    WithdrawReading {
        /** Which series. */ category: Category,
        /** Its instant, as the answer of `type_reading` says. */ at: i64,
    } = "withdraw_reading", Patient -> WithdrawnView;
    /// What a person had not finished when the record was locked.
    GetDraft { /** Of what. */ kind: DraftKind } = "get_draft", Patient -> DraftView;
    /// Keep what is not finished, sealed in the record, or let it go.
    KeepDraft {
        /** Of what. */ kind: DraftKind,
        /** As the page reads it back, at most 96 KiB; `None` lets it go. */ text: Option<String>,
    } = "keep_draft", Patient -> ();
    /// What deleting readings for ever would take with it; nothing when no whole part of the span is over.
    PreviewDeletion {
        /** Which series. */ category: Category,
        /** Start, inclusive, Unix milliseconds. */ from: i64,
        /** End, exclusive. */ to: i64,
    } = "preview_deletion", Patient -> Option<DeletionView>;
    /// Delete readings for ever, exactly as the preview said; asks natively and for the passphrase again.
    DeleteReadings {
        /** Which series. */ category: Category,
        /** As the preview said. */ from: i64,
        /** As the preview said. */ to: i64,
        /** As the preview said. */ readings: u64,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "delete_readings", Patient -> DeletedView;
    /// What was deleted for ever, newest first.
    ListDeletions {} = "list_deletions", Patient -> Vec<PastDeletionView>;
    /// Readings of devices with several users that nobody claimed yet.
    ListUnclaimed {} = "list_unclaimed", Patient -> Vec<UnclaimedView>;
    /// Say whose a device's user is, for what came and for what will come.
    ClaimReadings {
        /** Which device. */ device: DeviceId,
        /** Its user index; `None` is the user that the device does not know. */ user: Option<u8>,
        /** True to take the readings into this record, false to leave them out. */ mine: bool,
    } = "claim_readings", Patient -> Vec<UnclaimedView>;
    /// What a category of the own record comes to by its clinical convention: blood pressure, glucose, heart rate.
    GetClinical {
        /** Which series. */ category: Category,
        /** End of what is asked about, exclusive, Unix milliseconds, not after now; `None` is now. */ until: Option<i64>,
    } = "get_clinical", Patient -> ClinicalView;
    /// How a category's readings compare with the person's own earlier days, and how much of the last days holds readings.
    GetTrend { /** Which series. */ category: Category } = "get_trend", Patient -> TrendView;
    /// What each day comes to, by the wall clock of the person's computer, newest first.
    SumDays {
        /** Which series. */ category: Category,
        /** Start of the span, inclusive, Unix milliseconds. */ from: i64,
        /** End of the span, exclusive. */ to: i64,
    } = "sum_days", Patient -> Vec<DayView>;
    /// The person's notes on days, in order.
    ListDayNotes {
        /** The first date, as in [`DayNoteView::day`]. */ first: String,
        /** The last one; at most 400 days. */ last: String,
    } = "list_day_notes", Patient -> Vec<DayNoteView>;
    /// Write, change or remove the note on a day. It is not shared.
    KeepDayNote {
        /** The date. */ day: String,
        /** At most [`crate::view::MOST_NOTE`] characters; `None` removes it. */ text: Option<String>,
    } = "keep_day_note", Patient -> KeptNoteView;
    /// Write, change or remove the note on a reading. It is not shared.
    KeepReadingNote {
        /** Which series. */ category: Category,
        /** The reading's instant. */ at: i64,
        /** At most [`crate::view::MOST_NOTE`] characters; `None` removes it. */ text: Option<String>,
    } = "keep_reading_note", Patient -> KeptNoteView;
    /// Read a file with readings, which is chosen in a dialog of the desktop's own, and say what is in it. Nothing is stored.
    ChooseImport {} = "choose_import", Patient -> ImportPreviewView;
    /// Store what the file held that was read last.
    KeepImport { /** As the preview said. */ id: DeviceId } = "keep_import", Patient -> ImportView;
    /// Forget what the file held that was read last.
    LeaveImport {} = "leave_import", Patient -> ();
    /// What was imported, newest first.
    ListImports {} = "list_imports", Patient -> Vec<ImportView>;
    /// Take a whole import out again. What somebody opened meanwhile they keep.
    UndoImport { /** Which. */ id: DeviceId } = "undo_import", Patient -> ImportView;

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
    ListReplies {} = "list_replies", Patient -> Vec<ReplyView>;
    /// A note was read.
    ReadReply {
        /** With which permission. */ permission: GrantId,
        /** Its number. */ number: u32,
    } = "read_reply", Patient -> Vec<ReplyView>;
    /// What a permission that was given shows its reader now, from the person's own record.
    SeePermission {
        /** Which. */ id: GrantId,
        /** Width of each chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "see_permission", Patient -> SeenView;

    /// This clinician's attestation request or, once attested, a fresh code to give to one patient.
    MakeCode { /** A note to recognise the invitation by; stays here. */ note: String } = "make_code", Clinician -> CodeView;
    /// Take in the attestation that a member issued.
    AddAttestation { /** As text. */ attestation: String } = "add_attestation", Clinician -> CodeView;
    /// Shared records.
    ListInbox {} = "list_inbox", Clinician -> InboxView;
    /// Open a shared record. Leaves a receipt before anything is released.
    OpenRecord {
        /** Which permission. */ id: GrantId,
        /** Width of each chart in CSS pixels, 200 to 4000. */ width: u16,
        /** A second clinician's answer, where the permission asks for one. */ second: Option<String>,
    } = "open_record", Clinician -> OpenedView;
    /// As [`MakeCode`], with a request in the code: what the patient is asked to give, and for what.
    AskForReadings {
        /** A note to recognise the invitation by; stays here. */ note: String,
        /** What is asked for. */ asks: AskedView,
    } = "ask_for_readings", Clinician -> CodeView;
    /// A text that asks another clinician to be the second for the next opening.
    AskSecond { /** Which permission. */ id: GrantId } = "ask_second", Clinician -> HandOverView;
    /// Who asks this clinician to be the second, and for what, as proven.
    CheckSecond { /** As pasted or read from a file. */ question: String } = "check_second", Clinician -> SecondQuestionView;
    /// Agree as the second clinician; asks for confirmation natively. The answer is a text to hand back.
    SecondOpening { /** As pasted or read from a file. */ question: String } = "second_opening", Clinician -> HandOverView;
    /// Whose emergency card this is, and what can be done with it when.
    ReadCard { /** As scanned or typed. */ card: String } = "read_card", Clinician -> HeldCardView;
    /// Announce an emergency: the patient is told, and half an hour later this clinician may open alone.
    AnnounceEmergency {
        /** As scanned or typed. */ card: String,
        /** Why. */ reason: EmergencyReason,
    } = "announce_emergency", Clinician -> HeldCardView;
    /// A text for another clinician, who agrees with `second_emergency`; the answer opens at once.
    AskEmergencySecond {
        /** As scanned or typed. */ card: String,
        /** Why. */ reason: EmergencyReason,
    } = "ask_emergency_second", Clinician -> HandOverView;
    /// Agree that another clinician opens a record in an emergency; asks natively.
    SecondEmergency { /** The text of `ask_emergency_second`. */ ask: String } = "second_emergency", Clinician -> HandOverView;
    /// Open in an emergency. Leaves a receipt with the reason and an attested clinician's signature.
    OpenEmergency {
        /** As scanned or typed. */ card: String,
        /** Why. */ reason: EmergencyReason,
        /** The other clinician's answer to the newest `ask_emergency_second`; `None` opens alone, half an hour after the announcement. */
        word: Option<String>,
        /** Width of each chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "open_emergency", Clinician -> OpenedView;
    /// As [`GetClinical`], of a record that was opened since the last unlocking; nobody is asked anything anew.
    GetOpenedClinical {
        /** Which permission. */ id: GrantId,
        /** Which series. */ category: Category,
        /** End of what is asked about, exclusive, Unix milliseconds, not after now; `None` is the end of what was opened. */ until: Option<i64>,
    } = "get_opened_clinical", Clinician -> ClinicalView;
    /// The vital signs of an opened record and, with what a clinician typed, their early warning score.
    ScoreNews {
        /** Which permission. */ id: GrantId,
        /** What no sensor tells; without it nothing is scored. */ typed: Option<NewsTyped>,
    } = "score_news", Clinician -> NewsView;
    /// What patients gave this clinician, with marks and with what was seen since the record was unlocked, newest first.
    ListPatients {} = "list_patients", Clinician -> Vec<PatientView>;
    /// Mark a permission, or take the mark away. Nobody else sees it.
    FlagPatient {
        /** Which permission. */ id: GrantId,
        /** True to mark it. */ flagged: bool,
    } = "flag_patient", Clinician -> Vec<PatientView>;
    /// Two times of a record that was opened since the last unlocking, side by side; nobody is asked anything anew.
    ComparePeriods {
        /** Which permission. */ id: GrantId,
        /** Which series. */ category: Category,
        /** The first time. */ first: Period,
        /** The second time. */ second: Period,
        /** Width of each chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "compare_periods", Clinician -> ComparisonView;
    /// The notes that this clinician wrote to the patient of a permission.
    GetSentReplies { /** Which permission. */ id: GrantId } = "get_sent_replies", Clinician -> SentRepliesView;
    /// Sign a note and send it to the patient; asks natively.
    SendReply {
        /** Which permission. */ id: GrantId,
        /** As [`crate::view::check_reply`] allows. */ text: String,
        /** The number of an earlier note that this one takes back. */ takes_back: Option<u32>,
    } = "send_reply", Clinician -> SentRepliesView;

    /// The organisations whose staff on duty a permission can be given to.
    ListGroups {} = "list_groups", Patient -> Vec<GroupView>;

    /// A fresh code to give to somebody whom this person is to help.
    MakeFamilyCode {} = "make_family_code", Unlocked -> FamilyCodeView;
    /// Read a relative's code: the name in it and the digits to compare. Nobody attests them.
    CheckFamilyCode { /** As pasted or read from a file. */ code: String } = "check_family_code", Patient -> RelativeView;
    /// Who helps whom.
    GetFamily {} = "get_family", Unlocked -> FamilyView;
    /// Let somebody help: the first at once, every other one after 72 hours. Asks natively and for the passphrase again.
    AddDelegate {
        /** The relative's code. */ code: String,
        /** What they may do. */ limits: HelperLimits,
        /** What helpers need one another for; with the first helper, and only then. */ rules: Option<FamilyRules>,
        /** True to choose the paper that gives the power, in a dialog of the desktop's own; only its salted hash is kept. */ paper: bool,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "add_delegate", Patient -> FamilyView;
    /// A steward keeps some of the categories, or none and only agrees, objects and stops: the others are theirs no longer at once, and
    /// new keys begin for them. What is left they read on, and permit again after 72 hours, unless somebody objects.
    LowerDelegate {
        /** Which. */ seat: u8,
        /** What is left: some of what they have, or nothing. */ categories: Vec<Category>,
    } = "lower_delegate", Patient -> FamilyView;
    /// A helper goes, at once. What they gave rests until the patient confirms it.
    RemoveDelegate { /** Which. */ seat: u8 } = "remove_delegate", Patient -> FamilyView;
    /// A helper's power goes on for another year before it is looked at again.
    ConfirmReview { /** Which. */ seat: u8 } = "confirm_review", Patient -> FamilyView;
    /// Say what helpers need one another for: stricter at once, looser after 72 hours. Asks for the passphrase again.
    SetFamilyRules {
        /** All of it. */ rules: FamilyRules,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "set_family_rules", Patient -> FamilyView;
    /// Agree to a change that waits.
    ApproveChange {
        /** Whose circle. */ circle: CircleId,
        /** Which. */ change: ChangeId,
    } = "approve_change", Unlocked -> FamilyView;
    /// Object to a change that waits: it does not come.
    ObjectChange {
        /** Whose circle. */ circle: CircleId,
        /** Which. */ change: ChangeId,
    } = "object_change", Unlocked -> FamilyView;
    /// Agree to a helper's permission, or object to it for good.
    DecidePermission {
        /** Whose circle. */ circle: CircleId,
        /** Which. */ id: GrantId,
        /** True to agree. */ agree: bool,
    } = "decide_permission", Unlocked -> FamilyView;
    /// Stop a helper's permission before its end, as any one helper and the person may.
    StopForRelative {
        /** Whose circle. */ circle: CircleId,
        /** Which. */ id: GrantId,
    } = "stop_for_relative", Unlocked -> FamilyView;
    /// Help this person no longer, at once.
    LayDown { /** Whose circle. */ circle: CircleId } = "lay_down", Unlocked -> FamilyView;
    /// Give a permission for somebody else, within the own limits. Asks natively and for the passphrase again.
    IssueForRelative {
        /** Whose circle. */ circle: CircleId,
        /** What to permit. */ draft: RelativeDraft,
        /** The helper's own passphrase, again. */ passphrase: String,
    } = "issue_for_relative", Unlocked -> FamilyView;
    /// What somebody whom the person helps as a steward has measured.
    OpenRelative {
        /** Whose circle. */ circle: CircleId,
        /** Start of the span, inclusive, Unix milliseconds. */ from: i64,
        /** End of the span, exclusive. */ to: i64,
        /** Width of each chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "open_relative", Unlocked -> HelpedRecordView;
    /// Say who can together give this person's circle to a new computer, in place of those before: at once where there is no
    /// circle yet, otherwise after 72 hours. Asks natively and for the passphrase again.
    NameGuardians {
        /** Their family codes, 2 to 8. */ codes: Vec<String>,
        /** How many of them it takes, at least 2. */ needed: u8,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "name_guardians", Patient -> FamilyView;
    /// Make the request to get back after everything was lost, or show it again. Only where nobody helps yet.
    MakeRecoveryRequest {} = "make_recovery_request", Patient -> FamilyView;
    /// Read such a request: the name in it and the digits to compare. Nobody attests them.
    CheckRecoveryRequest { /** As pasted or read from a file. */ code: String } = "check_recovery_request", Unlocked -> RelativeView;
    /// Agree, as a guardian, that the computer of the request speaks for this person. Asks natively and for the passphrase again.
    AgreeRecovery {
        /** Whose circle. */ circle: CircleId,
        /** The request. */ code: String,
        /** The guardian's own passphrase, again. */ passphrase: String,
    } = "agree_recovery", Unlocked -> FamilyView;
    /// Take a circle that guardians gave back, after its digits were compared with one of them.
    TakeCircle { /** Which. */ circle: CircleId } = "take_circle", Patient -> FamilyView;
    /// Take the readings out of a backup with the parts that guardians gave back, into a record of its own beside this one; the
    /// backup is chosen in a dialog of the desktop's own. Its passphrase is this record's. Asks natively and for it again.
    RegainReadings { /** The patient's passphrase, again. */ passphrase: String } = "regain_readings", Patient -> RegainedView;
    /// Go on without the readings of before: the parts that came back are forgotten, and guardians get new ones. Asks natively.
    ForgoReadings {} = "forgo_readings", Patient -> FamilyView;
    /// Take what was measured in the record of the meantime over into this one, which was regained; nothing is taken out there, and
    /// doing it again adds nothing.
    TakeOverMeantime { /** That record's passphrase. */ passphrase: String } = "take_over_meantime", Patient -> FamilyView;
    /// Ask the guardians whether they still hold their part; the text is the same for all of them. Nothing changes by it.
    AskRehearsal {} = "ask_rehearsal", Patient -> HandOverView;
    /// Say, as a guardian, that the own part is still held.
    AnswerRehearsal { /** The question. */ code: String } = "answer_rehearsal", Unlocked -> HandOverView;
    /// Take in a guardian's answer.
    AddRehearsalAnswer { /** The answer. */ code: String } = "add_rehearsal_answer", Patient -> FamilyView;
    /// A question for two clinicians, whether a helper's power that waits for them may begin; the text is the same for both.
    AskClinicians {
        /** Whose circle. */ circle: CircleId,
        /** Whose power. */ seat: u8,
    } = "ask_clinicians", Unlocked -> HandOverView;
    /// Read such a question, with what the members prove of it.
    CheckPower { /** The question. */ question: String } = "check_power", Clinician -> PowerQuestionView;
    /// Say that the power may begin, under the attested key: the circle keeps it. Asks natively.
    AttestPower { /** The question. */ question: String } = "attest_power", Clinician -> PowerQuestionView;
    /// The clinicians whom this record's person knows: by a permission, a helper's among them, or by a code that was read for this.
    ListClinicians {} = "list_clinicians", Patient -> Vec<NamedClinician>;
    /// Read a clinician's code and remember who it is, as proven. It gives nothing.
    KnowClinician { /** As pasted or read from a file. */ code: String } = "know_clinician", Patient -> Vec<NamedClinician>;
    /// Hand the circle of this record over to its person, who came of age: what helpers permitted rests at once, and 72 hours later
    /// the key of the request speaks. Never undone. Asks natively and for the passphrase again.
    HandOver {
        /** The request that the person made on a computer of their own. */ request: String,
        /** This record's passphrase, again. */ passphrase: String,
    } = "hand_over", Patient -> FamilyView;
    /// Ask, as a helper, that a circle be handed over to its person, who came of age: with the others' agreement, after 72 hours.
    /// Asks natively and for the passphrase again.
    AskHandover {
        /** Whose circle. */ circle: CircleId,
        /** The helper's own passphrase, again. */ passphrase: String,
    } = "ask_handover", Unlocked -> FamilyView;
    /// Confirm what a helper permitted and what rests. Asks natively and for the passphrase again.
    ConfirmPermission {
        /** Which. */ id: GrantId,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "confirm_permission", Patient -> FamilyView;
    /// Leave at rest what a helper permitted; it can still be confirmed.
    LeaveAtRest { /** Which. */ id: GrantId } = "leave_at_rest", Patient -> FamilyView;
    /// Mark everything that is known of somebody's emergencies as seen; it stays listed.
    SeenEmergencies { /** Whose circle. */ circle: CircleId } = "seen_emergencies", Unlocked -> FamilyView;
    /// Say, as a helper whose power is in force, what to think of an announcement or an opening: recorded with the members beside
    /// what the person says, once and for good. Asks natively.
    ReviewForRelative {
        /** Whose circle. */ circle: CircleId,
        /** What, by its `id` as listed. */ id: String,
        /** What to say to it. */ verdict: Verdict,
    } = "review_for_relative", Unlocked -> FamilyView;

    /// Make a report of the own record, as one page; where it goes is chosen in a dialog of the desktop's own. The members are
    /// asked to record its code.
    MakeReport {
        /** What it is. */ report: ReportKind,
        /** What is in it; for a diary and a glucose profile nothing. */ categories: Vec<Category>,
        /** Start of its time, inclusive, Unix milliseconds: a beginning of a day. */ from: i64,
        /** End, exclusive: a beginning of a day, or now. */ to: i64,
        /** The page's language. */ language: ReportLanguage,
    } = "make_report", Patient -> MadeReportView;
    /// The emergency card in force as a page to print, in a file. It holds the card's key.
    PrintCard { /** The page's language. */ language: ReportLanguage } = "print_card", Patient -> ();
    /// Make a report of what was opened with a permission; no member is asked for anything of the patient's.
    MakeOpenedReport {
        /** Which permission. */ id: GrantId,
        /** What it is. */ report: ReportKind,
        /** The page's language. */ language: ReportLanguage,
    } = "make_opened_report", Clinician -> MadeReportView;
    /// The reports that this record made, newest first.
    ListReports {} = "list_reports", Unlocked -> Vec<MadeReportView>;
    /// Check a report: by its code as typed, or by its file, which is chosen in a dialog of the desktop's own.
    CheckReport {
        /** As printed; `None` chooses a file. */ code: Option<String>,
        /** The language to say in what the report says. */ language: ReportLanguage,
    } = "check_report", Unlocked -> CheckedReportView;

    /// The members, the newest proven block, and how far it can be trusted.
    GetMembers {} = "get_members", Unlocked -> MembersView;

    /// Which backups there are, and what is wrong with making them.
    GetBackups {} = "get_backups", Unlocked -> BackupsView;
    /// Make a backup now.
    MakeBackup {} = "make_backup", Unlocked -> BackupsView;
    /// Say where backups go; a folder is chosen in a dialog of the desktop's own.
    ChooseBackupFolder { /** True for the record's own folder, without asking. */ own: bool } = "choose_backup_folder", Unlocked -> BackupsView;
    /// Restore the newest backup into a temporary directory with the recovery key, read all of it, and remove it again.
    RehearseBackup { /** As printed. */ key: String } = "rehearse_backup", Unlocked -> RehearsalView;
    /// Make this directory's record out of a backup, which is chosen in a dialog of the desktop's own. Leaves it unlocked.
    RestoreBackup {
        /** As printed. */ key: String,
        /** The new passphrase: at least 8 characters, at most 1024 octets. */ passphrase: String,
    } = "restore_backup", Always -> AppView;
    /// Stop the long work that is running: a backup, a rehearsal, a restoration, an export.
    StopWork {} = "stop_work", Always -> ();
    /// What a lost laptop of this record could open: own readings and permissions, or those that patients gave.
    GetLost {} = "get_lost", Unlocked -> LostView;
    /// Withdraw the enrolment of every computer that this record was on before, for good.
    WithdrawLost {} = "withdraw_lost", Patient -> LostView;
    /// Begin new keys for whatever is measured from now on, which a lost laptop does not have. Permissions that run are given again
    /// under them, with the same conditions.
    RenewKeys {} = "renew_keys", Patient -> LostView;
    /// The person's laptops, and how two get to know each other.
    GetLaptops {} = "get_laptops", Patient -> LaptopsView;
    /// Show a code, so that this laptop can become another one of a person's: only as long as nothing is in its record.
    ShowLaptopCode {} = "show_laptop_code", Patient -> LaptopsView;
    /// Read the code that a new laptop shows. Both show digits then.
    ReadLaptopCode { /** As typed or scanned. */ code: String } = "read_laptop_code", Patient -> LaptopsView;
    /// Stop getting to know another laptop.
    CancelLaptop {} = "cancel_laptop", Patient -> LaptopsView;
    /// On the old laptop: the digits are the same. Asks natively and for the passphrase again, and hands the record's keys over.
    ConfirmLaptop {
        /** What to call the new laptop: 1 to 40 characters. */ name: String,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "confirm_laptop", Patient -> LaptopsView;
    /// On the new laptop: the digits are the same. Asks natively; from then on this is the other person's laptop too.
    JoinLaptop {} = "join_laptop", Patient -> LaptopsView;
    /// Give a laptop another name.
    RenameLaptop {
        /** Which. */ number: u8,
        /** 1 to 40 characters. */ name: String,
    } = "rename_laptop", Patient -> LaptopsView;
    /// Take a laptop out of the record, for good: it opens nothing that is measured from then on, and gives and stops nothing.
    /// Asks natively and for the passphrase again.
    RemoveLaptop {
        /** Which. */ number: u8,
        /** True to give again from here what it gave and runs, with the same conditions. */ keep: bool,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "remove_laptop", Patient -> LaptopsView;
    /// Bring this laptop and the others to the same state now, as far as the others left something; `stop_work` stops it.
    SyncLaptops {} = "sync_laptops", Patient -> LaptopsView;
    /// Write everything into one file in an open format; the file is chosen in a dialog of the desktop's own.
    ExportRecord { /** Which. */ format: ExportFormat } = "export_record", Patient -> ExportView;

    /// The records on this computer.
    ListProfiles {} = "list_profiles", Always -> Vec<ProfileEntryView>;
    /// Close the open record and turn to another one, which stays locked.
    ChooseProfile { /** As listed. */ id: String } = "choose_profile", Always -> AppView;
    /// Close the open record and begin another one beside it; `create_profile` or `restore_backup` makes it.
    AddProfile {} = "add_profile", Always -> AppView;
    /// Give the open record another name.
    RenameProfile { /** The person's name, 1 to 80 characters. */ name: String } = "rename_profile", Unlocked -> AppView;

    /// What happened that the person is told of.
    ListNotices {} = "list_notices", Unlocked -> NoticesView;
    /// These were read.
    ReadNotices { /** The newest that was on the screen; those before it were too. */ up_to: u32 } = "read_notices", Unlocked -> NoticesView;
    /// What the desktop may do for this person: show notifications, and begin Salus with the session.
    GetDesktop {} = "get_desktop", Unlocked -> DesktopView;
    /// Choose that. It holds for this computer, whoever's record is open.
    SetDesktop { /** All of it. */ desktop: DesktopView } = "set_desktop", Unlocked -> DesktopView;
    /// Take the link that was opened last, once, to look at it; nothing is done with it.
    TakeLink {} = "take_link", Unlocked -> Option<LinkedView>;

    /// Keep how far the first run is, or that it is over.
    KeepFirstRun { /** The step, and what was skipped; `None` ends it. */ at: Option<FirstRunView> } = "keep_first_run", Always -> AppView;
    /// Undo the making of the open record while its first run is under way and nothing is in it: it is removed, and the first run goes
    /// on with what it is for. Refused with [`crate::ErrorCode::NotEmpty`] once anything was stored, shared or taken on, and with
    /// [`crate::ErrorCode::NotAllowed`] when no first run is under way.
    UndoProfile {} = "undo_profile", Always -> AppView;
}
