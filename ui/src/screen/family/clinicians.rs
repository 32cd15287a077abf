//! Which clinicians a helper may let see readings: any confirmed one, or only those who are named.

use salus_wire::command::{KnowClinician, ListClinicians};
use salus_wire::view::NamedClinician;
use yew::prelude::*;

use crate::part::{Busy, CodePicture, Notice, Outcome, TextFile, field_text};
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct CliniciansProps {
    /// The helper's name.
    pub(super) name: String,
    pub(super) only_named: bool,
    pub(super) chosen: Vec<NamedClinician>,
    /// Called with both.
    pub(super) choose: Callback<(bool, Vec<NamedClinician>)>,
}

#[component]
pub(super) fn Clinicians(props: &CliniciansProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asked = use_ask(Some(ListClinicians {}), shared.beats.permissions);
    let code = use_state(String::new);
    let newer = use_state(|| None::<Vec<NamedClinician>>);
    let listed = asked.answer.as_ref().map(|known| known.to_vec());
    let known = (*newer).clone().or(listed).unwrap_or_default();
    // What the last code came to.
    let read = use_state(|| None::<String>);
    let know = {
        let (code, newer, read) = (code.clone(), newer.clone(), read.clone());
        let (before, words) = (known.clone(), w.clone());
        use_act::<KnowClinician>(Callback::from(move |known: Vec<NamedClinician>| {
            let came = known.iter().find(|one| before.iter().all(|other| other.key != one.key));
            read.set(Some(match came {
                Some(one) => t!(words, "check-clinician", name = one.name.clone()),
                None => t!(words, "check-clinician-known"),
            }));
            code.set(String::new());
            newer.set(Some(known));
        }))
    };
    let only = |only_named: bool, label: String| {
        let (choose, chosen) = (props.choose.clone(), props.chosen.clone());
        let onchange = Callback::from(move |_: Event| choose.emit((only_named, chosen.clone())));
        html! { <label class="choice"><input type="radio" name="family-whom" checked={props.only_named == only_named} {onchange} /><span>{ label }</span></label> }
    };
    let set_code = {
        let (code, read) = (code.clone(), read.clone());
        Callback::from(move |text: String| {
            read.set(None);
            code.set(text);
        })
    };
    html! {
        <>
            <fieldset class="choices">
                <legend>{ t!(w, "family-whom", name = props.name.clone()) }</legend>
                { only(false, t!(w, "family-whom-any")) }
                { only(true, t!(w, "family-whom-named")) }
            </fieldset>
            if props.only_named {
                if known.is_empty() { <p class="quiet">{ t!(w, "family-whom-none") }</p> }
                if !known.is_empty() {
                    <fieldset class="choices">
                        <legend>{ t!(w, "family-whom-which") }</legend>
                        { for known.into_iter().map(|clinician| {
                            let (choose, chosen) = (props.choose.clone(), props.chosen.clone());
                            let checked = chosen.iter().any(|one| one.key == clinician.key);
                            let (key, said) = (clinician.key.clone(), titled(&clinician));
                            let onchange = Callback::from(move |_: Event| choose.emit((true, toggled(&chosen, &clinician))));
                            html! { <label class="choice" {key}><input type="checkbox" name="clinician" {checked} {onchange} /><span><bdi>{ said }</bdi></span></label> }
                        }) }
                    </fieldset>
                }
                <p class="field">
                    <label for="clinician-code">{ t!(w, "family-whom-code") }</label>
                    <textarea id="clinician-code" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="65536" value={(*code).clone()}
                        oninput={set_code.reform(|event: InputEvent| field_text(&event))} />
                </p>
                <TextFile id="clinician-file" label={t!(w, "share-code-file")} on_text={set_code.clone()} />
                <CodePicture id="clinician-picture" on_text={set_code} />
                if let Some(failure) = know.failure.clone() { <Notice {failure} /> }
                else if let Some(failure) = asked.failure.clone() { <Notice {failure} again={asked.again.clone()} /> }
                <div class="row"><Busy id="know-clinician" label={t!(w, "family-whom-add")} busy={know.busy}
                    onclick={{ let code = code.clone(); know.starter().reform(move |_: MouseEvent| KnowClinician { code: code.trim().to_owned() }) }} /></div>
                <Outcome said={(*read).clone()} />
            }
        </>
    }
}

/// Puts a clinician in, or takes them out.
fn toggled(chosen: &[NamedClinician], clinician: &NamedClinician) -> Vec<NamedClinician> {
    let mut next: Vec<NamedClinician> =
        chosen.iter().filter(|one| one.key != clinician.key).cloned().collect();
    if next.len() == chosen.len() {
        next.push(clinician.clone());
    }
    next
}

/// Name and organisation.
pub(super) fn titled(clinician: &NamedClinician) -> String {
    if clinician.organisation.chars().any(char::is_alphanumeric) {
        format!("{} ({})", clinician.name, clinician.organisation)
    } else {
        clinician.name.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clinician(key: &str, organisation: &str) -> NamedClinician {
        NamedClinician { key: key.into(), name: "Dr Ana".into(), organisation: organisation.into() }
    }

    #[test]
    fn a_clinician_is_known_by_the_key_and_shown_by_name() {
        let (ana, same_name) = (clinician("a", "Heart Clinic"), clinician("b", "-"));
        let one = toggled(&[], &ana);
        let both = toggled(&one, &same_name);
        assert_eq!((one.len(), both.len()), (1, 2));
        assert_eq!(toggled(&both, &ana), std::slice::from_ref(&same_name));
        assert_eq!((titled(&ana), titled(&same_name)), ("Dr Ana (Heart Clinic)".into(), "Dr Ana".into()));
    }
}
