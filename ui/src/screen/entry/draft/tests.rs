use super::*;
use Quantity::{Diastolic, PulseRate, Systolic, SystolicKilopascal};

const NOW: UnixMillis = 1_795_000_000_000;

type Typed = Vec<(Quantity, String)>;

fn pressure(texts: &[(Quantity, &str)]) -> Result<Typed, Vec<(Field, Wrong)>> {
    let mut draft = Draft::new(Category::BloodPressure, Units::new());
    draft.texts = texts.iter().map(|(q, t)| (*q, (*t).to_owned())).collect();
    Ok(draft.reading(NOW, 0)?.values.into_iter().map(|v| (v.quantity, v.value)).collect())
}

#[test]
fn a_pressure_can_be_typed_in_one_field() {
    let two = vec![(Systolic, "128".to_owned()), (Diastolic, "79".to_owned())];
    let three = [two.clone(), vec![(PulseRate, "61".to_owned())]].concat();
    assert_eq!(pressure(&[(Systolic, "128/79")]), Ok(two.clone()));
    assert_eq!(pressure(&[(Systolic, " 128 / 79 / 61 ")]), Ok(three.clone()));
    assert_eq!(pressure(&[(Systolic, "128/79"), (PulseRate, "61")]), Ok(three.clone()));
    assert_eq!(pressure(&[(Systolic, "128"), (Diastolic, "79"), (PulseRate, "61")]), Ok(three));
    assert_eq!(pressure(&[(Systolic, "١٢٨/٧٩")]), Ok(two));
}

#[test]
fn every_wrong_field_is_named() {
    let (s, d) = (Field::Value(Systolic), Field::Value(Diastolic));
    assert_eq!(pressure(&[]), Err(vec![(s, Wrong::Nothing)]));
    assert_eq!(pressure(&[(Diastolic, "79")]), Err(vec![(s, Wrong::Missing)]));
    assert_eq!(pressure(&[(Systolic, "128")]), Err(vec![(d, Wrong::Missing)]));
    assert_eq!(pressure(&[(Systolic, "128/")]), Err(vec![(d, Wrong::Missing)]));
    assert_eq!(pressure(&[(Systolic, "12o/79")]), Err(vec![(s, Wrong::NotANumber)]));
    assert_eq!(pressure(&[(Systolic, "1/2/3/4"), (Diastolic, "2")]), Err(vec![(s, Wrong::NotANumber)]));
    assert_eq!(pressure(&[(Systolic, "128/79"), (Diastolic, "80")]), Err(vec![(s, Wrong::NotANumber)]));
}

#[test]
fn the_other_unit_is_typed_as_its_own_quantity_and_what_has_none_stays() {
    let mut draft = Draft::new(Category::BloodPressure, ["kPa"].into());
    draft.texts = [(Systolic, "16/10,5/61".to_owned())].into();
    let reading = draft.reading(NOW, 0).expect("good");
    let quantities: Vec<_> = reading.values.iter().map(|v| v.quantity).collect();
    assert_eq!(quantities, [SystolicKilopascal, Quantity::DiastolicKilopascal, PulseRate]);
}

#[test]
fn a_unit_is_chosen_for_everything_that_has_it_and_for_nothing_else() {
    let mut draft = Draft::new(Category::BodyWeight, Units::new());
    draft.choose_unit(Quantity::BodyWeightPound);
    assert_eq!(draft.typed_as(Quantity::MuscleMass), Quantity::MuscleMassPound);
    assert_eq!(draft.typed_as(Quantity::BodyHeight), Quantity::BodyHeight);
    draft.choose_unit(Quantity::BodyHeightInch);
    draft.choose_unit(Quantity::BodyWeight);
    assert_eq!(draft.typed_as(Quantity::BodyHeight), Quantity::BodyHeightInch);
    assert_eq!(draft.typed_as(Quantity::BodyWeight), Quantity::BodyWeight);
    let own = |q| own_unit(Category::BodyWeight, q);
    assert_eq!(own(Quantity::BodyHeight), Some(Quantity::BodyHeightInch));
    assert_eq!((own(Quantity::MuscleMass), own(Quantity::BodyFat)), (None, None));
}

#[test]
fn one_amount_is_enough_and_a_code_alone_is_not() {
    let glucose = |texts: &[(Quantity, &str)]| {
        let mut draft = Draft::new(Category::Glucose, ["mmol/mol"].into());
        draft.texts = texts.iter().map(|(q, t)| (*q, (*t).to_owned())).collect();
        let values = draft.reading(NOW, 0)?.values;
        Ok(values.into_iter().map(|v| (v.quantity, v.value)).collect::<Typed>())
    };
    assert_eq!(
        glucose(&[(Quantity::GlycatedHaemoglobin, "48")]),
        Ok(vec![(Quantity::GlycatedHaemoglobinMolar, "48".into())])
    );
    let first = Field::Value(Quantity::CapillaryGlucose);
    assert_eq!(glucose(&[(Quantity::MealContext, "3")]), Err(vec![(first, Wrong::Nothing)]));
    let coded = glucose(&[(Quantity::CapillaryGlucose, "99"), (Quantity::MealContext, "3")]);
    assert_eq!(coded.map(|v| v.len()), Ok(2));
}

#[test]
fn what_stands_behind_more_is_noticed() {
    let mut draft = Draft::new(Category::BodyWeight, Units::new());
    draft.texts = [(Quantity::BodyFat, "20".to_owned()), (Quantity::BodyHeight, " ".to_owned())].into();
    assert!(!draft.has_more());
    draft.texts.insert(Quantity::BodyHeight, "175".to_owned());
    assert!(draft.has_more());
}

#[test]
fn time_is_now_unless_it_is_typed_and_never_to_come() {
    let mut draft = Draft::new(Category::BodyWeight, Units::new());
    draft.texts = [(Quantity::BodyWeight, "78٫4".to_owned())].into();
    let reading = draft.reading(NOW, 120).expect("good");
    assert_eq!((reading.at, reading.values[0].value.as_str(), reading.note), (NOW, "78.4", None));
    draft.when = Some("2026-11-01T07:30".into());
    draft.note = "  before breakfast ".into();
    let reading = draft.reading(NOW, 0).expect("good");
    assert_eq!(reading.at, parse_moment("2026-11-01T07:30", 0).expect("a moment"));
    assert_eq!(reading.note.as_deref(), Some("before breakfast"));
    draft.when = Some("2126-11-01T07:30".into());
    assert_eq!(draft.reading(NOW, 0), Err(vec![(Field::When, Wrong::ToCome)]));
    (draft.when, draft.note) = (Some("soon".into()), "x".repeat(501));
    let both = vec![(Field::When, Wrong::NoTime), (Field::Note, Wrong::TooLong)];
    assert_eq!(draft.reading(NOW, 0), Err(both));
}

#[test]
fn a_refusal_finds_its_field() {
    let of = |code, detail: &str| refused(&Failure::with(code, detail));
    let systolic = Field::Value(Systolic);
    assert_eq!(of(ErrorCode::OutOfRange, "Systolic"), Some((systolic, Wrong::OutOfRange)));
    assert_eq!(of(ErrorCode::NotANumber, "SystolicKilopascal"), Some((systolic, Wrong::NotANumber)));
    assert_eq!(of(ErrorCode::BadRequest, "at"), Some((Field::When, Wrong::ToCome)));
    assert_eq!(of(ErrorCode::BadRequest, "Systolic"), None);
    assert_eq!(refused(&Failure::new(ErrorCode::DiskFull)), None);
}

#[test]
fn a_draft_comes_back_from_the_record_as_it_was() {
    let mut draft = Draft::new(Category::BodyWeight, ["[lb_av]"].into());
    assert_eq!(draft.to_keep(), None, "nothing is typed");
    draft.texts.insert(Quantity::BodyWeight, "172.8".into());
    draft.when = Some("2026-11-22T14:05".into());
    draft.note = "after breakfast".into();
    let kept = draft.to_keep().expect("something is typed");
    assert_eq!(Draft::of_kept(&kept), Some(draft));
    for other in ["", "{}", "nonsense", "[1]"] {
        assert_eq!(Draft::of_kept(other), None, "{other}");
    }
}
