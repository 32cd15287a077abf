//! Characteristics whose every notification stands for itself.

use uuid::Uuid;

use super::{Found, Setup};
use crate::Moment;
use crate::central::uuids;
use crate::gatt;
use crate::measure::{self, Source};

/// True when the characteristic is one of these; then what it gives is in `found`.
pub(super) fn read(
    characteristic: Uuid,
    bytes: &[u8],
    setup: &Setup,
    source: &Source,
    now: Moment,
    found: &mut Found,
) -> bool {
    match characteristic {
        uuids::HEART_RATE => {
            found.push(gatt::heart_rate::decode(bytes), |v| measure::heart_rate::reading(&v, source, now));
        }
        uuids::BLOOD_PRESSURE => found
            .push(gatt::blood_pressure::decode(bytes), |v| measure::blood_pressure::reading(&v, source, now)),
        uuids::ENHANCED_BLOOD_PRESSURE => found.push(gatt::enhanced_blood_pressure::decode(bytes), |v| {
            measure::enhanced_blood_pressure::reading(&v, source, now)
        }),
        uuids::TEMPERATURE => found.push(gatt::thermometer::decode(bytes), |mut v| {
            v.site = v.site.or(setup.site);
            measure::thermometer::reading(&v, source, now)
        }),
        uuids::SPOT_CHECK => found.push(gatt::pulse_oximeter::spot_check(bytes), |v| {
            measure::pulse_oximeter::spot_check(&v, source, now)
        }),
        uuids::CONTINUOUS_OXYGEN => found.push(gatt::pulse_oximeter::continuous(bytes), |v| {
            measure::pulse_oximeter::continuous(&v, source, now)
        }),
        uuids::WEIGHT => {
            found.push(gatt::weight::decode(bytes), |v| measure::weight::reading(&v, source, now));
        }
        uuids::RUNNING => {
            found.push(gatt::running::decode(bytes), |v| measure::running::reading(&v, source, now));
        }
        _ => return false,
    }
    true
}
