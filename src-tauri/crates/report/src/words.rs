//! The words of a page: those of the screens, so that paper and screen say the same.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use salus_insight::clinical::Date;
use salus_wire::measure::spoken::{name_key, unit_key};
use salus_wire::view::ReportLanguage;
use salus_wire::{Category, Quantity};
use unic_langid::LanguageIdentifier;

/// The words of a key: `t!(words, "key")` or `t!(words, "key", name = value)`.
macro_rules! t {
    ($words:expr, $key:literal) => { $words.text($key, None) };
    ($words:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = fluent_bundle::FluentArgs::new();
        $(args.set(stringify!($name), $value);)+
        $words.text($key, Some(&args))
    }};
}
pub(crate) use t;

/// The words of one language.
pub(crate) struct Words {
    /// BCP 47 tag.
    pub(crate) tag: &'static str,
    /// True when it reads from right to left.
    pub(crate) rtl: bool,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(language: ReportLanguage) -> Self {
        let (tag, rtl, source) = match language {
            ReportLanguage::English => ("en", false, include_str!("../../../../ui/words/en.ftl")),
            ReportLanguage::Arabic => ("ar", true, include_str!("../../../../ui/words/ar.ftl")),
        };
        let mut bundle = FluentBundle::new(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
        // A test of the page parses every file without errors; what can be read is used either way.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        let _ = bundle.add_resource(resource);
        Self { tag, rtl, bundle }
    }

    /// The words for a key, or the key itself when there are none.
    pub(crate) fn text(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        self.find(key, None, args).unwrap_or_else(|| key.to_owned())
    }

    fn find(&self, key: &str, attribute: Option<&str>, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        Some(self.bundle.format_pattern(pattern, args, &mut vec![]).into_owned())
    }

    /// A category's name, as a heading.
    pub(crate) fn category(&self, category: Category) -> String {
        self.text(&name_key("category", category), None)
    }

    /// The sentence about a category of somebody's.
    pub(crate) fn of_category(&self, category: Category, args: &FluentArgs<'_>) -> String {
        let key = name_key("category", category);
        self.find(&key, Some("other"), Some(args)).unwrap_or(key)
    }

    /// A quantity's name.
    pub(crate) fn quantity(&self, quantity: Quantity) -> String {
        self.text(&name_key("quantity", quantity.original_of().unwrap_or(quantity)), None)
    }

    /// A value with its unit, kept together and in its own direction inside any sentence.
    pub(crate) fn amount(&self, value: &str, quantity: Quantity) -> String {
        let unit =
            if quantity.is_coded() { String::new() } else { self.text(unit_key(quantity.ucum()), None) };
        format!("\u{2068}{value}\u{a0}{unit}\u{2069}")
    }

    /// Categories in a sentence.
    pub(crate) fn categories(&self, categories: &[Category]) -> String {
        let name = |c: &Category| {
            let key = name_key("category", *c);
            self.find(&key, Some("inline"), None).unwrap_or(key)
        };
        self.list(&categories.iter().map(name).collect::<Vec<_>>())
    }

    /// Names in a sentence: "a", "a and b", "a, b and c".
    pub(crate) fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [head @ .., last] => {
                let mut args = FluentArgs::new();
                args.set("head", head.join(&self.text("list-comma", None)));
                args.set("last", last.clone());
                self.text("list-and", Some(&args))
            }
        }
    }

    /// "14 December 2026".
    pub(crate) fn date(&self, date: Date) -> String {
        let Date { year, month, day } = date;
        // As text, or a language would part the thousands of a year.
        t!(self, "report-date", day = day, month = month, year = year.to_string())
    }

    /// "14 Dec", where there is little room.
    pub(crate) fn short_date(&self, date: Date) -> String {
        t!(self, "report-date-short", day = date.day, month = date.month)
    }

    /// "from 1 November 2026 to 30 November 2026", or one date.
    pub(crate) fn span(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.date(first);
        }
        t!(self, "when-span", from = self.date(first), to = self.date(last))
    }
}

/// "14:05", in its own direction.
pub(crate) fn clock(minute: u16) -> String {
    format!("\u{2068}{:02}:{:02}\u{2069}", minute / 60, minute % 60)
}

/// A count with its thousands apart, as the screens have it: "218,455".
pub(crate) fn count(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Without the marks of direction, which nobody sees: for titles, alternative texts and comparing.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// True for a character that only says a direction.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_amounts_are_said_in_both_languages() {
        let (en, ar) = (Words::of(ReportLanguage::English), Words::of(ReportLanguage::Arabic));
        let date = Date { year: 2026, month: 12, day: 14 };
        assert_eq!(plain(&en.date(date)), "14 December 2026");
        assert_eq!(plain(&en.short_date(date)), "14 Dec");
        let said = plain(&ar.date(date));
        assert!(said.starts_with("14 ") && said.ends_with(" 2026") && !said.contains("report"), "{said}");
        assert_eq!(plain(&en.amount("128/79", Quantity::Systolic)), "128/79\u{a0}mmHg");
        for month in 1..=12 {
            let [a, b] = [&en, &ar].map(|w| plain(&w.date(Date { month, ..date })));
            assert!(a.split(' ').count() == 3 && b.split(' ').count() == 3, "{a} {b}");
        }
        assert_eq!(
            (count(7), count(218_455), count(1_000_000)),
            ("7".into(), "218,455".into(), "1,000,000".into())
        );
    }
}
