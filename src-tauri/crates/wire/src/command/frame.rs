//! What a command is, and how the list of them is written.

use serde::{Serialize, de::DeserializeOwned};

/// When a command is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Also before a profile exists and while locked.
    Always,
    /// Only while the record is unlocked.
    Unlocked,
    /// Only while a patient's record is unlocked.
    Patient,
    /// Only while a clinician's profile is unlocked.
    Clinician,
}

/// One command.
pub trait Command: Serialize + DeserializeOwned {
    /// The name on the wire, snake_case.
    const NAME: &'static str;
    /// Who may call it when.
    const ALLOWED: Allowed;
    /// The answer.
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? } = $text:literal, $allowed:ident -> $answer:ty;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }

            impl $crate::command::Command for $name {
                const NAME: &'static str = $text;
                const ALLOWED: $crate::command::Allowed = $crate::command::Allowed::$allowed;
                type Answer = $answer;
            }
        )+

        /// The name of each and when it is allowed.
        pub(super) const ROOM: &[(&str, $crate::command::Allowed)] = &[$(($text, $crate::command::Allowed::$allowed)),+];
    };
}

pub(super) use commands;

/// How many commands there are in all rooms.
pub(super) const fn count(rooms: &[&[(&str, Allowed)]]) -> usize {
    let (mut all, mut room) = (0, 0);
    while room < rooms.len() {
        all += rooms[room].len();
        room += 1;
    }
    all
}

/// The commands of all rooms, one after the other; `N` is their [`count`].
pub(super) const fn joined<const N: usize>(
    rooms: &[&[(&'static str, Allowed)]],
) -> [(&'static str, Allowed); N] {
    let mut all = [("", Allowed::Always); N];
    let (mut next, mut room) = (0, 0);
    while room < rooms.len() {
        let mut place = 0;
        while place < rooms[room].len() {
            all[next] = rooms[room][place];
            next += 1;
            place += 1;
        }
        room += 1;
    }
    all
}
