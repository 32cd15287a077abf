//! The design page: every part of the screens in every state, in every language, size and colour. It asks nobody for anything, and
//! what it shows of health is made up: it is never packaged (`design/index.html` alone builds it, into `dist-design`).
//!
//! A new part or state comes here with the screen that needs it (`ui/tests/design.rs` holds that every part does); `tests/browser`
//! looks at this page as at any other.

mod around;
mod clinical;
mod control;
mod detail;
mod devices;
mod form;
mod rows;
mod said;
mod sample;
mod series;

use salus_ui::part::{NoWords, Worded};
use salus_ui::state::{Context, Wording, use_words};
use salus_wire::view::{SettingsView, Theme};
use yew::prelude::*;
use yew_router::prelude::*;

/// The root.
#[component]
fn Page() -> Html {
    html! { <Worded><Design /></Worded> }
}

#[component]
fn Design() -> Html {
    let shared: Context = use_reducer(sample::shared);
    let again = use_words(shared.clone());
    {
        let (settings, words) = (shared.settings.clone(), shared.words.clone());
        use_effect_with((settings, words), |(settings, words)| {
            let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
            let dress = [
                ("lang", words.language.tag.to_owned()),
                ("dir", words.language.dir().to_owned()),
                ("data-theme", theme(settings).to_owned()),
                ("data-text", settings.text_size.to_string()),
            ];
            if let Some(root) = root {
                for (name, value) in dress {
                    let _ = root.set_attribute(name, &value);
                }
            }
        });
    }
    html! {
        <ContextProvider<Context> context={shared.clone()}>
            if shared.wording == Wording::Missing { <NoWords {again} /> }
            // Some parts lead to screens; here there are none, and the address changes alone.
            <HashRouter><main><div class="column">
                <h1>{ "Design" }</h1>
                <p class="lead">{ "Every part in every state. Nothing here is anybody's: names and values are made up." }</p>
                <control::Dress />
                { control::colours() }
                { control::type_sizes() }
                { control::icons() }
                { control::bands() }
                <form::Buttons />
                <form::Fields />
                <form::Ways />
                <form::Dialogs />
                <around::Around />
                <around::Finding />
                <said::Told />
                <said::Permissions />
                <detail::Conditions />
                <detail::Emergencies />
                <detail::Handed />
                <series::SeriesStates />
                <clinical::Conventions />
                <detail::Trends />
                <detail::Tables />
                <rows::DeviceRows />
                <devices::DeviceForms />
                <rows::PatientRows />
                <rows::Banners />
                <said::Wordless />
            </div></main></HashRouter>
        </ContextProvider<Context>>
    }
}

/// Without the desktop's own: a test sees the same everywhere.
const fn theme(settings: &SettingsView) -> &'static str {
    match settings.theme {
        Theme::Light | Theme::System => "light",
        Theme::Dark => "dark",
        Theme::Contrast => "contrast",
    }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
