//! What is said of a week of pressures before it has words: which sentences, in which order, with which numbers. Screens and paper
//! choose the words.

use core::fmt;

use super::{HomePressureView, Outcome, PressureLeftOutView, PressureView, ShortView, UsualPressureView};

/// The figures of a week's mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressureMean {
    /// Readings in it.
    pub readings: u32,
    /// Days in it.
    pub days: u8,
    /// The mean.
    pub mean: PressureView,
    /// That of the mornings; `None` without any.
    pub morning: Option<PressureView>,
    /// That of the evenings; `None` without any.
    pub evening: Option<PressureView>,
    /// From which on a week at home is called high.
    pub limit: PressureView,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PressureSaid<'a> {
    /// The mean, and that it is at or above the limit.
    MeanHigh(PressureMean),
    /// The mean, and that it is below the limit.
    MeanBelow(PressureMean),
    /// By which rule, and of which days; whoever says it knows their dates.
    Rule,
    /// The middle half of the person's own days before.
    OwnDays(&'a UsualPressureView),
    /// What is missing to say what is usual.
    NoUsual(&'a ShortView),
    /// The mean pulse, per minute.
    Pulse(u16),
    /// Readings with an irregular pulse; at least one.
    Irregular(u32),
    /// Readings that are not in the mean; at least one.
    LeftOut(PressureLeftOutView),
}

impl HomePressureView {
    /// The figures of the mean.
    #[must_use]
    pub fn figures(&self) -> PressureMean {
        PressureMean {
            readings: self.readings,
            days: self.days,
            mean: self.mean,
            morning: self.morning.map(|part| part.mean),
            evening: self.evening.map(|part| part.mean),
            limit: self.threshold,
        }
    }

    /// What a clinician reads first.
    #[must_use]
    pub fn first_said(&self) -> PressureSaid<'_> {
        if self.high {
            PressureSaid::MeanHigh(self.figures())
        } else {
            PressureSaid::MeanBelow(self.figures())
        }
    }

    /// What stands behind the first sentence, in reading order.
    #[must_use]
    pub fn then_said(&self) -> Vec<PressureSaid<'_>> {
        let usual = match &self.usual {
            Outcome::Enough(usual) => PressureSaid::OwnDays(usual),
            Outcome::NotEnough(short) => PressureSaid::NoUsual(short),
        };
        let mut said = vec![PressureSaid::Rule, usual];
        said.extend(self.pulse.map(PressureSaid::Pulse));
        said.extend((self.irregular > 0).then_some(PressureSaid::Irregular(self.irregular)));
        let nothing = self.left_out == PressureLeftOutView::default();
        said.extend((!nothing).then_some(PressureSaid::LeftOut(self.left_out)));
        said
    }
}

/// "128/79".
impl fmt::Display for PressureView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.systolic, self.diastolic)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PressurePartView, PressureWindowsView, Standing, UsualView};
    use super::*;

    const MEAN: PressureView = PressureView { systolic: 128, diastolic: 79 };

    fn week() -> HomePressureView {
        HomePressureView {
            from: 0,
            to: 1,
            days: 6,
            readings: 24,
            mean: MEAN,
            morning: Some(PressurePartView { readings: 24, mean: MEAN }),
            evening: None,
            pulse: None,
            threshold: PressureView { systolic: 135, diastolic: 85 },
            high: false,
            irregular: 0,
            left_out: PressureLeftOutView::default(),
            windows: PressureWindowsView {
                morning_from: 240,
                morning_to: 720,
                evening_from: 960,
                evening_to: 1680,
            },
            usual: Outcome::NotEnough(ShortView { from: 0, to: 1, lacks: vec![] }),
        }
    }

    #[test]
    fn a_week_is_told_by_its_side_of_the_limit() {
        let figures = week().figures();
        assert_eq!((figures.mean.to_string(), figures.limit.to_string()), ("128/79".into(), "135/85".into()));
        assert_eq!((figures.morning, figures.evening), (Some(MEAN), None));
        assert_eq!(week().first_said(), PressureSaid::MeanBelow(figures));
        assert_eq!(HomePressureView { high: true, ..week() }.first_said(), PressureSaid::MeanHigh(figures));
    }

    #[test]
    fn nothing_is_said_of_what_there_is_not() {
        let short = ShortView { from: 0, to: 1, lacks: vec![] };
        assert_eq!(week().then_said(), [PressureSaid::Rule, PressureSaid::NoUsual(&short)]);
        let one = UsualView {
            low: 121,
            median: 124,
            high: 127,
            standing: Standing::Above,
            days: 20,
            from: 0,
            to: 1,
        };
        let usual = UsualPressureView { systolic: one, diastolic: one };
        let left_out = PressureLeftOutView { beyond_two: 1, ..PressureLeftOutView::default() };
        let full = HomePressureView {
            pulse: Some(64),
            irregular: 2,
            left_out,
            usual: Outcome::Enough(usual),
            ..week()
        };
        assert_eq!(
            full.then_said(),
            [
                PressureSaid::Rule,
                PressureSaid::OwnDays(&usual),
                PressureSaid::Pulse(64),
                PressureSaid::Irregular(2),
                PressureSaid::LeftOut(left_out),
            ]
        );
    }
}
