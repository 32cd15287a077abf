//! The time that the whole story may take.

use std::time::{Duration, Instant};

use anyhow::Context;

/// From the first member's start to the last member's end, once everything is built: 120 s.
pub const BUDGET: Duration = Duration::from_secs(120);

/// Plays for at most `budget` and says how long it took; what is still being played then is stopped, with its processes.
///
/// # Errors
/// What did not hold, or that the time is over.
pub async fn within(
    budget: Duration,
    play: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<Duration> {
    #[expect(clippy::disallowed_methods, reason = "the story says how long it took in real time")]
    let begin = Instant::now();
    tokio::time::timeout(budget, play).await.with_context(|| {
        format!(
            "the story was stopped: it may take {} s in all, and they are over. The last line above is the last \
             step that was played; its times say where the others went",
            budget.as_secs()
        )
    })??;
    Ok(begin.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_story_that_takes_too_long_fails_and_names_the_budget() {
        let refused = within(Duration::ZERO, std::future::pending()).await.unwrap_err().to_string();
        assert!(refused.contains("it may take 0 s in all"), "{refused}");
        assert!(within(BUDGET, std::future::ready(Ok(()))).await.unwrap() < BUDGET);
        let own = within(BUDGET, std::future::ready(Err(anyhow::anyhow!("step 3")))).await.unwrap_err();
        assert_eq!(own.to_string(), "step 3", "what did not hold is not called late");
    }
}
