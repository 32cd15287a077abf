//! What every screen shares: the application's state, the words, and the beats that say when to ask again.

mod ask;
mod kept;
mod linked;
mod same;
mod spoken;
mod typing;

pub use ask::{Act, Again, Asked, use_act, use_ask, use_latest};
pub use kept::{let_go, use_kept};
pub use linked::use_linked;
pub use same::Same;
pub use spoken::{Wording, use_words};
pub use typing::{Typing, Units, keep_shortcut, shortcut_kept};

use std::rc::Rc;

use salus_wire::Failure;
use salus_wire::event::Event;
use salus_wire::view::{AppView, LinkedView, SettingsView};
use yew::prelude::*;

use crate::format::Clockface;
use crate::words::{Language, Words};

/// How often each kind of thing changed since the page was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beats {
    /// New readings.
    pub readings: u32,
    /// Devices came, went or changed.
    pub devices: u32,
    /// Permissions changed.
    pub permissions: u32,
    /// The newest proven block changed.
    pub members: u32,
    /// Backups were made, or could not be.
    pub backups: u32,
    /// Something happened that the person is told of, or was read.
    pub notices: u32,
    /// Links were opened elsewhere.
    pub links: u32,
}

/// What lies over every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Finding screens and actions.
    Palette,
    /// The list of keys.
    Keys,
}

/// Long work that moved on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The command's name.
    pub work: String,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 = not known.
    pub total: u32,
}

/// Whether the first run stands in place of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstRunShown {
    /// As the application keeps it.
    #[default]
    AsKept,
    /// Yes: it made the record a moment ago, whatever the application has answered.
    Shown,
    /// No: a person ended it here.
    Over,
}

/// The state behind every screen.
#[derive(Clone, PartialEq)]
pub struct Shared {
    /// The application's answer, once there is one.
    pub app: Option<AppView>,
    /// When it came, in milliseconds since the page was opened.
    pub app_at: f64,
    /// Why there is none.
    pub failure: Option<Failure>,
    /// Settings as the page shows them; ahead of the application while a choice is being stored.
    pub settings: SettingsView,
    /// The words: those from before, until those of the chosen language are there.
    pub words: Words,
    /// Whether they are of the chosen language.
    pub wording: Wording,
    /// When to ask again.
    pub beats: Beats,
    /// Long work under way.
    pub progress: Option<Progress>,
    /// Whether the first run is shown.
    pub first_run: FirstRunShown,
    /// True when the first run begins with a backup.
    pub from_backup: bool,
    /// Typing a reading by hand.
    pub typing: Typing,
    /// True when a single letter opens the form of typed readings.
    pub shortcut: bool,
    /// What lies over the screen.
    pub over: Option<Over>,
    /// A link that the person wants to look at, until its screen has taken it.
    pub linked: Option<LinkedView>,
}

impl Default for Shared {
    fn default() -> Self {
        // Until the application says which language was chosen, it is the one that there are words of.
        let words = Words::first();
        let settings = SettingsView { locale: words.language.tag.into(), ..SettingsView::default() };
        Self {
            app: None,
            app_at: 0.0,
            failure: None,
            settings,
            words,
            wording: Wording::default(),
            beats: Beats::default(),
            progress: None,
            first_run: FirstRunShown::AsKept,
            from_backup: false,
            typing: Typing::default(),
            shortcut: true,
            over: None,
            linked: None,
        }
    }
}

impl Shared {
    /// True while the first run stands in place of the screens.
    #[must_use]
    pub fn in_first_run(&self) -> bool {
        let Some(app) = &self.app else { return false };
        let kept = app.first_run.is_some() && !app.locked;
        match self.first_run {
            _ if app.profile.is_none() => true,
            FirstRunShown::AsKept => kept,
            FirstRunShown::Shown => true,
            FirstRunShown::Over => false,
        }
    }

    /// Dates and times as this profile sees them: the application's clock, carried on since its last answer.
    #[must_use]
    pub fn clock(&self) -> Clockface {
        let (now, offset) = self.app.as_ref().map_or((0, 0), |a| (a.now, a.utc_offset_minutes));
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a page's life")]
        let now = now + (page_ms() - self.app_at).max(0.0) as i64;
        Clockface { words: self.words.clone(), offset, now }
    }
}

/// Milliseconds since the page was opened.
fn page_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// What may change the shared state.
pub enum Change {
    /// The application answered.
    App(Result<AppView, Failure>),
    /// The person chose other settings.
    Settings(SettingsView),
    /// The words of a language are there, or cannot be had.
    Words(Language),
    /// The words of the chosen language are asked for again.
    WordsAgain,
    /// The application said something.
    Event(Event),
    /// Long work begins: what is known of an earlier one is out of date.
    Began,
    /// The first run goes on, or is over.
    FirstRun(FirstRunShown),
    /// The first run that is next begins with a backup.
    FromBackup,
    /// The form of typed readings opened, closed or stored something.
    Typing(Typing),
    /// The letter that opens the form was switched on or off.
    Shortcut(bool),
    /// Something lies over the screen, or does not any more.
    Over(Option<Over>),
    /// The person wants to look at a link, or its screen has taken it.
    Linked(Option<LinkedView>),
}

impl Reducible for Shared {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::App(Ok(app)) => {
                next.adopt(app.settings.clone());
                if app.locked {
                    next.typing = Typing::default();
                    (next.over, next.linked) = (None, None);
                }
                // A record that went, not one that is just being made.
                if app.profile.is_none() && self.app.as_ref().is_none_or(|before| before.profile.is_some()) {
                    next.first_run = FirstRunShown::AsKept;
                }
                next.from_backup &= app.profile.is_none();
                next.app = Some(app);
                next.app_at = page_ms();
                next.failure = None;
            }
            Change::App(Err(failure)) => next.failure = Some(failure),
            Change::Settings(settings) => next.adopt(settings),
            Change::Words(language) => next.came(language),
            Change::WordsAgain => next.wording = Wording::Spoken,
            Change::Began => next.progress = None,
            Change::FirstRun(shown) => next.first_run = shown,
            Change::FromBackup => next.from_backup = true,
            Change::Typing(typing) => next.typing = typing,
            Change::Shortcut(on) => next.shortcut = on,
            Change::Over(over) => next.over = over,
            Change::Linked(link) => next.linked = link,
            Change::Event(event) => next.hear(event),
        }
        if next.app.is_some() && !next.lacks_words() {
            next.wording = Wording::Spoken;
        }
        Rc::new(next)
    }
}

impl Shared {
    fn adopt(&mut self, settings: SettingsView) {
        let other = Language::of(&settings.locale) != self.chosen();
        self.settings = settings;
        self.take_words();
        // What could not be had was another language's.
        if other && self.wording == Wording::Missing {
            self.wording = Wording::Spoken;
        }
    }

    fn hear(&mut self, event: Event) {
        let beats = &mut self.beats;
        match event {
            Event::ReadingsChanged => beats.readings += 1,
            Event::DevicesChanged => beats.devices += 1,
            Event::PermissionsChanged => beats.permissions += 1,
            Event::MembersChanged => beats.members += 1,
            Event::BackupsChanged => beats.backups += 1,
            Event::NoticesChanged => beats.notices += 1,
            Event::LinkArrived => beats.links += 1,
            // The answer that is asked for then holds it.
            Event::DesktopChanged => {}
            Event::Progress { work, done, total } => self.progress = Some(Progress { work, done, total }),
            Event::LockChanged { .. } => {
                self.progress = None;
                self.typing = Typing::default();
            }
        }
    }
}

/// The shared state with its dispatcher.
pub type Context = UseReducerHandle<Shared>;

/// The shared state.
#[hook]
pub fn use_shared() -> Context {
    #[expect(clippy::expect_used, reason = "every screen is drawn inside the provider of `App`")]
    use_context::<Context>().expect("inside App")
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{FirstRunStep, FirstRunView, ProfileView, Role, StandingView};

    use super::*;
    use crate::words::{ARABIC, ENGLISH};

    fn app(profile: bool, locked: bool, first_run: bool) -> AppView {
        let view = FirstRunView { step: FirstRunStep::Key, role: Role::Patient, skipped: vec![] };
        AppView {
            profile: profile.then(|| ProfileView { name: "Maria".into(), role: Role::Patient }),
            locked,
            settings: SettingsView::default(),
            now: 0,
            utc_offset_minutes: 0,
            test_clock: false,
            standing: StandingView::Sound,
            damaged: false,
            receiving: false,
            stopped: vec![],
            first_run: first_run.then_some(view),
            desktop_colours: None,
        }
    }

    #[test]
    fn the_first_run_stands_until_it_is_over_and_never_before_the_lock() {
        let shown = |app: AppView, first_run| {
            Shared { app: Some(app), first_run, ..Shared::default() }.in_first_run()
        };
        use FirstRunShown::{AsKept, Over, Shown};
        for first_run in [AsKept, Shown, Over] {
            assert!(shown(app(false, true, false), first_run), "there is no record yet");
        }
        assert!(shown(app(true, false, true), AsKept));
        assert!(!shown(app(true, true, true), AsKept), "locked, it waits");
        assert!(!shown(app(true, false, false), AsKept));
        assert!(shown(app(true, false, false), Shown));
        assert!(!shown(app(true, false, true), Over));
        assert!(!Shared::default().in_first_run());
    }

    #[test]
    fn words_are_taken_when_they_come_and_only_of_the_language_that_is_chosen_by_then() {
        let settings = |locale: &str| SettingsView { locale: locale.into(), ..SettingsView::default() };
        let asked =
            Shared { settings: settings("ar-EG"), app: Some(app(true, false, false)), ..Shared::default() };
        assert!(asked.lacks_words() && asked.wording == Wording::Awaited, "the first screen waits");
        let came = Rc::new(asked).reduce(Change::Words(ARABIC));
        assert_eq!((came.words.language, came.wording), (ARABIC, Wording::Spoken));
        let back = came.reduce(Change::Settings(settings("en")));
        let late = back.reduce(Change::Words(ARABIC));
        assert_eq!((late.words.language, late.wording), (ENGLISH, Wording::Spoken));
    }

    #[test]
    fn words_that_cannot_be_had_are_missed_until_another_language_is_chosen() {
        let settings = SettingsView::default();
        let missed = Shared { wording: Wording::Missing, settings: settings.clone(), ..Shared::default() };
        let same = Rc::new(missed.clone()).reduce(Change::Settings(settings.clone()));
        assert_eq!(same.wording, Wording::Missing);
        let again = Rc::new(missed.clone()).reduce(Change::WordsAgain);
        assert_eq!(again.wording, Wording::Spoken);
        let other = SettingsView { locale: "ar".into(), ..settings };
        assert_eq!(Rc::new(missed).reduce(Change::Settings(other)).wording, Wording::Spoken);
    }
}
