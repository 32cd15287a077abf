//! Every command: its name, its request, its answer, and who may call it when.
//!
//! Both bridges (`tauri` and `http`) send the request as one JSON object and get the answer or a [`Failure`](crate::Failure) back.

mod clinic;
mod copy;
mod desktop;
mod device;
mod family;
mod frame;
mod member;
mod profile;
mod record;
mod report;
mod share;

pub use clinic::{
    AddAttestation, AnnounceEmergency, AskEmergencySecond, AskForReadings, AskSecond, CheckSecond,
    ComparePeriods, FlagPatient, GetOpenedClinical, GetOpenedRecord, GetOpenedTrend, GetSentReplies,
    ListGroups, ListInbox, ListPatients, MakeCode, OpenEmergency, OpenRecord, ReadCard, ScoreNews,
    SecondEmergency, SecondOpening, SendReply, StopOpening,
};
pub use copy::{
    CancelLaptop, ChooseBackupFolder, ConfirmLaptop, ExportRecord, GetBackups, GetLaptops, GetLost,
    JoinLaptop, MakeBackup, ReadLaptopCode, RehearseBackup, RemoveLaptop, RenameLaptop, RenewKeys,
    RestoreBackup, ShowLaptopCode, StopWork, SyncLaptops, WithdrawLost,
};
pub use desktop::{
    AddProfile, ChooseProfile, GetDesktop, KeepFirstRun, ListNotices, ListProfiles, ReadCodePicture,
    ReadNotices, RenameProfile, SetDesktop, TakeLink, UndoProfile,
};
pub use device::{
    AddDevice, AnswerPairing, CancelPairing, FetchMemory, GetAdapter, ListDevices, PairDevice, RemoveDevice,
    ScanDevices, StopFetching,
};
pub use family::{
    AddDelegate, AddRehearsalAnswer, AgreeRecovery, AnswerRehearsal, ApproveChange, AskClinicians,
    AskHandover, AskRehearsal, AttestPower, CheckFamilyCode, CheckPower, CheckRecoveryRequest,
    ConfirmPermission, ConfirmReview, DecidePermission, ForeseeForRelative, ForgoReadings, GetFamily,
    HandOver, IssueForRelative, KnowClinician, LayDown, LeaveAtRest, LetHelpersStop, ListClinicians,
    ListGivenCodes, LowerDelegate, MakeFamilyCode, MakeRecoveryRequest, NameGuardians, ObjectChange,
    OpenRelative, RegainReadings, RemoveDelegate, ReviewForRelative, SeenEmergencies, SetFamilyRules,
    StopForRelative, TakeBackCode, TakeCircle, TakeOverMeantime,
};
pub use frame::{Allowed, Command};
pub use member::GetMembers;
pub use profile::{
    AcceptRecord, CancelVerification, ChangePassphrase, CreateProfile, ForgetStopped, GetApp, GetDoors,
    GetVerification, KeepOpen, Lock, MakeRecoveryKey, RatePassphrase, ResetPassphrase, SetRecoveryKey,
    SetSettings, TryRecoveryKey, Unlock, UnlockWithRecoveryKey, VerifyRecord,
};
pub use record::{
    AcceptDevice, ChooseImport, ClaimReadings, DeleteReadings, GetClinical, GetDraft, GetOverview, GetRecord,
    GetTrend, KeepDayNote, KeepDraft, KeepImport, KeepReadingNote, LeaveImport, ListDayNotes, ListDeletions,
    ListImports, ListUnclaimed, PreviewDeletion, SetDeviceClock, SetDevicePerson, SetDeviceWheel, StartEcg,
    StopEcg, SumDays, TypeReading, UndoImport, WithdrawReading,
};
pub use report::{CheckReport, ListReports, MakeOpenedReport, MakeRelativeReport, MakeReport, PrintCard};
pub use share::{
    CheckCode, GetEmergency, IssuePermission, ListActivity, ListPermissions, ListReplies, MakeCard,
    PreviewPermission, ReadReply, ReviewEmergency, SeeFirstMinute, SeePermission, ShowCard, StopPermission,
    WithdrawEnrolment,
};

use frame::{count, joined};

/// The rooms, in the order of the lists elsewhere.
const ROOMS: &[&[(&str, Allowed)]] = &[
    profile::ROOM,
    device::ROOM,
    record::ROOM,
    share::ROOM,
    clinic::ROOM,
    family::ROOM,
    report::ROOM,
    member::ROOM,
    copy::ROOM,
    desktop::ROOM,
];

/// Every command's name and when it is allowed.
pub const COMMANDS: &[(&str, Allowed)] = &joined::<{ count(ROOMS) }>(ROOMS);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rooms_commands_are_in_the_list_in_order() {
        let names: Vec<&str> = ROOMS.iter().copied().flatten().map(|(name, _)| *name).collect();
        assert_eq!(COMMANDS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
        assert!(names.len() > 100 && names.iter().all(|name| !name.is_empty()));
    }
}
