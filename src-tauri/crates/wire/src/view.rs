//! What screens show. Heights and other counts that may pass 2^53 cross as strings.

mod app;
mod backup;
mod clinical;
mod condition;
mod deletion;
mod device;
mod ecg;
mod emergency;
mod entry;
mod family;
mod inbox;
mod member;
mod permission;
mod person;
mod provenance;
mod record;
mod recovery;
mod report;
mod request;
mod variability;
mod verification;

pub use app::{
    AppView, DoorsView, GuardiansView, PassphraseDoor, ProfileEntryView, ProfileView, RecoveryKeyView, Role,
    SettingsView, StoppedWork, Theme, TypedGroup,
};
pub use backup::{
    BackupNeed, BackupView, BackupsView, ComputerView, ExportFormat, ExportView, HeldView, LostView,
    ReceivedView, RehearsalView, SharingExportView,
};
pub use clinical::{
    Alertness, BandView, Breathing, ClinicalSummary, ClinicalView, DayVariabilityView, GlucoseProfileView,
    Goal, GoalSet, GoalView, GoalsView, HomePressureView, Lack, LackView, NewsPart, NewsPointView, NewsRisk,
    NewsScoreView, NewsTyped, NewsView, Outcome, Permille, PressureLeftOutView, PressurePartView,
    PressureView, PressureWindowsView, RangesView, SaturationScale, ShortView, Standing, UsualPressureView,
    UsualView, VariabilityTrendView, VitalView, WallClock, WholeDayView,
};
pub use condition::{Condition, ConditionView};
pub use deletion::{DeletedView, DeletionView, HolderView, PastDeletionView};
pub use device::{
    AdapterState, AdapterView, DeviceState, DeviceView, MemoryView, PairingAnswer, PairingView, SetAside,
    SetAsideView, WheelView,
};
pub use ecg::{EcgTrouble, EcgView};
pub use emergency::{
    CardView, EmergencyAct, EmergencyReason, EmergencyUseView, EmergencyView, HeldCardView, MAX_CALL,
    MAX_ON_CARD, PrintView, SquareView, StandingEmergencyView, Verdict,
};
pub use entry::{DraftKind, DraftView, OverviewView, UnclaimedView, WithdrawnView};
pub use family::{
    CircleView, FamilyChange, FamilyCodeView, FamilyRules, FamilyView, GivenState, GivenView,
    HelpedRecordView, HelpedView, HelperLimits, HelperRole, HelperView, PowerState, RelativeDraft,
    RelativeView, WaitingView,
};
pub use inbox::{
    CodeView, GatewayStanding, GatewayView, HandOverView, InboxView, OpenedView, SecondQuestionView,
    SharedView,
};
pub use member::{MemberView, MembersView};
pub use permission::{
    ActivityEntry, ActivityKind, ActivityView, ClinicianView, PermissionDraft, PermissionState,
    PermissionView, PreviewView, ProofView, SecondView, Unconfirmed,
};
pub use person::{PersonChoice, PersonRefusal, PersonView};
pub use provenance::{LinkView, MeasuredView, ProvenanceView, TimeView};
pub use record::{ChartView, ColumnView, DayView, LineView, ReadingView, RecordView, SummaryView, ValueView};
pub use recovery::{
    FEWEST_GUARDIANS, FoundCircleView, GuardianView, MOST_GUARDIANS, PowerQuestionView, RecoveryRulesView,
    RecoveryView,
};
pub use report::{
    CheckedReportView, MOST_CODE, MOST_DIARY_DAYS, MOST_REPORT_DAYS, MadeReportView, ReportKind,
    ReportLanguage, ReportStanding,
};
pub use request::{AskedView, Purpose};
pub use variability::{BeatKind, SpreadView, VariabilityView};
pub use verification::{DamageView, FoundView, StandingView, VerificationState, VerificationView};
