//! The rulebook on definitions near the examples of its rules: it always says the same, of places that exist, and a
//! stricter profile says no less.
#![no_main]

use guestlist_fuzz::near::Near;
use guestlist_runtime::rules::{self, Definition, Finding, Level, Place, Report, Rule};
use guestlist_runtime::{Client, Profile, Server, Text, Value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|near: Near| {
    let Near { server, definitions, now } = near;
    let [default, oauth21, fapi20] = [Profile::Default, Profile::OAuth21, Profile::Fapi20].map(|profile| {
        let server = Server { profile, ..server.clone() };
        let report = rules::check(&server, &definitions, Vec::new());
        assert_eq!(shown(&report), shown(&rules::check_at(&server, &definitions, Vec::new(), now)));
        report.findings.iter().for_each(|finding| in_place(&server, &definitions, finding));
        in_order(&report);
        report
    });
    no_less(&default, &oauth21);
    no_less(&default, &fapi20);
});

/// What does not depend on the time, as text.
fn shown(report: &Report) -> Vec<String> {
    let findings = report.findings.iter().filter(|finding| !finding.rule.needs_time());
    let shown = findings.map(|finding| {
        let Finding { level, client, place, bytes, other, note, .. } = finding;
        format!("{finding} {level:?} {client:?} {place:?} {bytes:?} {other:?} {note}")
    });
    shown.collect()
}

/// The findings of each client together, in the order of the catalogue.
fn in_order(report: &Report) {
    let rank = |rule: &Rule| rules::all().position(|other| other.name == rule.name);
    assert!(report.findings.is_sorted_by_key(|finding| (finding.client, rank(finding.rule))));
}

/// The place is there, the bytes lie within the text there, and no message is disguised by what it quotes.
fn in_place(server: &Server, definitions: &[Definition], finding: &Finding) {
    assert_ne!(finding.level, Level::Silent);
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!finding.to_string().contains(is_hidden), "{finding:?}");
    let Some(text) = text_at(server, definitions, finding.client, finding.place) else {
        panic!("{finding}: there is no {:?}", finding.place)
    };
    if let Some(bytes) = &finding.bytes {
        let marked = text.as_deref().and_then(|text| text.get(bytes.clone()));
        assert!(marked.is_some(), "{finding}: {bytes:?} of {text:?} at {:?}", finding.place);
    }
    if let Some((client, place)) = finding.other {
        assert!(text_at(server, definitions, client, place).is_some(), "{finding}: there is no other {place:?}");
    }
}

/// What stands at a place that exists: a text, or something else.
fn text_at(server: &Server, definitions: &[Definition], client: Option<usize>, place: Place) -> Option<Option<Text>> {
    let definition = client.and_then(|client| definitions.get(client));
    let client = definition.map(|definition| &definition.client);
    if let (Some(setting), Some(client)) = (place.setting(), client) {
        // A setting that is neither written nor has a value of its own has no place.
        let is_written = definition.is_some_and(|definition| definition.written.contains(setting));
        if !is_written && client.value(setting) == Client::DEFAULT.value(setting) {
            return None;
        }
    }
    match place {
        Place::Client => client.map(|client| Some(client.client_id.clone())),
        Place::Setting(setting) | Place::Value(setting) => match client?.value(setting) {
            Value::Text(text) => Some(Some(text)),
            Value::OptionalText(text) => Some(text),
            _ => Some(None),
        },
        Place::Item(setting, at) => match client?.value(setting) {
            Value::Texts(texts) => texts.get(at).cloned().map(Some),
            Value::GrantTypes(grants) => grants.get(at).map(|grant| Some(grant.as_str().into())),
            Value::Secrets(secrets) => secrets.get(at).map(|secret| Some(secret.value.stored().into())),
            Value::SigningAlgorithms(algorithms) => algorithms.get(at).map(|_| None),
            Value::DpopValidationModes(modes) => modes.get(at).map(|_| None),
            Value::Claims(claims) => claims.get(at).map(|claim| Some(claim.claim_type.clone())),
            Value::Properties(properties) => properties.get(at).map(|property| Some(property.key.clone())),
            _ => None,
        },
        Place::Server("issuer", None) => Some(server.issuer.clone()),
        Place::Server("identity_scopes", Some(at)) => server.identity_scopes.get(at).cloned().map(Some),
        Place::Server("api_scopes", Some(at)) => server.api_scopes.get(at).map(|scope| Some(scope.name.clone())),
        Place::Server("default_scopes", Some(at)) => server.default_scopes.get(at).cloned().map(Some),
        Place::Server("insecure_http_hosts", Some(at)) => server.insecure_http_hosts.get(at).cloned().map(Some),
        Place::Server("insecure_http_hosts", None) => Some(None),
        _ => None,
    }
}

/// Where a stricter profile has no error, `Default` has none, and each of its warnings is there too. (Beside an error,
/// what follows from it is silent.)
///
/// FAPI 2.0 has no word on three cases that are a warning by default: `refresh_public_reuse` (W/E/–),
/// `redirect_uri_shared_scheme` (W/W/–), and `scope_openid_missing` where only the implicit or the hybrid grant needs
/// `openid` (W/W/–). The first two are about public clients, and it refuses those as it refuses both grants: none is an
/// exception here.
fn no_less(default: &Report, strict: &Report) {
    if strict.refuses() {
        return;
    }
    assert!(!default.refuses());
    for finding in &default.findings {
        let is_same = |other: &Finding| {
            (other.rule.name, other.client, other.place) == (finding.rule.name, finding.client, finding.place)
        };
        assert!(strict.findings.iter().any(is_same), "{finding}");
    }
}
