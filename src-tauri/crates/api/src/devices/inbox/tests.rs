//! Readings of somebody unknown that find no room are counted beside their device, and not lost in silence.

use salus_devices::Found;
use salus_vault::keyslot::PassphraseCost;
use salus_wire::view::SetAsideView;
use salus_wire::{Category, Component, Decimal, Quality, Quantity};

use super::super::Kept;
use super::super::claim::Unclaimed;
use super::*;

const NOON: i64 = 1_795_000_000_000;
const SCALE: DeviceId = DeviceId([7; 16]);

fn weighing(at: i64, device: DeviceId) -> Reading {
    let value = Decimal::whole(70);
    Reading {
        at,
        arrived: at,
        device,
        category: Category::BodyWeight,
        components: vec![Component { quantity: Quantity::BodyWeight, value }],
        quality: Quality(0),
        device_time: None,
        user: Some(3),
    }
}

#[tokio::test]
async fn what_finds_no_room_is_counted_beside_its_device() {
    let dir = tempfile::tempdir().unwrap();
    let rng = crate::app::rng();
    let made = Vault::create_with(dir.path(), "a passphrase", PassphraseCost::FLOOR, NOON, rng).await;
    let vault = made.unwrap().0;
    let found = Found {
        key: "hci0/dev_C0".parse().unwrap(),
        id: DeviceId([1; 16]),
        name: "Scale".into(),
        measures: vec![Category::BodyWeight],
        overheard: false,
        rssi: None,
    };
    Kept { identity: Some(SCALE), ..Kept::new(&found) }.save(&vault).await.unwrap();
    let devices = Devices::load(&vault).await.unwrap();

    // There is room: they are held, and nothing is counted.
    let (mut left_out, first) = (BTreeMap::new(), [weighing(NOON, SCALE)]);
    hold(&devices, &vault, &first, &mut left_out).await.unwrap();
    assert_eq!(left_out, BTreeMap::new());

    *devices.unclaimed.lock().await = Unclaimed::full(&weighing(NOON, SCALE));
    let stranger = DeviceId([8; 16]);
    let more = [weighing(NOON + 1, SCALE), weighing(NOON + 2, SCALE), weighing(NOON + 3, stranger)];
    hold(&devices, &vault, &more, &mut left_out).await.unwrap();
    assert_eq!(count(&devices, &vault, left_out).await.unwrap(), 1, "of no device that is known");
    let view = &devices.views()[0];
    assert_eq!(
        (view.quarantined, &view.set_aside[..]),
        (2, &[SetAsideView { reason: SetAside::NoRoom, count: 2 }][..])
    );
    // Also after a restart.
    assert_eq!(Devices::load(&vault).await.unwrap().views()[0].quarantined, 2);
}
