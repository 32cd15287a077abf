//! A second laptop gets to know the first: the code that one shows and the other reads, the digits that both compare, and the list.

use anyhow::{Result, bail, ensure};
use salus_tests::stage::town::{PRESSURES, RATES, Town};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use serde_json::{Value, json};

use crate::acts::{answers, held, to_laptops};
use crate::cast::ELDER;

/// What the second one is called.
pub(crate) const KITCHEN: &str = "Kitchen";

const MEETING: &str = "#laptop-meeting";
/// What the field says of a whole code.
pub(crate) const UNDERSTOOD: &str = "All twelve words are there.";
const ADD: &str = "Salus: add this laptop?";
const JOIN: &str = "Salus: join this record?";

/// How often a code is read: what the other laptop left may be on its way.
const TRIES: usize = 3;

/// A laptop that can become another one shows its code, in words and as a picture. Gives the words, with a space between them.
pub(crate) async fn shows_a_code(second: &Person, name: &str) -> Result<String> {
    second
        .look_there(&format!("{name}-new"), async || {
            to_laptops(second).await?;
            second.stage.see("#show-laptop-code").await
        })
        .await?;
    second.press("show-laptop-code").await?;
    second
        .look_there(&format!("{name}-code"), async || {
            to_laptops(second).await?;
            second.stage.see(&format!("{MEETING} svg.square")).await
        })
        .await?;
    second.stage.reads(MEETING, "Type these words on the other laptop").await?;
    second.stage.reads(MEETING, "They are good until").await?;
    let words = "return [...document.querySelectorAll('#laptop-words li')].map((word) => word.textContent).join(' ');";
    let code = second.run(words).await?.as_str().unwrap_or_default().to_owned();
    ensure!(code.split(' ').count() == 12, "the code is {code:?}");
    Ok(code)
}

/// A photo of the one screen, chosen on the other in the desktop's own question for a file. It only fills the field.
pub(crate) async fn reads_a_picture(town: &Town, first: &Person, second: &Person, code: &str) -> Result<()> {
    first
        .look_there("laptops-add", async || {
            to_laptops(first).await?;
            first.stage.see("#read-laptop-code").await
        })
        .await?;
    second.run("document.querySelector('svg.square').scrollIntoView({ block: 'center' });").await?;
    second.stage.photograph("second-laptops-photo.png").await?;
    let folder = town.dir.path().join("photo");
    std::fs::create_dir(&folder)?;
    let photo = folder.join("screen.png");
    second.stage.picture(&photo).await?;

    first.stage.opens(&photo, async || first.press("code-picture").await).await?;
    first.stage.reads("main form", "The code from the picture is in the field above.").await?;
    let read = first.text_of("laptop-code").await?;
    ensure!(read == code, "the picture says {read:?}, the screen {code:?}");
    first.stage.reads("#laptop-heard-said", UNDERSTOOD).await?;
    first.look("laptops-picture", Dress::PLAIN).await?;
    is_read(first).await
}

/// The code in the field is read.
pub(crate) async fn is_read(first: &Person) -> Result<()> {
    for _ in 0..TRIES {
        first.press("read-laptop-code").await?;
        first.stage.see(&format!("{MEETING}, main form .notice[data-code]")).await?;
        if first.run("return document.querySelector('#laptop-meeting') !== null;").await? == json!(true) {
            return Ok(());
        }
    }
    bail!("the code is not read: {}", first.words("main form").await?)
}

/// The same six digits in both windows, a name and the passphrase, and both questions outside the page.
pub(crate) async fn compares(first: &Person, second: &Person, name: &str) -> Result<()> {
    for (laptop, there, side) in [(second, "#join-laptop", "new"), (first, "#confirm-laptop", "old")] {
        laptop.stage.see("#laptop-digits").await?;
        laptop
            .look_there(&format!("{name}-digits-{side}"), async || {
                to_laptops(laptop).await?;
                laptop.stage.see(there).await
            })
            .await?;
        laptop.stage.reads(MEETING, "Look at both: are they the same?").await?;
    }
    let digits = first.words("#laptop-digits").await?;
    let others = second.words("#laptop-digits").await?;
    let six = digits.chars().filter(char::is_ascii_digit).count() == 6;
    ensure!(six && digits == others, "one shows {digits:?}, the other {others:?}");
    second
        .stage
        .reads(MEETING, &format!("The other laptop says that this is the record of {ELDER}."))
        .await?;

    first.stage.see("#confirm-laptop:disabled").await?;
    first.type_into("laptop-new-name", KITCHEN).await?;
    first.type_into("laptop-add-passphrase", PASSPHRASE).await?;
    let said = first.agrees("confirm-laptop", ADD, &format!("native-{name}-add")).await?;
    ensure!(said.contains(&digits) && said.contains(KITCHEN), "the question says {said:?}");
    let said = second.agrees("join-laptop", JOIN, &format!("native-{name}-join")).await?;
    ensure!(said.contains(&digits) && said.contains(ELDER), "the question says {said:?}");

    let joined = |view: &Value| {
        let mandates = view["can_give"].as_u64().is_some_and(|n| n > 0);
        view["first"] == false && view["pairing"].is_null() && view["removed"].is_null() && mandates
    };
    answers(second, "get_laptops", "the record, and that it may give permissions", joined).await?;
    let there = |view: &Value| {
        let mut all = view["laptops"].as_array().into_iter().flatten();
        all.any(|one| one["name"] == KITCHEN && one["removed"].is_null())
    };
    answers(first, "get_laptops", "the new laptop", there).await.map(drop)
}

/// The first one takes others out; the other one brings both to the same state.
pub(crate) async fn are_listed(first: &Person, second: &Person) -> Result<()> {
    for (laptop, there) in [(first, "#remove-laptop-1"), (second, "#sync-laptops")] {
        laptop
            .look_there("laptops", async || {
                to_laptops(laptop).await?;
                laptop.stage.see(there).await
            })
            .await?;
    }
    first.stage.reads_under("#laptops > li", KITCHEN, "Added on").await?;
    first.stage.reads("#laptops", "Others are added and removed on this laptop.").await?;
    second.stage.reads("main", "before the first laptop has to be on again.").await?;
    let removes = "return document.querySelectorAll('[id^=remove-laptop]').length;";
    ensure!(second.run(removes).await? == json!(0), "an added laptop is offered to take others out");
    Ok(())
}

/// Everything that was measured on the first one.
pub(crate) async fn has_the_readings(second: &Person) -> Result<()> {
    let all = u64::try_from(PRESSURES.len() + RATES.len())?;
    answers(second, "get_overview", "the readings", |view| held(view) == all).await?;
    second.look_at("home", ".series[data-category=BloodPressure]", "home").await?;
    second.stage.reads_no_more("main", "Your record is empty.").await
}
