use futures::executor::block_on;
use salus_chain::sign::SigningKey;
use salus_chain::state::{GrantStatus, TxRefused};
use salus_chain::tx::MandateFor;
use salus_keeper::Scope;
use salus_light::LightError;
use salus_vault::Epoch;
use salus_wire::{Category, ErrorCode};

use super::super::mandate::{enrol, stop_given, stop_under, stops_path, stops_root, withdraw};
use super::super::read::read;
use super::super::{Changed, StopMandate};
use super::rng;
use crate::circle::stops::{Told, stop};
use crate::issue::{IssueError, Permission, SeriesKey, advance, advance_under, prepare, upload};
use crate::network::Network;
use crate::stop::stop_of;
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn prepared(town: &Town, grant_key: &SigningKey, seed: u64) -> Permission {
    let scope = Scope::new(EPOCH, EPOCH + 5).unwrap();
    let mut plan = Patient::new().plan(&Clinician::of_seed(town, seed).invitation(town), scope);
    plan.grant_key = grant_key.clone();
    prepare(&plan, &town.genesis, NOW, &mut rng(seed)).unwrap()
}

fn active(town: &Town, permission: &Permission) -> bool {
    let record = block_on(town.grant(&permission.id())).unwrap().value.unwrap();
    record.status_at(town.head_of_tests()) == GrantStatus::Active
}

#[test]
fn a_laptop_gives_under_its_mandate_and_a_removed_one_neither_gives_nor_stops() {
    let town = Town::new(4);
    // Two mandates of the identity laptop, for two keys of the other.
    let (first, second) = (key(20), key(21));
    let (hand, unused) = (key(1), key(2));
    let mandate =
        block_on(enrol(&town, MandateFor::Giving, &first, &[7; 32], &hand.verifying_key())).unwrap();
    let spare =
        block_on(enrol(&town, MandateFor::Giving, &second, &[8; 32], &unused.verifying_key())).unwrap();
    // Again is once; for another key it is refused before anything is sent.
    assert_eq!(
        block_on(enrol(&town, MandateFor::Giving, &first, &[7; 32], &hand.verifying_key())),
        Ok(mandate)
    );
    let other = block_on(enrol(&town, MandateFor::Giving, &first, &[7; 32], &unused.verifying_key()));
    assert_eq!(other, Err(LightError::Refused(TxRefused::Mandate)));
    let to_stop = block_on(enrol(&town, MandateFor::Stopping, &first, &[7; 32], &hand.verifying_key()));
    assert_eq!(to_stop, Err(LightError::Refused(TxRefused::Mandate)));

    let mut given = prepared(&town, &hand, 1);
    given.let_stop(stops_root(&[key(30).verifying_key()]));
    block_on(advance_under(&town, &mut given, &mandate, &hand, NOW, &mut |_| {})).unwrap();
    assert!(active(&town, &given));
    // Going on after a crash records nothing twice.
    block_on(advance_under(&town, &mut given, &mandate, &hand, NOW, &mut |_| {})).unwrap();

    for key in [&first, &second] {
        block_on(withdraw(&town, key)).unwrap();
        block_on(withdraw(&town, key)).unwrap();
    }
    assert!(active(&town, &given), "what runs keeps running");
    let mut late = prepared(&town, &unused, 2);
    let refused = block_on(advance_under(&town, &mut late, &spare, &unused, NOW, &mut |_| {})).unwrap_err();
    assert_eq!(refused, IssueError::Light(LightError::Refused(TxRefused::EnrolmentWithdrawn)));
    assert_eq!(refused.code(), ErrorCode::LaptopRemoved);
    let stopped = block_on(stop_given(&town, given.id(), &hand));
    assert_eq!(stopped, Err(LightError::Refused(TxRefused::Revoker)));
    // The mandate's own key ends it.
    assert!(block_on(stop_given(&town, given.id(), &first)).unwrap().is_some());
    assert!(block_on(stop_given(&town, given.id(), &first)).unwrap().is_none(), "ended before");
    assert!(!active(&town, &given));
}

#[test]
fn whoever_was_told_of_it_stops_what_a_laptop_gave_with_the_stop_of_its_mandate() {
    let town = Town::new(4);
    let (mandate_key, hand) = (key(20), key(1));
    let mandate =
        block_on(enrol(&town, MandateFor::Giving, &mandate_key, &[7; 32], &hand.verifying_key())).unwrap();
    let mut given = prepared(&town, &hand, 1);
    block_on(advance_under(&town, &mut given, &mandate, &hand, NOW, &mut |_| {})).unwrap();
    let told = |key: &SigningKey| {
        let stop = stop_of(given.id(), &town.genesis, key);
        Told::new(&stop, None, ("Dr Ana Wójcik", "Heart Clinic"), [Category::HeartRate].into())
    };
    // Signed well by somebody else it is a stop of nothing.
    let stranger = told(&key(9));
    assert!(stranger.holds(&town.genesis));
    let refused = block_on(stop(&town, &stranger)).unwrap_err();
    assert_eq!(refused.code(), crate::network::refused_code(TxRefused::Revoker));
    assert!(active(&town, &given));
    // The first laptop's, also once the laptop that gave it was removed.
    block_on(withdraw(&town, &mandate_key)).unwrap();
    let told = told(&mandate_key);
    assert!(told.holds(&town.genesis));
    block_on(stop(&town, &told)).unwrap();
    assert!(!active(&town, &given));
}

#[test]
fn a_laptop_stops_what_another_gave_as_long_as_its_mandate_stands() {
    let town = Town::new(4);
    let places: Vec<SigningKey> = (30..38).map(key).collect();
    let keys: Vec<_> = places.iter().map(SigningKey::verifying_key).collect();
    let own = key(6);
    let give = |seed| {
        let mut permission = prepared(&town, &own, seed);
        permission.let_stop(stops_root(&keys));
        block_on(advance(&town, &mut permission, &own, NOW, &mut |_| {})).unwrap();
        permission
    };
    let (one, two) = (give(1), give(2));
    // A laptop that was added after the permission was given: its place was there already.
    let hand = key(3);
    let mandate =
        block_on(enrol(&town, MandateFor::Stopping, &places[4], &[7; 32], &hand.verifying_key())).unwrap();
    let path = stops_path(&keys, 4).unwrap();
    let stop = |grant: &Permission| StopMandate { grant: grant.id(), hand: 0, mandate, path: path.clone() };
    let by_stranger = block_on(stop_under(&town, &stop(&one), &key(4)));
    assert_eq!(by_stranger, Err(LightError::Refused(TxRefused::Mandate)));
    let elsewhere = StopMandate { path: stops_path(&keys, 5).unwrap(), ..stop(&one) };
    let elsewhere = block_on(stop_under(&town, &elsewhere, &hand));
    assert_eq!(elsewhere, Err(LightError::Refused(TxRefused::Revoker)));
    assert!(block_on(stop_under(&town, &stop(&one), &hand)).unwrap().is_some());
    assert!(!active(&town, &one));
    block_on(withdraw(&town, &places[4])).unwrap();
    let removed = block_on(stop_under(&town, &stop(&two), &hand));
    assert_eq!(removed, Err(LightError::Refused(TxRefused::EnrolmentWithdrawn)));
    assert!(active(&town, &two));
}

#[test]
fn what_one_laptop_sealed_the_other_reads_by_the_epochs_it_was_told_of() {
    let town = Town::new(4);
    let patient = Patient::new();
    let category = Category::HeartRate;
    let sealed = [patient.sealed(category, EPOCH, 3, 1), patient.sealed(category, EPOCH + 1, 2, 1)];
    block_on(upload(&town, &sealed, NOW + 86_400_000, NOW)).unwrap();
    let held: Vec<SeriesKey> = SeriesKey::of(patient.roots.clone()).collect();
    let told = |epoch: u32| Changed { category, epoch: Epoch::new(epoch).unwrap(), readings: 3 };
    let take = |held: &[SeriesKey], changed: &[Changed]| {
        block_on(read(&town, held, &[patient.writer()], changed, &mut |_| {})).unwrap()
    };
    let all = take(&held, &[told(EPOCH), told(EPOCH + 1), told(EPOCH + 2)]);
    assert_eq!(all.len(), 5);
    assert_eq!(take(&held, &[told(EPOCH)]).len(), 3, "only what was told of");
    // Of a deleted time there is no key, and of a series that is not held none either.
    let mut deleted = held.clone();
    let place = deleted.iter().position(|one| one.series.category == category).unwrap();
    deleted[place].tree = deleted[place].tree.without(EPOCH, EPOCH).unwrap();
    assert_eq!(take(&deleted, &[told(EPOCH), told(EPOCH + 1)]).len(), 2);
    deleted.remove(place);
    assert!(take(&deleted, &[told(EPOCH)]).is_empty());
    // Keys of another generation find nothing: what is sealed after a removal is elsewhere, under other keys.
    let mut newer = held;
    newer[place].tree = salus_vault::Tree::whole(salus_vault::Key::new([9; 32]));
    assert!(take(&newer, &[told(EPOCH)]).is_empty());
}
