//! The addresses of the screens, after `#`, so that they work in the window and over HTTP alike.

use yew_router::prelude::*;

/// One screen.
#[derive(Debug, Clone, PartialEq, Routable)]
pub enum Route {
    /// Today, for a patient; the inbox, for a clinician.
    #[at("/")]
    Home,
    /// The person's own record.
    #[at("/readings")]
    Readings,
    /// One category of it.
    #[at("/readings/:category")]
    ReadingsOf {
        /** Its name, as on the wire. */
        category: String,
    },
    /// One category over some time.
    #[at("/readings/:category/:span/:from")]
    ReadingsAt {
        /** Its name, as on the wire. */
        category: String,
        /** "day", "week", "month", "year", or minutes. */
        span: String,
        /** A date, and after it hours and minutes where it does not begin with the day. */
        from: String,
    },
    /// Readings from a file.
    #[at("/import")]
    Import,
    /// Measuring devices.
    #[at("/devices")]
    Devices,
    /// Give a permission.
    #[at("/share")]
    Share,
    /// Who can see what until when.
    #[at("/permissions")]
    Permissions,
    /// What a permission shows.
    #[at("/permissions/:id")]
    Seen {
        /** The permission, hexadecimal. */
        id: String,
    },
    /// Every opening.
    #[at("/activity")]
    Activity,
    /// The emergency card, for a patient; opening with one, for a clinician.
    #[at("/emergency")]
    Emergency,
    /// Who helps whom.
    #[at("/family")]
    Family,
    /// One part of what there is about this person's own family.
    #[at("/family/own/:part")]
    FamilyOwn {
        /** Its name. */
        part: String,
    },
    /// One person whom this person helps.
    #[at("/family/:circle")]
    Relative {
        /** Their circle, hexadecimal. */
        circle: String,
    },
    /// One part of what there is about them.
    #[at("/family/:circle/part/:part")]
    RelativeAt {
        /** Their circle, hexadecimal. */
        circle: String,
        /** Its name. */
        part: String,
    },
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
    /// The person's laptops, for a patient.
    #[at("/laptops")]
    Laptops,
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
    /// What patients gave a clinician, as a table.
    #[at("/patients")]
    Patients,
    /// Notes that clinicians wrote to this person.
    #[at("/notes")]
    Notes,
    /// Readings of a device's user whom nobody named yet.
    #[at("/whose")]
    Whose,
    /// What happened.
    #[at("/notices")]
    Notices,
    /// The questions that people ask.
    #[at("/help")]
    Help,
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// The screen that an address belongs to: the time or the part that a screen shows makes it no other one.
    #[must_use]
    pub fn screen(&self) -> Self {
        match self {
            Route::ReadingsOf { .. } | Route::ReadingsAt { .. } => Route::Readings,
            Route::FamilyOwn { .. } => Route::Family,
            Route::RelativeAt { circle, .. } => Route::Relative { circle: circle.clone() },
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_again_by_its_address_and_is_no_other_screen() {
        let own = Route::FamilyOwn { part: "recovery".into() };
        let at = Route::RelativeAt { circle: "0a".into(), part: "seeing".into() };
        for route in [own.clone(), at.clone()] {
            assert_eq!(Route::recognize(&route.to_path()), Some(route));
        }
        assert_eq!(own.to_path(), "/family/own/recovery");
        assert_eq!((own.screen(), at.screen()), (Route::Family, Route::Relative { circle: "0a".into() }));
        let share = Route::GiveFor { circle: "0a".into() };
        assert_eq!(Route::recognize("/family/0a/share"), Some(share), "what was there before is still there");
    }
}
