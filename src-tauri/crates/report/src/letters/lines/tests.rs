//! Lines in both directions, and every text in a width.

use proptest::prelude::*;

use super::*;

fn style(rtl: bool) -> Style {
    Style { size: 10.0, weight: Weight::Regular, rtl }
}

fn said(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn a_long_text_breaks_at_spaces_and_says_the_same() {
    let fonts = Fonts::read().unwrap();
    let text = "Mean of 24 readings on 6 days, 128/79 mmHg; morning 131/81, evening 125/77; below 135/85.";
    let lines = fonts.lines(text, style(false), 120.0);
    assert!(lines.len() > 2);
    assert_eq!(said(&lines), text);
    assert!(lines.iter().all(|line| line.width <= 120.0 && !line.turned));
    let wide = fonts.lines(&"m".repeat(80), style(false), 120.0);
    assert!(wide.len() > 3 && wide.iter().all(|line| line.width <= 120.0));
}

#[test]
fn arabic_stands_from_right_to_left_with_its_numbers_from_left_to_right() {
    let fonts = Fonts::read().unwrap();
    let text = "كان ضغط الدم \u{2068}128/79\u{2069} في المتوسط";
    let lines = fonts.lines(text, style(true), 400.0);
    let [line] = &lines[..] else { panic!("one line") };
    assert!(line.turned);
    assert_eq!(line.text, "كان ضغط الدم 128/79 في المتوسط");
    // In reading order each further segment of the sentence lies more to the left.
    let first = line.segments.first().unwrap().x;
    let last = line.segments.last().unwrap().x;
    assert!(first > last, "{first} {last}");
    // The number is one segment whose glyphs follow its digits.
    let at = line.text.find("128").unwrap();
    let number = line.segments.iter().find(|s| s.glyphs.iter().any(|g| g.text_range.start == at)).unwrap();
    let starts: Vec<usize> = number.glyphs.iter().map(|g| g.text_range.start).collect();
    assert!(starts.windows(2).all(|w| w[0] < w[1]), "{starts:?}");
    // Joined letters have other glyphs than single ones.
    let glyphs = |text: &str| -> Vec<u32> {
        let lines = fonts.lines(text, style(true), 400.0);
        lines[0].segments.iter().flat_map(|s| &s.glyphs).map(|g| g.glyph_id.to_u32()).collect()
    };
    assert_ne!(glyphs("بب"), [glyphs("ب"), glyphs("ب")].concat());
}

#[test]
fn what_no_font_has_is_a_question_mark_and_nothing_breaks_a_line() {
    let fonts = Fonts::read().unwrap();
    let lines = fonts.lines("漢\nΩ\u{2029}a\u{7}b", style(false), 400.0);
    assert_eq!(said(&lines), "? ? a b");
    assert!(fonts.lines("", style(false), 10.0).is_empty());
    assert!(fonts.lines("\u{2068}\u{2069}", style(true), 10.0).iter().all(|l| l.segments.is_empty()));
}

proptest! {
    #[test]
    fn any_text_keeps_its_characters_and_its_width(text in "\\PC{0,60}|[ا-ي0-9/ ]{0,60}|[ -~ا-ي\u{2066}-\u{2069}\u{200f}]{0,60}", width in 20.0f32..300.0, rtl: bool) {
        let fonts = Fonts::read().unwrap();
        let lines = fonts.lines(&text, style(rtl), width);
        prop_assert_eq!(said(&lines), fonts.clean(&text).chars().filter(|c| !is_mark(*c)).collect::<String>());
        for line in &lines {
            // A single character may be wider than the narrowest column; words may stand a little apart from their spaces.
            prop_assert!(line.width <= width * 1.02 + 0.5 || line.text.trim().chars().count() <= 2, "{} {}", line.width, line.text);
            for glyph in line.segments.iter().flat_map(|s| &s.glyphs) {
                prop_assert!(!glyph.text_range.is_empty() && line.text.get(glyph.text_range.clone()).is_some());
                prop_assert!(glyph.glyph_id.to_u32() != 0);
            }
        }
    }
}
