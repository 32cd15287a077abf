//! Proofs: that a leaf is in a tree, and that a tree continues an earlier one.

use super::{Hash, node_hash, root};

/// The largest power of two below `n`, for `n > 1`.
const fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The audit path of the leaf at `index`, from the leaf up; `None` when there is no such leaf.
///
/// # Source
/// RFC 6962 section 2.1.1.
#[must_use]
pub fn inclusion(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, beside) = if index < left.len() {
        (inclusion(left, index)?, right)
    } else {
        (inclusion(right, index - left.len())?, left)
    };
    path.push(root(beside.iter().copied()));
    Some(path)
}

/// True when the path proves that `leaf` is at `index` in the tree of `size` leaves with this root.
///
/// # Source
/// RFC 9162 section 2.1.3.2.
#[must_use]
pub fn verify_inclusion(index: u64, size: u64, leaf: &Hash, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut fork, mut last, mut node) = (index, size - 1, *leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if fork & 1 == 1 || fork == last {
            node = node_hash(beside, &node);
            while fork & 1 == 0 && fork != 0 {
                (fork, last) = (fork >> 1, last >> 1);
            }
        } else {
            node = node_hash(&node, beside);
        }
        (fork, last) = (fork >> 1, last >> 1);
    }
    last == 0 && node == *root
}

/// The proof that the tree over `leaves` continues the tree over the first `earlier` of them; `None` when there were not so
/// many, or none.
///
/// # Source
/// RFC 6962 section 2.1.2.
#[must_use]
pub fn consistency(leaves: &[Hash], earlier: usize) -> Option<Vec<Hash>> {
    (earlier > 0 && earlier <= leaves.len()).then(|| subproof(leaves, earlier, true))
}

fn subproof(leaves: &[Hash], earlier: usize, whole: bool) -> Vec<Hash> {
    if earlier == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves.iter().copied())] };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, beside) = if earlier <= left.len() {
        (subproof(left, earlier, whole), right)
    } else {
        (subproof(right, earlier - left.len(), false), left)
    };
    proof.push(root(beside.iter().copied()));
    proof
}

/// True when the proof shows that the tree of `size` leaves with root `root` continues the one of `earlier` leaves with root
/// `old`.
///
/// # Source
/// RFC 9162 section 2.1.4.2.
#[must_use]
pub fn verify_consistency(earlier: u64, size: u64, proof: &[Hash], old: &Hash, root: &Hash) -> bool {
    if earlier == 0 || earlier > size {
        return false;
    }
    if earlier == size {
        return proof.is_empty() && old == root;
    }
    let (first, rest) = if earlier.is_power_of_two() {
        (old, proof)
    } else {
        let Some((first, rest)) = proof.split_first() else { return false };
        (first, rest)
    };
    let (mut fork, mut last) = (earlier - 1, size - 1);
    let low = fork.trailing_ones();
    (fork, last) = (fork >> low, last >> low);
    let (mut before, mut now) = (*first, *first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if fork & 1 == 1 || fork == last {
            before = node_hash(beside, &before);
            now = node_hash(beside, &now);
            while fork & 1 == 0 && fork != 0 {
                (fork, last) = (fork >> 1, last >> 1);
            }
        } else {
            now = node_hash(&now, beside);
        }
        (fork, last) = (fork >> 1, last >> 1);
    }
    last == 0 && before == *old && now == *root
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::leaf_hash;
    use super::*;

    /// The leaves of the test data of Certificate Transparency's reference implementation (merkle_tree_test.cc).
    pub(in super::super) const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    /// The roots over the first 0 to 8 of them, same source.
    pub(in super::super) const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    /// Audit paths, same source: leaf (from 0), size, path.
    const PATHS: [(usize, usize, &[&str]); 4] = [
        (0, 1, &[]),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ];
    /// Consistency proofs, same source: earlier size, size, proof.
    const CONTINUATIONS: [(usize, usize, &[&str]); 3] = [
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];

    pub(in super::super) fn hashes(n: usize) -> Vec<Hash> {
        LEAVES[..n].iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect()
    }

    fn text(path: &[Hash]) -> Vec<String> {
        path.iter().map(hex::encode).collect()
    }

    #[test]
    fn the_proofs_are_those_of_the_reference_implementation() {
        for (index, size, expected) in PATHS {
            assert_eq!(text(&inclusion(&hashes(size), index).unwrap()), expected, "{index} of {size}");
        }
        for (earlier, size, expected) in CONTINUATIONS {
            assert_eq!(text(&consistency(&hashes(size), earlier).unwrap()), expected, "{earlier} to {size}");
        }
    }

    #[test]
    fn every_leaf_of_every_size_is_proven_and_nothing_else_is() {
        let all: Vec<Hash> = (0u8..40).map(|n| leaf_hash(&[n])).collect();
        for size in 1..=all.len() {
            let (leaves, top) = (&all[..size], root(all[..size].iter().copied()));
            assert_eq!(inclusion(leaves, size), None);
            for index in 0..size {
                let path = inclusion(leaves, index).unwrap();
                let proves = |i: usize, n: usize, leaf: &Hash, path: &[Hash], root: &Hash| {
                    verify_inclusion(i as u64, n as u64, leaf, path, root)
                };
                assert!(proves(index, size, &leaves[index], &path, &top));
                assert!(!proves(size, size, &leaves[index], &path, &top));
                assert!(!proves(index, size, &[0; 32], &path, &top));
                assert!(!proves(index, size, &leaves[index], &path, &[0; 32]));
                assert!(!proves(index, size, &leaves[index], &[&path[..], &[top]].concat(), &top));
                if let Some((_, shorter)) = path.split_last() {
                    assert!(!proves(index, size, &leaves[index], shorter, &top));
                    assert!(!proves(index ^ 1, size, &leaves[index], &path, &top));
                }
            }
        }
    }

    #[test]
    fn every_continuation_is_proven_and_another_history_is_not() {
        let all: Vec<Hash> = (0u8..40).map(|n| leaf_hash(&[n])).collect();
        let mut other = all.clone();
        other[0] = [1; 32];
        for size in 1..=all.len() {
            let top = root(all[..size].iter().copied());
            assert_eq!(consistency(&all[..size], 0), None);
            assert_eq!(consistency(&all[..size], size + 1), None);
            for earlier in 1..=size {
                let old = root(all[..earlier].iter().copied());
                let proof = consistency(&all[..size], earlier).unwrap();
                let proves = |proof: &[Hash], old: &Hash, root: &Hash| {
                    verify_consistency(earlier as u64, size as u64, proof, old, root)
                };
                assert!(proves(&proof, &old, &top), "{earlier} to {size}");
                assert!(!proves(&proof, &root(other[..earlier].iter().copied()), &top));
                assert!(!proves(&proof, &old, &root(other[..size].iter().copied())));
                assert!(!proves(&[&proof[..], &[top]].concat(), &old, &top));
                assert!(!verify_consistency(size as u64 + 1, size as u64, &proof, &old, &top));
                assert!(!verify_consistency(0, size as u64, &proof, &old, &top));
            }
        }
    }
}
