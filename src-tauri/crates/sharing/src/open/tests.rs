//! The whole flow over [`crate::town`]: keepers are the real release rule, called directly.

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::codec::Record;
use salus_chain::sign::SigningKey;
use salus_keeper::Scope;
use salus_keeper::message::KeeperRefused;
use salus_keeper::release::Refusal;
use salus_light::LightError;
use salus_wire::{Category, ErrorCode};

use super::*;
use crate::activity::{What, activity};
use crate::capsule::told_of;
use crate::issue::{IssueError, Permission, Plan, Progress, advance, prepare, upload};
use crate::stop::{StopError, stop};
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;

struct Story {
    town: Town,
    clinician: Clinician,
    patient: Patient,
    permission: Permission,
    shared: Shared,
    rng: ChaCha20Rng,
}

fn given(n: u16) -> Story {
    given_without(n, None)
}

/// A permission that is given after an epoch of heart rate was deleted.
fn given_without(n: u16, deleted: Option<u32>) -> Story {
    let town = Town::new(n);
    let (clinician, patient) = (Clinician::new(&town), Patient::new());
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let scope = Scope::new(EPOCH - 40, EPOCH + 40).unwrap();
    let mut plan = patient.plan(&clinician.invitation(&town), scope);
    if let Some(epoch) = deleted {
        let heart = plan.series.iter_mut().find(|s| s.series.category == Category::HeartRate).unwrap();
        heart.tree = heart.tree.without(epoch, epoch).unwrap();
    }
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    let advanced = block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    assert!(advanced.missing.is_empty());
    assert_eq!((permission.holding().len(), permission.unsettled()), (n, false));

    let hr = Category::HeartRate;
    let epochs = [
        patient.sealed(hr, EPOCH - 30, 20, 1),
        patient.sealed(hr, EPOCH, 10, 1),
        patient.sealed(Category::BloodPressure, EPOCH - 1, 3, 1),
        patient.sealed(hr, EPOCH - 41, 9, 1),
    ];
    block_on(upload(&town, &epochs, plan.expires, NOW)).unwrap();

    let notes = block_on(poll(&town, &clinician.reader)).unwrap();
    assert_eq!((notes.len(), notes[0].grant), (1, permission.id()));
    let capsule = block_on(fetch(&town, &notes[0])).unwrap();
    let record = block_on(town.grant(&permission.id())).unwrap().value;
    let shared = accept(&capsule, &clinician.reader, record.as_ref(), &town.genesis).unwrap();
    assert_eq!((shared.patient(), shared.scope()), ("Maria K.", scope));
    Story { town, clinician, patient, permission, shared, rng }
}

impl Story {
    fn open(&mut self) -> Result<Opened, OpenError> {
        let now = self.town.inside().now;
        let (town, shared, reader) = (&self.town, &self.shared, &self.clinician.reader);
        block_on(open(town, shared, reader, now, &mut self.rng, &mut |_| {}))
    }
}

#[test]
fn a_clinician_reads_what_was_shared_and_nothing_else() {
    for n in [1, 4, 7] {
        let mut story = given(n);
        let opened = story.open().unwrap();
        let want = |category, epoch, count| {
            (0..count).map(move |i| Patient::reading(category, epoch, i)).collect::<Vec<_>>()
        };
        let hr = Category::HeartRate;
        let heart = [want(hr, EPOCH - 30, 20), want(hr, EPOCH, 10)].concat();
        let pressure = want(Category::BloodPressure, EPOCH - 1, 3);
        let (some, none): (Vec<_>, Vec<_>) = opened.readings.into_iter().partition(|(_, r)| !r.is_empty());
        assert_eq!(some, [(hr, heart), (Category::BloodPressure, pressure)]);
        assert_eq!(some.len() + none.len(), Category::ALL.len());
        assert_eq!((opened.segments, opened.older), (3, 0));
        let told = told_of(story.shared.devices(), &Patient::reading(hr, EPOCH, 0));
        assert_eq!(told, Some(&Patient::told()));
        assert!(opened.released_by.len() >= story.town.genesis.threshold());
        // The receipt was final before the first member was asked.
        assert_eq!(story.town.inside().log[..2], ["receipt", "release"]);
    }
}

#[test]
fn around_what_was_deleted_everything_opens_and_what_was_deleted_does_not() {
    let hr = Category::HeartRate;
    let want =
        |category, epoch, count| (0..count).map(move |i| Patient::reading(category, epoch, i)).collect();
    let old: Vec<_> = want(hr, EPOCH - 30, 20);
    let new: Vec<_> = want(hr, EPOCH, 10);
    let pressure: Vec<_> = want(Category::BloodPressure, EPOCH - 1, 3);
    // Beside a sealed epoch, the sealed epoch itself, and one in the running block.
    for (deleted, heart) in [
        (EPOCH - 29, [old.clone(), new.clone()].concat()),
        (EPOCH - 30, new.clone()),
        (EPOCH - 2, [old.clone(), new.clone()].concat()),
    ] {
        let mut story = given_without(4, Some(deleted));
        let opened = story.open().unwrap();
        let some: Vec<_> = opened.readings.into_iter().filter(|(_, r)| !r.is_empty()).collect();
        assert_eq!(some, [(hr, heart), (Category::BloodPressure, pressure.clone())], "without {deleted}");
    }
}

/// Given once more, for the same key, under the keys that the patient has now.
fn given_again(story: &mut Story) -> Shared {
    let (town, grant_key) = (&story.town, SigningKey::from_bytes(&[16; 32]));
    let invitation = story.clinician.invitation(town);
    let plan = Plan { grant_key, ..story.patient.plan(&invitation, story.shared.scope()) };
    let now = town.inside().now;
    let mut permission = prepare(&plan, &town.genesis, now, &mut story.rng).unwrap();
    assert_eq!(permission.categories(), Category::ALL);
    block_on(advance(town, &mut permission, &plan.grant_key, now, &mut |_| {})).unwrap();
    let notes = block_on(poll(town, &story.clinician.reader)).unwrap();
    let note = notes.iter().find(|note| note.grant == permission.id()).unwrap();
    let capsule = block_on(fetch(town, note)).unwrap();
    let record = block_on(town.grant(&permission.id())).unwrap().value;
    accept(&capsule, &story.clinician.reader, record.as_ref(), &town.genesis).unwrap()
}

#[test]
fn a_permission_of_before_ends_where_new_keys_begin_and_one_that_is_given_again_goes_across() {
    let hr = Category::HeartRate;
    let want = |epoch, count| (0..count).map(move |i| Patient::reading(hr, epoch, i)).collect::<Vec<_>>();
    let heart = |opened: &Opened| {
        let of: Vec<_> = opened.readings.iter().filter(|(category, _)| *category == hr).collect();
        assert_eq!((of.len(), opened.readings.len()), (1, Category::ALL.len()), "each category once");
        of[0].1.clone()
    };
    let mut story = given(4);
    // In the middle of a slot of sixteen, and the running epoch is sealed again.
    story.patient.renew(EPOCH);
    let now = story.town.inside().now;
    block_on(upload(&story.town, &[story.patient.sealed(hr, EPOCH, 12, 2)], now + 86_400_000, now)).unwrap();
    let before = story.open().unwrap();
    assert_eq!(heart(&before), [want(EPOCH - 30, 20), want(EPOCH, 10)].concat(), "what was sealed before");
    story.town.forget_rate();
    story.shared = given_again(&mut story);
    assert_eq!(story.shared.categories(), Category::ALL);
    assert_eq!(story.shared.content().series.len(), 2 * Category::ALL.len());
    let across = story.open().unwrap();
    assert_eq!(heart(&across), [want(EPOCH - 30, 20), want(EPOCH, 12)].concat());
    assert_eq!(across.older, 0);
}

#[test]
fn a_generation_that_seals_nothing_of_what_is_shared_is_left_out() {
    let mut story = given(4);
    story.patient.renew(EPOCH - 400);
    story.patient.renew(EPOCH - 300);
    let shared = given_again(&mut story);
    assert_eq!(shared.content().series.len(), Category::ALL.len());
    assert!(shared.content().series.iter().all(|series| series.generation == 5));
}

#[test]
fn a_bad_reply_is_named_and_dropped() {
    for (n, bad) in [(4, 1), (7, 2)] {
        let mut story = given(n);
        story.town.inside().bent.insert(bad);
        let opened = story.open().unwrap();
        assert!(!opened.released_by.contains(bad));
        let dropped: Vec<_> = opened.dropped.iter().map(|d| (d.member, d.why.code())).collect();
        assert_eq!(dropped, [(bad, ErrorCode::ReplyAltered)]);
    }
}

#[test]
fn without_a_spare_a_bad_reply_fails_the_opening_by_name() {
    let mut story = given(4);
    story.town.inside().bent.insert(3);
    story.town.inside().down.insert(4);
    let error = story.open().unwrap_err();
    assert_eq!((error.code(), error.member()), (ErrorCode::ReplyAltered, Some(3)));
}

#[test]
fn one_of_four_missing_is_no_matter_and_two_are_refused() {
    let mut story = given(4);
    story.town.inside().down.insert(2);
    assert_eq!(story.open().unwrap().segments, 3);
    story.town.inside().down.insert(3);
    let error = story.open().unwrap_err();
    assert!(matches!(error, OpenError::TooFew { have: 2, need: 3, .. }), "{error}");
    assert_eq!(error.code(), ErrorCode::TooFewMembers);
}

#[test]
fn members_that_cannot_write_their_log_for_want_of_room_are_named_so() {
    let mut story = given(4);
    story.town.inside().full = [2, 3].into_iter().collect();
    let error = story.open().unwrap_err();
    assert!(matches!(error, OpenError::TooFew { have: 2, need: 3, .. }), "{error}");
    assert_eq!(error.code(), ErrorCode::MembersFull);
}

#[test]
fn members_that_are_a_block_behind_are_asked_again() {
    let mut story = given(4);
    story.town.inside().lag = 6;
    assert_eq!(story.open().unwrap().segments, 3);
    story.town.forget_rate();
    story.town.inside().lag = u32::MAX;
    assert_eq!(story.open().unwrap_err().code(), ErrorCode::TooFewMembers);
}

#[test]
fn stopping_refuses_the_next_slot_also_to_a_reader_without_checks() {
    let mut story = given(4);
    story.open().unwrap();
    let at = story.town.head_of_tests();
    let ctx = story.town.ctx.clone();
    // A receipt from before the stop, used after it.
    let slots = crate::cover::to_ask(story.shared.scope(), at);
    let request = Request::new(&story.shared, &story.clinician.reader, slots, &ctx, &mut story.rng).unwrap();
    let receipt = story.town.block(Some(request.receipt())).unwrap();
    story.town.forget_rate();
    block_on(stop(&story.town, &mut story.permission, &story.patient.grant_key)).unwrap();
    assert!(matches!(story.permission.progress(), Progress::Stopped { .. }));

    let refused = block_on(request.ask(&story.town, &story.shared, &ctx, receipt)).unwrap_err();
    let OpenError::TooFew { have: 0, dropped, .. } = &refused else { panic!("{refused}") };
    let ended = Why::Refused(KeeperRefused::Release(Refusal::Ended));
    assert!(dropped.len() == 4 && dropped.iter().all(|d| d.why == ended));
    assert_eq!(story.open().unwrap_err(), OpenError::Stopped);
    // A fresh receipt is not taken by the chain either.
    let slots = crate::cover::to_ask(story.shared.scope(), at);
    let request = Request::new(&story.shared, &story.clinician.reader, slots, &ctx, &mut story.rng).unwrap();
    assert!(matches!(story.town.block(Some(request.receipt())), Err(LightError::Refused(_))));
    // Doing it twice stops it once.
    block_on(stop(&story.town, &mut story.permission, &story.patient.grant_key)).unwrap();
}

#[test]
fn it_ends_by_itself_and_the_activity_shows_everything() {
    let mut story = given(4);
    let first = story.open().unwrap();
    story.town.wait(60_000);
    story.town.forget_rate();
    story.open().unwrap();
    story.town.wait(3 * 86_400_000);
    assert_eq!(story.open().unwrap_err(), OpenError::Ended);
    let error = block_on(stop(&story.town, &mut story.permission, &story.patient.grant_key));
    assert_eq!(error, Err(StopError::Ended));
    story.town.erase(story.permission.id());

    let activity = block_on(activity(&story.town, &story.permission.id())).unwrap().unwrap();
    let what: Vec<_> = activity.entries.iter().map(|e| e.what).collect();
    assert!(matches!(
        what[..],
        [What::Erased(4), What::Ended, What::Opened(_), What::Opened(_), What::Given]
    ));
    assert_eq!(activity.entries[1].at, NOW + 3 * 86_400_000);
    assert_eq!(activity.entries[3].height, first.receipt.height);
}

#[test]
fn altered_copies_are_passed_over_and_named_until_none_is_left() {
    let mut story = given(4);
    story.town.inside().depots[0].spoil();
    let opened = story.open().unwrap();
    assert_eq!((opened.segments, opened.altered_by.iter().collect::<Vec<_>>()), (3, vec![1]));
    story.town.forget_rate();
    story.town.inside().depots[1..].iter_mut().for_each(|d| d.spoil());
    let error = story.open().unwrap_err();
    assert!(matches!(error, OpenError::SegmentAltered { .. }), "{error}");
    assert_eq!(error.code(), ErrorCode::SegmentAltered);
}

#[test]
fn a_dropped_segment_shows() {
    let mut story = given(4);
    let lost = story.patient.sealed(Category::HeartRate, EPOCH, 10, 1);
    let hash = salus_keeper::depot::blob_hash(&lost.segments[0]);
    story.town.inside().depots.iter_mut().for_each(|d| drop(d.blobs.remove(&hash)));
    assert!(matches!(story.open().unwrap_err(), OpenError::SegmentMissing { .. }));
}

#[test]
fn junk_under_a_locator_and_in_the_inbox_changes_nothing() {
    let mut story = given(4);
    let epoch = story.patient.sealed(Category::HeartRate, EPOCH, 10, 1);
    {
        let mut inside = story.town.inside();
        let locator = salus_chain::ids::Hash32(epoch.locator.0);
        let junk = vec![7; 300];
        let hash = salus_keeper::depot::blob_hash(&junk);
        inside.depots[0].found.entry(locator).or_default().insert(hash);
        inside.depots[0].blobs.insert(hash, junk);
        let inbox = salus_keeper::depot::inbox_of(&story.clinician.reader.public());
        inside.depots[0].notes.entry(inbox).or_default().push(vec![1; 114]);
    }
    assert_eq!(block_on(poll(&story.town, &story.clinician.reader)).unwrap().len(), 1);
    assert_eq!(story.open().unwrap().segments, 3);
}

#[test]
fn a_later_sealing_replaces_the_earlier() {
    let mut story = given(4);
    let later = story.patient.sealed(Category::HeartRate, EPOCH, 15, 2);
    block_on(upload(&story.town, &[later], NOW + 86_400_000, NOW)).unwrap();
    assert_eq!(story.open().unwrap().readings[0].1.len(), 20 + 15);
}

#[test]
fn a_capsule_is_refused_in_any_other_place() {
    let story = given(4);
    let notes = block_on(poll(&story.town, &story.clinician.reader)).unwrap();
    let capsule = block_on(fetch(&story.town, &notes[0])).unwrap();
    let record = block_on(story.town.grant(&story.permission.id())).unwrap().value;
    let genesis = &story.town.genesis;
    let none = accept(&capsule, &story.clinician.reader, None, genesis).unwrap_err();
    assert_eq!(none, OpenError::NotGranted);
    let mut rng = ChaCha20Rng::seed_from_u64(99);
    let stranger = crate::invitation::ReaderSecret::generate(&mut rng);
    let other = accept(&capsule, &stranger, record.as_ref(), genesis).unwrap_err();
    assert_eq!(other, OpenError::OtherReader);
    for at in (0..capsule.len()).step_by(37) {
        let mut bent = capsule.clone();
        bent[at] ^= 0x10;
        assert!(accept(&bent, &story.clinician.reader, record.as_ref(), genesis).is_err(), "{at}");
    }
}

#[test]
fn issuing_goes_on_where_it_failed() {
    let town = Town::new(4);
    let (clinician, patient) = (Clinician::new(&town), Patient::new());
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let plan = patient.plan(&clinician.invitation(&town), Scope::new(EPOCH, EPOCH + 5).unwrap());
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    town.inside().down = [1, 2].into_iter().collect();
    let error = block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {}));
    assert!(matches!(&error, Err(IssueError::TooFewKeepers { need: 3, held, .. }) if held.len() == 2));
    assert_eq!(permission.progress(), Progress::Pending);

    // Stored and read back in between, as after a crash.
    let mut permission = Permission::decode(&permission.encode()).unwrap();
    town.inside().down = [1].into_iter().collect();
    let advanced = block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    assert_eq!(advanced.missing.len(), 1);
    assert!(permission.unsettled());
    town.inside().down = crate::Members::default();
    let again = block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    assert_eq!((again.inclusion, permission.holding().len()), (advanced.inclusion, 4));
    assert!(!permission.unsettled());
}

#[test]
fn a_crash_between_recording_and_storing_records_once() {
    let town = Town::new(4);
    let (clinician, patient) = (Clinician::new(&town), Patient::new());
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let plan = patient.plan(&clinician.invitation(&town), Scope::new(EPOCH, EPOCH + 5).unwrap());
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    let first = block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    permission.progress = Progress::Pending;
    let again = block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    assert_eq!(again.inclusion.height, first.inclusion.height);
}
