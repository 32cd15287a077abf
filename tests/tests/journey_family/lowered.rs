//! Maria lets her daughter read less: at once the daughter reads no more blood pressure that is measured from then on, and permits
//! nothing; after 72 hours she permits what is left. In the end she reads nothing, and only agrees and objects.

use super::*;

const HEART: Category = Category::HeartRate;

async fn type_both(family: &Family, systolic: &str) {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let pressure = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, "88")];
    let at = family.off.now();
    for (category, values) in [(BP, pressure), (HEART, vec![value(Quantity::HeartRate, "61")])] {
        family.grandmother.run(c::TypeReading { category, values, at, note: None }).await.unwrap();
    }
}

/// How many readings the daughter finds of a category, since a time; `None` where she may not look.
async fn finds(family: &Family, circle: CircleId, from: i64) -> Option<(u32, u32)> {
    let look = c::OpenRelative { circle, from, to: family.off.now(), width: 400 };
    let view = family.daughter.run(look).await.ok()?;
    let of = |category| view.records.iter().filter(|r| r.category == category).map(|r| r.total).sum::<u32>();
    Some((of(HEART), of(BP)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daughter_reads_less_and_what_is_taken_away_is_under_new_keys() {
    let dir = tempfile::tempdir().unwrap();
    let family = Family::new(dir.path()).await;
    let Family { grandmother, daughter, cardiologist, .. } = &family;
    type_both(&family, "151").await;
    let from = family.off.now() - HOUR;
    let code = family.code_of_cardiologist().await;
    let hers = family_code(daughter).await;
    family.add(&hers.code, family.limits(HelperRole::Steward, &[HEART, BP]), None).await;
    let told = helped(daughter, |helped| helped.helpers.iter().any(|h| h.keys_until.is_some())).await;
    let (circle, seat) = (told.circle, told.helpers[0].seat);
    let both = eventually(PATIENCE, async || finds(&family, circle, from).await.filter(|n| *n == (1, 1)));
    assert!(both.await.is_some(), "she reads both");
    let own = family.permission_of_the_grandmother().await;
    let make = c::MakeCard { categories: vec![BP], call: String::new(), passphrase: PASSPHRASE.into() };
    let made = eventually(PATIENCE, async || grandmother.run(make.clone()).await.ok()).await;
    let first = made.and_then(|view| view.card).expect("she has a card");
    let read = c::ReadCard { card: grandmother.run(c::ShowCard {}).await.unwrap().text };

    // At once: what is left she reads on, and nothing is permitted.
    let lower = |categories: &[Category]| c::LowerDelegate { seat, categories: categories.to_vec() };
    assert_eq!(refused(grandmother, lower(&[HEART, BP])).await, ErrorCode::BadRequest, "not less");
    let less = grandmother.run(lower(&[HEART])).await.unwrap().own.unwrap();
    assert_eq!(less.helpers[0].limits.categories, [HEART]);
    let waiting = less.waiting.unwrap();
    assert_eq!((waiting.what, waiting.about.as_deref()), (FamilyChange::Raised, Some("Leila")));
    let renewal = less.new_keys.unwrap();
    assert_eq!((renewal.names, renewal.categories), (vec!["Leila".to_owned()], vec![BP]));
    assert!(less.still_hold.is_empty());
    let permit = |categories: &[Category]| {
        let draft = family.draft(&code, categories, 1);
        family.issue(circle, RelativeDraft { data_from: family.off.now() - HOUR, ..draft })
    };
    assert_eq!(refused(daughter, permit(&[HEART])).await, ErrorCode::BeyondPower);

    // What is measured from now on: the permission that runs goes on, she reads what is left.
    type_both(&family, "143").await;
    family.wait(2 * HOUR).await;
    let after = eventually(PATIENCE, async || {
        let all = grandmother.run(c::ListPermissions {}).await.ok()?;
        all.into_iter().find(|one| one.new_keys == NewKeys::InPlace && one.ends == own.ends)
    });
    let after = after.await.expect("it is given again");
    // So is her card, by the key that the paper names: the same paper leads to it.
    let held = eventually(PATIENCE, async || {
        let held = cardiologist.run(read.clone()).await.ok()?;
        (held.id != first.id && held.state == PermissionState::Active).then_some(())
    });
    assert!(held.await.is_some(), "the card in her drawer opens nothing new");
    let opened = eventually(PATIENCE, async || {
        let open = c::OpenRecord { id: after.id, width: 400, second: None };
        cardiologist.run(open).await.ok().filter(|opened| opened.records[0].total == 2)
    });
    assert!(opened.await.is_some(), "the cardiologist sees both, so both are where she would find them");
    let read = eventually(PATIENCE, async || finds(&family, circle, from).await.filter(|(n, _)| *n == 2));
    let (_, pressures) = read.await.expect("she reads on what is left");
    assert!(pressures < 2, "and nothing new of what was taken away");

    // Nobody objected: what is left she permits again, and the rest not.
    family.wait(72 * HOUR).await;
    helped(daughter, |helped| helped.waiting.is_none()).await;
    assert_eq!(refused(daughter, permit(&[BP])).await, ErrorCode::BeyondPower);
    let view = daughter.run(permit(&[HEART])).await.unwrap();
    assert_eq!(only(&view.helped[0].given).state, GivenState::AwaitsOthers);

    // Nothing left.
    let none = grandmother.run(lower(&[])).await.unwrap().own.unwrap();
    assert_eq!((none.helpers[0].limits.role, none.waiting), (HelperRole::Approver, None));
    assert!(none.new_keys.unwrap().categories.is_empty() && none.still_hold.is_empty());
    let shut = eventually(PATIENCE, async || {
        let look = c::OpenRelative { circle, from, to: family.off.now(), width: 400 };
        daughter.run(look).await.err().filter(|failure| failure.code == ErrorCode::NotYours)
    });
    assert!(shut.await.is_some());
}
