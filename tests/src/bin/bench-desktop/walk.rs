//! One person's first run in a real window, with the keyboard alone; what they press is counted, and what they wait for is timed.

use std::cell::Cell;

use anyhow::{Context, Result};
use salus_tests::keyboard::Keys;
use salus_tests::network::Network;
use salus_tests::stage::{PASSPHRASE, Stage};
use salus_wire::view::Role;

use crate::window::{now, since};

const NEXT: &str = "Next";
const SKIP: &str = "Skip this step";

/// Who begins, in the words of the screens.
pub(crate) struct Newcomer {
    pub(crate) role: Role,
    pub(crate) name: &'static str,
    /// The words of the choice.
    pub(crate) chooses: &'static str,
    /// The last button.
    pub(crate) opens: &'static str,
}

/// What a first run took.
pub(crate) struct Walked {
    pub(crate) keys: usize,
    /// Milliseconds from a key to what comes of it, as the driver sees it, added up.
    pub(crate) waited: f64,
}

/// A person on their way.
pub(crate) struct Walk<'a> {
    keys: Keys,
    who: &'a Newcomer,
    network: &'a Network,
    waited: Cell<f64>,
}

impl<'a> Walk<'a> {
    /// A window in which nobody has been yet, with the keyboard in it.
    pub(crate) async fn begin(who: &'a Newcomer, network: &'a Network) -> Result<Self> {
        let genesis = network.genesis_path().display().to_string();
        let clock = network.clock_path().display().to_string();
        let stage = Stage::set_with(None, &["--genesis", &genesis, "--insecure-test-clock", &clock]).await?;
        stage.see("input[name=theme]").await?;
        stage.takes_keyboard().await?;
        Ok(Self { keys: Keys::at(stage, "bench"), who, network, waited: Cell::new(0.0) })
    }

    /// Every step done.
    pub(crate) async fn all(self) -> Result<Walked> {
        let (keys, who) = (&self.keys, self.who);
        keys.chooses("theme", "Dark").await?;
        self.until("html[data-theme=dark]").await?;
        keys.press(NEXT).await?;
        self.says_what_for().await?;
        keys.types("Your name", who.name).await?;
        keys.types("Passphrase", PASSPHRASE).await?;
        keys.press("Make my record").await?;
        self.until("main[data-step=Key] .key").await?;
        self.types_the_key_back().await?;
        match who.role {
            Role::Patient => self.types_a_value().await?,
            Role::Clinician => self.is_confirmed().await?,
            Role::Family => self.makes_a_code().await?,
        }
        self.comes_home().await
    }

    /// Every step skipped that can be, but for what it is for.
    pub(crate) async fn nothing(self) -> Result<Walked> {
        let keys = &self.keys;
        keys.press(SKIP).await?;
        self.says_what_for().await?;
        keys.press("Choose both for me").await?;
        self.until("#chosen").await?;
        keys.press("Make my record").await?;
        self.until("main[data-step=Key] .key").await?;
        keys.press(SKIP).await?;
        self.until("main[data-step=Begin]").await?;
        keys.press(SKIP).await?;
        self.comes_home().await
    }

    async fn says_what_for(&self) -> Result<()> {
        self.until("main[data-step=Who] input[name=role]").await?;
        self.keys.chooses("role", &format!("{}…", self.who.chooses)).await?;
        self.keys.press(NEXT).await?;
        self.until("main[data-step=Passphrase] #passphrase").await
    }

    /// Two groups, as the screen asks.
    async fn types_the_key_back(&self) -> Result<()> {
        let groups = self.keys.stage.key_groups().await?;
        self.keys.press("I have written it down").await?;
        self.until("#key-group-3").await?;
        for (number, at) in [(3, 2), (7, 6)] {
            let group = groups.get(at).context("a group of the key is missing")?;
            self.keys.types(&format!("Group {number}"), group).await?;
        }
        self.keys.press("Check, and go on").await?;
        self.until("main[data-step=Begin]").await
    }

    async fn types_a_value(&self) -> Result<()> {
        let keys = &self.keys;
        self.until("#way-typed").await?;
        keys.press("Add a reading…").await?;
        self.until("dialog[open] .entry").await?;
        keys.chooses("kind", "Blood pressure…").await?;
        keys.types("Upper value…", "131").await?;
        keys.types("Lower value…", "82").await?;
        keys.press_in("dialog[open]", "Store this reading").await?;
        self.until("#next").await?;
        keys.has_no_dialog().await?;
        keys.press(NEXT).await
    }

    /// What the member answers is there at once: how long people take for that is nothing that this measures.
    async fn is_confirmed(&self) -> Result<()> {
        let keys = &self.keys;
        self.until("#make-code").await?;
        keys.press("Make a code").await?;
        self.until("#attestation").await?;
        let request = keys.value_of("copy-text").await?;
        let attestation = self.network.attest(0, &request)?;
        keys.was_sent(&attestation).await?;
        keys.pastes("The confirmation you received", &attestation).await?;
        keys.press("Use this confirmation").await?;
        // A code that can be taken back is one that was made.
        self.until("[data-given-codes]").await?;
        keys.press("Go on").await
    }

    async fn makes_a_code(&self) -> Result<()> {
        self.until("#make-family-code").await?;
        self.keys.press("Make a code").await?;
        self.until("#family-digits").await?;
        self.until("#next").await?;
        self.keys.press(NEXT).await
    }

    async fn comes_home(self) -> Result<Walked> {
        self.until("main[data-step=Home]").await?;
        self.keys.press(self.who.opens).await?;
        self.until("[data-nav=home].here").await?;
        let walked = Walked { keys: self.keys.pressed(), waited: self.waited.get() };
        self.keys.stage.strike().await?;
        Ok(walked)
    }

    /// Waits until this is shown.
    async fn until(&self, selector: &str) -> Result<()> {
        let begun = now();
        self.keys.stage.see(selector).await?;
        self.waited.set(self.waited.get() + since(begun));
        Ok(())
    }
}
