//! Several laptops of one person: which there are, how two get to know each other, and how far the record has come over.

use serde::{Deserialize, Serialize};

use super::{HolderView, SquareView};
use crate::UnixMillis;

/// Longest name of a laptop, in characters.
pub const MAX_LAPTOP_NAME: usize = 40;

/// One laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaptopView {
    /// Its number; 0 is the one that the others are added on.
    pub number: u8,
    /// As the person named it; empty for one that was never named.
    pub name: String,
    /// True for the laptop that shows this.
    pub this: bool,
    /// When it was added; `None` for the first.
    pub added: Option<UnixMillis>,
    /// When something was last heard from it, by the first laptop.
    pub seen: Option<UnixMillis>,
    /// When it was removed.
    pub removed: Option<UnixMillis>,
    /// Removed, and the members have confirmed that it gives and stops nothing any more.
    pub shut_out: bool,
    /// On the first laptop, who holds a permission that this one gave and that runs, by that laptop's word.
    #[serde(default)]
    pub gave: Vec<HolderView>,
}

/// How far two laptops are that get to know each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaptopStep {
    /// The other laptop's message is waited for.
    Waiting,
    /// Both show digits: a person compares them.
    Compare,
    /// It was said here that they are the same; the other laptop is waited for.
    Agreed,
    /// Something did not fit: begin anew.
    Broken,
}

/// Two laptops that get to know each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaptopPairingView {
    /// On the new laptop the words to type on the old one, with a space between them; `None` on the old one.
    pub code: Option<String>,
    /// The same as a picture to scan.
    pub square: Option<SquareView>,
    /// How far it is.
    pub step: LaptopStep,
    /// Six digits that both laptops show, once there are any.
    pub digits: Option<String>,
    /// On the new laptop whose record the old one says that it has.
    pub person: Option<String>,
    /// When the code runs out.
    pub until: UnixMillis,
}

/// How far the record has come over to a laptop that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaptopHistoryView {
    /// Parts that were taken: hours of one kind of reading.
    pub taken: u32,
    /// Parts that are still to come, as far as the first laptop said.
    pub left: u32,
    /// The person stopped it for now.
    pub paused: bool,
}

/// The person's laptops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaptopsView {
    /// Every one, the first one first.
    pub laptops: Vec<LaptopView>,
    /// True on the laptop that others are added and removed on.
    pub first: bool,
    /// True while this record can become another laptop of somebody's: it holds no readings, and no other laptop was added on it.
    pub can_join: bool,
    /// Two laptops that get to know each other right now.
    pub pairing: Option<LaptopPairingView>,
    /// On a laptop that was added, how far the record has come over.
    pub history: Option<LaptopHistoryView>,
    /// On a laptop that was added, how many permissions it can give before the first laptop has to be on again.
    pub can_give: Option<u8>,
    /// When this laptop was removed from the record.
    pub removed: Option<UnixMillis>,
}
