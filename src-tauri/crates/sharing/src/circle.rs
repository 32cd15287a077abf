//! Families: a person's circle of delegates, what its members tell one another, and a steward's permissions.
//!
//! ```text
//! relative   RelativeSecret -> code::Code -- text, and twelve digits read aloud --> person
//! person     Power, Rules -> speak::make, change: CircleTx, ChangeTx
//!              Word (who helps, which categories are ordinary; to a steward in force also the series' trees) -- letter -->
//! steward    Word -> read::read: epochs from the depots, by the trees in hand
//!            Word -> give::prepare, advance: DelegatedGrantTx by two keys, shares, capsule as of any permission
//!              Notice (who, what, when) -- letter --> the person and the other delegates
//! anyone     notice::prove: the notice against the proven permission and its own transaction
//!            speak::approve, object, stop
//! guardian   Word without keys; Entrusted (a part of what opens the backups); Plea (a new key's request)
//!              -> speak::recover: ChangeTx, ApproveTx
//!              after 72 h, proven: Return, with the part -- letter --> the person's new laptop
//! person     gather::gather: which parts fit, who gave a false one; with enough of them a backup opens
//!              Hello -- letter --> helpers from before -- Recalled (the lost salts, no key) --> the person
//! parent     Plea of a child who came of age -> speak::hand_over: everything given rests; after 72 h, proven:
//!              Handed, and every Notice again -- letters --> the grown-up, who confirms each permission or leaves it
//! person     Watch (which emergency cards) -- letter --> delegates, who prove themselves what happens with a card
//! person     Stops (own permissions, where the person says so, each with its signed stop) -- letter --> delegates: any one ends it
//! person     rehearsal::Asked -- text --> guardian -- rehearsal::Answer --> the person; the ledger sees neither
//! ```
//!
//! Letters go through the depots and the inbox as a capsule does. What is allowed the ledger decides
//! ([`salus_chain::circle`]); here it is asked first, with the proven circle, so that a refusal has a name before anything
//! is sent.
//!
//! Guarantees: a word counts only when the key that the proven circle names as the person's signed it, for this delegate; a
//! notice only when the chain holds that permission, for that clinician and those categories, by that steward.
//!
//! Non-guarantees:
//! - A steward holds keys. What a steward read, or told others, cannot be taken back. When a steward goes, the person's app begins
//!   a new generation of the series' keys ([`salus_vault::Vault::new_generations`]): what is sealed from then on is under keys that
//!   they never had, and what was sealed before they can go on reading where they find it. As long as the person's app does not
//!   run, or does not know, a word's trees end with its *lease* ([`power::lease`]).
//! - The data window of a steward's permission is not on the chain: a notice's is the steward's word.
//! - A relative is who knows the twelve digits: nobody attests them. Their name is their own word, and so is the person's.
//!   The first circle that uses a code keeps it, so whoever got hold of a code can use it before the person does: the
//!   relative then helps a stranger, and the person's own word finds the code taken.
//!
//! # Source
//! 2-access.md, "Families".

pub mod before;
pub mod code;
pub mod estate;
pub mod gather;
pub mod give;
pub mod giveback;
pub mod handed;
pub mod hello;
pub mod letter;
pub mod list;
pub mod notice;
pub mod part;
pub mod plea;
pub mod power;
pub mod read;
pub mod rehearsal;
pub mod speak;
pub mod springing;
pub mod stops;
pub mod watch;
pub mod word;

#[cfg(test)]
mod tests;

pub use before::Before;
pub use code::{Code, Relative, RelativeSecret};
pub use estate::Estate;
pub use gather::gather;
pub use give::Given;
pub use giveback::Return;
pub use handed::Handed;
pub use hello::{Hello, Recalled};
pub use notice::Notice;
pub use part::{Entrusted, Part};
pub use plea::Plea;
pub use power::{Power, Rules, Salts};
pub use speak::{CircleError, Voice};
pub use springing::PowerQuestion;
pub use stops::Stops;
pub use watch::Watch;
pub use word::Word;
