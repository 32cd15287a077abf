//! The question as a dialog of the desktop's toolkit. The dialog plugin's own puts the button that does it first, and with it the
//! keyboard: who presses Enter twice after the passphrase would have said yes without reading.

use gtk::prelude::*;
use gtk::{ApplicationWindow, ButtonsType, Label, MessageDialog, MessageType, ResponseType};
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
    if let Ok(area) = dialog.message_area().downcast::<gtk::Container>() {
        for label in area.children().into_iter().filter_map(|child| child.downcast::<Label>().ok()) {
            label.set_selectable(true);
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
