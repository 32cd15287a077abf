//! What a decoder does not do: allocate. For every profile of fixed size, for values of variable size that are read where they
//! lie, for advertisements, and for what is refused. The allocator of this test counts each thread for itself.

use std::hint::black_box;

use allocation_counter::measure;
use salus_devices::advert;
use salus_devices::gatt::crc::Protection;
use salus_devices::gatt::{
    battery, blood_pressure, body_composition, cgm, cycling, cycling_power, date_time, device_information,
    elapsed_time, enhanced_blood_pressure, glucose, health_sensor, heart_rate, omron, polar_pmd,
    pulse_oximeter, racp, running, thermometer, user_data, weight,
};

/// Name, a value of it, and whether octets decode.
type Case = (&'static str, &'static str, fn(&[u8]) -> bool);

macro_rules! cases {
    ($($name:literal $hex:literal $decode:expr;)+) => {
        &[$(($name, $hex, |bytes| black_box($decode(black_box(bytes))).is_ok())),+]
    };
}

const FIXED: &[Case] = cases! {
    "2A37" "1e48e8030004100412041404" heart_rate::decode;
    "2A38" "01" heart_rate::location;
    "2A35" "1e780050005d00ea0705150a1e2d4800010600" blood_pressure::decode;
    "2A36" "005100ff07ff07" blood_pressure::decode_cuff;
    "2A49" "4000" enhanced_blood_pressure::decode_feature;
    "2B34" "4e780050005d00357fa131480001" enhanced_blood_pressure::decode;
    "2B35" "005100" enhanced_blood_pressure::decode_cuff;
    "2B36, one segment" "030100342b4e7800" enhanced_blood_pressure::record::decode;
    "2A1C" "06740100ffea0705150a1e2d06" thermometer::decode;
    "2A1D" "06" thermometer::decode_type;
    "2A21" "3c00" thermometer::decode_interval;
    "2A5E" "0361003d00ea0705150a1e2d0001" pulse_oximeter::spot_check;
    "2A5F" "0861003d00000000" pulse_oximeter::continuous;
    "2A60" "0000" pulse_oximeter::features;
    "2A9D" "06b437ea0705150a1e2d01" weight::decode;
    "2A9E" "3b000000" weight::decode_feature;
    "2A9C" "2610fa00ea0705150a1e2d012823" body_composition::decode;
    "2A9B" "2b020000" body_composition::decode_feature;
    "2A18" "030700ea0705150a1e2d050068b011" glucose::decode;
    "2A34" "030700012dd002" glucose::context::decode;
    "2A51" "0000" glucose::decode_feature;
    "2AA8" "00000059ffff" cgm::decode_feature;
    "2AA9" "0500000000" |b| cgm::decode_status(b, Protection::Plain);
    "2AA9, checked" "05003f3fffa7e0" |b| cgm::decode_status(b, Protection::Checked);
    "2AAA" "ea0705150a1e2dec00" |b| cgm::session::decode_start(b, Protection::Plain);
    "2AAB" "f000" |b| cgm::session::decode_run_time(b, Protection::Plain);
    "2AAC" "1c1a01" |b| cgm::control::decode(b, Protection::Plain);
    "2A53" "078002ac680039300000" running::decode;
    "2A54" "0700" running::features;
    "2A5B" "0309000000000403000002" cycling::decode;
    "2A5C" "0300" cycling::features;
    "2A63" "3000d20009000000000803000002" cycling_power::decode;
    "2A65" "0c000000" cycling_power::features;
    "2A52" "06000101" racp::decode;
    "2A99" "01000000" user_data::decode_increment;
    "2A9A" "01" user_data::decode_index;
    "2A9F" "200201" user_data::decode_response;
    "2A2B" "ea0705150a1e2d048001" date_time::current_time;
    "2A08" "ea0705150a1e2d" date_time::date_time;
    "2BF2" "22357fa131000006000000" elapsed_time::clock;
    "2BF4" "80" health_sensor::response;
    "2BF1" "b84b0200140000ff3c000000" health_sensor::schedule;
    "2A19" "32" battery::decode;
    "2A23" "debc9afeff563412" device_information::system_id;
    "OMRON record" "7d5d461a2b2541160000200000010200" omron::decode;
};

const READ_WHERE_THEY_LIE: &[Case] = cases! {
    "2B8B, two values" "071e002100044a02000102054a020001200f78000000064a020001200f50000000" health_sensor::live;
    "2BF3" "0002b84b02001a480200" health_sensor::features;
    "PMD ECG" "000094357700000000000280ff028000" polar_pmd::frame;
    "PMD ACC" "02009435770000000001f7ffffffe703" polar_pmd::frame;
    "PMD PPI" "030000000000000000003ce8030a0006" polar_pmd::frame;
    "PMD control" "f0020000" polar_pmd::message;
    "2AA7, one record" "06000c100600" |b| cgm::decode(b, Protection::Plain);
    "2AA7, one record, checked" "0fe3d2e405000214ff02f0e5f38e3f" |b| cgm::decode(b, Protection::Checked);
};

const HEARD: &[Case] = cases! {
    "Ruuvi 5" "0512fc5394c37c0004fffc040cac364200cdcbb8334c884f" advert::ruuvi::decode;
    "Ruuvi 3" "03291a1ece1efc18f94202ca0b53" advert::ruuvi::decode;
    "Mi Scale 1" "229e43e507040b101301" advert::mi_scale::decode_first;
    "Mi Scale 2" "0226e307011d113518e5014c40" advert::mi_scale::decode_second;
    "BTHome 2" "40000902c40903bf13" advert::bthome::decode;
};

fn allocations(case: &Case, bytes: &[u8]) -> (bool, u64) {
    let mut decodes = false;
    let info = measure(|| decodes = (case.2)(bytes));
    (decodes, info.count_total)
}

#[test]
fn no_decoder_of_these_allocates() {
    for case in [FIXED, READ_WHERE_THEY_LIE, HEARD].into_iter().flatten() {
        let bytes = hex::decode(case.1).expect("hex");
        assert_eq!(allocations(case, &bytes), (true, 0), "{}", case.0);
        for cut in 0..bytes.len() {
            assert_eq!(allocations(case, &bytes[..cut]).1, 0, "{} cut to {cut}", case.0);
        }
        let long = [&bytes[..], &[0xFF]].concat();
        assert_eq!(allocations(case, &long).1, 0, "{} with an octet too many", case.0);
    }
}

/// The count can fail: a text is allocated.
#[test]
fn what_allocates_is_counted() {
    let text: Case = ("2A29", "", |bytes| black_box(device_information::text(black_box(bytes))).is_ok());
    let (decodes, count) = allocations(&text, b"Salus Simulation");
    assert!(decodes && count > 0, "{count}");
}
