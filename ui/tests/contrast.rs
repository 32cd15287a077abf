//! Contrast of every pair of colours that meet on a screen, computed from the tokens in each theme.
//!
//! # Source
//! OKLCH to linear sRGB: B. Ottosson, "A perceptual color space" (2020). Ratio: WCAG 2.2, relative luminance.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../style/tokens.css");
const FRAME: &str = include_str!("../style/frame.css");

/// Foreground, background, least ratio: 4.5 for text, 3 for large text, controls and lines (WCAG 1.4.3, 1.4.11).
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "paper", 7.0),
    ("ink", "raised", 7.0),
    ("ink", "rail", 7.0),
    ("ink", "accent-soft", 7.0),
    ("ink", "danger-soft", 7.0),
    ("ink-soft", "paper", 4.5),
    ("ink-soft", "raised", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "raised", 4.5),
    ("accent", "rail", 4.5),
    ("accent", "accent-soft", 4.5),
    ("on-accent", "accent", 4.5),
    ("danger", "paper", 4.5),
    ("danger", "raised", 4.5),
    ("danger", "danger-soft", 4.5),
    ("on-danger", "danger", 4.5),
    ("caution", "paper", 4.5),
    ("caution", "raised", 4.5),
    ("second", "paper", 3.0),
    ("second", "raised", 3.0),
    ("edge", "paper", 3.0),
    ("edge", "raised", 3.0),
    // Inside of notices, of what is proven, of what is chosen, and on the rail.
    ("ink-soft", "rail", 4.5),
    ("ink-soft", "accent-soft", 4.5),
    ("ink-soft", "danger-soft", 4.5),
    ("accent", "danger-soft", 4.5),
    ("caution", "accent-soft", 4.5),
    ("caution", "danger-soft", 4.5),
    ("danger", "accent-soft", 4.5),
    ("edge", "rail", 3.0),
    ("edge", "accent-soft", 3.0),
    ("edge", "danger-soft", 3.0),
];

fn theme(name: &str) -> BTreeMap<String, [f64; 3]> {
    let head = format!(":root[data-theme=\"{name}\"] {{");
    let block = TOKENS.split_once(&head).expect("the theme").1.split_once('}').expect("its end").0;
    let colours = block.lines().filter_map(|line| {
        let (token, value) = line.trim().strip_prefix("--")?.split_once(": oklch(")?;
        Some((token.to_owned(), oklch(value.trim_end_matches(");"))))
    });
    colours.collect()
}

fn oklch(text: &str) -> [f64; 3] {
    let parts: Vec<f64> = text.split_whitespace().map(|p| p.parse().expect("a number")).collect();
    let [l, c, h] = parts[..] else { panic!("{text}") };
    [l, c, h]
}

/// Relative luminance of the colour as it is drawn: linear sRGB, clipped to the screen's range.
fn luminance([l, c, h]: [f64; 3]) -> f64 {
    let (a, b) = (c * h.to_radians().cos(), c * h.to_radians().sin());
    let [l, m, s] = [
        l + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
        l - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
        l - 0.089_484_177_5 * a - 1.291_485_548_0 * b,
    ]
    .map(|x| x.powi(3));
    let rgb = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(|x| x.clamp(0.0, 1.0));
    0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
}

fn ratio(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_can_be_read_in_every_theme() {
    let mut low = vec![];
    for name in ["light", "dark", "contrast"] {
        let colours = theme(name);
        for (front, back, least) in PAIRS {
            let found = ratio(colours[*front], colours[*back]);
            // High contrast asks for 7 of all text.
            let least = if name == "contrast" && *least >= 4.5 { 7.0 } else { *least };
            if found < least {
                low.push(format!("{name}: {front} on {back} is {found:.2}, needs {least}"));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

#[test]
fn names_can_be_read_on_every_band() {
    let hues =
        TOKENS.lines().filter_map(|l| l.split_once("--band-hue: ")?.1.split(';').next()?.parse::<f64>().ok());
    let backs = [("light", 0.955, 0.022), ("dark", 0.27, 0.03)];
    let hues: Vec<f64> = hues.collect();
    assert!(hues.len() >= 6);
    for (name, l, c) in backs {
        assert!(
            FRAME.contains(&format!("oklch({l} {c} var(--band-hue))")),
            "the test follows the style sheet"
        );
        for hue in &hues {
            for front in ["ink", "ink-soft"] {
                let found = ratio(theme(name)[front], [l, c, *hue]);
                assert!(found >= 4.5, "{name}: {front} on hue {hue} is {found:.2}");
            }
        }
    }
}

#[test]
fn black_on_white_is_twenty_one() {
    assert!((ratio([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]) - 21.0).abs() < 0.01);
}

/// The policy forbids it, and a reader would not see why a style is missing.
#[test]
fn nothing_is_styled_inline() {
    fn read(dir: &std::path::Path, into: &mut String) {
        for path in std::fs::read_dir(dir).expect("the source").map(|e| e.expect("an entry").path()) {
            if path.is_dir() {
                read(&path, into)
            } else {
                into.push_str(&std::fs::read_to_string(path).expect("a text"))
            }
        }
    }
    let mut source = String::from(include_str!("../index.html"));
    read(
        &std::path::Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where")).join("src"),
        &mut source,
    );
    assert!(!source.contains("style=") && !source.contains("<style") && !source.contains("inner_html"));
}
