//! What helpers permitted and ends soon: whoever may share for the person can give it anew, everybody else is told that it takes one
//! of them. A permission is never made longer; the clinician's next code begins another one.

use salus_wire::UnixMillis;
use salus_wire::view::{GivenState, GivenView, HelpedView, HelperRole, PowerState};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::DAY;
use crate::route::Route;
use crate::state::use_shared;
use crate::t;

/// What ends within so long is named, unless it lasted no longer anyway. 3 days, as in a clinician's inbox.
const SOON: i64 = 3 * DAY;

#[derive(Properties, PartialEq)]
pub(super) struct EndingProps {
    pub(super) helped: HelpedView,
}

#[component]
pub(super) fn Ending(props: &EndingProps) -> Html {
    let shared = use_shared();
    let (w, clock, helped) = (&shared.words, shared.clock(), &props.helped);
    let all = ending(&helped.given, clock.now);
    if all.is_empty() {
        return Html::default();
    }
    let (circle, person) = (helped.circle.to_string(), helped.person.clone());
    let gives = may_give(helped);
    html! {
        <section data-part="ending">
            <h3>{ t!(w, "family-ending") }</h3>
            <ul class="entries">{ for all.into_iter().map(|given| {
                let name = given.clinician.name.clone();
                html! { <li key={given.id.to_string()}>
                    <p class="strong">{ t!(w, "notice-ends-soon", name = name.clone(), when = clock.moment(given.ends)) }</p>
                    <p class="quiet">{ w.categories(&given.categories) }</p>
                    if gives {
                        <p>{ t!(w, "family-ending-how", name = name.clone()) }</p>
                        <div class="row"><Link<Route> to={Route::GiveFor { circle: circle.clone() }} classes="button">{ t!(w, "family-ending-again", name = name) }</Link<Route>></div>
                    } else {
                        <p>{ t!(w, "family-ending-others", person = person.clone()) }</p>
                    }
                </li> }
            }) }</ul>
        </section>
    }
}

/// Whether the one who looks may share for the person now.
fn may_give(helped: &HelpedView) -> bool {
    let me = helped.helpers.iter().find(|helper| helper.you);
    me.is_some_and(|me| me.limits.role == HelperRole::Steward && me.state == PowerState::InForce)
}

/// Those that end soon and that no other one goes on for, the first to end first.
fn ending(all: &[GivenView], now: UnixMillis) -> Vec<&GivenView> {
    let soon = |given: &&GivenView| {
        let lasted = given.ends.saturating_sub(given.starts);
        let left = given.ends.saturating_sub(now);
        given.state == GivenState::Active && lasted > SOON && (0..SOON).contains(&left)
    };
    let mut found: Vec<&GivenView> =
        all.iter().filter(soon).filter(|given| !all.iter().any(|other| given.goes_on_in(other))).collect();
    found.sort_by_key(|given| given.ends);
    found
}

#[cfg(test)]
mod tests {
    use salus_wire::Category;

    use super::*;
    use crate::samples::{NOW, given, helped};

    fn until(n: u8, days: i64) -> GivenView {
        GivenView { starts: NOW - 10 * DAY, ends: NOW + days * DAY, ..given(n, &[], false) }
    }

    #[test]
    fn what_runs_and_ends_within_three_days_is_named_the_first_first() {
        let short = GivenView { starts: NOW - DAY, ..until(1, 1) };
        let over = GivenView { state: GivenState::Ended, ..until(2, -1) };
        let waits = GivenView { state: GivenState::AwaitsOthers, ..until(3, 2) };
        let other = |n, days, name: &str| {
            let mut other = until(n, days);
            other.clinician.name = name.into();
            other
        };
        let all = [short, over, waits, other(4, 2, "Dr Bea"), other(5, 1, "Dr Cem"), until(6, 3)];
        let ids: Vec<u8> = ending(&all, NOW).iter().map(|given| given.id.0[0]).collect();
        assert_eq!(ids, [5, 4]);
    }

    #[test]
    fn what_was_given_again_ends_for_nobody() {
        let old = until(1, 1);
        let again = until(2, 30);
        assert!(ending(&[old.clone(), again.clone()], NOW).is_empty());
        let asked = GivenView { state: GivenState::AwaitsOthers, ..again.clone() };
        assert!(ending(&[old.clone(), asked], NOW).is_empty(), "others have to agree, as they always had");
        for not in [
            GivenView { state: GivenState::Objected, ..again.clone() },
            GivenView { categories: vec![Category::Glucose], ..again.clone() },
            GivenView { state: GivenState::AwaitsOthers, ends: old.ends, ..again },
        ] {
            assert_eq!(ending(&[old.clone(), not], NOW).len(), 1);
        }
    }

    #[test]
    fn only_who_may_share_is_led_to_sharing() {
        let mut mother = helped(1, "Maria", vec![until(1, 1)]);
        assert!(may_give(&mother));
        mother.helpers[0].limits.role = HelperRole::Approver;
        assert!(!may_give(&mother));
        mother.helpers.clear();
        assert!(!may_give(&mother));
    }
}
