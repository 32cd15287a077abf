//! How the page is dressed, and what is below all parts: colours, sizes of type, icons, the bands of people.

use salus_ui::part::{Icon, icon};
use salus_ui::state::{Change, use_shared};
use salus_ui::words::LANGUAGES;
use salus_wire::view::{SettingsView, Theme};
use yew::prelude::*;

const TEXT_SIZES: [u16; 4] = [100, 125, 150, 200];
const THEMES: [(Theme, &str); 3] =
    [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Contrast, "contrast")];

/// Language, size and colours, at once.
#[component]
pub(crate) fn Dress() -> Html {
    let shared = use_shared();
    let now = shared.settings.clone();
    let choose = |settings: SettingsView| {
        let shared = shared.clone();
        Callback::from(move |_: Event| shared.dispatch(Change::Settings(settings.clone())))
    };
    html! {
        <form class="settings" onsubmit={|e: SubmitEvent| e.prevent_default()}>
            <fieldset class="choices">
                <legend>{ "Language" }</legend>
                { for LANGUAGES.iter().map(|l| radio("language", l.tag, html! { <bdi lang={l.tag}>{ l.name }</bdi> },
                    shared.chosen() == *l, choose(SettingsView { locale: l.tag.into(), ..now.clone() }))) }
            </fieldset>
            <fieldset class="choices">
                <legend>{ "Text" }</legend>
                { for TEXT_SIZES.iter().map(|size| radio("text", &size.to_string(), html! { format!("{size} %") },
                    now.text_size == *size, choose(SettingsView { text_size: *size, ..now.clone() }))) }
            </fieldset>
            <fieldset class="choices">
                <legend>{ "Colours" }</legend>
                { for THEMES.iter().map(|(theme, name)| radio("theme", name, html! { *name },
                    now.theme == *theme, choose(SettingsView { theme: *theme, ..now.clone() }))) }
            </fieldset>
        </form>
    }
}

fn radio(group: &'static str, value: &str, label: Html, checked: bool, onchange: Callback<Event>) -> Html {
    html! {
        <label class="choice">
            <input type="radio" name={group} value={value.to_owned()} {checked} {onchange} />
            <span>{ label }</span>
        </label>
    }
}

/// What words are written in.
pub(crate) fn colours() -> Html {
    html! {
        <section id="colours">
            <h2>{ "Words" }</h2>
            <p>{ "Ink: what is read." }</p>
            <p class="quiet">{ "Soft ink: what stands beside it." }</p>
            <p class="strong">{ "Strong: the one sentence that counts." }</p>
            <p class="overline">{ "Overline: what the heading below is about." }</p>
            <p class="caution">{ icon(Icon::Warning) }{ "Caution: true, and not as it should be." }</p>
            <p><a class="back" href="#colours">{ "A link that stands alone in its line" }</a></p>
            <p class="quiet">{ icon(Icon::Check) }{ "Proven: a sign and a word, never a colour alone." }</p>
        </section>
    }
}

/// The five sizes.
pub(crate) fn type_sizes() -> Html {
    html! {
        <section id="type">
            <h2>{ "Five sizes" }</h2>
            <p class="figure"><bdi dir="ltr">{ "128/79" }</bdi><small>{ "mmHg" }</small></p>
            <p class="wordmark">{ "Salus" }</p>
            <p class="lead">{ "Lead: one sentence to repeat to somebody else, 0123456789." }</p>
            <p>{ "Text: what is read, 0123456789." }</p>
            <p><small>{ "Small: units and hints, 0123456789." }</small></p>
            <p><code>{ "Code: 5f1e 07c2, and long ones break." }</code>{ " " }<kbd>{ "N" }</kbd></p>
        </section>
    }
}

/// Every icon with its name.
pub(crate) fn icons() -> Html {
    let all = [
        (Icon::Today, "Today"),
        (Icon::Device, "Device"),
        (Icon::Share, "Share"),
        (Icon::Eye, "Eye"),
        (Icon::List, "List"),
        (Icon::People, "People"),
        (Icon::Heart, "Heart"),
        (Icon::Gear, "Gear"),
        (Icon::Inbox, "Inbox"),
        (Icon::Code, "Code"),
        (Icon::Lock, "Lock"),
        (Icon::Check, "Check"),
        (Icon::Clock, "Clock"),
        (Icon::Stop, "Stop"),
        (Icon::Warning, "Warning"),
        (Icon::Add, "Add"),
        (Icon::Flag, "Flag"),
        (Icon::Letter, "Letter"),
        (Icon::Chart, "Chart"),
        (Icon::Bell, "Bell"),
        (Icon::Help, "Help"),
        (Icon::Find, "Find"),
    ];
    html! {
        <section id="icons">
            <h2>{ "Icons, always beside words" }</h2>
            <div class="row">{ for all.into_iter().map(|(picture, name)| html! { <span class="with-icon">{ icon(picture) }<span>{ name }</span></span> }) }</div>
        </section>
    }
}

/// A band of each colour that a name can have.
pub(crate) fn bands() -> Html {
    html! {
        <section id="bands">
            <h2>{ "Whose record" }</h2>
            { for (0..6).map(|hue| html! {
                <div class={format!("band band-{hue}")}>
                    <p class="band-name"><bdi>{ format!("Person {}", hue + 1) }</bdi></p>
                    <p class="band-role">{ "My own record" }</p>
                    <p class="tag">{ icon(Icon::Clock) }<span>{ "Test clock" }</span></p>
                </div>
            }) }
        </section>
    }
}
