//! The early warning score of an opened record that holds only a part of it: what is there, what the clinician has to say, what is
//! missing, and no score. A whole one, by the keyboard, is in `window_keyboard`.

use anyhow::Result;
use salus_tests::stage::Dress;
use thirtyfour::By;

use crate::acts::Person;

const NEWS: &str = "details.news";

pub(crate) async fn is_never_scored_in_part(person: &Person) -> Result<()> {
    let stage = &person.stage;
    person.unfold("#news-score").await?;
    for words in ["Upper value 126 mmHg", "Pulse 88", "A score is no diagnosis"] {
        stage.reads(NEWS, words).await?;
    }
    // Nothing is chosen for the clinician.
    stage.see("#news-score:disabled").await?;
    let voice = "#news-alertness option[value=voice]";
    stage.window.find(By::Css(voice)).await?.click().await?;
    stage.see("#news-score:disabled").await?;
    person.click_on("label:has(input[name=news-breathing][value=air])").await?;
    person.press("news-score").await?;
    let said = format!("{NEWS} [role=status]");
    for words in [
        "Nothing is scored in part.",
        "a respiratory rate of the same hour",
        "an oxygen saturation of the same hour",
        "a temperature of the same hour",
    ] {
        stage.reads(&said, words).await?;
    }
    stage.reads_no_more(&said, "NEWS2:").await?;
    person.look("news-in-part", Dress::PLAIN).await?;
    // What was said stands beside what it was made of, and goes with it.
    person.click_on("label:has(input[name=news-breathing][value=oxygen])").await?;
    stage.reads_no_more(&said, "Nothing is scored in part.").await
}
