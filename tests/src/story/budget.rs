//! The time that the whole story may take.

use std::time::{Duration, Instant};

use anyhow::anyhow;

use super::report::Report;

/// From the first member's start to the last member's end, once everything is built: 120 s.
pub const BUDGET: Duration = Duration::from_secs(120);

/// Plays for at most `budget` and says how long it took; what is still being played then is stopped, with its processes.
/// However the story ends badly, the report has a line that says so.
///
/// # Errors
/// What did not hold, or that the time is over.
pub async fn within(
    budget: Duration,
    report: &Report,
    play: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<Duration> {
    #[expect(clippy::disallowed_methods, reason = "the story says how long it took in real time")]
    let begin = Instant::now();
    let over = |_| {
        Err(anyhow!(
            "the story was stopped: it may take {} s in all, and they are over. This is the step that was played; the \
             times of the others say where they went",
            budget.as_secs()
        ))
    };
    let played = tokio::time::timeout(budget, play).await.unwrap_or_else(over);
    if let Err(error) = &played {
        report.ended(error)?;
    }
    played.map(|()| begin.elapsed())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use anyhow::bail;

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(octets)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Page {
        fn report(&self) -> Report {
            Report::to(true, Box::new(self.clone()))
        }

        /// Step, whether it held, and the detail of each line.
        fn lines(&self) -> Vec<(u64, bool, String)> {
            let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
            let read = |line: &str| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                let detail = line["detail"].as_str().unwrap().to_owned();
                (line["step"].as_u64().unwrap(), line["ok"].as_bool().unwrap(), detail)
            };
            text.lines().map(read).collect()
        }
    }

    fn holds() -> std::future::Ready<anyhow::Result<((), String)>> {
        std::future::ready(Ok(((), "held".to_owned())))
    }

    #[tokio::test]
    async fn a_story_that_takes_too_long_says_so_in_the_line_of_the_step_that_was_played() {
        let page = Page::default();
        let report = page.report();
        let play = async {
            report.step(1, "first", holds()).await?;
            report.step(2, "second", std::future::pending::<anyhow::Result<((), String)>>()).await
        };
        let refused = within(Duration::ZERO, &report, play).await.unwrap_err().to_string();
        assert!(refused.contains("it may take 0 s in all"), "{refused}");
        assert_eq!(page.lines(), [(1, true, "held".to_owned()), (2, false, refused)]);
    }

    #[tokio::test]
    async fn what_did_not_hold_is_said_once_and_is_not_called_late() {
        let page = Page::default();
        let report = page.report();
        let play = async { report.step(3, "third", async { bail!("no") }).await };
        let own = within(BUDGET, &report, play).await.unwrap_err();
        assert_eq!(own.to_string(), "no");
        assert_eq!(page.lines(), [(3, false, "no".to_owned())]);
    }

    #[tokio::test]
    async fn what_did_not_hold_outside_of_a_step_has_a_line_too() {
        let page = Page::default();
        let report = page.report();
        let play = async {
            report.step(1, "first", holds()).await?;
            bail!("between two steps")
        };
        assert!(within(BUDGET, &report, play).await.is_err());
        assert_eq!(page.lines()[1], (1, false, "between two steps".to_owned()));
        assert!(within(BUDGET, &report, std::future::ready(Ok(()))).await.unwrap() < BUDGET);
        assert_eq!(page.lines().len(), 2, "a story that holds has no line of its own");
    }
}
