//! Files of every kind, and octets of none.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

const HOUR: i64 = 3_600_000;

/// A place two hours east of UTC.
fn east(at: NaiveDateTime) -> Option<UnixMillis> {
    Some(at.and_utc().timestamp_millis() - 2 * HOUR)
}

fn at(day: u32, hour: u32, minute: u32) -> i64 {
    let date = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    date.and_hms_opt(hour, minute, 0).unwrap().and_utc().timestamp_millis()
}

fn read_text(text: &str) -> Result<Found, Unreadable> {
    read(text.as_bytes(), &east, &mut |_| true)
}

/// Each reading as text: "1 BloodPressure Systolic 128 Diastolic 79".
fn said(found: &Found) -> Vec<String> {
    let row = |r: &Row| {
        let values: Vec<_> = r.values.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect();
        format!("{} {:?} {}", r.line, r.category, values.join(" "))
    };
    found.rows.iter().map(row).collect()
}

fn reasons(found: &Found) -> Vec<(ImportAside, u32, Vec<u32>)> {
    found.aside.views().into_iter().map(|a| (a.reason, a.count, a.first)).collect()
}

#[test]
fn a_table_of_a_cuff_is_read_by_its_headings() {
    let text = "\u{feff}Date;Time;Systolic (mmHg);Diastolic (mmHg);Pulse (bpm);Notes\r\n\
        2026-11-24;07:05;128;79;61;before breakfast\r\n\
        24.11.2026;7:15 PM;131;83;;\r\n\
        11/25/2026;07:00;120;80;60;\r\n\
        2026-11-26;07:00;12o;80;60;\r\n\
        2026-11-26;07:00;;;;\r\n";
    let found = read_text(text).unwrap();
    assert_eq!(found.format, ImportFormat::Table);
    assert_eq!(
        said(&found),
        [
            "2 BloodPressure Systolic 128 Diastolic 79 PulseRate 61",
            "3 BloodPressure Systolic 131 Diastolic 83"
        ]
    );
    assert_eq!(found.rows.iter().map(|r| r.at).collect::<Vec<_>>(), [at(24, 5, 5), at(24, 17, 15)]);
    assert_eq!(found.rows[0].note.as_deref(), Some("before breakfast"));
    let expected = [
        (ImportAside::NoTime, 1, vec![4]),
        (ImportAside::Unknown, 1, vec![6]),
        (ImportAside::NotANumber, 1, vec![5]),
    ];
    assert_eq!(reasons(&found), expected);
}

#[test]
fn a_unit_is_asked_for_where_there_are_two_and_series_stand_apart() {
    let wide = "timestamp,weight (lb),glucose (mmol/L),pulse\n2026-11-24T07:05:00Z,154.33,5.5,61\n";
    let found = read_text(wide).unwrap();
    assert_eq!(
        said(&found),
        [
            "2 BodyWeight BodyWeightPound 154.33",
            "2 Glucose CapillaryGlucoseMolar 5.5",
            "2 HeartRate HeartRate 61"
        ]
    );
    assert_eq!(found.rows[0].at, at(24, 7, 5));
    // 5.5 of what?
    assert_eq!(read_text("timestamp,glucose\n2026-11-24T07:05:00Z,5.5\n"), Err(Unreadable::Unknown));
}

#[test]
fn a_long_table_joins_the_values_of_one_reading() {
    let text = "time\tquantity\tvalue\tunit\n\
        2026-11-24 07:05\tsystolic\t128\tmmHg\n\
        2026-11-24 07:05\tdiastolic\t79\tmmHg\n\
        2026-11-24 07:05\tsystolic\t131\tmmHg\n\
        2026-11-24 07:06\tblood glucose\t99\tmg/dL\n\
        2026-11-24 07:06\tmood\t3\t\n";
    let found = read_text(text).unwrap();
    assert_eq!(
        said(&found),
        [
            "2 BloodPressure Systolic 128 Diastolic 79",
            "4 BloodPressure Systolic 131",
            "5 Glucose CapillaryGlucose 99"
        ]
    );
    assert_eq!(reasons(&found), [(ImportAside::Unknown, 1, vec![6])]);
}

#[test]
fn lines_of_an_export_come_back_as_they_were_but_for_how_they_had_come() {
    let line = r#"{"schema":"salus-export/1","category":"blood_pressure","time":"x","time_ms":1000,"arrived_ms":1,"values":[
        {"quantity":"systolic","mantissa":1200,"exponent":-1,"value":"120.0","unit":"mm[Hg]"},
        {"quantity":"systolic_kilopascal","mantissa":16,"exponent":0},{"quantity":"record_number","mantissa":7,"exponent":0}],
        "device":"00","flags":["irregular_pulse","link_open","typed","converted"],"note":"x"}"#
        .replace('\n', "");
    let others = r#"{"schema":"salus-export/1","category":"mood","time_ms":0,"values":[]}
{"schema":"salus-export/1","category":"heart_rate","time_ms":0,"values":[],"flags":["unclaimed"]}
{"schema":"salus-export/2","category":"heart_rate","time_ms":0,"values":[]}
{"#;
    let found = read_text(&format!("{line}\n\n{others}")).unwrap();
    assert_eq!(found.format, ImportFormat::SalusLines);
    assert_eq!(said(&found), ["1 BloodPressure Systolic 120.0 SystolicKilopascal 16"]);
    assert_eq!((found.rows[0].at, found.rows[0].quality), (1000, Quality(Quality::IRREGULAR_PULSE)));
    let expected = [
        (ImportAside::Malformed, 2, vec![5, 6]),
        (ImportAside::Unknown, 1, vec![3]),
        (ImportAside::NotThePatient, 1, vec![4]),
    ];
    assert_eq!(reasons(&found), expected);
}

#[test]
fn a_table_of_an_export_comes_back_reading_by_reading() {
    let head = "reading,category,time,time_ms,arrived_ms,quantity,loinc,mdc,value,exponent,unit,original_quantity,\
        original_value,original_exponent,original_unit,device,device_name,model,firmware,user,origin,link,clock,\
        clock_behind_ms,device_time,flags,note";
    let row =
        |reading: &str, quantity: &str, (value, exponent): (&str, &str), original: [&str; 2], note: &str| {
            let mut cells = [""; 27];
            (cells[0], cells[1], cells[3], cells[5]) = (reading, "body_weight", "1000", quantity);
            (cells[8], cells[9], cells[11], cells[12], cells[26]) =
                (value, exponent, original[0], original[1], note);
            format!("{}\r\n", cells.join(","))
        };
    let text = [
        format!("{head}\r\n"),
        row("1", "body_weight", ("70.003", "-3"), ["body_weight_pound", "154.33"], "'=1+1"),
        row("1", "body_height", ("1700", "2"), ["", ""], ""),
        row("2", "body_weight", ("7x", "0"), ["", ""], ""),
        row("2", "body_height", ("170", "0"), ["", ""], ""),
    ]
    .concat();
    let found = read_text(&text).unwrap();
    assert_eq!(found.format, ImportFormat::SalusTable);
    assert_eq!(said(&found), ["2 BodyWeight BodyWeight 70.003 BodyWeightPound 154.33 BodyHeight 1700"]);
    assert_eq!(found.rows[0].values[2].value, salus_wire::Decimal { mantissa: 17, exponent: 2 });
    assert_eq!(found.rows[0].note.as_deref(), Some("=1+1"));
    // A reading of which one row is wrong is not taken as a half.
    assert_eq!(reasons(&found), [(ImportAside::NotANumber, 1, vec![4])]);
}

fn observation(rest: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-24T07:05:00+02:00",{rest}}}"#
    )
}

const PRESSURE: &str = r#""code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"component":[
    {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":128,"code":"mm[Hg]"}},
    {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":79.5,"unit":"mmHg"}},
    {"code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"valueQuantity":{"value":61,"code":"/min"}}]"#;

fn single(code: &str, value: &str, unit: &str) -> String {
    let coding = format!(r#""code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}]}}"#);
    observation(&format!(r#"{coding},"valueQuantity":{{"value":{value},"code":"{unit}"}}"#))
}

#[test]
fn observations_are_read_from_a_bundle_and_from_lines() {
    let all = [
        observation(PRESSURE),
        single("59408-5", "97", "%"),
        single("29463-7", "154.33", "[lb_av]"),
        single("29463-7", "70", "stone"),
        single("2345-7", "99", "mg/dL"),
        single("8867-4", "61", "/min").replace("final", "entered-in-error"),
        single("8867-4", "61", "/min").replace("T07:05:00+02:00", ""),
        r#"{"resourceType":"Patient"}"#.to_owned(),
    ];
    let expected = [
        "1 BloodPressure Systolic 128 Diastolic 79.5 PulseRate 61",
        "2 OxygenSaturation OxygenSaturation 97",
        "3 BodyWeight BodyWeightPound 154.33",
    ];
    let aside = [
        (ImportAside::NoTime, 1, vec![7]),
        (ImportAside::Unknown, 3, vec![4, 5, 8]),
        (ImportAside::NotThePatient, 1, vec![6]),
    ];
    let entries: Vec<String> = all.iter().map(|o| format!(r#"{{"resource":{o}}}"#)).collect();
    let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","));
    let lines: Vec<String> = all.iter().map(|o| o.replace('\n', "")).collect();
    for text in [bundle, lines.join("\n")] {
        let found = read_text(&text).unwrap();
        assert_eq!(found.format, ImportFormat::Fhir);
        assert_eq!(said(&found), expected);
        assert_eq!(reasons(&found), aside);
        assert_eq!(found.rows[0].at, at(24, 5, 5));
    }
    assert_eq!(said(&read_text(&observation(PRESSURE)).unwrap()), [expected[0]]);
}

#[test]
fn what_is_no_file_of_readings_is_refused_and_limits_hold() {
    for text in
        ["", " \n", "<HealthData>", "PK\u{3}\u{4}", "hello", "{}", "{\n\"a\": 1\n}", "[1]", "time,mood\nx,1"]
    {
        assert_eq!(read_text(text), Err(Unreadable::Unknown), "{text}");
    }
    let long =
        format!("time,pulse\n2026-11-24T07:05:00Z,\"{}\"\n2026-11-24T07:05:00Z,61\n", "1".repeat(MAX_LINE));
    let found = read_text(&long).unwrap();
    assert_eq!((found.rows.len(), reasons(&found)[0].0), (1, ImportAside::TooLong));
    let mut many = String::from("time_ms,pulse\n");
    (0..=MAX_ROWS).for_each(|i| many.push_str(&format!("{i},61\n")));
    assert_eq!(read_text(&many), Err(Unreadable::TooLarge));
    assert_eq!(read(many.as_bytes(), &east, &mut |_| false), Err(Unreadable::Stopped));
}

proptest! {
    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..400), kind in 0usize..5) {
        let before: &[u8] = [
            b"".as_slice(),
            b"time,quantity,value,unit\n2026-11-24T07:05:00Z,pulse,",
            b"{\"schema\":\"salus-export/1\"}\n",
            b"{\"resourceType\":\"Bundle\",\"entry\":",
            b"reading,category,time_ms,quantity,value,exponent,original_quantity,original_value,flags,note\n",
        ][kind];
        let _ = read(&[before, &octets].concat(), &east, &mut |_| true);
    }
}
