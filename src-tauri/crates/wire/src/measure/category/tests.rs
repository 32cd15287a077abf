use super::*;

#[test]
fn codes_are_unique_and_round_trip() {
    for c in Category::ALL {
        assert_eq!(Category::from_code(c.code()), Some(*c));
    }
}

/// Why each stands here is in the documentation of [`Category::typed`].
const NEVER_TYPED: &[Quantity] = &[
    Quantity::RrInterval,
    Quantity::PulseInterval,
    Quantity::EcgVoltage,
    Quantity::SampleInterval,
    Quantity::Impedance,
    Quantity::GlucoseTrend,
    Quantity::SensorQuality,
    Quantity::RecordNumber,
    Quantity::Tester,
    Quantity::HealthContext,
    Quantity::SampleFluid,
];

const TYPED_IN_TWO: &[Quantity] =
    &[Quantity::PulseRate, Quantity::ExerciseDuration, Quantity::ExerciseIntensity];

#[test]
fn every_quantity_can_be_typed_or_has_a_reason_why_not() {
    for quantity in Quantity::ALL {
        let stored = quantity.original_of().unwrap_or(*quantity);
        let found = Category::ALL.iter().filter(|c| c.typed().contains(&stored)).count();
        let expected = match stored {
            q if NEVER_TYPED.contains(&q) => 0,
            q if TYPED_IN_TWO.contains(&q) => 2,
            _ => 1,
        };
        assert_eq!(found, expected, "{quantity:?}");
    }
}

#[test]
fn a_form_asks_for_an_amount_first_and_for_nothing_twice() {
    for c in Category::ALL {
        let (typed, asked) = (c.typed(), c.asked());
        assert_eq!([asked, c.more()].concat(), typed, "{c:?}");
        assert_eq!(typed.first(), c.drawn().first().filter(|_| !typed.is_empty()), "{c:?}");
        assert!(asked.iter().all(|q| !q.is_coded()), "{c:?}");
        assert!(typed.iter().all(|q| typed.iter().filter(|o| *o == q).count() == 1), "{c:?}");
    }
}

#[test]
fn a_quantity_is_known_in_one_other_unit_at_most() {
    for quantity in Quantity::ALL {
        let others = Quantity::ALL.iter().filter(|q| q.original_of() == Some(*quantity));
        assert!(others.count() <= 1, "{quantity:?}");
    }
}
