//! What screens show. Heights and other counts that may pass 2^53 cross as strings.

mod app;
mod backup;
mod before;
mod clinic;
mod clinical;
mod condition;
mod deletion;
mod desktop;
mod device;
mod ecg;
mod emergency;
mod entry;
mod family;
mod first_run;
mod flat;
mod import;
mod inbox;
mod laptop;
mod link;
mod member;
mod note;
mod notice;
mod permission;
mod person;
mod provenance;
mod record;
mod recovery;
mod reply;
mod report;
mod request;
mod seen;
mod tagged;
mod trend;
mod variability;
mod verification;

pub use app::{
    AppView, DoorsView, GuardiansView, PassphraseDoor, ProfileEntryView, ProfileView, RecoveryKeyView, Role,
    SettingsView, StoppedWork, Theme, TypedGroup,
};
pub use backup::{
    BackupNeed, BackupView, BackupsView, CircleKeyState, ComputerView, ExportFormat, ExportView, HeldView,
    LostView, ReceivedView, RehearsalView, RetiredView, SharingExportView,
};
pub use before::{BeforeView, BeforeWhom};
pub use clinic::{ComparedView, ComparisonView, GlimpseView, PatientView, Period, RangeRule, RangeView};
pub use clinical::{
    Alertness, BandView, Breathing, ClinicalSummary, ClinicalView, DayVariabilityView, GlucoseProfileView,
    Goal, GoalSet, GoalView, GoalsView, HomePressureView, Lack, LackView, NewsPart, NewsPointView, NewsRisk,
    NewsScoreView, NewsTyped, NewsView, Outcome, Permille, PressureLeftOutView, PressureMean,
    PressurePartView, PressureSaid, PressureView, PressureWindowsView, RangesView, SaturationScale,
    ShortView, Standing, UsualPressureView, UsualView, VariabilityTrendView, VitalView, WallClock,
    WholeDayView,
};
pub use condition::{Condition, ConditionView};
pub use deletion::{DeletedView, DeletionView, HolderView, PastDeletionView};
pub use desktop::{DesktopView, MINUTES_A_DAY};
pub use device::{
    AdapterState, AdapterView, DeviceState, DeviceView, MemoryView, PairingAnswer, PairingView, SetAside,
    SetAsideView, WheelView,
};
pub use ecg::{EcgTrouble, EcgView};
pub use emergency::{
    CardView, EmergencyAct, EmergencyReason, EmergencyUseView, EmergencyView, HeldCardView, MAX_CALL,
    MAX_ON_CARD, PrintView, SaidView, SquareView, StandingEmergencyView, Verdict,
};
pub use entry::{DraftKind, DraftView, OverviewView, UnclaimedView, WithdrawnView};
pub use family::{
    CircleView, FamilyChange, FamilyCodeView, FamilyRules, FamilyView, ForeseenView, GivenState, GivenView,
    HandingView, HelpedRecordView, HelpedView, HelperLimits, HelperRole, HelperView, NamedClinician,
    OwnGivenView, PowerState, RelativeDraft, RelativeView, RenewalView, WaitingView, WatchedView,
};
pub use first_run::{FirstRunStep, FirstRunView};
pub use import::{
    ImportAside, ImportAsideView, ImportFormat, ImportGroupView, ImportPreviewView, ImportSampleView,
    ImportState, ImportView,
};
pub use inbox::{
    CodeFor, CodeView, DutyView, GatewayStanding, GatewayView, GivenCodeView, HandOverView, InboxView,
    OpenedView, SecondQuestionView, SharedView,
};
pub use laptop::{
    LaptopHistoryView, LaptopPairingView, LaptopStep, LaptopView, LaptopsView, MAX_LAPTOP_NAME,
};
pub use link::{LinkKind, LinkedView};
pub use member::{MemberView, MembersView};
pub use note::{DayNoteView, KeptNoteView, MOST_NOTE};
pub use notice::{NoticeKind, NoticeView, NoticesView};
pub use permission::{
    ActivityBy, ActivityEntry, ActivityKind, ActivityView, ClinicianView, GroupView, NewKeys, OpenerView,
    PermissionDraft, PermissionState, PermissionView, PreviewView, ProofView, SecondView, Unconfirmed,
};
pub use person::{PersonChoice, PersonRefusal, PersonView};
pub use provenance::{LinkView, MeasuredView, ProvenanceView, TimeView};
pub use record::{ChartView, ColumnView, DayView, LineView, ReadingView, RecordView, SummaryView, ValueView};
pub use recovery::{
    FEWEST_GUARDIANS, FoundCircleView, GivenPart, GuardianView, MOST_GUARDIANS, MeantimeView, PartState,
    PartView, PartsView, PowerQuestionView, RecoveryRulesView, RecoveryView, RegainedView,
};
pub use reply::{
    MAX_REPLY, MAX_REPLY_LINES, MOST_REPLIES, MayReply, ReplyView, SentRepliesView, SentReplyView, Through,
    check_reply,
};
pub use report::{
    CheckedReportView, MOST_CODE, MOST_DIARY_DAYS, MOST_REPORT_DAYS, MadeReportView, ReportKind,
    ReportLanguage, ReportStanding,
};
pub use request::{AskedView, Purpose};
pub use seen::{FirstMinuteView, SeenOf, SeenView};
pub use trend::{
    Compared, CoveredDayView, MiddleView, TREND_DAYS, TREND_LEAST_DAYS, TrendLineView, TrendSpan, TrendView,
};
pub use variability::{BeatKind, SpreadView, VariabilityView};
pub use verification::{DamageView, FoundView, StandingView, VerificationState, VerificationView};
