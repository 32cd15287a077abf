use super::*;

const ADDRESS: Address<'static> = Address::Lasting([0xC0, 1, 2, 3, 4, 5]);

#[test]
fn the_order_is_system_id_serial_udi_address() {
    let mut facts = Facts {
        system_id: Some([1, 2, 3, 4, 5, 6, 7, 8]),
        maker: Some("m"),
        model: Some("x"),
        serial: Some("A1234"),
        udi_label: Some("(01)04(21)7"),
        address: ADDRESS,
    };
    let mut ids = vec![lasting(&facts)];
    facts.system_id = None;
    ids.push(lasting(&facts));
    facts.serial = None;
    ids.push(lasting(&facts));
    facts.udi_label = None;
    ids.push(lasting(&facts));
    ids.dedup();
    assert_eq!(ids.len(), 4);
    assert!(ids.iter().all(Option::is_some));
    assert_eq!(ids[3], Some(seen(ADDRESS, "hci0/dev")));
}

#[test]
fn what_many_units_share_is_no_identity() {
    let address = lasting(&Facts { address: ADDRESS, ..Facts::default() });
    for facts in [
        Facts { system_id: Some([0; 8]), ..Facts::default() },
        Facts { system_id: Some([0xFF; 8]), ..Facts::default() },
        Facts { serial: Some("00000000"), ..Facts::default() },
        Facts { serial: Some("1"), ..Facts::default() },
        Facts { udi_label: Some("(01)04(10)LOT"), ..Facts::default() },
    ] {
        assert_eq!(lasting(&Facts { address: ADDRESS, ..facts }), address);
    }
}

#[test]
fn the_same_serial_of_two_makers_is_two_devices() {
    let of = |maker| lasting(&Facts { maker: Some(maker), serial: Some("A1234"), ..Facts::default() });
    assert_ne!(of("a"), of("b"));
}

#[test]
fn a_private_address_never_identifies() {
    let private = |first: u8| BDAddr::from([first, 1, 2, 3, 4, 5]);
    for (first, kind, bonded, lasts) in [
        (0x40, AddressType::Random, false, false),
        (0x00, AddressType::Random, false, false),
        (0xC0, AddressType::Random, false, true),
        (0x40, AddressType::Random, true, true),
        (0x40, AddressType::Public, false, true),
    ] {
        let address = Address::new(private(first), Some(kind), bonded, "p");
        assert_eq!(lasting(&Facts { address, ..Facts::default() }).is_some(), lasts, "{first:02x} {bonded}");
    }
    let hidden = Address::new(BDAddr::default(), None, false, "uuid");
    assert_eq!(hidden, Address::Hidden("uuid"));
    assert!(lasting(&Facts { address: hidden, ..Facts::default() }).is_some());
}

/// Golden: SHA-256("hg/v1/device" || 04 || 00000006 || c00102030405), first 16 octets.
#[test]
fn the_identity_is_stable() {
    assert_eq!(seen(ADDRESS, "").to_string(), GOLDEN);
}

const GOLDEN: &str = "aa48674667a64ad0b01ec7a46f33d1aa";

#[test]
fn a_claim_to_another_device_s_identity_gives_way_to_the_address() {
    let system_id = Some([1, 2, 3, 4, 5, 6, 7, 8]);
    let with = |address| Facts { system_id, address, ..Facts::default() };
    let first = distinct(&with(Address::Lasting([0xC0; 6])), &[]).unwrap();
    let second = distinct(&with(Address::Lasting([0xC1; 6])), &[first]).unwrap();
    assert_ne!(first, second);
    assert_eq!(Some(second), lasting(&Facts { address: Address::Lasting([0xC1; 6]), ..Facts::default() }));
    assert_eq!(distinct(&with(Address::Passing([0x40; 6])), &[first]), Some(first));
    assert_eq!(claimed(&with(Address::Lasting([0xC1; 6])), &[second, first]), Some(first));
    assert_eq!(claimed(&with(Address::Lasting([0xC1; 6])), &[second]), None);
}
