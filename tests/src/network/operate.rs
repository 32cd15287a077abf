//! What an operator does with a member's command line.

use std::process::Command;

use salus_chain::genesis::MembersList;
use salus_chain::ids::VerifyingKey;

use super::{Network, succeeded};

impl Network {
    /// The members' list as a member prints it for a person: the genesis, and the member's newest block as an anchor.
    ///
    /// # Errors
    /// If the member refuses.
    pub fn anchor(&self, member: usize) -> anyhow::Result<MembersList> {
        let made = Command::new(&self.binary).args(["anchor", "--home"]).arg(self.home(member)).output()?;
        Ok(MembersList::from_json(&succeeded("anchor", &made)?)?)
    }

    /// What `salus-node objections` says of a running member, as JSON.
    ///
    /// # Errors
    /// If it does not answer.
    pub fn objections(&self, member: usize) -> anyhow::Result<String> {
        let mut command = Command::new(&self.binary);
        let asked = command.args(["objections", "--json", "--home"]).arg(self.home(member)).output()?;
        Ok(succeeded("objections", &asked)?.trim().to_owned())
    }

    /// Has a member attest a clinician's request; the attestation as text. The credential is recorded soon after.
    ///
    /// # Errors
    /// If the member refuses.
    pub fn attest(&self, member: usize, request: &str) -> anyhow::Result<String> {
        let made = Command::new(&self.binary)
            .args(["attest", "--home"])
            .arg(self.home(member))
            .args(["--request", request, "--insecure-test-clock"])
            .arg(self.clock_of(member))
            .output()?;
        Ok(succeeded("attest", &made)?.trim().to_owned())
    }

    /// Has a member put a clinician whom it attests on duty for eight hours. It is recorded soon after.
    ///
    /// # Errors
    /// If the member refuses.
    pub fn on_duty(&self, member: usize, credential: &VerifyingKey, role: &str) -> anyhow::Result<()> {
        self.duty(member, &["on", "--role", role], &["--key", &credential.to_string()]).map(|_| ())
    }

    /// Has a member take a clinician off duty. It is recorded soon after.
    ///
    /// # Errors
    /// If the member refuses.
    pub fn off_duty(&self, member: usize, credential: &VerifyingKey) -> anyhow::Result<()> {
        self.duty(member, &["off"], &["--key", &credential.to_string()]).map(|_| ())
    }

    /// What a member lists of everybody whom it attests.
    ///
    /// # Errors
    /// If the member refuses.
    pub fn duties(&self, member: usize) -> anyhow::Result<String> {
        self.duty(member, &["list"], &[])
    }

    fn duty(&self, member: usize, what: &[&str], whom: &[&str]) -> anyhow::Result<String> {
        let made = Command::new(&self.binary)
            .arg("duty")
            .args(what)
            .arg("--home")
            .arg(self.home(member))
            .args(whom)
            .arg("--insecure-test-clock")
            .arg(self.clock_of(member))
            .output()?;
        succeeded("duty", &made)
    }

    /// Has a member take back for good what it said of a clinician. It is recorded soon after.
    ///
    /// # Errors
    /// If the member refuses.
    pub fn withdraw(&self, member: usize, credential: &VerifyingKey) -> anyhow::Result<()> {
        let made = Command::new(&self.binary)
            .args(["suspend", "--withdraw", "--home"])
            .arg(self.home(member))
            .args(["--credential", &credential.to_string(), "--insecure-test-clock"])
            .arg(self.clock_of(member))
            .output()?;
        succeeded("suspend", &made).map(|_| ())
    }
}
