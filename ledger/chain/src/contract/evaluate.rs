//! The evaluation: pure, bounded, and a denial whenever anything goes wrong.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression as Value,
};

use super::apart::apart;
use super::date;
use super::facts::{Action, Facts};
use super::{Compiled, schema};
use crate::time::UnixMillis;
use crate::tx::Purpose;

#[cfg(test)]
mod tests;

/// Whether the contract `text` permits `action` under `facts`; what is not a contract permits nothing.
pub fn permits(text: &str, action: Action, facts: &Facts) -> bool {
    Compiled::parse(text).is_ok_and(|contract| contract.permits(action, facts))
}

impl Compiled {
    /// Whether it permits `action` under `facts`: a policy permits it, none forbids it, and no policy failed. Cedar itself
    /// would pass over a policy that failed; here a prohibition that cannot be evaluated must not be passed over.
    pub fn permits(&self, action: Action, facts: &Facts) -> bool {
        apart(|| decide(&self.0, action, facts)).flatten().unwrap_or(false)
    }
}

/// `None` when the question could not be put.
fn decide(policies: &PolicySet, action: Action, facts: &Facts) -> Option<bool> {
    let schema = Some(schema::validator()?.schema());
    // One name each: a contract cannot be about a certain person, whom the permission's own root names anyway.
    let (reader, permission) = (uid("Reader", "reader")?, uid("Permission", "permission")?);
    let entities = [
        Entity::new_with_tags(reader.clone(), reader_attributes(facts), [], []).ok()?,
        Entity::new_with_tags(permission.clone(), permission_attributes(facts)?, [], []).ok()?,
    ];
    let entities = Entities::from_entities(entities, schema).ok()?;
    let context = Context::from_pairs(context(facts)).ok()?;
    let request = Request::new(reader, uid("Action", action.as_str())?, permission, context, schema).ok()?;
    let response = Authorizer::new().is_authorized(&request, policies, &entities);
    let failed = response.diagnostics().errors().next().is_some();
    Some(!failed && response.decision() == Decision::Allow)
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    let kind: EntityTypeName = kind.parse().ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn instant(at: UnixMillis) -> Value {
    Value::new_datetime(date::written(at))
}

fn duration(ms: i64) -> Value {
    Value::new_duration(format!("{ms}ms"))
}

fn named<const N: usize>(values: [(&str, Value); N]) -> impl Iterator<Item = (String, Value)> {
    values.map(|(name, value)| (name.to_owned(), value)).into_iter()
}

fn reader_attributes(facts: &Facts) -> impl Iterator<Item = (String, Value)> {
    named([
        ("attested", Value::new_bool(facts.attested)),
        ("organisation", Value::new_long(i64::from(facts.organisation))),
        ("credential_left", duration(facts.credential_left_ms)),
    ])
}

/// `None` when the permission lasts longer than can be said.
fn permission_attributes(facts: &Facts) -> Option<impl Iterator<Item = (String, Value)>> {
    Some(named([
        ("lasts", duration(facts.ends_ms.checked_sub(facts.begins_ms)?)),
        ("begins", instant(facts.begins_ms)),
        ("ends", instant(facts.ends_ms)),
    ]))
}

fn context(facts: &Facts) -> impl Iterator<Item = (String, Value)> {
    let purpose = match facts.purpose {
        Purpose::Treatment => "treatment",
        Purpose::Emergency => "emergency",
    };
    named([
        ("now", instant(facts.now_ms)),
        ("purpose", Value::new_string(purpose.to_owned())),
        ("reason", Value::new_long(i64::from(facts.reason))),
        ("seconded", Value::new_bool(facts.seconded)),
        ("announced", Value::new_bool(facts.announced)),
        ("waited", duration(facts.waited_ms)),
        ("opened", duration(facts.opened_ms)),
        ("level", Value::new_long(i64::from(facts.level))),
        ("slot_start", instant(facts.slot_start_ms)),
        ("slot_end", instant(facts.slot_end_ms)),
        ("approvals", Value::new_long(i64::from(facts.approvals))),
    ])
}
