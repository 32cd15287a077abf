//! Members' processes: started, killed, ended.

use std::fs::File;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::{Network, PATIENCE, eventually};

impl Network {
    /// Starts a member that is not running; its log is continued.
    ///
    /// # Errors
    /// If it runs already or cannot be started.
    pub fn restart(&mut self, member: usize) -> anyhow::Result<()> {
        ensure!(!self.runs(member)?, "member {member} runs already");
        let log = File::options().create(true).append(true).open(self.log_path(member))?;
        let child = self.run_command(member).stdout(Stdio::null()).stderr(log).spawn()?;
        self.members[member].child = Some(child);
        Ok(())
    }

    /// The command that runs a member, for tests that expect it to refuse.
    #[must_use]
    pub fn run_command(&self, member: usize) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("run").arg("--home").arg(self.home(member));
        command.arg("--insecure-test-clock").arg(self.clock_of(member)).stdin(Stdio::null());
        command
    }

    /// Whether a member's process is there.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn runs(&mut self, member: usize) -> anyhow::Result<bool> {
        Ok(match &mut self.members[member].child {
            Some(child) => child.try_wait()?.is_none(),
            None => false,
        })
    }

    /// Ends a member with SIGKILL and waits for it to be gone.
    ///
    /// # Errors
    /// If it does not run.
    pub fn kill(&mut self, member: usize) -> anyhow::Result<()> {
        let mut child = self.members[member].child.take().context("the member does not run")?;
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// Ends a member with SIGTERM and waits for it; fails if it does not end cleanly.
    ///
    /// # Errors
    /// If it does not run, takes too long or reports a failure.
    pub async fn stop_member(&mut self, member: usize) -> anyhow::Result<()> {
        let mut child = self.members[member].child.take().context("the member does not run")?;
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        let ended = eventually(PATIENCE, || std::future::ready(child.try_wait().ok().flatten())).await;
        match ended {
            Some(status) if status.success() => Ok(()),
            Some(status) => bail!("member {member} ended with {status}: {}", self.log(member)),
            None => {
                child.kill()?;
                bail!("member {member} did not end")
            }
        }
    }

    /// Ends every running member with SIGTERM.
    ///
    /// # Errors
    /// As [`Self::stop_member`].
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        for member in 0..self.len() {
            if self.runs(member)? {
                self.stop_member(member).await?;
            }
        }
        Ok(())
    }
}
