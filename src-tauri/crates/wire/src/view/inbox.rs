//! A clinician's codes and shared records.

use serde::{Deserialize, Serialize};

use super::{AskedView, ClinicianView, ConditionView, PermissionState, ProofView, RecordView, SquareView};
use crate::{Category, CodeId, GrantId, UnixMillis};

/// A clinician's code to give to one patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum CodeView {
    /// Not attested yet: give this request to your organisation's member.
    Request {
        /** Text to hand over. */
        request: String,
    },
    /// A fresh code.
    Code {
        /** Which one: for taking it back. */
        id: CodeId,
        /** Text to hand over. */
        code: String,
        /** The same as a QR code; `None` for one that is too long for a photo. */
        square: Option<SquareView>,
        /** Who attests. */
        attested_by: String,
    },
}

/// For whom a code was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeFor {
    /// A clinician's, for a patient who is to give a permission.
    Patient,
    /// A relative's, for somebody who is to be helped.
    Relative,
}

/// A code that was given out and that nobody has used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenCodeView {
    /// Which one.
    pub id: CodeId,
    /// For whom it was made.
    pub whom: CodeFor,
    /// The clinician's own note; empty without one.
    pub note: String,
    /// When it was made.
    pub made: UnixMillis,
}

/// Shared records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxView {
    /// Newest first.
    pub shared: Vec<SharedView>,
    /// Codes given out that nobody has answered, by their notes.
    pub waiting: Vec<String>,
    /// This clinician's duty, where the organisation ever said that they are on duty.
    #[serde(default)]
    pub duty: Option<DutyView>,
}

/// Whether a clinician is on duty, as proven last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyView {
    /// The member.
    pub organisation: String,
    /// As what.
    pub role: String,
    /// Until when; none when they are not on duty.
    pub until: Option<UnixMillis>,
}

/// One shared record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedView {
    /// The permission.
    pub id: GrantId,
    /// The patient's name, as the patient gave it inside the sealed permission.
    pub patient: String,
    /// The note of the invitation.
    pub note: String,
    /// What the invitation asked for.
    #[serde(default)]
    pub asks: Option<AskedView>,
    /// Which series.
    pub categories: Vec<Category>,
    /// Data window.
    pub data_from: UnixMillis,
    /// Data window, exclusive.
    pub data_to: UnixMillis,
    /// Access window.
    pub starts: UnixMillis,
    /// Access window, exclusive.
    pub ends: UnixMillis,
    /// When it may be opened in between, where that is not whenever they like.
    pub condition: Option<ConditionView>,
    /// Where it stands, as proven.
    pub state: PermissionState,
    /// True until first opened.
    pub new: bool,
    /// True when it was given to those on duty. Then nothing of it is proven before it is opened, nor kept.
    #[serde(default)]
    pub on_duty: bool,
    /// True when not the patient gave it but somebody who helps them, within what the patient allowed, as proven.
    #[serde(default)]
    pub by_helper: bool,
}

/// A text to hand over to another person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverView {
    /// The text.
    pub text: String,
}

/// What another clinician asks this one to be the second for, as proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondQuestionView {
    /// Who asks.
    pub asker: ClinicianView,
    /// Access window of the permission.
    pub starts: UnixMillis,
    /// Access window, exclusive.
    pub ends: UnixMillis,
    /// What the permission asks of each opening.
    pub condition: Option<ConditionView>,
}

/// One opened record, in memory only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenedView {
    /// The permission.
    pub shared: SharedView,
    /// One per category.
    pub records: Vec<RecordView>,
    /// The receipt, final before the first release.
    pub receipt: ProofView,
    /// Members that released, by name.
    pub released_by: Vec<String>,
    /// Members that refused or answered wrongly, by name.
    pub refused_by: Vec<String>,
    /// Segments fetched and verified.
    pub segments: u32,
    /// Where the readings came from: one for each category and gateway.
    pub provenance: Vec<GatewayView>,
}

/// What is known of the gateway that readings came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayStanding {
    /// It was enrolled whenever one of them arrived.
    Enrolled,
    /// It is enrolled, and some of them arrived before it was.
    Early,
    /// Some of them arrived after its enrolment was withdrawn.
    Withdrawn,
    /// It is not enrolled.
    NotEnrolled,
    /// The permission names the enrolment of another gateway.
    OtherGateway,
    /// The members did not prove it now.
    Unproven,
}

/// Where readings of one category came from, by gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayView {
    /// The category.
    pub category: Category,
    /// What is known of the gateway.
    pub standing: GatewayStanding,
    /// Its own enrolment.
    pub enrolled: Option<ProofView>,
    /// Its withdrawal.
    pub withdrawn: Option<ProofView>,
}
