//! What is missing for a convention, in words.

use fluent_bundle::FluentArgs;
use salus_wire::measure::spoken::name_key;
use salus_wire::view::{LackView, ShortView};

use super::Said;
use crate::words::{Words, t};

pub(super) fn pressure(w: &Words, short: &ShortView, span: String) -> Said {
    only(t!(w, "clinical-short-pressure", span = span, there = list(w, short)))
}

pub(super) fn glucose(w: &Words, short: &ShortView, span: String) -> Said {
    only(t!(w, "clinical-short-glucose", span = span, there = list(w, short)))
}

pub(super) fn beats(w: &Words, short: &ShortView, span: String) -> Said {
    only(t!(w, "clinical-short-variability", span = span, there = list(w, short)))
}

fn only(sentence: String) -> Said {
    Said { sentence, more: Vec::new() }
}

/// Everything that is missing, in one list.
pub(super) fn list(w: &Words, short: &ShortView) -> String {
    w.list(&short.lacks.iter().map(|l| lack(w, l)).collect::<Vec<_>>())
}

fn lack(w: &Words, lack: &LackView) -> String {
    let mut args = FluentArgs::new();
    args.set("have", lack.have);
    args.set("need", lack.need);
    w.text(&name_key("lack", lack.what), Some(&args))
}
