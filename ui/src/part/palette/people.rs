//! Whom this person helps, by name: the way to each, and what may be done for them at once.

use salus_wire::view::{HelpedView, HelperRole, PowerState};

use super::actions::{Does, Entry};
use crate::part::Icon;
use crate::route::Route;
use crate::t;
use crate::words::Words;

/// Everybody's page first, and after it what the one who looks may do there now: as on that page, and as it always asks.
#[must_use]
pub(super) fn people(w: &Words, helped: &[HelpedView]) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for one in helped {
        let (circle, name) = (one.circle.to_string(), one.person.clone());
        let mut put = |what: &str, icon, label, route| {
            let id = format!("{what}-{circle}");
            // Somebody may be a helper and a guardian of the same person.
            if all.iter().all(|known| known.id != id) {
                all.push(Entry { id, label, icon, does: Does::Go(route) });
            }
        };
        put(
            "relative",
            Icon::Heart,
            t!(w, "relative-title", name = name.clone()),
            Route::Relative { circle: circle.clone() },
        );
        if !one.guardian {
            put(
                "seeing",
                Icon::Eye,
                t!(w, "relative-seeing", name = name.clone()),
                Route::RelativeAt { circle: circle.clone(), part: "seeing".to_owned() },
            );
        }
        if is_steward(one) {
            put(
                "read",
                Icon::Chart,
                t!(w, "family-read", name = name.clone()),
                Route::Helped { circle: circle.clone() },
            );
            put(
                "give",
                Icon::Share,
                t!(w, "family-give", name = name),
                Route::GiveFor { circle: circle.clone() },
            );
        }
    }
    all
}

/// Whether the one who looks reads and shares for this person now.
fn is_steward(one: &HelpedView) -> bool {
    let me = one.helpers.iter().find(|helper| helper.you);
    me.is_some_and(|me| me.limits.role == HelperRole::Steward && me.state == PowerState::InForce)
}

#[cfg(test)]
mod tests {
    use super::super::actions::fitting;
    use super::*;
    use crate::samples;

    fn helped(n: u8, person: &str, role: HelperRole, state: PowerState) -> HelpedView {
        let mut one = samples::helped(n, person, vec![]);
        for me in &mut one.helpers {
            me.limits.role = role;
            me.state = state;
        }
        one
    }

    fn guarded(n: u8, person: &str) -> HelpedView {
        let steward = helped(n, person, HelperRole::Steward, PowerState::InForce);
        HelpedView { guardian: true, helpers: vec![], ..steward }
    }

    #[test]
    fn a_relative_is_found_by_name_in_each_language_and_their_page_comes_first() {
        let mother = helped(1, "María", HelperRole::Steward, PowerState::InForce);
        let father = helped(2, "يوسف", HelperRole::Steward, PowerState::InForce);
        for tag in ["en", "ar"] {
            let all = people(&Words::of(tag), &[mother.clone(), father.clone()]);
            let circle = mother.circle.to_string();
            let routes = |typed: &str| {
                fitting(&all, typed)
                    .into_iter()
                    .map(|entry| match entry.does {
                        Does::Go(route) => route,
                        other => unreachable!("{other:?}"),
                    })
                    .collect::<Vec<_>>()
            };
            let found = routes("maría");
            assert_eq!(found.len(), 4, "{tag}: {found:?}");
            assert!(found.contains(&Route::Relative { circle: circle.clone() }), "{tag}");
            assert!(found.contains(&Route::Helped { circle: circle.clone() }), "{tag}");
            assert!(found.contains(&Route::GiveFor { circle }), "{tag}");
            let theirs = Route::Relative { circle: father.circle.to_string() };
            assert!(routes("يوسف").contains(&theirs), "{tag}");
            assert_eq!(all[0].does, Does::Go(Route::Relative { circle: mother.circle.to_string() }));
        }
    }

    #[test]
    fn only_what_may_be_done_is_offered_and_each_person_once() {
        let words = Words::of("en");
        let ids = |all: &[HelpedView]| {
            let heads = people(&words, all).into_iter().map(|entry| entry.id);
            heads.map(|id| id.split('-').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let as_helper = helped(1, "Maria", HelperRole::Steward, PowerState::InForce);
        assert_eq!(ids(&[guarded(1, "Maria"), as_helper.clone()]), ["relative", "seeing", "read", "give"]);
        assert_eq!(ids(&[guarded(1, "Maria")]), ["relative"]);
        let resting = helped(1, "Maria", HelperRole::Steward, PowerState::AwaitsReview);
        let approver = helped(2, "Josef", HelperRole::Approver, PowerState::InForce);
        assert_eq!(ids(&[resting, approver]), ["relative", "seeing", "relative", "seeing"]);
        assert!(ids(&[]).is_empty());
        let removed = HelpedView { helpers: vec![], ..as_helper };
        assert_eq!(ids(&[removed]), ["relative", "seeing"]);
    }
}
