//! The program's own process among those of the stage.

use anyhow::{Context, Result, bail, ensure};
use memchr::memmem;
use tokio::process::Command;

use super::Stage;
use crate::story::app::program;

impl Stage {
    /// The process of the program that has the window, which is none of the web view's: by its file, and by the directory that it was
    /// started on.
    ///
    /// # Errors
    /// There is none, or not one alone.
    pub fn process(&self) -> Result<u32> {
        let program = std::fs::canonicalize(program("salus")?)?;
        let record = self.record().display().to_string();
        let is_it = |process: u32| {
            let file = std::fs::read_link(format!("/proc/{process}/exe")).ok()?;
            let arguments = std::fs::read(format!("/proc/{process}/cmdline")).ok()?;
            (file == program && memmem::find(&arguments, record.as_bytes()).is_some()).then_some(process)
        };
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").context("processes are looked for under /proc")? {
            let process = entry?.file_name().to_str().and_then(|name| name.parse().ok());
            found.extend(process.and_then(is_it));
        }
        match found[..] {
            [one] => Ok(one),
            _ => bail!("the program runs as {found:?}"),
        }
    }

    /// The program ends as when the computer loses its power: in the middle of whatever it does, with nothing put in order.
    ///
    /// # Errors
    /// It does not run, or goes on.
    pub async fn dies(&self) -> Result<()> {
        let process = self.process()?.to_string();
        let killed = Command::new("kill").args(["-KILL", &process]).status().await?;
        ensure!(killed.success(), "it cannot be killed");
        self.has_ended().await
    }
}
