//! What the form has come to: kept sealed in the record over a lock, and over the way back from the last step.

use salus_wire::view::AskedView;
use salus_wire::{Category, UnixMillis};
use serde::{Deserialize, Serialize};

use super::limit::Terms;
use super::window::Window;

/// Which readings, and until when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choices {
    pub(super) categories: Vec<Category>,
    pub(super) window: Window,
    /// The request that it began with.
    #[serde(default)]
    pub(super) asked: Option<AskedView>,
    /// Not in drafts of an earlier version.
    #[serde(default)]
    pub(super) condition: Terms,
}

/// The whole draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    pub(super) code: String,
    pub(super) choices: Choices,
}

impl Choices {
    /// Nothing chosen yet, and the usual times.
    pub(super) fn new(now: UnixMillis, offset: i32) -> Self {
        Self {
            categories: Vec::new(),
            window: Window::new(now, offset),
            asked: None,
            condition: Terms::new(now, offset),
        }
    }

    /// Begins with exactly what a code asks for. What was chosen for the same request already stays as it is.
    pub(super) fn begun(&self, asks: Option<&AskedView>, now: UnixMillis, offset: i32) -> Self {
        match asks {
            same if self.asked.as_ref() == same => self.clone(),
            None => Self::new(now, offset),
            Some(asked) => Self {
                categories: asked.categories.clone(),
                window: Window::asked(asked, now, offset),
                asked: Some(asked.clone()),
                condition: Terms::new(now, offset),
            },
        }
    }

    /// Takes a category in, or out again.
    pub(super) fn toggle(&mut self, category: Category) {
        let before = self.categories.len();
        self.categories.retain(|c| *c != category);
        if self.categories.len() == before {
            self.categories.push(category);
            self.categories.sort();
        }
    }
}

impl Kept {
    /// For the record to keep; nothing before there is a code.
    pub(super) fn to_text(&self) -> Option<String> {
        if self.code.trim().is_empty() { None } else { serde_json::to_string(self).ok() }
    }

    /// As the record kept it; of an earlier version, which kept the code alone, the code.
    pub(super) fn of_text(text: &str, usual: &Choices) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| Self { code: text.to_owned(), choices: usual.clone() })
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::Purpose;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn everything_chosen_comes_back() {
        let usual = Choices::new(NOW, 60);
        let mut choices = usual.clone();
        for category in [Category::BodyWeight, Category::HeartRate, Category::BodyWeight] {
            choices.toggle(category);
        }
        assert_eq!(choices.categories, [Category::HeartRate]);
        choices.window.until = super::super::window::Until::Days(30);
        choices.window.from = "2026-11-01".into();
        choices.condition.when = super::super::limit::When::Second;
        let kept = Kept { code: "a code".into(), choices };
        let text = kept.to_text().expect("text");
        assert_eq!(Kept::of_text(&text, &usual), kept);
        assert_eq!(Kept { code: "  ".into(), ..kept }.to_text(), None);
    }

    #[test]
    fn a_request_fills_the_form_once_and_another_code_begins_anew() {
        let usual = Choices::new(NOW, 60);
        assert_eq!(usual.begun(None, NOW, 60), usual);
        let asked = AskedView {
            purpose: Purpose::FollowUp,
            words: String::new(),
            categories: vec![Category::HeartRate, Category::BloodPressure],
            days_back: 30,
            days_ahead: 0,
            lasts_days: 7,
        };
        let mut filled = usual.begun(Some(&asked), NOW, 60);
        assert_eq!((&filled.categories, &filled.asked), (&asked.categories, &Some(asked.clone())));
        assert_eq!(filled.window.until, super::super::window::Until::Days(7));
        filled.toggle(Category::HeartRate);
        let kept = Kept { code: "a code".into(), choices: filled.clone() };
        let kept = Kept::of_text(&kept.to_text().expect("text"), &usual);
        assert_eq!(kept.choices.begun(Some(&asked), NOW, 60), filled, "what was narrowed stays so");
        assert_eq!(filled.begun(None, NOW, 60), usual);
        let other = AskedView { lasts_days: 14, ..asked };
        assert_eq!(filled.begun(Some(&other), NOW, 60).categories.len(), 2);
    }

    #[test]
    fn a_draft_of_before_there_were_requests_is_read() {
        let usual = Choices::new(NOW, 60);
        let mut old =
            serde_json::to_value(Kept { code: "a code".into(), choices: usual.clone() }).expect("JSON");
        old["choices"].as_object_mut().expect("choices").remove("asked");
        assert_eq!(Kept::of_text(&old.to_string(), &Choices::new(0, 0)).choices, usual);
    }

    #[test]
    fn a_draft_without_a_condition_has_none() {
        let usual = Choices::new(NOW, 60);
        let kept = Kept { code: "a code".into(), choices: usual.clone() };
        let mut text: serde_json::Value = serde_json::to_value(&kept).expect("a value");
        text["choices"].as_object_mut().expect("choices").remove("condition");
        let back = Kept::of_text(&text.to_string(), &usual);
        assert_eq!(back, Kept { choices: Choices { condition: Terms::default(), ..usual }, ..kept });
    }

    #[test]
    fn a_draft_of_an_earlier_version_is_its_code() {
        let usual = Choices::new(NOW, 60);
        let kept = Kept::of_text("salus-code", &usual);
        assert_eq!(kept, Kept { code: "salus-code".into(), choices: usual });
    }
}
