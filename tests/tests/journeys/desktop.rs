//! Journey: the desktop asks for other colours, and the application tells whoever follows it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use salus_api::{App, Config, Freedesktop};
use salus_light::clock::SystemClock;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::desk::Answers;
use salus_tests::network::eventually;
use salus_tests::portal::Portal;
use salus_wire::command as c;
use salus_wire::view::{SettingsView, Theme};

const PATIENCE: Duration = Duration::from_secs(30);

async fn told(app: &App, theme: Theme) -> Result<()> {
    let there = eventually(PATIENCE, async || {
        app.run(c::GetApp {}).await.ok().filter(|view| view.desktop_colours == Some(theme)).map(drop)
    });
    there.await.with_context(|| format!("{theme:?} is not told"))
}

#[test]
fn the_colours_that_the_desktop_asks_for_are_told() -> Result<()> {
    on_private_bus("desktop::the_colours_that_the_desktop_asks_for_are_told", async |bus| {
        let portal = Portal::attach(&bus).await?;
        let dir = tempfile::tempdir()?;
        let alone = Config::new(dir.path().to_owned(), Arc::new(SystemClock), Arc::new(Answers::default()));
        let config = Config { desktop: Arc::new(Freedesktop::new()), ..alone };
        let app = App::new(config).await.map_err(|failure| anyhow!("{}", failure.code))?;
        // Also before there is a record: the first run and the lock screen follow it too.
        told(&app, Theme::Dark).await?;
        portal.ask(2, 0).await?;
        told(&app, Theme::Light).await?;
        portal.ask(1, 1).await?;
        told(&app, Theme::Contrast).await?;
        let view = app.run(c::GetApp {}).await.map_err(|failure| anyhow!("{}", failure.code))?;
        assert_eq!(view.settings, SettingsView::default(), "nothing was chosen for the person");
        app.close().await.map_err(|failure| anyhow!("{}", failure.code))
    })
}
