//! A contract that was parsed, for whoever asks it more than once.

use cedar_policy::{Effect, PolicySet, ValidationMode};

use super::apart::apart;
use super::{bounds, schema};

#[cfg(test)]
mod tests;

/// Why a text is not a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContractFault {
    /// Longer than [`super::MAX_CONTRACT`].
    #[error("{0} octets are too many")]
    TooLong(usize),
    /// An octet that is not printable ASCII, newline or tab.
    #[error("octet {at} is not printable ASCII")]
    Character {
        /// Where, from 0.
        at: usize,
    },
    /// More than [`super::MAX_TOKENS`].
    #[error("too many words and signs")]
    TooManyTokens,
    /// Brackets nested deeper than [`super::MAX_DEPTH`].
    #[error("brackets are nested too deep")]
    TooDeep,
    /// A bracket is not closed, or closes nothing.
    #[error("a bracket has no partner")]
    Brackets,
    /// A string is not closed.
    #[error("a string does not end")]
    Quotes,
    /// No policy, or more than [`super::MAX_POLICIES`].
    #[error("{0} policies; between 1 and 8 are possible")]
    Policies(usize),
    /// A slot of a template.
    #[error("a contract cannot have slots to fill in")]
    Template,
    /// An annotation.
    #[error("a contract cannot have annotations")]
    Annotation,
    /// A comment.
    #[error("a contract cannot have comments")]
    Comment,
    /// Not in the policy language.
    #[error("not in the policy language")]
    Syntax,
    /// Nothing but prohibitions: it could never permit anything.
    #[error("no policy permits anything")]
    NoPermit,
    /// It does not fit the schema, or a policy of it can never apply.
    #[error("it does not fit what can be asked about")]
    Schema,
    /// The policy engine failed.
    #[error("the policy engine failed")]
    Engine,
}

/// A contract that was parsed.
#[derive(Debug, Clone)]
pub struct Compiled(pub(super) PolicySet);

impl Compiled {
    /// Parses a contract that is recorded, and was therefore validated.
    ///
    /// # Errors
    /// [`ContractFault`] for what is not within the bounds or not in the language.
    pub fn parse(text: &str) -> Result<Self, ContractFault> {
        bounds::within(text)?;
        apart(|| parse(text)).ok_or(ContractFault::Engine)?.map(Self)
    }

    /// Parses and validates a contract that is to be recorded.
    ///
    /// # Errors
    /// [`ContractFault`] says what is wrong with it.
    pub fn check(text: &str) -> Result<Self, ContractFault> {
        let compiled = Self::parse(text)?;
        apart(|| validate(&compiled.0)).ok_or(ContractFault::Engine)??;
        Ok(compiled)
    }
}

fn parse(text: &str) -> Result<PolicySet, ContractFault> {
    let policies: PolicySet = text.parse().map_err(|_| ContractFault::Syntax)?;
    // The bounds count signs; these are what the parser made of them.
    if policies.num_of_templates() != 0 {
        return Err(ContractFault::Template);
    }
    let count = policies.num_of_policies();
    if !(1..=bounds::MAX_POLICIES).contains(&count) {
        return Err(ContractFault::Policies(count));
    }
    if policies.policies().all(|policy| policy.effect() == Effect::Forbid) {
        return Err(ContractFault::NoPermit);
    }
    Ok(policies)
}

/// Strict validation. A warning refuses too: that a policy can never apply, or that a text looks like what it is not.
fn validate(policies: &PolicySet) -> Result<(), ContractFault> {
    let validator = schema::validator().ok_or(ContractFault::Engine)?;
    let result = validator.validate(policies, ValidationMode::Strict);
    if result.validation_passed_without_warnings() { Ok(()) } else { Err(ContractFault::Schema) }
}
