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

/// A Unix time, in seconds, as an RFC 3339 date-time in UTC; nothing for a time after the year 9999, which has no such
/// form. What [`parse_time`] reads.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::rules::format_time;
/// assert_eq!(format_time(1_814_313_600).as_deref(), Some("2027-06-30T00:00:00Z"));
/// assert_eq!(format_time(253_402_300_799).as_deref(), Some("9999-12-31T23:59:59Z"));
/// assert_eq!(format_time(253_402_300_800), None);
/// ```
#[must_use]
pub fn format_time(time: u64) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp(time.try_into().ok()?).ok()?;
    let (year, month, day) = (time.year(), u8::from(time.month()), time.day());
    let (hour, minute, second) = time.to_hms();
    // `time` formats only with a feature that needs `std`.
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// The day of a Unix time, as in RFC 3339.
pub(super) fn day(time: u64) -> String {
    let time = format_time(time);
    String::from(time.as_deref().and_then(|time| time.split('T').next()).unwrap_or("an unknown day"))
}
