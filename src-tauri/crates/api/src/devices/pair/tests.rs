//! A person's "stop" arrives, and only in the pairing that it was meant for.

use std::path::Path;
use std::sync::Arc;

use futures::FutureExt;
use salus_chain::time::Clock;
use salus_devices::Found;
use salus_wire::command::CreateProfile;
use salus_wire::view::Role;

use super::super::Kept;
use super::*;
use crate::{Config, Confirm};

#[derive(Debug)]
struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_795_000_000_000
    }
}

struct No;

#[async_trait::async_trait]
impl Confirm for No {
    async fn confirm(&self, _: crate::Question<'_>) -> bool {
        false
    }
}

async fn open(dir: &Path) -> App {
    let alone = Config::new(dir.to_owned(), Arc::new(Noon), Arc::new(No));
    let app = App::new(Config { test_clock: true, ..alone }).await.unwrap();
    let passphrase = "correct horse battery".into();
    app.run(CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase }).await.unwrap();
    app
}

const DEVICE: DeviceId = DeviceId([7; 16]);

/// A device whose task has not looked at its orders yet: there is no room for another one.
fn crowded() -> (Known, mpsc::Receiver<Order>) {
    let (orders, queue) = mpsc::channel(MOST_ORDERS);
    let found = Found {
        key: "hci0/dev_C0".parse().unwrap(),
        id: DEVICE,
        name: "Strap".into(),
        measures: Vec::new(),
        overheard: false,
        rssi: None,
    };
    let mut known = Known::new(Kept::new(&found));
    orders.try_send(begun(&mut known).unwrap()).unwrap();
    while orders.try_send(Order::Answer(Answer::Yes)).is_ok() {}
    known.orders = Some(orders);
    (known, queue)
}

fn ear<'a>(known: &Known, orders: &'a mut mpsc::Receiver<Order>) -> Ear<'a, std::future::Pending<()>> {
    Ear { cancel: known.cancel.clone(), orders, end: std::future::pending() }
}

#[tokio::test]
async fn a_stop_arrives_although_no_order_finds_room() {
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    let devices = app.open().await.unwrap().devices.clone();
    let (known, mut orders) = crowded();
    let mut ear = ear(&known, &mut orders);
    devices.book().known.insert(DEVICE, known);

    app.run(CancelPairing { device: DEVICE }).await.unwrap();
    assert_eq!(ear.hear().now_or_never(), Some(Heard::Stop));
    app.lock().await.unwrap();
}

#[tokio::test]
async fn a_stop_that_came_too_late_does_not_end_the_next_pairing() {
    let (mut known, mut orders) = crowded();
    known.cancel.wish();
    known.state = DeviceState::PairFirst;
    begun(&mut known).unwrap();
    let mut ear = ear(&known, &mut orders);
    assert_eq!(ear.hear().now_or_never(), Some(Heard::Order(Order::Pair(OldBond::Keep))));
    known.cancel.wish();
    assert_eq!(ear.hear().now_or_never(), Some(Heard::Stop), "and its own ends it, before what waits");
}
