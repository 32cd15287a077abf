//! Notes of the person's own beside readings, sealed in the cabinet. They are not shared.
//!
//! A note is on an instant of a category. Where a reading was typed for it, the note is that reading's; else that of what a device
//! measured then.

use std::collections::{BTreeMap, BTreeSet};

use salus_vault::{Epoch, Vault};
use salus_wire::command::KeepReadingNote;
use salus_wire::event::Event;
use salus_wire::view::{KeptNoteView, MOST_NOTE, RecordView};
use salus_wire::{Category, ErrorCode, Failure, Quality, UnixMillis};

use crate::failure::OrFail;
use crate::{App, Run};

/// Where they lie in the cabinet.
pub(crate) const NAMESPACE: &str = crate::namespace::NOTES;

/// A note without white space around it; `None` when nothing is left.
pub(crate) fn checked(note: Option<&str>) -> Result<Option<String>, Failure> {
    let note = note.unwrap_or_default().trim();
    if note.chars().count() > MOST_NOTE {
        return Err(Failure::with(ErrorCode::TooLarge, "note"));
    }
    Ok((!note.is_empty()).then(|| note.to_owned()))
}

fn name(category: Category, at: UnixMillis) -> [u8; 9] {
    let [a, b, c, d, e, f, g, h] = at.to_be_bytes();
    [category.code(), a, b, c, d, e, f, g, h]
}

pub(crate) async fn keep(
    vault: &Vault,
    category: Category,
    at: UnixMillis,
    note: &str,
) -> Result<(), Failure> {
    vault.cabinet().put(NAMESPACE, &name(category, at), note.as_bytes()).await.or_fail()
}

pub(crate) async fn forget(vault: &Vault, category: Category, at: UnixMillis) -> Result<(), Failure> {
    vault.cabinet().remove(NAMESPACE, &name(category, at)).await.or_fail().map(|_| ())
}

/// All notes.
pub(crate) struct Notes(BTreeMap<Vec<u8>, String>);

impl Notes {
    /// The note of one reading.
    pub(crate) fn get(&self, category: Category, at: UnixMillis) -> Option<&str> {
        self.0.get(name(category, at).as_slice()).map(String::as_str)
    }
}

/// Reads all notes.
pub(crate) async fn all(vault: &Vault) -> Result<Notes, Failure> {
    let all = vault.cabinet().readable(NAMESPACE).await.or_fail()?;
    Ok(Notes(all.into_iter().map(|(k, v)| (k, String::from_utf8_lossy(&v).into_owned())).collect()))
}

/// The names of the notes on readings of `from <= at < to`.
pub(crate) async fn within(
    vault: &Vault,
    category: Category,
    from: UnixMillis,
    to: UnixMillis,
) -> Result<Vec<Vec<u8>>, Failure> {
    let names = vault.cabinet().readable(NAMESPACE).await.or_fail()?.into_iter().map(|(name, _)| name);
    let inside = |n: &[u8]| match n.split_first() {
        Some((code, at)) if *code == category.code() => {
            <[u8; 8]>::try_from(at).is_ok_and(|at| (from..to).contains(&i64::from_be_bytes(at)))
        }
        _ => false,
    };
    Ok(names.filter(|n| inside(n)).collect())
}

/// Takes over the notes of another record of the same person, where this one keeps that time and has no note of its own.
pub(crate) async fn take_over(from: &Vault, to: &Vault) -> Result<(), Failure> {
    let own = all(to).await?;
    for (name, note) in from.cabinet().readable(NAMESPACE).await.or_fail()? {
        let holds = place(&name).is_some_and(|(category, epoch)| to.holds(category, epoch));
        if holds && !own.0.contains_key(&name) {
            to.cabinet().put(NAMESPACE, &name, &note).await.or_fail()?;
        }
    }
    Ok(())
}

/// Where the reading of a note lies.
fn place(name: &[u8]) -> Option<(Category, Epoch)> {
    let (code, at) = name.split_first()?;
    let at = i64::from_be_bytes(<[u8; 8]>::try_from(at).ok()?);
    Some((Category::from_code(*code)?, Epoch::at(at)?))
}

/// Puts the notes beside the rows of a record screen.
pub(crate) async fn add(vault: &Vault, view: &mut RecordView) -> Result<(), Failure> {
    let category = view.category;
    let rows = || view.rows.iter().chain(&view.latest);
    let typed: BTreeSet<UnixMillis> =
        rows().filter(|r| r.quality.has(Quality::TYPED)).map(|r| r.at).collect();
    let notes = all(vault).await?;
    for row in view.rows.iter_mut().chain(&mut view.latest) {
        let whose = row.quality.has(Quality::TYPED) || !typed.contains(&row.at);
        row.note = notes.get(category, row.at).filter(|_| whose).map(str::to_owned);
    }
    Ok(())
}

impl Run for KeepReadingNote {
    async fn run(self, app: &App) -> Result<KeptNoteView, Failure> {
        let now = checked(self.text.as_deref())?;
        let end = self.at.checked_add(1).ok_or_else(|| Failure::with(ErrorCode::BadRequest, "at"))?;
        let open = app.open().await?;
        let name = name(self.category, self.at);
        let before = open.vault.cabinet().get(NAMESPACE, &name).await.or_fail()?;
        let before = before.map(|note| String::from_utf8_lossy(&note).into_owned());
        match &now {
            Some(note) => {
                let (here, damaged) = open.vault.readable(self.category, self.at, end).await.or_fail()?;
                if here.is_empty() && damaged == 0 {
                    return Err(Failure::with(ErrorCode::BadRequest, "at"));
                }
                keep(&open.vault, self.category, self.at, note).await?;
            }
            None => forget(&open.vault, self.category, self.at).await?,
        }
        app.tell(Event::ReadingsChanged);
        Ok(KeptNoteView { before, now })
    }
}
