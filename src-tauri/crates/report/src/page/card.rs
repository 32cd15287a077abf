//! The emergency card as a page: what a helper has to do, and the card's own text and picture. Nothing of health, and no code to check:
//! the card opens something or it does not.

use salus_insight::clinical::Date;

use super::{Block, Column, Drawing, Picture, Tone, para};
use crate::words::{Words, t};

/// A card in force.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// The person's name.
    pub name: String,
    /// Whom to call; may be empty.
    pub call: String,
    /// Its last day.
    pub until: Date,
    /// Its text, in groups. It holds the card's key.
    pub text: String,
}

impl core::fmt::Debug for Card {
    /// Without the key.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Card").field("until", &self.until).finish_non_exhaustive()
    }
}

pub(crate) fn blocks(card: &Card, w: &Words) -> Vec<Block> {
    let step = |n: u8, text: String| para(Tone::Plain, format!("{n}. {text}"));
    let mut text = vec![
        Block::Title(t!(w, "print-heading")),
        para(Tone::Strong, card.name.clone()),
        Block::Gap(6.0),
        step(1, t!(w, "print-scan")),
        step(2, t!(w, "print-why")),
        step(3, t!(w, "print-end", name = card.name.clone())),
    ];
    if !card.call.is_empty() {
        text.push(para(Tone::Strong, t!(w, "print-call", who = card.call.clone())));
    }
    let groups: Vec<&str> = card.text.split_whitespace().collect();
    text.push(Block::Gap(6.0));
    text.push(para(Tone::Code, format!("\u{2066}{}\u{2069}", groups.join(" "))));
    text.push(para(Tone::Quiet, t!(w, "print-until", date = w.date(card.until))));
    let picture = Picture {
        alt: t!(w, "print-picture"),
        caption: None,
        height: 170.0,
        drawing: Drawing::Square(card.text.chars().filter(|c| *c != '-' && !c.is_whitespace()).collect()),
    };
    vec![Block::Beside(vec![
        Column { share: 0.62, blocks: text },
        Column { share: 0.38, blocks: vec![Block::Picture(picture)] },
    ])]
}
