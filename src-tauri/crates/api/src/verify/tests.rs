//! What verifying found, in the person's terms.

use super::*;
use salus_vault::Epoch;
use salus_wire::Category;

#[test]
fn damage_is_shown_in_the_persons_terms_and_not_without_end() {
    let epoch = Epoch::new(438_232).unwrap();
    let of = |fault| Damage::Epoch { category: Category::HeartRate, epoch, fault };
    let mut report = Report { unlisted: 3, ..Report::default() };
    report.damage = vec![of(Fault::Gone), of(Fault::Segment), Damage::Keyslots];
    report.damage.extend((0..200).map(|position| Damage::Log { position }));
    let found = found(&report, 5);
    let readings = |other| DamageView::Readings {
        category: Category::HeartRate,
        from: epoch.start(),
        to: epoch.end(),
        other,
    };
    assert_eq!(found.damage[..4], [readings(true), readings(false), DamageView::Keys, DamageView::History]);
    assert_eq!((found.damage.len(), found.unlisted, found.at), (100, 106, 5));
}

#[test]
fn an_overview_is_told_as_such_with_the_day_that_it_is_of() {
    let category = Category::HeartRate;
    let damage = vec![Damage::Summary { category, day: 2 }, Damage::Summaries { removed: true }];
    let found = found(&Report { damage, ..Report::default() }, 5);
    let day = DamageView::Overview { category, from: 172_800_000, to: 259_200_000 };
    assert_eq!(found.damage, [day, DamageView::Overviews { removed: true }]);
    assert!(found.damage.iter().all(DamageView::is_overview) && !DamageView::Value.is_overview());
    assert!(found.damage.iter().all(DamageView::is_harmless) && !DamageView::Value.is_harmless());
}

#[test]
fn what_waits_is_told_with_its_number_and_a_list_of_copies_as_one_that_nothing_is_lost_with() {
    let (category, epoch) = (Category::Glucose, Epoch::new(438_232).unwrap());
    let damage = vec![Damage::Inbox { entries: 3 }, Damage::Print { category, epoch }, Damage::Prints];
    let found = found(&Report { damage, inbox: 7, ..Report::default() }, 5);
    let copies = DamageView::Copies { category, from: epoch.start(), to: epoch.end() };
    assert_eq!(found.damage, [DamageView::Waiting { entries: 3 }, copies, DamageView::StrayCopies]);
    let harmless: Vec<bool> = found.damage.iter().map(DamageView::is_harmless).collect();
    assert_eq!((harmless, found.waiting), (vec![false, true, true], 7));
    assert!(!found.damage.iter().any(DamageView::is_overview));
}

#[tokio::test]
async fn the_log_is_compared_with_every_anchor_that_the_record_kept() {
    use crate::testing::{Hands, NOON, patient, weigh};

    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = patient(dir.path(), &clock).await;
    weigh(&app, NOON - 86_400_000).await.unwrap();
    let open = app.open().await.unwrap();
    open.vault.close_epochs(NOON).await.unwrap();
    let head = *open.vault.heads().borrow();
    assert_eq!(head.size, 1);
    let cabinet = open.vault.cabinet();
    let keep = async |day: u32, octets: [u8; 48]| {
        let name = [&[7; 32][..], &day.to_be_bytes()].concat();
        let value = [&[1][..], &octets, &[0; 16]].concat();
        cabinet.put(crate::namespace::ANCHORS, &name, &value).await.unwrap();
    };
    let damage = async || walk(&app).await.unwrap().unwrap().damage;
    keep(5, head.encode()).await;
    assert_eq!(damage().await, []);
    let mut other = head;
    other.root[0] ^= 1;
    keep(6, other.encode()).await;
    assert_eq!(damage().await, [Damage::Log { position: 1 }]);
    // The person accepted the record on a later day: from then on it is this one.
    let until = |day: u32| [&[1][..], &day.to_be_bytes()].concat();
    cabinet.put(crate::namespace::ANCHORS, b"accepted", &until(6)).await.unwrap();
    assert_eq!(damage().await, []);
    cabinet.put(crate::namespace::ANCHORS, b"accepted", &until(5)).await.unwrap();
    assert_eq!(damage().await, [Damage::Log { position: 1 }]);
    drop(open);
    app.close().await.unwrap();
}
