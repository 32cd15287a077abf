//! What readings of one kind have in common.

use salus_wire::{Quantity, Reading};

use super::{SegmentError, take};

/// A value's quantity and exponent: one column of mantissas each.
pub(super) type Kind = (Quantity, i8);

const HAS_DEVICE_TIME: u8 = 1;
const HAS_USER: u8 = 2;

/// Components in order, with everything about a reading that is not a number of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    pub(super) components: Vec<Kind>,
    pub(super) device_time: bool,
    pub(super) user: Option<u8>,
}

impl Shape {
    pub(super) fn of(reading: &Reading) -> Self {
        Self {
            components: reading.components.iter().map(|c| (c.quantity, c.value.exponent)).collect(),
            device_time: reading.device_time.is_some(),
            user: reading.user,
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let user = if self.user.is_some() { HAS_USER } else { 0 };
        let n = u8::try_from(self.components.len())
            .unwrap_or_else(|_| unreachable!("recording limits components to {}", Reading::MAX_COMPONENTS));
        out.extend_from_slice(&[u8::from(self.device_time) | user, self.user.unwrap_or(0), n]);
        for (quantity, exponent) in &self.components {
            out.push(quantity.code());
            out.extend_from_slice(&exponent.to_be_bytes());
        }
    }

    pub(super) fn read(at: &mut &[u8]) -> Result<Self, SegmentError> {
        let [flags, user, n] = take(at)?;
        let has_user = flags & HAS_USER != 0;
        let strict = flags & !(HAS_DEVICE_TIME | HAS_USER) == 0 && (has_user || user == 0);
        if !strict || usize::from(n) > Reading::MAX_COMPONENTS {
            return Err(SegmentError::Malformed);
        }
        let components = (0..n)
            .map(|_| {
                let [quantity, exponent] = take(at)?;
                let quantity = Quantity::from_code(quantity).ok_or(SegmentError::Malformed)?;
                Ok((quantity, i8::from_be_bytes([exponent])))
            })
            .collect::<Result<_, SegmentError>>()?;
        let device_time = flags & HAS_DEVICE_TIME != 0;
        Ok(Self { components, device_time, user: has_user.then_some(user) })
    }
}

/// The kinds of value in the shapes, in order of first use.
pub(super) fn kinds(shapes: &[Shape]) -> Vec<Kind> {
    super::dictionary(shapes.iter().flat_map(|s| s.components.iter().copied())).0
}

/// For each shape, the column of each of its components.
pub(super) fn plans(kinds: &[Kind], shapes: &[Shape]) -> Vec<Vec<usize>> {
    let column: std::collections::HashMap<_, _> = kinds.iter().enumerate().map(|(i, k)| (*k, i)).collect();
    shapes.iter().map(|s| s.components.iter().filter_map(|k| column.get(k).copied()).collect()).collect()
}

/// How many values each column holds, from how often each shape occurs.
pub(super) fn counts(plans: &[Vec<usize>], columns: usize, uses: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; columns];
    for (plan, times) in plans.iter().zip(uses) {
        plan.iter().for_each(|column| counts[*column] += times);
    }
    counts
}
