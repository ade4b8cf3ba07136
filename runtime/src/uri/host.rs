//! Hosts and ports: what a URI may have, and what they are.

use crate::character::Shown;
use alloc::{
    format,
    string::{String, ToString},
};
use core::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// The longest name and the longest label of the DNS: RFC 1035 §2.3.4, as text.
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// What is wrong with a host, see [`check_host`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HostProblem<'a> {
    /// There is no host.
    Empty,
    /// The name is longer than 253 bytes.
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A character that no host name has.
    Character {
        /// The character.
        character: char,
        /// Its byte offset in the host.
        offset: usize,
    },
    /// Percent-encoding, which RFC 3986 allows and no host name has.
    Percent {
        /// The byte offset of the `%` in the host.
        offset: usize,
    },
    /// Two dots in a row, or a dot at the beginning.
    EmptyLabel,
    /// A label longer than 63 bytes.
    LabelTooLong {
        /// The label.
        label: &'a str,
    },
    /// A label that begins with `-`.
    LeadingHyphen {
        /// The label.
        label: &'a str,
    },
    /// A label that ends with `-`.
    TrailingHyphen {
        /// The label.
        label: &'a str,
    },
    /// The last label is a number, so that browsers read an IPv4 address, but not one of four plain decimals.
    Ipv4 {
        /// The address that browsers read, if they do not refuse it.
        address: Option<Ipv4Addr>,
    },
    /// The brackets hold no IPv6 address.
    Ipv6,
    /// The IPv6 address has a zone id, which means something on one machine only.
    Ipv6Zone {
        /// The address without its zone.
        address: Ipv6Addr,
        /// The zone, from its `%`.
        zone: &'a str,
    },
    /// An IPv6 address without brackets.
    Ipv6Unbracketed {
        /// The address.
        address: Ipv6Addr,
    },
    /// `0.0.0.0` or `[::]`, in any spelling: every interface of a listener, nothing to connect to.
    Unspecified {
        /// The address.
        address: IpAddr,
    },
}

impl HostProblem<'_> {
    /// The host to write instead, where that can be known.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::check_host;
    ///
    /// let suggestion = |host| check_host(host).err().and_then(|problem| problem.suggestion());
    /// assert_eq!(suggestion("127.1").as_deref(), Some("127.0.0.1"));
    /// assert_eq!(suggestion("0.0.0.0").as_deref(), Some("127.0.0.1"));
    /// assert_eq!(suggestion("a..b"), None);
    /// ```
    pub fn suggestion(&self) -> Option<String> {
        match *self {
            Self::Ipv4 { address } => address.map(|address| address.to_string()),
            Self::Ipv6Zone { address, .. } | Self::Ipv6Unbracketed { address } => Some(bracketed(address)),
            Self::Unspecified { address: IpAddr::V4(_) } => Some(Ipv4Addr::LOCALHOST.to_string()),
            Self::Unspecified { address: IpAddr::V6(_) } => Some(bracketed(Ipv6Addr::LOCALHOST)),
            _ => None,
        }
    }
}

impl fmt::Display for HostProblem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong { length } => write!(f, "it is {length} bytes long, at most {MAX_NAME} are allowed"),
            Self::Character { character, .. } => write!(f, "{} is not allowed in a host", Shown(character)),
            Self::Percent { .. } => f.write_str("percent-encoding is not allowed in a host"),
            Self::EmptyLabel => f.write_str("it has an empty label"),
            Self::LabelTooLong { label } => {
                write!(f, "label `{label}` is {} bytes long, at most {MAX_LABEL} are allowed", label.len())
            }
            Self::LeadingHyphen { label } => write!(f, "label `{label}` begins with a hyphen"),
            Self::TrailingHyphen { label } => write!(f, "label `{label}` ends with a hyphen"),
            Self::Ipv4 { address: Some(address) } => write!(f, "browsers read it as the IPv4 address {address}"),
            Self::Ipv4 { address: None } => {
                f.write_str("its last label is a number, but it is not four decimals from 0 to 255")
            }
            Self::Ipv6 => f.write_str("the brackets hold no IPv6 address"),
            Self::Ipv6Zone { zone, .. } => write!(f, "the IPv6 address has the zone id `{zone}`"),
            Self::Ipv6Unbracketed { .. } => f.write_str("the IPv6 address has no brackets"),
            Self::Unspecified { .. } => f.write_str("it stands for every address and cannot be connected to"),
        }
    }
}

impl Error for HostProblem<'_> {}

/// Whether the text, as [`Uri::host`](super::Uri::host) gives it, can be the host of an http(s) URI.
///
/// It is a name of the DNS (RFC 1123 §2.1: labels of letters, digits and inner hyphens), an IPv4 address in plain
/// decimals, or an IPv6 address in brackets (RFC 3986 §3.2.2, without a zone id). Upper case, `_` and one dot at the
/// end pass: they are [deviations](super::Uri::deviations) from the normal form.
///
/// # Errors
///
/// The first problem found.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::check_host;
///
/// assert!(check_host("app.example.com").is_ok());
/// assert!(check_host("[::1]").is_ok());
/// assert_eq!(check_host("-a.example").unwrap_err().to_string(), "label `-a` begins with a hyphen");
/// ```
pub fn check_host(host: &str) -> Result<(), HostProblem<'_>> {
    if host.is_empty() {
        return Err(HostProblem::Empty);
    }
    if let Some(inner) = host.strip_prefix('[') {
        return check_ipv6(inner.strip_suffix(']').ok_or(HostProblem::Ipv6)?);
    }
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        return Err(unspecified(address).unwrap_or(HostProblem::Ipv6Unbracketed { address }));
    }
    for (offset, character) in host.char_indices() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' => {}
            '%' => return Err(HostProblem::Percent { offset }),
            _ => return Err(HostProblem::Character { character, offset }),
        }
    }
    let name = without_last_dot(host);
    if ends_in_number(name) { check_ipv4(name) } else { check_name(name) }
}

fn check_name(name: &str) -> Result<(), HostProblem<'_>> {
    for label in name.split('.') {
        if label.is_empty() {
            return Err(HostProblem::EmptyLabel);
        }
        if label.len() > MAX_LABEL {
            return Err(HostProblem::LabelTooLong { label });
        }
        if label.starts_with('-') {
            return Err(HostProblem::LeadingHyphen { label });
        }
        if label.ends_with('-') {
            return Err(HostProblem::TrailingHyphen { label });
        }
    }
    match name.len() {
        0..=MAX_NAME => Ok(()),
        length => Err(HostProblem::TooLong { length }),
    }
}

fn check_ipv4(name: &str) -> Result<(), HostProblem<'_>> {
    match ipv4_as_browsers_read(name) {
        Some(address) if address.is_unspecified() => Err(HostProblem::Unspecified { address: address.into() }),
        // The standard library takes the plain form only.
        Some(_) if name.parse::<Ipv4Addr>().is_ok() => Ok(()),
        address => Err(HostProblem::Ipv4 { address }),
    }
}

fn check_ipv6(inner: &str) -> Result<(), HostProblem<'_>> {
    let (text, zone) = match inner.find('%').and_then(|at| inner.split_at_checked(at)) {
        Some((text, zone)) => (text, Some(zone)),
        None => (inner, None),
    };
    let address = text.parse::<Ipv6Addr>().map_err(|_| HostProblem::Ipv6)?;
    let problem = unspecified(address).or(zone.map(|zone| HostProblem::Ipv6Zone { address, zone }));
    problem.map_or(Ok(()), Err)
}

/// What is wrong with `::`, however it is written.
fn unspecified<'a>(address: Ipv6Addr) -> Option<HostProblem<'a>> {
    address.is_unspecified().then_some(HostProblem::Unspecified { address: address.into() })
}

/// What is wrong with a port, see [`check_port`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortProblem {
    /// Nothing follows the `:`.
    Empty,
    /// A character other than a decimal digit.
    Character(char),
    /// It begins with `0`.
    LeadingZero,
    /// It is 0 or more than 65535.
    OutOfRange,
}

impl fmt::Display for PortProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("nothing follows the `:`"),
            Self::Character(character) => write!(f, "{} is not a decimal digit", Shown(character)),
            Self::LeadingZero => f.write_str("it begins with a zero"),
            Self::OutOfRange => f.write_str("it is not within 1 to 65535"),
        }
    }
}

impl Error for PortProblem {}

/// Reads a port, as [`Uri::port`](super::Uri::port) gives it: a decimal from 1 to 65535 without leading zeros.
///
/// # Errors
///
/// What is wrong with it. RFC 3986 §3.2.3 allows any digits, even none; no browser writes them so.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::{PortProblem, check_port};
///
/// assert_eq!(check_port("8080"), Ok(8080));
/// assert_eq!(check_port("08080"), Err(PortProblem::LeadingZero));
/// ```
pub fn check_port(port: &str) -> Result<u16, PortProblem> {
    if let Some(character) = port.chars().find(|character| !character.is_ascii_digit()) {
        return Err(PortProblem::Character(character));
    }
    match port.strip_prefix('0') {
        None if port.is_empty() => Err(PortProblem::Empty),
        Some("") => Err(PortProblem::OutOfRange),
        Some(_) => Err(PortProblem::LeadingZero),
        None => port.parse().map_err(|_| PortProblem::OutOfRange),
    }
}

/// Whether the host is this machine beyond doubt: `localhost`, `127.0.0.1` or `[::1]` in any case, and nothing else.
///
/// RFC 8252 §7.3 and §8.3. Other spellings and other addresses of 127/8 are not what apps use.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::is_loopback_host;
///
/// assert!(is_loopback_host("LocalHost"));
/// assert!(!is_loopback_host("127.0.0.2"));
/// ```
pub fn is_loopback_host(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|loopback| host.eq_ignore_ascii_case(loopback))
}

/// Whether the host is the name `localhost` or ends with `.localhost`, in any case: RFC 6761 §6.3.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::is_localhost_name;
///
/// assert!(is_localhost_name("app.localhost"));
/// assert!(!is_localhost_name("notlocalhost"));
/// ```
pub fn is_localhost_name(host: &str) -> bool {
    let (parent, name) = host.rsplit_once('.').unwrap_or(("localhost", host));
    !parent.is_empty() && name.eq_ignore_ascii_case("localhost")
}

/// The address that the host is: an IPv4 address in plain decimals, or an IPv6 address in brackets.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::ip_address;
///
/// assert!(ip_address("[fe80::1]").is_some_and(|address| address.is_ipv6()));
/// assert_eq!(ip_address("example.com"), None);
/// ```
pub fn ip_address(host: &str) -> Option<IpAddr> {
    ipv6(host).map(IpAddr::V6).or_else(|| host.parse().ok().map(IpAddr::V4))
}

/// The address in the host's brackets.
pub(super) fn ipv6(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// The address as a host, in the form of RFC 5952 §4.
///
/// §5 of it would have `::ffff:192.0.2.1` with dots, which no browser sends: all are written in hexadecimal.
pub(super) fn bracketed(address: Ipv6Addr) -> String {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] => format!("[::ffff:{high:x}:{low:x}]"),
        _ => format!("[{address}]"),
    }
}

/// The host as browsers write it: lower case, addresses in their one form. A host that [`check_host`] refuses
/// is only put in lower case, unless browsers read an address there.
pub(super) fn as_browsers_write(host: &str) -> String {
    match (ipv6(host), ipv4_as_browsers_read(without_last_dot(host))) {
        (Some(address), _) => bracketed(address),
        (_, Some(address)) => address.to_string(),
        (None, None) => host.to_ascii_lowercase(),
    }
}

/// The name without the one dot that may end it; two dots are left for [`check_host`] to refuse.
pub(super) fn without_last_dot(host: &str) -> &str {
    match host.strip_suffix('.') {
        Some(name) if !name.is_empty() && !name.ends_with('.') => name,
        _ => host,
    }
}

/// Whether browsers take the name for an IPv4 address: the "ends in a number checker" of the WHATWG's URL standard.
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && (last.bytes().all(|byte| byte.is_ascii_digit()) || number(last).is_some())
}

/// The IPv4 address that browsers read: the "IPv4 parser" of the WHATWG's URL standard, after inet_aton.
///
/// One to four numbers in decimal, octal (`0…`) or hexadecimal (`0x…`); the last fills the bytes that are left.
fn ipv4_as_browsers_read(name: &str) -> Option<Ipv4Addr> {
    let (leading, last) = match name.rsplit_once('.') {
        Some((leading, last)) => (Some(leading), last),
        None => (None, name),
    };
    let mut address: u32 = 0;
    let mut free_bits: u32 = 32;
    for part in leading.into_iter().flat_map(|leading| leading.split('.')) {
        free_bits = free_bits.checked_sub(8).filter(|&bits| bits > 0)?;
        let byte = u8::try_from(number(part)?).ok()?;
        address |= u32::from(byte) << free_bits;
    }
    let rest = number(last).filter(|&rest| rest < 1 << free_bits)?;
    Some(Ipv4Addr::from_bits(address | u32::try_from(rest).ok()?))
}

/// A number of an IPv4 address in any of its three bases. One that is too large for an address is a number, too.
fn number(text: &str) -> Option<u64> {
    let (digits, radix) = if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        (digits, 16)
    } else if let Some(digits) = text.strip_prefix('0') {
        (digits, 8)
    } else {
        (text, 10)
    };
    // `0` and `0x` are numbers.
    if text.is_empty() {
        return None;
    }
    digits.chars().try_fold(0_u64, |number, digit| {
        let digit = digit.to_digit(radix)?;
        Some(number.saturating_mul(radix.into()).saturating_add(digit.into()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn problem(host: &str) -> Option<HostProblem<'_>> {
        check_host(host).err()
    }

    fn suggestion(host: &str) -> Option<String> {
        problem(host).and_then(|problem| problem.suggestion())
    }

    #[test]
    fn hosts_that_pass() {
        for host in [
            "a",
            "example.com",
            "EXAMPLE.com",
            "a-b.c--d.example",
            "xn--bcher-kva.example",
            "3com.com",
            "1.2.3.a",
            "0xg.example",
            "my_app.example",
            "example.com.",
            "127.0.0.1",
            "127.0.0.1.",
            "255.255.255.255",
            "localhost",
            "[::1]",
            "[2001:DB8:0:0::1]",
            "[::ffff:192.0.2.1]",
            "[1:2:3:4:5:6:7::]",
        ] {
            assert_eq!(problem(host), None, "{host}");
        }
        assert_eq!(problem(&"a".repeat(63)), None);
        assert_eq!(problem(&("a.".repeat(126) + "a")), None, "253 bytes");
        assert_eq!(problem(&"a.".repeat(127)), None, "253 bytes and a dot");
    }

    #[test]
    fn names_that_do_not() {
        assert_eq!(problem(""), Some(HostProblem::Empty));
        assert_eq!(problem("."), Some(HostProblem::EmptyLabel));
        assert_eq!(problem(".a"), Some(HostProblem::EmptyLabel));
        assert_eq!(problem("a..b"), Some(HostProblem::EmptyLabel));
        assert_eq!(problem("a.."), Some(HostProblem::EmptyLabel));
        assert_eq!(problem("a.-b.c"), Some(HostProblem::LeadingHyphen { label: "-b" }));
        assert_eq!(problem("a-.b"), Some(HostProblem::TrailingHyphen { label: "a-" }));
        assert_eq!(problem("*.example"), Some(HostProblem::Character { character: '*', offset: 0 }));
        assert_eq!(problem("a:b:c"), Some(HostProblem::Character { character: ':', offset: 1 }));
        assert_eq!(problem("bücher"), Some(HostProblem::Character { character: 'ü', offset: 1 }));
        assert_eq!(problem("a%2Db"), Some(HostProblem::Percent { offset: 1 }));
        let label = "a".repeat(64);
        assert_eq!(problem(&label), Some(HostProblem::LabelTooLong { label: &label }));
        assert_eq!(problem(&("a.".repeat(126) + "aa")), Some(HostProblem::TooLong { length: 254 }));
    }

    #[test]
    fn ipv4_in_another_spelling() {
        for (host, address) in [
            ("127.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("0X7F000001", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("127.0.0.01", "127.0.0.1"),
            ("1.2.3", "1.2.0.3"),
            ("1.0x", "1.0.0.0"),
            ("10.0.0.010.", "10.0.0.8"),
            ("4294967295", "255.255.255.255"),
        ] {
            assert_eq!(suggestion(host).as_deref(), Some(address), "{host}");
        }
        for host in [
            "256.0.0.1",
            "1.2.3.256",
            "1.2.3.4.0",
            "1.2.3.4.5",
            "08",
            "a.1",
            "1..2",
            "a.0x1f",
            "4294967296",
            "0x100000000",
            "a.0xFFFFFFFFFFFFFFFFF",
            "1.16777216",
        ] {
            assert_eq!(problem(host), Some(HostProblem::Ipv4 { address: None }), "{host}");
        }
    }

    #[test]
    fn addresses_that_cannot_be_connected_to() {
        for host in ["0.0.0.0", "0", "0x0", "0.0", "0.0.0.0."] {
            assert_eq!(suggestion(host).as_deref(), Some("127.0.0.1"), "{host}");
        }
        for host in ["[::]", "[0:0:0:0:0:0:0:0]", "[::0.0.0.0]", "::", "[::%25eth0]"] {
            assert_eq!(suggestion(host).as_deref(), Some("[::1]"), "{host}");
        }
    }

    #[test]
    fn ipv6_that_is_none() {
        for host in ["[]", "[1::2::3]", "[1:2:3:4:5:6:7]", "[12345::]", "[v1.a]", "[::1", "[::ffff:1.2.3.04]", "[%25a]"]
        {
            assert_eq!(problem(host), Some(HostProblem::Ipv6), "{host}");
        }
        assert_eq!(suggestion("::1").as_deref(), Some("[::1]"));
        assert_eq!(
            problem("[fe80::1%25eth0]").map(|p| p.to_string()).as_deref(),
            Some("the IPv6 address has the zone id `%25eth0`")
        );
        assert_eq!(suggestion("[fe80::1%25eth0]").as_deref(), Some("[fe80::1]"));
    }

    #[test]
    fn ports() {
        assert_eq!(check_port("1"), Ok(1));
        assert_eq!(check_port("65535"), Ok(65535));
        assert_eq!(check_port(""), Err(PortProblem::Empty));
        assert_eq!(check_port("0"), Err(PortProblem::OutOfRange));
        assert_eq!(check_port("65536"), Err(PortProblem::OutOfRange));
        assert_eq!(check_port("99999999999999999999"), Err(PortProblem::OutOfRange));
        assert_eq!(check_port("080"), Err(PortProblem::LeadingZero));
        assert_eq!(check_port("+80"), Err(PortProblem::Character('+')));
        assert_eq!(check_port("*"), Err(PortProblem::Character('*')));
    }

    #[test]
    fn loopback_is_three_spellings() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in
            ["127.0.0.2", "127.1", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "localhost.", "a.localhost", "::1", ""]
        {
            assert!(!is_loopback_host(host), "{host}");
        }
    }

    #[test]
    fn localhost_names() {
        for host in ["localhost", "LocalHost", "app.localhost", "a.b.LOCALHOST"] {
            assert!(is_localhost_name(host), "{host}");
        }
        for host in ["", "localhost.", ".localhost", "mylocalhost", "localhost.example", "127.0.0.1"] {
            assert!(!is_localhost_name(host), "{host}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(ip_address("10.0.0.1"), Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1))));
        assert_eq!(ip_address("[0:0::1]"), Some(IpAddr::V6(Ipv6Addr::LOCALHOST)));
        for host in ["::1", "127.1", "127.0.0.1.", "a", ""] {
            assert_eq!(ip_address(host), None, "{host}");
        }
    }
}
