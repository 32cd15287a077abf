//! What stands in the middle and near the end of measurements.

/// The median.
pub(crate) fn median(values: &[f64]) -> f64 {
    at(values, 50)
}

/// What 95 of 100 do not exceed.
pub(crate) fn most(values: &[f64]) -> f64 {
    at(values, 95)
}

fn at(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // Up to the next one: of five measurements the 95th percentile is the last.
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_end_of_a_few_and_of_many() {
        let few = [9.0, 1.0, 3.0, 5.0, 7.0];
        assert_eq!((median(&few), most(&few)), (5.0, 9.0));
        let many: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!((median(&many), most(&many)), (50.0, 95.0));
        assert_eq!((median(&[]), most(&[2.0])), (0.0, 2.0));
    }
}
