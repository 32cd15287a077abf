//! The values of observations.
//!
//! ```text
//! 01 numeric             unit u16 (MDC dimension), FLOAT
//! 02 discrete            u32 MDC code
//! 03 text                length u16, UTF-8
//! 04 sample array        unit u16, FLOAT scale, FLOAT offset, FLOAT period s, samples per period u8,
//!                        octets per sample u8, count u32, samples
//! 05 compound discrete   count u8, u32 MDC codes
//! 06 compound state      size u8, then as many octets of bits: supported, state or event, value
//! 07 compound            count u8, then each type u32, class u8 (01 to 06), value
//! 08 attributes          count u8, then each type u32, length u16, format u8, octets
//! FF bundle              count u8, observations
//! ```
//!
//! Lists are checked once when they are read; iterating over them reads them again.

use super::super::number::{self, float};
use super::super::{Malformed, Octets};
use super::{Codes, Observation, codes, observation, u32};

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeric {
    /// Term in the MDC partition of dimensions (4).
    pub unit: u16,
    /// The number.
    pub value: number::Value,
}

/// Samples at equal distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Samples<'a> {
    /// Term in the MDC partition of dimensions (4).
    pub unit: u16,
    /// value = sample * scale + offset.
    pub scale: number::Value,
    /// See scale.
    pub offset: number::Value,
    /// Distance, s.
    pub period: number::Value,
    /// Samples at each instant.
    pub per_period: u8,
    /// Octets of a sample, little-endian.
    pub width: u8,
    /// The samples.
    pub octets: &'a [u8],
}

/// Bits that are states or events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct States<'a> {
    /// Which bits the device supports.
    pub supported: &'a [u8],
    /// Which are states; the others are events.
    pub states: &'a [u8],
    /// The bits.
    pub bits: &'a [u8],
}

/// A value without others inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simple<'a> {
    /// A number.
    Numeric(Numeric),
    /// One of several states, an MDC code.
    Discrete(u32),
    /// Text.
    Text(&'a str),
    /// Samples.
    Samples(Samples<'a>),
    /// Several events, MDC codes.
    Events(Codes<'a>),
    /// Bits.
    States(States<'a>),
}

/// What was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// One value.
    Simple(Simple<'a>),
    /// Several values of one observation.
    Compound(Components<'a>),
    /// Values as attributes.
    Attributes(Attributes<'a>),
    /// Several observations.
    Bundle(Members<'a>),
}

/// One value of a compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component<'a> {
    /// MDC code.
    pub kind: u32,
    /// The value.
    pub value: Simple<'a>,
}

/// One attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// MDC code.
    pub kind: u32,
    /// Format of the octets, as in a presentation format descriptor.
    pub format: u8,
    /// The octets.
    pub octets: &'a [u8],
}

macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $item:ty, $read:expr, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name<'a>(u8, &'a [u8]);

        impl<'a> $name<'a> {
            /// The items in order; at most 255.
            pub fn iter(&self) -> impl Iterator<Item = $item> + use<'a> {
                let mut octets = Octets::new(self.1);
                (0..self.0).map_while(move |_| $read(&mut octets).ok())
            }

            fn read(octets: &mut Octets<'a>) -> Result<Self, Malformed> {
                let count = octets.u8()?;
                let mut end = *octets;
                for _ in 0..count {
                    $check(&mut end)?;
                }
                let octets = octets.slice(octets.len() - end.len())?;
                Ok(Self(count, octets))
            }
        }
    };
}

list!(
    /// The values of a compound.
    Components,
    Component<'a>,
    component,
    check_component
);
list!(
    /// Attributes.
    Attributes,
    Attribute<'a>,
    attribute,
    attribute
);
list!(
    /// The observations of a bundle.
    Members,
    Observation<'a>,
    |octets: &mut Octets<'a>| observation(octets, false),
    |octets: &mut Octets<'a>| observation(octets, false)
);

pub(super) fn attributes<'a>(octets: &mut Octets<'a>) -> Result<Attributes<'a>, Malformed> {
    Attributes::read(octets)
}

pub(super) fn members<'a>(octets: &mut Octets<'a>) -> Result<Members<'a>, Malformed> {
    Members::read(octets)
}

pub(super) fn read<'a>(class: u8, octets: &mut Octets<'a>) -> Result<Value<'a>, Malformed> {
    Ok(match class {
        0x07 => Value::Compound(Components::read(octets)?),
        0x08 => Value::Attributes(Attributes::read(octets)?),
        _ => Value::Simple(simple(class, octets)?),
    })
}

fn simple<'a>(class: u8, octets: &mut Octets<'a>) -> Result<Simple<'a>, Malformed> {
    Ok(match class {
        0x01 => Simple::Numeric(Numeric { unit: octets.u16()?, value: float(u32(octets)?) }),
        0x02 => Simple::Discrete(u32(octets)?),
        0x03 => {
            let length = usize::from(octets.u16()?);
            let text = core::str::from_utf8(octets.slice(length)?).map_err(|_| Malformed::NotText)?;
            Simple::Text(text)
        }
        0x04 => Simple::Samples(samples(octets)?),
        0x05 => Simple::Events(codes(octets)?),
        0x06 => {
            let size = usize::from(octets.u8()?);
            let (supported, states) = (octets.slice(size)?, octets.slice(size)?);
            Simple::States(States { supported, states, bits: octets.slice(size)? })
        }
        _ => return Err(Malformed::Undefined),
    })
}

fn samples<'a>(octets: &mut Octets<'a>) -> Result<Samples<'a>, Malformed> {
    let unit = octets.u16()?;
    let (scale, offset, period) = (float(u32(octets)?), float(u32(octets)?), float(u32(octets)?));
    let [per_period, width] = octets.take()?;
    let count = u64::from(u32(octets)?);
    let length = usize::try_from(count * u64::from(width)).map_err(|_| Malformed::Truncated)?;
    Ok(Samples { unit, scale, offset, period, per_period, width, octets: octets.slice(length)? })
}

fn component<'a>(octets: &mut Octets<'a>) -> Result<Component<'a>, Malformed> {
    let kind = u32(octets)?;
    let class = octets.u8()?;
    Ok(Component { kind, value: simple(class, octets)? })
}

/// As [`component`], without making what is read again anyway: numbers and codes are whatever their octets are.
fn check_component(octets: &mut Octets<'_>) -> Result<(), Malformed> {
    let [_, _, _, _, class] = octets.take()?;
    match class {
        0x01 => octets.slice(6).map(drop),
        0x02 => octets.slice(4).map(drop),
        _ => simple(class, octets).map(drop),
    }
}

fn attribute<'a>(octets: &mut Octets<'a>) -> Result<Attribute<'a>, Malformed> {
    let kind = u32(octets)?;
    let length = usize::from(octets.u16()?);
    let format = octets.u8()?;
    Ok(Attribute { kind, format, octets: octets.slice(length)? })
}
