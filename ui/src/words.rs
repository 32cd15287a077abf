//! Every word on the screens, from fluent files, and the words for every error code.

mod book;
mod language;
mod shelf;

use std::cell::RefCell;
use std::rc::Rc;

use book::Book;
pub use fluent_bundle::{FluentArgs, FluentValue};
pub use language::{ARABIC, ENGLISH, LANGUAGES, Language};
use salus_wire::measure::spoken::{name_key as key, unit_key};
use salus_wire::{Category, ErrorCode, Quantity};
pub use shelf::{begin, keep, load};
use unic_langid::{LanguageIdentifier, langid};

/// The words of one language.
#[derive(Clone)]
pub struct Words {
    /// Which language.
    pub language: Language,
    book: Rc<RefCell<Book>>,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl Words {
    /// The words of a BCP 47 tag's language; the first ones where those are not there.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        Self::read(Language::of(tag)).unwrap_or_else(Self::first)
    }

    /// The words that came first; in a program that has all of them, English.
    #[must_use]
    pub fn first() -> Self {
        let language = shelf::first().unwrap_or(ENGLISH);
        // Nothing is drawn before there are some ([`begin`]).
        Self::with(language, language.source().unwrap_or_default())
    }

    /// The words of a language, once they are there.
    #[must_use]
    pub fn read(language: Language) -> Option<Self> {
        language.source().map(|source| Self::with(language, source))
    }

    fn with(language: Language, source: &'static str) -> Self {
        let id: LanguageIdentifier = language.tag.parse().unwrap_or(langid!("en"));
        Self { language, book: Rc::new(RefCell::new(Book::new(id, source))) }
    }

    /// The words for a key, or the key itself when there are none.
    #[must_use]
    pub fn text(&self, key: &str, args: Option<&FluentArgs>) -> String {
        self.find(key, None, args).unwrap_or_else(|| key.to_owned())
    }

    fn find(&self, key: &str, attribute: Option<&str>, args: Option<&FluentArgs>) -> Option<String> {
        let mut book = self.book.borrow_mut();
        let bundle = book.with(key);
        let message = bundle.get_message(key)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let text = bundle.format_pattern(pattern, args, &mut vec![]).into_owned();
        Some(if self.language.rtl { level(text) } else { text })
    }

    /// What happened and what to do, for an error code and its fact.
    #[must_use]
    pub fn error(&self, code: ErrorCode, detail: Option<&str>) -> (String, String) {
        let key = format!("error-{}", code.as_str().replace('_', "-"));
        let mut args = FluentArgs::new();
        args.set("detail", detail.unwrap_or_default().to_owned());
        let happened = self.find(&key, None, Some(&args)).unwrap_or_else(|| code.to_string());
        (happened, self.find(&key, Some("fix"), Some(&args)).unwrap_or_default())
    }

    /// A category's name, as a heading.
    #[must_use]
    pub fn category(&self, category: Category) -> String {
        self.text(&key("category", category), None)
    }

    /// A category's name inside a sentence.
    fn category_inline(&self, category: Category) -> String {
        self.of_category(category, "inline", None)
    }

    /// What is said of a category: its attribute of this name.
    #[must_use]
    pub fn of_category(&self, category: Category, attribute: &str, args: Option<&FluentArgs>) -> String {
        let key = key("category", category);
        self.find(&key, Some(attribute), args).unwrap_or_else(|| format!("{key}.{attribute}"))
    }

    /// A quantity's name. A value in another unit is of the same name.
    #[must_use]
    pub fn quantity(&self, quantity: Quantity) -> String {
        self.text(&key("quantity", quantity.original_of().unwrap_or(quantity)), None)
    }

    /// A quantity's unit as people read it; empty for a code.
    #[must_use]
    pub fn unit(&self, quantity: Quantity) -> String {
        if quantity.is_coded() { String::new() } else { self.text(unit_key(quantity.ucum()), None) }
    }

    /// A value with its unit, kept together and in its own direction inside any sentence.
    #[must_use]
    pub fn amount(&self, value: &str, quantity: Quantity) -> String {
        format!("\u{2068}{value}\u{a0}{}\u{2069}", self.unit(quantity))
    }

    /// The word that a code stands for, where its table is known.
    #[must_use]
    pub fn coded(&self, category: Category, quantity: Quantity, code: &str) -> Option<String> {
        let table = match (quantity, category) {
            (Quantity::MeasurementSite, Category::BodyTemperature) => "site-temperature",
            (Quantity::MeasurementSite, Category::Glucose) => "site-sample",
            (Quantity::MealContext, _) => "meal",
            (Quantity::CarbohydrateKind, _) => "carbohydrate",
            (Quantity::MedicationKind, _) => "medication",
            _ => return None,
        };
        self.find(table, Some(&format!("is-{code}")), None)
    }

    /// Names in a sentence: "a", "a and b", "a, b and c".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
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

    /// Categories where a line begins with them.
    #[must_use]
    pub fn categories_first(&self, categories: &[Category]) -> String {
        let name =
            |(i, c): (usize, &Category)| if i == 0 { self.category(*c) } else { self.category_inline(*c) };
        self.list(&categories.iter().enumerate().map(name).collect::<Vec<_>>())
    }

    /// Categories in a sentence, in the order of the screens.
    #[must_use]
    pub fn categories(&self, categories: &[Category]) -> String {
        let names: Vec<String> = categories.iter().map(|c| self.category_inline(*c)).collect();
        self.list(&names)
    }
}

/// The same, with a sign without a width behind a mark of Arabic at its end: WebKitGTK draws a line whose last letter carries one
/// above or below the others.
fn level(mut text: String) -> String {
    if text.ends_with(|last| ('\u{64b}'..='\u{652}').contains(&last)) {
        text.push('\u{200c}');
    }
    text
}

/// The words of a key: `t!(words, "key")` or `t!(words, "key", name = value)`.
#[macro_export]
macro_rules! t {
    ($words:expr, $key:literal) => { $words.text($key, None) };
    ($words:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = $crate::words::FluentArgs::new();
        $(args.set(stringify!($name), $value);)+
        $words.text($key, Some(&args))
    }};
}
