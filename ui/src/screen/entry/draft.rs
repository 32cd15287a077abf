//! What the form of a typed reading holds, and the reading that it describes. Pure, so that its edges are tested.

use std::collections::BTreeMap;

use salus_wire::command::TypeReading;
use salus_wire::view::ValueView;
use salus_wire::{Category, Decimal, ErrorCode, Failure, Quantity, UnixMillis};

use crate::format::{MINUTE, parse_moment};

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
    /// True for the unit that is not the stored one.
    pub(super) other_unit: bool,
    /// By stored quantity.
    pub(super) texts: BTreeMap<Quantity, String>,
    /// As the field holds it; `None` is now.
    pub(super) when: Option<String>,
    pub(super) note: String,
}

/// What can be typed, in the order of the screens: blood pressure first.
pub(super) fn categories() -> Vec<Category> {
    super::in_order(Category::ALL).into_iter().filter(|c| !c.typed().is_empty()).collect()
}

/// The quantity of the same thing in its other unit.
pub(super) fn other(quantity: Quantity) -> Option<Quantity> {
    Quantity::ALL.iter().copied().find(|q| q.original_of() == Some(quantity))
}

/// The quantities that a reading cannot be without.
pub(super) fn required(category: Category) -> &'static [Quantity] {
    let needed = if category == Category::BloodPressure { 2 } else { 1 };
    category.typed().get(..needed).unwrap_or_default()
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
    pub(super) fn new(category: Category, other_unit: bool) -> Self {
        Self { category, other_unit, texts: BTreeMap::new(), when: None, note: String::new() }
    }

    pub(super) fn text(&self, quantity: Quantity) -> &str {
        self.texts.get(&quantity).map_or("", String::as_str)
    }

    /// The quantity that a value is typed as: in the chosen unit.
    pub(super) fn typed_as(&self, quantity: Quantity) -> Quantity {
        if self.other_unit { other(quantity).unwrap_or(quantity) } else { quantity }
    }

    /// Each field's text. "128/79/61" in the first field of a blood pressure fills those after it that are empty.
    fn values(&self) -> Vec<(Quantity, String)> {
        let typed = self.category.typed();
        let mut texts: Vec<String> = typed.iter().map(|q| western(self.text(*q))).collect();
        let first = texts.first().cloned().unwrap_or_default();
        let parts: Vec<&str> = first.split('/').map(str::trim).collect();
        let fits = parts.len() <= texts.len() && texts.iter().take(parts.len()).skip(1).all(String::is_empty);
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
        for (quantity, value) in self.values() {
            match value.as_str() {
                "" if required(self.category).contains(&quantity) => {
                    wrong.push((Field::Value(quantity), Wrong::Missing));
                }
                "" => {}
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
mod tests {
    use super::*;
    use Quantity::{Diastolic, PulseRate, Systolic, SystolicKilopascal};

    const NOW: UnixMillis = 1_795_000_000_000;

    type Typed = Vec<(Quantity, String)>;

    fn pressure(texts: &[(Quantity, &str)]) -> Result<Typed, Vec<(Field, Wrong)>> {
        let mut draft = Draft::new(Category::BloodPressure, false);
        draft.texts = texts.iter().map(|(q, t)| (*q, (*t).to_owned())).collect();
        Ok(draft.reading(NOW, 0)?.values.into_iter().map(|v| (v.quantity, v.value)).collect())
    }

    #[test]
    fn a_pressure_can_be_typed_in_one_field() {
        let two = vec![(Systolic, "128".to_owned()), (Diastolic, "79".to_owned())];
        let three = [two.clone(), vec![(PulseRate, "61".to_owned())]].concat();
        assert_eq!(pressure(&[(Systolic, "128/79")]), Ok(two.clone()));
        assert_eq!(pressure(&[(Systolic, " 128 / 79 / 61 ")]), Ok(three.clone()));
        assert_eq!(pressure(&[(Systolic, "128/79"), (PulseRate, "61")]), Ok(three.clone()));
        assert_eq!(pressure(&[(Systolic, "128"), (Diastolic, "79"), (PulseRate, "61")]), Ok(three));
        assert_eq!(pressure(&[(Systolic, "١٢٨/٧٩")]), Ok(two));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let (s, d) = (Field::Value(Systolic), Field::Value(Diastolic));
        assert_eq!(pressure(&[]), Err(vec![(s, Wrong::Missing), (d, Wrong::Missing)]));
        assert_eq!(pressure(&[(Systolic, "128")]), Err(vec![(d, Wrong::Missing)]));
        assert_eq!(pressure(&[(Systolic, "128/")]), Err(vec![(d, Wrong::Missing)]));
        assert_eq!(pressure(&[(Systolic, "12o/79")]), Err(vec![(s, Wrong::NotANumber)]));
        assert_eq!(pressure(&[(Systolic, "1/2/3/4"), (Diastolic, "2")]), Err(vec![(s, Wrong::NotANumber)]));
        assert_eq!(pressure(&[(Systolic, "128/79"), (Diastolic, "80")]), Err(vec![(s, Wrong::NotANumber)]));
    }

    #[test]
    fn the_other_unit_is_typed_as_its_own_quantity_and_what_has_none_stays() {
        let mut draft = Draft::new(Category::BloodPressure, true);
        draft.texts = [(Systolic, "16/10,5/61".to_owned())].into();
        let reading = draft.reading(NOW, 0).expect("good");
        let quantities: Vec<_> = reading.values.iter().map(|v| v.quantity).collect();
        assert_eq!(quantities, [SystolicKilopascal, Quantity::DiastolicKilopascal, PulseRate]);
        for category in categories() {
            for quantity in category.typed() {
                assert!(other(*quantity).is_none_or(|o| o.original_of() == Some(*quantity)));
            }
        }
    }

    #[test]
    fn time_is_now_unless_it_is_typed_and_never_to_come() {
        let mut draft = Draft::new(Category::BodyWeight, false);
        draft.texts = [(Quantity::BodyWeight, "78٫4".to_owned())].into();
        let reading = draft.reading(NOW, 120).expect("good");
        assert_eq!((reading.at, reading.values[0].value.as_str(), reading.note), (NOW, "78.4", None));
        draft.when = Some("2026-11-01T07:30".into());
        draft.note = "  before breakfast ".into();
        let reading = draft.reading(NOW, 0).expect("good");
        assert_eq!(reading.at, parse_moment("2026-11-01T07:30", 0).expect("a moment"));
        assert_eq!(reading.note.as_deref(), Some("before breakfast"));
        draft.when = Some("2126-11-01T07:30".into());
        assert_eq!(draft.reading(NOW, 0), Err(vec![(Field::When, Wrong::ToCome)]));
        (draft.when, draft.note) = (Some("soon".into()), "x".repeat(501));
        let both = vec![(Field::When, Wrong::NoTime), (Field::Note, Wrong::TooLong)];
        assert_eq!(draft.reading(NOW, 0), Err(both));
    }

    #[test]
    fn a_refusal_finds_its_field() {
        let of = |code, detail: &str| refused(&Failure::with(code, detail));
        let systolic = Field::Value(Systolic);
        assert_eq!(of(ErrorCode::OutOfRange, "Systolic"), Some((systolic, Wrong::OutOfRange)));
        assert_eq!(of(ErrorCode::NotANumber, "SystolicKilopascal"), Some((systolic, Wrong::NotANumber)));
        assert_eq!(of(ErrorCode::BadRequest, "at"), Some((Field::When, Wrong::ToCome)));
        assert_eq!(of(ErrorCode::BadRequest, "Systolic"), None);
        assert_eq!(refused(&Failure::new(ErrorCode::DiskFull)), None);
    }
}
