//! Two people at their windows, the member between them, and how a screen is looked at.

use anyhow::{Context, Result, ensure};
use salus_tests::network::{Network, Options, PATIENCE, eventually};
use salus_tests::stage::{Dress, PICTURES, Stage};
use salus_tests::story::hands::Hands;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{By, Key};

pub(crate) const PASSPHRASE: &str = "lantern otter velvet ninth";
pub(crate) const MEMBER: &str = "St Anne's Hospital";
pub(crate) const HOUR: i64 = 3_600_000;

pub(crate) struct Acts {
    pub(crate) patient: Person,
    pub(crate) clinician: Person,
    pub(crate) network: Network,
    hands: Hands,
    pub(crate) dir: TempDir,
}

/// One person at one window.
pub(crate) struct Person {
    pub(crate) stage: Stage,
    who: &'static str,
}

impl Acts {
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let options = Options { names: vec![MEMBER.to_owned()], ..Options::default() };
        let network = Network::start_with(1, &dir.path().join("members"), &options).await?;
        let hands = Hands::of(&network)?;
        let patient = Person::begin("patient", &network).await?;
        let clinician = Person::begin("clinician", &network).await?;
        Ok(Self { patient, clinician, network, hands, dir })
    }

    /// Closes both windows; of a failure both tell what they know.
    pub(crate) async fn end(mut self, outcome: Result<()>) -> Result<()> {
        let outcome = self.patient.stage.end(outcome, "patient-failed.png").await;
        self.clinician.stage.end(outcome, "clinician-failed.png").await?;
        self.network.stop().await
    }

    /// The time that every process sees.
    pub(crate) fn now(&self) -> i64 {
        self.hands.now()
    }

    /// Every clock is moved on.
    pub(crate) fn later(&mut self, ms: i64) -> Result<()> {
        self.hands.advance(&self.network, ms)
    }

    /// Every clock is moved past the end of the running hour, and so far that open records close themselves.
    pub(crate) fn next_hour(&mut self) -> Result<()> {
        self.hands.next_epoch(&self.network)?;
        self.later(HOUR / 6)
    }
}

/// Every dress in which screens are looked at, the plain one last: all with pictures, without them a dark one too.
pub(crate) fn dresses() -> impl Iterator<Item = Dress> {
    let all = std::env::var_os(PICTURES).is_some();
    Dress::OTHERS.into_iter().filter(move |d| all || d.name == "dark").chain([Dress::PLAIN])
}

impl Person {
    async fn begin(who: &'static str, network: &Network) -> Result<Self> {
        let (genesis, clock) = (network.genesis_path(), network.clock_path());
        let (genesis, clock) = (genesis.display().to_string(), clock.display().to_string());
        let stage = Stage::set_with(None, &["--genesis", &genesis, "--insecure-test-clock", &clock]).await?;
        stage.see("input[name=theme]").await?;
        stage.dress(Dress::PLAIN).await?;
        Ok(Self { stage, who })
    }

    /// To a screen by the words at the side; through the lock screen, where the record closed itself meanwhile.
    pub(crate) async fn go(&self, screen: &str) -> Result<()> {
        self.stage.see("#unlock, [data-nav]").await?;
        self.wake().await?;
        let link = format!("[data-nav={screen}] a");
        self.stage.see(&link).await?;
        self.stage.window.find(By::Css(&link)).await?.click().await?;
        self.stage.see(&format!("[data-nav={screen}].here")).await
    }

    /// Unlocks, if the record is locked. A page that begins anew just now has neither a lock screen nor anything else.
    pub(crate) async fn wake(&self) -> Result<()> {
        let awake = eventually(PATIENCE, async || {
            let app = self.stage.ask("get_app", json!({})).await.ok()?;
            if app["locked"] == false {
                return Some(());
            }
            self.unlock().await.ok()
        });
        awake.await.context("the record does not open")?;
        self.stage.see("[data-nav]").await
    }

    async fn unlock(&self) -> Result<()> {
        let field = self.stage.window.find(By::Id("unlock")).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(PASSPHRASE).await?;
        self.stage.press(Key::Enter).await?;
        self.stage.see("[data-nav]").await
    }

    /// Waits until the record has closed itself, and unlocks it: the page is where it was.
    pub(crate) async fn come_back(&self) -> Result<()> {
        self.stage.see("#unlock").await.context("the record closes itself")?;
        self.wake().await
    }

    pub(crate) async fn press(&self, id: &str) -> Result<()> {
        let button = format!("#{id}:enabled");
        self.stage.see(&button).await?;
        self.stage.window.find(By::Css(&button)).await?.click().await?;
        Ok(())
    }

    pub(crate) async fn type_into(&self, id: &str, text: &str) -> Result<()> {
        self.stage.see(&format!("#{id}")).await?;
        let field = self.stage.window.find(By::Id(id)).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// What is in a field.
    pub(crate) async fn text_of(&self, id: &str) -> Result<String> {
        Ok(self.stage.window.find(By::Id(id)).await?.prop("value").await?.unwrap_or_default())
    }

    /// What is written in the first thing that the selector finds.
    pub(crate) async fn words(&self, selector: &str) -> Result<String> {
        let script = format!("return document.querySelector({selector:?}).innerText.trim();");
        Ok(self.run(&script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// A script's answer.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.stage.window.execute(script, vec![]).await?.json().clone())
    }

    /// Nothing here is to be ashamed of; pictures of the top and of the end.
    pub(crate) async fn look(&self, name: &str, dress: Dress) -> Result<()> {
        let name = format!("{}-{name}-{}", self.who, dress.name);
        self.stage.is_fit_to_be_seen().await.with_context(|| name.clone())?;
        let words = self.run("return document.body.innerText;").await?;
        // What no words are known for shows its name.
        let unknown = words.as_str().unwrap_or_default().contains("{$") || words == "";
        ensure!(!unknown, "{name}: {words}");
        self.stage.photograph(&format!("{name}.png")).await?;
        let end = "const end = [...document.querySelectorAll('dialog[open], main')].pop();
            const at = () => document.scrollingElement.scrollTop + (end?.scrollTop ?? 0), before = at();
            end?.scrollTo(0, end.scrollHeight); scrollTo(0, document.documentElement.scrollHeight);
            return at() > before + 40;";
        if self.run(end).await? == json!(true) {
            self.stage.photograph(&format!("{name}-end.png")).await?;
        }
        Ok(())
    }

    /// A screen that is reached by its words at the side, looked at in every dress once `there` is shown.
    pub(crate) async fn look_at(&self, screen: &str, there: &str, name: &str) -> Result<()> {
        for dress in dresses() {
            self.go(screen).await?;
            self.stage.dress(dress).await?;
            self.wake().await?;
            self.stage.see(there).await.with_context(|| format!("{} {name} {}", self.who, dress.name))?;
            self.look(name, dress).await?;
        }
        Ok(())
    }
}
