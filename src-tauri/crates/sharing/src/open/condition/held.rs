//! Over [`crate::town`]: what the contract does not permit is refused before the receipt, by the chain to whoever leaves the
//! check out, and by the keepers to whoever has a receipt from before.

use futures::executor::block_on;
use salus_chain::contract::Ready;
use salus_chain::state::TxRefused;
use salus_keeper::message::KeeperRefused;
use salus_keeper::release::Refusal;
use salus_light::LightError;
use salus_wire::ErrorCode;

use super::Demand;
use crate::open::{OpenError, Request, Why};
use crate::town::{Given, NOW, Town};

const HOUR: i64 = 3_600_000;
// NOW is 11:06:40 UTC.
const UNTIL_SIX_PM: i64 = 6 * HOUR + 53 * 60_000 + 20_000;

fn request(town: &Town, given: &mut Given) -> Request {
    let slots = crate::cover::to_ask(given.shared.scope(), town.head_of_tests());
    Request::new(&given.shared, &given.clinician.reader, slots, &town.ctx, &mut given.rng).unwrap()
}

#[test]
fn hours_hold_at_the_app_at_the_chain_and_at_the_keepers() {
    let town = Town::new(4);
    let hours = Ready::Hours { from: 8 * 60, to: 18 * 60, utc_offset_minutes: 0 };
    let mut given = Given::under(&town, hours);
    assert_eq!(given.open(&town).unwrap().segments, 1);

    // A receipt of the last minute, used after it.
    town.wait(UNTIL_SIX_PM - 10_000);
    let late = request(&town, &mut given);
    let receipt = town.block(Some(late.receipt())).unwrap();
    town.wait(10_000);
    town.forget_rate();
    let refused = block_on(late.ask(&town, &given.shared, &town.ctx, receipt)).unwrap_err();
    let OpenError::TooFew { have: 0, dropped, .. } = &refused else { panic!("{refused}") };
    let by_contract = Why::Refused(KeeperRefused::Release(Refusal::Contract));
    assert!(dropped.len() == 4 && dropped.iter().all(|d| d.why == by_contract));
    assert_eq!(refused.code(), ErrorCode::ConditionDenies);

    let before = town.inside().log.len();
    let again = NOW + UNTIL_SIX_PM + 14 * HOUR;
    let demand = Demand::Hours { again };
    assert_eq!(given.open(&town).unwrap_err(), OpenError::Condition(demand));
    assert_eq!(town.inside().log.len(), before, "no receipt was left");
    let unchecked = request(&town, &mut given);
    let denied = LightError::Refused(TxRefused::ContractDenies);
    assert_eq!(town.block(Some(unchecked.receipt())), Err(denied));

    town.wait(14 * HOUR);
    assert_eq!(given.open(&town).unwrap().segments, 1);
}

#[test]
fn an_appointment_holds_before_and_after() {
    let town = Town::new(4);
    let mut given = Given::under(&town, Ready::Appointment { at_ms: NOW + 5 * HOUR });
    let demand = Demand::Before { from: NOW + 3 * HOUR };
    assert_eq!(given.open(&town).unwrap_err(), OpenError::Condition(demand));
    town.wait(3 * HOUR);
    assert_eq!(given.open(&town).unwrap().segments, 1);
    town.wait(4 * HOUR);
    assert_eq!(given.open(&town).unwrap_err(), OpenError::Condition(Demand::After));
}

#[test]
fn what_this_app_has_no_word_for_is_left_to_the_members() {
    let town = Town::new(4);
    let mut given = Given::under(&town, Ready::OnDuty { member: 1 });
    let denied = LightError::Refused(TxRefused::ContractDenies);
    assert_eq!(given.open(&town).unwrap_err(), OpenError::Light(denied));
}
