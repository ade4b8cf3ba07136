//! Times as definitions write them.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The Unix time, in seconds, of an RFC 3339 date-time with an offset; nothing for another form or
/// a time before 1970.
///
/// ```
/// # use guestlist_runtime::rules::parse_time;
/// assert_eq!(parse_time("2027-06-30T00:00:00Z"), Some(1_814_313_600));
/// assert_eq!(parse_time("2027-06-30T02:00:00+02:00"), Some(1_814_313_600));
/// assert_eq!(parse_time("2027-06-30"), None);
/// ```
#[must_use]
pub fn parse_time(text: &str) -> Option<u64> {
    OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp().try_into().ok()
}
