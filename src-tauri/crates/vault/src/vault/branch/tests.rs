//! The stored forms of a category's keys and of what was deleted.

use super::*;

#[test]
fn a_series_without_holes_keeps_its_old_form_and_one_with_holes_has_the_documented_one() {
    let old = [&[5; 16][..], &[0, 0, 0, 2], &[7; 32]].concat();
    let (found, generations, tree) = series(Category::HeartRate, &old).unwrap();
    assert_eq!((found.id, found.generation), (SeriesId([5; 16]), 2));
    assert_eq!(generations, Generation::first(2));
    assert_eq!(tree, Tree::whole(Key::new([7; 32])));
    let left = tree.without(0, 9).unwrap();
    let new = [&old[..HEAD], &left.encode()].concat();
    let (_, generations, tree) = series(Category::HeartRate, &new).unwrap();
    assert_eq!((generations, tree), (Generation::first(2), left));
    assert!((0..old.len()).all(|cut| series(Category::HeartRate, &old[..cut]).is_none()));
    assert!(series(Category::HeartRate, &[&new[..], &[0]].concat()).is_none());
}

#[test]
fn a_series_with_several_generations_has_the_documented_form() {
    let one = Tree::whole(Key::new([7; 32])).renewed_from(9, Key::new([8; 32])).unwrap();
    let epoch = |n| Epoch::new(n).unwrap();
    let both = [Generation { number: 0, from: epoch(0) }, Generation { number: 2, from: epoch(9) }];
    let octets = [&[5u8; 16][..], &[0, 0, 0, 2], &one.encode(), &generation::encode(&both)].concat();
    let (found, generations, tree) = series(Category::HeartRate, &octets).unwrap();
    assert_eq!((found.generation, generations, tree), (2, both.to_vec(), one));
    assert!((HEAD..octets.len()).all(|cut| {
        let cut = series(Category::HeartRate, &octets[..cut]);
        // The tree alone is a series of one generation, as every series with holes was before.
        cut.is_none_or(|(_, generations, _)| generations == Generation::first(2))
    }));
}

#[test]
fn a_list_that_does_not_agree_with_the_keys_is_made_anew_from_them() {
    let epoch = |n| Epoch::new(n).unwrap();
    let hole = |first, last, at| Shredded {
        category: Category::HeartRate,
        first: epoch(first),
        last: epoch(last),
        at,
        readings: at.cast_unsigned(),
        refused: 0,
    };
    let tree = Tree::whole(Key::new([7; 32])).without(5, 9).unwrap().without(10, 12).unwrap();
    let listed = vec![hole(10, 12, 2), hole(5, 9, 1)];
    assert_eq!(agreed(Category::HeartRate, &tree, listed.clone()), listed);
    for lost in [vec![], vec![hole(5, 9, 1)]] {
        assert_eq!(agreed(Category::HeartRate, &tree, lost), [hole(5, 12, 0)]);
    }
}

#[test]
fn the_list_of_deleted_ranges_has_the_documented_form() {
    let hole = Shredded {
        category: Category::HeartRate,
        first: Epoch::new(2).unwrap(),
        last: Epoch::new(3).unwrap(),
        at: 4,
        readings: 5,
        refused: 6,
    };
    let octets = encode(&[hole]);
    assert_eq!(
        hex::encode(&octets),
        concat!("010001", "00000002", "00000003", "0000000000000004", "0000000000000005", "0000000000000006")
    );
    assert_eq!(decode(Category::HeartRate, &octets), Some(vec![hole]));
    assert!((0..octets.len()).all(|cut| decode(Category::HeartRate, &octets[..cut]).is_none()));
}
