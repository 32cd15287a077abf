//! The records on this computer, notices, the desktop, the first run.

use super::frame::commands;
use crate::view::{AppView, DesktopView, FirstRunView, LinkedView, NoticesView, ProfileEntryView};

commands! {
    /// The records on this computer.
    ListProfiles {} = "list_profiles", Always -> Vec<ProfileEntryView>;
    /// Close the open record and turn to another one, which stays locked.
    ChooseProfile { /** As listed. */ id: String } = "choose_profile", Always -> AppView;
    /// Close the open record and begin another one beside it; `create_profile` or `restore_backup` makes it.
    AddProfile {} = "add_profile", Always -> AppView;
    /// Give the open record another name.
    RenameProfile { /** The person's name, 1 to 80 characters. */ name: String } = "rename_profile", Unlocked -> AppView;

    /// What happened that the person is told of.
    ListNotices {} = "list_notices", Unlocked -> NoticesView;
    /// These were read.
    ReadNotices { /** The newest that was on the screen; those before it were too. */ up_to: u32 } = "read_notices", Unlocked -> NoticesView;
    /// What the desktop may do for this person: show notifications, and begin Salus with the session.
    GetDesktop {} = "get_desktop", Unlocked -> DesktopView;
    /// Choose that. It holds for this computer, whoever's record is open.
    SetDesktop { /** All of it. */ desktop: DesktopView } = "set_desktop", Unlocked -> DesktopView;
    /// Take the link that was opened last, once, to look at it; nothing is done with it.
    TakeLink {} = "take_link", Unlocked -> Option<LinkedView>;
    /// Read the QR code in a picture, which is chosen in a dialog of the desktop's own: one code of Salus, as it is printed. Nothing is
    /// done with it; it is typed for the person.
    ReadCodePicture {} = "read_code_picture", Unlocked -> String;

    /// Keep how far the first run is, or that it is over.
    KeepFirstRun { /** The step, and what was skipped; `None` ends it. */ at: Option<FirstRunView> } = "keep_first_run", Always -> AppView;
    /// Undo the making of the open record while its first run is under way and nothing is in it: it is removed, and the first run goes
    /// on with what it is for. Refused with [`crate::ErrorCode::NotEmpty`] once anything was stored, shared or taken on, and with
    /// [`crate::ErrorCode::NotAllowed`] when no first run is under way.
    UndoProfile {} = "undo_profile", Always -> AppView;
}
