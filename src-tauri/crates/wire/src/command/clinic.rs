//! A clinician's work: codes, what patients permitted, openings, notes back; and the groups that can be permitted.

use super::frame::commands;
use crate::view::{
    AskedView, ClinicalView, CodeView, ComparisonView, EmergencyReason, GroupView, HandOverView,
    HeldCardView, InboxView, NewsTyped, NewsView, OpenedView, PatientView, Period, RecordView,
    SecondQuestionView, SentRepliesView, TrendView,
};
use crate::{Category, GrantId};

commands! {
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
    /// Stop the opening that is under way, a patient's, in an emergency or a relative's: it answers that it was cancelled. A receipt that was left
    /// stays.
    StopOpening {} = "stop_opening", Unlocked -> ();
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
    /// As [`super::GetClinical`], of a record that was opened since the last unlocking; nobody is asked anything anew.
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
    /// One time of a category of a record that was opened since the last unlocking, drawn from what was opened: its chart and figures,
    /// without rows. Nobody is asked anything anew.
    GetOpenedRecord {
        /** Which permission. */ id: GrantId,
        /** Which series. */ category: Category,
        /** Which time. */ period: Period,
        /** Width of the chart in CSS pixels, 200 to 4000. */ width: u16,
    } = "get_opened_record", Clinician -> RecordView;
    /// As [`super::GetTrend`], of a record that was opened since the last unlocking and as of the end of what was opened: what is usual
    /// for the patient, from what was opened alone. Where the record begins is not told. Nobody is asked anything anew.
    GetOpenedTrend {
        /** Which permission. */ id: GrantId,
        /** Which series. */ category: Category,
    } = "get_opened_trend", Clinician -> TrendView;
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
}
