//! Putting a proposed block together from its parts.
//!
//! A part is kept only when it proves that it belongs to the block it names, and only for the publisher's newest blocks:
//! a member that streams without end displaces its own blocks and nobody else's.

use std::collections::VecDeque;

use arc_malachitebft_core_types::Round;
use arc_malachitebft_peer::PeerId;

use super::Undecided;
use super::part::Part;

/// Unfinished blocks of one publisher at most: 3 of 2 MiB for each of 21 members is 126 MiB.
const PER_PUBLISHER: usize = 3;

struct Open {
    publisher: PeerId,
    first: Part,
    parts: Vec<Option<Vec<u8>>>,
}

/// Blocks of which parts are missing.
#[derive(Default)]
pub(super) struct Assemblies(VecDeque<Open>);

impl Assemblies {
    /// Takes a proven part; the whole block when this was the last missing one. Its validity is not known yet.
    pub(super) fn add(&mut self, publisher: PeerId, part: Part) -> Option<Undecided> {
        let same = |open: &Open| {
            open.publisher == publisher
                && open.first.id == part.id
                && open.first.height == part.height
                && open.first.round == part.round
        };
        let at = match self.0.iter().position(same) {
            Some(at) => at,
            None => self.open(publisher, &part),
        };
        let open = self.0.get_mut(at)?;
        let slot = open.parts.get_mut(usize::try_from(part.index).ok()?)?;
        *slot = Some(part.bytes);
        if open.parts.iter().any(Option::is_none) {
            return None;
        }
        let open = self.0.remove(at)?;
        let octets: Vec<u8> = open.parts.into_iter().flatten().flatten().collect();
        Some(Undecided {
            height: open.first.height.0,
            round: open.first.round.as_i64(),
            valid_round: open.first.pol_round.as_i64(),
            proposer: open.first.proposer,
            id: open.first.id,
            valid: false,
            octets: octets.into(),
        })
    }

    fn open(&mut self, publisher: PeerId, part: &Part) -> usize {
        let theirs = |open: &Open| open.publisher == publisher;
        if self.0.iter().filter(|open| theirs(open)).count() >= PER_PUBLISHER
            && let Some(oldest) = self.0.iter().position(theirs)
        {
            self.0.remove(oldest);
        }
        let count = usize::try_from(part.id.parts).unwrap_or(0);
        let first = Part { bytes: Vec::new(), path: Vec::new(), ..part.clone() };
        self.0.push_back(Open { publisher, first, parts: vec![None; count] });
        self.0.len() - 1
    }

    /// Forgets everything up to and including `height`.
    pub(super) fn forget(&mut self, height: u64) {
        self.0.retain(|open| open.first.height.0 > height);
    }
}

/// A round from its number; -1 is nil.
pub(super) fn round(number: i64) -> Round {
    Round::from(number)
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::Hash32;

    use super::super::context::{Address, Height};
    use super::super::part::parts;
    use super::*;
    use crate::engine::BlockId;

    fn stream(seed: u8) -> Vec<Part> {
        let block = vec![seed; 150_000];
        let id = BlockId::of(Hash32([seed; 32]), 5, &block).unwrap();
        parts(&block, id, Height(3), Round::new(1), Round::Nil, Address([seed; 20]))
    }

    fn peer(seed: u8) -> PeerId {
        PeerId::from_bytes(&[&[0x12, 0x20][..], &[seed; 32]].concat()).unwrap()
    }

    #[test]
    fn parts_in_any_order_and_twice_make_the_block_once() {
        let mut open = Assemblies::default();
        let mut all = stream(1);
        all.reverse();
        assert_eq!(open.add(peer(1), all[0].clone()), None);
        assert_eq!(open.add(peer(1), all[0].clone()), None);
        assert_eq!(open.add(peer(1), all[1].clone()), None);
        let block = open.add(peer(1), all[2].clone()).unwrap();
        assert_eq!((block.height, block.round, block.valid_round), (3, 1, -1));
        assert_eq!(&*block.octets, vec![1; 150_000]);
        assert!(open.0.is_empty());
    }

    #[test]
    fn a_publisher_displaces_only_its_own_blocks() {
        let mut open = Assemblies::default();
        open.add(peer(9), stream(9)[0].clone());
        for seed in 1..=5 {
            open.add(peer(1), stream(seed)[0].clone());
        }
        assert_eq!(open.0.len(), 1 + PER_PUBLISHER);
        assert!(open.0.iter().any(|o| o.publisher == peer(9)));
        open.forget(3);
        assert!(open.0.is_empty());
    }
}
