//! The open record itself: making and opening it, its passphrase and recovery key, settings.

use super::frame::commands;
use crate::view::{AppView, DoorsView, RecoveryKeyView, Role, SettingsView, TypedGroup, VerificationView};

commands! {
    /// What to show first: profile, lock, members, settings.
    GetApp {} = "get_app", Always -> AppView;
    /// Change language, theme or text size.
    SetSettings { /** The new settings, whole. */ settings: SettingsView } = "set_settings", Always -> SettingsView;
    /// Make a profile with its own encrypted record. Leaves it unlocked.
    CreateProfile {
        /** The person's name, 1 to 80 characters. */ name: String,
        /** What the profile is for. */ role: Role,
        /** At least 8 characters, at most 1024 octets. */ passphrase: String,
    } = "create_profile", Always -> RecoveryKeyView;
    /// Open the record with the passphrase.
    Unlock { /** The passphrase. */ passphrase: String } = "unlock", Always -> AppView;
    /// Open the record with the printed recovery key.
    UnlockWithRecoveryKey { /** As printed; spaces, dashes and case do not matter. */ key: String } = "unlock_with_recovery_key", Always -> AppView;
    /// A person is here: pointing, typing or scrolling keeps the record open.
    KeepOpen {} = "keep_open", Unlocked -> ();
    /// Close the record and forget its keys.
    Lock {} = "lock", Always -> AppView;
    /// Take the record as it is, although an older copy is in its place or its history is damaged. The record remembers it.
    AcceptRecord {} = "accept_record", Unlocked -> AppView;
    /// Put away what is said of work that the lock stopped.
    ForgetStopped {} = "forget_stopped", Unlocked -> AppView;
    /// Verify everything in the record. It goes on by itself and tells its progress.
    VerifyRecord {} = "verify_record", Unlocked -> VerificationView;
    /// Cancel verifying.
    CancelVerification {} = "cancel_verification", Unlocked -> VerificationView;
    /// How verifying goes, or went last since the record was opened.
    GetVerification {} = "get_verification", Unlocked -> VerificationView;
    /// What opens the record.
    GetDoors {} = "get_doors", Unlocked -> DoorsView;
    /// Replace the passphrase.
    ChangePassphrase {
        /** The passphrase so far. */ old: String,
        /** At least 8 characters, at most 1024 octets. */ new: String,
    } = "change_passphrase", Unlocked -> DoorsView;
    /// Set a passphrase by the recovery key: the old one is forgotten, or this computer's keyring lost its part of it.
    ResetPassphrase {
        /** The recovery key, as printed; spaces, dashes and case do not matter. */ key: String,
        /** At least 8 characters, at most 1024 octets. */ new: String,
    } = "reset_passphrase", Unlocked -> DoorsView;
    /// A fresh recovery key to write down. The old one works until [`SetRecoveryKey`].
    MakeRecoveryKey { /** The passphrase, again. */ passphrase: String } = "make_recovery_key", Unlocked -> RecoveryKeyView;
    /// Show that the recovery key that was shown last is written down, by typing groups of it back. One of
    /// [`MakeRecoveryKey`] takes the place of the old one then.
    SetRecoveryKey { /** At least two groups, as written down. */ typed: Vec<TypedGroup> } = "set_recovery_key", Unlocked -> DoorsView;
    /// Try the recovery key; nothing changes.
    TryRecoveryKey { /** As printed; spaces, dashes and case do not matter. */ key: String } = "try_recovery_key", Unlocked -> ();
    /// How long a new passphrase would hold, from 0 (guessed at once) to 4. It is nowhere kept; the dictionaries are the application's.
    RatePassphrase {
        /** What is typed so far. At least 8 characters, at most 1024 octets. */ passphrase: String,
        /** The person's name, which must not make it look strong; at most 80 characters. */ name: String,
    } = "rate_passphrase", Always -> u8;
}
