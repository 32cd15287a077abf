//! Typing a reading by hand: whether the form is open, and what this window remembers of the last one.

use std::collections::BTreeSet;

use salus_wire::{Category, Quantity};

/// Where this computer keeps the choice; it says nothing about a person.
const KEY: &str = "salus-shortcut";

/// The form of typed readings. Forgotten when the record is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// True while the form is open.
    pub open: bool,
    /// What was typed last.
    pub last: Option<Category>,
    /// The units of UCUM that were chosen instead of the stored ones.
    pub units: Units,
}

/// Units of UCUM.
pub type Units = BTreeSet<&'static str>;

impl Default for Typing {
    /// What watches and scales show as kilocalories, minutes and kilometres is typed so.
    fn default() -> Self {
        use Quantity::{
            DistanceKilometre, EnergyExpendedKilocalorie, ExerciseDurationMinute, SpeedKilometreHour,
        };
        let usual =
            [EnergyExpendedKilocalorie, ExerciseDurationMinute, DistanceKilometre, SpeedKilometreHour];
        Self { open: false, last: None, units: usual.into_iter().map(Quantity::ucum).collect() }
    }
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
    pub fn stored(&self, category: Category, units: Units) -> Self {
        Self { open: false, last: Some(category), units }
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
    fn a_unit_is_remembered_and_what_watches_show_comes_first() {
        let typing = Typing::default().opened();
        assert!(typing.open && typing.units.contains("min") && !typing.units.contains("[lb_av]"));
        let typing = typing.stored(Category::BodyWeight, ["[lb_av]"].into());
        assert_eq!((typing.open, typing.last), (false, Some(Category::BodyWeight)));
        assert_eq!(typing.opened().units, ["[lb_av]"].into());
    }
}
