//! The page: every screen of Salus, for patients and clinicians, over the commands of `salus-wire`.
//!
//! ```text
//! screen/*  ->  state (context, use_ask, use_act)  ->  bridge::{invoke, listen}  ->  tauri | http
//!     \->  part/* (rail, chart, dialog, ...)            \->  words (fluent), format (dates, numbers)
//! ```
//!
//! The page holds no secret longer than a form is open, computes no health value, and decides nothing about access:
//! it shows what the application answers and maps each error code to what happened and what to do.

pub mod app;
mod awake;
pub mod bridge;
mod focus;
pub mod format;
pub mod keys;
pub mod part;
pub mod route;
#[cfg(test)]
mod samples;
pub mod screen;
pub mod state;
mod title;
pub mod words;

/// Takes the bridge's token from the address, then draws the page.
pub fn start() {
    bridge::prepare();
    yew::Renderer::<app::Page>::new().render();
}
