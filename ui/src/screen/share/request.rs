//! What the code asks for, and what goes beyond it. Giving less needs no word.

use salus_wire::UnixMillis;
use salus_wire::view::AskedView;
use yew::prelude::*;

use super::choices::Choices;
use super::window::Window;
use crate::part::{Icon, asked_sentence, icon, own_words};
use crate::state::Shared;
use crate::t;

/// What is more than was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wider {
    /// Other readings too.
    What,
    /// Readings of other times.
    Readings,
    /// For longer.
    Until,
}

/// The request, above the form that it filled in.
pub(super) fn request(shared: &Shared, name: &str, asked: &AskedView) -> Html {
    html! {
        <section class="asked">
            <p class="strong">{ asked_sentence(shared, name, asked) }</p>
            if !asked.words.is_empty() { <p>{ t!(shared.words, "asked-words", name = name.to_owned()) }{ " " }{ own_words(asked) }</p> }
            <p class="quiet">{ t!(shared.words, "asked-filled") }</p>
        </section>
    }
}

/// A line for each way in which the form gives more.
pub(super) fn beyond(shared: &Shared, choices: &Choices) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let Some(asked) = &choices.asked else { return Html::default() };
    let line = |wider| match wider {
        Wider::What => t!(w, "wider-what"),
        Wider::Readings => t!(w, "wider-readings"),
        Wider::Until => t!(w, "wider-until"),
    };
    html! {
        <div role="status" class="told">{ for wider(choices, asked, clock.now, clock.offset).into_iter().map(|one| html! {
            <p class="caution">{ icon(Icon::Warning) }<span>{ line(one) }</span></p>
        }) }</div>
    }
}

fn wider(choices: &Choices, asked: &AskedView, now: UnixMillis, offset: i32) -> Vec<Wider> {
    let mut all = Vec::new();
    if choices.categories.iter().any(|c| !asked.categories.contains(c)) {
        all.push(Wider::What);
    }
    let spans = (choices.window.spans(now, offset), Window::asked(asked, now, offset).spans(now, offset));
    if let (Ok((own, (_, own_ends))), Ok((wanted, (_, wanted_ends)))) = spans {
        if own.0 < wanted.0 || own.1 > wanted.1 {
            all.push(Wider::Readings);
        }
        if own_ends > wanted_ends {
            all.push(Wider::Until);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use salus_wire::Category;
    use salus_wire::view::Purpose;

    use super::super::window::{Readings, Until};
    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn more_is_said_and_less_is_not() {
        let asked = AskedView {
            purpose: Purpose::FollowUp,
            words: String::new(),
            categories: vec![Category::BloodPressure],
            days_back: 7,
            days_ahead: 0,
            lasts_days: 14,
        };
        let exact = Choices::new(NOW, 60).begun(Some(&asked), NOW, 60);
        let said = |change: &dyn Fn(&mut Choices)| {
            let mut choices = exact.clone();
            change(&mut choices);
            wider(&choices, &asked, NOW, 60)
        };
        let none: [Wider; 0] = [];
        assert_eq!(said(&|_| {}), none);
        assert_eq!(said(&|c| c.window.until = Until::Days(1)), none);
        assert_eq!(said(&|c| c.window.readings = Readings::Asked { back: 1, ahead: 0 }), none);
        assert_eq!(said(&|c| c.categories.clear()), none);
        assert_eq!(said(&|c| c.window.until = Until::Days(30)), [Wider::Until]);
        assert_eq!(said(&|c| c.window.readings = Readings::WeekAndNew), [Wider::Readings]);
        assert_eq!(said(&|c| c.toggle(Category::HeartRate)), [Wider::What]);
        let all = |c: &mut Choices| {
            c.toggle(Category::HeartRate);
            (c.window.readings, c.window.until) = (Readings::TodayAndNew, Until::Days(30));
        };
        assert_eq!(said(&all), [Wider::What, Wider::Readings, Wider::Until]);
        assert_eq!(said(&|c| c.window.from = "no date".into()), none, "what is not chosen does not count");
    }
}
