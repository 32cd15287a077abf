//! A contract that loops, grows or errs: what is not within its bounds is not recorded, what fails while it is asked denies, and
//! members go on.

use anyhow::{Result, ensure};
use salus_chain::contract::{MAX_CONTRACT, MAX_DEPTH, MAX_POLICIES, MAX_TOKENS, contract_hash};
use salus_chain::ids::Hash32;
use salus_chain::state::TxRefused;
use salus_chain::tx::{ContractBody, Purpose, Tx};
use salus_keeper::release::Refusal;

use crate::permission::Permission;
use crate::stage::{DAY, NEVER, Stage, key};

const CASE: u8 = 9;
const AUTHOR: u8 = 10;
const EVERYTHING: &str = "permit (principal, action, resource);";

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    loops_or_grows(stage).await?;
    is_as_large_as_may_be(stage).await?;
    errs(stage).await?;
    is_not_there(stage).await
}

fn tx(stage: &Stage, author: u8, text: &str) -> Tx {
    let author = key(CASE, author);
    let body =
        ContractBody { author_pk: author.verifying_key(), valid_until_height: NEVER, text: text.to_owned() };
    Tx::Contract(body.sign(&stage.chain(), stage.pow_bits(), &author))
}

fn when(condition: &str) -> String {
    format!("permit (principal, action, resource) when {{ {condition} }};")
}

async fn recorded(stage: &Stage, what: &str, text: &str) -> Result<Hash32> {
    stage.record(what, &tx(stage, AUTHOR, text)).await?;
    Ok(contract_hash(text))
}

async fn not_recorded(stage: &Stage, what: &str, text: &str, why: TxRefused) -> Result<()> {
    stage.refused(what, &tx(stage, AUTHOR, text), why).await?;
    let contract = stage.client.prove_contract(&contract_hash(text)).await?.value;
    ensure!(contract.is_none(), "{what}: it is recorded");
    Ok(())
}

/// Permission `number` under a contract, dealt and not recorded.
async fn under(stage: &Stage, number: u8, contract: Hash32) -> Result<Permission> {
    Permission::deal(stage, key(CASE, 100 + number), key(CASE, 200 + number), DAY, contract).await
}

async fn loops_or_grows(stage: &Stage) -> Result<()> {
    let brackets = MAX_DEPTH + 1;
    for (what, text) in [
        ("a loop", when("while (true) { true }")),
        ("a call of itself", when("permit(principal, action, resource)")),
        ("a function of its own", when("context.again(context)")),
        ("a template", "permit (principal == ?principal, action, resource);".to_owned()),
        ("a comment", format!("// for ever\n{EVERYTHING}")),
        ("an annotation", format!("@again(\"again\") {EVERYTHING}")),
        ("too many policies", EVERYTHING.repeat(MAX_POLICIES + 1)),
        ("too many words", when(&format!("1{} > 0", " + 1".repeat(MAX_TOKENS / 2)))),
        ("too many brackets", when(&format!("{}true{}", "(".repeat(brackets), ")".repeat(brackets)))),
        ("what can never be", when("false")),
        ("a fact that nobody has", when("context.diagnosis == \"x\"")),
        ("nothing permitted", "forbid (principal, action, resource);".to_owned()),
    ] {
        not_recorded(stage, what, &text, TxRefused::ContractInvalid).await?;
    }
    let long = format!("{EVERYTHING}{}", " ".repeat(MAX_CONTRACT + 1 - EVERYTHING.len()));
    not_recorded(stage, "too many octets", &long, TxRefused::Malformed).await
}

/// The longest text of one kind within the bounds: every member records and evaluates it, and goes on.
async fn is_as_large_as_may_be(stage: &Stage) -> Result<()> {
    // Thirteen words and signs around it, and three for each further condition.
    let largest = when(&format!("true{}", "&&true".repeat((MAX_TOKENS - 13) / 3)));
    let contract = recorded(stage, "the largest contract", &largest).await?;
    let permission = under(stage, 1, contract).await?;
    stage.record("a permission under it", &permission.plain(stage)).await?;
    permission.opened(stage, "under the largest contract").await?;
    let height = stage.client.fresh_head().await?.height;
    stage.level(|member| member.height > height).await
}

/// A prohibition that fails when there is a reason: the policy language would pass over it, members deny.
async fn errs(stage: &Stage) -> Result<()> {
    let text = format!(
        "{EVERYTHING}\n\
         forbid (principal, action, resource)\n\
         when {{ 9223372036854775807 + context.reason > 0 && context.seconded }};"
    );
    let contract = recorded(stage, "a contract that errs", &text).await?;
    let permission = under(stage, 2, contract).await?;
    stage.record("a permission under it", &permission.plain(stage)).await?;
    let reader = &permission.reader;
    let (receipt, request) =
        permission.opening(stage, reader)?.stated(stage, reader, (Purpose::Treatment, 1), None);
    stage.refused("it fails", &receipt, TxRefused::ContractDenies).await?;
    stage.keepers_refuse("it fails", &request, &[Refusal::NoReceipt]).await?;
    permission.opened(stage, "it does not fail").await?;
    let again = tx(stage, AUTHOR + 1, &text);
    stage.refused("the same contract by another", &again, TxRefused::ContractExists).await
}

async fn is_not_there(stage: &Stage) -> Result<()> {
    let permission = under(stage, 3, contract_hash("nobody recorded this")).await?;
    not_given(stage, "a contract of nobody", &permission, TxRefused::Contract).await?;
    let opening = "permit (principal, action == Action::\"open\", resource);";
    let contract = recorded(stage, "a contract that lets nobody give", opening).await?;
    let permission = under(stage, 4, contract).await?;
    not_given(stage, "against its contract", &permission, TxRefused::ContractDenies).await
}

async fn not_given(stage: &Stage, what: &str, permission: &Permission, why: TxRefused) -> Result<()> {
    stage.refused(what, &permission.plain(stage), why).await?;
    let grant = stage.client.prove_grant(&permission.id).await?.value;
    ensure!(grant.is_none(), "{what}: it is recorded");
    permission.closed(stage, what, TxRefused::UnknownGrant).await
}
