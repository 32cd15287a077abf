//! From a command's name and JSON to its use case. The lock and the role are checked here and nowhere else.

use core::future::Future;

use futures::future::BoxFuture;
use salus_wire::command::{self as c, Allowed, Command};
use salus_wire::view::Role;
use salus_wire::{ErrorCode, Failure};
use serde_json::Value;

use crate::App;

/// A command's use case.
pub trait Run: Command + Send {
    /// Does it. Lock and role were checked.
    fn run(self, app: &App) -> impl Future<Output = Result<Self::Answer, Failure>> + Send;
}

/// Commands that pages send by themselves when something changed; they do not keep the record open.
const PASSIVE: &[&str] = &[
    c::GetApp::NAME,
    c::GetVerification::NAME,
    c::GetDoors::NAME,
    c::GetDraft::NAME,
    c::GetRecord::NAME,
    c::GetClinical::NAME,
    c::GetOverview::NAME,
    c::ListDeletions::NAME,
    c::ListUnclaimed::NAME,
    c::GetTrend::NAME,
    c::SumDays::NAME,
    c::ListDayNotes::NAME,
    c::ListImports::NAME,
    c::GetMembers::NAME,
    c::ListDevices::NAME,
    c::GetAdapter::NAME,
    c::ListPermissions::NAME,
    c::ListActivity::NAME,
    c::ListGroups::NAME,
    c::ListInbox::NAME,
    c::ListReplies::NAME,
    c::SeePermission::NAME,
    c::SeeFirstMinute::NAME,
    c::ListPatients::NAME,
    c::GetSentReplies::NAME,
    c::GetEmergency::NAME,
    c::GetFamily::NAME,
    c::ListClinicians::NAME,
    c::ListGivenCodes::NAME,
    c::GetBackups::NAME,
    c::GetLost::NAME,
    c::GetLaptops::NAME,
    c::ListReports::NAME,
    c::ListProfiles::NAME,
    c::ListNotices::NAME,
    c::GetDesktop::NAME,
    c::TakeLink::NAME,
];

macro_rules! dispatch {
    ($app:expr, $name:expr, $request:expr; $($command:ident),+ $(,)?) => {
        match $name {
            $(c::$command::NAME => {
                // The type ends here: use cases nest deep enough to overflow the compiler's limits otherwise.
                let work: BoxFuture<'_, _> = Box::pin($app.parse::<c::$command>($request));
                work.await
            })+
            _ => Err(ErrorCode::NotAllowed.into()),
        }
    };
}

impl App {
    /// Runs the command called `name`. The answer is JSON as text: it is written once, and goes to the page as it is.
    ///
    /// # Errors
    /// The use case's failure; [`ErrorCode::NotAllowed`] for an unknown name or the wrong role, [`ErrorCode::Locked`] or
    /// [`ErrorCode::NoProfile`] when there is no open record, [`ErrorCode::BadRequest`] when the request does not fit.
    pub async fn call(&self, name: &str, request: Value) -> Result<String, Failure> {
        dispatch!(self, name, request;
            GetApp, SetSettings, CreateProfile, Unlock, UnlockWithRecoveryKey, KeepOpen, Lock,
            AcceptRecord, ForgetStopped, VerifyRecord, CancelVerification, GetVerification,
            GetDoors, ChangePassphrase, ResetPassphrase, MakeRecoveryKey, SetRecoveryKey, TryRecoveryKey, RatePassphrase,
            ListDevices, ScanDevices, AddDevice, RemoveDevice,
            PairDevice, AnswerPairing, CancelPairing, GetAdapter, StopFetching, FetchMemory, GetRecord,
            SetDeviceClock, SetDeviceWheel, AcceptDevice, SetDevicePerson, StartEcg, StopEcg, GetOverview, TypeReading, WithdrawReading,
            GetDraft, KeepDraft, PreviewDeletion, DeleteReadings, ListDeletions, ListUnclaimed, ClaimReadings,
            GetClinical,
            GetTrend, SumDays, ListDayNotes, KeepDayNote, KeepReadingNote,
            ChooseImport, KeepImport, LeaveImport, ListImports, UndoImport,
            CheckCode, PreviewPermission, IssuePermission, ListPermissions, StopPermission, ListActivity,
            WithdrawEnrolment,
            GetEmergency, MakeCard, ShowCard, ReviewEmergency,
            ListReplies, ReadReply, SeePermission, SeeFirstMinute,
            MakeCode, AddAttestation, ListInbox, OpenRecord, StopOpening, AskForReadings,
            AskSecond, CheckSecond, SecondOpening,
            ReadCard, AnnounceEmergency, AskEmergencySecond, SecondEmergency, OpenEmergency,
            GetOpenedClinical, ScoreNews,
            ListPatients, FlagPatient, ComparePeriods, GetOpenedRecord, GetOpenedTrend, GetSentReplies, SendReply,
            ListGroups,
            MakeFamilyCode, CheckFamilyCode, GetFamily, AddDelegate, LowerDelegate, RemoveDelegate, ConfirmReview,
            SetFamilyRules, LetHelpersStop,
            ApproveChange, ObjectChange, DecidePermission, StopForRelative, LayDown, IssueForRelative, OpenRelative,
            ForeseeForRelative,
            NameGuardians, MakeRecoveryRequest, CheckRecoveryRequest, AgreeRecovery, TakeCircle, RegainReadings, ForgoReadings,
            TakeOverMeantime,
            AskRehearsal, AnswerRehearsal, AddRehearsalAnswer,
            AskClinicians, CheckPower, AttestPower,
            ListClinicians, KnowClinician, HandOver, AskHandover, ConfirmPermission, LeaveAtRest, SeenEmergencies,
            ReviewForRelative, ListGivenCodes, TakeBackCode,
            MakeReport, PrintCard, MakeOpenedReport, MakeRelativeReport, ListReports, CheckReport,
            GetMembers,
            GetBackups, MakeBackup, ChooseBackupFolder, RehearseBackup, RestoreBackup, StopWork,
            GetLost, WithdrawLost, RenewKeys,
            GetLaptops, ShowLaptopCode, ReadLaptopCode, CancelLaptop, ConfirmLaptop, JoinLaptop, RenameLaptop,
            RemoveLaptop, SyncLaptops,
            ExportRecord, ListProfiles, ChooseProfile, AddProfile, RenameProfile,
            ListNotices, ReadNotices, GetDesktop, SetDesktop, TakeLink, ReadCodePicture,
            KeepFirstRun, UndoProfile,
        )
    }

    async fn parse<C: Run>(&self, request: Value) -> Result<String, Failure>
    where
        C::Answer: Send,
    {
        self.admit::<C>().await?;
        let command: C = serde_json::from_value(request).map_err(|error| {
            tracing::debug!(%error, command = C::NAME, "the request does not fit");
            Failure::new(ErrorCode::BadRequest)
        })?;
        let answer = self.run_admitted(command).await?;
        serde_json::to_string(&answer).map_err(|_| crate::failure::bug("an answer has no JSON form"))
    }

    /// Runs a command, typed.
    ///
    /// # Errors
    /// As [`App::call`].
    pub async fn run<C: Run>(&self, command: C) -> Result<C::Answer, Failure> {
        self.admit::<C>().await?;
        self.run_admitted(command).await
    }

    /// Lock and role, before the request is looked at.
    async fn admit<C: Command>(&self) -> Result<(), Failure> {
        self.lock_when_idle().await;
        if C::ALLOWED != Allowed::Always {
            let role = self.open().await?.role;
            let fits = match C::ALLOWED {
                Allowed::Always | Allowed::Unlocked => true,
                Allowed::Patient => role == Role::Patient,
                Allowed::Clinician => role == Role::Clinician,
            };
            if !fits {
                return Err(ErrorCode::NotAllowed.into());
            }
        }
        if !PASSIVE.contains(&C::NAME) {
            self.touch();
        }
        Ok(())
    }

    /// A command that needs the open record ends when the record is closed.
    async fn run_admitted<C: Run>(&self, command: C) -> Result<C::Answer, Failure> {
        let work: BoxFuture<'_, _> = Box::pin(command.run(self));
        if C::ALLOWED == Allowed::Always {
            return work.await;
        }
        let mut closing = self.open().await?.closing.subscribe();
        tokio::select! {
            biased;
            _ = closing.wait_for(|c| *c) => Err(ErrorCode::Locked.into()),
            answer = work => answer,
        }
    }
}
