//! What stands within screens: tables, trends, letters, codes as pictures, flags, conditions, emergencies.

use std::rc::Rc;

use salus_ui::part::{
    DaysTable, FlagButton, LeaveOpening, ReadingsTable, SeenBy, answers, asked_sentence, condition, letter,
    said_of_it, square, standing, trend, unconfirmed_words, week,
};
use salus_ui::state::use_shared;
use salus_wire::command::FlagPatient;
use salus_wire::view::{
    ClinicianView, Compared, Condition, ConditionView, EmergencyAct, ReadingView, SquareView, TrendSpan,
    Unconfirmed, Verdict,
};
use salus_wire::{Category, GrantId};
use yew::prelude::*;

use crate::clinical::foreseen;
use crate::sample::{
    DAY, NOW, clinician, days, emergency, few, gaps, helper, permission, pressures, usual, worn,
};

/// Tables of readings, without and with a place to write, and of days; and what a clinician will see.
#[component]
pub(crate) fn Tables() -> Html {
    let shared = use_shared();
    html! {
        <section id="tables">
            <h2>{ "Tables" }</h2>
            <ReadingsTable record={Rc::new(pressures())} />
            <ReadingsTable record={Rc::new(gaps())} on_note={Callback::from(|_: ReadingView| ())} />
            <DaysTable record={Rc::new(days())} />
            <SeenBy name="Dr Ines Clarke" records={vec![pressures(), gaps()]} span="today">{ foreseen(&shared) }</SeenBy>
            <SeenBy name="Dr Ines Clarke" records={vec![days()]} span="today" daily=true />
        </section>
    }
}

/// Against the person's own earlier days: each outcome, of today and of the week; too few days; and how much there is of each day.
#[component]
pub(crate) fn Trends() -> Html {
    let shared = use_shared();
    let outcomes = [Compared::Usual, Compared::Lower, Compared::Higher, Compared::Apart];
    let spans = [TrendSpan::Today, TrendSpan::Week];
    html! {
        <section id="trends">
            <h2>{ "Against one's own earlier days" }</h2>
            { for spans.into_iter().flat_map(|span| outcomes.map(|compared| trend(&shared, &usual(span, Some(compared))))) }
            { trend(&shared, &usual(TrendSpan::Week, None)) }
            { trend(&shared, &few()) }
            { week(&shared, &usual(TrendSpan::Today, Some(Compared::Usual))) }
            { week(&shared, &worn()) }
        </section>
    }
}

/// What others wrote, and what is handed over.
#[component]
pub(crate) fn Handed() -> Html {
    let shared = use_shared();
    let flag = |flagged: bool, busy: bool| {
        let on_flag = Callback::from(|_: FlagPatient| ());
        html! { <FlagButton id={GrantId([1; 32])} patient="Maria Example" {flagged} {busy} {on_flag} /> }
    };
    let corner =
        |x: u16, y: u16| format!("M{x} {y}h7v7h-7zM{} {}v5h5v-5zM{} {}h3v3h-3z", x + 1, y + 1, x + 2, y + 2);
    let path = [corner(4, 4), corner(18, 4), corner(4, 18)].concat();
    let who = clinician();
    html! {
        <section id="handed">
            <h2>{ "Written and handed over" }</h2>
            { letter("Your pressures are fine.\nPlease go on as you do.") }
            { letter("قراءاتك جيدة.\nاستمري على ما أنت عليه.") }
            <div class="row">{ flag(false, false) }{ flag(true, false) }{ flag(false, true) }</div>
            { square(&SquareView { size: 29, path }, "A code as a picture".to_owned()) }
            { for who.asks.iter().map(|asked| html! { <p>{ asked_sentence(&shared, &who.name, asked) }</p> }) }
            <LeaveOpening />
        </section>
    }
}

/// Every condition, whoever is not confirmed any more, and those on duty.
#[component]
pub(crate) fn Conditions() -> Html {
    let shared = use_shared();
    let conditions = [
        Condition::Whenever,
        Condition::Hours { from: 1_200, to: 420, utc_offset_minutes: -210 },
        Condition::Appointment { at: NOW + DAY },
        Condition::TwoPersons,
        Condition::DailySummaries,
        Condition::OnDuty,
        Condition::Emergency,
        Condition::Other,
    ];
    let policy = "permit (principal, action, resource);".to_owned();
    let lost = [Unconfirmed::Withdrawn, Unconfirmed::Suspended, Unconfirmed::RanOut];
    let on_duty = ClinicianView { on_duty: true, asks: None, ..clinician() };
    html! {
        <section id="conditions">
            <h2>{ "Conditions, and who confirms" }</h2>
            { for conditions.into_iter().map(|one| condition(&shared, &ConditionView { condition: one, policy: policy.clone() })) }
            { for lost.into_iter().filter_map(|why| unconfirmed_words(&shared.words, &permission(Category::HeartRate, Some(why))))
                .map(|said| html! { <p class="caution">{ said }</p> }) }
            { standing(&shared, &on_duty) }
        </section>
    }
}

/// Who answers for what happened with an emergency card, and what helpers said.
#[component]
pub(crate) fn Emergencies() -> Html {
    let shared = use_shared();
    let verdicts = [Verdict::Right, Verdict::Objected, Verdict::Stopped];
    html! {
        <section id="emergencies">
            <h2>{ "After an emergency" }</h2>
            { answers(&shared.words, &emergency(EmergencyAct::Opened, true)) }
            { answers(&shared.words, &emergency(EmergencyAct::Opened, false)) }
            { for verdicts.into_iter().map(|verdict| said_of_it(&shared, &helper("Nadia", false, verdict))) }
            { said_of_it(&shared, &helper("", false, Verdict::Right)) }
            { said_of_it(&shared, &helper("", true, Verdict::Right)) }
        </section>
    }
}
