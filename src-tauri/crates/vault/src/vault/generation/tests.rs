//! Which generation seals which epoch.

use salus_wire::{Category, SeriesId};

use super::*;
use crate::Key;

fn epoch(n: u32) -> Epoch {
    Epoch::new(n).unwrap()
}

fn branch() -> Branch {
    let series = Series { category: Category::HeartRate, id: SeriesId([5; 16]), generation: 0 };
    let days = [1, 2, 3].map(|n| Tree::whole(Key::new([n; 32])));
    let readings = Tree::whole(Key::new([7; 32]));
    let generations = Generation::first(0);
    Branch { series, generations, readings, summaries: Some(days), holes: Vec::new() }
}

fn renewed(branch: &Branch, from: u32, root: u8) -> Branch {
    branch.renewed(epoch(from), || Key::new([root; 32])).unwrap()
}

#[test]
fn an_epoch_is_of_the_last_generation_that_began_before_it_ended() {
    let branch = renewed(&renewed(&branch(), 100, 10), 300, 11);
    assert_eq!(branch.series.generation, 2);
    for (at, generation) in [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2), (Epoch::LAST.number(), 2)] {
        assert_eq!(branch.series_at(epoch(at)).generation, generation, "{at}");
    }
    let parts = branch.parts();
    let numbers: Vec<u32> = parts.iter().map(|(series, _)| series.generation).collect();
    assert_eq!(numbers, [0, 1, 2]);
    for at in [0, 99, 100, 299, 300] {
        let of: Vec<_> = parts.iter().filter(|(_, tree)| tree.holds(at)).collect();
        let (series, tree) = of[0];
        assert!(of.len() == 1 && *series == branch.series_at(epoch(at)), "{at}");
        assert_eq!(tree.leaf(epoch(at)), branch.readings.leaf(epoch(at)));
    }
}

#[test]
fn a_day_that_two_generations_share_is_the_later_ones() {
    // Epochs 21 and 22 meet within the first day's end: 21 begins in day 0 and ends in day 1.
    let branch = renewed(&branch(), 21, 10);
    assert_eq!((branch.series_of_day(0).generation, branch.series_of_day(1).generation), (1, 1));
    let branch = renewed(&renewed(&self::branch(), 30, 10), 35, 11);
    assert_eq!((branch.series_of_day(0).generation, branch.series_of_day(1).generation), (0, 2));
    let days = branch.summaries.clone().unwrap()[2].clone();
    let parts = branch.day_parts(&days);
    let numbers: Vec<u32> = parts.iter().map(|(series, _)| series.generation).collect();
    assert_eq!(numbers, [0, 2], "the one in between has no day");
    assert!(parts[0].1.holds(0) && !parts[0].1.holds(1) && parts[1].1.holds(1));
    assert_eq!(days.leaf(epoch(0)), Tree::whole(Key::new([3; 32])).leaf(epoch(0)));
    assert_ne!(days.leaf(epoch(1)), Tree::whole(Key::new([3; 32])).leaf(epoch(1)));
}

#[test]
fn one_that_begins_earlier_than_the_last_takes_its_place_and_keeps_counting() {
    let branch = renewed(&renewed(&branch(), 300, 10), 100, 11);
    assert_eq!(
        branch.generations,
        [Generation { number: 0, from: epoch(0) }, Generation { number: 2, from: epoch(100) }]
    );
    assert_eq!(branch.series_at(epoch(400)).generation, 2);
    let all = renewed(&branch, 0, 12);
    assert_eq!(all.generations, [Generation { number: 3, from: epoch(0) }]);
}

#[test]
fn another_computer_follows_into_newer_keys_and_keeps_its_own_before_and_its_holes() {
    let here = branch();
    let there = renewed(&renewed(&here, 100, 10), 300, 11);
    let mut holed = here.clone();
    holed.readings = here.readings.without(120, 130).unwrap();
    let (next, from) = holed.followed(&there, || Key::new([12; 32])).unwrap();
    assert_eq!((from, next.series, &next.generations), (epoch(100), there.series, &there.generations));
    for at in [0, 99, 100, 299, 300] {
        assert_eq!(next.readings.leaf(epoch(at)), there.readings.leaf(epoch(at)), "{at}");
    }
    assert_eq!(next.readings.holes(), [(120, 130)]);
    assert_ne!(next.summaries, there.summaries, "each computer has its own");
    // From where it is now it follows on, and nothing newer is nothing to follow.
    let later = renewed(&there, 400, 13);
    let (after, from) = next.followed(&later, || Key::new([14; 32])).unwrap();
    assert_eq!((from, after.series.generation), (epoch(400), 3));
    assert!(next.followed(&there, || Key::new([12; 32])).is_none());
    let mut other = later;
    other.series.id = SeriesId([6; 16]);
    assert!(next.followed(&other, || Key::new([12; 32])).is_none());
}

#[test]
fn the_stored_form_is_the_documented_one_and_nothing_else_is_read() {
    let all = [Generation { number: 0, from: epoch(0) }, Generation { number: 2, from: epoch(9) }];
    let octets = encode(&all);
    assert_eq!(hex::encode(&octets), concat!("0002", "00000000", "00000000", "00000002", "00000009"));
    assert_eq!(decode(&octets, 2), Some(all.to_vec()));
    assert_eq!(decode(&octets, 1), None);
    assert!((0..octets.len()).all(|cut| decode(&octets[..cut], 2).is_none()));
    let wrong = [
        vec![Generation { number: 0, from: epoch(0) }],
        vec![Generation { number: 0, from: epoch(1) }, Generation { number: 2, from: epoch(9) }],
        vec![Generation { number: 0, from: epoch(0) }, Generation { number: 2, from: epoch(0) }],
        vec![Generation { number: 2, from: epoch(0) }, Generation { number: 2, from: epoch(9) }],
    ];
    assert!(wrong.iter().all(|all| decode(&encode(all), 2).is_none()));
}
