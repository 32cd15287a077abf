//! Moving over time: what a key or a turn of the wheel asks for. The chart only asks; whoever shows it moves.

use salus_wire::UnixMillis;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Element, WheelEvent};
use yew::prelude::*;

use crate::format::as_f64;

/// A turn of the wheel by one step, in the pixels that browsers tell.
const NOTCH: f64 = 100.0;
/// What one step of the wheel makes of the time that is shown.
const WHEEL: f64 = 1.25;
/// So many pixels are a drag; less is a hand that is not quite still.
const STILL: i32 = 4;

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Move {
    /// By this part of what is shown; below zero is earlier.
    Pan(f64),
    /// Shows this many times as much, around this part of what is shown.
    Zoom {
        /** Below 1 is closer. */
        times: f64,
        /** 0 is the left edge, 1 the right one. */
        around: f64,
    },
    /// To what begins then, as long as what is shown.
    To(UnixMillis),
    /// To the whole time before: the day, the week, the month or the year of the calendar.
    Earlier,
    /// To the whole time after.
    Later,
    /// To where the record begins.
    First,
    /// To now.
    Last,
}

impl Move {
    /// Half as much, around the middle.
    pub const CLOSER: Self = Move::Zoom { times: 0.5, around: 0.5 };
    /// Twice as much.
    pub const WIDER: Self = Move::Zoom { times: 2.0, around: 0.5 };
}

/// What a key asks for; `None` for those that do something else on the chart.
pub(super) fn of_key(key: &str, shift: bool, control: bool) -> Option<Move> {
    Some(match (key, shift, control) {
        ("PageUp", _, false) => Move::Pan(-0.5),
        ("PageDown", _, false) => Move::Pan(0.5),
        ("ArrowLeft", true, false) => Move::Pan(-0.25),
        ("ArrowRight", true, false) => Move::Pan(0.25),
        ("+" | "=", _, false) => Move::CLOSER,
        ("-" | "_", _, false) => Move::WIDER,
        ("Home", _, true) => Move::First,
        ("End", _, true) => Move::Last,
        _ => return None,
    })
}

/// An arrow at the edge of what is shown goes on beyond it.
pub(super) fn beyond(key: &str, at: Option<usize>, count: usize) -> Option<Move> {
    match key {
        "ArrowLeft" if count == 0 || at == Some(0) => Some(Move::Pan(-0.5)),
        "ArrowRight" if count == 0 || at.is_some_and(|i| i + 1 >= count) => Some(Move::Pan(0.5)),
        _ => None,
    }
}

/// What was asked for within one frame is done in turn. A pull says where to, so that only the last place of it counts.
pub(super) fn join(waiting: &mut Vec<Move>, new: Move) {
    if matches!((waiting.last(), new), (Some(Move::To(_)), Move::To(_))) {
        waiting.pop();
    }
    waiting.push(new);
}

/// What a turn of the wheel asks for: up is closer, sideways is over time.
pub(super) fn of_wheel(across: f64, down: f64, share: f64) -> Option<Move> {
    if !across.is_finite() || !down.is_finite() || (across == 0.0 && down == 0.0) {
        return None;
    }
    if across.abs() > down.abs() {
        return Some(Move::Pan((across / NOTCH).clamp(-1.0, 1.0) * 0.1));
    }
    let times = WHEEL.powf((down / NOTCH).clamp(-2.0, 2.0));
    Some(Move::Zoom { times, around: share.clamp(0.0, 1.0) })
}

/// A press on the chart that may become a drag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drag {
    /// Which pointer.
    pub(super) pointer: i32,
    /// Where it was pressed, in CSS pixels.
    pub(super) x: i32,
    /// What was shown then, from and to.
    pub(super) shown: (UnixMillis, UnixMillis),
    /// It went far enough.
    pub(super) moves: bool,
}

impl Drag {
    /// The same once the pointer is elsewhere; a drag that came back is still one.
    pub(super) const fn at(self, x: i32) -> Self {
        Self { moves: self.moves || x.abs_diff(self.x) >= STILL.unsigned_abs(), ..self }
    }

    /// What it asks for, of a chart that is `across` pixels wide: what lay under the pointer stays under it.
    #[expect(clippy::cast_possible_truncation, reason = "two years at most; float to integer casts saturate")]
    pub(super) fn asks(self, x: i32, across: f64) -> Option<Move> {
        let (from, to) = self.shown;
        let share = f64::from(x.saturating_sub(self.x)) / across;
        let by = (as_f64(to.saturating_sub(from)) * share.clamp(-2.0, 2.0)) as i64;
        (self.moves && across > 0.0).then(|| Move::To(from.saturating_sub(by)))
    }
}

/// Hears the wheel over a chart that has the focus, until it is dropped. Elsewhere the wheel scrolls the page, as it should; and a page
/// of the framework's own could not keep it from that.
pub(super) struct Wheel {
    scene: Element,
    heard: Closure<dyn Fn(WheelEvent)>,
}

impl Wheel {
    pub(super) fn over(scene: Element, on_move: Callback<Move>) -> Option<Self> {
        let over = scene.clone();
        let heard = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
            let document = web_sys::window().and_then(|w| w.document());
            let focused = document.and_then(|d| d.active_element()).is_some_and(|e| e == over);
            if !focused || event.ctrl_key() {
                return;
            }
            let share = f64::from(event.offset_x()) / as_f64(i64::from(over.client_width().max(1)));
            if let Some(asked) = of_wheel(event.delta_x(), event.delta_y(), share) {
                event.prevent_default();
                on_move.emit(asked);
            }
        });
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        let callback = heard.as_ref().unchecked_ref();
        scene
            .add_event_listener_with_callback_and_add_event_listener_options("wheel", callback, &options)
            .ok()?;
        Some(Self { scene, heard })
    }
}

impl Drop for Wheel {
    fn drop(&mut self) {
        let _ = self.scene.remove_event_listener_with_callback("wheel", self.heard.as_ref().unchecked_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_move_are_not_those_that_read() {
        for (key, shift, control) in
            [("ArrowLeft", false, false), ("Home", false, false), ("End", true, false), ("n", false, false)]
        {
            assert_eq!(of_key(key, shift, control), None, "{key}");
        }
        assert_eq!(of_key("PageUp", false, false), Some(Move::Pan(-0.5)));
        assert_eq!(of_key("ArrowRight", true, false), Some(Move::Pan(0.25)));
        assert_eq!(of_key("+", true, false), Some(Move::CLOSER));
        assert_eq!(of_key("Home", false, true), Some(Move::First));
    }

    #[test]
    fn an_arrow_goes_on_at_the_edge_and_nowhere_else() {
        assert_eq!(beyond("ArrowLeft", Some(0), 5), Some(Move::Pan(-0.5)));
        assert_eq!(beyond("ArrowRight", Some(4), 5), Some(Move::Pan(0.5)));
        assert_eq!((beyond("ArrowLeft", Some(1), 5), beyond("ArrowRight", None, 5)), (None, None));
        assert_eq!(beyond("ArrowRight", None, 0), Some(Move::Pan(0.5)));
    }

    #[test]
    fn within_a_frame_nothing_is_lost_but_places_on_the_way() {
        let mut waiting = Vec::new();
        let all = [Move::Pan(0.25), Move::To(1), Move::To(2), Move::CLOSER, Move::CLOSER, Move::To(3)];
        all.into_iter().for_each(|asked| join(&mut waiting, asked));
        assert_eq!(waiting, [Move::Pan(0.25), Move::To(2), Move::CLOSER, Move::CLOSER, Move::To(3)]);
    }

    #[test]
    fn a_drag_takes_the_time_along_and_a_tap_does_not() {
        let pressed = Drag { pointer: 1, x: 300, shown: (1_000, 2_000), moves: false };
        assert_eq!(pressed.at(302).asks(302, 500.0), None, "a hand that trembles");
        // To the right is earlier, in every language.
        assert_eq!(pressed.at(400).asks(400, 500.0), Some(Move::To(800)));
        assert_eq!(pressed.at(200).asks(200, 500.0), Some(Move::To(1_200)));
        assert_eq!(pressed.at(400).at(300).asks(300, 500.0), Some(Move::To(1_000)), "and back again");
        assert_eq!(pressed.at(400).asks(400, 0.0), None);
        assert_eq!(pressed.at(i32::MAX).asks(i32::MAX, 1.0), Some(Move::To(-1_000)));
    }

    #[test]
    fn a_wheel_never_leaps() {
        assert_eq!(of_wheel(0.0, 0.0, 0.5), None);
        assert_eq!(of_wheel(f64::NAN, 1.0, 0.5), None);
        let Some(Move::Zoom { times, around }) = of_wheel(0.0, 1e9, 7.0) else { panic!("it zooms") };
        assert!(times > 1.0 && times < 2.0 && around == 1.0);
        assert_eq!(of_wheel(-1e9, 3.0, 0.5), Some(Move::Pan(-0.1)));
    }
}
