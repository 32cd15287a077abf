//! What has the focus, as the page tells: its name as a screen reader says it, and whether somebody who sees can tell.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::stage::{Stage, WATCH};

/// What has the focus.
#[derive(Debug, Deserialize)]
pub(super) struct Focus {
    /// How it is named, without the marks of direction; empty where it has no name.
    pub(super) name: String,
    /// What kind of element it is.
    kind: String,
    /// Of a choice of which there is one at a time, the others' common name.
    pub(super) group: String,
    /// What is in a field.
    pub(super) value: String,
    /// It is chosen, or ticked.
    pub(super) checked: bool,
    /// It is inside the place that was asked for.
    pub(super) inside: bool,
    /// It is another one than when this was asked before.
    pub(super) moved: bool,
    /// It has a line around it.
    pub(super) ring: bool,
    /// It is inside the window, and nothing lies over it.
    pub(super) seen: bool,
    /// Where it is, in the window's height, and what lies there: read when a test fails.
    #[allow(dead_code)]
    at: String,
    /// Whatever was clicked or touched since the page began, by anybody: keys leave nothing here.
    pointed: Vec<String>,
}

const FOCUS: &str = "
    const plain = (text) => (text ?? '').replace(/[\\u2068\\u2069]/g, '').split(/\\s+/).filter(Boolean).join(' ');
    const e = document.activeElement ?? document.body, r = e.getBoundingClientRect(), style = getComputedStyle(e);
    const said = (ids) => ids.split(/\\s+/).map((id) => document.getElementById(id)?.innerText).join(' ');
    const [by, label] = ['aria-labelledby', 'aria-label'].map((name) => e.getAttribute(name));
    const labels = [...(e.labels ?? [])].map((l) => l.innerText).join(' ');
    const own = e.matches('a, button, summary') ? e.innerText : '';
    const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    const moved = window.focusedBefore !== e;
    window.focusedBefore = e;
    return {
        name: plain((by && said(by)) || label || labels || own || e.title), kind: e.nodeName.toLowerCase(),
        group: e.type === 'radio' ? e.name : '', value: typeof e.value === 'string' ? e.value : '', checked: e.checked === true,
        inside: !arguments[0] || e.closest(arguments[0]) !== null, moved,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'rgba(0, 0, 0, 0)',
        seen: r.width > 0 && r.top >= -1 && r.left >= -1 && r.bottom <= innerHeight + 1 && r.right <= innerWidth + 1 && e.contains(top),
        at: [r.top, r.bottom, innerHeight].map(Math.round).join(' ') + ' ' + (top?.outerHTML ?? '').slice(0, 80),
        pointed: window.pointed };";

impl Focus {
    /// What has the focus now; `place` is a selector, or empty.
    pub(super) async fn of(stage: &Stage, place: &str) -> Result<Self> {
        let script = format!("{WATCH}{FOCUS}");
        let focus: Self = stage.window.execute(script, vec![json!(place)]).await?.convert()?;
        ensure!(focus.pointed.is_empty(), "not the keyboard alone: {:?}", focus.pointed);
        Ok(focus)
    }

    /// Whether this is its name; words that end with "…" are how it begins.
    pub(super) fn says(&self, words: &str) -> bool {
        match words.strip_suffix('…') {
            Some(beginning) => self.name.starts_with(beginning),
            None => self.name == words,
        }
    }

    /// For the list of what Tab led over.
    pub(super) fn told(&self) -> String {
        let name = if self.name.is_empty() { format!("<{}>", self.kind) } else { self.name.clone() };
        let name: String = name.chars().take(48).collect();
        if self.ring && self.seen { name } else { format!("{name} (not seen)") }
    }
}
