//! One visual language: five sizes of type, one grid, colours by their names, targets, motion, fonts; in every style sheet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use salus_ui::words::{LANGUAGES, Words};

const INDEX: &str = include_str!("../index.html");
const TOKENS: &str = include_str!("../style/tokens.css");

fn root() -> PathBuf {
    std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where").into()
}

/// Every style sheet by its name, without its comments.
fn sheets() -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("style"))
        .expect("the sheets")
        .map(|e| e.expect("an entry").path())
        .collect();
    files.sort();
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), bare(&std::fs::read_to_string(path).expect("a sheet")))).collect()
}

fn bare(css: &str) -> String {
    let mut rest = css;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Every declaration: property and value. What opens a block is none.
fn declarations(css: &str) -> Vec<(String, String)> {
    let pieces = css.split(['{', '}', ';']).map(str::trim).filter(|piece| !piece.is_empty());
    let pairs = pieces.filter_map(|piece| piece.split_once(": "));
    let property = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    pairs
        .filter(|(name, _)| property(name))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// The numbers of a value that stand before a unit.
fn lengths(value: &str, unit: &str) -> Vec<f64> {
    let parts = value.split(|c: char| c.is_whitespace() || "(),/*".contains(c));
    parts.filter_map(|part| part.strip_suffix(unit)?.parse().ok()).collect()
}

#[test]
fn the_page_has_every_sheet_and_the_last_one_decides() {
    let named: Vec<&str> =
        INDEX.split("href=\"style/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let there: BTreeSet<String> = sheets().into_iter().map(|(name, _)| name).collect();
    assert_eq!(named.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>(), there);
    assert_eq!((named.first(), named.last()), (Some(&"tokens.css"), Some(&"access.css")));
}

#[test]
fn type_has_five_sizes() {
    assert_eq!(TOKENS.matches("\n  --size-").count(), 5);
    for (sheet, css) in sheets() {
        for (_, value) in declarations(&css).into_iter().filter(|(name, _)| name == "font-size") {
            let page = sheet == "tokens.css" && value.ends_with("px");
            assert!(page || value.starts_with("var(--size-"), "{sheet}: font-size: {value}");
        }
    }
}

/// The page's text at each size is the first one's times what its name says.
#[test]
fn text_grows_to_200_percent() {
    let of = |head: &str| -> f64 {
        let rest = TOKENS.split_once(&format!("{head} {{ font-size: ")).expect(head).1;
        rest.split("px").next().expect("a number").parse().expect("a number")
    };
    let plain = of("html");
    for size in [125.0, 150.0, 200.0] {
        let found = of(&format!("html[data-text=\"{size}\"]"));
        assert!((found - plain * size / 100.0).abs() < 1e-9, "{size}: {found}");
    }
}

/// Distances are halves and whole steps of the grid; a fifth of a letter puts a picture on the line of its words, and what keeps the
/// focus in sight is as high as what it stands beside.
#[test]
fn distances_are_on_the_grid() {
    assert!(TOKENS.contains("--grid: 8px;"));
    let distance = |name: &str| ["margin", "padding", "gap"].iter().any(|kind| name.starts_with(kind));
    // The arrow of a choice, and the line on which a folded list of words begins.
    let known = ["select padding-inline-end: 2.25rem", "margin-block-start: 0.5rem"];
    for (sheet, css) in sheets() {
        for (name, value) in declarations(&css).into_iter().filter(|(name, _)| distance(name)) {
            let said = format!("{name}: {value}");
            if known.iter().any(|known| known.ends_with(&said)) || value.contains("var(--target)") {
                continue;
            }
            // Beside an icon: as wide as it is.
            let letters: Vec<f64> = lengths(&value, "rem").into_iter().filter(|n| *n != 1.375).collect();
            assert!(letters.iter().all(|n| n.abs() <= 0.2), "{sheet}: {said}");
            assert!(lengths(&value, "px").iter().all(|n| n % 4.0 == 0.0), "{sheet}: {said}");
            for factor in value.split("var(--grid) * ").skip(1) {
                let number: String =
                    factor.chars().take_while(|c| c.is_ascii_digit() || ".-".contains(*c)).collect();
                let quarters = number.parse::<f64>().expect("a number") * 4.0;
                assert!((quarters - quarters.round()).abs() < 1e-9, "{sheet}: {said}");
            }
        }
    }
}

#[test]
fn colours_have_names() {
    for (sheet, css) in sheets() {
        for (name, value) in declarations(&css) {
            let said = format!("{sheet}: {name}: {value}");
            assert!(!["rgb", "hsl", "#"].iter().any(|kind| value.contains(kind)), "{said}");
            // The hue of a person's band, and what lies behind a dialog.
            let own = value.contains("var(--band-hue)") || value.contains("/ 0.55)");
            assert!(sheet == "tokens.css" || own || !value.contains("oklch("), "{said}");
        }
    }
}

/// The themes and paper are beside one another: nobody looks for a colour in two places.
#[test]
fn a_token_is_set_in_one_sheet() {
    for (sheet, css) in sheets() {
        let set = declarations(&css).into_iter().find(|(name, _)| name.starts_with("--"));
        assert!(sheet == "tokens.css" || set.is_none(), "{sheet}: {set:?}");
    }
    assert!(TOKENS.contains("@media print {\n  :root[data-theme] {\n    color-scheme: light;"));
}

#[test]
fn what_moves_moves_briefly_and_not_at_all_when_that_is_asked_for() {
    let quick = TOKENS.split_once("--quick: ").expect("the token").1;
    let quick: u32 = quick.split("ms").next().expect("a number").parse().expect("milliseconds");
    assert!(quick < 150);
    let is_none = |value: &str| value.trim_end_matches(" !important") == "none";
    let mut reduced = false;
    for (sheet, css) in sheets() {
        reduced |= css.contains("@media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; } }");
        for (name, value) in declarations(&css) {
            if name.starts_with("transition") {
                let each = value.split(',').all(|one| one.contains("var(--quick)"));
                assert!(is_none(&value) || each, "{sheet}: {name}: {value}");
            }
            assert!(!name.starts_with("animation") || is_none(&value), "{sheet}: {name}: {value}");
            assert!(name != "scroll-behavior", "{sheet}: {name}");
        }
    }
    assert!(reduced);
}

#[test]
fn what_is_pressed_is_large_enough() {
    assert!(TOKENS.contains("--target: 44px;"));
    let all: String = sheets().into_iter().map(|(_, css)| css).collect();
    for pressed in [
        "button, .button {",
        "a.back {",
        "textarea, select {",
        "input[type=\"file\"] {",
        ".choice {",
        ".rail-button {",
        "details > summary {",
        ".segments span {",
        ".band-link > a, .band-link > button {",
        ".palette > li {",
        ".sources a {",
    ] {
        let block = all.split_once(pressed).expect(pressed).1.split('}').next().expect("its end");
        assert!(block.contains("min-height: var(--target)"), "{pressed}");
    }
    // Nothing makes it smaller again.
    let low =
        |value: &str| value.strip_suffix("px").and_then(|n| n.parse::<f64>().ok()).is_some_and(|n| n < 44.0);
    let smaller = declarations(&all).into_iter().filter(|(name, value)| name == "max-height" && low(value));
    assert_eq!(smaller.count(), 0);
}

/// Sheets say start and end. The one exception is drawn: the arrow of a choice, turned by hand.
#[test]
fn both_directions_are_one_sheet() {
    for (sheet, css) in sheets() {
        for (name, value) in declarations(&css) {
            assert!(!name.ends_with("-left") && !name.ends_with("-right"), "{sheet}: {name}");
            assert!(!["left", "right"].contains(&name.as_str()), "{sheet}: {name}");
            assert!(
                name != "text-align" || !["left", "right"].contains(&value.as_str()),
                "{sheet}: {name}: {value}"
            );
            assert!(name != "float", "{sheet}: {name}");
        }
    }
}

#[test]
fn systems_and_paper_are_served() {
    let access = sheets().into_iter().find(|(name, _)| name == "access.css").expect("the sheet").1;
    for asked in ["@media (forced-colors: active)", "@media print", "scroll-padding-block-end"] {
        assert!(access.contains(asked), "{asked}");
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    Some(text.split_once(from)?.1.split_once(to)?.0)
}

/// No system has to have a font: each is in the page, with its licence, for every weight that is used.
#[test]
fn fonts_are_in_the_page() {
    let base = std::fs::read_to_string(root().join("style/base.css")).expect("the sheet");
    let mut families = BTreeSet::new();
    let mut octets = 0;
    for face in base.split("@font-face {").skip(1).map(|rest| rest.split('}').next().expect("its end")) {
        let file = root().join(between(face, "url(\"", "\")").expect("a file"));
        octets += std::fs::metadata(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display())).len();
        let weights = between(face, "font-weight: ", ";").expect("weights");
        let weights: Vec<u32> = weights.split(' ').map(|w| w.parse().expect("a weight")).collect();
        assert!(weights[0] <= 400 && weights[1] >= 700, "{}", file.display());
        assert!(face.contains("unicode-range: "), "{}", file.display());
        families.insert(between(face, "font-family: \"", "\"").expect("a name").to_owned());
    }
    assert_eq!(families, ["Atkinson Hyperlegible Next".to_owned(), "Vazirmatn".to_owned()].into());
    for licence in ["font/OFL.txt", "font/OFL-Vazirmatn.txt"] {
        let text = std::fs::read_to_string(root().join(licence)).expect(licence);
        assert!(text.contains("SIL OPEN FONT LICENSE Version 1.1"), "{licence}");
    }
    assert!(octets < 120_000, "{octets} octets of fonts");
    for (sheet, css) in sheets() {
        for (_, value) in declarations(&css).into_iter().filter(|(name, _)| name == "font-weight") {
            let used = value.parse::<u32>().is_ok_and(|weight| (400..=700).contains(&weight));
            assert!(used || value == "200 800" || value == "100 900", "{sheet}: {value}");
        }
    }
}

/// Figures stand under one another, and a language that is written in another script begins with a font of it.
#[test]
fn figures_are_tabular_and_each_script_has_its_font() {
    let base = std::fs::read_to_string(root().join("style/base.css")).expect("the sheet");
    assert!(base.contains("font-variant-numeric: tabular-nums;"));
    for language in LANGUAGES.iter().filter(|language| language.rtl) {
        assert!(
            TOKENS.contains(&format!(":root:lang({}) {{ --font: \"Vazirmatn\"", language.tag)),
            "{}",
            language.tag
        );
    }
}

/// WebKitGTK draws a line whose last letter carries a mark above or below the others.
#[test]
fn no_line_of_arabic_ends_with_a_mark() {
    let words = Words::of("ar");
    let said = words.text("theme-contrast", None);
    assert!(said.ends_with("\u{64d}\u{200c}"), "{said:?}");
    assert!(!words.text("theme-light", None).ends_with('\u{200c}'));
    assert!(Words::of("en").text("theme-contrast", None).is_ascii());
}
