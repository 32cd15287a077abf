//! Over [`crate::town`]: days open once they are over, and with everything that a reader ever gets no reading opens.

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::contract::Ready;
use salus_keeper::message::KeeperRefused;
use salus_keeper::release::{MAX_SLOTS, Refusal};
use salus_keeper::slot;
use salus_vault::manifest::ManifestError;
use salus_vault::shared::open_manifest;
use salus_vault::{SealedDay, Tree, seal};
use salus_wire::{Decimal, ErrorCode};

use super::*;
use crate::days;
use crate::issue::{IssueError, Plan, SeriesKey, Shares, advance, prepare, upload, upload_days};
use crate::open::{Opened, Request, Why, accept, fetch, open, poll, unlock};
use crate::town::{Clinician, NOW, Patient, Town};
use crate::wrap::{WrapError, unwrap};

const HOUR: i64 = 3_600_000;
/// NOW is of this day, at 11:06:40.
const TODAY: u32 = 20_775;
const HR: Category = Category::HeartRate;

struct Story {
    town: Town,
    clinician: Clinician,
    patient: Patient,
    shared: Shared,
    rng: ChaCha20Rng,
}

fn plan(town: &Town, clinician: &Clinician, patient: &Patient, first: u32) -> Plan {
    let (days, series) = (first..=TODAY + 1, &patient.roots);
    let (series, _) = series.iter().find(|(series, _)| series.category == HR).unwrap();
    let scope = days::scope(&days).unwrap();
    Plan {
        series: vec![SeriesKey { series: *series, tree: Patient::day_tree(HR) }],
        shares: Shares::Days { first: *days.start(), last: *days.end() },
        contract: Some(Ready::SummariesOnly),
        ..patient.plan(&clinician.invitation(town), scope)
    }
}

fn given(first: u32, contract: Option<Ready>, without: Option<u32>) -> Story {
    let town = Town::new(4);
    let (clinician, patient) = (Clinician::new(&town), Patient::new());
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let mut plan = Plan { contract, ..plan(&town, &clinician, &patient, first) };
    if let Some(day) = without {
        plan.series[0].tree = Patient::day_tree(HR).without(day, day).unwrap();
    }
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    let notes = block_on(poll(&town, &clinician.reader)).unwrap();
    let capsule = block_on(fetch(&town, &notes[0])).unwrap();
    let record = block_on(town.grant(&permission.id())).unwrap().value;
    let shared = accept(&capsule, &clinician.reader, record.as_ref(), &town.genesis).unwrap();
    assert!(shared.daily());
    assert_eq!(shared.span(), (day_start(first), day_start(TODAY + 2)));
    Story { town, clinician, patient, shared, rng }
}

impl Story {
    fn send(&self, days: &[SealedDay]) {
        let held = block_on(upload_days(&self.town, days, NOW + 72 * HOUR, NOW)).unwrap();
        assert!(held.iter().all(|held| held.depots.len() == 4));
    }

    fn open(&mut self) -> Result<Opened, OpenError> {
        let now = self.town.inside().now;
        self.town.forget_rate();
        let (town, shared, reader) = (&self.town, &self.shared, &self.clinician.reader);
        block_on(open(town, shared, reader, now, &mut self.rng, &mut |_| {}))
    }

    /// Day and count of what opens.
    fn seen(&mut self) -> Vec<(u32, u64)> {
        let opened = self.open().unwrap();
        assert!(opened.readings.is_empty() && opened.provenance.is_empty());
        let [(HR, rows)] = &opened.summaries[..] else { panic!("{:?}", opened.summaries) };
        assert_eq!(opened.segments as usize, rows.len());
        rows.iter().map(|row| (salus_vault::summary::day_of(row.start).unwrap(), row.count)).collect()
    }
}

#[test]
fn a_day_is_seen_once_it_is_over_and_not_before() {
    let mut story = given(TODAY - 30, Some(Ready::SummariesOnly), None);
    // Also days that an app sends too early, and one outside the permission.
    let days = [TODAY - 31, TODAY - 30, TODAY - 1, TODAY, TODAY + 1];
    let sealed: Vec<_> = days.iter().map(|day| story.patient.sealed_day(*day, 5, 1)).collect();
    story.send(&sealed);
    assert_eq!(story.seen(), [(TODAY - 30, 5), (TODAY - 1, 5)]);
    // Today ends at midnight, and the 18 hours in which it ends tomorrow at 13:56.
    story.town.wait(24 * HOUR);
    assert_eq!(story.seen().len(), 2);
    story.town.wait(3 * HOUR);
    assert_eq!(story.seen(), [(TODAY - 30, 5), (TODAY - 1, 5), (TODAY, 5)]);
}

#[test]
fn the_newest_counts_and_says_count_extremes_and_mean() {
    let mut story = given(TODAY - 3, Some(Ready::SummariesOnly), None);
    let versions = [(3, 1), (7, 9), (5, 4)];
    let sealed: Vec<_> = versions.map(|(count, v)| story.patient.sealed_day(TODAY - 1, count, v)).into();
    story.send(&sealed);
    let opened = story.open().unwrap();
    let [row] = &opened.summaries[0].1[..] else { panic!("{:?}", opened.summaries) };
    let figures = (row.count, row.min, row.max, row.mean());
    assert_eq!(figures, (7, Decimal::whole(60), Decimal::whole(66), Some(Decimal::whole(63))));
    assert_eq!((row.seconds, row.minutes), (7, 1));
    // When in the day is not said.
    assert_eq!((row.first, row.last), (day_start(TODAY - 1), day_start(TODAY) - 1));
}

#[test]
fn a_day_that_another_forged_or_a_depot_altered_is_told() {
    let mut story = given(TODAY - 3, Some(Ready::SummariesOnly), None);
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    story.send(&[story.patient.sealed_day_by(&stranger, TODAY - 1, 5, 1)]);
    let forged = OpenError::Segment(SharedError::Manifest(ManifestError::Signature));
    assert_eq!(story.open().unwrap_err(), forged);

    let mut story = given(TODAY - 3, Some(Ready::SummariesOnly), None);
    story.send(&[story.patient.sealed_day(TODAY - 1, 5, 1)]);
    story.town.inside().depots[0].spoil();
    assert_eq!(story.seen(), [(TODAY - 1, 5)]);
    (1..4).for_each(|depot| story.town.inside().depots[depot].spoil());
    assert_eq!(story.open().unwrap_err().code(), ErrorCode::SegmentAltered);
}

#[test]
fn a_day_that_was_deleted_before_has_no_key_and_the_others_open() {
    let mut story = given(TODAY - 3, Some(Ready::SummariesOnly), Some(TODAY - 2));
    let days = [TODAY - 3, TODAY - 2, TODAY - 1];
    let sealed: Vec<_> = days.iter().map(|day| story.patient.sealed_day(*day, 5, 1)).collect();
    story.send(&sealed);
    assert_eq!(story.seen(), [(TODAY - 3, 5), (TODAY - 1, 5)]);
}

#[test]
fn a_plan_whose_epochs_are_not_its_days_is_refused() {
    let town = Town::new(4);
    let (clinician, patient) = (Clinician::new(&town), Patient::new());
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let plan = plan(&town, &clinician, &patient, TODAY - 3);
    for shares in [Shares::Days { first: TODAY - 4, last: TODAY + 1 }, Shares::Days { first: 9, last: 8 }] {
        let refused = prepare(&Plan { shares, ..plan.clone() }, &town.genesis, NOW, &mut rng);
        assert_eq!(refused, Err(IssueError::Series));
    }
    let mut gone = plan;
    gone.series[0].tree = Patient::day_tree(HR).without(TODAY - 9, TODAY + 9).unwrap();
    assert_eq!(prepare(&gone, &town.genesis, NOW, &mut rng), Err(IssueError::Deleted));
}

#[test]
fn members_release_nothing_finer_than_18_hours() {
    let mut story = given(TODAY - 3, Some(Ready::SummariesOnly), None);
    let at = story.town.head_of_tests();
    let slots = crate::cover::to_ask(story.shared.scope(), at);
    assert!(slots.iter().any(|slot| slot.level() == 0));
    let ctx = story.town.ctx.clone();
    let request = Request::new(&story.shared, &story.clinician.reader, slots, &ctx, &mut story.rng).unwrap();
    let receipt = story.town.block(Some(request.receipt())).unwrap();
    let refused = block_on(request.ask(&story.town, &story.shared, &ctx, receipt)).unwrap_err();
    let OpenError::TooFew { have: 0, dropped, .. } = &refused else { panic!("{refused}") };
    let by_contract = Why::Refused(KeeperRefused::Release(Refusal::Contract));
    assert!(dropped.len() == 4 && dropped.iter().all(|d| d.why == by_contract));
}

/// With members that release everything, of every level, and depots that give everything: no reading opens with any key that
/// comes of it.
#[test]
fn with_everything_that_a_reader_ever_gets_no_reading_opens() {
    let mut story = given(TODAY - 2, None, None);
    let scope = story.shared.scope();
    let epochs: Vec<u32> = (scope.first_epoch..=scope.first_epoch + 8).collect();
    let sealed: Vec<_> = epochs.iter().map(|epoch| story.patient.sealed(HR, *epoch, 4, 1)).collect();
    block_on(upload(&story.town, &sealed, NOW + 72 * HOUR, NOW)).unwrap();
    let days = [TODAY - 2, TODAY - 1, TODAY, TODAY + 1];
    let days: Vec<_> = days.iter().map(|day| story.patient.sealed_day(*day, 5, 1)).collect();
    story.send(&days);
    story.town.wait(68 * HOUR);
    let at = story.town.head_of_tests();

    let every: Vec<Slot> = slot::all(scope).into_iter().filter(|slot| slot.end_ms() <= at).collect();
    assert!(every.len() > 64 && every.iter().any(|slot| slot.level() == 0));
    let mut outputs: Vec<Asked> = Vec::new();
    let ctx = story.town.ctx.clone();
    for slots in every.chunks(MAX_SLOTS) {
        let request =
            Request::new(&story.shared, &story.clinician.reader, slots.to_vec(), &ctx, &mut story.rng)
                .unwrap();
        let receipt = story.town.block(Some(request.receipt())).unwrap();
        story.town.forget_rate();
        let released = block_on(request.ask(&story.town, &story.shared, &ctx, receipt)).unwrap();
        outputs.extend(released.outputs);
    }
    assert_eq!(outputs.len(), every.len());
    assert_eq!(unlock(&story.shared, &outputs), Err(OpenError::NoWrap), "no node of the readings");

    // As a node of the readings no wrap opens, under any output.
    let (content, secret) = (story.shared.content(), &story.shared.secret);
    let series = &content.series[0];
    for (slot, prf) in &outputs {
        let (series, generation) = (series.series, series.generation);
        let place = Place { grant: story.shared.grant(), series, generation, slot: *slot };
        for wrapped in content.days.iter().flatten() {
            assert_eq!(unwrap(&place, secret, prf, &wrapped.wrap), Err(WrapError::OtherKey));
        }
    }

    // Every key: the days' leaves, c_g, the outputs. As a root, as any node, as the key itself: none opens any sealed octets.
    let leaves = unlock_days(&story.shared, &outputs).unwrap();
    assert_eq!(leaves.len(), 4, "every day");
    let mut keys: Vec<Key> = leaves.iter().map(|(_, leaf)| leaf.key().clone()).collect();
    keys.push(Key::copied(secret.expose()));
    for (_, prf) in &outputs {
        let (left, right) = prf.split_at(32);
        keys.extend([left, right].map(|half| Key::copied(half.try_into().unwrap())));
    }
    let (id, writer) = (series.series, content.writers[0]);
    let origin = Origin { series: id, generation: series.generation, writer };
    let context = |epoch: u32, kind: u8, seq: u64| {
        let (generation, epoch) = (series.generation.to_be_bytes(), epoch.to_be_bytes());
        let (seq, kind) = (seq.to_be_bytes(), [kind]);
        let parts: [&[u8]; 7] = [b"hg/v1/seg", id.as_bytes(), &generation, &epoch, &writer.id.0, &seq, &kind];
        parts.concat()
    };
    for key in &keys {
        let root = Tree::whole(key.clone());
        for (number, sealed) in epochs.iter().copied().zip(&sealed) {
            let epoch = Epoch::new(number).unwrap();
            let nodes = [0, 4, 8].map(|level| Node::new(level, number >> level << level, key.clone()));
            let of_nodes = nodes.into_iter().flatten().filter_map(|node| node.leaf(epoch));
            for leaf in of_nodes.chain(root.leaf(epoch)) {
                assert_ne!(leaf.locator(), sealed.locator);
                let wrong = Err(SharedError::Seal(SealError::WrongKey));
                assert_eq!(open_manifest(&leaf, &origin, &sealed.manifest), wrong);
                for key in [&leaf.segment_key(), key] {
                    let opened = seal::open_padded(key, &context(number, 1, 1), &sealed.segments[0]);
                    assert_eq!(opened.unwrap_err(), SealError::WrongKey);
                    let opened = seal::open_padded(key, &context(number, 2, 0), &sealed.manifest);
                    assert_eq!(opened.unwrap_err(), SealError::WrongKey);
                }
            }
        }
    }
    // The same octets open with the patient's own keys: what was tried is what there is.
    let (_, tree) = story.patient.roots.iter().find(|(series, _)| series.category == HR).unwrap();
    let leaf = tree.leaf(Epoch::new(epochs[0]).unwrap()).unwrap();
    assert!(open_manifest(&leaf, &origin, &sealed[0].manifest).is_ok());
    assert!(
        seal::open_padded(&leaf.segment_key(), &context(epochs[0], 1, 1), &sealed[0].segments[0]).is_ok()
    );
}
