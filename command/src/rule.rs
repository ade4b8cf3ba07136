//! Which rule is meant?

use guestlist_runtime::rules::{self, Rule};

pub fn named(name: &str) -> Result<&'static Rule, String> {
    Rule::named(name).ok_or_else(|| {
        let names = rules::all().map(|rule| rule.name);
        let holding: Vec<&str> = names.filter(|rule| !name.is_empty() && rule.contains(name)).collect();
        let help = match rules::nearest(name, rules::all().map(|rule| rule.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if holding.is_empty() => "`guestlist explain` lists all rules".to_owned(),
            None => format!("there are `{}`", holding.join("`, `")),
        };
        format!("there is no rule `{name}`\nhelp: {help}")
    })
}
