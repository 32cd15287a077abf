//! The words: complete in every language, used as written, and without the words that patients should never need.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use salus_ui::words::{LANGUAGES, Language, Words};
use salus_wire::measure::spoken::name_key;
use salus_wire::view::Lack;
use salus_wire::{Category, ErrorCode, Quantity};

/// The text of a language: a program that is no page has all of them.
fn source(language: &Language) -> &'static str {
    language.source().expect("its text")
}

/// Key (with its attribute) to the variables that its words use.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(source: &str) -> Keys {
    let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut keys = Keys::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut put = |key: String, pattern: &Pattern<&str>| {
            let mut names = BTreeSet::new();
            variables(pattern, &mut names);
            assert!(keys.insert(key.clone(), names).is_none(), "{key} is there twice");
        };
        if let Some(value) = &message.value {
            put(message.id.name.into(), value);
        }
        for attribute in &message.attributes {
            put(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
        }
    }
    keys
}

fn variables(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => variable(inline, names),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                variable(selector, names);
                variants.iter().for_each(|v| variables(&v.value, names));
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn variable(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        names.insert(id.name.into());
    }
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    let first = keys(source(&LANGUAGES[0]));
    for language in &LANGUAGES[1..] {
        let other = keys(source(language));
        let names = |k: &Keys| k.keys().cloned().collect::<BTreeSet<_>>();
        let missing: Vec<_> = names(&first).symmetric_difference(&names(&other)).cloned().collect();
        assert!(missing.is_empty(), "{}: only in one of the two: {missing:?}", language.tag);
        for (key, variables) in &first {
            assert_eq!(&other[key], variables, "{}: variables of {key}", language.tag);
        }
    }
}

/// True when text inside another finds its direction by itself: what it is made of does not count for that.
fn says_its_direction(pattern: &Pattern<&str>) -> bool {
    let mut names = BTreeSet::new();
    variables(pattern, &mut names);
    let says = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => value.contains(char::is_alphabetic),
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
            variants.iter().all(|v| says_its_direction(&v.value))
        }
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => value.contains("200F"),
        PatternElement::Placeable { .. } => false,
    };
    names.is_empty() || pattern.elements.iter().any(says)
}

#[test]
fn what_reads_from_right_to_left_does_so_inside_a_sentence_too() {
    // A number, which stands alone.
    let alone = ["settings-text-percent"];
    for language in LANGUAGES.iter().filter(|language| language.rtl) {
        let resource = fluent_syntax::parser::parse(source(language)).unwrap_or_else(|(partial, _)| partial);
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let name = message.id.name;
            let values = message.value.iter().chain(message.attributes.iter().map(|a| &a.value));
            let said = alone.contains(&name) || values.into_iter().all(says_its_direction);
            assert!(said, "{}: {name} has no letter and no mark of its own", language.tag);
        }
    }
}

#[test]
fn every_error_code_says_what_happened_and_what_to_do() {
    for language in LANGUAGES {
        let words = Words::of(language.tag);
        for code in ErrorCode::ALL {
            let (happened, fix) = words.error(*code, None);
            assert!(
                happened != code.as_str() && !happened.is_empty(),
                "{}: {code} has no words",
                language.tag
            );
            assert!(!fix.is_empty(), "{}: {code} does not say what to do", language.tag);
        }
    }
}

#[test]
fn a_group_of_the_recovery_key_that_differs_is_named() {
    for language in LANGUAGES {
        let (happened, _) = Words::of(language.tag).error(ErrorCode::GroupMistyped, Some("GROUP 7"));
        assert!(happened.contains("GROUP 7"), "{}: {happened}", language.tag);
    }
}

#[test]
fn every_key_in_the_source_exists_and_every_key_is_used() {
    let known = keys(source(&LANGUAGES[0]));
    let mut source = String::new();
    // Paper says the same words, and the names of units are everybody's.
    for asks in ["/src", "/../src-tauri/crates/report/src", "/../src-tauri/crates/wire/src/measure"] {
        read(
            Path::new(&format!("{}{asks}", std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where"))),
            &mut source,
        );
    }
    // `t!(words, "key"`, and not the end of `format!(`.
    let macros = source.match_indices("t!(").filter(|(i, _)| !source[..*i].ends_with(char::is_alphabetic));
    let asked: BTreeSet<&str> = macros
        .filter_map(|(i, _)| {
            source[i..].split_once('"').filter(|(head, _)| head.len() < 24)?.1.split('"').next()
        })
        .collect();
    assert!(asked.len() > 100, "the search finds the keys");
    for key in &asked {
        assert!(known.contains_key(*key), "the source asks for {key}");
    }
    // Keys made from names: the tests below hold them against the names.
    let named =
        |key: &str| ["error-", "category-", "quantity-", "lack-"].iter().any(|kind| key.starts_with(kind));
    for key in known.keys().map(|k| k.split('.').next().unwrap_or_default()).filter(|k| !named(k)) {
        assert!(source.contains(&format!("\"{key}\"")), "nothing asks for {key}");
    }
}

#[test]
fn every_category_has_its_words_and_its_sentences() {
    for language in LANGUAGES {
        let words = Words::of(language.tag);
        for category in Category::ALL {
            let name = words.category(*category);
            assert!(!name.starts_with("category-"), "{}: {category:?} has no words", language.tag);
            for attribute in ["inline", "own", "other"] {
                let said = words.of_category(*category, attribute, None);
                assert!(!said.contains("category-"), "{}: {category:?} has no .{attribute}", language.tag);
            }
        }
        let there = keys(source(language)).into_keys();
        let there = there.filter(|k| k.starts_with("category-") && !k.contains('.')).count();
        assert_eq!(there, Category::ALL.len(), "{}: of no category", language.tag);
    }
}

#[test]
fn everything_that_may_be_missing_has_words() {
    for language in LANGUAGES {
        let words = Words::of(language.tag);
        for lack in Lack::ALL {
            let said = words.text(&name_key("lack", lack), None);
            assert!(!said.starts_with("lack-"), "{}: {lack:?} has no words", language.tag);
        }
        let there = keys(source(language)).into_keys().filter(|k| k.starts_with("lack-")).count();
        assert_eq!(there, Lack::ALL.len(), "{}: of nothing", language.tag);
    }
}

#[test]
fn every_quantity_and_every_unit_that_a_person_can_see_has_words() {
    for language in LANGUAGES {
        let words = Words::of(language.tag);
        for quantity in Quantity::ALL.iter().filter(|q| **q != Quantity::RecordNumber) {
            let (name, unit) = (words.quantity(*quantity), words.unit(*quantity));
            assert!(!name.starts_with("quantity-"), "{}: {quantity:?} has no words", language.tag);
            assert!(!unit.starts_with("unit-"), "{}: {quantity:?} has no unit", language.tag);
            assert_eq!(unit.is_empty(), quantity.is_coded(), "{}: unit of {quantity:?}", language.tag);
        }
        let own = |q: &&Quantity| q.original_of().is_none() && **q != Quantity::RecordNumber;
        let there = keys(source(language)).into_keys().filter(|k| k.starts_with("quantity-")).count();
        assert_eq!(there, Quantity::ALL.iter().filter(own).count(), "{}: of no quantity", language.tag);
    }
}

#[test]
fn codes_have_words_where_their_table_is_known() {
    let words = Words::of("en");
    let said = |category, quantity, code| words.coded(category, quantity, code);
    assert_eq!(
        said(Category::BodyTemperature, Quantity::MeasurementSite, "6").as_deref(),
        Some("mouth"),
        "2A1D"
    );
    assert_eq!(said(Category::Glucose, Quantity::MeasurementSite, "1").as_deref(), Some("finger"), "2A18");
    assert_eq!(said(Category::Glucose, Quantity::MealContext, "3").as_deref(), Some("fasting"), "2A34");
    for unknown in ["0", "15", "200", ""] {
        assert_eq!(said(Category::Glucose, Quantity::MealContext, unknown), None, "{unknown}");
    }
    assert_eq!(said(Category::BodyWeight, Quantity::Tester, "1"), None);
}

fn read(dir: &Path, into: &mut String) {
    for entry in fs::read_dir(dir).expect("the source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, into);
        } else {
            let text = fs::read_to_string(path).expect("a text");
            into.extend(text.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| format!("{l}\n")));
        }
    }
}

#[test]
fn nobody_has_to_know_how_it_is_built() {
    let english = [
        "blockchain",
        "block",
        "chain",
        "node",
        "token",
        "key share",
        "ledger",
        "hash",
        "genesis",
        "consensus",
    ];
    let arabic = ["بلوك", "سلسلة الكتل", "عقدة", "توكن"];
    for (language, banned) in LANGUAGES.iter().zip([&english[..], &arabic[..]]) {
        let words: String =
            source(language).lines().filter(|l| !l.starts_with('#')).filter_map(text_of).collect();
        let words = words.to_lowercase();
        for word in banned {
            assert!(!words.contains(word), "{}: {word}", language.tag);
        }
    }
}

/// A line without its key.
fn text_of(line: &str) -> Option<String> {
    let text = if line.starts_with(' ') { line } else { line.split_once(" = ")?.1 };
    Some(format!("{text}\n"))
}

#[test]
fn the_promise_is_word_for_word() {
    let promise = "After the end time, or within about an hour of your stopping it, nobody can open NEW readings with this \
        permission. What has already been opened cannot be taken back.";
    assert_eq!(Words::of("en-US").text("promise", None), promise);
    for language in LANGUAGES {
        let words = source(language).to_lowercase();
        for more in ["instantly", "immediately", "forever", "guarantee", "100 % secure", "unhackable"] {
            assert!(!words.contains(more), "{more}");
        }
    }
}

#[test]
fn an_unknown_language_falls_back_to_english() {
    for tag in ["C", "", "xx", "en_GB.UTF-8"] {
        assert_eq!(Words::of(tag).language.tag, "en", "{tag}");
    }
    assert!(Words::of("ar-EG").language.rtl);
}
