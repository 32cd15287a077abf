//! What holds now, from what the record knows already: no member and no device is asked.

mod devices;
mod emergency;
mod families;
mod permission;

use salus_wire::view::{LaptopView, NoticeKind, ReplyView, Role, Through};
use salus_wire::{Failure, UnixMillis};

use devices::{devices, whose};
use families::families;
use permission::{permissions, shared};

use super::book::{Fact, Held};
use crate::lock::Open;
use crate::share::{kept, reply};
use crate::{App, backup, family, inbox, laptops};

/// Everything. A part that cannot be read holds up no other.
pub(super) async fn of(app: &App, open: &Open) -> Held {
    let (mut held, now) = (Held::default(), app.now());
    record(open, &mut held);
    match open.role {
        Role::Patient => {
            let kept = kept::all(&open.vault).await;
            held.part("permission/", kept, |held, all| permissions(held, &all, now));
            devices(open, &mut held);
            whose(&mut held, &open.devices.unclaimed().await);
            let others = laptops::known(&open.vault).await;
            held.part("laptop/", others, |held, (others, removed)| laptop(held, &others, removed));
            let cards = laptops::emergencies(&open.vault).await;
            held.part("card/", cards, |held, uses| emergency::elsewhere(held, &uses));
        }
        Role::Clinician => {
            let all = inbox::received(&open.vault, now).await;
            held.part("shared/", all, |held, all| all.iter().for_each(|s| shared(held, s, now)));
        }
        // Whom they help, below.
        Role::Family => {}
    }
    let notes = reply::received(&open.vault).await;
    held.part("note/", notes, |held, all| notes_back(held, &all));
    let family = family::standing(app, &open.vault).await;
    held.part("family/", family, |held, view| families(held, &view, now));
    let backups = backup::view(app, open).await;
    held.part("backup/", backups, |held, view| {
        if let Some(need) = view.need {
            held.holds(format!("backup/{need:?}"), NoticeKind::Backup { need });
        }
    });
    held
}

impl Held {
    fn part<T>(&mut self, head: &str, read: Result<T, Failure>, put: impl FnOnce(&mut Self, T)) {
        match read {
            Ok(part) => put(self, part),
            Err(failure) => {
                tracing::debug!(code = %failure.code, head, "nothing is known of it now");
                self.unknown.push(head.to_owned());
            }
        }
    }

    fn holds(&mut self, key: String, kind: NoticeKind) {
        self.facts.push(Fact { key, kind });
    }
}

fn record(open: &Open, held: &mut Held) {
    if open.damaged {
        held.holds("record/damaged".to_owned(), NoticeKind::Damaged);
    }
}

/// Notes that clinicians wrote back; one that was read is nothing new, wherever this record was before.
fn notes_back(held: &mut Held, all: &[ReplyView]) {
    for note in all.iter().filter(|note| !note.read) {
        let key = format!("note/{}/{}", note.permission, note.number);
        let name = note.name.clone();
        let kind = match &note.through {
            Some(Through::Relative { person, .. }) => NoticeKind::WroteAbout { person: person.clone(), name },
            Some(Through::Helper { .. }) | None => NoticeKind::Wrote { name },
        };
        held.holds(key, kind);
    }
}

/// Said also of what was done on this computer: whoever did it, the person learns of it.
fn laptop(held: &mut Held, others: &[LaptopView], removed: Option<UnixMillis>) {
    for other in others {
        let (number, name) = (other.number, || other.name.clone());
        if let Some(added) = other.added {
            held.holds(format!("laptop/added/{number}/{added}"), NoticeKind::LaptopAdded { name: name() });
        }
        if let Some(at) = other.removed {
            held.holds(format!("laptop/removed/{number}/{at}"), NoticeKind::LaptopRemoved { name: name() });
        }
    }
    if removed.is_some() {
        held.holds("laptop/here".to_owned(), NoticeKind::RemovedHere);
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::{CircleId, GrantId};

    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn a_note_is_told_until_it_is_read() {
        let note = |number, read| ReplyView {
            permission: GrantId([3; 32]),
            through: None,
            number,
            name: "Dr Ana".into(),
            organisation: String::new(),
            attested_by: String::new(),
            unconfirmed: None,
            proven_at_height: "1".into(),
            text: "All is well.".into(),
            written: 1,
            came: 1,
            takes_back: None,
            taken_back: false,
            after: None,
            read,
        };
        let mut held = Held::default();
        let helper = Through::Helper { name: "Leila".into() };
        let theirs = Through::Relative { circle: CircleId([4; 32]), person: "Maria".into() };
        let helped = ReplyView { through: Some(helper), ..note(3, false) };
        let about = ReplyView { through: Some(theirs), ..note(4, false) };
        notes_back(&mut held, &[about, helped, note(2, false), note(1, true)]);
        let kinds: Vec<_> = held.facts.into_iter().map(|fact| fact.kind).collect();
        let (name, wrote) = (|| "Dr Ana".to_owned(), || NoticeKind::Wrote { name: "Dr Ana".into() });
        assert_eq!(
            kinds,
            [NoticeKind::WroteAbout { person: "Maria".into(), name: name() }, wrote(), wrote()]
        );
    }

    #[test]
    fn laptops_that_come_and_go_are_told() {
        let of = |name: &str, removed| LaptopView {
            number: 1,
            name: name.into(),
            this: false,
            added: Some(DAY),
            seen: None,
            removed,
            shut_out: false,
            gave: Vec::new(),
        };
        let kinds = |others: &[LaptopView], removed| {
            let mut held = Held::default();
            laptop(&mut held, others, removed);
            held.facts.into_iter().map(|fact| fact.kind).collect::<Vec<_>>()
        };
        let (added, name) = (|name: String| NoticeKind::LaptopAdded { name }, || "Kitchen".to_owned());
        assert_eq!(kinds(&[of("Kitchen", None)], None), [added(name())]);
        let gone = NoticeKind::LaptopRemoved { name: name() };
        assert_eq!(kinds(&[of("Kitchen", Some(2 * DAY))], None), [added(name()), gone]);
        let first = LaptopView { added: None, ..of("", None) };
        assert!(kinds(std::slice::from_ref(&first), None).is_empty());
        assert_eq!(kinds(&[first], Some(DAY)), [NoticeKind::RemovedHere]);
    }

    #[test]
    fn what_cannot_be_read_is_taken_to_be_as_it_was() {
        let mut held = Held::default();
        let failed: Result<(), Failure> = Err(salus_wire::ErrorCode::Damaged.into());
        held.part("family/", failed, |held, ()| held.holds("family/1".into(), NoticeKind::Damaged));
        assert!(held.facts.is_empty());
        assert_eq!(held.unknown, ["family/"]);
    }
}
