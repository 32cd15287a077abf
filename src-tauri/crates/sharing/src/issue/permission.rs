//! What the patient keeps of a permission: enough to go on after a crash, to retry what is missing, and to stop it.
//!
//! It never holds x_g or c_g: shares and capsule are sealed before the first of them is stored. The sealed shares are
//! dropped as their keepers acknowledge them.
//!
//! ```text
//! permission = 02 || 47 || common || lp(contract)      the contract as long as it is to be recorded first, empty otherwise
//! ```
//!
//! Version 01 is common alone: still read, as one without a contract to be recorded, and never written.

mod earlier;

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::contract::{MAX_CONTRACT, contract_hash};
use salus_chain::genesis::MAX_MEMBERS;
use salus_chain::ids::{GrantId, Hash32, ReaderKey};
use salus_chain::tx::{GrantTerms, GrantTx, MAX_TX_BYTES, Tx};
use salus_keeper::Scope;
use salus_keeper::message::MAX_MESSAGE_BYTES;
use salus_light::Inclusion;
use salus_wire::Category;

use self::earlier::First;
use crate::capsule::MAX_CAPSULE;
use crate::members::Members;

const KIND: u8 = 0x47;
const MAX_POINTER: usize = 1024;

/// How far a permission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Not recorded yet.
    Pending,
    /// Proven to be recorded.
    Recorded(Inclusion),
    /// Proven to be stopped by the patient.
    Stopped {
        /// When it was given.
        given: Inclusion,
        /// When it was stopped.
        stopped: Inclusion,
    },
}

/// A permission as its patient keeps it. Encodes; it holds no key, but whom it is for, so seal it at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    pub(crate) tx: Box<GrantTx>,
    pub(crate) signed: bool,
    pub(crate) reader: ReaderKey,
    pub(crate) scope: Scope,
    pub(crate) categories: Vec<Category>,
    /// Encoded requests to keepers that did not acknowledge yet.
    pub(crate) deals: Vec<(u16, Vec<u8>)>,
    pub(crate) holding: Members,
    /// Empty when every depot has it.
    pub(crate) capsule: Vec<u8>,
    pub(crate) capsule_at: Members,
    /// Empty when everybody has it who is to have it.
    pub(crate) pointer: Vec<u8>,
    pub(crate) pointer_at: Members,
    /// The contract that has to be recorded first; empty when there is none, or it is recorded.
    pub(crate) contract: String,
    pub(crate) progress: Progress,
}

impl Permission {
    /// Reads a permission as this version keeps it, or the one before it.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn parse(octets: &[u8]) -> Result<Self, CodecError> {
        match octets.first() {
            Some(&First::VERSION) => First::decode(octets).map(|First(permission)| permission),
            _ => Self::decode(octets),
        }
    }

    /// Lets the keys under a root stop it too: before it is brought to the members, because they record the root with it.
    pub fn let_stop(&mut self, revoker_root: Hash32) {
        if !self.signed {
            self.tx.body.terms.revoker_root = revoker_root;
        }
    }

    /// True once its transaction is signed: whoever has it can bring it to the members, as long as they take it.
    #[must_use]
    pub const fn is_signed(&self) -> bool {
        self.signed
    }

    /// Names it.
    #[must_use]
    pub const fn id(&self) -> GrantId {
        self.tx.body.terms.grant_id
    }

    /// What it permits, as the chain carries it.
    #[must_use]
    pub const fn terms(&self) -> &GrantTerms {
        &self.tx.body.terms
    }

    /// The epochs it covers.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// What it covers.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Whom it is for.
    #[must_use]
    pub const fn reader(&self) -> &ReaderKey {
        &self.reader
    }

    /// The members that hold their part.
    #[must_use]
    pub const fn holding(&self) -> Members {
        self.holding
    }

    /// How far it is.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// True while something can still be retried: a keeper without its share, a depot without the capsule or the note.
    #[must_use]
    pub fn unsettled(&self) -> bool {
        let ended = matches!(self.progress, Progress::Stopped { .. });
        let unsent = !self.pointer.is_empty() || !self.deals.is_empty() || !self.capsule.is_empty();
        !ended && (self.progress == Progress::Pending || unsent)
    }

    /// Forgets sealed shares, capsule, pointer and contract: after the end nothing of them is needed.
    pub fn shed(&mut self) {
        self.contract.clear();
        self.deals.clear();
        self.capsule.clear();
        self.pointer.clear();
    }
}

fn write_inclusion(out: &mut Writer, inclusion: &Inclusion) {
    out.u64(inclusion.height);
    out.instant(inclusion.time_ms);
    out.u32(inclusion.position);
}

fn read_inclusion(input: &mut Reader<'_>) -> Result<Inclusion, CodecError> {
    Ok(Inclusion { height: input.u64()?, time_ms: input.instant()?, position: input.u32()? })
}

impl Permission {
    fn write_common(&self, out: &mut Writer) {
        out.lp(Tx::Grant(self.tx.clone()).encode());
        out.u8(u8::from(self.signed));
        out.fixed(self.reader);
        out.u32(self.scope.first_epoch);
        out.u32(self.scope.last_epoch);
        out.list(&self.categories, |out, category| out.u8(category.code()));
        out.list(&self.deals, |out, (keeper, message)| {
            out.u16(*keeper);
            out.lp(message);
        });
        out.u32(self.holding.bits());
        out.lp(&self.capsule);
        out.u32(self.capsule_at.bits());
        out.lp(&self.pointer);
        out.u32(self.pointer_at.bits());
        match &self.progress {
            Progress::Pending => out.u8(0),
            Progress::Recorded(given) => {
                out.u8(1);
                write_inclusion(out, given);
            }
            Progress::Stopped { given, stopped } => {
                out.u8(2);
                write_inclusion(out, given);
                write_inclusion(out, stopped);
            }
        }
    }

    fn read_common(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let Tx::Grant(tx) = Tx::decode(input.lp(MAX_TX_BYTES)?)? else {
            return Err(CodecError::Value("grant"));
        };
        let signed = match input.u8()? {
            0 => false,
            1 => true,
            _ => return Err(CodecError::Value("signed")),
        };
        Ok(Self {
            tx,
            signed,
            reader: input.reader_key()?,
            scope: Scope::new(input.u32()?, input.u32()?).map_err(|_| CodecError::Value("scope"))?,
            categories: input.list(Category::ALL.len(), |input| {
                Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))
            })?,
            deals: input
                .list(MAX_MEMBERS, |input| Ok((input.u16()?, input.lp(MAX_MESSAGE_BYTES)?.to_vec())))?,
            holding: Members::from_bits(input.u32()?),
            capsule: input.lp(MAX_CAPSULE)?.to_vec(),
            capsule_at: Members::from_bits(input.u32()?),
            pointer: input.lp(MAX_POINTER)?.to_vec(),
            pointer_at: Members::from_bits(input.u32()?),
            contract: String::new(),
            progress: match input.u8()? {
                0 => Progress::Pending,
                1 => Progress::Recorded(read_inclusion(input)?),
                2 => Progress::Stopped { given: read_inclusion(input)?, stopped: read_inclusion(input)? },
                _ => return Err(CodecError::Value("progress")),
            },
        })
    }
}

impl Record for Permission {
    const MAX: usize = First::MAX + 4 + MAX_CONTRACT;
    const VERSION: u8 = 2;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.write_common(out);
        out.lp(&self.contract);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let common = Self::read_common(kind, input)?;
        let contract = input.text(MAX_CONTRACT)?;
        if !contract.is_empty() && contract_hash(&contract) != common.terms().contract_hash {
            return Err(CodecError::Value("contract"));
        }
        Ok(Self { contract, ..common })
    }
}
