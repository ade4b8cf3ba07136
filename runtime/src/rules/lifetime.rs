//! Rules about lifetimes.

use alloc::{format, string::String, vec::Vec};

use super::{Case, Check, ERROR, FAPI, Found, Message, Rule, WARNING, message, scope, token};
use crate::{AccessTokenType, Client, GrantType, Profile, RefreshTokenExpiration, Setting, Value};

pub(super) static RULES: &[&Rule] =
    &[&LIFETIME_NOT_POSITIVE, &LIFETIME_TOO_LONG, &LIFETIME_OVER_FAPI, &LIFETIME_SLIDING_ABSOLUTE];

/// The longest time: many systems keep seconds in a signed number of 32 bits.
const MOST: u32 = i32::MAX.unsigned_abs();
/// How often a client polls if nothing is said (RFC 8628 §3.2).
const POLLING_INTERVAL: u32 = 5;
/// How long a pushed request counts if nothing is said.
const PUSHED_AUTHORIZATION_LIFETIME: u32 = 600;

static LIFETIME_NOT_POSITIVE: Rule = Rule {
    name: "lifetime_not_positive",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §5.1; RFC 8628 §3.2, §3.5",
    protects: "A token or code that has no time to live is refused wherever it is used. \
               A device code that ends before the first poll can never be redeemed.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("60d8f1b3c7e5294ad1b07c8e5f3a962480cde7b1f4a6395d2e8c07b1f5d4a963")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    access_token_lifetime: 0,
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("60d8f1b3c7e5294ad1b07c8e5f3a962480cde7b1f4a6395d2e8c07b1f5d4a963")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    access_token_lifetime: 1,
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        lifetime_unusable(case, found);
        refresh_lifetime_unusable(case, found);
        lifetime_below_polling(case, found);
    }),
};

fn lifetime_unusable(case: &Case<'_>, found: &mut Found<'_>) {
    for setting in [
        Setting::AccessTokenLifetime,
        Setting::IdentityTokenLifetime,
        Setting::AuthorizationCodeLifetime,
        Setting::DeviceCodeLifetime,
        Setting::CibaLifetime,
        Setting::PushedAuthorizationLifetime,
        Setting::ConsentLifetime,
        Setting::UserSsoLifetime,
        Setting::PollingInterval,
    ] {
        if seconds(case, setting).is_some_and(|seconds| !is_usable(seconds)) {
            report_unusable(case, found, setting, message![]);
        }
    }
}

/// Of the refresh lifetimes, only the one that ends the token must be positive: an absolute lifetime of 0 is no cap on
/// sliding ones, and fixed ones do not slide.
fn refresh_lifetime_unusable(case: &Case<'_>, found: &mut Found<'_>) {
    let known = !case.definition.unread.contains(Setting::RefreshTokenExpiration);
    for (setting, expiration) in [
        (Setting::AbsoluteRefreshTokenLifetime, RefreshTokenExpiration::Absolute),
        (Setting::SlidingRefreshTokenLifetime, RefreshTokenExpiration::Sliding),
    ] {
        let Some(seconds) = seconds(case, setting) else { continue };
        if seconds > MOST {
            report_unusable(case, found, setting, message![]);
        } else if seconds == 0 && known && case.client.refresh_token_expiration == expiration {
            let under = message![" under ", (Setting::RefreshTokenExpiration, expiration)];
            report_unusable(case, found, setting, under);
        }
    }
}

fn report_unusable(case: &Case<'_>, found: &mut Found<'_>, setting: Setting, under: Message) {
    let time = if setting == Setting::PollingInterval { "interval" } else { "lifetime" };
    let mut message = message![(setting, case.client.value(setting)), format!(" is not a usable {time}")];
    message.pieces.extend(under.pieces);
    let limit = match seconds(case, setting) {
        Some(0) => "give 1 second or more".into(),
        _ => format!("give at most {MOST} seconds"),
    };
    let left_out = match Client::DEFAULT.value(setting) {
        Value::Seconds(default) => format!("; the default is {default}"),
        _ => ", or leave it out".into(),
    };
    found.report(case, case.place_of(setting), message, message![limit, left_out]);
}

fn lifetime_below_polling(case: &Case<'_>, found: &mut Found<'_>) {
    if case.definition.unread.contains(Setting::PollingInterval) {
        return;
    }
    let interval = case.client.polling_interval.unwrap_or(POLLING_INTERVAL);
    for (setting, grant) in
        [(Setting::DeviceCodeLifetime, GrantType::DeviceCode), (Setting::CibaLifetime, GrantType::Ciba)]
    {
        let Some(lifetime) = seconds(case, setting) else { continue };
        if case.has(&grant) && is_usable(lifetime) && is_usable(interval) && lifetime <= interval {
            let help = if case.wrote(Setting::PollingInterval) && POLLING_INTERVAL < lifetime {
                message!["set ", (Setting::PollingInterval, Some(POLLING_INTERVAL)), ", or make ", setting, " longer"]
            } else {
                message!["set for instance ", (setting, Value::Seconds(interval.saturating_mul(2).max(300)))]
            };
            found.report(
                case,
                case.place_of_first(&[setting, Setting::PollingInterval]),
                message![
                    (setting, case.client.value(setting)),
                    format!(" ends before the first poll: the polling interval is {interval} s")
                ],
                help,
            );
        }
    }
}

static LIFETIME_TOO_LONG: Rule = Rule {
    name: "lifetime_too_long",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §4.1.2; RFC 6750 §5.3; RFC 9700 §4.14.2; RFC 8628 §5.1, §5.4; FAPI 2.0 §6.1",
    protects: "What leaks stays good until it ends: a JWT cannot be called back, and a code that lives for hours can \
               be redeemed by whoever finds it in a log. Very large numbers are often milliseconds.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("94c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d49")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    authorization_code_lifetime: 300000,
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("94c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d49")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    authorization_code_lifetime: 600,
}"#,
    needs: &[Setting::AccessTokenType, Setting::AllowOfflineAccess, Setting::RefreshTokenExpiration],
    check: Check::Client(lifetime_too_long),
};

/// The longest that a lifetime should be, for a client on which it has an effect.
type Longest = fn(&Case<'_>) -> Option<u32>;

static LONGEST: [(Setting, Longest); 5] = [
    (Setting::AccessTokenLifetime, |case| {
        let is_jwt = case.client.access_token_type == AccessTokenType::Jwt;
        is_jwt.then_some(if case.server.profile == Profile::Fapi20 { 3600 } else { 86_400 })
    }),
    (Setting::IdentityTokenLifetime, |case| case.client.allows_scope(scope::OPENID).then_some(3600)),
    (Setting::AuthorizationCodeLifetime, |case| {
        // Otherwise it is `lifetime_over_fapi`.
        let is_over_fapi = case.server.profile == Profile::Fapi20 && case.has(&GrantType::AuthorizationCode);
        case.grant(GrantType::issues_code).filter(|_| !is_over_fapi).map(|_| 600)
    }),
    (Setting::DeviceCodeLifetime, |case| case.has(&GrantType::DeviceCode).then_some(1800)),
    (Setting::AbsoluteRefreshTokenLifetime, |case| token::gets_refresh_tokens(case).then_some(365 * 86_400)),
];

fn lifetime_too_long(case: &Case<'_>, found: &mut Found<'_>) {
    for (setting, longest) in &LONGEST {
        let Some(seconds) = seconds(case, *setting).filter(|seconds| *seconds <= MOST) else { continue };
        let is_like_milliseconds = is_like_milliseconds(seconds) && !case.definition.with_unit.contains(*setting);
        let longest = longest(case);
        let written = (*setting, case.client.value(*setting));
        let human = human(seconds);
        let message = match longest {
            Some(longest) if seconds > longest => {
                message![written, format!(" ({human}) is more than {}", self::human(longest))]
            }
            // Under absolute expiration it is `lifetime_not_positive`.
            Some(_) if seconds == 0 && case.client.refresh_token_expiration == RefreshTokenExpiration::Sliding => {
                message![written, " lets a refresh token be prolonged forever"]
            }
            // Any length may be meant for tokens that can be called back.
            None if *setting == Setting::AccessTokenLifetime && is_like_milliseconds => {
                message![written, format!(" is {human}")]
            }
            _ => continue,
        };
        let help = match longest {
            _ if is_like_milliseconds => {
                message!["values are in seconds: did you mean ", (*setting, seconds / 1000), "?"]
            }
            Some(longest) if seconds == 0 => message!["write for instance ", (*setting, longest)],
            Some(longest) => message!["write ", (*setting, longest), " or less"],
            None => message![],
        };
        found.report(case, case.place_of(*setting), message, help);
    }
}

/// Whether a bare number of seconds looks like one of milliseconds. Whole days of seconds, such as 2592000, are as a
/// rule no whole hours of milliseconds.
const fn is_like_milliseconds(number: u32) -> bool {
    let is_days = number.is_multiple_of(86_400) && !number.is_multiple_of(3_600_000);
    number >= 300_000 && number.is_multiple_of(1000) && !is_days
}

static LIFETIME_OVER_FAPI: Rule = Rule {
    name: "lifetime_over_fapi",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.1 item 11, §5.3.2.2 item 12",
    protects: "A code that leaks can be redeemed until it ends, and a pushed request can be used until it ends. \
               FAPI 2.0 leaves an attacker one minute for the one and less than ten for the other.",
    wrong: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("5d0c7e91b8f4263ad7e0c51b9f8a642310dec7b8")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["accounts"],
    authorization_code_lifetime: minutes(2),
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    right: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("5d0c7e91b8f4263ad7e0c51b9f8a642310dec7b8")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["accounts"],
    authorization_code_lifetime: minutes(1),
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        if !case.has(&GrantType::AuthorizationCode) {
            return;
        }
        let unread = |setting| case.definition.unread.contains(setting);
        let setting = Setting::AuthorizationCodeLifetime;
        let seconds = case.client.authorization_code_lifetime;
        if seconds > 60 && !unread(setting) {
            over_fapi(case, found, setting, seconds, 60, message!["set ", (setting, 60_u32)]);
        }
        let setting = Setting::PushedAuthorizationLifetime;
        let seconds = case.client.pushed_authorization_lifetime.unwrap_or(PUSHED_AUTHORIZATION_LIFETIME);
        if seconds >= 600 && !unread(setting) {
            over_fapi(case, found, setting, seconds, 599, message!["set ", (setting, 90_u32)]);
        }
    }),
};

fn over_fapi(case: &Case<'_>, found: &mut Found<'_>, setting: Setting, seconds: u32, most: u32, help: Message) {
    let is = if case.wrote(setting) { " is" } else { " is not set, which means" };
    let message = message![setting, format!("{is} {seconds} s; FAPI 2.0 allows {most} s")];
    found.report(case, case.place_of(setting), message, help);
}

static LIFETIME_SLIDING_ABSOLUTE: Rule = Rule {
    name: "lifetime_sliding_absolute",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §4.14.2",
    protects: "The absolute lifetime ends a refresh token whatever the sliding one says. Where it is the shorter one, \
               users have to sign in again sooner than whoever wrote the definition meant.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("0f6a8e3c71d5b294e8c07d1b5f9a364287ce0d1bf4a5396d8e2c07b1f6d5a394")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allow_offline_access: true,
    allowed_scopes: ["openid", "api1"],
    refresh_token_expiration: Sliding,
    absolute_refresh_token_lifetime: days(15),
    sliding_refresh_token_lifetime: days(30),
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("0f6a8e3c71d5b294e8c07d1b5f9a364287ce0d1bf4a5396d8e2c07b1f6d5a394")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allow_offline_access: true,
    allowed_scopes: ["openid", "api1"],
    refresh_token_expiration: Sliding,
    absolute_refresh_token_lifetime: days(30),
    sliding_refresh_token_lifetime: days(30),
}"#,
    needs: &[
        Setting::AllowOfflineAccess,
        Setting::RefreshTokenExpiration,
        Setting::AbsoluteRefreshTokenLifetime,
        Setting::SlidingRefreshTokenLifetime,
        Setting::AccessTokenLifetime,
    ],
    check: Check::Client(lifetime_sliding_absolute),
};

fn lifetime_sliding_absolute(case: &Case<'_>, found: &mut Found<'_>) {
    let client = case.client;
    let absolute = client.absolute_refresh_token_lifetime;
    // 0 is no cap.
    let capped = client.refresh_token_expiration == RefreshTokenExpiration::Sliding && absolute > 0;
    if !capped || !token::gets_refresh_tokens(case) {
        return;
    }
    let setting = Setting::AbsoluteRefreshTokenLifetime;
    let written = (setting, absolute);
    let human_absolute = human(absolute);
    let (other, seconds, message, help) = if absolute <= client.access_token_lifetime {
        (
            Setting::AccessTokenLifetime,
            client.access_token_lifetime,
            format!(" ({human_absolute}) leaves nothing to refresh: it is no longer than "),
            if case.wrote(setting) {
                message!["make it longer than ", Setting::AccessTokenLifetime, ", or leave it out"]
            } else {
                message!["shorten ", Setting::AccessTokenLifetime]
            },
        )
    } else if client.sliding_refresh_token_lifetime > absolute {
        let sliding = client.sliding_refresh_token_lifetime;
        (
            Setting::SlidingRefreshTokenLifetime,
            sliding,
            format!(" ({human_absolute}) cuts off "),
            message!["set ", (setting, sliding), " or more, or shorten ", Setting::SlidingRefreshTokenLifetime],
        )
    } else {
        return;
    };
    found.report(
        case,
        case.place_of_first(&[setting, other]),
        message![written, message, (other, seconds), format!(" ({})", human(seconds))],
        help,
    );
}

/// The value of a lifetime, if it is set and could be read.
fn seconds(case: &Case<'_>, setting: Setting) -> Option<u32> {
    if case.definition.unread.contains(setting) {
        return None;
    }
    match case.client.value(setting) {
        Value::Seconds(seconds) | Value::OptionalSeconds(Some(seconds)) => Some(seconds),
        _ => None,
    }
}

const fn is_usable(seconds: u32) -> bool {
    1 <= seconds && seconds <= MOST
}

/// `90061` as `1 day 1 hour 1 minute 1 second`.
pub(super) fn human(seconds: u32) -> String {
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")] {
        let count = rest / size;
        rest %= size;
        match count {
            0 => {}
            1 => parts.push(format!("1 {unit}")),
            _ => parts.push(format!("{count} {unit}s")),
        }
    }
    if parts.is_empty() { "0 seconds".into() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::{Definition, Place, check_client};
    use super::*;
    use crate::Server;

    /// The findings about lifetimes: rule, place and message.
    fn findings(server: &Server, client: Client) -> Vec<(&'static str, Place, String)> {
        let all = check_client(server, client);
        let of_lifetimes = all.iter().filter(|finding| finding.rule.name.starts_with("lifetime"));
        of_lifetimes.map(|finding| (finding.rule.name, finding.place, finding.message.to_string())).collect()
    }

    #[test]
    fn times_for_people() {
        for (seconds, expected) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (601, "10 minutes 1 second"),
            (86_400, "1 day"),
            (90_000, "1 day 1 hour"),
        ] {
            assert_eq!(human(seconds), expected);
        }
    }

    #[test]
    fn zero_counts_only_where_it_ends_the_token() {
        let client = |expiration, absolute, sliding| Client {
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            allow_offline_access: true,
            refresh_token_expiration: expiration,
            absolute_refresh_token_lifetime: absolute,
            sliding_refresh_token_lifetime: sliding,
            ..Client::default()
        };
        use RefreshTokenExpiration::{Absolute, Sliding};
        for (client, expected) in [
            (client(Absolute, 0, 100), Some("lifetime_not_positive")),
            (client(Absolute, 86_400, 0), None),
            (client(Sliding, 0, 86_400), Some("lifetime_too_long")),
            (client(Sliding, 86_400, 0), Some("lifetime_not_positive")),
            (client(Sliding, 86_400, 86_400), None),
            (client(Sliding, 86_400, 86_401), Some("lifetime_sliding_absolute")),
            (client(Absolute, 86_400, 86_401), None),
            (client(Sliding, 3600, 3600), Some("lifetime_sliding_absolute")),
            (client(Absolute, u32::MAX, 100), Some("lifetime_not_positive")),
        ] {
            let found = findings(&Server::default(), client.clone());
            let names: Vec<_> = found.iter().map(|(name, ..)| *name).collect();
            assert_eq!(names, Vec::from_iter(expected), "{client:?}");
        }
    }

    #[test]
    fn a_device_polls_before_its_code_ends() {
        let client = |lifetime, interval| Client {
            allowed_grant_types: [GrantType::DeviceCode].into(),
            device_code_lifetime: lifetime,
            polling_interval: interval,
            ..Client::default()
        };
        let place = |client| findings(&Server::default(), client).first().map(|(_, place, _)| *place);
        assert_eq!(place(client(6, None)), None);
        assert_eq!(place(client(5, None)), Some(Place::Value(Setting::DeviceCodeLifetime)));
        assert_eq!(place(client(300, Some(300))), Some(Place::Value(Setting::PollingInterval)));
        let other = Client { allowed_grant_types: [GrantType::Ciba].into(), ..client(5, None) };
        assert_eq!(place(other), None);
        for (lifetime, interval, expected) in [
            (5, 5, "set for instance `device_code_lifetime: 300`"),
            (5, 400, "set for instance `device_code_lifetime: 800`"),
            (6, 10, "set `polling_interval: 5`, or make `device_code_lifetime` longer"),
        ] {
            let found = check_client(&Server::default(), client(lifetime, Some(interval)));
            let of_polling = found.iter().find(|finding| finding.rule.name == "lifetime_not_positive");
            let help = of_polling.map(|finding| finding.help.to_string());
            assert_eq!(help.as_deref(), Some(expected), "{lifetime} {interval}");
        }
    }

    #[test]
    fn long_lifetimes() {
        let client = |seconds, access_token_type| Client {
            allowed_grant_types: [GrantType::ClientCredentials].into(),
            access_token_lifetime: seconds,
            access_token_type,
            ..Client::default()
        };
        let (jwt, reference) = (AccessTokenType::Jwt, AccessTokenType::Reference);
        let fapi = Server { profile: Profile::Fapi20, ..Server::default() };
        let message = |server: &Server, client| findings(server, client).pop().map(|(.., message)| message);
        for (server, client, expected) in [
            (&Server::default(), client(86_400, jwt), None),
            (
                &Server::default(),
                client(86_401, jwt),
                Some("`access_token_lifetime: 86401` (1 day 1 second) is more than 1 day"),
            ),
            (&fapi, client(7200, jwt), Some("`access_token_lifetime: 7200` (2 hours) is more than 1 hour")),
            (&Server::default(), client(2_592_000, reference), None),
            (
                &Server::default(),
                client(3_600_000, reference),
                Some("`access_token_lifetime: 3600000` is 41 days 16 hours"),
            ),
            // One day in milliseconds.
            (&Server::default(), client(86_400_000, reference), Some("`access_token_lifetime: 86400000` is 1000 days")),
        ] {
            assert_eq!(message(server, client).as_deref(), expected);
        }
    }

    #[test]
    fn only_a_bare_number_is_like_milliseconds() {
        for (access_token_type, with_unit, expected) in [
            (AccessTokenType::Reference, true, None),
            (AccessTokenType::Jwt, true, Some("write `access_token_lifetime: 86400` or less")),
            (AccessTokenType::Jwt, false, Some("values are in seconds: did you mean `access_token_lifetime: 900`?")),
        ] {
            let mut definition = Definition::from(Client {
                allowed_grant_types: [GrantType::ClientCredentials].into(),
                access_token_lifetime: 250 * 3600,
                access_token_type,
                ..Client::default()
            });
            if with_unit {
                definition.with_unit.insert(Setting::AccessTokenLifetime);
            }
            let found = check_client(&Server::default(), definition);
            let too_long = found.iter().find(|finding| finding.rule.name == "lifetime_too_long");
            assert_eq!(too_long.map(|finding| finding.help.to_string()).as_deref(), expected);
        }
    }

    #[test]
    fn fapi_counts_defaults_too() {
        let fapi = Server { profile: Profile::Fapi20, ..Server::default() };
        let client = Client {
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            pushed_authorization_lifetime: Some(599),
            ..Client::default()
        };
        assert_eq!(
            findings(&fapi, client.clone()),
            [(
                "lifetime_over_fapi",
                Place::Client,
                "`authorization_code_lifetime` is not set, which means 300 s; FAPI 2.0 allows 60 s".into()
            )]
        );
        let client = Client { pushed_authorization_lifetime: None, authorization_code_lifetime: 60, ..client };
        assert_eq!(
            findings(&fapi, client),
            [(
                "lifetime_over_fapi",
                Place::Client,
                "`pushed_authorization_lifetime` is not set, which means 600 s; FAPI 2.0 allows 599 s".into()
            )]
        );
    }
}
