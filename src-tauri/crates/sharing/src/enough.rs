//! Asking every member at once, without waiting for one that never answers.
//!
//! A member whose disk stands still takes a request and answers after many seconds, or not at all. Enough others are enough: the rest is
//! waited for as long again as these took, and a while, and then passed over.

use std::pin::pin;

use futures::future::{Either, select};
use futures::stream::{FuturesUnordered, StreamExt};

use crate::network::Network;

/// The while, in moments ([`Network::pause`]): about 6 s.
const MOMENTS: u32 = 40;

/// Takes every answer as it comes; `take` says whether it was a good one, of which `need` are enough.
pub(crate) async fn until_enough<N: Network, F: Future>(
    network: &N,
    asked: impl IntoIterator<Item = F>,
    mut need: usize,
    mut take: impl FnMut(F::Output) -> bool,
) {
    let mut asked: FuturesUnordered<F> = asked.into_iter().collect();
    let (mut moments, mut limit) = (0_u32, None);
    while !asked.is_empty() {
        let moment = pin!(network.pause());
        match select(asked.next(), moment).await {
            Either::Left((answer, _)) => {
                need = need.saturating_sub(usize::from(answer.is_some_and(&mut take)));
            }
            Either::Right(_) => moments = moments.saturating_add(1),
        }
        if need == 0 {
            let limit = *limit.get_or_insert(moments.saturating_mul(2).saturating_add(MOMENTS));
            if moments >= limit {
                return;
            }
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

    fn asked(looks: &[u32], need: usize) -> Vec<u32> {
        let mut taken = Vec::new();
        let town = Town::new(4);
        let take = |looks| {
            taken.push(looks);
            true
        };
        block_on(until_enough(&town, looks.iter().copied().map(after), need, take));
        taken
    }

    #[test]
    fn whoever_never_answers_is_passed_over_once_enough_did_and_whoever_is_slow_is_not() {
        assert_eq!(asked(&[0, 0, 0, 0], 2), [0, 0, 0, 0]);
        assert_eq!(asked(&[0, u32::MAX, 0, 5], 2), [0, 0, 5]);
        // As long again as enough took, however long that was.
        assert_eq!(asked(&[100, u32::MAX, 100, 150], 2), [100, 100, 150]);
        assert_eq!(asked(&[0, 0, u32::MAX, 1_000], 2), [0, 0]);
        assert_eq!(asked(&[], 2), [0; 0]);
    }
}
