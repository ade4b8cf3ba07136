//! Where a standard can be read.

/// A standard that is not an RFC.
struct Standard {
    /// The words with which a citation of it begins.
    name: &'static str,
    page: &'static str,
    /// What its sections are called as anchors, before the number; none, if they have no anchor of that kind.
    anchor: Option<&'static str>,
}

const fn standard(name: &'static str, page: &'static str, anchor: Option<&'static str>) -> Standard {
    Standard { name, page, anchor }
}

/// Pages of OpenID that were made like RFCs of old, and those that are made like RFCs today.
const OLD: Option<&str> = Some("rfc.section.");
const NEW: Option<&str> = Some("section-");

/// The first that fits counts.
static STANDARDS: [Standard; 17] = [
    standard("OAuth 2.1", "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1-16", NEW),
    standard("FAPI 2.0", "https://openid.net/specs/fapi-security-profile-2_0-final.html", NEW),
    standard("OpenID Connect Core", "https://openid.net/specs/openid-connect-core-1_0.html", OLD),
    standard("OpenID Connect Registration", "https://openid.net/specs/openid-connect-registration-1_0.html", OLD),
    standard("OpenID Connect Discovery", "https://openid.net/specs/openid-connect-discovery-1_0.html", OLD),
    standard("OpenID Connect RP-Initiated Logout", "https://openid.net/specs/openid-connect-rpinitiated-1_0.html", OLD),
    standard(
        "OpenID Connect Front-Channel Logout",
        "https://openid.net/specs/openid-connect-frontchannel-1_0.html",
        OLD,
    ),
    standard("OpenID Connect Back-Channel Logout", "https://openid.net/specs/openid-connect-backchannel-1_0.html", OLD),
    standard(
        "CIBA Core",
        "https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html",
        OLD,
    ),
    standard("Fetch", "https://fetch.spec.whatwg.org/", None),
    standard("WHATWG URL", "https://url.spec.whatwg.org/", None),
    standard("UTR #36", "https://www.unicode.org/reports/tr36/", None),
    standard("UTS #39", "https://www.unicode.org/reports/tr39/", None),
    standard(
        "IdentityServer: `Secret",
        "https://docs.duendesoftware.com/identityserver/reference/models/secrets/",
        None,
    ),
    standard("IdentityServer's", "https://docs.duendesoftware.com/identityserver/reference/options/", None),
    standard("IdentityServer", "https://docs.duendesoftware.com/identityserver/reference/models/client/", None),
    standard("CA/B BR", "https://cabforum.org/working-groups/server/baseline-requirements/requirements/", None),
];

/// The citations of a rule, such as `RFC 6749 §2.2; OAuth 2.1 §12.1`, each as a link to what it cites.
pub(crate) fn linked(citations: &str) -> String {
    let links = citations.split("; ").map(|citation| match address(citation) {
        Some(address) => format!("[{citation}]({address})"),
        None => citation.to_owned(),
    });
    links.collect::<Vec<_>>().join("; ")
}

fn address(citation: &str) -> Option<String> {
    if let Some(rfc) = citation.strip_prefix("RFC ") {
        let number: String = rfc.chars().take_while(char::is_ascii_digit).collect();
        let section = section(rfc).unwrap_or_default();
        return Some(format!("https://www.rfc-editor.org/rfc/rfc{number}.html{section}"));
    }
    let standard = STANDARDS.iter().find(|standard| citation.starts_with(standard.name))?;
    let section = standard.anchor.zip(number(citation, "§")).map(|(anchor, number)| format!("#{anchor}{number}"));
    Some(format!("{}{}", standard.page, section.unwrap_or_default()))
}

/// The first section that is cited, as the anchor that the RFC Editor gives it.
fn section(citation: &str) -> Option<String> {
    let section = number(citation, "§").map(|number| format!("#section-{number}"));
    section.or_else(|| number(citation, "App. ").map(|letter| format!("#appendix-{letter}")))
}

/// The first number behind a mark.
fn number<'a>(citation: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = citation.split_once(mark)?;
    let end = rest.find(|character: char| !character.is_ascii_alphanumeric() && character != '.');
    Some(rest[..end.unwrap_or(rest.len())].trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_citation_of_a_rule_leads_somewhere() {
        for rule in guestlist::rules::all() {
            for citation in rule.standard.split("; ") {
                assert!(address(citation).is_some(), "{}: {citation}", rule.name);
            }
        }
    }

    #[test]
    fn sections_and_appendices() {
        for (citation, expected) in [
            ("RFC 6749 §2.3.1, App. B", "https://www.rfc-editor.org/rfc/rfc6749.html#section-2.3.1"),
            ("RFC 6749 App. A.1", "https://www.rfc-editor.org/rfc/rfc6749.html#appendix-A.1"),
            ("RFC 8725", "https://www.rfc-editor.org/rfc/rfc8725.html"),
            (
                "OpenID Connect Core §3.1.2.1, §5.4",
                "https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.3.1.2.1",
            ),
            (
                "FAPI 2.0 §5.3.2.2 items 2–4",
                "https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.2",
            ),
            ("Fetch §3.3", "https://fetch.spec.whatwg.org/"),
            (
                "IdentityServer: `Secret.Value` is the digest",
                "https://docs.duendesoftware.com/identityserver/reference/models/secrets/",
            ),
        ] {
            assert_eq!(address(citation).as_deref(), Some(expected));
        }
    }
}
