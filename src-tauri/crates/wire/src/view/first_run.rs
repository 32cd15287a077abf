//! The first run: how far a person is, so that a crash or the lock begins nothing anew.

use serde::{Deserialize, Serialize};

use super::Role;

/// A step of the first run, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstRunStep {
    /// Language, text size, colours.
    Looks,
    /// What the record is for.
    Who,
    /// The name and the passphrase: at its end the record is made.
    Passphrase,
    /// The recovery key, and who else can help to get back.
    Key,
    /// The first thing: a device or a typed value, an own code, a code for a relative.
    Begin,
    /// What is done, and where to find what was not.
    Home,
}

impl FirstRunStep {
    /// Every step, the first one first.
    pub const ALL: [Self; 6] = [Self::Looks, Self::Who, Self::Passphrase, Self::Key, Self::Begin, Self::Home];
}

/// How far a first run is. It holds no name, no passphrase and nothing of health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstRunView {
    /// The step on the screen.
    pub step: FirstRunStep,
    /// What the record is for, as far as that was said.
    pub role: Role,
    /// What was skipped, each step once.
    pub skipped: Vec<FirstRunStep>,
}

impl FirstRunView {
    /// True when no step is skipped twice.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.skipped.len() <= FirstRunStep::ALL.len()
            && self
                .skipped
                .iter()
                .enumerate()
                .all(|(i, step)| !self.skipped.iter().take(i).any(|s| s == step))
    }

    /// The same where a record for `made` is there, or none yet: the steps before it was made are over, and those after it
    /// have to wait.
    #[must_use]
    pub fn beside(self, made: Option<Role>) -> Self {
        match made {
            Some(role) => Self { step: self.step.max(FirstRunStep::Key), role, ..self },
            None => Self { step: self.step.min(FirstRunStep::Passphrase), ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(step: FirstRunStep) -> FirstRunView {
        FirstRunView { step, role: Role::Family, skipped: vec![FirstRunStep::Looks] }
    }

    #[test]
    fn a_step_is_one_of_its_side_of_the_making() {
        use FirstRunStep::{Begin, Home, Key, Looks, Passphrase};
        let step = |step, made| at(step).beside(made).step;
        assert_eq!([Looks, Key, Home].map(|s| step(s, None)), [Looks, Passphrase, Passphrase]);
        assert_eq!([Looks, Passphrase, Begin].map(|s| step(s, Some(Role::Patient))), [Key, Key, Begin]);
        assert_eq!(at(Begin).beside(Some(Role::Clinician)).role, Role::Clinician, "the record knows better");
        assert_eq!(at(Begin).beside(None).role, Role::Family);
    }

    #[test]
    fn no_step_is_skipped_twice() {
        let of =
            |skipped: &[FirstRunStep]| FirstRunView { skipped: skipped.to_vec(), ..at(FirstRunStep::Begin) };
        assert!(of(&[]).is_sound() && of(&FirstRunStep::ALL).is_sound());
        assert!(!of(&[FirstRunStep::Key, FirstRunStep::Begin, FirstRunStep::Key]).is_sound());
    }
}
