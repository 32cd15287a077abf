//! What the form has come to: kept sealed in the record over a lock, and over the way back from the last step.

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
        Self { categories: Vec::new(), window: Window::new(now, offset), condition: Terms::new(now, offset) }
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
