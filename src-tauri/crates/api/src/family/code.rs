//! A relative's code: made by the one who is to help, read by the one who is to be helped.

use salus_light::LightClient;
use salus_sharing::circle::{Code, RelativeSecret};
use salus_wire::command::{CheckFamilyCode, MakeFamilyCode};
use salus_wire::view::{FamilyCodeView, RelativeView};
use salus_wire::{CodeId, ErrorCode, Failure};

use super::kept::{Coded, Facts};
use crate::app::rng;
use crate::failure::{OrFail, bug};
use crate::share::qr::handed;
use crate::{App, Run};

/// Longest code text looked at: a code is below 1 KiB.
const MAX_TEXT: usize = 8 * 1024;
/// Codes that nobody used, at most: letters are looked for under each.
const MOST_CODES: usize = 8;

impl Run for MakeFamilyCode {
    async fn run(self, app: &App) -> Result<FamilyCodeView, Failure> {
        let chain = app.0.network.genesis()?.chain_id();
        let open = app.open().await?;
        let unused = Coded::all(&open.vault).await?.iter().filter(|c| c.facts.circle.is_none()).count();
        if unused >= MOST_CODES {
            return Err(ErrorCode::TooMany.into());
        }
        let name = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
        let secret = RelativeSecret::generate(&mut rng());
        let code = Code::make(&secret, &name, &chain);
        let code = code.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        let text = code.to_text().map_err(|_| bug("a relative's code has no text"))?;
        let id = CodeId(secret.signing.verifying_key().0);
        let view = FamilyCodeView { id, square: handed(&text), code: text, digits: code.digits() };
        // On disk before anybody sees it.
        let made = app.now();
        let facts = Facts { made, circle: None, number: 0, read: Vec::new(), guardian: false, agreed: None };
        Coded { facts, secret }.save(&open.vault).await?;
        Ok(view)
    }
}

impl Run for CheckFamilyCode {
    async fn run(self, app: &App) -> Result<RelativeView, Failure> {
        let client = app.0.network.client()?;
        let code = read(&client, &self.code)?;
        Ok(RelativeView { name: code.relative().name.clone(), digits: code.digits() })
    }
}

/// Reads a code and checks its signature.
pub(super) fn read(client: &LightClient, text: &str) -> Result<Code, Failure> {
    if text.len() > MAX_TEXT {
        return Err(ErrorCode::TooLarge.into());
    }
    Code::from_text(text, &client.chain_id()).or_fail()
}
