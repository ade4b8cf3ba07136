//! Lifetimes.

use guestlist_runtime::rules::nearest;
use serde_json::json;

use super::name::Name;
use super::reader::Reader;
use crate::tree::{Node, Value};

/// The letters behind a number, and their seconds.
const UNITS: [(&str, u64); 4] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

impl Reader<'_> {
    /// A time in seconds: a number, or a text such as `15m`.
    pub(super) fn seconds(&mut self, name: Name<'_>, node: &Node) -> Option<u32> {
        let (written, unit) = match &node.value {
            Value::Number(number) => (number.as_str(), 1),
            Value::Text(text) if self.is_dotnet() => (text.trim(), 1),
            Value::Text(text) => match with_unit(text) {
                Some(time) => time,
                None => {
                    self.no_time(name, node, text);
                    return None;
                }
            },
            _ => {
                self.wrong_kind(name, node, "a time in seconds", &json!(3600));
                return None;
            }
        };
        let (negative, digits) = written.strip_prefix('-').map_or((false, written), |digits| (true, digits));
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let message = format!("{name} takes a whole number of seconds");
            self.error(&node.range, message, self.write(name, &json!(3600)));
            return None;
        }
        let seconds = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
        match seconds {
            Some(0) if negative => Some(0),
            Some(seconds) if !negative && seconds <= u64::from(i32::MAX.unsigned_abs()) => u32::try_from(seconds).ok(),
            _ => {
                let message = format!("{name} is {written}{}, no usable lifetime", letter(unit));
                self.broken("lifetime_not_positive", &node.range, message, "give seconds from 1 to 2147483647");
                None
            }
        }
    }

    fn no_time(&mut self, name: Name<'_>, node: &Node, text: &str) {
        let (number, unit) = text.split_at(text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let meant = ["seconds", "minutes", "hours", "days"];
        let help = match nearest(unit.trim(), meant.into_iter()).or_else(|| whole(unit.trim(), &meant)) {
            Some(meant) if !number.is_empty() => self.write(name, &json!(format!("{number}{}", &meant[..1]))),
            _ => format!("{}, or `\"15m\"`, `\"1h\"`, `\"30d\"`", self.write(name, &json!(3600))),
        };
        self.error(&node.range, format!("{name} takes a time in seconds, found a text"), help);
    }

    /// A `TimeSpan` of .NET: `[d.]hh:mm:ss`. A number alone would be days.
    pub(super) fn time_span(&mut self, name: Name<'_>, node: &Node) -> Option<u32> {
        let example = json!("00:05:00");
        let text = match &node.value {
            Value::Text(text) | Value::Number(text) => text.trim(),
            _ => {
                self.wrong_kind(name, node, "a `TimeSpan`", &example);
                return None;
            }
        };
        let seconds = span_seconds(text);
        if seconds.is_none() {
            let message = if text.bytes().all(|byte| byte.is_ascii_digit()) {
                format!("{name} is a `TimeSpan`, of which .NET takes a number alone as days")
            } else {
                format!("{name} is no `TimeSpan` in whole seconds")
            };
            self.error(&node.range, message, self.write(name, &example));
        }
        seconds
    }
}

/// `15m` as `15` and 60.
fn with_unit(text: &str) -> Option<(&str, u64)> {
    UNITS.into_iter().find_map(|(letter, seconds)| {
        let number = text.strip_suffix(letter)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some((number, seconds))
    })
}

fn letter(unit: u64) -> &'static str {
    UNITS.into_iter().find(|(_, seconds)| *seconds == unit && unit != 1).map_or("", |(letter, _)| letter)
}

/// The unit whose beginning or singular was written, such as `min` or `day`.
fn whole<'a>(written: &str, units: &[&'a str]) -> Option<&'a str> {
    units.iter().copied().find(|unit| written.len() > 1 && unit.starts_with(written))
}

fn span_seconds(text: &str) -> Option<u32> {
    let (days, time) = match text.split_once('.') {
        Some((days, time)) if time.contains(':') => (days.parse::<u32>().ok()?, time),
        _ => (0, text),
    };
    // Fractions of a second only if there are none.
    let time =
        time.split_once('.').map_or(Some(time), |(time, rest)| rest.bytes().all(|b| b == b'0').then_some(time))?;
    let mut parts = time.split(':');
    let mut part = |limit: u32| {
        let part = parts.next()?;
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|number| is_number && *number < limit)
    };
    let (hours, minutes) = (part(24)?, part(60)?);
    let seconds = if time.matches(':').count() > 1 { part(60)? } else { 0 };
    if parts.next().is_some() {
        return None;
    }
    days.checked_mul(86_400)?.checked_add(hours * 3600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_spans() {
        for (text, seconds) in [
            ("00:05:00", Some(300)),
            ("0:5", Some(300)),
            ("1.02:03:04", Some(93_784)),
            ("00:00:01.0000000", Some(1)),
            ("00:00:00.5", None),
            ("300", None),
            ("24:00:00", None),
            ("00:60:00", None),
            ("00:00:00:00", None),
            ("-00:05:00", None),
            (":", None),
            ("", None),
            ("49711.00:00:00", None),
            ("99999999999.00:00:00", None),
        ] {
            assert_eq!(span_seconds(text), seconds, "{text}");
        }
    }

    #[test]
    fn units() {
        for (text, read) in
            [("15m", Some(("15", 60))), ("90s", Some(("90", 1))), ("m", None), ("1.5h", None), ("é", None)]
        {
            assert_eq!(with_unit(text), read, "{text}");
        }
    }
}
