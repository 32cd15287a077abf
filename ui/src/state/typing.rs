//! Typing a reading by hand: whether the form is open, and what this window remembers of the last one.

use salus_wire::Category;

/// Where this computer keeps the choice; it says nothing about a person.
const KEY: &str = "salus-shortcut";

/// The form of typed readings. Forgotten when the record is locked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typing {
    /// True while the form is open.
    pub open: bool,
    /// What was typed last.
    pub last: Option<Category>,
    /// Categories whose other unit was chosen.
    pub other_unit: Vec<Category>,
}

impl Typing {
    /// The same with the form open.
    #[must_use]
    pub fn opened(&self) -> Self {
        Self { open: true, ..self.clone() }
    }

    /// The same with the form closed.
    #[must_use]
    pub fn closed(&self) -> Self {
        Self { open: false, ..self.clone() }
    }

    /// Closed, with what was just stored remembered.
    #[must_use]
    pub fn stored(&self, category: Category, other_unit: bool) -> Self {
        let mut others: Vec<Category> = self.other_unit.iter().copied().filter(|c| *c != category).collect();
        if other_unit {
            others.push(category);
        }
        Self { open: false, last: Some(category), other_unit: others }
    }
}

/// Whether a single letter may open the form. A person whose voice or hand presses keys by accident can switch it off.
///
/// # Source
/// WCAG 2.2, 2.1.4 Character Key Shortcuts.
#[must_use]
pub fn shortcut_kept() -> bool {
    store().and_then(|s| s.get_item(KEY).ok().flatten()).is_none_or(|v| v != "off")
}

/// Keeps the choice on this computer.
pub fn keep_shortcut(on: bool) {
    if let Some(store) = store() {
        let _ = store.set_item(KEY, if on { "on" } else { "off" });
    }
}

fn store() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_remembered_by_category_and_can_be_changed_back() {
        let typing = Typing::default().opened().stored(Category::BodyWeight, true);
        assert_eq!((typing.open, typing.last), (false, Some(Category::BodyWeight)));
        let typing = typing.stored(Category::Glucose, true).stored(Category::BodyWeight, false);
        assert_eq!(typing.other_unit, [Category::Glucose]);
    }
}
