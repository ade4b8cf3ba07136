//! Times as definitions write them.

use alloc::{format, string::String};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The Unix time, in seconds, of an RFC 3339 date-time with an offset; nothing for another form or
/// a time before 1970.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::rules::parse_time;
/// assert_eq!(parse_time("2027-06-30T00:00:00Z"), Some(1_814_313_600));
/// assert_eq!(parse_time("2027-06-30T02:00:00+02:00"), Some(1_814_313_600));
/// assert_eq!(parse_time("2027-06-30"), None);
/// ```
#[must_use]
pub fn parse_time(text: &str) -> Option<u64> {
    OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp().try_into().ok()
}

/// The day of a Unix time, as in RFC 3339.
pub(super) fn day(time: u64) -> String {
    let time = i64::try_from(time).ok().and_then(|time| OffsetDateTime::from_unix_timestamp(time).ok());
    match time {
        Some(time) => format!("{:04}-{:02}-{:02}", time.year(), u8::from(time.month()), time.day()),
        None => String::from("an unknown day"),
    }
}
