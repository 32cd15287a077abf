//! The values of a row, by the rules that hold for devices and for what is typed.

use salus_devices::measure::{range, unit};
use salus_wire::measure::summary::order;
use salus_wire::view::{ImportAside, ImportFormat};
use salus_wire::{Category, Component, Quantity, Reading};

/// The values as they are stored, with those in another unit beside them; true when something was converted.
pub(super) fn components(
    category: Category,
    format: ImportFormat,
    values: &[Component],
) -> Result<(Vec<Component>, bool), ImportAside> {
    let own = matches!(format, ImportFormat::SalusLines | ImportFormat::SalusTable);
    let (others, stored): (Vec<Component>, Vec<Component>) =
        values.iter().copied().partition(|c: &Component| c.quantity.original_of().is_some());
    let mut components: Vec<Component> = Vec::with_capacity(values.len());
    for value in stored {
        fits(category, own, value)?;
        components.push(value);
    }
    let mut originals = Vec::new();
    for value in others {
        let (quantity, canonical) =
            unit::canonical(value.quantity, value.value).ok_or(ImportAside::Unknown)?;
        let there = components.iter().find(|c| c.quantity == quantity).map(|c| c.value);
        match there {
            None => {
                let converted = Component { quantity, value: canonical };
                fits(category, own, converted)?;
                components.push(converted);
                originals.push(value);
            }
            Some(there) if order(there, canonical).is_eq() => originals.push(value),
            // The file contradicts itself: the value in the stored unit is the one that the other was made of, or the other way.
            Some(_) => return Err(ImportAside::Malformed),
        }
    }
    whole(&components)?;
    let converted = !originals.is_empty();
    components.append(&mut originals);
    if components.len() > Reading::MAX_COMPONENTS {
        return Err(ImportAside::TooLong);
    }
    Ok((components, converted))
}

/// Whether a value can be one of the category, and of a body. An own export may hold what nobody types.
fn fits(category: Category, own: bool, c: Component) -> Result<(), ImportAside> {
    let listed = category.typed().contains(&c.quantity) || category.drawn().contains(&c.quantity);
    if !own && !listed {
        return Err(ImportAside::Unknown);
    }
    if c.quantity.is_coded() && c.value.exponent != 0 {
        return Err(ImportAside::NotANumber);
    }
    let (low, high) = range::plausible(c.quantity);
    if unit::less(c.value, low) || unit::less(high, c.value) { Err(ImportAside::Impossible) } else { Ok(()) }
}

/// An amount, and of a pressure both values or neither, in their order.
fn whole(components: &[Component]) -> Result<(), ImportAside> {
    if components.iter().all(|c| c.quantity.is_coded()) {
        return Err(ImportAside::Unknown);
    }
    let value = |q: Quantity| components.iter().find(|c| c.quantity == q).map(|c| c.value);
    match (value(Quantity::Systolic), value(Quantity::Diastolic)) {
        (None, None) => Ok(()),
        (Some(systolic), Some(diastolic)) if unit::less(diastolic, systolic) => Ok(()),
        _ => Err(ImportAside::Incomplete),
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::Decimal;

    use super::*;

    fn of(
        format: ImportFormat,
        category: Category,
        values: &[(Quantity, i64, i8)],
    ) -> Result<Vec<String>, ImportAside> {
        let component = |(quantity, mantissa, exponent): &(Quantity, i64, i8)| Component {
            quantity: *quantity,
            value: Decimal { mantissa: *mantissa, exponent: *exponent },
        };
        let values: Vec<_> = values.iter().map(component).collect();
        let (components, _) = components(category, format, &values)?;
        Ok(components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect())
    }

    #[test]
    fn values_are_those_of_a_body_of_the_series_and_whole() {
        use Quantity as Q;
        let table = |category, values: &[_]| of(ImportFormat::Table, category, values);
        let (pressure, weight) = (Category::BloodPressure, Category::BodyWeight);
        assert_eq!(
            table(pressure, &[(Q::Systolic, 128, 0), (Q::Diastolic, 79, 0)]).unwrap(),
            ["Systolic 128", "Diastolic 79"]
        );
        assert_eq!(
            table(weight, &[(Q::BodyWeightPound, 15433, -2)]).unwrap(),
            ["BodyWeight 70.003", "BodyWeightPound 154.33"]
        );
        for (category, values, reason) in [
            (pressure, vec![(Q::Systolic, 128, 0)], ImportAside::Incomplete),
            (pressure, vec![(Q::Systolic, 79, 0), (Q::Diastolic, 128, 0)], ImportAside::Incomplete),
            (pressure, vec![(Q::Systolic, 1280, 0), (Q::Diastolic, 79, 0)], ImportAside::Impossible),
            (weight, vec![(Q::HeartRate, 61, 0)], ImportAside::Unknown),
            (weight, vec![(Q::BodyWeight, i64::MAX, 127)], ImportAside::Impossible),
            (Category::BodyTemperature, vec![(Q::MeasurementSite, 6, 0)], ImportAside::Unknown),
            (weight, vec![], ImportAside::Unknown),
        ] {
            assert_eq!(table(category, &values), Err(reason), "{values:?}");
        }
    }

    #[test]
    fn a_value_in_two_units_has_to_be_one() {
        use Quantity as Q;
        let own = |pound| {
            of(
                ImportFormat::SalusLines,
                Category::BodyWeight,
                &[(Q::BodyWeight, 70_003, -3), (Q::BodyWeightPound, pound, -2)],
            )
        };
        assert_eq!(own(15_433).unwrap(), ["BodyWeight 70.003", "BodyWeightPound 154.33"]);
        assert_eq!(own(16_000), Err(ImportAside::Malformed));
        // What nobody types comes back from an own export only.
        let beat = [(Q::HeartRate, 61, 0), (Q::RrInterval, 9836, -1), (Q::RrInterval, 9850, -1)];
        assert_eq!(of(ImportFormat::SalusLines, Category::HeartRate, &beat).map(|c| c.len()), Ok(3));
        assert_eq!(of(ImportFormat::Table, Category::HeartRate, &beat), Err(ImportAside::Unknown));
    }
}
