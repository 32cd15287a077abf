//! Nothing is said before there are words for it. Where there are none, that itself is said in every language: nobody knows which of them
//! the person reads.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Icon, icon};
use crate::words::{ARABIC, ENGLISH, Language, begin};

/// What can be said without any words.
struct Plain {
    language: Language,
    happened: &'static str,
    fix: &'static str,
    again: &'static str,
}

const PLAIN: &[Plain] = &[
    Plain {
        language: ENGLISH,
        happened: "Salus could not read its words.",
        fix: "Try again. If that does not help, close Salus and open it again.",
        again: "Try again",
    },
    Plain {
        language: ARABIC,
        happened: "تعذّر على سالوس أن يقرأ كلماته.",
        fix: "حاول مرة أخرى. فإن لم ينفع ذلك فأغلق سالوس ثم افتحه من جديد.",
        again: "حاول مرة أخرى",
    },
];

/// Properties of [`NoWords`].
#[derive(Properties, PartialEq)]
pub struct NoWordsProps {
    /// Tries again.
    pub again: Callback<()>,
}

/// That words cannot be had, and a button that tries again.
#[component]
pub fn NoWords(props: &NoWordsProps) -> Html {
    let sentence = |plain: &Plain| {
        html! {
            <div lang={plain.language.tag} dir={plain.language.dir()}>
                <p class="strong">{ plain.happened }</p>
                <p>{ plain.fix }</p>
            </div>
        }
    };
    let label = |plain: &Plain| {
        html! { <span lang={plain.language.tag} dir={plain.language.dir()}>{ plain.again }</span> }
    };
    html! {
        <section class="notice" role="alert">
            { icon(Icon::Warning) }
            <div>
                { for PLAIN.iter().map(sentence) }
                <p><button type="button" id="words-again" onclick={props.again.reform(|_: MouseEvent| ())}>{ for PLAIN.iter().map(label) }</button></p>
            </div>
        </section>
    }
}

/// Properties of [`Worded`].
#[derive(Properties, PartialEq)]
pub struct WordedProps {
    /// What has words.
    pub children: Html,
}

/// What is inside, once there are words of any language.
#[component]
pub fn Worded(props: &WordedProps) -> Html {
    let there = use_state(|| None::<bool>);
    let tries = use_state(|| 0_u32);
    {
        let there = there.clone();
        use_effect_with(*tries, move |_| {
            spawn_local(async move {
                let came = begin().await;
                there.set(Some(came));
            });
        });
    }
    let again = Callback::from({
        let (there, tries) = (there.clone(), tries.clone());
        move |()| {
            there.set(None);
            tries.set(*tries + 1);
        }
    });
    match *there {
        None => Html::default(),
        Some(true) => props.children.clone(),
        Some(false) => html! { <main class="plain"><h1>{ "Salus" }</h1><NoWords {again} /></main> },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::LANGUAGES;

    #[test]
    fn every_language_is_said_without_words() {
        let said: Vec<Language> = PLAIN.iter().map(|plain| plain.language).collect();
        assert_eq!(said, LANGUAGES);
    }
}
