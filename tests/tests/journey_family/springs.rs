//! Josef lets Nour help him only after two clinicians said that the time has come, and until he looks at it again. Before, she is told
//! why she permits nothing; one clinician is not two, under two keys neither, and she, who is one herself, is none of them. With two it
//! begins and a clinician opens; on the day of the review it rests, and goes on when Josef says so with his passphrase.

use super::*;

const NOUR: &str = "Dr Nour Example, Night Clinic";
/// Until the power is to be looked at.
const REVIEW: i64 = 2 * DAY;

/// What comes of a clinician's word, once the members have what was said of their key: how many said so, or why it does not count.
async fn says(clinician: &App, question: &str) -> Result<u8, ErrorCode> {
    let attest = c::AttestPower { question: question.to_owned() };
    let on_its_way = [ErrorCode::NotAttested, ErrorCode::OutOfDate, ErrorCode::Offline];
    let said = eventually(PATIENCE, async || match clinician.run(attest.clone()).await {
        Ok(view) => Some(Ok(view.attested)),
        Err(failure) if on_its_way.contains(&failure.code) => None,
        Err(failure) => Some(Err(failure.code)),
    });
    said.await.unwrap()
}

/// Her own power, once it stands like this.
async fn stands(nour: &App, state: PowerState, keys: bool) -> HelpedView {
    let as_asked = |helped: &HelpedView| {
        helped.helpers.iter().any(|h| h.you && h.state == state && h.keys_until.is_some() == keys)
    };
    helped(nour, as_asked).await
}

/// Beside others on the same members, with a doctor whom one of them confirmed.
pub(super) async fn two_clinicians_let_it_begin(dir: &Path, network: &Network, off: &Arc<Off>, ana: &App) {
    let genesis = network.genesis_path();
    let make = async |home: &str, name: &str, role: Role| {
        answering(&dir.join(home), &genesis, off, name, role).await
    };
    let (josef, answers) = make("josef", "Josef", Role::Patient).await;
    let (nour, _) = make("nour", NOUR, Role::Clinician).await;
    let (bea, _) = make("bea", "Dr Bea Example, Rhythm Clinic", Role::Clinician).await;
    // Ana once more, on another computer: the same person for the member, under another key.
    let (ana_again, _) = make("ana-again", "Dr Ana Example, Heart Clinic", Role::Clinician).await;
    for clinician in [&nour, &bea, &ana_again] {
        attested(network, clinician).await;
    }
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "134"), value(Quantity::Diastolic, "82")];
    let at = off.now() - 60_000;
    josef.run(c::TypeReading { category: BP, values, at, note: None }).await.unwrap();

    let hers = family_code(&nour).await.code;
    let rules = FamilyRules { ordinary: vec![BP], long_days: 5, approvals: 1, veto_hours: 1, objector: None };
    let waits = HelperLimits {
        review: Some(off.now() + REVIEW),
        after_clinicians: true,
        ..limits(off.now(), HelperRole::Steward, &[BP])
    };
    let own = add(&josef, &hers, waits, Some(rules), false).await;
    assert_eq!((own.helpers[0].state, own.waiting), (PowerState::AwaitsClinicians, None));
    let told = stands(&nour, PowerState::AwaitsClinicians, false).await;
    let (circle, seat) = (told.circle, told.helpers[0].seat);

    // Why not: her power does not work now. She has no key of his, either.
    let code = further_code(ana).await;
    let permit = |code: &str| {
        let draft = draft(off.now(), code, &[BP], 1);
        issue(circle, RelativeDraft { data_from: at - HOUR, ..draft })
    };
    let look = c::OpenRelative { circle, from: at - HOUR, to: at + HOUR, width: 400 };
    let does_nothing = async || {
        assert_eq!(refused(&nour, permit(&code)).await, ErrorCode::PowerNotInForce);
        assert_eq!(refused(&nour, look.clone()).await, ErrorCode::PowerNotInForce);
    };
    does_nothing().await;

    let ask = c::AskClinicians { circle, seat };
    let (by_her, by_him) = (nour.run(ask.clone()).await.unwrap().text, josef.run(ask).await.unwrap().text);
    let read = ana.run(c::CheckPower { question: by_her.clone() }).await.unwrap();
    assert_eq!((read.person.as_str(), read.helper.as_str()), ("Josef", NOUR));
    assert_eq!((read.by_helper, read.reads, read.attested, read.needed), (true, true, 0, 2));
    assert_eq!(says(&nour, &by_her).await, Err(ErrorCode::NotYours), "she is no clinician in this");
    assert_eq!(says(ana, &by_her).await, Ok(1));
    does_nothing().await;
    assert_eq!(says(ana, &by_him).await, Err(ErrorCode::NothingWaits), "she said it");
    assert_eq!(says(&ana_again, &by_him).await, Err(ErrorCode::NothingWaits), "and is the same person");
    let read = eventually(PATIENCE, async || bea.run(c::CheckPower { question: by_him.clone() }).await.ok());
    let read = read.await.unwrap();
    assert_eq!((read.by_helper, read.attested), (false, 1), "the person asks");
    does_nothing().await;
    assert_eq!(says(&bea, &by_him).await, Ok(2));
    assert_eq!(refused(&bea, c::CheckPower { question: by_him }).await, ErrorCode::NothingWaits);

    // It begins: she is given keys, reads and permits, and Ana opens.
    stands(&nour, PowerState::InForce, true).await;
    let seen = eventually(PATIENCE, async || {
        let view = nour.run(look.clone()).await.ok()?;
        view.records.into_iter().find(|record| record.category == BP && record.total == 1)
    });
    assert!(seen.await.is_some());
    let id = only(&nour.run(permit(&code)).await.unwrap().helped[0].given).id;
    let opened = eventually(PATIENCE, async || {
        ana.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|shared| shared.id == id)?;
        let opened = ana.run(c::OpenRecord { id, width: 400, second: None }).await.ok()?;
        opened.records.iter().any(|record| record.total == 1).then_some(opened.shared)
    });
    let shared = opened.await.unwrap();
    assert!(shared.by_helper && shared.patient == "Josef");

    // Nobody looked at it again: it rests, whatever she says.
    pass(network, off, &[&josef, &nour, ana], REVIEW + HOUR).await;
    stands(&nour, PowerState::AwaitsReview, false).await;
    let confirm = |passphrase: &str| c::ConfirmReview { seat, passphrase: passphrase.into() };
    assert_eq!(refused(&nour, confirm(PASSPHRASE)).await, ErrorCode::NotAllowed, "she has no circle");
    assert_eq!(refused(&josef, confirm("another passphrase")).await, ErrorCode::WrongPassphrase);
    answers.decline(true);
    assert_eq!(refused(&josef, confirm(PASSPHRASE)).await, ErrorCode::Declined);
    answers.decline(false);
    does_nothing().await;

    let own = josef.run(confirm(PASSPHRASE)).await.unwrap().own.unwrap();
    let (state, review) = (own.helpers[0].state, own.helpers[0].limits.review.unwrap());
    assert_eq!(state, PowerState::InForce, "the clinicians are not asked again");
    assert!((364 * DAY..=366 * DAY).contains(&(review - off.now())), "for a year");
    stands(&nour, PowerState::InForce, true).await;
    let code = further_code(ana).await;
    let goes_on = eventually(PATIENCE, async || nour.run(permit(&code)).await.ok());
    let given = goes_on.await.unwrap().helped.remove(0).given;
    assert!(given.iter().any(|given| given.state == GivenState::Active), "{given:?}");
}
