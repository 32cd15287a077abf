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

/// What a reading of the category cannot be without.
fn whole(category: Category, components: &[Component]) -> Result<(), Failure> {
    let value = |q: Quantity| components.iter().find(|c| c.quantity == q).map(|c| c.value);
    let needed = if category == Category::BloodPressure { 2 } else { 1 };
    let required = category.typed().get(..needed).unwrap_or_default();
    if required.is_empty() {
        return Err(Failure::with(ErrorCode::BadRequest, "category"));
    }
    if let Some(missing) = required.iter().find(|q| value(**q).is_none()) {
        return Err(Failure::with(ErrorCode::NotANumber, format!("{missing:?}")));
    }
    match (value(Quantity::Systolic), value(Quantity::Diastolic)) {
        (Some(systolic), Some(diastolic)) if !unit::less(diastolic, systolic) => {
            Err(Failure::with(ErrorCode::OutOfRange, format!("{:?}", Quantity::Diastolic)))
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
        assert_eq!(bp(&[]), Err(ErrorCode::NotANumber));
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
