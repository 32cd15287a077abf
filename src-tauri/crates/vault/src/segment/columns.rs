//! A segment's readings as columns: what sums values up needs no object for each reading.

use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading, UnixMillis};

use super::shape::{self, Kind, Shape};
use super::{MAX_PLAIN, MAX_READINGS, MAX_VALUES, SegmentError, TYPE, VERSION, read_column, take, unpack};

/// A decoded segment; its readings are in order of their instants.
#[derive(Debug, Clone)]
pub struct Columns {
    category: Category,
    devices: Vec<DeviceId>,
    shapes: Vec<Shape>,
    times: Vec<i64>,
    delays: Vec<i64>,
    device_of: Vec<i64>,
    qualities: Vec<i64>,
    shape_of: Vec<usize>,
    device_times: Vec<i64>,
    kinds: Vec<Kind>,
    plans: Vec<Vec<usize>>,
    values: Vec<Vec<i64>>,
}

impl Columns {
    /// Decodes a segment.
    ///
    /// # Errors
    /// [`SegmentError`]; memory is bounded by [`MAX_READINGS`] and [`MAX_VALUES`] whatever the bytes say.
    pub fn decode(bytes: &[u8]) -> Result<Self, SegmentError> {
        if bytes.len() > MAX_PLAIN {
            return Err(SegmentError::TooLarge);
        }
        let mut at = bytes;
        let [version, kind, category] = take(&mut at)?;
        if (version, kind) != (VERSION, TYPE) {
            return Err(SegmentError::Malformed);
        }
        let category = Category::from_code(category).ok_or(SegmentError::Malformed)?;
        let count = u32::from_be_bytes(take(&mut at)?) as usize;
        if count > MAX_READINGS {
            return Err(SegmentError::TooLarge);
        }
        let devices: Vec<DeviceId> = (0..u16::from_be_bytes(take(&mut at)?))
            .map(|_| take(&mut at).map(DeviceId))
            .collect::<Result<_, _>>()?;
        let shapes: Vec<Shape> = (0..usize::from(u16::from_be_bytes(take(&mut at)?)))
            .map(|_| Shape::read(&mut at))
            .collect::<Result<_, _>>()?;

        let times = read_column(&mut at, count)?;
        let delays = read_column(&mut at, count)?;
        let device_of = read_column(&mut at, count)?;
        let qualities = read_column(&mut at, count)?;
        let below = |n: &i64, limit: usize| usize::try_from(*n).is_ok_and(|n| n < limit);
        let possible = device_of.iter().all(|n| below(n, devices.len()))
            && qualities.iter().all(|q| u16::try_from(*q).is_ok());
        let shape_of = read_column(&mut at, count)?;
        if !possible || !shape_of.iter().all(|n| below(n, shapes.len())) {
            return Err(SegmentError::Malformed);
        }
        let shape_of: Vec<usize> = shape_of.into_iter().filter_map(|n| usize::try_from(n).ok()).collect();
        let values: usize = shape_of.iter().map(|n| shapes[*n].components.len()).sum();
        if values > MAX_VALUES {
            return Err(SegmentError::TooLarge);
        }
        let clocked = shape_of.iter().filter(|n| shapes[**n].device_time).count();
        let device_times = read_column(&mut at, clocked)?;
        let kinds = shape::kinds(&shapes);
        let plans = shape::plans(&kinds, &shapes);
        let values = shape::counts(&plans, kinds.len(), &shape_of)
            .into_iter()
            .map(|n| read_column(&mut at, n))
            .collect::<Result<Vec<_>, _>>()?;
        if !at.is_empty() {
            return Err(SegmentError::Malformed);
        }
        Ok(Self {
            category,
            devices,
            shapes,
            times,
            delays,
            device_of,
            qualities,
            shape_of,
            device_times,
            kinds,
            plans,
            values,
        })
    }

    /// How many readings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// True without readings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The instants, in order.
    #[must_use]
    pub fn times(&self) -> &[UnixMillis] {
        &self.times
    }

    /// Every value of some quantities with its reading's instant and flags, in order of time.
    pub fn each(
        &self,
        quantities: &[Quantity],
        mut value: impl FnMut(UnixMillis, Quality, Quantity, Decimal),
    ) {
        let wanted: Vec<bool> =
            self.kinds.iter().map(|(quantity, _)| quantities.contains(quantity)).collect();
        let mut next = vec![0usize; self.values.len()];
        for (i, shape) in self.shape_of.iter().enumerate() {
            for column in &self.plans[*shape] {
                let at = next[*column];
                next[*column] += 1;
                if wanted[*column] {
                    let (quantity, exponent) = self.kinds[*column];
                    let quality = Quality(u16::try_from(self.qualities[i]).unwrap_or(0));
                    value(
                        self.times[i],
                        quality,
                        quantity,
                        Decimal { mantissa: self.values[*column][at], exponent },
                    );
                }
            }
        }
    }

    /// The readings one by one.
    ///
    /// # Errors
    /// [`SegmentError::Malformed`] for a device's time that is none.
    pub fn readings(self) -> Result<Vec<Reading>, SegmentError> {
        let mut device_times = self.device_times.into_iter();
        let mut columns: Vec<_> = self.values.into_iter().map(Vec::into_iter).collect();
        let mut readings = Vec::with_capacity(self.times.len());
        for (i, at) in self.times.iter().enumerate() {
            let (shape, plan) = (&self.shapes[self.shape_of[i]], &self.plans[self.shape_of[i]]);
            let mut components = Vec::with_capacity(plan.len());
            for ((quantity, exponent), column) in shape.components.iter().zip(plan) {
                let mantissa = columns[*column].next().ok_or(SegmentError::Malformed)?;
                let value = Decimal { mantissa, exponent: *exponent };
                components.push(Component { quantity: *quantity, value });
            }
            let device = usize::try_from(self.device_of[i]).ok().and_then(|d| self.devices.get(d)).copied();
            let device_time = match shape.device_time {
                true => Some(unpack(device_times.next().ok_or(SegmentError::Malformed)?)?),
                false => None,
            };
            readings.push(Reading {
                at: *at,
                arrived: at.wrapping_add(self.delays[i]),
                device: device.ok_or(SegmentError::Malformed)?,
                category: self.category,
                components,
                quality: Quality(u16::try_from(self.qualities[i]).map_err(|_| SegmentError::Malformed)?),
                device_time,
                user: shape.user,
            });
        }
        Ok(readings)
    }
}
