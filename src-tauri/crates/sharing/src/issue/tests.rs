use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::codec::Record;
use salus_chain::state::TxRefused;
use salus_chain::tx::Tx;
use salus_keeper::Scope;
use salus_wire::Category;

use super::*;
use crate::network::Network;
use crate::stop::{StopError, stop};
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;

fn plan(town: &Town) -> (Plan, Patient) {
    let patient = Patient::new();
    let scope = Scope::new(EPOCH, EPOCH + 5).unwrap();
    (patient.plan(&Clinician::new(town).invitation(town), scope), patient)
}

#[test]
fn impossible_plans_send_nothing() {
    let town = Town::new(4);
    let (good, _) = plan(&town);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut refused = |change: fn(&mut Plan)| {
        let mut plan = good.clone();
        change(&mut plan);
        prepare(&plan, &town.genesis, NOW, &mut rng).unwrap_err()
    };
    assert_eq!(refused(|p| p.expires = NOW), IssueError::Times);
    assert_eq!(refused(|p| p.not_before = p.expires), IssueError::Times);
    assert_eq!(refused(|p| p.not_before = -1), IssueError::Times);
    assert_eq!(refused(|p| p.series.clear()), IssueError::Series);
    assert_eq!(refused(|p| p.series.push(p.series[0].clone())), IssueError::Series);
    assert_eq!(refused(|p| p.writers.clear()), IssueError::Series);
    let deleted = refused(|p| p.series[0].tree = p.series[0].tree.without(EPOCH, EPOCH + 5).unwrap());
    assert_eq!((deleted.code(), deleted), (ErrorCode::Shredded, IssueError::Deleted));
    assert!(matches!(refused(|p| p.patient = " ".into()), IssueError::Name(_)));
    let years = refused(|p| p.scope = Scope::new(EPOCH, EPOCH + 60_000).unwrap());
    assert_eq!(years.code(), ErrorCode::TooLarge);
}

#[test]
fn what_is_kept_round_trips_and_holds_no_key() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    for _ in 0..2 {
        let octets = permission.encode();
        assert_eq!(Permission::decode(&octets), Ok(permission.clone()));
        for cut in (0..octets.len()).step_by(11) {
            assert!(Permission::decode(&octets[..cut]).is_err(), "{cut}");
        }
        // The series' roots and the grant's key are not in it.
        let holds = |secret: &[u8]| octets.windows(32).any(|w| w == secret);
        assert!(!patient.roots.iter().any(|(_, tree)| holds(tree.root().unwrap().expose())));
        assert!(!holds(&patient.grant_key.to_bytes()));
        block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    }
    assert_eq!(permission.categories(), Category::ALL);
}

#[test]
fn what_an_earlier_version_kept_is_read_and_a_contract_only_where_it_is_the_permissions() {
    let town = Town::new(4);
    let (plan, _) = plan(&town);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    let octets = permission.encode();
    // Version 01 ended before the contract's length.
    let mut earlier = octets[..octets.len() - 4].to_vec();
    earlier[0] = 1;
    assert_eq!(Permission::parse(&earlier), Ok(permission.clone()));
    assert_eq!(Permission::parse(&octets), Ok(permission.clone()));
    assert!(Permission::decode(&earlier).is_err());
    for cut in (0..earlier.len()).step_by(11) {
        assert!(Permission::parse(&earlier[..cut]).is_err(), "{cut}");
    }
    let contract = salus_chain::contract::Ready::TwoPersons.text().unwrap();
    let of_another = Permission { contract, ..permission };
    assert!(Permission::parse(&of_another.encode()).is_err());
}

#[test]
fn acknowledgements_count_only_from_the_keeper_that_was_asked() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut one = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    let mut other = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    block_on(advance(&town, &mut one, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    let ack = one.tx.body.acks[0];
    assert_eq!(other.acknowledge(&town.ctx, ack.keeper, &ack), Err(BadAck));
    assert_eq!(other.acknowledge(&town.ctx, 2, &ack), Err(BadAck));
    assert_eq!(other.acknowledge(&town.ctx, 99, &ack), Err(BadAck));
    assert!(other.holding().is_empty());
    assert_eq!(one.acknowledge(&town.ctx, ack.keeper, &ack), Ok(()));
    assert_eq!(one.holding().len(), 4);
}

#[test]
fn progress_is_told_and_too_few_depots_are_an_error() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let mut steps = Vec::new();
    let key = &patient.grant_key;
    block_on(advance(&town, &mut permission, key, NOW, &mut |step| steps.push(step))).unwrap();
    assert!(
        matches!(steps[..], [Step::Dealt(d), Step::Stored(_), Step::Recorded(_), Step::Left(_)] if d.len() == 4)
    );

    let sealed = [patient.sealed(Category::HeartRate, EPOCH, 5, 1)];
    let held = block_on(upload(&town, &sealed, plan.expires, NOW)).unwrap();
    assert_eq!((held.len(), held[0].depots.len()), (1, 4));
    town.inside().down = [1, 2, 3].into_iter().collect();
    let more = [patient.sealed(Category::HeartRate, EPOCH + 1, 5, 1)];
    let short = block_on(upload(&town, &more, plan.expires, NOW)).unwrap_err();
    assert!(matches!(short, IssueError::TooFewDepots { need: 2, .. }));
}

#[test]
fn a_depot_with_other_terms_is_met_by_its_own() {
    let town = Town::new(4);
    town.inside().depots[2].stricter = 3;
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    assert!(!permission.unsettled());
    let sealed = [patient.sealed(Category::HeartRate, EPOCH, 5, 1)];
    // Longer than any depot keeps anything: kept for as long as it does.
    let held = block_on(upload(&town, &sealed, NOW + 4_000 * 86_400_000, NOW)).unwrap();
    assert_eq!(held[0].depots.len(), 4);
}

#[test]
fn a_member_that_never_answers_keeps_nobody_from_a_permission() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let key = &patient.grant_key;
    town.inside().hung = [2].into_iter().collect();
    let given = block_on(advance(&town, &mut permission, key, NOW, &mut |_| {})).unwrap();
    assert_eq!(given.missing, [(2, LightError::Silent { member: 2 })]);
    assert!(permission.unsettled() && permission.progress() == Progress::Recorded(given.inclusion));
    let sealed = [patient.sealed(Category::HeartRate, EPOCH, 5, 1)];
    let held = block_on(upload(&town, &sealed, plan.expires, NOW)).unwrap();
    assert_eq!(held[0].depots, [1, 3, 4].into_iter().collect::<Members>());
    // It gets its part once it answers.
    town.inside().hung = crate::Members::default();
    let given = block_on(advance(&town, &mut permission, key, NOW, &mut |_| {})).unwrap();
    assert!(given.missing.is_empty() && !permission.unsettled());
}

#[test]
fn whoever_was_passed_over_gets_capsule_and_note_once_it_answers() {
    let begins: [fn(&Step) -> bool; 2] =
        [|step| matches!(step, Step::Dealt(_)), |step| matches!(step, Step::Recorded(_))];
    for begins in begins {
        let town = Town::new(4);
        let (plan, patient) = plan(&town);
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
        let capsule = salus_keeper::depot::blob_hash(&permission.capsule);
        let inbox = salus_keeper::depot::inbox_of(&permission.reader);
        let key = &patient.grant_key;
        let hang = |step: &Step, member: u16| {
            if begins(step) {
                town.inside().hung = [member].into_iter().collect();
            }
        };
        block_on(advance(&town, &mut permission, key, NOW, &mut |step| hang(&step, 3))).unwrap();
        assert!(permission.unsettled() && !town.inside().depots[2].notes.contains_key(&inbox));
        // Another one does not answer now: what it has it has.
        town.inside().hung = [1].into_iter().collect();
        block_on(advance(&town, &mut permission, key, NOW, &mut |_| {})).unwrap();
        assert!(!permission.unsettled());
        for depot in &town.inside().depots {
            assert!(depot.blobs.contains_key(&capsule));
            assert_eq!(depot.notes.get(&inbox).map(Vec::len), Some(1));
        }
    }
}

#[test]
fn what_was_recorded_under_its_name_and_says_something_else_is_not_taken_for_it() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let (mut other, key) = (permission.clone(), &patient.grant_key);
    other.let_stop(salus_chain::ids::Hash32([1; 32]));
    block_on(advance(&town, &mut other, key, NOW, &mut |_| {})).unwrap();
    for _ in 0..2 {
        let refused = block_on(advance(&town, &mut permission, key, NOW, &mut |_| {})).unwrap_err();
        assert_eq!(refused, IssueError::Light(LightError::Refused(TxRefused::GrantExists)));
        assert!(permission.is_signed() && permission.progress() == Progress::Pending);
    }
}

#[test]
fn a_stop_reaches_what_was_on_its_way_when_it_came() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let key = &patient.grant_key;
    assert_eq!(block_on(stop(&town, &mut permission, key)), Err(StopError::NotRecorded));
    // Cut off once it was handed in, with nothing of it stored. The members of another town of four have the same keys.
    let mut given = permission.clone();
    block_on(advance(&Town::new(4), &mut given, key, NOW, &mut |_| {})).unwrap();
    town.inside().on_its_way = Some(Tx::Grant(given.tx));
    block_on(stop(&town, &mut permission, key)).unwrap();
    let end = block_on(town.grant(&permission.id())).unwrap().value.unwrap().end;
    assert!(end.is_some_and(|end| end.revoked));
}

#[test]
fn what_an_attempt_recorded_that_was_cut_off_is_taken_for_recorded() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let (mut before, key) = (permission.clone(), &patient.grant_key);
    let given = block_on(advance(&town, &mut permission, key, NOW, &mut |_| {})).unwrap().inclusion;
    // Nothing of it was stored, and what is signed now is another transaction.
    town.wait(60_000);
    assert!(!before.is_signed());
    let again = block_on(advance(&town, &mut before, key, NOW, &mut |_| {})).unwrap().inclusion;
    assert_eq!((again.height, again.time_ms), (given.height, given.time_ms));
    assert!(before.progress() == Progress::Recorded(again) && !before.unsettled());
}

#[test]
fn members_without_room_are_told_apart_from_members_that_are_away() {
    let town = Town::new(4);
    let (plan, patient) = plan(&town);
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let key = &patient.grant_key;
    let mut go = || block_on(advance(&town, &mut permission, key, NOW, &mut |_| {}));
    town.inside().down = [1, 2].into_iter().collect();
    assert_eq!(go().unwrap_err().code(), ErrorCode::TooFewMembers);
    town.inside().down = [1].into_iter().collect();
    town.inside().full = [2].into_iter().collect();
    assert_eq!(go().unwrap_err().code(), ErrorCode::MembersFull);
    town.inside().full = crate::Members::default();
    go().unwrap();
    town.inside().full = [2, 3, 4].into_iter().collect();
    let sealed = [patient.sealed(Category::HeartRate, EPOCH, 5, 1)];
    let short = block_on(upload(&town, &sealed, plan.expires, NOW)).unwrap_err();
    assert_eq!(short.code(), ErrorCode::MembersFull);
}
