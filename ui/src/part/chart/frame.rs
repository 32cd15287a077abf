//! What is asked for within one frame is done together, just before the next one is drawn: wheels, pointers and keys may tell of
//! themselves more often than a web view draws, and each would have the picture made anew.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

/// How something new is put to what waits already.
pub(super) type Join<T> = fn(&mut Vec<T>, T);

/// Of what says where something is, the last one counts.
pub(super) fn newest<T>(waiting: &mut Vec<T>, new: T) {
    waiting.clear();
    waiting.push(new);
}

/// The same as `hears`, once in a frame. It stays the same from one drawing to the next, so that who holds it need not be drawn for it.
#[hook]
pub(super) fn use_frame<T: 'static>(join: Join<T>, hears: Callback<T>) -> Callback<T> {
    let waiting = use_mut_ref(Vec::<T>::new);
    // Who hears of it then is who would have by then.
    let heard_by = use_mut_ref(Callback::<T>::noop);
    *heard_by.borrow_mut() = hears;
    use_callback((), move |new: T, ()| {
        let is_first = waiting.borrow().is_empty();
        join(&mut waiting.borrow_mut(), new);
        if is_first {
            let (waiting, heard_by) = (waiting.clone(), heard_by.clone());
            at_next_frame(move || {
                let (all, hears) = (waiting.take(), heard_by.borrow().clone());
                for one in all {
                    hears.emit(one);
                }
            });
        }
    })
}

fn at_next_frame(tell: impl FnOnce() + 'static) {
    let tell: Function = Closure::<dyn FnMut()>::once_into_js(tell).unchecked_into();
    let asked = web_sys::window().map(|window| window.request_animation_frame(&tell));
    if !matches!(asked, Some(Ok(_))) {
        // Without frames, at once.
        let _ = tell.call0(&JsValue::UNDEFINED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_places_the_last_one_counts() {
        let mut waiting = Vec::new();
        for at in [3, 1, 2] {
            newest(&mut waiting, at);
        }
        assert_eq!(waiting, [2]);
    }
}
