//! Asking every member at once, without waiting for one that never answers.
//!
//! A member whose disk stands still takes a request and answers after many seconds, or not at all. Enough others are enough: the rest is
//! waited for as long again as these took, and a while, and then passed over. Who was passed over is late: it is asked the next time as
//! any, and for half a minute waited for a short while only, so that one member does not hold up each step anew. Where one good answer is
//! enough they are asked one after another, each with a head start ([`until_first`]).

use std::pin::pin;

use futures::future::{Either, select};
use futures::stream::{FuturesUnordered, StreamExt};

use crate::members::Members;
use crate::network::Network;

/// The while, in moments ([`Network::pause`]): about 6 s.
const MOMENTS: u32 = 40;
/// The short one, where only late members are waited for: about 1.5 s.
const SHORT: u32 = 10;
/// How long one that was asked has for itself before the next is asked too: about 1.5 s.
const HEAD_START: u32 = 10;
/// How long late ones are waited for where hardly anybody has what they are asked for: about 0.6 s.
const BRIEF: u32 = 4;

/// Takes every answer as it comes; `take` says whether it was a good one, of which `need` are enough. Gives the members that were passed
/// over. What they were asked they may do all the same.
pub(crate) async fn until_enough<N: Network, F: Future>(
    network: &N,
    asked: impl IntoIterator<Item = (u16, F)>,
    mut need: usize,
    mut take: impl FnMut(u16, F::Output) -> bool,
) -> Members {
    let (mut silent, mut answers) = (Members::default(), FuturesUnordered::new());
    for (member, answer) in asked {
        silent.insert(member);
        answers.push(async move { (member, answer.await) });
    }
    let (mut moments, mut took) = (0_u32, None);
    while !answers.is_empty() {
        let moment = pin!(network.pause());
        match select(answers.next(), moment).await {
            Either::Left((Some((member, answer)), _)) => {
                silent.remove(member);
                let good = take(member, answer);
                need = need.saturating_sub(usize::from(good));
                // One that is away is found to be so after seconds, each time anew.
                network.note_late(member, !good && moments > SHORT);
            }
            Either::Left((None, _)) => {}
            Either::Right(_) => moments = moments.saturating_add(1),
        }
        if need == 0 {
            let took = *took.get_or_insert(moments);
            let in_time = silent.iter().any(|member| !network.is_late(member));
            let longer = if in_time { MOMENTS } else { SHORT };
            if moments >= took.saturating_mul(2).saturating_add(longer) {
                break;
            }
        }
    }
    // Not anew of one that is late: once in a while it is waited for as any.
    silent
        .iter()
        .filter(|member| !network.is_late(*member))
        .for_each(|member| network.note_late(member, true));
    silent
}

/// What an answer means for who has not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is the one: nobody else is waited for.
    Found,
    /// Another one may give it.
    Another,
    /// So many have none that hardly anybody gives it: whoever is left is asked at once, and waited for a while only.
    Hardly,
}

/// Asks one after another, the next as soon as one has no good answer or has had its head start, those that are late last; ends with the
/// answer that `take` says is the one, or when nobody is left. Who was asked before that one, had its head start and is still silent is
/// late; so is who was waited for in vain.
pub(crate) async fn until_first<N: Network, F: Future>(
    network: &N,
    asked: impl IntoIterator<Item = (u16, F)>,
    mut take: impl FnMut(u16, F::Output) -> Answer,
) {
    let mut waiting: Vec<(u16, F)> = asked.into_iter().collect();
    waiting.sort_by_cached_key(|(member, _)| network.is_late(*member));
    let mut waiting = waiting.into_iter();
    // Who was asked and has not answered, in that order, and who of them has had its head start.
    let (mut silent, mut slow, mut answers) = (Vec::new(), Vec::new(), FuturesUnordered::new());
    let mut hardly = false;
    loop {
        let next = if hardly { waiting.len() } else { 1 };
        for (member, answer) in waiting.by_ref().take(next) {
            silent.push(member);
            answers.push(async move { (member, answer.await) });
        }
        if answers.is_empty() {
            return;
        }
        let most = match waiting.len() {
            _ if hardly && silent.iter().any(|member| !network.is_late(*member)) => MOMENTS,
            _ if hardly => BRIEF,
            // Behind the last one nobody is left to be asked: each question ends by itself.
            0 => u32::MAX,
            _ => HEAD_START,
        };
        let mut moments = 0_u32;
        let answered = loop {
            if moments >= most {
                break None;
            }
            let moment = pin!(network.pause());
            match select(answers.next(), moment).await {
                Either::Left((answered, _)) => break answered,
                Either::Right(_) => moments = moments.saturating_add(1),
            }
        };
        let Some((member, answer)) = answered else {
            if hardly {
                let in_time = silent.into_iter().filter(|member| !network.is_late(*member));
                in_time.for_each(|member| network.note_late(member, true));
                return;
            }
            slow.clone_from(&silent);
            continue;
        };
        let before = silent.iter().take_while(|one| **one != member);
        let before: Vec<u16> = before.filter(|one| slow.contains(*one)).copied().collect();
        silent.retain(|one| *one != member);
        match take(member, answer) {
            Answer::Found => {
                network.note_late(member, false);
                before.into_iter().for_each(|one| network.note_late(one, true));
                return;
            }
            Answer::Another => {}
            Answer::Hardly => hardly = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use futures::executor::block_on;

    use super::*;
    use crate::town::Town;

    /// Answers after so many looks; never after `u32::MAX`.
    async fn after(looks: u32) -> u32 {
        let mut left = looks;
        poll_fn(move |cx| match left {
            0 => Poll::Ready(looks),
            u32::MAX => Poll::Pending,
            _ => {
                left -= 1;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
        })
        .await
    }

    /// Whose answers were taken, of which those after an even number of looks are good.
    fn asked(town: &Town, looks: &[u32], need: usize) -> Vec<u16> {
        let mut taken = Vec::new();
        let take = |member: u16, looks: u32| {
            taken.push(member);
            looks.is_multiple_of(2)
        };
        let all = (1..).zip(looks.iter().copied().map(after));
        let silent = block_on(until_enough(town, all, need, take));
        assert_eq!(usize::from(silent.len()), looks.len() - taken.len());
        assert!(taken.iter().all(|member| !silent.contains(*member)));
        taken
    }

    #[test]
    fn whoever_never_answers_is_passed_over_once_enough_did_and_whoever_is_slow_is_not() {
        assert_eq!(asked(&Town::new(4), &[0, 0, 0, 0], 2), [1, 2, 3, 4]);
        assert_eq!(asked(&Town::new(4), &[0, u32::MAX, 0, 6], 2), [1, 3, 4]);
        // As long again as enough took, however long that was.
        assert_eq!(asked(&Town::new(4), &[100, u32::MAX, 100, 150], 2), [1, 3, 4]);
        assert_eq!(asked(&Town::new(4), &[0, 0, u32::MAX, 1_000], 2), [1, 2]);
        assert_eq!(asked(&Town::new(4), &[], 2), [0; 0]);
    }

    #[test]
    fn whoever_was_passed_over_is_waited_for_shortly_until_it_answers_again() {
        let town = Town::new(4);
        assert_eq!(asked(&town, &[0, 0, 0, 30], 2), [1, 2, 3, 4]);
        assert_eq!(asked(&town, &[0, 0, 0, u32::MAX], 2), [1, 2, 3]);
        assert!(town.is_late(4) && !town.is_late(3));
        assert_eq!(asked(&town, &[0, 0, 0, 30], 2), [1, 2, 3]);
        // Nor where nothing more is needed.
        assert_eq!(asked(&town, &[0, 0, 0, 30], 0), [1, 2, 3]);
        // It is not passed over while others have their time, nor where it is needed.
        assert_eq!(asked(&town, &[0, 0, 30, 20], 2), [1, 2, 4, 3]);
        assert!(!town.is_late(4));
        assert_eq!(asked(&town, &[0, 0, 0, u32::MAX], 2), [1, 2, 3]);
        assert_eq!(asked(&town, &[0, 0, 0, 200], 4), [1, 2, 3, 4]);
        assert!(!town.is_late(4));
    }

    #[test]
    fn whoever_is_found_to_be_away_after_long_is_late_and_whoever_refuses_at_once_is_not() {
        let town = Town::new(4);
        assert_eq!(asked(&town, &[0, 0, 0, 25], 2), [1, 2, 3, 4]);
        assert!(town.is_late(4));
        assert_eq!(asked(&town, &[0, 0, 0, 25], 2), [1, 2, 3]);
        let town = Town::new(4);
        assert_eq!(asked(&town, &[0, 0, 0, 1], 2), [1, 2, 3, 4]);
        assert!(!town.is_late(4));
    }

    /// Whose answers were taken until the first good one, of which those after an even number of looks are good, and after five of them
    /// hardly anybody is.
    fn one_after_another(town: &Town, looks: &[u32]) -> Vec<u16> {
        let mut taken = Vec::new();
        let take = |member: u16, looks: u32| {
            taken.push(member);
            match looks {
                5 => Answer::Hardly,
                looks if looks.is_multiple_of(2) => Answer::Found,
                _ => Answer::Another,
            }
        };
        block_on(until_first(town, (1..).zip(looks.iter().copied().map(after)), take));
        taken
    }

    #[test]
    fn one_is_enough_and_whoever_has_had_its_head_start_is_asked_last_for_a_while() {
        let town = Town::new(4);
        assert_eq!(one_after_another(&town, &[0, 0, 0, 0]), [1]);
        assert_eq!(one_after_another(&town, &[1, 0, 0, 0]), [1, 2]);
        assert_eq!(one_after_another(&town, &[1, 1, 1, 1]), [1, 2, 3, 4]);
        assert_eq!(one_after_another(&town, &[]), [0; 0]);
        assert_eq!(one_after_another(&town, &[8, u32::MAX, 0, 0]), [1]);
        assert!((1..=4).all(|member| !town.is_late(member)));
        assert_eq!(one_after_another(&town, &[u32::MAX, 0, 0, 0]), [2]);
        assert!(town.is_late(1) && !town.is_late(2));
        // Behind the others it has no head start, and is waited for where nobody else has it.
        assert_eq!(one_after_another(&town, &[0, 1, 1, 1]), [2, 3, 4, 1]);
        assert!(!town.is_late(1));
        assert_eq!(one_after_another(&town, &[100, 101, 101, 101]), [1]);
    }

    #[test]
    fn where_hardly_anybody_gives_it_all_others_are_asked_at_once_and_waited_for_a_while_only() {
        let town = Town::new(4);
        assert_eq!(one_after_another(&town, &[5, u32::MAX, 7, 0]), [1, 4]);
        assert!((1..=4).all(|member| !town.is_late(member)), "nobody has had its time");
        assert_eq!(one_after_another(&town, &[5, 1_000, 1, 1]), [1, 3, 4]);
        assert!(town.is_late(2));
        // A late one is asked too, and waited for briefly.
        assert_eq!(one_after_another(&town, &[5, 1_000, 1, 1]), [1, 3, 4]);
        assert_eq!(one_after_another(&town, &[5, 2, 1, 1]), [1, 3, 4, 2]);
        assert!(!town.is_late(2));
    }
}
