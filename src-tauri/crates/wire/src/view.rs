//! What screens show. Heights and other counts that may pass 2^53 cross as strings.

mod entry;
mod provenance;
mod variability;

use serde::{Deserialize, Serialize};

pub use entry::{OverviewView, UnclaimedView, WithdrawnView};
pub use provenance::{LinkView, MeasuredView, ProvenanceView, TimeView};
pub use variability::{BeatKind, SpreadView, VariabilityView};

use crate::{Category, DeviceId, ErrorCode, GrantId, Quality, Quantity, UnixMillis};

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps an own record and shares from it.
    Patient,
    /// Opens what patients share.
    Clinician,
}

/// Theme choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Dark ink on warm paper.
    Light,
    /// Light ink on dark.
    Dark,
    /// Pure contrast.
    Contrast,
}

/// Settings that hold no health data and apply while locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// BCP 47 tag.
    pub locale: String,
    /// Colours.
    pub theme: Theme,
    /// Percent, 100 to 200.
    pub text_size: u16,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self { locale: "en".into(), theme: Theme::System, text_size: 100 }
    }
}

/// The first thing a page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// The profile, when one exists.
    pub profile: Option<ProfileView>,
    /// True when the record is locked (or no profile exists).
    pub locked: bool,
    /// Settings.
    pub settings: SettingsView,
    /// The time by the application's clock.
    pub now: UnixMillis,
    /// Minutes east of UTC for showing times.
    pub utc_offset_minutes: i32,
    /// True when the clock is the controlled one of a demonstration.
    pub test_clock: bool,
}

/// A profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// The person's name.
    pub name: String,
    /// What it is for.
    pub role: Role,
}

/// The recovery key, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryKeyView {
    /// Groups of characters, to print or write down.
    pub groups: Vec<String>,
}

/// How a device is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// Seen, not added.
    Found,
    /// Being connected.
    Connecting,
    /// Sending.
    Connected,
    /// Added, not in range; reconnects by itself.
    Waiting,
    /// Being paired; [`DeviceView::pairing`] says how far it is.
    Pairing,
    /// It sends only once it is paired.
    PairFirst,
    /// It was paired, and it or this computer no longer knows of it: pair it again.
    PairAgain,
}

/// Where pairing with a device stands. No health data; the digits are worthless once it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum PairingView {
    /// The device is being reached, or is checking what was answered. Nothing to do.
    Working,
    /// Enter the six digits that the device shows.
    Enter,
    /// Say whether the device shows the same digits.
    Compare {
        /** Six digits. */
        digits: String,
    },
    /// Type these digits on the device; there is nothing to answer.
    Type {
        /** Six digits. */
        digits: String,
        /** How many are typed already, where the device tells. */
        entered: u16,
    },
    /// Say whether to pair; the device has nothing to compare.
    Allow,
    /// It failed; pair again or cancel to put this away.
    Failed {
        /** Why. */
        code: ErrorCode,
    },
}

/// What a person answers while pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer", deny_unknown_fields)]
pub enum PairingAnswer {
    /// To [`PairingView::Enter`].
    Digits {
        /** Exactly six digits. */
        digits: String,
    },
    /// To [`PairingView::Compare`] and [`PairingView::Allow`].
    Yes,
    /// To any question; ends the pairing.
    No,
}

/// How Bluetooth is doing on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdapterState {
    /// Not known yet.
    Unknown,
    /// On.
    On,
    /// Switched off.
    Off,
    /// There is none.
    Missing,
    /// Salus may not use it.
    NotAllowed,
    /// On, but nothing is heard, and restarting is of no use.
    Silent,
}

/// Bluetooth on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdapterView {
    /// How it is doing.
    pub state: AdapterState,
    /// When Salus restarted it last because nothing was heard, since the record was opened.
    pub restarted: Option<UnixMillis>,
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Identifier.
    pub id: DeviceId,
    /// As it names itself.
    pub name: String,
    /// Maker, model, firmware as it says, where known.
    pub model: Option<String>,
    /// What it measures.
    pub measures: Vec<Category>,
    /// How it is doing.
    pub state: DeviceState,
    /// Battery, percent.
    pub battery: Option<u8>,
    /// Last reading.
    pub last_reading: Option<UnixMillis>,
    /// Readings stored from it.
    pub stored: u32,
    /// Packets set aside as malformed, replayed, impossible or too frequent.
    pub quarantined: u32,
    /// Whether the link is encrypted, when known.
    pub link_encrypted: Option<bool>,
    /// Where pairing stands, while it runs and after it failed.
    pub pairing: Option<PairingView>,
    /// The device said that its battery is low, without saying how low.
    pub battery_low: bool,
    /// Milliseconds by which the device's clock is behind ours, when it told; negative when it is ahead. Readings are
    /// corrected by it.
    pub clock_behind: Option<i64>,
    /// The person agreed that the device's clock is set when it is wrong.
    pub sets_clock: bool,
    /// Its advertisements are what it measures; it is never connected.
    pub overheard: bool,
}

/// One value in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueView {
    /// What.
    pub quantity: Quantity,
    /// Decimal text with its precision.
    pub value: String,
}

/// One row of the table of readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingView {
    /// When.
    pub at: UnixMillis,
    /// Values, main quantity first.
    pub values: Vec<ValueView>,
    /// Flags.
    pub quality: Quality,
    /// The device's name.
    pub device: String,
    /// The person's own note.
    pub note: Option<String>,
    /// Where it comes from.
    pub provenance: ProvenanceView,
}

/// One record screen: summary, chart and table of a span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    /// Which series.
    pub category: Category,
    /// Newest live reading.
    pub latest: Option<ReadingView>,
    /// Count, lowest, mean, highest of each drawn quantity.
    pub summary: Vec<SummaryView>,
    /// The chart.
    pub chart: ChartView,
    /// Newest rows first, at most 500.
    pub rows: Vec<ReadingView>,
    /// Rows in the span in all.
    pub total: u32,
    /// Variability of the time between beats, when the span holds such intervals.
    pub variability: Option<VariabilityView>,
}

/// Plain statistics of one quantity in a span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummaryView {
    /// What.
    pub quantity: Quantity,
    /// How many values.
    pub count: u32,
    /// Lowest, decimal text.
    pub min: String,
    /// Mean, rounded to the coarsest precision of the values.
    pub mean: String,
    /// Highest.
    pub max: String,
    /// Share of minutes of the span up to now that hold a value, percent.
    pub coverage: u8,
}

/// A chart, reduced to what can be seen: at most one column per pixel, extremes kept, gaps kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartView {
    /// Left edge.
    pub from: UnixMillis,
    /// Right edge.
    pub to: UnixMillis,
    /// Lower edge of the value axis.
    pub low: f64,
    /// Upper edge of the value axis.
    pub high: f64,
    /// Round values for the value axis, lowest first.
    pub value_ticks: Vec<f64>,
    /// Times for the time axis.
    pub time_ticks: Vec<UnixMillis>,
    /// One per quantity.
    pub lines: Vec<LineView>,
}

/// One quantity's line: runs without gaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineView {
    /// What.
    pub quantity: Quantity,
    /// Each run is drawn on its own; nothing is drawn between runs.
    pub runs: Vec<Vec<ColumnView>>,
}

/// One pixel column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Time of the first value in the column.
    pub at: UnixMillis,
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
    /// Last value, where the line leaves the column.
    pub last: f64,
}

/// Who a clinician's code stands for, as proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicianView {
    /// Name as attested.
    pub name: String,
    /// Organisation as attested.
    pub organisation: String,
    /// The member that attests it.
    pub attested_by: String,
    /// Block at which the attestation was proven active, decimal.
    pub proven_at_height: String,
}

/// What to permit. Data window and access window are apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermissionDraft {
    /// The clinician's code.
    pub code: String,
    /// Which series; at least one.
    pub categories: Vec<Category>,
    /// Readings from this instant (whole epochs: rounded down to about 68 minutes).
    pub data_from: UnixMillis,
    /// Readings before this instant (rounded up).
    pub data_to: UnixMillis,
    /// The permission works from here.
    pub starts: UnixMillis,
    /// The permission ends here.
    pub ends: UnixMillis,
}

/// What the clinician will see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewView {
    /// One canonical sentence, as it is signed.
    pub sentence: String,
    /// Who.
    pub clinician: ClinicianView,
    /// Readings there are now inside the scope, by category.
    pub readings: Vec<(Category, u32)>,
    /// The record as the clinician will see it now.
    pub records: Vec<RecordView>,
}

/// Where a permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermissionState {
    /// Sent, not yet proven.
    Pending,
    /// Proven, not started.
    NotYet,
    /// Proven and working.
    Active,
    /// Ended by time.
    Ended,
    /// Stopped by the patient.
    Stopped,
}

/// One permission as the patient sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionView {
    /// Identifier.
    pub id: GrantId,
    /// Who.
    pub clinician: ClinicianView,
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
    /// Where it stands.
    pub state: PermissionState,
    /// Members that hold their part.
    pub members_holding: u16,
    /// Members that confirmed deletion after the end.
    pub members_erased: u16,
    /// Members in all.
    pub members: u16,
    /// Openings so far.
    pub openings: u32,
    /// How it was proven.
    pub proof: Option<ProofView>,
}

/// What the light client proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofView {
    /// Block height, decimal.
    pub height: String,
    /// Block hash, hexadecimal.
    pub block: String,
    /// Block time.
    pub time: UnixMillis,
    /// Names of the members that signed it.
    pub signed_by: Vec<String>,
}

/// Every opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityView {
    /// Newest first.
    pub entries: Vec<ActivityEntry>,
    /// True when the list is proven complete up to `proof`.
    pub complete: bool,
    /// Newest proof.
    pub proof: Option<ProofView>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A permission was given.
    Given,
    /// A clinician opened something.
    Opened,
    /// A permission was stopped.
    Stopped,
    /// A permission ran out.
    Ended,
    /// All members confirmed deletion.
    Erased,
}

/// One line of the activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// What.
    pub kind: ActivityKind,
    /// Block time.
    pub at: UnixMillis,
    /// The permission.
    pub permission: GrantId,
    /// The clinician's name.
    pub clinician: String,
    /// The proof.
    pub proof: ProofView,
}

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
        /** Text to hand over. */
        code: String,
        /** Who attests. */
        attested_by: String,
    },
}

/// Shared records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxView {
    /// Newest first.
    pub shared: Vec<SharedView>,
    /// Codes given out that nobody has answered, by their notes.
    pub waiting: Vec<String>,
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
    /// Where it stands, as proven.
    pub state: PermissionState,
    /// True until first opened.
    pub new: bool,
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

/// The members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersView {
    /// Each member.
    pub members: Vec<MemberView>,
    /// How many must act together to open something.
    pub threshold: u16,
    /// Newest proven block.
    pub newest: Option<ProofView>,
    /// Age of the newest proven block, seconds.
    pub age_seconds: Option<u32>,
    /// True when it is too old to open anything.
    pub out_of_date: bool,
    /// When this computer was enrolled as the gateway of its record, as proven.
    pub enrolled: Option<UnixMillis>,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Name.
    pub name: String,
    /// True when it answered last.
    pub reachable: bool,
}
