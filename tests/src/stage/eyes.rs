//! What a person sees in the window, and what a designer would be ashamed of.

use anyhow::ensure;
use serde_json::{Value, json};
use thirtyfour::{By, WebElement};

use super::{Stage, eventually};

/// How the page is dressed.
#[derive(Debug, Clone, Copy)]
pub struct Dress {
    /// Names it in a picture's file name.
    pub name: &'static str,
    /// BCP 47 tag.
    pub locale: &'static str,
    /// As the settings name it.
    pub theme: &'static str,
    /// Percent.
    pub text_size: u16,
}

impl Dress {
    /// English, light, ordinary text.
    pub const PLAIN: Self = Self { name: "light", locale: "en", theme: "light", text_size: 100 };
    /// Every other that is looked at.
    pub const OTHERS: [Self; 5] = [
        Self { name: "dark", theme: "dark", ..Self::PLAIN },
        Self { name: "contrast", theme: "contrast", ..Self::PLAIN },
        Self { name: "large", text_size: 200, ..Self::PLAIN },
        Self { name: "arabic", locale: "ar", ..Self::PLAIN },
        Self { name: "arabic-large", locale: "ar", theme: "dark", text_size: 200 },
    ];
}

/// Marks that keep names apart from the direction of the text around them; they have no width.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// Wider than the window, outside the dialog, a target smaller than 44 px, text cut off; as sentences.
const SHAME: &str = "
    const found = [], root = document.documentElement, dialog = document.querySelector('dialog[open]');
    const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0 && getComputedStyle(e).clipPath === 'none';
    const name = (e) => e.tagName.toLowerCase() + ' ' + (e.innerText || e.id || e.name || '').trim().slice(0, 40);
    if (root.scrollWidth > root.clientWidth) found.push('the page is wider than the window');
    if (root.scrollHeight > innerHeight && getComputedStyle(root).backgroundColor === 'rgba(0, 0, 0, 0)')
        found.push('the page is longer than its paper');
    if (dialog) {
        const r = dialog.getBoundingClientRect();
        if (r.left < 0 || r.top < 0 || r.right > innerWidth || r.bottom > innerHeight) found.push('the dialog leaves the window');
        if (dialog.scrollWidth > dialog.clientWidth) found.push('the dialog is wider than it shows');
    }
    for (const e of (dialog || document).querySelectorAll('*')) {
        if (!shown(e) || e.closest('svg')) continue;
        const r = e.getBoundingClientRect(), style = getComputedStyle(e);
        // A table scrolls in itself, by keys too; the box that it scrolls in is looked at as any.
        const inTable = e.parentElement?.closest('.table[tabindex]');
        if (!inTable && (r.left < -1 || r.right > innerWidth + 1)) found.push(name(e) + ' leaves the window');
        if (style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1) found.push(name(e) + ' is cut off');
        if (e.matches('button, input, select, summary, a')) {
            const t = (e.matches('input[type=checkbox], input[type=radio]') && e.closest('label') || e).getBoundingClientRect();
            if (t.height < 43.5 || t.width < 43.5) found.push(name(e) + ' is a target of ' + t.width + ' x ' + t.height);
        }
    }
    return found;";

/// The first of the things found that is shown and on which exactly the words are written; with a third argument only in
/// such of what that finds as begins with the title.
const SAYS: &str = "
    const [selector, words, lines, title] = arguments;
    const plain = (e) => (e.innerText ?? '').replace(/[\\u2068\\u2069]/g, '').split(/\\s+/).filter(Boolean).join(' ');
    const places = lines ? [...document.querySelectorAll(lines)].filter((e) => plain(e).startsWith(title)) : [document];
    const found = places.flatMap((e) => [...e.querySelectorAll(selector)]);
    return found.find((e) => e.checkVisibility() && plain(e) === words) ?? null;";

impl Stage {
    /// What is shown, of all that the selector finds, and says exactly these words. The page looks for it: one way through the
    /// driver, where a list has dozens of buttons.
    pub(super) async fn that_says(&self, selector: &str, words: &str) -> anyhow::Result<WebElement> {
        self.says_in(vec![selector.into(), words.into()]).await
    }

    /// The same in that one of the lines found which begins with the title: others may have the same.
    pub(super) async fn that_says_under(
        &self,
        (lines, title): (&str, &str),
        selector: &str,
        words: &str,
    ) -> anyhow::Result<WebElement> {
        self.says_in(vec![selector.into(), words.into(), lines.into(), title.into()]).await
    }

    async fn says_in(&self, arguments: Vec<Value>) -> anyhow::Result<WebElement> {
        let found = self.window.execute(SAYS, arguments).await?;
        ensure!(!found.json().is_null(), "nothing to click says so");
        Ok(found.element()?)
    }

    /// What is written in each thing shown that the selector finds.
    async fn each(&self, selector: &str) -> anyhow::Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility())
            .map((e) => e.innerText);";
        let found: Vec<String> = self.window.execute(script, vec![selector.into()]).await?.convert()?;
        let plain =
            |text: String| text.replace(ISOLATES, "").split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(found.into_iter().map(plain).collect())
    }

    async fn written(&self, selector: &str) -> anyhow::Result<String> {
        Ok(self.each(selector).await?.join(" "))
    }

    /// Waits until the words can be read in that one of the things found which begins with its title.
    ///
    /// # Errors
    /// They cannot, for a minute; what can be read is in the error.
    pub async fn reads_under(&self, selector: &str, title: &str, words: &str) -> anyhow::Result<()> {
        eventually(&format!("{words:?} under {title:?}"), async || {
            let each = self.each(selector).await?;
            ensure!(each.iter().any(|e| e.starts_with(title) && e.contains(words)), "it reads {each:?}");
            Ok(())
        })
        .await
    }

    /// Brings the first of the things found which begins with its title into view.
    ///
    /// # Errors
    /// It is not there.
    pub async fn turn_to(&self, selector: &str, title: &str) -> anyhow::Result<()> {
        let script = "const [selector, title] = arguments;
            const found = [...document.querySelectorAll(selector)].find((e) => e.innerText.startsWith(title));
            found?.scrollIntoView({ block: 'center' });
            return Boolean(found);";
        let found = self.window.execute(script, vec![selector.into(), title.into()]).await?;
        ensure!(found.json() == &json!(true), "{title} is not there");
        Ok(())
    }

    /// Waits until the words can be read where the selector points.
    ///
    /// # Errors
    /// They cannot, for a minute; what can be read is in the error.
    pub async fn reads(&self, selector: &str, words: &str) -> anyhow::Result<()> {
        eventually(&format!("{words:?} in {selector}"), async || {
            let written = self.written(selector).await?;
            ensure!(written.contains(words), "it reads {written:?}");
            Ok(())
        })
        .await
    }

    /// The groups of the recovery key that is shown, in order.
    ///
    /// # Errors
    /// None is shown for a minute.
    pub async fn key_groups(&self) -> anyhow::Result<Vec<String>> {
        self.see(".key").await?;
        let mut groups = Vec::new();
        for group in self.window.find_all(By::Css(".key code")).await? {
            groups.push(group.text().await?);
        }
        Ok(groups)
    }

    /// Waits until the words cannot be read there any more.
    ///
    /// # Errors
    /// They stay, for a minute.
    pub async fn reads_no_more(&self, selector: &str, words: &str) -> anyhow::Result<()> {
        eventually(&format!("the end of {words:?} in {selector}"), async || {
            let written = self.written(selector).await?;
            ensure!(!written.contains(words), "it reads {written:?}");
            Ok(())
        })
        .await
    }

    /// Waits until a page has begun that does not know this variable.
    ///
    /// # Errors
    /// None has, for a minute.
    pub async fn is_new_page(&self, variable: &str) -> anyhow::Result<()> {
        eventually("a new page", async || {
            let known = "return document.readyState === 'complete' && window[arguments[0]] === undefined;";
            let new = self.window.execute(known, vec![variable.into()]).await?;
            ensure!(new.json() == &json!(true), "it is the page from before");
            Ok(())
        })
        .await
    }

    /// Nothing is cut off, outside, or too small to hit, now and with letters twice as large.
    ///
    /// # Errors
    /// What is.
    pub async fn is_fit_to_be_seen(&self) -> anyhow::Result<()> {
        let set = "const root = document.documentElement, before = root.dataset.text;
            root.dataset.text = arguments[0]; return before;";
        let own = self.window.execute(set, vec!["200".into()]).await?;
        let next = "document.documentElement.dataset.text = arguments[0];";
        self.has_no_shame("200", next, vec!["100".into()]).await?;
        // As it was dressed.
        self.has_no_shame("100", next, vec![own.json().clone()]).await
    }

    /// The same in the dark, on the page as it is.
    ///
    /// # Errors
    /// What is.
    pub(super) async fn is_fit_in_the_dark(&self) -> anyhow::Result<()> {
        let set = "const root = document.documentElement, before = root.dataset.theme;
            root.dataset.theme = 'dark'; return before;";
        let own = self.window.execute(set, vec![]).await?;
        let back = "document.documentElement.dataset.theme = arguments[0];";
        self.has_no_shame("dark", back, vec![own.json().clone()]).await
    }

    /// Looks, and does what comes next in the same way through the driver.
    async fn has_no_shame(&self, how: &str, next: &str, arguments: Vec<Value>) -> anyhow::Result<()> {
        let look = format!("const found = (() => {{ {SHAME} }})(); {next} return found;");
        let found = self.window.execute(look, arguments).await?;
        ensure!(found.json() == &json!([]), "{how}: {}", found.json());
        Ok(())
    }

    /// Dresses the page, which begins anew, as after a restart of the window.
    ///
    /// # Errors
    /// The settings are refused.
    pub async fn dress(&self, dress: Dress) -> anyhow::Result<()> {
        let Dress { locale, theme, text_size, .. } = dress;
        let settings = json!({ "locale": locale, "theme": theme, "text_size": text_size });
        let _: Value = self.ask("set_settings", json!({ "settings": settings })).await?;
        self.window.refresh().await?;
        self.wears(dress).await
    }

    /// Waits until the page is dressed so.
    ///
    /// # Errors
    /// It is not, for a minute.
    pub(super) async fn wears(&self, dress: Dress) -> anyhow::Result<()> {
        let Dress { locale, theme, text_size, .. } = dress;
        self.see(&format!("html[data-theme={theme}][data-text='{text_size}'][lang={locale}]")).await
    }
}
