//! One line per step, and one that says so when the story ends badly.

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

/// A finished step.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// 1 to 10, in the family's story to 12.
    pub step: u8,
    /// Whether everything in it held.
    pub ok: bool,
    /// How long it took.
    pub ms: u64,
    /// What was measured; what did not hold, if it did not.
    pub detail: String,
}

/// Writes lines as they come.
pub struct Report {
    form: Form,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    People,
    Json,
    Silent,
}

struct State {
    out: Box<dyn Write + Send>,
    /// The step that is played, or was played last.
    step: u8,
    title: String,
    begin: Option<Instant>,
    /// A line has said that something did not hold.
    failed: bool,
}

impl Report {
    /// Lines for people, or one JSON object each, on standard output.
    #[must_use]
    pub fn new(json: bool) -> Self {
        Self::to(json, Box::new(std::io::stdout()))
    }

    /// As [`Report::new`], to somewhere else.
    #[must_use]
    pub fn to(json: bool, out: Box<dyn Write + Send>) -> Self {
        Self::with(if json { Form::Json } else { Form::People }, out)
    }

    /// No lines: for measurements that print their own.
    #[must_use]
    pub fn silent() -> Self {
        Self::with(Form::Silent, Box::new(std::io::sink()))
    }

    fn with(form: Form, out: Box<dyn Write + Send>) -> Self {
        let state = State { out, step: 1, title: "beginning".to_owned(), begin: None, failed: false };
        Self { form, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Plays one step and writes its line.
    ///
    /// # Errors
    /// What did not hold; it is written already.
    pub async fn step<T>(
        &self,
        step: u8,
        title: &str,
        play: impl Future<Output = anyhow::Result<(T, String)>>,
    ) -> anyhow::Result<T> {
        {
            let mut state = self.state();
            (state.step, state.title, state.begin) = (step, title.to_owned(), Some(now()));
        }
        match play.await {
            Ok((value, detail)) => {
                self.line(true, detail)?;
                Ok(value)
            }
            Err(error) => {
                self.line(false, format!("{error:#}"))?;
                Err(error)
            }
        }
    }

    /// The story ended badly: writes the line that says so, for the step that was played, unless there is one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ended(&self, why: &anyhow::Error) -> anyhow::Result<()> {
        if self.state().failed { Ok(()) } else { self.line(false, format!("{why:#}")) }
    }

    fn line(&self, ok: bool, detail: String) -> anyhow::Result<()> {
        let mut state = self.state();
        let took = state.begin.map_or(Duration::ZERO, |begin| now().saturating_duration_since(begin));
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        state.failed |= !ok;
        let line = Line { step: state.step, ok, ms, detail };
        let text = match self.form {
            Form::Silent => return Ok(()),
            Form::Json => serde_json::to_string(&line)?,
            Form::People => {
                let held = if ok { "ok    " } else { "NOT OK" };
                format!("{:>2} {held} {ms:>6} ms  {}: {}", line.step, state.title, line.detail)
            }
        };
        writeln!(state.out, "{text}")?;
        Ok(state.out.flush()?)
    }
}

#[expect(clippy::disallowed_methods, reason = "the story says how long a step took in real time")]
fn now() -> Instant {
    Instant::now()
}
