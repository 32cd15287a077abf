//! What a record itself permitted and was stopped when it was handed over: for whom, so that its person, who came of age, gives it
//! anew or not.
//!
//! ```text
//! before = grant_id 32 || whom u8: 1 a clinician, 2 staff on duty, 3 an emergency card || lp(name), empty for a card
//!          || lp(organisation), empty for none || categories: code u8 each, ascending || ends i64
//! ```
//!
//! Whom it was for, what it covered and its end are the word of whoever handed over. Nothing in it opens anything.

use std::collections::BTreeSet;

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::GrantId;
use salus_wire::view::BeforeWhom;
use salus_wire::{Category, UnixMillis};

use super::stops::fit;
use super::word::{read_categories, write_categories};

// A character takes at most four octets in UTF-8.
const MAX_NAME_OCTETS: usize = 4 * MAX_NAME;
/// Permissions that are told of at most: those that would have ended last.
pub const MAX_BEFORE: usize = 32;

/// One permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Which.
    pub grant: GrantId,
    /// What kind of reader.
    pub whom: BeforeWhom,
    /// Who, as [`check_name`] allows; empty for a card.
    pub name: String,
    /// Of which organisation; empty for none.
    pub organisation: String,
    /// What it covered.
    pub categories: BTreeSet<Category>,
    /// It would have gone on until here, in milliseconds since 1970.
    pub ends: UnixMillis,
}

impl Before {
    /// Octets at most.
    pub(super) const MAX: usize = 32 + 1 + 2 * (4 + MAX_NAME_OCTETS) + (2 + Category::ALL.len()) + 8;

    /// One for this reader, whose names are cut to what may travel.
    #[must_use]
    pub fn new(
        grant: GrantId,
        whom: BeforeWhom,
        (name, organisation): (&str, &str),
        categories: BTreeSet<Category>,
        ends: UnixMillis,
    ) -> Self {
        let card = whom == BeforeWhom::Card;
        let name = if card { String::new() } else { fit(name) };
        let organisation = if card || organisation.is_empty() { String::new() } else { fit(organisation) };
        Self { grant, whom, name, organisation, categories, ends }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.u8(match self.whom {
            BeforeWhom::Clinician => 1,
            BeforeWhom::OnDuty => 2,
            BeforeWhom::Card => 3,
        });
        out.lp(&self.name);
        out.lp(&self.organisation);
        write_categories(out, &self.categories);
        out.instant(self.ends);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let grant = input.grant_id()?;
        let whom = match input.u8()? {
            1 => BeforeWhom::Clinician,
            2 => BeforeWhom::OnDuty,
            3 => BeforeWhom::Card,
            _ => return Err(CodecError::Value("whom")),
        };
        let (name, organisation) = (input.text(MAX_NAME_OCTETS)?, input.text(MAX_NAME_OCTETS)?);
        if whom == BeforeWhom::Card {
            if !name.is_empty() || !organisation.is_empty() {
                return Err(CodecError::Value("name"));
            }
        } else {
            check_name(&name)?;
        }
        if !organisation.is_empty() {
            check_name(&organisation)?;
        }
        Ok(Self {
            grant,
            whom,
            name,
            organisation,
            categories: read_categories(input)?,
            ends: input.instant()?,
        })
    }
}
