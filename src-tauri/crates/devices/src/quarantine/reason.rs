//! Why something was set aside, and how often.

use core::fmt;

use crate::gatt::number::Special;

/// Why a packet was set aside: what can be told from packets alone. The application shows each under the same name, among reasons of its
/// own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The bytes do not follow the characteristic's layout.
    Malformed,
    /// A copy of a reading that was taken before.
    Replayed,
    /// Well formed, but no living body gives this value.
    Impossible,
    /// More packets than the characteristic can honestly produce.
    TooFrequent,
    /// The device says itself that it has no value.
    NoValue,
    /// The device says that it is above what it can measure (+INF): no number, and not nothing either.
    AboveRange,
    /// The device says that it is below what it can measure (-INF).
    BelowRange,
    /// The device has a value and cannot give it at this resolution (NRes).
    Unresolved,
    /// A code that is reserved stands where the value would be.
    Reserved,
    /// Well measured, but not on the person: a demonstration, a test, a control solution.
    NotThePatient,
    /// Well formed, but nothing that this model has a quantity or a unit for.
    Unsupported,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 11] = [
        Reason::Malformed,
        Reason::Replayed,
        Reason::Impossible,
        Reason::TooFrequent,
        Reason::NoValue,
        Reason::AboveRange,
        Reason::BelowRange,
        Reason::Unresolved,
        Reason::Reserved,
        Reason::NotThePatient,
        Reason::Unsupported,
    ];

    /// True when the device gave a reason instead of a value.
    #[must_use]
    pub const fn is_no_value(self) -> bool {
        matches!(
            self,
            Reason::NoValue | Reason::AboveRange | Reason::BelowRange | Reason::Unresolved | Reason::Reserved
        )
    }

    /// Stable name for logs and pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::Malformed => "malformed",
            Reason::Replayed => "replayed",
            Reason::Impossible => "impossible",
            Reason::TooFrequent => "too_frequent",
            Reason::NoValue => "no_value",
            Reason::AboveRange => "above_range",
            Reason::BelowRange => "below_range",
            Reason::Unresolved => "unresolved",
            Reason::Reserved => "reserved",
            Reason::NotThePatient => "not_the_patient",
            Reason::Unsupported => "unsupported",
        }
    }
}

/// Each special value keeps its own reason.
impl From<Special> for Reason {
    fn from(special: Special) -> Self {
        match special {
            Special::NotANumber => Reason::NoValue,
            Special::PositiveInfinity => Reason::AboveRange,
            Special::NegativeInfinity => Reason::BelowRange,
            Special::NotAtThisResolution => Reason::Unresolved,
            Special::Reserved => Reason::Reserved,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Packets set aside, by reason; saturating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([u32; Reason::ALL.len()]);

impl Counts {
    /// Packets set aside for one reason.
    #[must_use]
    pub const fn of(self, reason: Reason) -> u32 {
        self.0[reason as usize]
    }

    /// All reasons together.
    #[must_use]
    pub fn total(self) -> u32 {
        self.0.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    pub(super) const fn add(&mut self, reason: Reason) {
        let n = &mut self.0[reason as usize];
        *n = n.saturating_add(1);
    }
}
