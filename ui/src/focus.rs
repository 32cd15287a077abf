//! The focus is never lost: whoever uses keys goes on where they were, when what had the focus is taken away or can no longer be
//! pressed. A row keeps it; after a row that went comes the next one; after the last one the heading above.
//!
//! # Source
//! WCAG 2.2, 2.4.3 Focus Order; WAI-ARIA Authoring Practices 1.2, "Managing Focus": a place for it when its element is removed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element, HtmlElement, MutationObserver, MutationObserverInit};

thread_local! {
    /// The keyboard was used last, and not a pointer: what a pointer is on must not move away under it.
    static BY_KEYS: Cell<bool> = const { Cell::new(false) };
}

/// What headings are made of, where a part of a page has no first one.
const HEADS: &str = "h1, h2, h3";

/// An element above what has the focus.
#[derive(Debug, Clone)]
struct Above {
    element: Element,
    /// How many of its children stand before the one that holds the focus.
    before: u32,
}

/// What had the focus last, and everything above it, the nearest first.
#[derive(Debug, Clone)]
struct Held {
    element: Element,
    above: Vec<Above>,
    /// What had it before a question was asked over the page.
    opener: Option<Rc<Held>>,
}

/// What becomes of the focus at one element above, once what had it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The element has no place for it: further up.
    Further,
    /// It is a row, and stays there.
    Row,
    /// The row at this place took over.
    Child(u32),
    /// The line that opens it.
    Summary,
    /// Its heading.
    Heading,
}

/// Where to look, by an element's name and how many children it has left.
fn place(tag: &str, before: u32, children: u32) -> Place {
    match tag.to_ascii_lowercase().as_str() {
        "li" => Place::Row,
        "ul" | "ol" if children > 0 => Place::Child(before.min(children - 1)),
        "details" => Place::Summary,
        "section" | "nav" | "main" | "dialog" | "div" | "article" => Place::Heading,
        _ => Place::Further,
    }
}

/// Watches the focus for as long as the page lives.
pub(crate) fn keep() {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let Some(body) = document.body() else { return };
    let held: Rc<RefCell<Option<Rc<Held>>>> = Rc::default();
    let came = {
        let (document, held) = (document.clone(), held.clone());
        Closure::<dyn Fn()>::new(move || {
            if let Some(element) = focused(&document) {
                show(&element);
                let before = held.borrow().clone();
                *held.borrow_mut() = Some(Rc::new(Held::of(element, before)));
            }
        })
    };
    let went = {
        let (document, held) = (document.clone(), held.clone());
        Closure::<dyn Fn()>::new(move || {
            let (document, held) = (document.clone(), held.clone());
            // Once it is known whether it went elsewhere, was taken away, or was let go on purpose.
            spawn_local(async move {
                let on_purpose = held
                    .borrow()
                    .as_ref()
                    .is_some_and(|held| held.may_have_it() && focused(&document).is_none());
                if on_purpose {
                    *held.borrow_mut() = None;
                }
            });
        })
    };
    let keys = Closure::<dyn Fn()>::new(|| BY_KEYS.set(true));
    let points = Closure::<dyn Fn()>::new(|| BY_KEYS.set(false));
    for (event, hears) in [("keydown", &keys), ("pointerdown", &points), ("mousedown", &points)] {
        // Without it nothing is brought into view that the web view does not bring there.
        let _ =
            document.add_event_listener_with_callback_and_bool(event, hears.as_ref().unchecked_ref(), true);
    }
    // What a key pressed may have grown above: it stays in view. A pointer is where it is.
    let pressed = Closure::<dyn Fn(web_sys::UiEvent)>::new(|event: web_sys::UiEvent| {
        if event.detail() == 0
            && let Some(window) = web_sys::window()
        {
            // Without a next frame there is nothing to look at.
            let _ = window.request_animation_frame(Closure::once_into_js(see).unchecked_ref());
        }
    });
    let changed = {
        let document = document.clone();
        Closure::<dyn Fn()>::new(move || {
            let last = held.borrow().clone();
            if let Some(last) = last.filter(|last| last.lost(&document)) {
                give_back(&last);
            }
        })
    };
    let hears = document.add_event_listener_with_callback("focusin", came.as_ref().unchecked_ref()).is_ok()
        && document.add_event_listener_with_callback("focusout", went.as_ref().unchecked_ref()).is_ok()
        && document.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref()).is_ok();
    if let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref())
        && hears
    {
        let init = MutationObserverInit::new();
        init.set_child_list(true);
        init.set_subtree(true);
        init.set_attributes(true);
        init.set_attribute_filter(Array::of1(&JsValue::from_str("disabled")).as_ref());
        // Without it the focus goes where the web view puts it.
        let _ = observer.observe_with_options(&body, &init);
    }
    came.forget();
    went.forget();
    pressed.forget();
    keys.forget();
    points.forget();
    changed.forget();
}

/// What has the focus comes into view again: after work that somebody began there, of which something is said above it.
pub(crate) fn see() {
    if let Some(element) =
        web_sys::window().and_then(|w| w.document()).and_then(|document| focused(&document))
    {
        show(&element);
    }
}

/// Brings the whole of what somebody may press or type in into view: a web view is content with a part of it.
fn show(element: &Element) {
    if !BY_KEYS.get()
        || !element.matches("a[href], button, input, select, textarea, summary").unwrap_or(false)
    {
        return;
    }
    let Some(height) = web_sys::window().and_then(|w| w.inner_height().ok()?.as_f64()) else { return };
    let at = element.get_bounding_client_rect();
    if at.top() < 0.0 {
        element.scroll_into_view_with_bool(true);
    } else if at.bottom() > height && at.height() < height {
        element.scroll_into_view_with_bool(false);
    }
}

/// What has the focus, if anything in the page has.
fn focused(document: &Document) -> Option<Element> {
    document.active_element().filter(|element| !element.matches("body, html").unwrap_or(true))
}

impl Held {
    fn of(element: Element, before: Option<Rc<Self>>) -> Self {
        let mut above = Vec::new();
        let mut child = element.clone();
        while let Some(parent) = child.parent_element() {
            let mut count = 0;
            let mut sibling = child.previous_element_sibling();
            while let Some(one) = sibling {
                count += 1;
                sibling = one.previous_element_sibling();
            }
            above.push(Above { element: parent.clone(), before: count });
            child = parent;
        }
        let dialog = dialog_of(&above);
        let opener = before.and_then(|before| match (dialog, dialog_of(&before.above)) {
            (Some(here), Some(there)) if here == there => before.opener.clone(),
            (Some(_), _) => Some(before),
            (None, _) => None,
        });
        Self { element, above, opener }
    }

    /// It is there, and could have the focus.
    fn may_have_it(&self) -> bool {
        self.element.is_connected() && !self.element.matches(":disabled").unwrap_or(false)
    }

    /// It had the focus and cannot have it any more, and nothing else has it.
    fn lost(&self, document: &Document) -> bool {
        let elsewhere = focused(document).is_some_and(|now| now != self.element);
        !elsewhere && !self.may_have_it()
    }

    fn in_a_dialog_that_is_gone(&self) -> bool {
        dialog_of(&self.above).is_some_and(|dialog| !dialog.is_connected())
    }
}

fn dialog_of(above: &[Above]) -> Option<Element> {
    above.iter().map(|above| &above.element).find(|e| e.tag_name().eq_ignore_ascii_case("dialog")).cloned()
}

/// Puts the focus where whoever lost it goes on; nowhere, where nothing with a heading is around it.
fn give_back(held: &Held) {
    if let Some(opener) = held.opener.as_ref().filter(|_| held.in_a_dialog_that_is_gone()) {
        if opener.may_have_it() {
            return focus(&opener.element);
        }
        return give_back(opener);
    }
    for above in held.above.iter().filter(|above| above.element.is_connected()) {
        let element = &above.element;
        let found = match place(&element.tag_name(), above.before, element.child_element_count()) {
            Place::Further => None,
            Place::Row => Some(head_of(element).unwrap_or_else(|| element.clone())),
            Place::Child(n) => child(element, n).map(|row| head_of(&row).unwrap_or(row)),
            Place::Summary => element.query_selector(":scope > summary").ok().flatten(),
            Place::Heading => head_of(element),
        };
        if let Some(found) = found {
            return focus(&found);
        }
    }
}

fn head_of(element: &Element) -> Option<Element> {
    element.query_selector(HEADS).ok().flatten()
}

fn child(element: &Element, n: u32) -> Option<Element> {
    let mut at = element.first_element_child()?;
    for _ in 0..n {
        at = at.next_element_sibling()?;
    }
    Some(at)
}

/// Gives an element the focus, also one that the keyboard does not stop at by itself.
pub(crate) fn focus(element: &Element) {
    let stops =
        element.matches("a[href], button, input, select, textarea, summary, [tabindex]").unwrap_or(false);
    if !stops {
        let _ = element.set_attribute("tabindex", "-1");
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_still_there_keeps_the_focus() {
        assert_eq!(place("LI", 3, 1), Place::Row);
    }

    #[test]
    fn after_a_row_that_went_comes_the_one_in_its_place_or_the_last_one() {
        assert_eq!((place("UL", 1, 3), place("OL", 2, 2)), (Place::Child(1), Place::Child(1)));
        assert_eq!(place("UL", 0, 0), Place::Further, "an empty list: the heading above it");
    }

    #[test]
    fn what_folds_has_its_own_line_and_what_has_a_heading_that() {
        assert_eq!(place("DETAILS", 0, 4), Place::Summary);
        for part in ["SECTION", "DIV", "MAIN", "DIALOG"] {
            assert_eq!(place(part, 0, 0), Place::Heading, "{part}");
        }
        for inside in ["FORM", "P", "FIELDSET", "TABLE"] {
            assert_eq!(place(inside, 0, 4), Place::Further, "{inside}");
        }
    }
}
