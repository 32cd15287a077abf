//! Notes of the person's own beside readings, sealed in the cabinet. They are not shared.

use std::collections::BTreeMap;

use salus_vault::Vault;
use salus_wire::view::RecordView;
use salus_wire::{Category, ErrorCode, Failure, Quality, UnixMillis};

use crate::failure::OrFail;

/// Where they lie in the cabinet.
pub(crate) const NAMESPACE: &str = crate::namespace::NOTES;
/// Most characters of a note.
const MOST: usize = 500;

/// A note without white space around it; `None` when nothing is left.
pub(super) fn checked(note: Option<&str>) -> Result<Option<String>, Failure> {
    let note = note.unwrap_or_default().trim();
    if note.chars().count() > MOST {
        return Err(Failure::with(ErrorCode::TooLarge, "note"));
    }
    Ok((!note.is_empty()).then(|| note.to_owned()))
}

fn name(category: Category, at: UnixMillis) -> [u8; 9] {
    let [a, b, c, d, e, f, g, h] = at.to_be_bytes();
    [category.code(), a, b, c, d, e, f, g, h]
}

pub(super) async fn keep(
    vault: &Vault,
    category: Category,
    at: UnixMillis,
    note: &str,
) -> Result<(), Failure> {
    vault.cabinet().put(NAMESPACE, &name(category, at), note.as_bytes()).await.or_fail()
}

pub(super) async fn forget(vault: &Vault, category: Category, at: UnixMillis) -> Result<(), Failure> {
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

/// Puts the notes beside the rows of a record screen.
pub(crate) async fn add(vault: &Vault, view: &mut RecordView) -> Result<(), Failure> {
    let category = view.category;
    let rows = || view.rows.iter().chain(&view.latest);
    if !rows().any(|r| r.quality.has(Quality::TYPED)) {
        return Ok(());
    }
    let notes: BTreeMap<_, _> = vault.cabinet().readable(NAMESPACE).await.or_fail()?.into_iter().collect();
    for row in view.rows.iter_mut().chain(&mut view.latest).filter(|r| r.quality.has(Quality::TYPED)) {
        let note = notes.get(name(category, row.at).as_slice());
        row.note = note.map(|n| String::from_utf8_lossy(n).into_owned());
    }
    Ok(())
}
