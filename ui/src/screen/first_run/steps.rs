//! How the first run goes on, apart from how it looks: each step can be skipped, and gone back to until the record is made.
//!
//! ```text
//! looks -> who -> passphrase =(the record is made)=> key -> begin -> home -> over
//!    <------<------<                                     <------<------<
//!           <----------------- undone --------------------'
//! ```

use salus_wire::view::{FirstRunStep as Step, FirstRunView, Role};

/// How many steps there are.
pub(super) const STEPS: usize = Step::ALL.len();

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// On, with the step done.
    Next,
    /// On, without it.
    Skip,
    /// To the step before.
    Back,
    /// To a step that was skipped, or is to be looked at again.
    To(Step),
    /// The record is for this.
    For(Role),
    /// The record was made; `chosen` when Salus chose its name and passphrase.
    Made { chosen: bool },
    /// The record is to wait in for people who help to get back.
    Helped,
    /// The record was taken away again.
    Undone,
}

/// Where a first run begins: where it was, or at its first step.
pub(super) fn begun(kept: Option<&FirstRunView>) -> FirstRunView {
    let first = FirstRunView { step: Step::Looks, role: Role::Patient, skipped: Vec::new() };
    kept.cloned().unwrap_or(first)
}

/// The step's number, from 1.
pub(super) fn number(step: Step) -> usize {
    Step::ALL.iter().position(|s| *s == step).map_or(STEPS, |at| at + 1)
}

/// Where it is after a move; nothing once it is over.
pub(super) fn after(at: &FirstRunView, by: Move) -> Option<FirstRunView> {
    let here = at.step;
    match by {
        Move::Next => {
            let to = following(here)?;
            // Only a made record is behind the passphrase.
            Some(if here == Step::Passphrase { at.clone() } else { done(at, here, to) })
        }
        Move::Skip => {
            let to = following(here)?;
            Some(if here == Step::Passphrase { at.clone() } else { skipped(at, here, to) })
        }
        Move::Back => Some(FirstRunView { step: before(here), ..at.clone() }),
        Move::To(to) if is_made(to) == is_made(here) => Some(FirstRunView { step: to, ..at.clone() }),
        Move::For(role) if !is_made(here) => Some(FirstRunView { role, ..at.clone() }),
        Move::Made { chosen: false } if !is_made(here) => Some(done(at, Step::Passphrase, Step::Key)),
        Move::Made { chosen: true } if !is_made(here) => Some(skipped(at, Step::Passphrase, Step::Key)),
        Move::Helped if !is_made(here) => {
            Some(FirstRunView { role: Role::Patient, ..done(at, here, Step::Passphrase) })
        }
        Move::Undone if is_made(here) => {
            let skipped = at.skipped.iter().copied().filter(|step| *step == Step::Looks).collect();
            Some(FirstRunView { step: Step::Who, skipped, ..at.clone() })
        }
        Move::To(_) | Move::For(_) | Move::Made { .. } | Move::Helped | Move::Undone => Some(at.clone()),
    }
}

/// True for the steps that stand behind the making of the record.
pub(super) fn is_made(step: Step) -> bool {
    step >= Step::Key
}

fn following(step: Step) -> Option<Step> {
    Step::ALL.get(number(step)).copied()
}

/// The step before; the making itself is not gone back on, but undone.
fn before(step: Step) -> Step {
    match step {
        Step::Looks | Step::Who => Step::Looks,
        Step::Passphrase => Step::Who,
        Step::Key | Step::Begin => Step::Key,
        Step::Home => Step::Begin,
    }
}

fn done(at: &FirstRunView, step: Step, to: Step) -> FirstRunView {
    let skipped = at.skipped.iter().copied().filter(|s| *s != step).collect();
    FirstRunView { step: to, role: at.role, skipped }
}

fn skipped(at: &FirstRunView, step: Step, to: Step) -> FirstRunView {
    let mut next = done(at, step, to);
    next.skipped.push(step);
    // Skipped, it is what most people come for.
    if step == Step::Who {
        next.role = Role::Patient;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 3] = [Role::Patient, Role::Clinician, Role::Family];

    /// As a person goes through it; the record is made where it has to be.
    fn all(role: Role, skip: bool) -> Vec<FirstRunView> {
        let mut at = begun(None);
        let mut seen = vec![at.clone()];
        loop {
            let by = match at.step {
                Step::Passphrase => Move::Made { chosen: skip },
                _ if skip => Move::Skip,
                _ => Move::Next,
            };
            if at.step == Step::Who {
                at = after(&at, Move::For(role)).unwrap();
            }
            let Some(next) = after(&at, by) else { return seen };
            assert!(next.is_sound());
            seen.push(next.clone());
            at = next;
        }
    }

    #[test]
    fn every_role_comes_home_in_six_steps() {
        for role in ROLES {
            let seen = all(role, false);
            assert_eq!(seen.iter().map(|at| at.step).collect::<Vec<_>>(), Step::ALL, "{role:?}");
            assert!(seen.iter().all(|at| at.skipped.is_empty()));
            assert!(seen.iter().filter(|at| at.step > Step::Who).all(|at| at.role == role));
            let numbers: Vec<usize> = seen.iter().map(|at| number(at.step)).collect();
            assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        }
    }

    #[test]
    fn every_step_can_be_skipped_and_is_remembered() {
        for role in ROLES {
            let seen = all(role, true);
            let last = seen.last().unwrap();
            assert_eq!(last.step, Step::Home);
            assert_eq!(last.skipped, [Step::Looks, Step::Who, Step::Passphrase, Step::Key, Step::Begin]);
            assert_eq!(last.role, Role::Patient, "who does not say it has a record of their own");
        }
        // Who says what it is for, and skips all the rest, keeps that.
        for role in ROLES {
            let mut at = after(&after(&begun(None), Move::Skip).unwrap(), Move::For(role)).unwrap();
            at = after(&at, Move::Next).unwrap();
            at = after(&at, Move::Made { chosen: true }).unwrap();
            while at.step != Step::Home {
                at = after(&at, Move::Skip).unwrap();
            }
            assert_eq!(at.role, role);
            assert_eq!(at.skipped, [Step::Looks, Step::Passphrase, Step::Key, Step::Begin]);
        }
        // Nothing is behind the last one, done or skipped.
        let home = FirstRunView { step: Step::Home, ..begun(None) };
        assert_eq!((after(&home, Move::Next), after(&home, Move::Skip)), (None, None));
    }

    #[test]
    fn every_step_is_resumed_where_it_was() {
        for role in ROLES {
            for at in all(role, false).into_iter().chain(all(role, true)) {
                let made = is_made(at.step).then_some(at.role);
                let kept = at.clone().beside(made);
                assert_eq!(begun(Some(&kept)), at, "{role:?}");
            }
        }
        // The record was made, and the application ended before it could say so.
        let passphrase = FirstRunView { step: Step::Passphrase, role: Role::Family, ..begun(None) };
        assert_eq!(begun(Some(&passphrase.beside(Some(Role::Family)))).step, Step::Key);
    }

    #[test]
    fn every_step_is_gone_back_to_and_done_after_all() {
        for role in ROLES {
            for at in all(role, true) {
                let back = after(&at, Move::Back).unwrap();
                assert_eq!(back.step == at.step, matches!(at.step, Step::Looks | Step::Key));
                assert_eq!(is_made(back.step), is_made(at.step), "no way back leads around the making");
                assert_eq!(back.role, at.role);
                if back.step == at.step || back.step == Step::Passphrase {
                    continue;
                }
                let again = after(&back, Move::Next).unwrap();
                assert_eq!(again.step, at.step);
                assert!(!again.skipped.contains(&back.step), "{:?} is done now", back.step);
            }
        }
    }

    #[test]
    fn the_passphrase_is_behind_nothing_but_a_record() {
        let at = FirstRunView { step: Step::Passphrase, ..begun(None) };
        for by in [Move::Next, Move::Skip, Move::To(Step::Home), Move::Undone] {
            assert_eq!(after(&at, by).unwrap(), at, "{by:?}");
        }
        let made = after(&at, Move::Made { chosen: true }).unwrap();
        assert_eq!((made.step, made.skipped), (Step::Key, vec![Step::Passphrase]));
    }

    #[test]
    fn who_waits_for_helpers_makes_a_record_of_their_own() {
        let at = FirstRunView { role: Role::Clinician, ..begun(None) };
        let next = after(&at, Move::Helped).unwrap();
        assert_eq!((next.step, next.role, next.skipped.len()), (Step::Passphrase, Role::Patient, 0));
        let made = FirstRunView { step: Step::Begin, ..begun(None) };
        assert_eq!(after(&made, Move::Helped).unwrap(), made);
    }

    #[test]
    fn what_is_made_is_undone_from_each_step_behind_it_and_its_purpose_is_asked_again() {
        for role in ROLES {
            for at in all(role, false).into_iter().filter(|at| is_made(at.step)) {
                let undone = after(&at, Move::Undone).unwrap();
                assert_eq!((undone.step, undone.role), (Step::Who, role));
                assert_eq!(
                    after(&at, Move::For(Role::Clinician)).unwrap(),
                    at,
                    "a made record is for what it is for"
                );
                for other in ROLES {
                    assert_eq!(after(&undone, Move::For(other)).unwrap().role, other);
                }
            }
        }
        let skipped = FirstRunView {
            step: Step::Begin,
            skipped: vec![Step::Looks, Step::Who, Step::Key],
            ..begun(None)
        };
        assert_eq!(after(&skipped, Move::Undone).unwrap().skipped, [Step::Looks]);
    }

    #[test]
    fn from_the_end_each_step_behind_the_making_is_reached_again() {
        let home = FirstRunView { step: Step::Home, skipped: vec![Step::Key], ..begun(None) };
        assert_eq!(after(&home, Move::To(Step::Key)).unwrap().step, Step::Key);
        assert_eq!(after(&home, Move::To(Step::Begin)).unwrap().step, Step::Begin);
        assert_eq!(after(&home, Move::To(Step::Who)).unwrap(), home);
    }
}
