//! What a contract can ask about, in Cedar's schema syntax.

use std::sync::LazyLock;

use cedar_policy::{Schema, Validator};

/// The schema that every contract is validated against. It is part of the protocol: a member with another one would record
/// other contracts.
///
/// Times are instants of UTC. `organisation` is the attesting member's index, 0 when the reader is not attested; in an emergency
/// the reader is the clinician who opens. `reason` is 0
/// for none. `waited` counts from the announcement, which serves openings that begin within a day of it, `opened` from the first
/// emergency opening; both are 0 before. `level` is 0, 4 or 8 at a release and 0 otherwise; `slot_start` and `slot_end` are the
/// slot's at a release and `now` otherwise. At "give" the reader is not known yet: not attested, organisation 0, nothing left.
pub const SCHEMA: &str = "\
entity Reader = { attested: Bool, organisation: Long, credential_left: duration };
entity Permission = { lasts: duration, begins: datetime, ends: datetime };
type Facts = {
  now: datetime,
  purpose: String,
  reason: Long,
  seconded: Bool,
  announced: Bool,
  waited: duration,
  opened: duration,
  level: Long,
  slot_start: datetime,
  slot_end: datetime,
  approvals: Long
};
action give, open, release appliesTo { principal: Reader, resource: Permission, context: Facts };
";

static VALIDATOR: LazyLock<Option<Validator>> =
    LazyLock::new(|| SCHEMA.parse::<Schema>().ok().map(Validator::new));

/// The validator of [`SCHEMA`]; `None` would mean that the constant does not parse, and then nothing is permitted.
pub(super) fn validator() -> Option<&'static Validator> {
    VALIDATOR.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_parses_without_a_warning() {
        let (_, warnings) = Schema::from_cedarschema_str(SCHEMA).unwrap();
        assert_eq!(warnings.count(), 0);
        assert_eq!(validator().unwrap().schema().actions().count(), 3);
    }

    #[test]
    fn the_schema_does_not_change_unnoticed() {
        let hash = crate::ids::Hash32(crate::ids::sha256(&[SCHEMA.as_bytes()]));
        assert_eq!(hash.to_string(), "6212a5b243b88c59503c0cbc944040c6fc4453a8033be70eb188380062ffc6a4");
    }
}
