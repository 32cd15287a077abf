//! A recording from its beginning to its end.

use super::*;
use crate::gatt::polar_pmd::message;
use proptest::prelude::*;

const NOW: UnixMillis = 1_779_352_245_000;

fn say(recording: &mut Recording, hex: &str, now: UnixMillis) {
    let octets = hex::decode(hex).expect("hex");
    recording.message(message(&octets).expect("a message"), now);
}

fn running() -> Recording {
    let mut r = Recording::new(30_000);
    assert_eq!(r.step(NOW), Step::Send(start_ecg().to_vec()));
    // Answers about settings and about another kind are not this one.
    say(&mut r, "f0010000", NOW);
    say(&mut r, "f0020200", NOW);
    assert_eq!(r.outcome(), None);
    say(&mut r, "f0020000", NOW + 100);
    assert_eq!(r.outcome(), Some(Outcome::Started { until: NOW + 30_100 }));
    r
}

#[test]
fn it_runs_for_its_length_and_is_stopped() {
    let mut r = running();
    assert_eq!((r.step(NOW + 30_099), r.outcome()), (Step::Wait, None));
    assert_eq!(r.step(NOW + 30_100), Step::Send(vec![3, 0]));
    say(&mut r, "f0030000", NOW + 30_200);
    assert_eq!(r.outcome(), Some(Outcome::Ended));
    assert!(r.is_over());
}

#[test]
fn a_person_a_device_and_a_link_end_it() {
    let mut r = running();
    r.stop();
    assert_eq!(r.step(NOW + 500), Step::Send(vec![3, 0]));
    // Silence after a stop is an end all the same.
    assert_eq!(r.step(NOW + 500 + PATIENCE), Step::Wait);
    assert_eq!(r.outcome(), Some(Outcome::Ended));

    let mut r = running();
    say(&mut r, "0102", NOW);
    assert_eq!(r.outcome(), None);
    say(&mut r, "010200", NOW);
    assert_eq!(r.outcome(), Some(Outcome::Cut));

    let mut r = running();
    r.lost();
    assert_eq!(r.outcome(), Some(Outcome::Cut));
}

#[test]
fn a_refusal_and_a_silence_are_told() {
    let mut r = Recording::new(30_000);
    r.step(NOW);
    say(&mut r, "f002000d", NOW);
    assert_eq!(r.outcome(), Some(Outcome::Refused(Error::Charging)));

    let mut r = Recording::new(30_000);
    r.step(NOW);
    assert_eq!(r.step(NOW + PATIENCE), Step::Wait);
    assert_eq!(r.outcome(), Some(Outcome::Unanswered));
}

proptest! {
    /// Whatever a device says: it ends, is started once and stopped once at most.
    #[test]
    fn whatever_a_device_says_it_ends(said in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..8), 0..20)) {
        let mut r = Recording::new(30_000);
        let (mut sent, mut said) = (Vec::new(), said.into_iter());
        for turn in 0..20 {
            let now = NOW + turn * PATIENCE;
            if let Step::Send(octets) = r.step(now) {
                sent.push(octets[0]);
            }
            if let Some(Ok(m)) = said.next().as_deref().map(message) {
                r.message(m, now);
            }
            r.outcome();
        }
        prop_assert!(r.is_over());
        prop_assert!(sent == [2] || sent == [2, 3], "{sent:?}");
    }
}
