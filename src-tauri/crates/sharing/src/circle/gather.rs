//! What the parts that guardians gave back come to: who gave one that fits, who did not, and whether they are enough.
//!
//! Parts are compared among themselves: those fit together that come with the same checks. Whoever comes with other checks
//! than as many as it takes, or with a part that does not fit its own, gave a false one and is named. As long as no group is
//! large enough nobody is named for having other checks: which are the right ones, only the backup says.

use salus_chain::ids::VerifyingKey;
use salus_vault::keyslot::{Checks, Share};

use super::part::Part;
use crate::reader::ReaderSecret;

/// How a part that was given back stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It fits.
    Fits,
    /// It does not open, does not fit, or does not belong to the others.
    False,
}

/// Parts that fit together, as many as it takes.
#[derive(Debug, Clone)]
pub struct Enough {
    /// What they fit.
    pub checks: Checks,
    /// The parts.
    pub shares: Vec<Share>,
}

/// What was given back, together.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// Each guardian who gave a part back, in the order given.
    pub by: Vec<(VerifyingKey, Fit)>,
    /// How many parts it takes, by the largest group of them; zero without any.
    pub needed: u8,
    /// The groups that are large enough, the largest first: none while there are too few, and more than one only where
    /// several guardians together gave false ones.
    pub enough: Vec<Enough>,
}

struct Group {
    checks: Checks,
    by: Vec<VerifyingKey>,
    shares: Vec<Share>,
}

impl Group {
    fn is_enough(&self) -> bool {
        self.shares.len() >= usize::from(self.checks.needed())
    }
}

/// Opens and compares the parts that were given back to this inbox; of one guardian the last counts.
#[must_use]
pub fn gather(parts: &[(VerifyingKey, Part)], inbox: &ReaderSecret) -> Gathered {
    let mut groups: Vec<Group> = Vec::new();
    let mut last: Vec<&(VerifyingKey, Part)> = Vec::new();
    for given in parts {
        last.retain(|before| before.0 != given.0);
        last.push(given);
    }
    for (from, part) in &last {
        let Ok(share) = part.open(inbox) else { continue };
        let place = groups.iter().position(|group| group.checks == part.checks).unwrap_or_else(|| {
            groups.push(Group { checks: part.checks.clone(), by: Vec::new(), shares: Vec::new() });
            groups.len() - 1
        });
        let group = &mut groups[place];
        // One part, given twice by two people, is one part.
        if group.shares.iter().all(|known| !known.is_place_of(&share)) {
            group.by.push(*from);
            group.shares.push(share);
        }
    }
    // Stable: of two that are as large the one that came first.
    groups.sort_by_key(|group| core::cmp::Reverse((group.is_enough(), group.shares.len())));
    let decided = groups.first().is_some_and(Group::is_enough);
    let right = |group: &Group| !decided || group.is_enough();
    let fits = |from: &VerifyingKey| groups.iter().any(|group| right(group) && group.by.contains(from));
    let by = last.iter().map(|(from, _)| (*from, if fits(from) { Fit::Fits } else { Fit::False })).collect();
    let needed = groups.first().map_or(0, |group| group.checks.needed());
    let enough = groups.into_iter().filter(Group::is_enough);
    let enough = enough.map(|group| Enough { checks: group.checks, shares: group.shares }).collect();
    Gathered { by, needed, enough }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    use super::super::RelativeSecret;
    use super::*;
    use crate::town::parts::fresh;

    fn secret(seed: u64) -> RelativeSecret {
        RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(seed))
    }

    struct Given {
        guardians: Vec<RelativeSecret>,
        inbox: ReaderSecret,
        all: Vec<(VerifyingKey, Part)>,
    }

    /// Parts of `n` guardians, of whom it takes two, as they came back; `other` in the seed makes another record's.
    fn given(n: u64, other: u64) -> Given {
        let mut rng = ChaCha20Rng::seed_from_u64(90 + other);
        let guardians: Vec<RelativeSecret> = (0..n).map(|i| secret(10 + i)).collect();
        let inbox = secret(80).inbox;
        let (_, parts) = fresh(&guardians, 2, other);
        let back = |(guardian, part): (&RelativeSecret, &Part)| {
            let part = part.hand_over(&guardian.inbox, &inbox.public(), &mut rng).unwrap();
            (guardian.signing.verifying_key(), part)
        };
        let all = guardians.iter().zip(&parts).map(back).collect();
        Given { guardians, inbox, all }
    }

    #[test]
    fn enough_parts_fit_together_and_fewer_are_too_few() {
        let g = given(3, 1);
        let one = gather(&g.all[..1], &g.inbox);
        assert_eq!((one.needed, one.enough.len(), one.by.as_slice()), (2, 0, &[(g.all[0].0, Fit::Fits)][..]));
        let two = gather(&g.all[1..], &g.inbox);
        assert_eq!((two.enough.len(), two.enough[0].shares.len()), (1, 2));
        assert!(gather(&[], &g.inbox).by.is_empty());
        assert!(gather(&g.all, &g.guardians[0].inbox).by.iter().all(|(_, fit)| *fit == Fit::False));
        // Given again by the same guardian it is still one part, and so it is when another repeats it.
        let again = [g.all[0].clone(), g.all[0].clone()];
        assert!(gather(&again, &g.inbox).enough.is_empty());
        let repeated = [g.all[0].clone(), (g.all[1].0, g.all[0].1.clone())];
        let repeated = gather(&repeated, &g.inbox);
        assert!(repeated.enough.is_empty() && repeated.by[1].1 == Fit::False);
    }

    #[test]
    fn a_false_part_is_named_and_the_others_are_enough() {
        let (g, stranger) = (given(3, 1), given(3, 2));
        // Another record's part; and the right checks with a part that is not theirs.
        let swapped = Part { checks: g.all[2].1.checks.clone(), sealed: stranger.all[2].1.sealed.clone() };
        for bad in [stranger.all[2].1.clone(), swapped] {
            let parts = [g.all[0].clone(), (g.all[2].0, bad), g.all[1].clone()];
            let gathered = gather(&parts, &g.inbox);
            let fits: Vec<Fit> = gathered.by.iter().map(|(_, fit)| *fit).collect();
            assert_eq!(fits, [Fit::Fits, Fit::False, Fit::Fits]);
            assert_eq!((gathered.enough.len(), gathered.enough[0].shares.len()), (1, 2));
        }
        // One against one: nobody is named before a third one says which is right.
        let unclear = [g.all[0].clone(), (g.all[1].0, stranger.all[1].1.clone())];
        let unclear = gather(&unclear, &g.inbox);
        assert!(unclear.enough.is_empty() && unclear.by.iter().all(|(_, fit)| *fit == Fit::Fits));
    }
}
