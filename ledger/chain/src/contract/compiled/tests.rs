use super::super::{Action, Facts, MAX_DEPTH, MAX_TOKENS};
use super::*;
use crate::fixture::{Chain, START};

fn when(condition: &str) -> String {
    format!("permit (principal, action, resource) when {{ {condition} }};")
}

fn fault(text: &str) -> Option<ContractFault> {
    Compiled::check(text).err()
}

#[test]
fn what_fits_the_schema_is_a_contract() {
    for good in [
        "context.now >= resource.begins && context.now < resource.ends",
        "resource.lasts <= duration(\"7d\") && context.approvals >= 1",
        "principal.attested && principal.organisation == 2 && principal.credential_left > duration(\"1h\")",
        "context.purpose == \"emergency\" && [1, 2].contains(context.reason)",
        "if context.level == 0 then context.seconded else context.slot_end <= context.now",
        "context.now.toTime() < duration(\"12h\") || context.waited.toMinutes() >= 30",
    ] {
        assert_eq!(fault(&when(good)), None, "{good}");
    }
}

#[test]
fn what_does_not_fit_the_schema_is_none() {
    for bad in [
        // Names that there are not, types that do not match, and what the strict mode does not allow.
        "context.diagnosis == \"x\"",
        "principal.name == \"Dr A\"",
        "resource.owner == principal",
        "context.level == \"4\"",
        "context.reason + context.purpose == 1",
        "context.now > 5",
        "duration(context.purpose) > duration(\"1h\")",
        "datetime(\"yesterday\") < context.now",
        "context.reason",
        "principal in Group::\"g\"",
        "context has diagnosis && context.diagnosis == 1",
        "[] == [1]",
    ] {
        assert_eq!(fault(&when(bad)), Some(ContractFault::Schema), "{bad}");
    }
    let action = "permit (principal, action == Action::\"sell\", resource);";
    assert_eq!(fault(action), Some(ContractFault::Schema));
    let kind = "permit (principal is Patient, action, resource);";
    assert_eq!(fault(kind), Some(ContractFault::Schema));
}

#[test]
fn a_policy_that_can_never_apply_is_refused() {
    assert_eq!(fault(&when("false")), Some(ContractFault::Schema));
    assert_eq!(fault(&when("context.seconded && principal == resource")), Some(ContractFault::Schema));
    let beside = format!("permit (principal, action, resource);\n{}", when("false"));
    assert_eq!(fault(&beside), Some(ContractFault::Schema));
}

#[test]
fn what_is_not_in_the_language_is_refused() {
    for bad in ["allow everything;", "permit (principal, action);", ";"] {
        assert_eq!(fault(bad), Some(ContractFault::Syntax), "{bad}");
    }
    for bad in ["1 +", "1 % 2 == 0", "context.now.tomorrow()", "1 == 1 == 1"] {
        assert_eq!(fault(&when(bad)), Some(ContractFault::Syntax), "{bad}");
    }
}

#[test]
fn prohibitions_alone_are_no_contract() {
    assert_eq!(fault("forbid (principal, action, resource);"), Some(ContractFault::NoPermit));
    let both = "permit (principal, action, resource);\nforbid (principal, action, resource);";
    assert_eq!(fault(both), None);
}

#[test]
fn the_bounds_hold_before_the_parser() {
    assert_eq!(fault("permit (principal == ?principal, action, resource);"), Some(ContractFault::Template));
    assert_eq!(fault(&when(&"(".repeat(MAX_DEPTH))), Some(ContractFault::TooDeep));
    assert_eq!(fault(&when(&"1 + ".repeat(MAX_TOKENS / 2))), Some(ContractFault::TooManyTokens));
    assert_eq!(Compiled::parse("").err(), Some(ContractFault::Policies(0)));
}

/// The longest text within the bounds that `part` makes of a count.
fn longest(part: impl Fn(usize) -> String) -> String {
    let texts = (1..=MAX_TOKENS).map(|count| when(&part(count)));
    texts.take_while(|text| bounds::within(text).is_ok()).last().unwrap()
}

// What recurses in the engine: operators in a row, nested conditions, calls and brackets. On half of the stack, and this is
// the unoptimised build with its largest frames; a stack that overflows ends the test program.
#[test]
fn the_deepest_texts_take_less_than_half_of_the_stack() {
    let nested = |open: &str, inner: &str, close: &str, n: usize| {
        format!("{}{inner}{}", open.repeat(n), close.repeat(n))
    };
    let valid = [
        longest(|n| format!("true{}", "&&true".repeat(n))),
        longest(|n| format!("false{}||true", "||false".repeat(n))),
        longest(|n| format!("1{} > 0", "+1".repeat(n))),
        longest(|n| format!("1{} < 2", "-1".repeat(n))),
        longest(|n| format!("1{} == 1", "*1".repeat(n))),
        longest(|n| nested("if true then true else ", "true", "", n)),
        longest(|n| format!("context.now{} > context.now", ".offset(duration(\"1ms\"))".repeat(n))),
        longest(|n| nested("(", "true", ")", n)),
        longest(|n| nested("!!!!(", "true", ")", n)),
        longest(|n| format!("{} == {}", nested("[", "1", "]", n), nested("[", "1", "]", n))),
        longest(|n| format!("{} == {}", nested("{a:", "1", "}", n), nested("{a:", "1", "}", n))),
    ];
    let chain = Chain::new(1);
    let facts = Facts::of(&chain.body(1).terms, START);
    for text in &valid {
        let outcome = stacker::grow(16 << 20, || validate(&parse(text)?));
        assert_eq!(outcome, Ok(()), "{text}");
        assert!(Compiled::check(text).unwrap().permits(Action::Open, &facts), "{text}");
    }
    let invalid = [
        longest(|n| format!("context{}", ".a".repeat(n))),
        longest(|n| format!("context has a{}", ".a".repeat(n))),
        longest(|n| format!("context{}", "[\"a\"]".repeat(n))),
        longest(|n| format!("{}true", "!".repeat(n))),
        longest(|n| format!("true{}", " == true".repeat(n))),
        longest(|n| format!("a{}", "::a".repeat(n))),
    ];
    for text in &invalid {
        let outcome = stacker::grow(16 << 20, || validate(&parse(text)?));
        assert!(outcome.is_err() && Compiled::check(text).is_err(), "{text}");
    }
}
