//! The control point ...C81.
//!
//! ```text
//! written    01 kind            which settings are possible
//!            02 kind settings   start: for each kind of setting u8, count u8 (1), value
//!            03 kind            stop
//! indicated  F0 op kind error u8, then more u8 (not 0: another answer follows) and settings, both may be missing
//!            01 kind...         the device stopped these by itself
//! read       0F kinds u8        bit n for the kind n; what follows is for kinds that are not defined here
//! settings   kind u8, count u8, values: 0 sample rate u16 Hz, 1 resolution u16 bits, 2 range u16, 3 range u32 in
//!            thousandths, 4 channels u8, 5 factor u32 (IEEE 754 bits)
//! ```

use super::super::{Malformed, Octets};
use super::{ECG_HERTZ, Kind};

/// Asks which settings a kind can have.
#[must_use]
pub const fn settings_request(kind: Kind) -> [u8; 2] {
    [0x01, kind.code()]
}

/// Starts ECG at 130 Hz and 14 bits, the only setting there is.
#[must_use]
pub const fn start_ecg() -> [u8; 10] {
    let [low, high, ..] = ECG_HERTZ.to_le_bytes();
    [0x02, Kind::Ecg.code(), 0x00, 0x01, low, high, 0x01, 0x01, 14, 0]
}

/// Starts ACC at a rate in Hz and a range in G, both from the device's settings, with 16 bits.
#[must_use]
pub const fn start_acc(hertz: u16, range: u16) -> [u8; 14] {
    let ([h0, h1], [r0, r1]) = (hertz.to_le_bytes(), range.to_le_bytes());
    [0x02, Kind::Acc.code(), 0x00, 0x01, h0, h1, 0x01, 0x01, 16, 0, 0x02, 0x01, r0, r1]
}

/// Starts PPI, which has no settings.
#[must_use]
pub const fn start_ppi() -> [u8; 2] {
    [0x02, Kind::Ppi.code()]
}

/// Stops a kind.
#[must_use]
pub const fn stop(kind: Kind) -> [u8; 2] {
    [0x03, kind.code()]
}

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The request is not known.
    Op,
    /// The kind is not known.
    Kind,
    /// The device cannot do it.
    NotSupported,
    /// The request is too short or too long.
    Length,
    /// A parameter is wrong.
    Parameter,
    /// It was started or stopped before.
    AlreadyInState,
    /// The resolution is wrong.
    Resolution,
    /// The sample rate is wrong.
    SampleRate,
    /// The range is wrong.
    Range,
    /// The link carries too little at once.
    Mtu,
    /// The number of channels is wrong.
    Channels,
    /// Not in this state.
    State,
    /// The device is being charged.
    Charging,
    /// A code that is not known.
    Other(u8),
}

impl Error {
    const fn of(code: u8) -> Self {
        match code {
            1 => Self::Op,
            2 => Self::Kind,
            3 => Self::NotSupported,
            4 => Self::Length,
            5 => Self::Parameter,
            6 => Self::AlreadyInState,
            7 => Self::Resolution,
            8 => Self::SampleRate,
            9 => Self::Range,
            10 => Self::Mtu,
            11 => Self::Channels,
            12 => Self::State,
            13 => Self::Charging,
            other => Self::Other(other),
        }
    }
}

/// An answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The request.
    pub op: u8,
    /// Its kind, as an octet: devices know more kinds than [`Kind`].
    pub kind: u8,
    /// The parameters, not yet read, or why it was refused.
    pub outcome: Result<&'a [u8], Error>,
    /// Another answer follows with the rest of the parameters.
    pub more: bool,
}

/// Which kinds a sensor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features {
    /// Electrocardiogram.
    pub ecg: bool,
    /// Acceleration.
    pub acc: bool,
    /// Intervals between pulse waves.
    pub ppi: bool,
}

/// Decodes what a read of C81 gives.
///
/// # Errors
/// A missing octet, or something else.
pub fn features(bytes: &[u8]) -> Result<Features, Malformed> {
    match message(bytes)? {
        Message::Features(features) => Ok(features),
        Message::Answer(_) | Message::Stopped(_) => Err(Malformed::Undefined),
    }
}

/// What the control point indicates, and what it is read as: some platforms deliver both in one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// An answer.
    Answer(Answer<'a>),
    /// The device stopped these kinds by itself.
    Stopped(&'a [u8]),
    /// Which kinds there are.
    Features(Features),
}

/// Decodes a value of C81.
///
/// # Errors
/// A missing octet, or neither an answer nor a stop nor the kinds.
pub fn message(bytes: &[u8]) -> Result<Message<'_>, Malformed> {
    let mut octets = Octets::new(bytes);
    match octets.u8()? {
        0xF0 => {
            let [op, kind, error] = octets.take()?;
            let more = !octets.is_empty() && octets.u8()? != 0;
            let parameters = octets.slice(octets.len())?;
            let outcome = if error == 0 { Ok(parameters) } else { Err(Error::of(error)) };
            Ok(Message::Answer(Answer { op, kind, outcome, more }))
        }
        0x01 if !octets.is_empty() => Ok(Message::Stopped(octets.slice(octets.len())?)),
        0x01 => Err(Malformed::Truncated),
        0x0F => {
            let kinds = octets.u8()?;
            let has = |kind: Kind| kinds >> kind.code() & 1 != 0;
            let (ecg, acc, ppi) = (has(Kind::Ecg), has(Kind::Acc), has(Kind::Ppi));
            Ok(Message::Features(Features { ecg, acc, ppi }))
        }
        _ => Err(Malformed::Undefined),
    }
}

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// Samples a second.
    SampleRate,
    /// Bits of a sample.
    Resolution,
    /// Largest value.
    Range,
    /// Largest value in thousandths.
    RangeMilli,
    /// Channels.
    Channels,
    /// What samples are multiplied by, IEEE 754 bits.
    Factor,
}

impl SettingKind {
    /// The kind of a code, and the octets of its values.
    const fn of(code: u8) -> Option<(Self, usize)> {
        Some(match code {
            0 => (Self::SampleRate, 2),
            1 => (Self::Resolution, 2),
            2 => (Self::Range, 2),
            3 => (Self::RangeMilli, 4),
            4 => (Self::Channels, 1),
            5 => (Self::Factor, 4),
            _ => return None,
        })
    }
}

/// One setting and the values that it can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<'a> {
    /// What is set.
    pub kind: SettingKind,
    width: usize,
    octets: &'a [u8],
}

impl<'a> Setting<'a> {
    /// The values in order; at most 255.
    pub fn values(&self) -> impl Iterator<Item = u32> + use<'a> {
        self.octets.chunks_exact(self.width).map(|value| {
            let mut wide = [0; 4];
            wide[..value.len()].copy_from_slice(value);
            u32::from_le_bytes(wide)
        })
    }
}

/// The settings of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings<'a>(&'a [u8]);

impl<'a> Settings<'a> {
    /// The settings in order.
    pub fn iter(&self) -> impl Iterator<Item = Setting<'a>> + use<'a> {
        let mut octets = Octets::new(self.0);
        core::iter::from_fn(move || setting(&mut octets).ok())
    }
}

/// Decodes the parameters of an answer, all its parts joined.
///
/// # Errors
/// A missing octet, or a setting that is not known.
pub fn settings(parameters: &[u8]) -> Result<Settings<'_>, Malformed> {
    let mut octets = Octets::new(parameters);
    while !octets.is_empty() {
        setting(&mut octets)?;
    }
    Ok(Settings(parameters))
}

fn setting<'a>(octets: &mut Octets<'a>) -> Result<Setting<'a>, Malformed> {
    let [code, count] = octets.take()?;
    let (kind, width) = SettingKind::of(code).ok_or(Malformed::Undefined)?;
    Ok(Setting { kind, width, octets: octets.slice(width * usize::from(count))? })
}

#[cfg(test)]
mod tests;
