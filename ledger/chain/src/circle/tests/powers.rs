//! A delegate after the lapse, beyond the limits, and a permission that tries to carry powers on.

use super::family::*;
use crate::circle::Change;
use crate::fixture::{DAY, START};
use crate::ids::Hash32;
use crate::merkle::MerklePath;
use crate::state::TxRefused;

const BEYOND: Result<(), TxRefused> = Err(TxRefused::BeyondPower);

#[test]
fn a_power_begins_and_lapses_by_block_time() {
    let mut family = Family::with(|body| {
        body.delegates[0].begins_ms = START + DAY;
        body.delegates[0].lapses_ms = START + 10 * DAY;
    });
    assert_eq!(family.give(1, ANNA, DAY, &[1]), Err(TxRefused::PowerNotInForce));
    family.wait(DAY);
    assert_eq!(family.give(1, ANNA, DAY, &[1]), Ok(()));
    family.wait(8 * DAY);
    // No permission outlives the power.
    assert_eq!(family.give(2, ANNA, 2 * DAY, &[1]), BEYOND);
    family.wait(DAY);
    assert_eq!(family.give(2, ANNA, HOUR, &[1]), Err(TxRefused::PowerNotInForce));
    assert_eq!(family.change(ANNA, Change::AddDelegate(steward(31))), Err(TxRefused::PowerNotInForce));
    // A lapsed approver's approval does not count either.
    let mut family = Family::with(|body| body.delegates[1].lapses_ms = START + DAY);
    assert_eq!(family.give(1, ANNA, 3 * DAY, &[SENSITIVE]), Ok(()));
    family.wait(DAY);
    let subject = family.subject(1);
    assert_eq!(family.approve(BEN, subject), Err(TxRefused::PowerNotInForce));
}

#[test]
fn a_power_rests_after_its_review_date_until_it_is_confirmed() {
    let mut family = Family::with(|body| body.delegates[0].review_ms = Some(START + DAY));
    assert_eq!(family.give(1, ANNA, HOUR, &[1]), Ok(()));
    family.wait(DAY);
    assert_eq!(family.give(2, ANNA, HOUR, &[1]), Err(TxRefused::PowerNotInForce));
    let review = |days: i64| Change::ConfirmReview { seat: 1, review_ms: START + days * DAY };
    assert_eq!(family.change(ANNA, review(30)), Err(TxRefused::PowerNotInForce));
    // Neither in the past nor so far ahead that it is none.
    assert_eq!(family.change(PERSON, review(1)), Err(TxRefused::CircleForm));
    assert_eq!(family.change(PERSON, review(368)), Err(TxRefused::CircleForm));
    assert_eq!(family.change(PERSON, review(30)), Ok(()));
    assert_eq!(family.give(2, ANNA, HOUR, &[1]), Ok(()));
    // Delegates confirm another's with their approvals, 72 hours later.
    family.wait(30 * DAY);
    assert_eq!(family.change(BEN, review(60)), Ok(()));
    assert_eq!(family.give(3, ANNA, HOUR, &[1]), Err(TxRefused::PowerNotInForce));
    let waiting = family.waiting();
    assert_eq!(family.approve(ANNA, waiting), Err(TxRefused::PowerNotInForce));
    assert_eq!(family.approve(CLEO, waiting), Ok(()));
    assert_eq!(family.circle().pending.unwrap().effective_ms, None, "two approvals besides Ben's wish");
}

#[test]
fn nothing_longer_than_the_power_allows() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, 10 * DAY + 2, &[1]), BEYOND);
    assert_eq!(family.give(1, ANNA, 5 * DAY, &[1]), Ok(()));
    assert_eq!(family.given(1).needs, 0);
    assert_eq!(family.give(2, ANNA, 5 * DAY + 2, &[1]), Ok(()));
    assert_eq!(family.given(2).needs, 2);
    // A row of short ones, each after the other: what ends far from now is long.
    let mut later = family.grant_body(3, ANNA, 8 * DAY, &[1]);
    later.grant.terms.not_before_ms += 7 * DAY;
    let later = family.sign_grant(later, 3, ANNA);
    assert_eq!(family.run(later), Ok(()));
    assert_eq!(family.given(3).needs, 2);
}

#[test]
fn nothing_of_other_categories() {
    let mut family = Family::new();
    assert_eq!(family.give(1, ANNA, DAY, &[]), BEYOND, "a permission of nothing in particular");
    assert_eq!(family.give(1, ANNA, DAY, &[1, 5]), BEYOND);
    // Sensitive, and said to be ordinary.
    let mut body = family.grant_body(1, ANNA, DAY, &[SENSITIVE]);
    body.categories[0].ordinary = claims(&[3])[0].ordinary.clone();
    let tx = family.sign_grant(body, 1, ANNA);
    assert_eq!(family.run(tx), BEYOND);
    // One claim of the root is a claim of everything, the sensitive one too.
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    body.categories[0].leaf = steward(ANNA).categories_root;
    body.categories[0].path = MerklePath::single();
    body.categories[0].ordinary = None;
    let tx = family.sign_grant(body, 1, ANNA);
    assert_eq!(family.run(tx), Ok(()));
    assert_eq!(family.given(1).needs, 2);
    // A steward without categories permits none, and a zero leaf is not below a zero root.
    let mut family = Family::with(|body| {
        body.delegates[0].categories_root = Hash32::ZERO;
        body.policy.ordinary_root = Hash32::ZERO;
    });
    let mut body = family.grant_body(1, ANNA, DAY, &[1]);
    body.categories[0].leaf = Hash32::ZERO;
    body.categories[0].path = MerklePath::single();
    body.categories[0].ordinary = Some(MerklePath::single());
    let tx = family.sign_grant(body, 1, ANNA);
    assert_eq!(family.run(tx), BEYOND);
}

#[test]
fn a_permission_carries_no_powers_on() {
    let mut family = Family::new();
    // Its own key is Ben's key of the circle, or the person's, or a guardian's.
    for number in [BEN, PERSON, GUARDIANS[2]] {
        assert_eq!(family.give(number, ANNA, DAY, &[1]), Err(TxRefused::BeyondRole));
    }
    // And the key of a permission is nobody of the circle.
    assert_eq!(family.give(1, ANNA, DAY, &[1]), Ok(()));
    assert_eq!(family.give(2, 1, DAY, &[1]), Err(TxRefused::CircleSigner));
    assert_eq!(family.change(1, Change::AddDelegate(steward(31))), Err(TxRefused::CircleSigner));
}

#[test]
fn a_circle_says_nothing_about_a_plain_permission() {
    let mut family = Family::new();
    let plain = family.chain.grant_tx(1);
    assert_eq!(family.run(plain), Ok(()));
    assert_eq!(family.change(PERSON, Change::Handover), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
}
