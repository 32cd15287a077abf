//! The addresses of the screens, after `#`, so that they work in the window and over HTTP alike.

use yew_router::prelude::*;

/// One screen.
#[derive(Debug, Clone, PartialEq, Routable)]
pub enum Route {
    /// Today, for a patient; the inbox, for a clinician.
    #[at("/")]
    Home,
    /// Measuring devices.
    #[at("/devices")]
    Devices,
    /// Give a permission.
    #[at("/share")]
    Share,
    /// Who can see what until when.
    #[at("/permissions")]
    Permissions,
    /// Every opening.
    #[at("/activity")]
    Activity,
    /// The emergency card, for a patient; opening with one, for a clinician.
    #[at("/emergency")]
    Emergency,
    /// Who helps whom.
    #[at("/family")]
    Family,
    /// What somebody whom this person helps has measured.
    #[at("/family/:circle/readings")]
    Helped {
        /** Their circle, hexadecimal. */
        circle: String,
    },
    /// A permission for somebody whom this person helps.
    #[at("/family/:circle/share")]
    GiveFor {
        /** Their circle, hexadecimal. */
        circle: String,
    },
    /// The members.
    #[at("/members")]
    Members,
    /// Language, colours, text size.
    #[at("/settings")]
    Settings,
    /// Backups, and everything in one file.
    #[at("/backups")]
    Backups,
    /// Pages on paper: making and checking them.
    #[at("/reports")]
    Reports,
    /// What to do when a laptop is lost.
    #[at("/lost")]
    Lost,
    /// A clinician's code for one patient.
    #[at("/code")]
    Code,
    /// A code that asks for more than a permission gives.
    #[at("/code/:id")]
    More {
        /** The permission, hexadecimal. */
        id: String,
    },
    /// One opened record.
    #[at("/record/:id")]
    Record {
        /** The permission, hexadecimal. */
        id: String,
    },
    /// Readings of a device's user whom nobody named yet.
    #[at("/whose")]
    Whose,
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}
