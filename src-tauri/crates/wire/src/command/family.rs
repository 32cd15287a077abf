//! Circles: helpers and guardians, what waits, recovery, coming of age.

use super::frame::commands;
use crate::view::{
    FamilyCodeView, FamilyRules, FamilyView, ForeseenView, GivenCodeView, HandOverView, HelpedRecordView,
    HelperLimits, NamedClinician, PowerQuestionView, RegainedView, RelativeDraft, RelativeView, Verdict,
};
use crate::{Category, ChangeId, CircleId, CodeId, GrantId};

commands! {
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
    /// A helper's power goes on for another year before it is looked at again. Asks natively and for the passphrase again.
    ConfirmReview {
        /** Which. */ seat: u8,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "confirm_review", Patient -> FamilyView;
    /// Say what helpers need one another for: stricter at once, looser after 72 hours. Asks for the passphrase again.
    SetFamilyRules {
        /** All of it. */ rules: FamilyRules,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "set_family_rules", Patient -> FamilyView;
    /// Let those who help see and stop what the person permits, or tell them of it no longer: what they were told of they can stop
    /// until its end. Asks natively before the first is told.
    LetHelpersStop { /** Whether. */ on: bool } = "let_helpers_stop", Patient -> FamilyView;
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
    /// What a clinician's screen will show of somebody whom the person helps as a steward, before anything is given: who they are, as
    /// proven, and the readings as they are now. Refused for what is not theirs to permit, and for whom.
    ForeseeForRelative {
        /** Whose circle. */ circle: CircleId,
        /** The clinician's code. */ code: String,
        /** Which series; at least one. */ categories: Vec<Category>,
        /** Readings from this instant (whole epochs: rounded down to about 68 minutes). */ data_from: i64,
    } = "foresee_for_relative", Unlocked -> ForeseenView;
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
    /// The codes that were given out and that nobody has used, for patients and for relatives, newest first.
    ListGivenCodes {} = "list_given_codes", Unlocked -> Vec<GivenCodeView>;
    /// Take a code back that nobody has used: its keys are forgotten, so that what is given to it reaches nobody. Refused with
    /// [`crate::ErrorCode::CodeUsed`] once somebody used it; one that is not there is taken back already.
    TakeBackCode { /** Which. */ id: CodeId } = "take_back_code", Unlocked -> Vec<GivenCodeView>;
}
