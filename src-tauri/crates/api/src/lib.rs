//! Every use case of Salus, transport-neutral: the desktop shell and the test host call the same [`App`].
//!
//! ```text
//! page -> bridge -> App::call(name, json) -> lock and role check (one place) -> use case -> answer or Failure
//!                                                     |
//!      profile, lock    settings, keys, idle, desktop |- vault      (readings, cabinet, inbox)
//!      doors            passphrase, recovery key      |- vault      (keyslots), keyring
//!      devices          sessions that store           |- devices    (Bluetooth)
//!      record           charts and statistics         |- insight
//!      clinical         summaries by conventions      |- insight
//!      entry            what a person types           |- vault
//!      backup, export   files that leave the record   |- vault
//!      import           readings out of files         |- insight, vault
//!      report           pages on paper, and their check |- report, sharing
//!      people           whose record is shown
//!      notices          what a person is told of         |- vault
//!      desktop          notifications, beginning with the session, a closed window
//!      link             what was opened elsewhere, until the person looks at it
//!      code_picture     a code out of a picture           |- picture
//!      codes            codes given out, and taking them back |- inbox, family
//!      entry, draft     what a person types           |- vault
//!      entry, delete    what a person types, deletes  |- vault
//!      compact          journal to segments, sums     |- vault
//!      share, activity  the patient's permissions     |- sharing, light
//!      inbox            the clinician's records       |- sharing, light
//!      reply            notes back to a patient       |- sharing, light
//!      family           who helps whom                |- sharing, light
//!      members          what the light client proved  '- light
//!      laptops          one record on several laptops |- vault, sharing, light
//!      heads, anchor    roll-backs                    |- vault, sharing, light
//!      verify           damage                        '- vault
//! ```
//!
//! Guarantees: no command reads a record while it is locked; a command is refused before its request is looked at when
//! the profile's role or the lock does not allow it; every failure is a [`salus_wire::Failure`] with a stable code and
//! without dependency text; time comes from [`Config::clock`] alone.
//!
//! While locked, the devices that the person added go on sending, into the vault's sealed inbox; what is known of them for
//! that is in memory only. While the window is hidden nobody is there: the record closes after five minutes as ever.
//!
//! Non-guarantees: after a start nothing is received before the first unlocking; the name and the role of the profile are
//! readable in `profile.json`, because the lock screen shows them.

mod activity;
mod anchor;
mod app;
mod asked;
mod background;
mod backup;
mod clinical;
mod code_picture;
mod codes;
mod compact;
mod config;
mod delete;
mod desktop;
mod devices;
mod dispatch;
mod doors;
mod draft;
mod entry;
mod export;
mod failure;
mod family;
mod file;
mod first_run;
mod heads;
mod import;
mod inbox;
pub mod keyring;
mod laptops;
mod link;
mod lock;
mod members;
mod namespace;
mod network;
mod notices;
mod outbox;
mod people;
mod profile;
#[cfg(test)]
mod read_back;
mod record;
mod repeat;
mod reply;
mod report;
mod settings;
mod share;
mod strength;
#[cfg(test)]
mod testing;
mod tongue;
mod verify;
mod work;

pub use app::App;
pub use backup::backup_identity;
pub use code_picture::ENDINGS as PICTURES;
pub use config::{Choice, Config, Confirm, Desktop, NoDesktop, Note, Question, SILENCE};
#[cfg(target_os = "linux")]
pub use desktop::Freedesktop;
#[cfg(any(target_os = "macos", test))]
pub use desktop::Mac;
#[cfg(windows)]
pub use desktop::Windows;
pub use desktop::{BACKGROUND, Surroundings};
pub use dispatch::Run;
pub use heads::{FileHeads, HeadStore, KeyringHeads, MemoryHeads, Moment};
pub use import::ENDINGS as IMPORTED;
pub use tongue::Tongue;
