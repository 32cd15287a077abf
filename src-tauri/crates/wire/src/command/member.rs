//! The members.

use super::frame::commands;
use crate::view::MembersView;

commands! {
    /// The members, the newest proven block, and how far it can be trusted.
    GetMembers {} = "get_members", Unlocked -> MembersView;
}
