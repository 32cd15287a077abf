//! A helper as the patient keeps them: who it is, what they may do, and which keys they were given.

use salus_chain::ids::{ReaderKey, VerifyingKey};
use salus_sharing::circle::Relative;
use salus_vault::Vault;
use salus_wire::view::HelperLimits;
use salus_wire::{Category, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

/// A relative's keys and name, as their code gave them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct Known {
    pub(in crate::family) pk: VerifyingKey,
    pub(in crate::family) inbox: ReaderKey,
    pub(in crate::family) name: String,
}

impl Known {
    pub(in crate::family) fn of(relative: &Relative) -> Self {
        Self { pk: relative.pk, inbox: relative.inbox, name: relative.name.clone() }
    }

    pub(in crate::family) fn relative(&self) -> Relative {
        Relative { pk: self.pk, inbox: self.inbox, name: self.name.clone() }
    }
}

/// What a word that was sent was about: another one is due when this is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct Told {
    pub(in crate::family) revision: u32,
    pub(in crate::family) in_force: bool,
    pub(in crate::family) at: UnixMillis,
}

/// A helper as the patient keeps them, seated or still waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct Helper {
    pub(in crate::family) relative: Known,
    pub(in crate::family) limits: HelperLimits,
    /// What they were told last.
    pub(in crate::family) told: Option<Told>,
    /// First instant that no key they were given opens.
    pub(in crate::family) keys_until: Option<UnixMillis>,
    /// The newest generation of each category's keys that they were given, also of what they may read no longer; not kept of before
    /// there were several.
    #[serde(default)]
    pub(in crate::family) generations: Vec<(Category, u32)>,
    /// What the person leaves of the categories, until the members have it so.
    #[serde(default)]
    pub(in crate::family) narrows: Option<Vec<Category>>,
    /// Guardians gave the circle back with this helper in it: what the power is about is not known here, so nothing is
    /// told to them that would take the place of what they were told before.
    #[serde(default)]
    pub(in crate::family) from_before: bool,
    /// The emergency cards that they were told of last.
    #[serde(default)]
    pub(in crate::family) watches: Option<Vec<GrantId>>,
    /// The person's own permissions that they were told of last, each with its stop.
    #[serde(default)]
    pub(in crate::family) stops: Option<Vec<GrantId>>,
}

impl Helper {
    /// Each category whose keys they were given, with the newest generation of them.
    pub(in crate::family) fn given(&self) -> Vec<(Category, u32)> {
        match self.keys_until {
            // Of before there were several generations it is not kept: all are the first.
            Some(_) if self.generations.is_empty() => {
                self.limits.categories.iter().map(|category| (*category, 0)).collect()
            }
            Some(_) => self.generations.clone(),
            None => Vec::new(),
        }
    }

    /// True when they were ever given keys of a category.
    pub(in crate::family) fn was_given(&self, category: Category) -> bool {
        self.given().iter().any(|(given, _)| *given == category)
    }

    /// The generation of a category's keys that they hold.
    fn generation(&self, category: Category) -> u32 {
        self.generations.iter().find(|(known, _)| *known == category).map_or(0, |(_, generation)| *generation)
    }

    /// True when the record has newer keys of what they may read than they were given, and they were given some.
    pub(in crate::family) fn is_behind(&self, vault: &Vault) -> bool {
        let newer = |c: &Category| vault.series(*c).generation != self.generation(*c);
        self.keys_until.is_some() && self.limits.categories.iter().any(newer)
    }

    /// First instant of a category that no key they were given opens.
    pub(in crate::family) fn reaches(&self, vault: &Vault, category: Category) -> Option<UnixMillis> {
        let has = self.generation(category);
        let newer = vault.generations(category).into_iter().find(|one| one.number > has);
        self.keys_until.map(|until| newer.map_or(until, |one| until.min(one.from.start())))
    }

    /// The categories of which they hold keys of what is sealed now, and of what is to come.
    pub(in crate::family) fn holds(&self, vault: &Vault, now: UnixMillis) -> Vec<Category> {
        if self.keys_until.is_none_or(|until| until <= now) {
            return Vec::new();
        }
        let current = |(c, generation): &(Category, u32)| vault.series(*c).generation == *generation;
        self.given().into_iter().filter(current).map(|(category, _)| category).collect()
    }
}
