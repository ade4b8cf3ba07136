//! Which rule is meant?

use guestlist_runtime::rules::{self, Rule};

pub fn named(name: &str) -> Result<&'static Rule, String> {
    Rule::named(name).ok_or_else(|| {
        let help = match rules::nearest(name, rules::all().map(|rule| rule.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`guestlist explain` lists all rules".to_owned(),
        };
        format!("there is no rule `{name}`\nhelp: {help}")
    })
}
