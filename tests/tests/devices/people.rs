//! Journey: a scale that keeps several people apart lets nothing out before it knows for whom.

use std::sync::Arc;

use anyhow::{Context, Result};
use salus_devices::gatt::user_data::ask::{Outcome, PATIENCE, Person};
use salus_devices::gatt::user_data::{ConsentCode, Refusal};
use salus_devices::{Options, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{DEADLINE, Driver, NOW};
use salus_tests::bluez::household::Manner;
use salus_tests::bluez::packet::body;
use salus_tests::bluez::{Household, Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{DeviceState, DeviceView, PersonChoice, PersonRefusal, PersonView};
use salus_wire::{Category, ErrorCode, Quantity};

const MINUTE: i64 = 60_000;
const WEIGHT: u16 = 0x2A9D;

fn code(number: u16) -> ConsentCode {
    ConsentCode::new(number).expect("a code")
}

async fn scale(bus: &str, household: &Arc<Household>) -> Result<SimulatedBluez> {
    SimulatedBluez::attach(bus, vec![Peripheral::scale(1, Arc::new(|| NOW)).keeping(household)]).await
}

async fn session(bluez: &SimulatedBluez, person: Option<Person>) -> Result<Driver> {
    Driver::with(bluez, 0, Options { person, ..Options::default() }).await
}

/// The next thing that the device says about the person; a reading before it is a leak.
async fn said(driver: &mut Driver) -> Outcome {
    let event = driver.until(|e| matches!(e, SessionEvent::Person(_) | SessionEvent::Reading(_))).await;
    match event {
        SessionEvent::Person(outcome) => outcome,
        other => panic!("before consent: {other:?}"),
    }
}

async fn weight(driver: &mut Driver) -> (Option<u8>, String) {
    let reading = driver.reading().await;
    (reading.user, reading.value(Quantity::BodyWeight).map(|v| v.to_string()).unwrap_or_default())
}

#[test]
fn nothing_comes_before_consent_and_everything_after_it() -> Result<()> {
    on_private_bus("people::nothing_comes_before_consent_and_everything_after_it", async |bus| {
        let household = Household::new(4, Manner::Answers);
        household.add(2, 412);
        household.hold(2, WEIGHT, body::weight(15_000, NOW - 5 * MINUTE, 2));
        household.hold(2, WEIGHT, body::weight(15_010, NOW - MINUTE, 2));
        let bluez = scale(&bus, &household).await?;
        let mut driver = session(&bluez, None).await?;
        assert_eq!(said(&mut driver).await, Outcome::Unsaid);
        assert_eq!(household.asked(), Vec::<Vec<u8>>::new());

        // A wrong code lets nothing out; the right one does, on the same link.
        driver.session.introduce(Some(Person::Known { user: 2, code: code(411) }));
        assert_eq!(said(&mut driver).await, Outcome::Refused(Refusal::NotAuthorised));
        driver.session.introduce(Some(Person::Known { user: 2, code: code(412) }));
        assert_eq!(said(&mut driver).await, Outcome::Agreed { user: 2 });
        assert_eq!(weight(&mut driver).await, (Some(2), "75.000".into()));
        assert_eq!(weight(&mut driver).await, (Some(2), "75.050".into()));
        assert_eq!(bluez.links(0), 1);

        // On the next link it is asked again, by itself.
        household.hold(2, WEIGHT, body::weight(15_020, NOW, 2));
        bluez.drop_link(0).await?;
        assert_eq!(said(&mut driver).await, Outcome::Agreed { user: 2 });
        assert_eq!(weight(&mut driver).await, (Some(2), "75.100".into()));
        assert_eq!(household.asked().len(), 3);
        Ok(())
    })
}

#[test]
fn a_new_person_is_added_once() -> Result<()> {
    on_private_bus("people::a_new_person_is_added_once", async |bus| {
        let household = Household::new(2, Manner::Answers);
        household.add(1, 1111);
        let bluez = scale(&bus, &household).await?;
        let new = Some(Person::New { code: code(7) });
        let mut driver = session(&bluez, new).await?;
        assert_eq!(said(&mut driver).await, Outcome::Registered { user: 2, code: code(7) });
        assert_eq!(said(&mut driver).await, Outcome::Agreed { user: 2 });
        bluez.drop_link(0).await?;
        assert_eq!(said(&mut driver).await, Outcome::Agreed { user: 2 });
        assert_eq!(household.residents(), [(1, 1111), (2, 7)]);

        // Another one finds no room, and is not asked for again.
        driver.session.introduce(new);
        assert_eq!(said(&mut driver).await, Outcome::Refused(Refusal::OperationFailed));
        bluez.drop_link(0).await?;
        assert_eq!(said(&mut driver).await, Outcome::Unsaid);
        assert_eq!(household.residents().len(), 2);
        Ok(())
    })
}

#[test]
fn a_device_that_stays_silent_is_not_asked_to_add_anybody_twice() -> Result<()> {
    on_private_bus("people::a_device_that_stays_silent_is_not_asked_to_add_anybody_twice", async |bus| {
        let household = Household::new(4, Manner::Silent);
        let bluez = scale(&bus, &household).await?;
        let mut driver = session(&bluez, Some(Person::New { code: code(7) })).await?;
        asked(&mut driver, &household, 1).await?;
        // Its silence ends by our clock.
        driver.advance(PATIENCE);
        assert_eq!(said(&mut driver).await, Outcome::Unanswered);

        // A link that ends before the answer leaves open whether somebody was added.
        driver.session.introduce(Some(Person::New { code: code(7) }));
        asked(&mut driver, &household, 2).await?;
        bluez.drop_link(0).await?;
        assert_eq!(said(&mut driver).await, Outcome::Unanswered);
        assert_eq!(said(&mut driver).await, Outcome::Unsaid);
        assert_eq!(household.asked().len(), 2);
        Ok(())
    })
}

/// Drives the session until its device was asked so often.
async fn asked(driver: &mut Driver, household: &Household, times: usize) -> Result<()> {
    let there = eventually(DEADLINE, async || (household.asked().len() >= times).then_some(()));
    tokio::select! {
        outcome = said(driver) => panic!("before its answer: {outcome:?}"),
        there = there => there.context("asked"),
    }
}

async fn person(desk: &Desk, fits: impl Fn(&DeviceView) -> bool) -> Result<DeviceView> {
    let seen = eventually(DEADLINE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        all.into_iter().next().filter(&fits)
    });
    seen.await.context("what the device says about the person")
}

async fn weights(desk: &Desk, total: u32) -> Result<()> {
    let (from, to) = (START - 86_400_000, START + 1);
    let record = || c::GetRecord { category: Category::BodyWeight, from, to, width: 600 };
    let there = eventually(DEADLINE, async || desk.ok(record()).await.ok().filter(|v| v.total == total));
    there.await.with_context(|| format!("{total} weights")).map(|_| ())
}

#[test]
fn the_application_asks_who_it_is_once_and_takes_what_is_theirs() -> Result<()> {
    on_private_bus("people::the_application_asks_who_it_is_once_and_takes_what_is_theirs", async |bus| {
        let household = Household::new(2, Manner::Answers);
        household.add(1, 1111);
        let peripheral = Peripheral::scale(1, Arc::new(|| START)).keeping(&household);
        let bluez = SimulatedBluez::attach(&bus, vec![peripheral]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let device = desk.ok(c::ScanDevices {}).await?[0].id;
        desk.ok(c::AddDevice { device }).await?;
        let tell = |person| c::SetDevicePerson { device, person };
        person(&desk, |d| d.person == Some(PersonView::Unsaid)).await?;

        // A wrong code, then somebody new: added once, and what they weigh is theirs without being asked.
        let known = |code: &str| PersonChoice::Known { user: 1, code: code.into() };
        assert_eq!(desk.ok(tell(known("2222"))).await?.person, Some(PersonView::Asking));
        person(&desk, |d| d.person == Some(PersonView::Refused { why: PersonRefusal::NotKnown })).await?;
        assert_eq!(desk.refused(tell(known("12345"))).await, ErrorCode::BadRequest);
        desk.ok(tell(PersonChoice::New)).await?;
        let new = person(&desk, |d| matches!(d.person, Some(PersonView::Known { user: 2, .. }))).await?;
        assert_eq!(household.residents().len(), 2);
        household.hold(1, WEIGHT, body::weight(18_000, START - MINUTE, 1));
        household.hold(2, WEIGHT, body::weight(15_000, START - MINUTE, 2));
        bluez.drop_link(0).await?;
        weights(&desk, 1).await?;
        assert_eq!(desk.ok(c::ListUnclaimed {}).await?, []);

        // It is remembered, sealed, over a lock; nobody is added again.
        desk.ok(c::Lock {}).await?;
        desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        household.hold(2, WEIGHT, body::weight(15_010, START, 2));
        // The link outlives the lock; who they are is told on each new one.
        bluez.drop_link(0).await?;
        let again = person(&desk, |d| d.state == DeviceState::Connected && d.stored == 2).await?;
        assert_eq!(again.person, new.person);
        assert_eq!(household.residents().len(), 2);

        // No room for a third; and what was said can be taken back.
        desk.ok(tell(PersonChoice::New)).await?;
        person(&desk, |d| d.person == Some(PersonView::Refused { why: PersonRefusal::NotAdded })).await?;
        assert_eq!(desk.ok(tell(PersonChoice::Nobody)).await?.person, Some(PersonView::Unsaid));
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}
