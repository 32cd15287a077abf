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
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }

            impl Command for $name {
                const NAME: &'static str = $text;
                const ALLOWED: Allowed = Allowed::$allowed;
                type Answer = $answer;
            }
        )+

        /// Every command's name and when it is allowed.
        pub const COMMANDS: &[(&str, Allowed)] = &[$(($text, Allowed::$allowed)),+];
    };
}

pub(super) use commands;
