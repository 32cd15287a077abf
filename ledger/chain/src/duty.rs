//! The staff on duty of one organisation: whom a permission may be given to instead of to a reader, and who of them opens it.
//!
//! ```text
//! group = member u16 || lp(role)                                   role: 1 to 40 characters on one line
//! code  = 01 || 44 || group, as text of kind `Group`               names the group; proves nothing, and needs no proof
//! tag   = SHA-256(0x00 || "hg/v1/duty-group" || group)             the `reader_pk_root` of a permission to the group
//! ```
//!
//! No reader's key has a leaf that is a tag, so no path proves one under it: such a permission is opened by this rule only.
//! Who opens signs with the key that the member attested, not with one that is fresh for the permission: the log names a
//! person. The chain judges it when the receipt is recorded, a keeper at each release, the member's desk before it hands on
//! the group's secret; all three by [`DutyGroup::serves`].
//!
//! Group and role are open on the chain: that a permission is for an emergency department can be read, whose it is cannot.

use crate::attestation::{AttestationError, check_name};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::contract::{Ready, contract_hash};
use crate::genesis::Genesis;
use crate::ids::{Hash32, KemPublicKey, ReaderKey, VerifyingKey, sha256};
use crate::state::{CredentialRecord, DutyRecord, TxRefused};
use crate::text::{Kind, TextError, from_text, to_text};
use crate::time::UnixMillis;

/// Characters in a role at most.
pub const MAX_ROLE: usize = 40;
/// Octets of it: a character takes at most four in UTF-8.
pub const MAX_ROLE_OCTETS: usize = 4 * MAX_ROLE;
/// The longest duty, in milliseconds: what [`Ready::OnDuty`] still calls one.
pub const MAX_DUTY_MS: i64 = 24 * 3_600_000;

/// Those who are on duty at one organisation in one role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyGroup {
    member: u16,
    role: String,
}

impl DutyGroup {
    /// The group of a member, by keeper index from 1, in a role.
    ///
    /// # Errors
    /// [`CodecError::Value`] for no member, and for a role that is empty, longer than [`MAX_ROLE`] characters, or misleading.
    pub fn new(member: u16, role: &str) -> Result<Self, CodecError> {
        let sized = role.chars().count() <= MAX_ROLE;
        if member == 0 || !sized || check_name(role).is_err() {
            return Err(CodecError::Value("duty group"));
        }
        Ok(Self { member, role: role.into() })
    }

    /// The organisation: its keeper index, from 1.
    pub const fn member(&self) -> u16 {
        self.member
    }

    /// What they are on duty as.
    pub fn role(&self) -> &str {
        &self.role
    }

    /// The one contract that a permission to the group is under: attested by this member for no more than 24 hours. `None` for a
    /// member that no chain has.
    pub fn contract(&self) -> Option<Ready> {
        let ready = Ready::OnDuty { member: self.member };
        ready.text().is_ok().then_some(ready)
    }

    /// Hash of [`DutyGroup::contract`].
    pub fn contract_hash(&self) -> Option<Hash32> {
        let text = Ready::OnDuty { member: self.member }.text().ok()?;
        Some(contract_hash(&text))
    }

    /// What a permission to the group has in the place of its readers' root.
    pub fn tag(&self) -> Hash32 {
        let mut out = Writer::new();
        self.write_fields(&mut out);
        Hash32(sha256(&[&[0], b"hg/v1/duty-group", &out.finish()]))
    }

    /// What stands for the group where a capsule lists readers: the tag, which is nobody's signing key, and the key that the
    /// member's shares are sealed to. `None` when the genesis has no such member.
    pub fn reader(&self, genesis: &Genesis) -> Option<ReaderKey> {
        let kem = genesis.keeper(self.member)?.keeper_kem_pk;
        Some(ReaderKey::new(VerifyingKey(self.tag().0), kem))
    }

    /// Whether a person may open at an instant what was given to the group; both records are those of the key that signs.
    ///
    /// # Errors
    /// [`TxRefused::Credential`] for whom this member does not attest, [`TxRefused::OffDuty`] for whom it has not on duty in this
    /// role.
    pub fn serves(
        &self,
        person: Option<&CredentialRecord>,
        duty: Option<&DutyRecord>,
        now: UnixMillis,
    ) -> Result<(), TxRefused> {
        let person = person.filter(|person| person.body.member_index == self.member && person.in_force(now));
        let person = person.ok_or(TxRefused::Credential)?;
        let on = |duty: &&DutyRecord| {
            duty.body.credential_pk == person.body.credential_pk
                && duty.body.group == *self
                && duty.in_force(now)
        };
        if duty.filter(on).is_some() { Ok(()) } else { Err(TxRefused::OffDuty) }
    }

    /// As text, to stand where a clinician's code does.
    ///
    /// # Errors
    /// None for a group that [`DutyGroup::new`] made.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Group, &Record::encode(self))
    }

    /// Reads such a text. Whether the member has such a group only its desk says.
    ///
    /// # Errors
    /// [`AttestationError::Text`] or [`AttestationError::Codec`].
    pub fn from_text(text: &str) -> Result<Self, AttestationError> {
        Ok(Self::decode(&from_text(Kind::Group, text)?)?)
    }

    pub(crate) fn write_fields(&self, out: &mut Writer) {
        out.u16(self.member);
        out.lp(&self.role);
    }

    pub(crate) fn read_fields(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let member = input.u16()?;
        Self::new(member, &input.text(MAX_ROLE_OCTETS)?)
    }
}

impl Record for DutyGroup {
    const MAX: usize = 2 + 2 + 4 + MAX_ROLE_OCTETS;

    fn kind(&self) -> u8 {
        0x44
    }

    fn write(&self, out: &mut Writer) {
        self.write_fields(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x44 => Self::read_fields(input),
            other => Err(CodecError::Kind(other)),
        }
    }
}

/// How a receipt names a person: the attested key, and zero where a reader's code has a key to seal to. What is released is
/// sealed to the receipt's one-time key.
pub fn person_key(credential_pk: VerifyingKey) -> ReaderKey {
    ReaderKey::new(credential_pk, KemPublicKey([0; 32]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_limits_and_read_as_what_they_are() {
        let long = "x".repeat(MAX_ROLE + 1);
        for bad in ["", " ", "a\nb", "night \u{202e}shift", " padded", long.as_str()] {
            assert_eq!(DutyGroup::new(1, bad), Err(CodecError::Value("duty group")), "{bad:?}");
        }
        assert!(DutyGroup::new(0, "Night").is_err());
        let widest = DutyGroup::new(u16::MAX, &"\u{1f600}".repeat(MAX_ROLE)).unwrap();
        let mut out = Writer::new();
        widest.write_fields(&mut out);
        let octets = out.finish();
        assert_eq!(octets.len(), 2 + 4 + MAX_ROLE_OCTETS);
        assert_eq!(DutyGroup::read_fields(&mut Reader::new(&octets)), Ok(widest.clone()));
        // No chain has such a member, so nothing can be given to its staff.
        assert_eq!((widest.contract(), widest.contract_hash()), (None, None));
    }

    #[test]
    fn a_group_reads_back_from_its_text() {
        let group = DutyGroup::new(3, "Emergency department").unwrap();
        let text = group.to_text().unwrap();
        assert!(text.starts_with("SG1-"), "{text}");
        assert_eq!(DutyGroup::from_text(&text), Ok(group));
        let widest = DutyGroup::new(u16::MAX, &"\u{1f600}".repeat(MAX_ROLE)).unwrap();
        assert_eq!(DutyGroup::from_text(&widest.to_text().unwrap()), Ok(widest));
        assert!(DutyGroup::from_text("SG1-00000").is_err() && DutyGroup::from_text("").is_err());
    }

    #[test]
    fn every_group_has_a_tag_of_its_own() {
        let group = |member, role| DutyGroup::new(member, role).unwrap();
        let night = group(2, "Night");
        assert_eq!(night.tag(), group(2, "Night").tag());
        assert_ne!(night.tag(), group(1, "Night").tag());
        assert_ne!(night.tag(), group(2, "night").tag());
        assert_ne!(night.tag(), person_key(VerifyingKey(night.tag().0)).leaf());
    }

    #[test]
    fn the_stand_in_of_a_group_is_sealed_to_its_member() {
        let (genesis, _, _) = crate::fixture::genesis(4);
        let group = DutyGroup::new(3, "Night").unwrap();
        let reader = group.reader(&genesis).unwrap();
        assert_eq!((reader.signing().0, reader.kem()), (group.tag().0, genesis.members[2].keeper_kem_pk));
        assert_eq!(DutyGroup::new(5, "Night").unwrap().reader(&genesis), None);
    }
}
