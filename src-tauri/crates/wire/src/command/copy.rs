//! Copies of the record: backups, what a lost laptop had, the person's other laptops, exports.

use super::frame::commands;
use crate::view::{AppView, BackupsView, ExportFormat, ExportView, LaptopsView, LostView, RehearsalView};

commands! {
    /// Which backups there are, and what is wrong with making them.
    GetBackups {} = "get_backups", Unlocked -> BackupsView;
    /// Make a backup now.
    MakeBackup {} = "make_backup", Unlocked -> BackupsView;
    /// Say where backups go; a folder is chosen in a dialog of the desktop's own.
    ChooseBackupFolder { /** True for the record's own folder, without asking. */ own: bool } = "choose_backup_folder", Unlocked -> BackupsView;
    /// Restore the newest backup into a temporary directory with the recovery key, read all of it, and remove it again.
    RehearseBackup { /** As printed. */ key: String } = "rehearse_backup", Unlocked -> RehearsalView;
    /// Make this directory's record out of a backup, which is chosen in a dialog of the desktop's own. Leaves it unlocked.
    RestoreBackup {
        /** As printed. */ key: String,
        /** The new passphrase: at least 8 characters, at most 1024 octets. */ passphrase: String,
    } = "restore_backup", Always -> AppView;
    /// Stop the long work that is running: a backup, a rehearsal, a restoration, an export.
    StopWork {} = "stop_work", Always -> ();
    /// What a lost laptop of this record could open: own readings and permissions, or those that patients gave.
    GetLost {} = "get_lost", Unlocked -> LostView;
    /// Withdraw the enrolment of every computer that this record was on before, for good.
    WithdrawLost {} = "withdraw_lost", Patient -> LostView;
    /// Begin new keys for whatever is measured from now on, which a lost laptop does not have. Permissions that run are given again
    /// under them, with the same conditions. Asks for the passphrase again, and natively where other laptops or a circle are concerned.
    RenewKeys { /** The patient's passphrase, again. */ passphrase: String } = "renew_keys", Patient -> LostView;
    /// The person's laptops, and how two get to know each other.
    GetLaptops {} = "get_laptops", Patient -> LaptopsView;
    /// Show a code, so that this laptop can become another one of a person's: only as long as nothing is in its record.
    ShowLaptopCode {} = "show_laptop_code", Patient -> LaptopsView;
    /// Read the code that a new laptop shows. Both show digits then.
    ReadLaptopCode { /** Its words, or what its picture holds. */ code: String } = "read_laptop_code", Patient -> LaptopsView;
    /// Stop getting to know another laptop.
    CancelLaptop {} = "cancel_laptop", Patient -> LaptopsView;
    /// On the old laptop: the digits are the same. Asks natively and for the passphrase again, and hands the record's keys over.
    ConfirmLaptop {
        /** What to call the new laptop: 1 to 40 characters. */ name: String,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "confirm_laptop", Patient -> LaptopsView;
    /// On the new laptop: the digits are the same. Asks natively; from then on this is the other person's laptop too.
    JoinLaptop {} = "join_laptop", Patient -> LaptopsView;
    /// Give a laptop another name.
    RenameLaptop {
        /** Which. */ number: u8,
        /** 1 to 40 characters. */ name: String,
    } = "rename_laptop", Patient -> LaptopsView;
    /// Take a laptop out of the record, for good: it opens nothing that is measured from then on, and gives and stops nothing.
    /// Asks natively and for the passphrase again.
    RemoveLaptop {
        /** Which. */ number: u8,
        /** True to give again from here what it gave and runs, with the same conditions. */ keep: bool,
        /** The patient's passphrase, again. */ passphrase: String,
    } = "remove_laptop", Patient -> LaptopsView;
    /// Bring this laptop and the others to the same state now, as far as the others left something; `stop_work` stops it.
    SyncLaptops {} = "sync_laptops", Patient -> LaptopsView;
    /// Write everything into one file in an open format; the file is chosen in a dialog of the desktop's own.
    ExportRecord { /** Which. */ format: ExportFormat } = "export_record", Patient -> ExportView;
}
