//! What one laptop tells another: what it sealed, what it gave, what it asks for, and what the other may do.
//!
//! ```text
//! news    = 01 || 75 || changed: category u8, epoch u32, readings u32 each || left u32
//!           || heard u64 || wanted u8 || told: lp each || hands: first u32, key 32 each || blanks || stops
//!           || series: category u8, lp(keys) each || writers: id 16, key 32 each || laptops: lp each || withdrawal: lp
//!         | 01 || 76 || the same || circle: lp || vetoes
//! ```
//!
//! Nothing of it takes anything away but by its number: of told permissions, laptops and keys the newest counts, and what is
//! sealed is only ever added. What is told of permissions, laptops and the circle are the application's own texts; the members say
//! whether a permission is one, and what waits in a circle.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::VerifyingKey;
use salus_chain::tx::MAX_TX_BYTES;
use salus_vault::{Epoch, Writer as Computer};
use salus_wire::Category;
use zeroize::Zeroizing;

use super::handover::{MAX_WRITERS, read_series, write_series};
use super::mandate::{Blank, StopMandate};
use super::veto::Veto;
use super::{MAX_LAPTOPS, read_computer, write_computer};

/// Epochs that one letter tells of at most: their blobs are in the depots, each found by its epoch's locator.
pub const MAX_CHANGED: usize = 1024;
/// Permissions that one letter tells of, keys that it brings, and mandates, at most.
pub const MAX_TOLD: usize = 256;
/// Octets of one text at most.
const MAX_TEXT: usize = 32 * 1024;

/// An epoch whose sealed octets lie in the depots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Of which series.
    pub category: Category,
    /// Which epoch.
    pub epoch: Epoch,
    /// How many readings it held when it was sealed.
    pub readings: u32,
}

/// What one laptop tells another.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct News {
    /// What was sealed, at most [`MAX_CHANGED`].
    pub changed: Vec<Changed>,
    /// How many more epochs are still to come.
    pub left: u32,
    /// The number of the last letter that was read from the other.
    pub heard: u64,
    /// How many mandates to give a permission the laptop that tells would like to have.
    pub wanted: u8,
    /// Permissions, as the application writes them.
    pub told: Vec<Vec<u8>>,
    /// The number of the first of `hands`, by the count of the laptop that tells.
    pub first_hand: u32,
    /// Fresh keys of the laptop that tells, for mandates.
    pub hands: Vec<VerifyingKey>,
    /// Lets the other give permissions.
    pub blanks: Vec<Blank>,
    /// Lets the other stop permissions.
    pub stops: Vec<StopMandate>,
    /// New keys of series; empty when they are as before.
    pub series: Vec<(Category, Zeroizing<Vec<u8>>)>,
    /// The computers whose manifests count; empty when they are as before.
    pub writers: Vec<Computer>,
    /// The person's laptops, as the application writes them; empty when they are as before.
    pub laptops: Vec<Vec<u8>>,
    /// The withdrawal of the telling laptop's enrolment as a gateway, signed in advance; empty when it is told already.
    pub withdrawal: Vec<u8>,
    /// The person's circle, as the application writes it; empty when it is as before.
    pub circle: Vec<u8>,
    /// Lets the other object to what waits in it.
    pub vetoes: Vec<Veto>,
}

impl News {
    /// True when there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl core::fmt::Debug for News {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "News({} epochs, {} left, redacted)", self.changed.len(), self.left)
    }
}

fn text(input: &mut Reader<'_>) -> Result<Vec<u8>, CodecError> {
    Ok(input.lp(MAX_TEXT)?.to_vec())
}

fn changed(input: &mut Reader<'_>) -> Result<Changed, CodecError> {
    Ok(Changed {
        category: Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))?,
        epoch: Epoch::new(input.u32()?).ok_or(CodecError::Value("epoch"))?,
        readings: input.u32()?,
    })
}

impl Record for News {
    const MAX: usize = 3 << 20;

    fn kind(&self) -> u8 {
        if self.circle.is_empty() && self.vetoes.is_empty() { 0x75 } else { 0x76 }
    }

    fn write(&self, out: &mut Writer) {
        out.list(&self.changed, |out, one| {
            out.u8(one.category.code());
            out.u32(one.epoch.number());
            out.u32(one.readings);
        });
        out.u32(self.left);
        out.u64(self.heard);
        out.u8(self.wanted);
        out.list(&self.told, |out, text| out.lp(text));
        out.u32(self.first_hand);
        out.list(&self.hands, |out, key| out.fixed(key));
        out.list(&self.blanks, |out, blank| blank.write(out));
        out.list(&self.stops, |out, stop| stop.write(out));
        write_series(out, &self.series);
        out.list(&self.writers, write_computer);
        out.list(&self.laptops, |out, text| out.lp(text));
        out.lp(&self.withdrawal);
        if self.kind() == 0x76 {
            out.lp(&self.circle);
            out.list(&self.vetoes, |out, veto| veto.write(out));
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if !matches!(kind, 0x75 | 0x76) {
            return Err(CodecError::Kind(kind));
        }
        let mut news = Self {
            changed: input.list(MAX_CHANGED, changed)?,
            left: input.u32()?,
            heard: input.u64()?,
            wanted: input.u8()?,
            told: input.list(MAX_TOLD, text)?,
            first_hand: input.u32()?,
            hands: input.list(MAX_TOLD, Reader::verifying_key)?,
            blanks: input.list(MAX_TOLD, Blank::read)?,
            stops: input.list(MAX_TOLD, StopMandate::read)?,
            series: read_series(input)?,
            writers: input.list(MAX_WRITERS, read_computer)?,
            laptops: input.list(usize::from(MAX_LAPTOPS), text)?,
            withdrawal: input.lp(MAX_TX_BYTES)?.to_vec(),
            ..Self::default()
        };
        if kind == 0x76 {
            news.circle = text(input)?;
            news.vetoes = input.list(MAX_TOLD, Veto::read)?;
        }
        Ok(news)
    }
}
