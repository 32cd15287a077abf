//! New generations of keys: who holds the keys of before opens nothing that is sealed under the new ones, and the owner everything.

use rand::RngExt;
use rand::rngs::ChaCha20Rng;
use salus_vault::backup::Watch;
use salus_vault::keyslot::PassphraseCost;
use salus_vault::shared::{open_manifest, open_segment};
use salus_vault::summary::{day_of, given};
use salus_vault::{
    Epoch, Generation, Origin, RecoveryKey, Renewed, SealedEpoch, Series, Shred, ShredOutcome, Tree, Vault,
    VaultError,
};
use salus_wire::{Category, Level, Reading};

use crate::process::{dots, say, task, write_and_kill};
use crate::record::{integrity, seed};
use crate::summed::{agrees, compact_all};
use crate::support::{PASS, T0, create, epoch, heart_rate, open, rng, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const DAY: i64 = 86_400_000;

/// How many of these sealed readings somebody opens who has a tree, and finds or is handed the octets; of whatever generation.
fn opened(tree: &Tree, sealed: &SealedEpoch, generations: core::ops::RangeInclusive<u32>) -> Option<usize> {
    let leaf = tree.leaf(sealed.head.epoch)?;
    let manifest = generations
        .map(|generation| Origin { generation, ..sealed.origin })
        .find_map(|origin| open_manifest(&leaf, &origin, &sealed.manifest).ok())?;
    let segments = sealed.segments.iter().map(|segment| open_segment(&leaf, &manifest, segment));
    segments.map(|opened| opened.ok().map(|readings| readings.len())).sum()
}

async fn sealed(vault: &Vault) -> Vec<SealedEpoch> {
    vault.sealed_segments(HR, epoch(0)..=Epoch::LAST).await.unwrap()
}

async fn renew(vault: &Vault, from: Epoch) -> Vec<Renewed> {
    vault.new_generations(&[HR], from, &[]).await.unwrap()
}

#[tokio::test]
async fn the_keys_of_before_open_what_was_sealed_before_and_nothing_of_the_new_ones() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 3 * 4096 + 30)).await.unwrap();
    vault.close_epochs(T0 + 3 * EPOCH).await.unwrap();
    // The running epoch was sealed early, and more waits in the journal.
    let early = vault.flush_epoch(HR, epoch(3)).await.unwrap().unwrap();
    vault.record(&run(T0 + 3 * EPOCH + 30_000, 12)).await.unwrap();
    let before = vault.tree(HR);
    assert_eq!(opened(&before, &early, 0..=0), Some(30));

    let about = [("notes", b"why".to_vec(), b"somebody went".to_vec())];
    let renewed = vault.new_generations(&[HR, HR], epoch(3), &about).await.unwrap();
    assert_eq!(renewed, [Renewed { category: HR, generation: 1, from: epoch(3) }]);
    let note = vault.cabinet().get("notes", b"why").await.unwrap();
    assert_eq!(note.unwrap()[..], *b"somebody went");
    vault.record(&run(T0 + 4 * EPOCH, 20)).await.unwrap();
    vault.close_epochs(T0 + 5 * EPOCH).await.unwrap();
    // Late: it is of the generation that was valid then, which whoever holds that one can read.
    vault.record(&[heart_rate(T0 + EPOCH + 500, 77)]).await.unwrap();
    vault.close_epochs(T0 + 5 * EPOCH).await.unwrap();
    let first = Generation { number: 0, from: Epoch::new(0).unwrap() };
    assert_eq!(vault.generations(HR), [first, Generation { number: 1, from: epoch(3) }]);
    assert_eq!(vault.generations(Category::BloodPressure), [first]);
    is_split(&vault, &before).await;
    let everything = vault.readings(HR, 0, i64::MAX).await.unwrap();
    assert_eq!(everything.len(), 3 * 4096 + 42 + 20 + 1);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 5).await.unwrap();
    is_split(&vault, &before).await;
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), everything);
    let report = verified(&vault).await;
    assert!(report.is_whole() && report.epochs == 5, "{report:?}");
    vault.lock().await.unwrap();
    assert_eq!(integrity(dir.path()).await, "ok");
}

/// Three epochs are of the first generation and two of the second.
async fn is_split(vault: &Vault, before: &Tree) {
    let parts = vault.parts(HR);
    let numbers: Vec<u32> = parts.iter().map(|(series, _)| series.generation).collect();
    assert_eq!(numbers, [0, 1]);
    let counts: Vec<_> = sealed(vault)
        .await
        .iter()
        .map(|one| {
            let all = usize::try_from(one.head.readings).unwrap();
            assert_eq!(opened(&vault.tree(HR), one, 0..=1), Some(all));
            let of =
                |(series, tree): &(Series, Tree)| opened(tree, one, series.generation..=series.generation);
            assert_eq!(parts.iter().find_map(of), Some(all), "each part opens its own");
            (one.origin.generation, all, opened(before, one, 0..=1))
        })
        .collect();
    let old = |n| (0, n, Some(n));
    assert_eq!(counts, [old(4096), old(4097), old(4096), (1, 42, None), (1, 20, None)]);
    for new in [3, 4].map(epoch) {
        let (leaf, known) = (vault.leaf(HR, new).unwrap(), before.leaf(new).unwrap());
        assert_ne!(leaf.locator(), known.locator(), "nor is it found");
    }
}

#[tokio::test]
async fn days_of_before_keep_their_keys_and_the_day_of_the_new_ones_has_others() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    for n in 0..4 {
        vault.record(&run(T0 + n * DAY, 40)).await.unwrap();
    }
    compact_all(&vault, T0 + 4 * DAY).await;
    let day = |n: i64| day_of(T0 + n * DAY).unwrap();
    let node = |n: i64, level| vault.summary_node(HR, level, 0, day(n)).unwrap();
    let before = [0, 1, 2, 3].map(|n| Level::ALL.map(|level| node(n, level)));
    let old_days = vault.day_tree(HR).await.unwrap();
    let given_before = vault.give_day(HR, day(1)).await.unwrap().unwrap();
    renew(&vault, Epoch::at(T0 + 2 * DAY).unwrap()).await;
    let after = [0, 1, 2, 3].map(|n| Level::ALL.map(|level| node(n, level)));
    assert_eq!(before[..2], after[..2]);
    for (before, after) in before[2..].iter().zip(&after[2..]) {
        assert!(before.iter().zip(after).all(|(before, after)| before != after));
    }
    agrees(&vault, HR).await;
    let summed = compact_all(&vault, T0 + 4 * DAY).await;
    assert!(!summed.is_empty(), "what was summed up under the old keys is summed up again");
    agrees(&vault, HR).await;
    assert!(verified(&vault).await.is_whole());
    // What is given of a day opens with its generation's part of the tree, and not with the tree of before.
    let parts = vault.day_parts(HR).await.unwrap();
    assert_eq!(parts.iter().map(|(series, _)| series.generation).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(vault.give_day(HR, day(1)).await.unwrap().unwrap().locator, given_before.locator);
    for (n, generation) in [(1, 0), (3, 1)] {
        let sealed = vault.give_day(HR, day(n)).await.unwrap().unwrap();
        assert_eq!(sealed.origin.generation, generation);
        let own = |(_, tree): &(Series, Tree)| tree.descend(0, day(n));
        let node = parts.iter().find_map(own).unwrap();
        assert!(given::open(&node, &sealed.origin, day(n), &sealed.octets).is_ok());
        let known = old_days.descend(0, day(n)).unwrap();
        let opens = given::open(&known, &sealed.origin, day(n), &sealed.octets).is_ok();
        assert_eq!(opens, generation == 0);
    }
}

#[tokio::test]
async fn what_was_deleted_stays_deleted_on_both_sides_and_deleting_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let later = T0 + 20 * DAY;
    for n in 0..60 {
        vault.record(&run(T0 + n * EPOCH, 20)).await.unwrap();
    }
    compact_all(&vault, later).await;
    let delete = async |from: i64, to: i64| {
        let shown: Shred = vault.preview_shred(HR, from, to, later).await.unwrap().unwrap();
        assert!(matches!(vault.shred(&shown, later, &[]).await.unwrap(), ShredOutcome::Done(_)));
    };
    delete(T0 + 10 * EPOCH, T0 + 12 * EPOCH).await;
    delete(T0 + 40 * EPOCH, T0 + 42 * EPOCH).await;
    // By a clock that is far behind: whatever was sealed since is sealed again.
    renew(&vault, epoch(30)).await;
    assert_eq!(vault.shredded().len(), 2);
    for gone in [10, 11, 40, 41] {
        assert!(!vault.holds(HR, epoch(gone)) && vault.leaf(HR, epoch(gone)).is_none());
    }
    assert_eq!(vault.record(&run(T0 + 40 * EPOCH, 5)).await.unwrap().refused, 5);
    // Across the two generations.
    delete(T0 + 28 * EPOCH, T0 + 33 * EPOCH).await;
    assert_eq!(vault.count(HR).await.unwrap(), (60 - 2 - 2 - 5) * 20);
    agrees(&vault, HR).await;
    compact_all(&vault, later).await;
    agrees(&vault, HR).await;
    assert!(verified(&vault).await.is_whole());
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!((vault.shredded().len(), vault.generations(HR).len()), (3, 2));
    assert_eq!(sealed(&vault).await.len(), 60 - 9);
    assert!(verified(&vault).await.is_whole());
}

#[tokio::test]
async fn more_than_can_be_sealed_again_at_once_is_refused_and_the_keys_are_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let many: Vec<Reading> = (0..513).map(|n| heart_rate(T0 + n * EPOCH, 60)).collect();
    vault.record(&many).await.unwrap();
    vault.close_epochs(T0 + 513 * EPOCH).await.unwrap();
    let before = vault.tree(HR);
    let refused = vault.new_generations(&[HR], epoch(0), &[]).await;
    assert_eq!(refused, Err(VaultError::OutOfBounds));
    assert_eq!(vault.tree(HR), before);
    renew(&vault, epoch(1)).await;
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), many);
}

#[tokio::test]
async fn a_damaged_epoch_does_not_keep_the_others_under_the_old_keys() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(T0, 4096 + 20)).await.unwrap();
    vault.flush_epoch(HR, epoch(0)).await.unwrap();
    vault.flush_epoch(HR, epoch(1)).await.unwrap();
    vault.spoil(salus_vault::Spoilt::Segment).await.unwrap();
    renew(&vault, epoch(0)).await;
    assert_eq!(vault.series(HR).generation, 1);
    assert_eq!(vault.readings(HR, T0 + EPOCH, i64::MAX).await.unwrap(), run(T0 + EPOCH, 20));
    assert!(matches!(vault.readings(HR, 0, T0 + EPOCH).await, Err(VaultError::Damaged { .. })));
    vault.record(&run(T0 + 2 * EPOCH, 5)).await.unwrap();
    let sealed = vault.flush_epoch(HR, epoch(2)).await.unwrap().unwrap();
    assert_eq!(sealed.origin.generation, 1);
}

/// What somebody was given at one time, and up to which generation.
struct Held {
    tree: Tree,
    generation: u32,
}

/// One random step; `now` is the running epoch, counted from the first.
async fn step(vault: &Vault, random: &mut ChaCha20Rng, now: &mut i64, recorded: &mut Vec<Reading>) {
    match random.random_range(0..8) {
        0 => *now += random.random_range(1..4),
        1 | 2 => {
            let some = run(T0 + *now * EPOCH + random.random_range(0..4000) * 1000, 7);
            vault.record(&some).await.unwrap();
            recorded.extend(some);
        }
        // A device's memory, of any hour before.
        3 => {
            let at = T0 + random.random_range(0..=*now) * EPOCH + random.random_range(0..4000) * 1000;
            let some = run(at, 4);
            vault.record(&some).await.unwrap();
            recorded.extend(some);
        }
        4 => drop(vault.flush_epoch(HR, epoch(u32::try_from(*now).unwrap())).await.unwrap()),
        5 => drop(vault.close_epochs(T0 + *now * EPOCH).await.unwrap()),
        6 => {
            vault.compact(T0 + *now * EPOCH, 0).await.unwrap();
        }
        _ => drop(renew(vault, epoch(u32::try_from(*now).unwrap())).await),
    }
}

#[tokio::test]
async fn in_any_history_everything_acknowledged_opens_and_nothing_new_with_what_was_held_before() {
    let seed = seed();
    for history in 0..6 {
        let mut random = rng(seed.wrapping_add(history));
        let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut place = dir.path().join("first");
        let (mut vault, key) = create(&place).await;
        let (mut now, mut recorded, mut held) = (0, Vec::new(), Vec::new());
        for n in 0..60 {
            if n % 9 == 0 {
                held.push(Held { tree: vault.tree(HR), generation: vault.series(HR).generation });
            }
            if n % 20 == 19 {
                vault.lock().await.unwrap();
                vault = open(&place, &key, random.random()).await.unwrap();
            }
            if n == 40 {
                // From here on it is another computer's.
                let at = T0 + now * EPOCH;
                let backup = vault.back_up(folder.path(), at, None, &Watch::silent()).await.unwrap();
                vault.lock().await.unwrap();
                place = dir.path().join("second");
                let (file, new) = (&backup.path, (PASS, PassphraseCost::FLOOR));
                let rng = rng(random.random());
                let made = Vault::restore_with(file, &key, &place, new, rng, &Watch::silent()).await;
                (vault, _) = made.unwrap();
            }
            step(&vault, &mut random, &mut now, &mut recorded).await;
        }
        holds(&vault, now, recorded, &held).await;
    }
}

async fn holds(vault: &Vault, now: i64, mut recorded: Vec<Reading>, held: &[Held]) {
    recorded.sort_by_key(|reading| reading.at);
    recorded.dedup();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), recorded);
    compact_all(vault, T0 + (now + 1) * EPOCH).await;
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), recorded);
    agrees(vault, HR).await;
    let report = verified(vault).await;
    assert!(report.is_whole(), "{report:?}");
    for one in sealed(vault).await {
        let all = usize::try_from(one.head.readings).unwrap();
        assert_eq!(opened(&vault.tree(HR), &one, 0..=99), Some(all));
        for held in held {
            let expected = (one.origin.generation <= held.generation).then_some(all);
            assert_eq!(opened(&held.tree, &one, 0..=99), expected, "{:?}", one.head);
        }
    }
}

const BOTH: [Category; 2] = [HR, Category::BloodPressure];

/// Begins generations, each with a note of its number, until it is killed.
#[tokio::test]
async fn renewer() {
    let Some((dir, key)) = task() else { return };
    let vault = open(&dir, &key, u64::from(std::process::id())).await.unwrap();
    let mut next = vault.series(HR).generation + 1;
    dots();
    loop {
        let running = T0 + i64::from(next / 5) * EPOCH;
        vault.record(&[heart_rate(running + i64::from(next) * 1000 % EPOCH, 61)]).await.unwrap();
        vault.flush_epoch(HR, Epoch::at(running).unwrap()).await.unwrap();
        let about = [("notes", b"generation".to_vec(), next.to_be_bytes().to_vec())];
        vault.new_generations(&BOTH, Epoch::at(running).unwrap(), &about).await.unwrap();
        say(&format!("renewed {next}"));
        next += 1;
    }
}

fn said(line: &str) -> Option<u32> {
    line.strip_prefix("renewed ")?.parse().ok()
}

/// After a kill every category is of one generation, the note's, and everything opens.
async fn old_or_new(dir: &std::path::Path, key: &RecoveryKey, last: Option<u32>, seed: u64) -> u32 {
    let vault = open(dir, key, seed).await.unwrap();
    let generations = BOTH.map(|category| vault.series(category).generation);
    let note = vault.cabinet().get("notes", b"generation").await.unwrap();
    let note = note.map_or(0, |octets| u32::from_be_bytes(octets[..].try_into().unwrap()));
    assert_eq!(generations, [note; 2]);
    if let Some(last) = last {
        // What is begun may be durable before that could be said.
        assert!((last..=last + 1).contains(&note), "said {last}, found {note}");
    }
    let stored = vault.readings(HR, 0, i64::MAX).await.unwrap().len();
    assert!((note..=note + 1).contains(&u32::try_from(stored).unwrap()), "{stored} readings, {note}");
    assert!(verified(&vault).await.is_whole());
    vault.lock().await.unwrap();
    note
}

#[tokio::test]
async fn killed_in_the_middle_the_old_keys_are_there_or_the_new_ones() {
    let mut random = rng(seed());
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let mut come = 0;
    for round in 0..15 {
        let when = (random.random_range(1..6), random.random_range(0..400));
        let last = write_and_kill("renew::renewer", (dir.path(), &key), when, said);
        if random.random() {
            assert_eq!(integrity(dir.path()).await, "ok", "round {round}");
        }
        come = old_or_new(dir.path(), &key, last, random.random()).await;
    }
    eprintln!("{come} generations");
    assert!(come > 15, "hardly any generation was begun");
}
