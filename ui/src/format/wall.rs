//! The browser's own formats of dates, each made once. Making one takes the browser many times as long as using it, and a chart that moves
//! says some twenty dates in each frame.

use std::cell::RefCell;

use js_sys::{Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// What of an instant is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// "14:05".
    Time,
    /// "14:05:09".
    Seconds,
    /// "22 November".
    Date,
    /// "22 November 2026".
    DateOfYear,
    /// "22 Nov".
    ShortDate,
    /// "Tue".
    Weekday,
}

impl Parts {
    /// As the browser wants it asked for. What is written is shifted before, so the zone is always this one.
    const fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Time => {
                &[("timeZone", "UTC"), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")]
            }
            Self::Seconds => &[
                ("timeZone", "UTC"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("second", "2-digit"),
                ("hourCycle", "h23"),
            ],
            Self::Date => &[("timeZone", "UTC"), ("day", "numeric"), ("month", "long")],
            Self::DateOfYear => {
                &[("timeZone", "UTC"), ("day", "numeric"), ("month", "long"), ("year", "numeric")]
            }
            Self::ShortDate => &[("timeZone", "UTC"), ("day", "numeric"), ("month", "short")],
            Self::Weekday => &[("timeZone", "UTC"), ("weekday", "short")],
        }
    }
}

thread_local! {
    /// By the tag of a language and what is written: a dozen at most.
    static MADE: RefCell<Vec<(&'static str, Parts, Function)>> = const { RefCell::new(Vec::new()) };
}

/// An instant that was shifted to its wall time; `None` for one that the browser has no date of.
pub(super) fn written(dates: &'static str, parts: Parts, shifted: f64) -> Option<String> {
    let date = Date::new(&JsValue::from_f64(shifted));
    if date.get_time().is_nan() {
        return None;
    }
    let text = format(dates, parts).call1(&JsValue::UNDEFINED, &date).ok().and_then(|s| s.as_string());
    Some(text.unwrap_or_default())
}

/// The function that writes these parts in a language.
fn format(dates: &'static str, parts: Parts) -> Function {
    let found = MADE.with_borrow(|made| {
        made.iter().find(|(tag, of, _)| (*tag, *of) == (dates, parts)).map(|(_, _, format)| format.clone())
    });
    if let Some(found) = found {
        return found;
    }
    let options = Object::new();
    for (key, value) in parts.options() {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let locales = js_sys::Array::of1(&dates.into());
    let format = Intl::DateTimeFormat::new(&locales, &options).format();
    MADE.with_borrow_mut(|made| made.push((dates, parts, format.clone())));
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_asked_for_in_one_zone_and_no_two_are_the_same() {
        let all =
            [Parts::Time, Parts::Seconds, Parts::Date, Parts::DateOfYear, Parts::ShortDate, Parts::Weekday];
        for (i, parts) in all.iter().enumerate() {
            assert_eq!(parts.options().first(), Some(&("timeZone", "UTC")));
            assert!(all[..i].iter().all(|other| other.options() != parts.options()), "{parts:?}");
        }
    }
}
