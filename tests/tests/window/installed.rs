//! The program of an installed package, in the clean root that `cargo xtask package --check` and `cargo xtask test` make: it shows its
//! first page with what the package brought and named, and keeps a record where it belongs.

use std::path::Path;

use anyhow::Context;
use salus_tests::stage::Stage;
use thirtyfour::Key;

/// What starts it.
const VARIABLE: &str = "SALUS_INSTALLED";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask package --check` installs a package, and runs this"]
async fn it_shows_the_first_page_and_makes_a_record() -> anyhow::Result<()> {
    let app = std::env::var_os(VARIABLE)
        .with_context(|| format!("{VARIABLE} is not set: run `cargo xtask package --check`"))?;
    let stage = Stage::set_installed(Path::new(&app)).await?;
    let outcome = play(&stage).await;
    stage.end(outcome, "window-installed-failed.png").await
}

async fn play(stage: &Stage) -> anyhow::Result<()> {
    assert_eq!(stage.window.title().await?, "Salus");
    super::first_run(stage).await?;
    stage.see(".empty").await?;
    stage.photograph("window-installed.png").await?;
    // Then everything of it is on the disk.
    stage.tab_to("lock").await?;
    stage.press(Key::Enter).await?;
    stage.see("#unlock").await
}
