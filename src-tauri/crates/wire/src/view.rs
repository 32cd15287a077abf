//! What screens show. Heights and other counts that may pass 2^53 cross as strings.

mod app;
mod backup;
mod condition;
mod deletion;
mod device;
mod ecg;
mod emergency;
mod entry;
mod family;
mod import;
mod inbox;
mod member;
mod note;
mod permission;
mod person;
mod provenance;
mod record;
mod recovery;
mod request;
mod seen;
mod trend;
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
pub use import::{
    ImportAside, ImportAsideView, ImportFormat, ImportGroupView, ImportPreviewView, ImportSampleView,
    ImportState, ImportView,
};
pub use inbox::{
    CodeView, GatewayStanding, GatewayView, HandOverView, InboxView, OpenedView, SecondQuestionView,
    SharedView,
};
pub use member::{MemberView, MembersView};
pub use note::{DayNoteView, KeptNoteView, MOST_NOTE};
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
pub use request::{AskedView, Purpose};
pub use seen::SeenView;
pub use trend::{
    Compared, CoveredDayView, MiddleView, TREND_DAYS, TREND_LEAST_DAYS, TrendLineView, TrendSpan, TrendView,
};
pub use variability::{BeatKind, SpreadView, VariabilityView};
pub use verification::{DamageView, FoundView, StandingView, VerificationState, VerificationView};
