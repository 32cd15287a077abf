//! A set of members by keeper index, 1 to 21.

use salus_chain::genesis::MAX_MEMBERS;

/// Which members; 32 bits, bit i - 1 for member i.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Members(u32);

impl Members {
    /// From its bits; bits above 21 are dropped.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & ((1 << MAX_MEMBERS) - 1))
    }

    /// Its bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Adds a member; an index that no chain can have changes nothing.
    pub fn insert(&mut self, member: u16) {
        if (1..=MAX_MEMBERS).contains(&usize::from(member)) {
            self.0 |= 1 << (member - 1);
        }
    }

    /// Takes a member out.
    pub fn remove(&mut self, member: u16) {
        if self.contains(member) {
            self.0 &= !(1 << (member - 1));
        }
    }

    /// Whether a member is in it.
    #[must_use]
    pub fn contains(self, member: u16) -> bool {
        (1..=MAX_MEMBERS).contains(&usize::from(member)) && self.0 & 1 << (member - 1) != 0
    }

    /// How many.
    #[must_use]
    pub fn len(self) -> u16 {
        u16::try_from(self.0.count_ones()).unwrap_or(u16::MAX)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The indexes, in order.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (1..=u16::try_from(MAX_MEMBERS).unwrap_or(0)).filter(move |m| self.contains(*m))
    }
}

impl FromIterator<u16> for Members {
    fn from_iter<I: IntoIterator<Item = u16>>(members: I) -> Self {
        let mut set = Self::default();
        members.into_iter().for_each(|m| set.insert(m));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set: Members = [1, 4, 21, 0, 22, 4].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 4, 21]);
        assert_eq!((set.len(), Members::from_bits(u32::MAX).len()), (3, 21));
        assert_eq!(Members::from_bits(set.bits()), set);
        [4, 4, 0, 22, 7].into_iter().for_each(|member| set.remove(member));
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 21]);
    }
}
