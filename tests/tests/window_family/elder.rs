//! The elder, who is 82 and has lost nothing: the note on every screen that somebody says so, who helps her, and the end of it by
//! one key. And her daughter's help, which rests until she looked at it again.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use salus_wire::CircleId;
use salus_wire::command as c;
use salus_wire::view::{FamilyChange, FamilyView, Role};
use thirtyfour::Key;

use crate::ANA;
use crate::circle::{DAUGHTER, ELDER, GUARDIAN, OTHER_GUARDIAN, SON};
use crate::daughter::part;
use crate::town::{Somebody, Town};

const NOTE: &str = "#recovery-note";
/// The part of the family's screen about a lost computer.
const RECOVERY: &str = "[data-place=recovery] a";
/// A helper's power that waits to be looked at.
const RESTS: &str = "main .entries > li[data-state=AwaitsReview]";
const REVIEW: &str = "Salus: does this help go on?";

/// What a new computer asks the guardians.
pub(crate) struct Request {
    pub(crate) code: String,
    pub(crate) digits: String,
}

/// Somebody makes a record in her name, on another computer.
pub(crate) async fn asks_from_a_new_computer(town: &Town) -> Result<Request> {
    let fresh = town.comes("fresh", ELDER, Role::Patient).await?;
    let request = fresh.soon(c::MakeRecoveryRequest {}).await?.recovery.context("there is no request")?;
    fresh.leaves().await?;
    Ok(Request { code: request.code, digits: request.digits })
}

pub(crate) async fn is_told_that_others_have_to_agree(maria: &Person) -> Result<()> {
    let words = format!("{GUARDIAN} says that you lost this computer. Others still have to agree.");
    maria.wake().await?;
    maria.stage.reads(NOTE, &words).await?;
    maria.look_at("home", NOTE, "recovery-begins").await
}

/// The second of the two whom it takes: from now on it is a matter of time.
pub(crate) async fn another_agrees(samir: &Somebody, circle: CircleId, request: &Request) -> Result<()> {
    let waits = |view: FamilyView| {
        let waiting = view.helped.into_iter().find(|helped| helped.circle == circle)?.waiting?;
        (waiting.what == FamilyChange::NewKey).then_some(())
    };
    samir.until("the other guardian sees what waits", c::GetFamily {}, waits).await?;
    let code = request.code.clone();
    let agree = c::AgreeRecovery { circle, code, passphrase: PASSPHRASE.into() };
    let helped = samir.soon(agree).await?.helped.into_iter().find(|helped| helped.circle == circle);
    let effective = helped.and_then(|helped| helped.waiting).and_then(|waiting| waiting.effective);
    ensure!(effective.is_some(), "two of two agreed, and nothing waits for its time");
    Ok(())
}

/// Whatever she does at the moment.
pub(crate) async fn sees_it_on_every_screen(maria: &Person) -> Result<()> {
    let words = format!("{GUARDIAN} and others say that you lost this computer. From ");
    maria.wake().await?;
    maria.stage.reads(NOTE, &words).await?;
    maria.stage.reads(NOTE, "another computer speaks for you.").await?;
    maria.stage.reads(NOTE, "If you did not ask for this, object now. It ends at once.").await?;
    maria.look_at("home", NOTE, "recovery-waits").await?;
    for screen in ["devices", "share", "permissions", "activity", "members", "settings"] {
        maria.go(screen).await?;
        maria.stage.see(NOTE).await.with_context(|| format!("the screen {screen} says nothing"))?;
    }
    Ok(())
}

/// The helpers with their limits, what they permitted and what became of it, and who still holds their part.
pub(crate) async fn sees_who_helps_her(maria: &Person) -> Result<()> {
    maria.look_at("family", "main .entries > li", "family").await?;
    let stage = &maria.stage;
    let line = "main .entries > li";
    stage.reads_under(line, DAUGHTER, "Read heart rate and blood pressure and let clinicians see it").await?;
    stage.reads_under(line, DAUGHTER, "based on a paper").await?;
    stage.reads_under(line, SON, "Agree to what others permit, object and stop. Sees no readings.").await?;
    maria
        .look_there("permitted", async || {
            part(maria, "[data-place=permitted] a").await?;
            stage.see("[data-part=permitted] .entries > li").await
        })
        .await?;
    stage.reads_under(line, ANA, &format!("Permitted by {DAUGHTER}")).await?;
    stage.reads_under(line, ANA, "Opened once").await?;
    part(maria, "[data-place=rules] a").await?;
    stage.reads("main", "A helper may permit nothing alone.").await?;
    maria
        .look_there("getting-back", async || {
            part(maria, RECOVERY).await?;
            stage.see("#getting-back li[data-held=true]").await
        })
        .await?;
    stage.reads_under("#getting-back li", GUARDIAN, "that they are still there").await?;
    stage
        .reads_under("#getting-back li", OTHER_GUARDIAN, "Has not answered yet whether they are still there")
        .await?;
    stage.reads("main", "2 of these 2 people together can say that a new computer speaks for you.").await
}

/// Tab to the one button of the note, and Enter.
pub(crate) async fn objects_with_the_keyboard(maria: &Person) -> Result<()> {
    maria.go("home").await?;
    maria.stage.see(NOTE).await?;
    maria.stage.tab_to_words((NOTE, ""), "I object").await?;
    maria.stage.press(Key::Enter).await?;
    maria.stage.reads_no_more("body", "you lost this computer").await?;
    maria.look_at("family", "main .entries > li", "recovery-ended").await?;
    maria.stage.reads_no_more("main", "a new one is to speak for them").await
}

/// With her passphrase, and outside the page: whoever finds her record open lets nobody's help go on.
pub(crate) async fn lets_her_daughters_help_go_on(maria: &Person) -> Result<()> {
    let (stage, line) = (&maria.stage, "main .entries > li");
    maria
        .look_there("rests", async || {
            part(maria, "[data-place=helpers] a").await?;
            stage.see(RESTS).await
        })
        .await?;
    stage.reads_under(line, DAUGHTER, "Waits to be looked at").await?;
    maria.click_on(&format!("{RESTS} button.main")).await?;
    stage.reads("dialog[open] h2", &format!("Does {DAUGHTER}'s help go on?")).await?;
    stage.see("#review-yes:disabled").await?;
    maria.type_into("review-passphrase", "not the passphrase").await?;
    maria.press("review-yes").await?;
    stage.see("dialog[open] .notice[data-code=wrong_passphrase]").await?;
    maria.look("review", Dress::PLAIN).await?;
    maria.type_into("review-passphrase", PASSPHRASE).await?;
    maria.press("review-yes").await?;
    // Its words cannot be copied into the page below, which the page's own dialog keeps from the keyboard.
    let question = stage.native(REVIEW).await?;
    stage.photograph("elder-native-review.png").await?;
    question.press(&["Tab", "Return"]).await?;
    question.gone().await?;
    stage.reads_under(line, DAUGHTER, "Works").await
}
