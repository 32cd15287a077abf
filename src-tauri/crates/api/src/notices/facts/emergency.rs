//! What happened with one of the person's emergency cards.

use salus_wire::view::{EmergencyAct, EmergencyUseView, NoticeKind};
use salus_wire::{GrantId, UnixMillis};

use super::Held;
use crate::share::kept::OnCard;

/// Every announcement and every opening: one more is one more emergency to the person, who perhaps knows of the first.
pub(super) fn of(held: &mut Held, id: GrantId, card: &OnCard) {
    // The newest also where the list is full.
    let newest = card.announced.filter(|at| !card.announcements.contains(at));
    let all: Vec<UnixMillis> = card.announcements.iter().copied().chain(newest).collect();
    for (n, at) in all.iter().enumerate() {
        // Two of one block have one time.
        let before = all.iter().take(n).filter(|one| *one == at).count();
        let beside = if before == 0 { String::new() } else { format!("/{before}") };
        let kind = NoticeKind::EmergencyAnnounced { at: *at };
        held.holds(format!("permission/announced/{id}/{at}{beside}"), kind);
    }
    // That it was opened is known before each time is proven.
    let times = if card.times.is_empty() { card.opened.as_slice() } else { card.times.as_slice() };
    for (n, at) in times.iter().enumerate() {
        // Two of one block have one time.
        held.holds(format!("permission/opened/{id}/{n}"), NoticeKind::EmergencyOpened { at: *at });
    }
}

/// The same on a laptop that was added, with the cards of the first one: each act as it was proven here, and no more of one card.
pub(super) fn elsewhere(held: &mut Held, uses: &[EmergencyUseView]) {
    for (n, one) in uses.iter().enumerate() {
        let like = |other: &&EmergencyUseView| (other.permission, other.act) == (one.permission, one.act);
        if uses.iter().take(n).filter(like).count() >= OnCard::MOST_TIMES {
            continue;
        }
        let kind = match one.act {
            EmergencyAct::Announced => NoticeKind::EmergencyAnnounced { at: one.at },
            EmergencyAct::Opened => NoticeKind::EmergencyOpened { at: one.at },
        };
        held.holds(format!("card/{}", one.id), kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::book::{Book, Taken};
    use crate::testing;

    fn card(opened: Option<UnixMillis>, times: &[UnixMillis]) -> OnCard {
        OnCard { announced: Some(5), opened, times: times.to_vec(), ..OnCard::default() }
    }

    #[test]
    fn every_opening_with_a_card_is_a_notice_once() {
        let (id, mut book) = (GrantId([3; 32]), Book::default());
        let mut look = |card: &OnCard| {
            let mut held = Held::default();
            of(&mut held, id, card);
            let taken = book.take_in(held, 100);
            let kinds: Vec<NoticeKind> = book.view().notices.into_iter().map(|notice| notice.kind).collect();
            (taken, kinds)
        };
        let (announced, opened) =
            (NoticeKind::EmergencyAnnounced { at: 5 }, |at| NoticeKind::EmergencyOpened { at });
        assert_eq!(look(&card(None, &[])), (Taken::News, vec![announced.clone()]));
        let first = vec![opened(9), announced.clone()];
        assert_eq!(look(&card(Some(9), &[])), (Taken::News, first.clone()));
        // Its time is proven: nothing new.
        assert_eq!(look(&card(Some(9), &[9])), (Taken::Nothing, first));
        // A second one, and two more of one block while nobody looked.
        let all = vec![opened(11), opened(11), opened(10), opened(9), announced];
        assert_eq!(look(&card(Some(9), &[9, 10])).0, Taken::News);
        assert_eq!(look(&card(Some(9), &[9, 10, 11, 11])), (Taken::News, all));
    }

    #[test]
    fn every_announcement_is_a_notice_once_however_many_came_between_two_looks() {
        let (id, mut book, mut card) = (GrantId([3; 32]), Book::default(), OnCard::default());
        let mut look = |card: &OnCard| {
            let mut held = Held::default();
            of(&mut held, id, card);
            let taken = book.take_in(held, 100);
            let at = |kind: NoticeKind| match kind {
                NoticeKind::EmergencyAnnounced { at } => at,
                other => panic!("{other:?}"),
            };
            let mut all: Vec<UnixMillis> = book.view().notices.into_iter().map(|n| at(n.kind)).collect();
            all.sort_unstable();
            (taken, all)
        };
        // Of a record from before each was kept the newest is known.
        card.announced = Some(5);
        assert_eq!(look(&card), (Taken::News, vec![5]));
        card.hear(&[5]);
        assert_eq!(look(&card), (Taken::Nothing, vec![5]), "it was told");
        // Three while nobody looked, two of them of one block.
        card.announced = Some(9);
        card.hear(&[5, 7, 9, 9]);
        assert_eq!(look(&card), (Taken::News, vec![5, 7, 9, 9]));
        // The members hold the newest ones only.
        card.announced = Some(12);
        card.hear(&[9, 9, 12]);
        assert_eq!(look(&card), (Taken::News, vec![5, 7, 9, 9, 12]));
        card.hear(&[9, 9, 12]);
        assert_eq!(look(&card).0, Taken::Nothing);
    }

    #[test]
    fn what_happened_with_a_card_of_the_first_laptop_is_told_on_the_others_once() {
        let happened = |id: &str, act, at| testing::happened(GrantId([3; 32]), id, act, at);
        let mut book = Book::default();
        let mut look = |uses: &[EmergencyUseView]| {
            let mut held = Held::default();
            elsewhere(&mut held, uses);
            let taken = book.take_in(held, 100);
            (taken, book.view().notices.into_iter().map(|notice| notice.kind).collect::<Vec<_>>())
        };
        let announced = happened("a", EmergencyAct::Announced, 5);
        let one = vec![NoticeKind::EmergencyAnnounced { at: 5 }];
        assert_eq!(look(std::slice::from_ref(&announced)), (Taken::News, one.clone()));
        assert!(one[0].is_urgent());
        // What was said of it changes nothing.
        let said = EmergencyUseView { reason: None, second_by: Some("Member".into()), ..announced.clone() };
        assert_eq!(look(&[said]).0, Taken::Nothing);
        let (taken, kinds) = look(&[happened("b", EmergencyAct::Opened, 6), announced]);
        assert_eq!(taken, Taken::News);
        assert!(kinds.contains(&NoticeKind::EmergencyOpened { at: 6 }) && kinds.len() == 2, "{kinds:?}");
        let flood: Vec<_> = (10..99).map(|n| happened(&n.to_string(), EmergencyAct::Opened, n)).collect();
        assert_eq!(look(&flood).1.len(), 2 + OnCard::MOST_TIMES);
    }
}
