//! A segment's readings as columns: what sums values up needs no object for each reading.

use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading, UnixMillis};

use super::column::Column;
use super::shape::{self, Kind, Shape};
use super::{MAX_PLAIN, MAX_READINGS, MAX_VALUES, SegmentError, TYPE, VERSION, read_column, take, unpack};

/// A decoded segment; its readings are in order of their instants.
#[derive(Debug, Clone)]
pub struct Columns {
    category: Category,
    devices: Vec<DeviceId>,
    shapes: Vec<Shape>,
    times: Vec<i64>,
    delays: Column,
    device_of: Column,
    qualities: Column,
    shape_of: Column,
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
        let delays = Column::read(&mut at, count)?;
        let device_of = Column::read(&mut at, count)?;
        let qualities = Column::read(&mut at, count)?;
        let shape_of = Column::read(&mut at, count)?;
        let below = |n: i64, limit: usize| usize::try_from(n).is_ok_and(|n| n < limit);
        let possible = device_of.all(count, |n| below(n, devices.len()))
            && qualities.all(count, |q| u16::try_from(q).is_ok())
            && shape_of.all(count, |n| below(n, shapes.len()));
        if !possible {
            return Err(SegmentError::Malformed);
        }
        let uses = shape_of.tally(count, shapes.len());
        let used = || shapes.iter().zip(&uses);
        if used().map(|(shape, n)| shape.components.len() * n).sum::<usize>() > MAX_VALUES {
            return Err(SegmentError::TooLarge);
        }
        let clocked = used().filter(|(shape, _)| shape.device_time).map(|(_, n)| n).sum();
        let device_times = read_column(&mut at, clocked)?;
        let kinds = shape::kinds(&shapes);
        let plans = shape::plans(&kinds, &shapes);
        let values = shape::counts(&plans, kinds.len(), &uses)
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
        let quality = |i: usize| {
            Quality(self.qualities.get(i).and_then(|quality| u16::try_from(quality).ok()).unwrap_or(0))
        };
        if let Some(plan) = self.same() {
            // Every reading has one value in each of these columns.
            let columns: Vec<_> =
                plan.iter().filter(|c| wanted[**c]).map(|c| (self.kinds[*c], &self.values[*c])).collect();
            if let ([((quantity, exponent), column)], Column::Constant(_)) = (&columns[..], &self.qualities) {
                // As nearly every hour is: nothing is looked up by its place.
                let quality = quality(0);
                for (at, mantissa) in self.times.iter().zip(column.iter()) {
                    value(*at, quality, *quantity, Decimal { mantissa: *mantissa, exponent: *exponent });
                }
                return;
            }
            for (i, at) in self.times.iter().enumerate() {
                for ((quantity, exponent), column) in &columns {
                    let value_of = Decimal { mantissa: column[i], exponent: *exponent };
                    value(*at, quality(i), *quantity, value_of);
                }
            }
            return;
        }
        let mut next = vec![0usize; self.values.len()];
        for (i, at) in self.times.iter().enumerate() {
            for column in self.plan(i).into_iter().flatten() {
                let row = next[*column];
                next[*column] += 1;
                if wanted[*column] {
                    let (quantity, exponent) = self.kinds[*column];
                    let mantissa = self.values[*column][row];
                    value(*at, quality(i), quantity, Decimal { mantissa, exponent });
                }
            }
        }
    }

    /// The position of a reading's shape.
    fn shape_at(&self, reading: usize) -> Option<usize> {
        usize::try_from(self.shape_of.get(reading)?).ok()
    }

    fn plan(&self, reading: usize) -> Option<&Vec<usize>> {
        self.plans.get(self.shape_at(reading)?)
    }

    /// The one plan of all readings, when they have one and it names no column twice.
    fn same(&self) -> Option<&Vec<usize>> {
        let Column::Constant(shape) = self.shape_of else { return None };
        let plan = self.plans.get(usize::try_from(shape).ok()?)?;
        let twice = plan.iter().enumerate().any(|(i, column)| plan[..i].contains(column));
        (!twice).then_some(plan)
    }

    /// The readings one by one.
    ///
    /// # Errors
    /// [`SegmentError::Malformed`] for a device's time that is none.
    pub fn readings(self) -> Result<Vec<Reading>, SegmentError> {
        let mut device_times = self.device_times.iter();
        let mut columns: Vec<_> = self.values.iter().map(|column| column.iter()).collect();
        let mut readings = Vec::with_capacity(self.times.len());
        for (i, at) in self.times.iter().enumerate() {
            let of = self.shape_at(i).and_then(|s| Some((self.shapes.get(s)?, self.plans.get(s)?)));
            let (shape, plan) = of.ok_or(SegmentError::Malformed)?;
            let mut components = Vec::with_capacity(plan.len());
            for ((quantity, exponent), column) in shape.components.iter().zip(plan) {
                let mantissa = *columns[*column].next().ok_or(SegmentError::Malformed)?;
                let value = Decimal { mantissa, exponent: *exponent };
                components.push(Component { quantity: *quantity, value });
            }
            let device = self.device_of.get(i).and_then(|d| self.devices.get(usize::try_from(d).ok()?));
            let device_time = match shape.device_time {
                true => Some(unpack(*device_times.next().ok_or(SegmentError::Malformed)?)?),
                false => None,
            };
            let number = |column: &Column| column.get(i).ok_or(SegmentError::Malformed);
            readings.push(Reading {
                at: *at,
                arrived: at.wrapping_add(number(&self.delays)?),
                device: *device.ok_or(SegmentError::Malformed)?,
                category: self.category,
                components,
                quality: Quality(
                    u16::try_from(number(&self.qualities)?).map_err(|_| SegmentError::Malformed)?,
                ),
                device_time,
                user: shape.user,
            });
        }
        Ok(readings)
    }
}
