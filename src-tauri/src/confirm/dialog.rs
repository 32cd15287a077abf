//! The question as a dialog of the desktop's toolkit. The dialog plugin's own puts the button that does it first, and with it the
//! keyboard: who presses Enter twice after the passphrase would have said yes without reading.

use gtk::prelude::*;
use gtk::{ApplicationWindow, ButtonsType, Label, MessageDialog, MessageType, ResponseType, TextDirection};
use salus_api::Question;

/// What is asked, for longer than the request that asks.
pub(super) struct Words {
    sentence: String,
    title: &'static str,
    yes: &'static str,
    no: &'static str,
    is_final: bool,
}

impl Words {
    pub(super) fn of(question: Question<'_>) -> Self {
        let Question { sentence, title, yes, no, is_final } = question;
        Self { sentence: sentence.to_owned(), title, yes, no, is_final }
    }
}

/// Shows the question over a window and calls `answer` once: true only for the button that says yes. To be called on the main
/// thread.
pub(super) fn ask(over: Option<&ApplicationWindow>, words: &Words, answer: impl FnOnce(bool) + 'static) {
    let kind = if words.is_final { MessageType::Warning } else { MessageType::Question };
    let dialog = MessageDialog::builder()
        .message_type(kind)
        .buttons(ButtonsType::None)
        .modal(true)
        .title(words.title)
        .text(words.title)
        .secondary_text(&words.sentence)
        .build();
    dialog.set_transient_for(over);
    let direction = if is_rtl(words.title) { TextDirection::Rtl } else { TextDirection::Ltr };
    dialog.set_direction(direction);
    if let Ok(area) = dialog.message_area().downcast::<gtk::Container>() {
        for label in area.children().into_iter().filter_map(|child| child.downcast::<Label>().ok()) {
            label.set_selectable(true);
            // The desktop's language may be another one than the person's.
            label.set_direction(direction);
        }
    }
    dialog.add_button(words.no, ResponseType::Cancel);
    dialog.add_button(words.yes, ResponseType::Accept);
    dialog.set_default_response(ResponseType::Cancel);
    let answer = std::cell::Cell::new(Some(answer));
    dialog.connect_response(move |dialog, response| {
        // Closing it answers as well; only the first answer counts.
        if let Some(answer) = answer.take() {
            answer(response == ResponseType::Accept);
            dialog.close();
        }
    });
    dialog.show_all();
}

/// Whether words read from right to left: their first letter is Hebrew, Arabic or near them.
fn is_rtl(words: &str) -> bool {
    let letter = words.chars().find(|c| c.is_alphabetic());
    letter.is_some_and(|c| ('\u{0590}'..='\u{08ff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::is_rtl;

    #[test]
    fn arabic_reads_from_right_to_left() {
        assert!(
            is_rtl("سالوس: هل تمنح هذا الإذن؟") && !is_rtl("Salus: give this permission?") && !is_rtl("?")
        );
    }
}
