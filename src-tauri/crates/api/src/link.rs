//! Links of `salus:` that somebody opened anywhere on this computer: hostile until a person looks.
//!
//! ```text
//! salus://open/TEXT      TEXT as it is written on paper: SC1-XXXXX-..., letters, digits and dashes only
//! ```
//!
//! A link does nothing. It is checked for its length, its scheme, its characters, its kind and its checksum, kept in memory, and handed to
//! the page when the record is open and the page asks. The page asks the person whether to look; then the text stands in the field where
//! they would have pasted it, and everything after that is as if they had. One waits at a time: the newest.
//!
//! # Source
//! RFC 3986, 3.1: schemes and hosts know no case.

use std::sync::PoisonError;

use salus_chain::text::{Kind, from_text};
use salus_wire::command::TakeLink;
use salus_wire::event::Event;
use salus_wire::view::{LinkKind, LinkedView};
use salus_wire::{Failure, UnixMillis};

use crate::{App, BACKGROUND, Run};

/// What a link begins with.
const HEAD: &str = "salus://open/";
/// Longest link looked at; the largest text that a link can hold is a code of 2 KiB, 3.9 KiB written out.
const LONGEST: usize = 8 * 1024;
/// So long it waits for the record to be unlocked. 15 minutes.
const WAITS_MS: i64 = 15 * 60 * 1000;

/// A link that waits, and since when.
pub(crate) struct Waiting {
    at: UnixMillis,
    link: LinkedView,
}

impl App {
    /// Takes in a link that was opened; anything else is told as an unreadable one.
    pub fn follow(&self, link: &str) {
        let waiting = Waiting { at: self.now(), link: read(link) };
        tracing::info!(kind = ?waiting.link.kind, "a link was opened");
        *self.0.link.lock().unwrap_or_else(PoisonError::into_inner) = Some(waiting);
        self.tell(Event::LinkArrived);
    }

    /// Salus was started once more while this one runs, with these arguments, the program first: a link among them is taken in, and
    /// nothing else of them counts. True when the window is to come to the front; a session that begins again shows nothing.
    #[must_use]
    pub fn started_again(&self, arguments: &[String]) -> bool {
        if let Some(link) = link_of(arguments) {
            self.follow(link);
        }
        !arguments.iter().any(|argument| argument == BACKGROUND)
    }
}

/// The link among the arguments of a program that was started to open one.
fn link_of(arguments: &[String]) -> Option<&str> {
    let is_link = |text: &&str| text.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("salus:"));
    arguments.iter().skip(1).map(String::as_str).find(is_link)
}

impl Run for TakeLink {
    async fn run(self, app: &App) -> Result<Option<LinkedView>, Failure> {
        let waiting = app.0.link.lock().unwrap_or_else(PoisonError::into_inner).take();
        let now = app.now();
        Ok(waiting.filter(|w| now.abs_diff(w.at) < WAITS_MS.unsigned_abs()).map(|w| w.link))
    }
}

fn read(link: &str) -> LinkedView {
    parse(link).unwrap_or(LinkedView { kind: LinkKind::Unreadable, text: String::new() })
}

fn parse(link: &str) -> Option<LinkedView> {
    if link.len() > LONGEST {
        return None;
    }
    let (head, text) = link.split_at_checked(HEAD.len())?;
    // A browser may end it with a slash.
    let text = text.strip_suffix('/').unwrap_or(text);
    if !head.eq_ignore_ascii_case(HEAD) || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return None;
    }
    let offered = [
        (Kind::Code, LinkKind::Code),
        (Kind::Card, LinkKind::Card),
        (Kind::SecondQuestion, LinkKind::Question),
    ];
    let (_, kind) = offered.into_iter().find(|(kind, _)| from_text(*kind, text).is_ok())?;
    Some(LinkedView { kind, text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};
    use salus_chain::text::to_text;
    use salus_wire::ErrorCode;
    use salus_wire::command::{GetApp, ListPermissions};

    use super::*;
    use crate::testing::{Hands, NOON, patient, unlock};

    /// On one line, as in an address.
    fn text(kind: Kind, octets: &[u8]) -> String {
        to_text(kind, octets).unwrap().split_whitespace().collect::<Vec<_>>().join("-")
    }

    #[test]
    fn what_a_link_may_hold_is_read_whatever_a_browser_does_to_it() {
        for (kind, as_what) in [
            (Kind::Code, LinkKind::Code),
            (Kind::Card, LinkKind::Card),
            (Kind::SecondQuestion, LinkKind::Question),
        ] {
            let text = text(kind, &[7; 300]);
            for link in [
                format!("salus://open/{text}"),
                format!("SALUS://Open/{text}/"),
                format!("salus://open/{}", text.to_lowercase()),
            ] {
                let read = read(&link);
                assert_eq!(read.kind, as_what, "{link}");
                assert!(from_text(kind, &read.text).is_ok(), "{link}");
            }
        }
    }

    #[test]
    fn everything_else_is_unreadable() {
        let code = text(Kind::Code, &[7; 40]);
        let mut mistyped = code.clone();
        mistyped.replace_range(10..11, if &code[10..11] == "A" { "B" } else { "A" });
        for link in [
            String::new(),
            "salus:".into(),
            "salus://open/".into(),
            "salus://ope\u{e9}/SC1".into(),
            format!("https://open/{code}"),
            format!("salus://issue/{code}"),
            format!("salus://open/{code}?passphrase=1"),
            format!("salus://open/{code}#x"),
            format!("salus://open/{code}%00"),
            format!("salus://open/../{code}"),
            format!("salus://open/{mistyped}"),
            format!("salus://open/{}", &code[..code.len() - 3]),
            // A relative's code and an attestation are not for links.
            format!("salus://open/{}", text(Kind::Relative, &[7; 40])),
            format!("salus://open/{}", text(Kind::Attestation, &[7; 40])),
            format!("salus://open/{}", "A".repeat(LONGEST)),
        ] {
            let read = read(&link);
            assert_eq!((read.kind, read.text.as_str()), (LinkKind::Unreadable, ""), "{link}");
        }
    }

    #[test]
    fn nothing_that_is_opened_panics() {
        let mut rng = StdRng::seed_from_u64(6);
        for round in 0..4096 {
            let length = rng.random_range(0..80);
            let any: String =
                (0..length).map(|_| char::from_u32(rng.random_range(0..0x11_0000)).unwrap_or('-')).collect();
            let cut = text(Kind::Code, &[7; 20])[..rng.random_range(0..20)].to_owned();
            for link in
                [any.clone(), format!("{HEAD}{any}"), format!("{HEAD}{cut}{any}"), format!("salus:{any}")]
            {
                let read = read(&link);
                assert_eq!(read.kind, LinkKind::Unreadable, "round {round}: {link:?}");
            }
        }
    }

    fn arguments(all: &[&str]) -> Vec<String> {
        all.iter().map(|argument| (*argument).to_owned()).collect()
    }

    #[test]
    fn a_link_is_found_among_arguments_and_the_program_is_none() {
        let of = |all: &[&str]| link_of(&arguments(all)).map(str::to_owned);
        assert_eq!(of(&["salus", "salus://open/SC1"]).as_deref(), Some("salus://open/SC1"));
        assert_eq!(of(&["salus", "--data-dir", "x", "SALUS:y", "salus:z"]).as_deref(), Some("SALUS:y"));
        for none in [&["salus:x"][..], &["salus", "--data-dir"], &["salus", "sal\u{fc}s:"], &[]] {
            assert_eq!(of(none), None, "{none:?}");
        }
    }

    #[tokio::test]
    async fn a_second_start_shows_the_window_and_its_link_only_fills_in() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let before = app.run(GetApp {}).await.unwrap();
        let code = text(Kind::Code, &[7; 40]);
        let link = format!("salus://open/{code}");
        let taken = async || app.run(TakeLink {}).await.unwrap();

        assert!(app.started_again(&arguments(&["salus"])), "opened once more, it is in front");
        assert_eq!(taken().await, None);
        let mut events = app.subscribe();
        assert!(app.started_again(&arguments(&["/usr/bin/salus", &link])));
        while events.recv().await.unwrap() != Event::LinkArrived {}
        let linked = taken().await.unwrap();
        assert_eq!(
            (linked.kind, linked.text),
            (LinkKind::Code, code),
            "its text, for the field, and no more"
        );
        assert_eq!(taken().await, None, "once");
        assert!(app.run(ListPermissions {}).await.unwrap().is_empty(), "nothing was done with it");
        assert_eq!(app.run(GetApp {}).await.unwrap(), before, "nor with anything else");

        // A session that begins again brings nothing to the front; what no screen takes is said and nothing else.
        assert!(!app.started_again(&arguments(&["salus", BACKGROUND])));
        assert_eq!(taken().await, None);
        assert!(app.started_again(&arguments(&["salus", "--data-dir", "/elsewhere", "salus:issue?to=me"])));
        assert_eq!(taken().await.unwrap().kind, LinkKind::Unreadable);

        // Locked, the window comes and shows its lock; the link waits behind it.
        app.lock().await.unwrap();
        assert!(app.started_again(&arguments(&["salus", &link])));
        assert_eq!(app.run(TakeLink {}).await.unwrap_err().code, ErrorCode::Locked);
        unlock(&app).await;
        assert_eq!(taken().await.unwrap().kind, LinkKind::Code);
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_link_waits_for_the_record_for_a_while_and_is_taken_once() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let link = format!("salus://open/{}", text(Kind::Code, &[7; 40]));
        app.lock().await.unwrap();
        let mut events = app.subscribe();
        app.follow(&link);
        assert_eq!(events.recv().await.unwrap(), Event::LinkArrived);
        assert_eq!(app.run(TakeLink {}).await.unwrap_err().code, ErrorCode::Locked);
        unlock(&app).await;
        assert_eq!(app.run(TakeLink {}).await.unwrap().unwrap().kind, LinkKind::Code);
        assert_eq!(app.run(TakeLink {}).await.unwrap(), None, "once");
        app.follow("salus://open/first");
        app.follow(&link);
        assert_eq!(app.run(TakeLink {}).await.unwrap().unwrap().kind, LinkKind::Code, "the newest");
        app.follow(&link);
        clock.set(NOON + WAITS_MS);
        // The clock that jumped closed the record.
        unlock(&app).await;
        assert_eq!(app.run(TakeLink {}).await.unwrap(), None, "nobody remembers it");
        app.close().await.unwrap();
    }
}
