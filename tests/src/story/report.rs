//! One line per step.

#![expect(clippy::print_stdout, reason = "the lines of the story are its output")]

use std::time::Instant;

use serde::Serialize;

/// A finished step.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// 1 to 10.
    pub step: u8,
    /// Whether everything in it held.
    pub ok: bool,
    /// How long it took.
    pub ms: u64,
    /// What was measured; what did not hold, if it did not.
    pub detail: String,
}

/// Prints lines as they come.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    People,
    Json,
    Silent,
}

impl Report {
    /// Lines for people, or one JSON object each.
    #[must_use]
    pub fn new(json: bool) -> Self {
        Self { form: if json { Form::Json } else { Form::People } }
    }

    /// No lines: for measurements that print their own.
    #[must_use]
    pub fn silent() -> Self {
        Self { form: Form::Silent }
    }

    /// Plays one step and prints its line.
    ///
    /// # Errors
    /// What did not hold; it is printed already.
    pub async fn step<T>(
        self,
        step: u8,
        title: &str,
        play: impl Future<Output = anyhow::Result<(T, String)>>,
    ) -> anyhow::Result<T> {
        #[expect(clippy::disallowed_methods, reason = "the story says how long a step took in real time")]
        let begin = Instant::now();
        let outcome = play.await;
        let ms = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (ok, detail) = match &outcome {
            Ok((_, detail)) => (true, detail.clone()),
            Err(error) => (false, format!("{error:#}")),
        };
        self.print(title, &Line { step, ok, ms, detail });
        outcome.map(|(value, _)| value)
    }

    fn print(self, title: &str, line: &Line) {
        match self.form {
            Form::Silent => {}
            Form::Json => println!("{}", serde_json::to_string(line).unwrap_or_default()),
            Form::People => {
                let Line { step, ok, ms, detail } = line;
                println!("{step:>2} {} {ms:>6} ms  {title}: {detail}", if *ok { "ok    " } else { "NOT OK" });
            }
        }
    }
}
