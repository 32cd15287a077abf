//! Pictures: charts, percentiles, small days, a bar, a QR code. Time goes from left to right in every language.

use salus_insight::clinical::glucose::traces::DayTrace;
use salus_wire::view::{BandView, RangesView};

use super::{
    ACCENT, BAND, BLACK, Colour, Frame, INK, INNER, Laid, Layout, Piece, Placed, RULE, Role, SECOND, SOFT,
    Shape, leading,
};
use crate::content::{GRID, Sketch};
use crate::error::ReportError;
use crate::letters::{Style, Weight};
use crate::page::{Drawing, Picture};
use crate::square::square;
use crate::words::{clock, plain};

/// Room for the figures of the value axis.
const AXIS: f32 = 26.0;
/// The target range of glucose, mg/dL.
const TARGET: [u16; 2] = [70, 180];
/// Minutes of a day.
const DAY: f32 = 1_440.0;

/// What a picture is made of.
type Drawn = (Vec<Shape>, Vec<Placed>);

/// The inside of axes.
#[derive(Clone, Copy)]
struct Area {
    left: f32,
    top: f32,
    width: f32,
    height: f32,
}

impl Area {
    /// Shares of width, from the left, and height, from below.
    fn at(self, x: f32, y: f32) -> [f32; 2] {
        [self.left + self.width * x.clamp(0.0, 1.0), self.top + self.height * (1.0 - y.clamp(0.0, 1.0))]
    }
}

impl Layout<'_> {
    pub(super) fn picture(&self, picture: &Picture, frame: Frame) -> Result<Laid, ReportError> {
        let Picture { alt, caption, height, drawing } = picture;
        let (shapes, labels) = match drawing {
            Drawing::Sketch { sketch, from, to } => {
                self.sketch(sketch, [from, to].map(String::as_str), frame, *height)
            }
            Drawing::Bands(bands) => self.bands(bands, frame, *height),
            Drawing::Days(days) => self.days(days, frame, *height),
            Drawing::Shares(ranges) => (shares(ranges, frame, *height), Vec::new()),
            Drawing::Square(text) => (self.square(text, frame, *height)?, Vec::new()),
        };
        let place = [frame.x, frame.y, frame.width, *height];
        let figure = Role::Figure { alt: plain(alt), place };
        let mut pieces = vec![Piece::Group(figure, vec![Piece::Picture(shapes, labels)])];
        let mut below = height + self.size * 0.3;
        if let Some(caption) = caption {
            let style = self.style(self.size * 0.85, Weight::Regular);
            let laid =
                self.paragraph(Role::Caption, caption, style, SOFT, Frame { y: frame.y + below, ..frame });
            pieces.extend(laid.pieces);
            below += laid.height;
        }
        Ok(Laid { pieces, height: below })
    }

    fn small(&self) -> Style {
        Style { size: self.size * 0.72, weight: Weight::Regular, rtl: false }
    }

    /// A label whose left edge, middle or right edge (0, a half, 1) is at `x`.
    fn label(&self, text: &str, x: f32, baseline: f32, share: f32) -> Vec<Placed> {
        let lines = self.fonts.lines(text, self.small(), f32::INFINITY);
        let place =
            |line: crate::letters::Line| Placed { x: x - line.width * share, baseline, colour: SOFT, line };
        lines.into_iter().map(place).collect()
    }

    /// The room inside of the axes, with one line of text below.
    fn area(&self, frame: Frame, height: f32) -> Area {
        let text = leading(self.small());
        Area {
            left: frame.x + AXIS,
            top: frame.y + 3.0,
            width: (frame.width - AXIS - 2.0).max(1.0),
            height: (height - text - 4.0).max(1.0),
        }
    }

    fn sketch(&self, sketch: &Sketch, [from, to]: [&str; 2], frame: Frame, height: f32) -> Drawn {
        let area = self.area(frame, height);
        let share = |n: u16| f32::from(n) / f32::from(GRID);
        let (mut shapes, mut labels) = (Vec::new(), Vec::new());
        for tick in &sketch.ticks {
            let [_, y] = area.at(0.0, share(tick.at));
            shapes.push(stroke(vec![[area.left, y], [area.left + area.width, y]], RULE, 0.5));
            labels.extend(self.label(&tick.label, area.left - 4.0, y + self.small().size * 0.35, 1.0));
        }
        for (line, (colour, dashed)) in
            sketch.lines.iter().zip([(ACCENT, false), (SECOND, true), (INK, false), (SOFT, true)])
        {
            for run in &line.runs {
                shapes.extend(drawn(run, area, colour, dashed));
            }
        }
        let below = area.top + area.height + leading(self.small());
        labels.extend(self.label(from, area.left, below, 0.0));
        labels.extend(self.label(to, area.left + area.width, below, 1.0));
        (shapes, labels)
    }

    fn bands(&self, bands: &[BandView], frame: Frame, height: f32) -> Drawn {
        let area = self.area(frame, height);
        let highest = bands.iter().map(|b| b.p95).max().unwrap_or(0).clamp(300, 600);
        let y = |value: u16| f32::from(value) / f32::from(highest);
        let middle = |band: &BandView| (f32::from(band.minute) + 15.0) / DAY;
        let (mut shapes, mut labels) = (Vec::new(), Vec::new());
        for together in bands.chunk_by(|a, b| b.minute == a.minute.saturating_add(30)) {
            let outline = |low: fn(&BandView) -> u16, high: fn(&BandView) -> u16, colour: Colour| {
                if let [alone] = together {
                    let [x, top] = area.at(middle(alone), y(high(alone)));
                    let [_, bottom] = area.at(0.0, y(low(alone)));
                    return Shape::Boxes { all: vec![[x - 1.5, top, 3.0, (bottom - top).max(0.5)]], colour };
                }
                let above = together.iter().map(|b| area.at(middle(b), y(high(b))));
                let below = together.iter().rev().map(|b| area.at(middle(b), y(low(b))));
                Shape::Filled { points: above.chain(below).collect(), colour }
            };
            shapes.push(outline(|b| b.p5, |b| b.p95, BAND));
            shapes.push(outline(|b| b.p25, |b| b.p75, INNER));
            shapes.push(stroke(together.iter().map(|b| area.at(middle(b), y(b.p50))).collect(), ACCENT, 1.5));
        }
        let [low, high] = TARGET;
        for value in [low, high, 300] {
            let [_, at] = area.at(0.0, y(value));
            shapes.push(stroke(vec![[area.left, at], [area.left + area.width, at]], SOFT, 0.6));
            labels.extend(self.label(
                &value.to_string(),
                area.left - 4.0,
                at + self.small().size * 0.35,
                1.0,
            ));
        }
        let below = area.top + area.height + leading(self.small());
        for hour in [0_u16, 6, 12, 18, 24] {
            let [x, bottom] = area.at(f32::from(hour) / 24.0, 0.0);
            shapes.push(stroke(vec![[x, bottom], [x, bottom + 3.0]], SOFT, 0.6));
            let share = f32::from(hour) / 24.0;
            labels.extend(self.label(&plain(&clock(hour * 60)), x, below, share));
        }
        (shapes, labels)
    }

    /// Two rows of seven days.
    fn days(&self, days: &[(String, DayTrace)], frame: Frame, height: f32) -> Drawn {
        let (mut shapes, mut labels) = (Vec::new(), Vec::new());
        let text = leading(self.small());
        let (wide, tall) = (frame.width / 7.0, height / 2.0);
        let y = |value: u16| (f32::from(value) - 40.0) / 360.0;
        let mut corner = [frame.x, frame.y];
        for (i, (date, trace)) in days.iter().enumerate() {
            if i == 7 {
                corner = [frame.x, frame.y + tall];
            }
            let [left, top] = corner;
            corner = [left + wide, top];
            let area = Area {
                left: left + 2.0,
                top: top + text,
                width: (wide - 6.0).max(1.0),
                height: (tall - text - 4.0).max(1.0),
            };
            labels.extend(self.label(date, area.left, top + text * 0.78, 0.0));
            for value in TARGET {
                let [_, at] = area.at(0.0, y(value));
                shapes.push(stroke(vec![[area.left, at], [area.left + area.width, at]], RULE, 0.6));
            }
            // A quarter of an hour without values is a gap.
            for together in trace.steps.chunk_by(|[a, ..], [b, ..]| *b <= a.saturating_add(15)) {
                for [minute, low, high] in together {
                    let x = f32::from(*minute) / DAY;
                    shapes.push(stroke(vec![area.at(x, y(*low)), area.at(x, y(*high) + 0.004)], ACCENT, 0.9));
                }
                let middle = |[minute, low, high]: &[u16; 3]| {
                    area.at(f32::from(*minute) / DAY, f32::midpoint(y(*low), y(*high)))
                };
                if together.len() > 1 {
                    shapes.push(stroke(together.iter().map(middle).collect(), ACCENT, 0.9));
                }
            }
        }
        (shapes, labels)
    }

    /// As large as it fits, from the side on which the page begins.
    fn square(&self, text: &str, frame: Frame, height: f32) -> Result<Vec<Shape>, ReportError> {
        let code = square(text)?;
        let side = height.min(frame.width);
        let module = side / f32::from(code.size);
        let left = if self.rtl { frame.x } else { frame.x + frame.width - side };
        let one = |[x, y, length]: &[u16; 3]| {
            let [x, y, length] = [*x, *y, *length].map(|n| f32::from(n) * module);
            [left + x, frame.y + y, length, module]
        };
        Ok(vec![Shape::Boxes { all: code.runs.iter().map(one).collect(), colour: BLACK }])
    }
}

/// One run of a chart: the last values joined, and each column from its lowest to its highest.
fn drawn(run: &[[u16; 4]], area: Area, colour: Colour, dashed: bool) -> Vec<Shape> {
    let share = |n: u16| f32::from(n) / f32::from(GRID);
    if let [[x, _, _, last]] = run {
        // A value by itself is a dot.
        let [x, y] = area.at(share(*x), share(*last));
        return vec![Shape::Boxes { all: vec![[x - 1.1, y - 1.1, 2.2, 2.2]], colour }];
    }
    let mut shapes: Vec<Shape> = run
        .iter()
        .filter(|[_, low, high, _]| low < high)
        .map(|[x, low, high, _]| {
            stroke(vec![area.at(share(*x), share(*low)), area.at(share(*x), share(*high))], colour, 0.5)
        })
        .collect();
    let points = run.iter().map(|[x, _, _, last]| area.at(share(*x), share(*last))).collect();
    shapes.push(Shape::Stroked { points, colour, width: 0.9, dashed });
    shapes
}

/// One bar of the shares, the lowest range first.
fn shares(ranges: &RangesView, frame: Frame, height: f32) -> Vec<Shape> {
    let all = [
        (ranges.very_low, Colour(0x8c, 0x1d, 0x18)),
        (ranges.low, Colour(0xd0, 0x6b, 0x5e)),
        (ranges.in_range, ACCENT),
        (ranges.high, Colour(0xc9, 0xa0, 0x4a)),
        (ranges.very_high, Colour(0x8a, 0x5a, 0x00)),
    ];
    let sum: f32 = all.iter().map(|(share, _)| f32::from(share.0)).sum::<f32>().max(1.0);
    let mut left = frame.x;
    let mut shapes = Vec::new();
    for (share, colour) in all {
        let width = frame.width * f32::from(share.0) / sum;
        if width > 0.0 {
            shapes.push(Shape::Boxes {
                all: vec![[left, frame.y + 3.0, width, (height - 6.0).max(1.0)]],
                colour,
            });
        }
        left += width;
    }
    shapes
}

fn stroke(points: Vec<[f32; 2]>, colour: Colour, width: f32) -> Shape {
    Shape::Stroked { points, colour, width, dashed: false }
}
