//! Sealed summaries: the minutes, the hours and the day of one UTC day of a series, under keys of their own.
//!
//! ```text
//! block  = 01 || 59 || level u8 || day u32 || sources 16 || n u8 || n * quantity
//! quantity = code u8 || rows u16 || columns: interval, count, first - start, last - first, lowest (mantissa, exponent),
//!            highest (mantissa, exponent), sum (mantissa, exponent), coarsest exponent, seconds, minutes
//! sealed = seal_padded(key, "salus/summary/v1" || series 16 || generation u32 || level u8 || day u32, block)
//! key    = HMAC-SHA256(leaf `day` of the level's tree, "salus/summary/v1")
//! ```
//!
//! Each level has a tree of its own, made at random ([`crate::tree`], leaves numbered by the days since 1970): a node of the
//! days opens neither hours nor minutes, and nothing of the three opens a reading. An interval is one of UTC.
//!
//! `sources` says what the rows were computed from, so that rows which a newer sealing left behind show. An exponent of 128
//! stands for a sum that has no exact form.

mod column;
pub mod given;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use salus_wire::measure::Sum;
use salus_wire::{Decimal, Level, Quantity, SeriesId, Summary, UnixMillis};
use zeroize::Zeroizing;

use crate::seal::{self, SealError};
use crate::segment::SegmentError;
use crate::{Key, Node, SharedError};
use column::{read, write};

const VERSION: u8 = 1;
const TYPE: u8 = 0x59;
const LABEL: &[u8] = b"salus/summary/v1";
/// Exponents are octets; one more stands for "no exact sum".
const NO_SUM: i64 = 128;

/// Most quantities of a block; no category draws more than two.
const MAX_QUANTITIES: usize = 8;
/// Most plain octets that are decoded: two quantities of 1440 minutes are some 20 KB.
pub const MAX_PLAIN: usize = 1 << 18;

/// What a block was computed from: half a SHA-256 of the day's sealed epochs and their versions.
pub type Sources = [u8; 16];

/// A day's number: days since 1970 in UTC, below 2^16 until 2149.
#[must_use]
pub fn day_of(at: UnixMillis) -> Option<u32> {
    u32::try_from(at.div_euclid(Level::Day.millis())).ok().filter(|day| *day < 1 << crate::tree::DEPTH)
}

/// The first millisecond of a day.
#[must_use]
pub const fn day_start(day: u32) -> UnixMillis {
    day as i64 * Level::Day.millis()
}

/// One level of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its level.
    pub level: Level,
    /// Its day.
    pub day: u32,
    /// What it was computed from.
    pub sources: Sources,
    /// In order of time, and of quantities within an interval.
    pub rows: Vec<Summary>,
}

/// Whose summaries they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The series.
    pub series: SeriesId,
    /// The generation of its keys.
    pub generation: u32,
    /// The level.
    pub level: Level,
    /// The day.
    pub day: u32,
}

impl Place {
    fn context(&self) -> Vec<u8> {
        let Self { series, generation, level, day } = self;
        let level = [level.code()];
        [LABEL, series.as_bytes(), &generation.to_be_bytes(), &level, &day.to_be_bytes()].concat()
    }
}

/// The key of a day's block, from a node of the level's tree; `None` when the day does not lie under the node.
fn key(node: &Node, day: u32) -> Option<Key> {
    node.descend(0, day).map(|leaf| leaf.key().mac_key(&[LABEL]))
}

/// Seals a block; `None` when the day does not lie under the node, or above the limits.
pub(crate) fn seal(
    node: &Node,
    place: &Place,
    block: &Block,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Option<Vec<u8>> {
    let plain = encode(block)?;
    Some(seal::seal_padded(&key(node, place.day)?, &place.context(), &plain, rng))
}

/// Opens a sealed block with a node of the level's tree.
///
/// # Errors
/// [`SharedError::Seal`] when the node does not reach the day, or the octets are not of this place; [`SharedError::Segment`]
/// when the block does not decode.
pub fn open(node: &Node, place: &Place, sealed: &[u8]) -> Result<Block, SharedError> {
    let key = key(node, place.day).ok_or(SealError::WrongKey)?;
    let plain = seal::open_padded(&key, &place.context(), sealed)?;
    let block = decode(&plain)?;
    let here = block.level == place.level && block.day == place.day;
    if here { Ok(block) } else { Err(SharedError::OtherEpoch) }
}

/// Encodes; `None` above the limits, or for rows that are not of the day.
#[must_use]
pub fn encode(block: &Block) -> Option<Zeroizing<Vec<u8>>> {
    let quantities: BTreeSet<Quantity> = block.rows.iter().map(|r| r.quantity).collect();
    if quantities.len() > MAX_QUANTITIES {
        return None;
    }
    let mut out = Zeroizing::new(vec![VERSION, TYPE, block.level.code()]);
    out.extend_from_slice(&block.day.to_be_bytes());
    out.extend_from_slice(&block.sources);
    out.push(u8::try_from(quantities.len()).ok()?);
    for quantity in quantities {
        let rows: Vec<&Summary> = block.rows.iter().filter(|r| r.quantity == quantity).collect();
        out.push(quantity.code());
        out.extend_from_slice(&u16::try_from(rows.len()).ok()?.to_be_bytes());
        for column in columns(block, &rows)? {
            write(&mut out, &column)?;
        }
    }
    (out.len() <= MAX_PLAIN).then_some(out)
}

/// The thirteen columns of one quantity.
fn columns(block: &Block, rows: &[&Summary]) -> Option<[Vec<i64>; 13]> {
    let mut columns: [Vec<i64>; 13] = Default::default();
    for row in rows {
        let sum = row.sum.and_then(|s| Some((i64::try_from(s.mantissa).ok()?, i64::from(s.exponent))));
        let (sum, sum_exponent) = sum.unwrap_or((0, NO_SUM));
        let fields = [
            (row.start - day_start(block.day)).div_euclid(block.level.millis()),
            i64::try_from(row.count).ok()?,
            row.first - row.start,
            row.last - row.first,
            row.min.mantissa,
            row.min.exponent.into(),
            row.max.mantissa,
            row.max.exponent.into(),
            sum,
            sum_exponent,
            row.coarsest.into(),
            row.seconds.into(),
            row.minutes.into(),
        ];
        columns.iter_mut().zip(fields).for_each(|(column, field)| column.push(field));
    }
    Some(columns)
}

/// Decodes a block.
///
/// # Errors
/// [`SegmentError`]; memory is bounded by the rows of a day whatever the octets say.
pub fn decode(bytes: &[u8]) -> Result<Block, SegmentError> {
    if bytes.len() > MAX_PLAIN {
        return Err(SegmentError::TooLarge);
    }
    parse(bytes).ok_or(SegmentError::Malformed)
}

fn parse(mut at: &[u8]) -> Option<Block> {
    let [version, kind, level] = take(&mut at)?;
    let level = Level::ALL.into_iter().find(|l| l.code() == level)?;
    let day = u32::from_be_bytes(take(&mut at)?);
    let sources = take(&mut at)?;
    let [quantities] = take(&mut at)?;
    if (version, kind) != (VERSION, TYPE) || usize::from(quantities) > MAX_QUANTITIES || day >= 1 << 20 {
        return None;
    }
    let mut rows = Vec::new();
    for _ in 0..quantities {
        let [code] = take(&mut at)?;
        let quantity = Quantity::from_code(code)?;
        let count = usize::from(u16::from_be_bytes(take(&mut at)?));
        let most = Level::Day.millis() / level.millis();
        if count == 0 || i64::try_from(count).ok()? > most {
            return None;
        }
        let mut columns: [Vec<i64>; 13] = Default::default();
        for column in &mut columns {
            *column = read(&mut at, count)?;
        }
        if rows.last().is_some_and(|r: &Summary| r.quantity >= quantity) {
            return None;
        }
        let mut before = -1;
        for i in 0..count {
            let interval = columns[0][i];
            if interval <= before || interval >= most {
                return None;
            }
            before = interval;
            let start = day_start(day) + interval * level.millis();
            rows.push(row(quantity, level, start, &columns.each_ref().map(|c| c[i]))?);
        }
    }
    if !at.is_empty() {
        return None;
    }
    rows.sort_by_key(|r: &Summary| (r.start, r.quantity));
    Some(Block { level, day, sources, rows })
}

fn row(quantity: Quantity, level: Level, start: UnixMillis, fields: &[i64; 13]) -> Option<Summary> {
    let [
        _,
        count,
        first,
        last,
        min,
        min_exponent,
        max,
        max_exponent,
        sum,
        sum_exponent,
        coarsest,
        seconds,
        minutes,
    ] = *fields;
    let decimal = |mantissa, exponent| Some(Decimal { mantissa, exponent: i8::try_from(exponent).ok()? });
    let sum = match sum_exponent {
        NO_SUM if sum == 0 => None,
        exponent => Some(Sum { mantissa: sum.into(), exponent: i8::try_from(exponent).ok()? }),
    };
    let within = |n: i64, unit: i64| (1..=level.millis() / unit).contains(&n);
    let last = first.checked_add(last)?;
    let in_time = 0 <= first && first <= last && last < level.millis();
    if count < 1 || !in_time || !within(seconds, 1000) || !within(minutes, 60_000) {
        return None;
    }
    Some(Summary {
        quantity,
        start,
        count: u64::try_from(count).ok()?,
        min: decimal(min, min_exponent)?,
        max: decimal(max, max_exponent)?,
        sum,
        coarsest: i8::try_from(coarsest).ok()?,
        first: start + first,
        last: start + last,
        seconds: u32::try_from(seconds).ok()?,
        minutes: u32::try_from(minutes).ok()?,
    })
}

fn take<const N: usize>(at: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = at.split_first_chunk::<N>()?;
    *at = rest;
    Some(*head)
}
