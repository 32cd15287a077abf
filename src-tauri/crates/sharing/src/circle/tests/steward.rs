//! What a steward can do with a word, and what not.

use salus_chain::contract::{Ready, contract_hash};
use salus_vault::shared::open_manifest;
use salus_vault::{Epoch, Origin};
use salus_wire::view::{AskedView, Purpose};

use super::*;
use crate::circle::read::read;
use crate::invitation;
use crate::issue::IssueError;

#[test]
fn a_steward_reads_what_was_leased_and_nothing_else() {
    let mut family = Family::new();
    family.sealed();
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let estate = word.estate.unwrap();
    let scope = Scope::new(EPOCH - 40, EPOCH).unwrap();
    let epochs = block_on(read(&family.town, &estate, scope, NOW, &mut |_| {})).unwrap();
    let counts: Vec<(Category, usize)> =
        epochs.readings.iter().map(|(category, readings)| (*category, readings.len())).collect();
    assert_eq!(counts, [(Category::HeartRate, 20), (Category::BloodPressure, 3)]);
    // Before the lease, and after it: nothing of it is in the estate.
    for outside in [(0, 100), (EPOCH + 2_000, EPOCH + 2_001)] {
        let scope = Scope::new(outside.0, outside.1).unwrap();
        let refused = block_on(read(&family.town, &estate, scope, NOW + 200 * DAY, &mut |_| {}));
        assert_eq!(refused.unwrap_err(), OpenError::OutsideLease);
    }
}

/// Readings of heart rate that somebody with an estate finds.
fn found(family: &Family, estate: &Estate) -> usize {
    let scope = Scope::new(EPOCH - 40, EPOCH).unwrap();
    let epochs = block_on(read(&family.town, estate, scope, family.now(), &mut |_| {})).unwrap();
    let heart = epochs.readings.iter().filter(|(category, _)| *category == Category::HeartRate);
    heart.map(|(_, readings)| readings.len()).sum()
}

#[test]
fn who_went_opens_nothing_that_is_sealed_under_new_keys_and_who_stays_reads_and_gives_on() {
    let mut family = Family::new();
    family.sealed();
    let daughter = family.daughter.clone();
    let before = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::HeartRate], 2);
    let (given, _) = family.give(&before, &gift);
    family.patient.renew(EPOCH - 5);
    let new = family.patient.sealed(Category::HeartRate, EPOCH - 3, 7, 1);
    block_on(upload(&family.town, std::slice::from_ref(&new), NOW + 60 * DAY, NOW)).unwrap();

    // With what was leased before: by finding it, and with the sealed octets in hand.
    let old = before.estate.as_ref().unwrap();
    assert_eq!(found(&family, old), 20);
    let at = Epoch::new(EPOCH - 3).unwrap();
    for leased in Category::ALL.iter().flat_map(|category| old.series(*category)) {
        let leaf = leased.tree.leaf(at).unwrap();
        assert_ne!(leaf.locator(), new.locator);
        for generation in [leased.series.generation, new.origin.generation] {
            let origin = Origin { series: leased.series.id, generation, ..new.origin };
            assert!(open_manifest(&leaf, &origin, &new.manifest).is_err());
        }
    }
    let id = given.permission().id();
    assert_eq!(family.opens(id), Ok(20), "a permission wraps the keys of its day");

    // The person tells who stays the new keys, and that one gives again what was given.
    family.town.wait(HOUR);
    let word = family.told(&daughter, &steward());
    let estate = word.estate.as_ref().unwrap();
    assert_eq!(found(&family, estate), 27);
    let generation = |first, last| estate.generation(Category::HeartRate, Scope::new(first, last).unwrap());
    assert_eq!(generation(EPOCH - 40, EPOCH - 6), Some(3));
    assert_eq!((generation(EPOCH - 40, EPOCH), generation(0, 9)), (Some(4), None));
    let (circle, now, key) = (family.standing(), family.now(), SigningKey::from_bytes(&[26; 32]));
    let pk = daughter.signing.verifying_key();
    let genesis = &family.town.genesis;
    let again = give::again(&word, &circle, pk, &given, (None, &key), genesis, now, &mut family.rng);
    let mut again = again.unwrap();
    let (terms, as_before) = (again.permission().terms(), given.permission().terms());
    assert_eq!((terms.not_before_ms, terms.expires_ms), (as_before.not_before_ms, as_before.expires_ms));
    assert_eq!((terms.reader_pk_root, again.needs()), (as_before.reader_pk_root, 0));
    block_on(give::advance(&family.town, &mut again, &key, &daughter.signing, now, &mut |_| {})).unwrap();
    let id = again.permission().id();
    assert_eq!(family.opens(id), Ok(27));
}

#[test]
fn beyond_the_power_nothing_is_prepared() {
    let mut family = Family::new();
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let mut refused = |gift: &Gift| family.prepare(&word, gift).unwrap_err();
    let mild = Family::new().gift(&[Category::HeartRate], 2);
    let other = Gift { categories: [Category::OxygenSaturation].into(), ..mild.clone() };
    assert_eq!(refused(&other), GiveError::Refused(TxRefused::BeyondPower));
    let long = Gift { expires: NOW + 11 * DAY, ..mild.clone() };
    assert_eq!(refused(&long), GiveError::Refused(TxRefused::BeyondPower));
    let past = Gift { expires: NOW, ..mild.clone() };
    assert_eq!(refused(&past), GiveError::Issue(IssueError::Times));
    let ahead = Gift { scope: Scope::new(EPOCH, EPOCH + 3_000).unwrap(), ..mild.clone() };
    assert_eq!(refused(&ahead), GiveError::NoKeys);
    let codes: Vec<ErrorCode> = [&other, &ahead].map(|gift| refused(gift).code()).to_vec();
    assert_eq!(codes, [ErrorCode::BeyondPower, ErrorCode::OutsideScope]);
    let son = family.son.clone();
    let sons = family.told(&son, &approver());
    let circle = family.standing();
    let pk = son.signing.verifying_key();
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let approver = give::prepare(&sons, &circle, pk, &mild, &family.town.genesis, NOW, &mut rng);
    assert_eq!(approver.unwrap_err(), GiveError::NoKeys);
}

#[test]
fn a_steward_permits_only_the_clinicians_whom_the_power_names() {
    let named = Clinician::new(&Town::new(4)).credential.verifying_key();
    let others = [9, 10, 11].map(|n| SigningKey::from_bytes(&[n; 32]).verifying_key());
    for (recipients, permitted) in [
        (others.into_iter().chain([named]).collect::<BTreeSet<_>>(), true),
        (others.into_iter().collect(), false),
    ] {
        let power = Power { recipients, ..steward() };
        let mut family = Family::with(power.clone());
        let daughter = family.daughter.clone();
        let word = family.told(&daughter, &power);
        let gift = family.gift(&[Category::HeartRate], 2);
        if permitted {
            let (given, _) = family.give(&word, &gift);
            assert_eq!(given.needs(), 0);
        } else {
            let refused = family.prepare(&word, &gift).unwrap_err();
            assert_eq!(refused.code(), ErrorCode::OtherClinician);
            assert_eq!(refused, GiveError::Refused(TxRefused::Recipient));
        }
    }
}

#[test]
fn a_steward_sets_the_same_conditions_as_the_person_but_for_daily_summaries() {
    let mut family = Family::new();
    family.sealed();
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let gift = Gift { contract: Some(Ready::TwoPersons), ..family.gift(&[Category::HeartRate], 2) };
    let (given, _) = family.give(&word, &gift);
    let id = given.permission().id();
    let record = block_on(crate::Network::grant(&family.town, &id)).unwrap().value.unwrap();
    let text = Ready::TwoPersons.text().unwrap();
    assert_eq!(record.terms.contract_hash, contract_hash(&text));
    let recorded = block_on(crate::Network::contract(&family.town, &record.terms.contract_hash)).unwrap();
    assert_eq!(recorded.value.map(|contract| contract.text), Some(text), "it came before the permission");
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::NeedsSecond);
    let daily = Gift { contract: Some(Ready::SummariesOnly), ..family.gift(&[Category::HeartRate], 2) };
    assert_eq!(family.prepare(&word, &daily).unwrap_err(), GiveError::NoKeys);
}

#[test]
fn what_is_given_again_stays_under_its_condition() {
    let mut family = Family::new();
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let gift = Gift { contract: Some(Ready::TwoPersons), ..family.gift(&[Category::HeartRate], 2) };
    let (given, _) = family.give(&word, &gift);
    let (circle, now, key) = (family.standing(), family.now(), SigningKey::from_bytes(&[26; 32]));
    let (pk, hash) = (daughter.signing.verifying_key(), given.permission().terms().contract_hash);
    let genesis = &family.town.genesis;
    let mut again =
        |contract| give::again(&word, &circle, pk, &given, (contract, &key), genesis, now, &mut family.rng);
    let after = again(Some(Ready::TwoPersons)).unwrap();
    assert_eq!((after.permission().terms().contract_hash, after.needs()), (hash, 0));
    assert_eq!(again(None).unwrap_err(), GiveError::Condition, "it would open without a second clinician");
    assert_eq!(again(Some(Ready::SummariesOnly)).unwrap_err(), GiveError::NoKeys);
}

#[test]
fn a_code_that_asks_is_the_persons_own_to_answer() {
    let mut family = Family::new();
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let asks = AskedView {
        purpose: Purpose::Treatment,
        words: String::new(),
        categories: vec![Category::HeartRate],
        days_back: 7,
        days_ahead: 0,
        lasts_days: 2,
    };
    let Clinician { credential, attestation, reader } = &family.clinician;
    let code =
        invitation::Code::asking(reader, attestation.clone(), asks, &family.town.ctx.chain_id, credential);
    let invitation = code.unwrap().verify(&family.town.genesis).unwrap();
    let gift = Gift { invitation, ..family.gift(&[Category::HeartRate], 2) };
    let refused = family.prepare(&word, &gift).unwrap_err();
    assert_eq!((refused.code(), refused), (ErrorCode::CodeAsks, GiveError::Asks));
}

#[test]
fn a_permission_interrupted_anywhere_goes_on_and_is_recorded_once() {
    let mut family = Family::new();
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::HeartRate], 2);
    let mut given = family.prepare(&word, &gift).unwrap();
    let go = |given: &mut Given| {
        block_on(give::advance(&family.town, given, &gift.grant_key, &daughter.signing, NOW, &mut |_| {}))
    };
    family.town.inside().down = [1, 2].into_iter().collect();
    assert!(matches!(go(&mut given), Err(IssueError::TooFewKeepers { need: 3, .. })));
    family.town.inside().down = crate::Members::default();
    let mut kept = Given::decode(&given.encode()).unwrap();
    let first = go(&mut kept).unwrap();
    let again = go(&mut kept).unwrap();
    assert_eq!(first.inclusion, again.inclusion);
    assert!(!kept.permission().unsettled());
}
