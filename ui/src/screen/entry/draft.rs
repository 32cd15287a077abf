//! What the form of a typed reading holds, and the reading that it describes. Pure, so that its edges are tested.

use std::collections::BTreeMap;

use salus_wire::command::TypeReading;
use salus_wire::view::ValueView;
use salus_wire::{Category, Decimal, ErrorCode, Failure, Quantity, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::format::{MINUTE, parse_moment};
use crate::state::Units;

/// Most characters of a note, as the application takes them.
pub(super) const LONGEST_NOTE: usize = 500;

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Value(Quantity),
    When,
    Note,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// No amount at all.
    Nothing,
    /// One of two that are stored together.
    Missing,
    NotANumber,
    OutOfRange,
    NoTime,
    ToCome,
    TooLong,
}

/// Everything the form holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) category: Category,
    /// The units that were chosen instead of the stored ones.
    pub(super) units: Units,
    /// By stored quantity; a code as its number.
    pub(super) texts: BTreeMap<Quantity, String>,
    /// As the field holds it; `None` is now.
    pub(super) when: Option<String>,
    pub(super) note: String,
}

/// A draft as the record keeps it over a lock.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    category: Category,
    units: Vec<String>,
    texts: Vec<(Quantity, String)>,
    when: Option<String>,
    note: String,
}

/// What can be typed, in the order of the screens: blood pressure first.
pub(super) fn categories() -> Vec<Category> {
    super::in_order(Category::ALL).into_iter().filter(|c| !c.typed().is_empty()).collect()
}

/// The quantity of the same thing in its other unit.
pub(super) fn other(quantity: Quantity) -> Option<Quantity> {
    Quantity::ALL.iter().copied().find(|q| q.original_of() == Some(quantity))
}

/// The other unit of a quantity, where it is not chosen together with the first quantity's.
pub(super) fn own_unit(category: Category, quantity: Quantity) -> Option<Quantity> {
    let first = category.typed().first().and_then(|q| other(*q));
    other(quantity).filter(|o| first.is_none_or(|f| f.ucum() != o.ucum()))
}

/// The quantities of the usual reading, which are not said to be optional.
pub(super) fn usual(category: Category) -> &'static [Quantity] {
    let count = if category == Category::BloodPressure { 2 } else { 1 };
    category.typed().get(..count).unwrap_or_default()
}

/// Digits and points as numbers are read, from those of Arabic and Persian keyboards.
fn western(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10).unwrap_or(c),
        '\u{66b}' | '\u{60c}' => '.',
        c => c,
    };
    text.trim().chars().map(plain).collect()
}

impl Draft {
    pub(super) fn new(category: Category, units: Units) -> Self {
        Self { category, units, texts: BTreeMap::new(), when: None, note: String::new() }
    }

    /// For the record to keep; nothing while nothing is typed.
    pub(super) fn to_keep(&self) -> Option<String> {
        let typed = |text: &String| !text.trim().is_empty();
        if !self.texts.values().any(typed) && !typed(&self.note) {
            return None;
        }
        let kept = Kept {
            category: self.category,
            units: self.units.iter().map(|u| (*u).to_owned()).collect(),
            texts: self.texts.iter().map(|(q, t)| (*q, t.clone())).collect(),
            when: self.when.clone(),
            note: self.note.clone(),
        };
        serde_json::to_string(&kept).ok()
    }

    /// As the record kept it; nothing of another version's.
    pub(super) fn of_kept(text: &str) -> Option<Self> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        let known = |unit: &String| Quantity::ALL.iter().map(|q| q.ucum()).find(|u| u == unit);
        let units = kept.units.iter().filter_map(known).collect();
        let Kept { category, texts, when, note, .. } = kept;
        Some(Self { category, units, texts: texts.into_iter().collect(), when, note })
    }

    pub(super) fn text(&self, quantity: Quantity) -> &str {
        self.texts.get(&quantity).map_or("", String::as_str)
    }

    /// The quantity that a value is typed as: in the chosen unit.
    pub(super) fn typed_as(&self, quantity: Quantity) -> Quantity {
        other(quantity).filter(|o| self.units.contains(o.ucum())).unwrap_or(quantity)
    }

    /// Chooses the unit of this quantity, for everything that has the same two units.
    pub(super) fn choose_unit(&mut self, quantity: Quantity) {
        if quantity.original_of().is_some() {
            self.units.insert(quantity.ucum());
        } else if let Some(other) = other(quantity) {
            self.units.remove(other.ucum());
        }
    }

    /// True when something stands in a field that the form does not show at first.
    pub(super) fn has_more(&self) -> bool {
        self.category.more().iter().any(|q| !self.text(*q).trim().is_empty())
    }

    /// Each field's text. "128/79/61" in the first field of a blood pressure fills those after it that are empty.
    fn values(&self) -> Vec<(Quantity, String)> {
        let typed = self.category.typed();
        let mut texts: Vec<String> = typed.iter().map(|q| western(self.text(*q))).collect();
        let first = texts.first().cloned().unwrap_or_default();
        let parts: Vec<&str> = first.split('/').map(str::trim).collect();
        let fits = parts.len() <= self.category.asked().len()
            && texts.iter().take(parts.len()).skip(1).all(String::is_empty);
        if self.category == Category::BloodPressure && parts.len() > 1 && fits {
            for (text, part) in texts.iter_mut().zip(parts) {
                part.clone_into(text);
            }
        }
        typed.iter().copied().zip(texts).collect()
    }

    /// The reading that the form describes, or every field that is wrong.
    pub(super) fn reading(&self, now: UnixMillis, offset: i32) -> Result<TypeReading, Vec<(Field, Wrong)>> {
        let mut wrong = vec![];
        let mut values = vec![];
        let texts = self.values();
        let lacking = lacking(&texts);
        for (quantity, value) in texts {
            match value.as_str() {
                "" => wrong.extend(lacking.filter(|(field, _)| *field == Field::Value(quantity))),
                text if text.parse::<Decimal>().is_err() => {
                    wrong.push((Field::Value(quantity), Wrong::NotANumber));
                }
                _ => values.push(ValueView { quantity: self.typed_as(quantity), value }),
            }
        }
        let at = match &self.when {
            None => Some(now),
            Some(text) => parse_moment(text, offset),
        };
        match at {
            None => wrong.push((Field::When, Wrong::NoTime)),
            Some(at) if at > now.saturating_add(MINUTE) => wrong.push((Field::When, Wrong::ToCome)),
            Some(_) => {}
        }
        if self.note.trim().chars().count() > LONGEST_NOTE {
            wrong.push((Field::Note, Wrong::TooLong));
        }
        let note = self.note.trim();
        let note = (!note.is_empty()).then(|| note.to_owned());
        match at {
            Some(at) if wrong.is_empty() => Ok(TypeReading { category: self.category, values, at, note }),
            _ => Err(wrong),
        }
    }
}

/// What the texts of a form have to hold and do not: an amount, and both of two pressures.
fn lacking(texts: &[(Quantity, String)]) -> Option<(Field, Wrong)> {
    let filled = |q: Quantity| texts.iter().any(|(other, text)| *other == q && !text.is_empty());
    let (first, _) = texts.first()?;
    if texts.iter().all(|(q, text)| q.is_coded() || text.is_empty()) {
        return Some((Field::Value(*first), Wrong::Nothing));
    }
    let missing = match (filled(Quantity::Systolic), filled(Quantity::Diastolic)) {
        (true, false) => Quantity::Diastolic,
        (false, true) => Quantity::Systolic,
        _ => return None,
    };
    Some((Field::Value(missing), Wrong::Missing))
}

/// The field that a refusal is about, by the fact that comes with it.
pub(super) fn refused(failure: &Failure) -> Option<(Field, Wrong)> {
    let detail = failure.detail.as_deref()?;
    let named = Quantity::ALL.iter().find(|q| format!("{q:?}") == detail);
    let field = named.map(|q| Field::Value(q.original_of().unwrap_or(*q)));
    match (failure.code, detail) {
        (ErrorCode::BadRequest, "at") => Some((Field::When, Wrong::ToCome)),
        (ErrorCode::TooLarge, "note") => Some((Field::Note, Wrong::TooLong)),
        (ErrorCode::NotANumber, _) => Some((field?, Wrong::NotANumber)),
        (ErrorCode::OutOfRange, _) => Some((field?, Wrong::OutOfRange)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
