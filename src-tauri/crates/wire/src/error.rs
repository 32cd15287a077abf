//! Stable error codes. A code never changes its meaning; the page holds the words for each.

use core::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What went wrong, as a code that a screen, a log and a test can rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $name),+
        }

        impl ErrorCode {
            /// Every code, for tests that check that each has words.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name),+];

            /// The text form, as on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => $text),+ }
            }
        }
    };
}

codes! {
    /// The request is malformed or out of bounds.
    BadRequest = "bad_request",
    /// What was typed is not a number.
    NotANumber = "not_a_number",
    /// No living body, and no air around it, gives this value.
    OutOfRange = "out_of_range",
    /// The command is not known, or not allowed for this window or profile.
    NotAllowed = "not_allowed",
    /// The record is locked; unlock first.
    Locked = "locked",
    /// No profile exists yet.
    NoProfile = "no_profile",
    /// A profile of this name exists already.
    ProfileExists = "profile_exists",
    /// Something is kept in this record: its making is not undone any more.
    NotEmpty = "not_empty",
    /// The passphrase (or recovery key) does not open this record.
    WrongPassphrase = "wrong_passphrase",
    /// The passphrase is too weak or too long.
    WeakPassphrase = "weak_passphrase",
    /// What was typed is no recovery key, or not what was shown: a character was mistyped.
    KeyMistyped = "key_mistyped",
    /// Groups of a recovery key that were typed back are not as they were shown; the fact is their numbers, counted from 1.
    GroupMistyped = "group_mistyped",
    /// This computer's keyring is there and does not have its part of the passphrase.
    KeyringMissing = "keyring_missing",
    /// This computer's keyring has another part of the passphrase than this record's.
    KeyringReplaced = "keyring_replaced",
    /// This computer's keyring cannot be asked: locked, or not running.
    KeyringUnavailable = "keyring_unavailable",
    /// The last way back into the record cannot be removed.
    LastDoor = "last_door",
    /// Another copy of Salus has this record open.
    InUse = "in_use",
    /// A stored page or row failed its check; what is readable stays readable.
    Damaged = "damaged",
    /// The stored parameters are outside the accepted limits.
    BadParameters = "bad_parameters",
    /// The computer has too little free memory for the passphrase's check.
    NoMemory = "no_memory",
    /// The disk is full; nothing was lost.
    DiskFull = "disk_full",
    /// The record's folder cannot be written or read.
    Storage = "storage",
    /// The person deleted this time for ever; nothing can be stored or shared of it.
    Shredded = "shredded",
    /// The record was made by a newer version of Salus.
    TooNew = "too_new",
    /// An older copy of the record lies in its place: it can be read, and nothing is stored until the person accepts it.
    OlderCopy = "older_copy",
    /// The record's folder cannot be written: it can be read, and nothing is stored.
    RecordReadOnly = "record_read_only",
    /// The folder or disk that the person chose for a file is not there.
    TargetMissing = "target_missing",
    /// Nothing can be written where the person chose.
    TargetReadOnly = "target_read_only",
    /// The disk that the person chose is full; what was there stays.
    TargetFull = "target_full",
    /// The recovery key has to be typed once before backups can be made.
    NoBackupKey = "no_backup_key",
    /// A backup could not be read back whole and was removed.
    BackupNotVerified = "backup_not_verified",
    /// An older backup, which holds readings that were deleted for ever, cannot be removed.
    BackupNotRemoved = "backup_not_removed",
    /// A backup cannot be read from its disk.
    BackupUnreadable = "backup_unreadable",
    /// The file is not a backup.
    NotABackup = "not_a_backup",
    /// The recovery key does not open this backup.
    WrongRecoveryKey = "wrong_recovery_key",
    /// The backup was altered or cut short.
    BackupAltered = "backup_altered",
    /// Too few of those who can help to get back gave a part back that fits.
    TooFewParts = "too_few_parts",
    /// The parts that were given back do not open this backup: it is of before they were named, of others, or another record's.
    PartsOtherBackup = "parts_other_backup",
    /// No Bluetooth adapter.
    NoBluetooth = "no_bluetooth",
    /// The system does not let Salus use Bluetooth.
    BluetoothNotAllowed = "bluetooth_not_allowed",
    /// Bluetooth is switched off.
    BluetoothOff = "bluetooth_off",
    /// The device is not in range or did not answer.
    DeviceUnreachable = "device_unreachable",
    /// The device is not known.
    UnknownDevice = "unknown_device",
    /// The six digits were not the ones of the device.
    WrongPasskey = "wrong_passkey",
    /// The device, or the person, said no to pairing.
    PairingRefused = "pairing_refused",
    /// Nobody answered in time while pairing.
    PairingTimedOut = "pairing_timed_out",
    /// The system pairs by itself; Salus cannot lead it.
    PairingNotAvailable = "pairing_not_available",
    /// Another device is being paired.
    PairingBusy = "pairing_busy",
    /// The device is paired already.
    AlreadyPaired = "already_paired",
    /// No question of a pairing is open that this answers.
    NotAsked = "not_asked",
    /// No member answered.
    Offline = "offline",
    /// Too few members answered to open or record something.
    TooFewMembers = "too_few_members",
    /// The members' disks, or what they keep for others, are full.
    MembersFull = "members_full",
    /// The newest proven block is too old; nothing is opened.
    OutOfDate = "out_of_date",
    /// The members' list does not fit: this record trusts another one, the members that answer are another chain's, or the list
    /// contradicts itself.
    WrongGenesis = "wrong_genesis",
    /// What the members' list, and the record, know of the members is too old to go on from; a member has to renew the list.
    AnchorExpired = "anchor_expired",
    /// This computer's clock is too far from the members' clock.
    ClockSkew = "clock_skew",
    /// A signature, hash or proof does not verify.
    ProofFailed = "proof_failed",
    /// A sealed segment was altered or cut.
    SegmentAltered = "segment_altered",
    /// A block header was altered.
    HeaderAltered = "header_altered",
    /// A member's answer was altered or wrong; it was dropped and named.
    ReplyAltered = "reply_altered",
    /// The clinician's code is incomplete, mistyped or not attested.
    BadCode = "bad_code",
    /// The clinician is not attested by a member, or was suspended.
    NotAttested = "not_attested",
    /// The permission is not known.
    UnknownPermission = "unknown_permission",
    /// The permission has not started.
    NotYet = "not_yet",
    /// The permission has ended.
    Ended = "ended",
    /// The permission was stopped.
    Stopped = "stopped",
    /// The permission can be opened at certain hours only; the fact is when they begin next.
    OutsideHours = "outside_hours",
    /// The permission can be opened around an appointment that is still to come; the fact is from when on.
    BeforeAppointment = "before_appointment",
    /// The permission could be opened around an appointment that is over.
    AfterAppointment = "after_appointment",
    /// A second clinician has to agree to this opening.
    NeedsSecond = "needs_second",
    /// The text is no question to a second clinician, or no answer to this one, or the second clinician is not attested.
    BadSecond = "bad_second",
    /// The second clinician and the one who asks are the same.
    SecondIsYourself = "second_is_yourself",
    /// The permission's condition does not let it be opened now.
    ConditionDenies = "condition_denies",
    /// The permission is for those on duty at an organisation, and this clinician is not on duty there.
    OffDuty = "off_duty",
    /// What was asked lies outside what the permission covers.
    OutsideScope = "outside_scope",
    /// What was typed or scanned is no emergency card, or a character of it is wrong.
    BadCard = "bad_card",
    /// The emergency card is of a kind that does not say whose permission belongs to it: the person makes a new one.
    OldCard = "old_card",
    /// What lies behind the emergency card is not by the person who made it: nothing of it is opened.
    CardOfAnother = "card_of_another",
    /// The emergency was not announced half an hour ago, and no second clinician agreed.
    EmergencyWaits = "emergency_waits",
    /// The four hours of the emergency are over.
    EmergencyOver = "emergency_over",
    /// Too many requests; try again later.
    TooMany = "too_many",
    /// A message is larger than its limit.
    TooLarge = "too_large",
    /// It goes beyond what the person lets this helper do.
    BeyondPower = "beyond_power",
    /// The clinician is none of those whom this helper may permit; the fact is who they are.
    OtherClinician = "other_clinician",
    /// It is not for this helper to do, or it is about their own power.
    NotYours = "not_yours",
    /// The helper's power has not begun, has ended, or waits for its review.
    PowerNotInForce = "power_not_in_force",
    /// Another change of who helps waits to take effect.
    ChangeWaits = "change_waits",
    /// Nothing waits for this any more, or it was said already.
    NothingWaits = "nothing_waits",
    /// Who helps changed meanwhile: what was looked at is not what is.
    FamilyChanged = "family_changed",
    /// The relative's code is incomplete, mistyped or not a relative's code.
    BadFamilyCode = "bad_family_code",
    /// The text is no request for a new key, no rehearsal or answer to one, no question about a helper's power, or is incomplete or
    /// mistyped.
    BadRecoveryText = "bad_recovery_text",
    /// The clinician's code asks for readings: only the person whose they are can answer that.
    CodeAsks = "code_asks",
    /// Somebody used the code already: it is not taken back any more.
    CodeUsed = "code_used",
    /// What was scanned is no code of another laptop, or a character of it is wrong.
    BadLaptopCode = "bad_laptop_code",
    /// A word of a code is not in the list of words; the fact is its number, counted from 1.
    UnknownWord = "unknown_word",
    /// These are fewer words than a code has, or more; the fact is how many.
    WordCount = "word_count",
    /// Every word of a code is in the list, and one is wrong all the same, or they are out of order.
    WordsWrong = "words_wrong",
    /// No laptop waits where a code leads: it is not there yet, the code ran out, or a word of it is another one.
    NoLaptopThere = "no_laptop_there",
    /// What came while two laptops got to know each other does not hold, or came twice: it has to begin anew.
    PairingBroken = "pairing_broken",
    /// The digits that two laptops compare are not there yet, or nobody said that they are the same.
    NotCompared = "not_compared",
    /// This laptop was removed from the record: it gives and stops nothing any more.
    LaptopRemoved = "laptop_removed",
    /// This laptop has nothing left that lets it give or stop this, until the laptop that it was added on was on.
    NeedsOtherLaptop = "needs_other_laptop",
    /// Only the laptop that the others were added on can do this.
    OtherLaptopOnly = "other_laptop_only",
    /// This laptop belongs to a record already, or this record has as many laptops as it can have.
    LaptopTaken = "laptop_taken",
    /// Readings are in this record already: another laptop's record cannot take its place.
    HoldsReadings = "holds_readings",
    /// The file is no report that Salus made, or another program saved it anew.
    NotAReport = "not_a_report",
    /// The report was altered after the members recorded it.
    ReportAltered = "report_altered",
    /// This record made no report with this code, and the members recorded none for it.
    UnknownReport = "unknown_report",
    /// What was typed is no code of a report: a character is wrong or missing.
    BadReportCode = "bad_report_code",
    /// Nothing is stored for this yet.
    NothingYet = "nothing_yet",
    /// The person said no in the confirmation.
    Declined = "declined",
    /// Other long work is running.
    Busy = "busy",
    /// The work was cancelled.
    Cancelled = "cancelled",
    /// A bug: the log has the details.
    Internal = "internal",
    /// The file holds nothing that can be taken into a record.
    NotAnImport = "not_an_import",
    /// The file is no picture of a kind that is read.
    NotAPicture = "not_a_picture",
    /// The picture has too many pixels, or its file too many octets.
    PictureTooLarge = "picture_too_large",
    /// The picture is cut or altered.
    PictureDamaged = "picture_damaged",
    /// No code is seen in the picture.
    NoCodeSeen = "no_code_seen",
    /// Several different codes are in the picture.
    SeveralCodes = "several_codes",
    /// The code in the picture is none of Salus.
    OtherCode = "other_code",
}

/// By the list of all codes: what serde would derive compares with each of them three times over, and is part of every page.
impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = ErrorCode;
            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an error code")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<ErrorCode, E> {
                let known = ErrorCode::ALL.iter().find(|code| code.as_str() == text);
                known.copied().ok_or_else(|| E::custom("no known error code"))
            }
        }
        from.deserialize_str(Text)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The answer to a command that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What went wrong.
    pub code: ErrorCode,
    /// Facts for the sentence that the page shows (a member's name, a limit); never secrets, never dependency text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Failure {
    /// A failure without further facts.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, detail: None }
    }

    /// A failure with one fact for the sentence.
    #[must_use]
    pub fn with(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: Some(detail.into()) }
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(d) => write!(f, "{} ({d})", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

impl core::error::Error for Failure {}
