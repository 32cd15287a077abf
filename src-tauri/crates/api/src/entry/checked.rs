//! Typed values, checked by the ranges that hold for devices.

use salus_devices::measure::{range, unit};
use salus_wire::view::ValueView;
use salus_wire::{Category, Component, Decimal, ErrorCode, Failure, Quantity};

/// The values as components in the quantities' own units, with what was typed in another unit beside them; true when
/// something was converted.
pub(super) fn components(
    category: Category,
    values: &[ValueView],
) -> Result<(Vec<Component>, bool), Failure> {
    let mut components: Vec<Component> = Vec::new();
    let mut originals = Vec::new();
    for ValueView { quantity: typed, value: text } in values {
        let typed = *typed;
        let name = || format!("{typed:?}");
        let value: Decimal = text.parse().map_err(|_| Failure::with(ErrorCode::NotANumber, name()))?;
        let (quantity, canonical) =
            unit::canonical(typed, value).ok_or_else(|| Failure::with(ErrorCode::BadRequest, name()))?;
        let twice = components.iter().any(|c| c.quantity == quantity);
        if twice || !category.typed().contains(&quantity) {
            return Err(Failure::with(ErrorCode::BadRequest, name()));
        }
        if quantity.is_coded() && value.exponent != 0 {
            return Err(Failure::with(ErrorCode::BadRequest, name()));
        }
        let (low, high) = range::plausible(quantity);
        if unit::less(canonical, low) || unit::less(high, canonical) {
            return Err(Failure::with(ErrorCode::OutOfRange, name()));
        }
        components.push(Component { quantity, value: canonical });
        if typed != quantity {
            originals.push(Component { quantity: typed, value });
        }
    }
    whole(category, &components)?;
    let converted = !originals.is_empty();
    components.append(&mut originals);
    Ok((components, converted))
}

/// What a reading cannot be without: an amount, and of a blood pressure both values or neither, in their order.
fn whole(category: Category, components: &[Component]) -> Result<(), Failure> {
    let value = |q: Quantity| components.iter().find(|c| c.quantity == q).map(|c| c.value);
    let named = |code, q: Quantity| Err(Failure::with(code, format!("{q:?}")));
    let Some(first) = category.typed().first() else {
        return Err(Failure::with(ErrorCode::BadRequest, "category"));
    };
    // A code says something about an amount, and nothing alone.
    if components.iter().all(|c| c.quantity.is_coded()) {
        return named(ErrorCode::NotANumber, *first);
    }
    let (systolic, diastolic) = match (value(Quantity::Systolic), value(Quantity::Diastolic)) {
        (Some(systolic), Some(diastolic)) => (systolic, diastolic),
        (Some(_), None) => return named(ErrorCode::NotANumber, Quantity::Diastolic),
        (None, Some(_)) => return named(ErrorCode::NotANumber, Quantity::Systolic),
        (None, None) => return Ok(()),
    };
    if !unit::less(diastolic, systolic) {
        return named(ErrorCode::OutOfRange, Quantity::Diastolic);
    }
    match value(Quantity::MeanPressure) {
        Some(mean) if unit::less(mean, diastolic) || unit::less(systolic, mean) => {
            named(ErrorCode::OutOfRange, Quantity::MeanPressure)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(category: Category, values: &[(Quantity, &str)]) -> Result<Vec<String>, ErrorCode> {
        let values: Vec<_> =
            values.iter().map(|(q, v)| ValueView { quantity: *q, value: (*v).to_owned() }).collect();
        let (components, _) = components(category, &values).map_err(|f| f.code)?;
        Ok(components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect())
    }

    #[test]
    fn a_pressure_needs_both_values_in_order() {
        use Quantity::{Diastolic, PulseRate, Systolic};
        let bp = |values: &[(Quantity, &str)]| typed(Category::BloodPressure, values);
        assert_eq!(
            bp(&[(Systolic, "128"), (Diastolic, "79"), (PulseRate, "61")]).unwrap(),
            ["Systolic 128", "Diastolic 79", "PulseRate 61"]
        );
        assert_eq!(bp(&[(Systolic, "128")]), Err(ErrorCode::NotANumber));
        assert_eq!(bp(&[(Systolic, "79"), (Diastolic, "128")]), Err(ErrorCode::OutOfRange));
        assert_eq!(bp(&[(Systolic, "1280"), (Diastolic, "79")]), Err(ErrorCode::OutOfRange));
        assert_eq!(bp(&[(Systolic, "12o"), (Diastolic, "79")]), Err(ErrorCode::NotANumber));
        assert_eq!(bp(&[(Systolic, "120"), (Systolic, "120")]), Err(ErrorCode::BadRequest));
        assert_eq!(bp(&[(Diastolic, "79"), (PulseRate, "61")]), Err(ErrorCode::NotANumber));
        assert_eq!(bp(&[]), Err(ErrorCode::NotANumber));
        assert_eq!(bp(&[(PulseRate, "61")]).unwrap(), ["PulseRate 61"]);
        let mean = |mean| bp(&[(Systolic, "128"), (Diastolic, "79"), (Quantity::MeanPressure, mean)]);
        assert!(mean("79").is_ok() && mean("95.5").is_ok() && mean("128").is_ok());
        assert_eq!((mean("78"), mean("129")), (Err(ErrorCode::OutOfRange), Err(ErrorCode::OutOfRange)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let named = |category, values: &[(Quantity, &str)]| {
            let values: Vec<_> =
                values.iter().map(|(q, v)| ValueView { quantity: *q, value: (*v).to_owned() }).collect();
            components(category, &values).err().and_then(|f| f.detail).unwrap_or_default()
        };
        let bp = Category::BloodPressure;
        assert_eq!(named(bp, &[(Quantity::DiastolicKilopascal, "11")]), "Systolic");
        assert_eq!(named(bp, &[(Quantity::Systolic, "128"), (Quantity::MeanPressure, "95")]), "Diastolic");
        assert_eq!(named(Category::Glucose, &[(Quantity::MealContext, "1")]), "CapillaryGlucose");
        assert_eq!(named(Category::BodyWeight, &[(Quantity::BodyHeightInch, "690")]), "BodyHeightInch");
    }

    #[test]
    fn one_amount_is_enough_and_a_code_alone_is_not() {
        use Quantity::{BodyHeight, BodyTemperature, GlycatedHaemoglobinMolar, MealContext, MeasurementSite};
        assert_eq!(typed(Category::BodyWeight, &[(BodyHeight, "175")]).unwrap(), ["BodyHeight 175"]);
        assert_eq!(
            typed(Category::Glucose, &[(GlycatedHaemoglobinMolar, "48"), (MealContext, "3")]).unwrap(),
            ["GlycatedHaemoglobin 6.54", "MealContext 3", "GlycatedHaemoglobinMolar 48"]
        );
        let site =
            |code| typed(Category::BodyTemperature, &[(BodyTemperature, "36.8"), (MeasurementSite, code)]);
        assert_eq!(site("6").unwrap(), ["BodyTemperature 36.8", "MeasurementSite 6"]);
        assert_eq!((site("10"), site("0")), (Err(ErrorCode::OutOfRange), Err(ErrorCode::OutOfRange)));
        assert_eq!(site("6.0"), Err(ErrorCode::BadRequest));
        assert_eq!(typed(Category::Glucose, &[(MealContext, "3")]), Err(ErrorCode::NotANumber));
    }

    #[test]
    fn everything_typed_is_taken_at_both_ends_of_its_range_and_no_further() {
        for category in Category::ALL {
            let alone =
                |q: &&Quantity| !q.is_coded() && !matches!(q, Quantity::Systolic | Quantity::Diastolic);
            for quantity in category.typed().iter().filter(alone) {
                let (low, high) = range::plausible(*quantity);
                let one = |value: i64| typed(*category, &[(*quantity, &value.to_string())]).map(|v| v.len());
                assert_eq!((one(low.mantissa), one(high.mantissa)), (Ok(1), Ok(1)), "{quantity:?}");
                let beyond = (one(low.mantissa - 1), one(high.mantissa + 1));
                assert_eq!(beyond, (Err(ErrorCode::OutOfRange), Err(ErrorCode::OutOfRange)), "{quantity:?}");
            }
        }
    }

    #[test]
    fn another_category_s_values_and_untypeable_ones_are_refused() {
        assert_eq!(typed(Category::HeartRate, &[(Quantity::BodyWeight, "70")]), Err(ErrorCode::BadRequest));
        assert_eq!(typed(Category::Electrocardiogram, &[]), Err(ErrorCode::BadRequest));
        assert_eq!(typed(Category::HeartRate, &[(Quantity::RecordNumber, "7")]), Err(ErrorCode::BadRequest));
    }

    #[test]
    fn another_unit_is_converted_and_kept() {
        assert_eq!(
            typed(
                Category::BloodPressure,
                &[(Quantity::SystolicKilopascal, "16"), (Quantity::DiastolicKilopascal, "11")]
            )
            .unwrap(),
            ["Systolic 120.0", "Diastolic 82.5", "SystolicKilopascal 16", "DiastolicKilopascal 11"]
        );
    }
}
