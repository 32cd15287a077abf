//! What happened and what to do, also asking once more; what to do next when there is nothing yet; waiting.

use salus_wire::{ErrorCode, Failure};
use yew::prelude::*;

use super::work::Busy;
use super::{Icon, icon};
use crate::state::{Again, Asked, use_shared};
use crate::t;

/// A refusal, in words.
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// What was refused.
    pub failure: Failure,
    /// Asks once more, where the same question may come to something else.
    #[prop_or_default]
    pub again: Option<Again>,
}

/// A refusal: what happened and what to do.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let shared = use_shared();
    let (happened, fix) = shared.words.error(props.failure.code, props.failure.detail.as_deref());
    let again = props.again.as_ref().filter(|_| may_change(props.failure.code));
    // Refused once more it is another notice, which is read out again.
    let times = again.map(|again| again.times.to_string()).unwrap_or_default();
    html! {
        <>
            <div key={times} class="notice" role="alert" data-code={props.failure.code.as_str()}>
                { icon(Icon::Warning) }
                <div><p class="strong">{ happened }</p><p>{ fix }</p></div>
            </div>
            if let Some(again) = again {
                <div class="row" data-again="true"><Busy label={t!(shared.words, "try-again")} busy={again.busy}
                    onclick={again.go.reform(|_: MouseEvent| ())} /></div>
            }
        </>
    }
}

/// Whether the same question may be answered another time: not where it is about what is not there, or is nobody's to ask here.
#[must_use]
pub const fn may_change(code: ErrorCode) -> bool {
    !matches!(
        code,
        ErrorCode::BadRequest
            | ErrorCode::NotAllowed
            | ErrorCode::UnknownPermission
            | ErrorCode::Ended
            | ErrorCode::Stopped
            | ErrorCode::LaptopRemoved
            | ErrorCode::TooNew
    )
}

/// In place of an answer: why there is none, with asking once more; waiting, until the first one came. With an answer, nothing but why no
/// newer one came.
pub fn unanswered<A>(asked: &Asked<A>) -> Html {
    match (&asked.failure, &asked.answer) {
        (Some(failure), _) => {
            html! { <Notice failure={failure.clone()} again={Some(asked.again.clone())} /> }
        }
        (None, None) => html! { <Waiting /> },
        (None, Some(_)) => Html::default(),
    }
}

/// Properties of [`Empty`].
#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    /// What there is not.
    pub title: String,
    /// The one next step.
    pub hint: String,
    /// The button or link that takes it.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing yet, and the one next step.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty">
            <p class="lead">{ &props.title }</p>
            <p>{ &props.hint }</p>
            { props.children.clone() }
        </div>
    }
}

/// Waiting for the first answer.
#[component]
pub fn Waiting() -> Html {
    let shared = use_shared();
    html! { <p class="quiet" aria-busy="true">{ t!(shared.words, "waiting") }</p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_again_is_offered_where_it_can_come_to_something_else() {
        for code in [ErrorCode::Offline, ErrorCode::TooFewMembers, ErrorCode::OutOfDate, ErrorCode::Busy] {
            assert!(may_change(code), "{code:?}");
        }
        for code in [ErrorCode::UnknownPermission, ErrorCode::Stopped, ErrorCode::NotAllowed] {
            assert!(!may_change(code), "{code:?}");
        }
    }
}
