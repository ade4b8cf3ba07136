//! Values that have a name: the variants of enums, grants and algorithms.

use guestlist_runtime::rules::{self, nearest};
use guestlist_runtime::{
    AccessTokenType, ApplicationType, DpopValidationMode, GrantType, RefreshTokenExpiration, RefreshTokenUsage,
    SigningAlgorithm,
};
use serde_json::json;

use super::name::Name;
use super::reader::Reader;
use crate::tree::{Node, Value};

/// An enum of the record.
pub(super) trait Named: Copy + 'static {
    /// What a variant is, as messages say it.
    const WHAT: &'static str;
    /// In the order of C#, by which .NET counts from 0.
    const ALL: &'static [Self];

    fn registered(&self) -> &'static str;

    fn variant(&self) -> &'static str;
}

macro_rules! named {
    ($($name:ident is $what:literal: $($variant:ident)+;)+) => {
        $(impl Named for $name {
            const WHAT: &'static str = $what;
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn registered(&self) -> &'static str {
                self.as_str()
            }

            fn variant(&self) -> &'static str {
                self.variant_name()
            }
        })+
    };
}

named! {
    RefreshTokenUsage is "a refresh token usage": ReUse OneTimeOnly;
    RefreshTokenExpiration is "a refresh token expiration": Sliding Absolute;
    AccessTokenType is "an access token type": Jwt Reference;
    ApplicationType is "an application type": Web Native;
    DpopValidationMode is "a DPoP validation mode": Custom Iat Nonce;
}

impl Reader<'_> {
    /// A variant by its registered name or as in `clients!`; of .NET by its name in any case, or by its number.
    pub(super) fn one_of<T: Named>(&mut self, name: Name<'_>, node: &Node) -> Option<T> {
        let dotnet = self.is_dotnet();
        let shown = |one: &T| if dotnet { one.variant() } else { one.registered() };
        let (Value::Text(written) | Value::Number(written)) = &node.value else {
            self.wrong_kind(name, node, T::WHAT, &T::ALL.first().map_or(json!("…"), |first| json!(shown(first))));
            return None;
        };
        let is_it = |(at, one): &(usize, &T)| match dotnet {
            true => one.variant().eq_ignore_ascii_case(written.trim()) || written.parse() == Ok(*at),
            false => one.registered() == written || one.variant() == written,
        };
        if let Some((_, one)) = T::ALL.iter().enumerate().find(is_it) {
            return Some(*one);
        }
        let near = nearest(written, T::ALL.iter().flat_map(|one| [one.registered(), one.variant()]));
        let near = T::ALL.iter().find(|one| near == Some(one.registered()) || near == Some(one.variant()));
        let help = match near {
            Some(near) => format!("did you mean `{}`?", shown(near)),
            None => format!("write {}", alternatives(T::ALL.iter().map(shown))),
        };
        self.error(&node.range, format!("{name} takes {}, which {written:?} is not", T::WHAT), help);
        None
    }

    /// The flags of `DPoPTokenExpirationValidationMode`: names with commas between them, or their sum.
    pub(super) fn validation_flags(&mut self, name: Name<'_>, node: &Node) -> Option<Vec<DpopValidationMode>> {
        use DpopValidationMode::{Custom, Iat, Nonce};
        let written = match &node.value {
            Value::Text(text) | Value::Number(text) => text.trim(),
            _ => "",
        };
        match written {
            "0" => return Some(vec![Custom]),
            "1" => return Some(vec![Iat]),
            "2" => return Some(vec![Nonce]),
            "3" => return Some(vec![Iat, Nonce]),
            _ if written.eq_ignore_ascii_case("IatAndNonce") => return Some(vec![Iat, Nonce]),
            _ if !written.contains(',') => return self.one_of(name, node).map(|mode| vec![mode]),
            _ => {}
        }
        let flag = |flag: &str| Node { value: Value::Text(flag.trim().to_owned()), range: node.range.clone() };
        let modes: Vec<_> = written.split(',').map(|text| self.one_of(name, &flag(text))).collect();
        modes.into_iter().collect()
    }

    /// A grant by its registered name. Any other name is left to the rulebook, which knows what it was meant to be.
    pub(super) fn grant(&mut self, name: Name<'_>, node: &Node) -> Option<GrantType> {
        let written = self.text(name.entry(), node)?;
        let by_variant = |grant: &&GrantType| !self.is_dotnet() && grant.variant_name() == Some(&written);
        let known = GrantType::NAMED.iter().find(|grant| grant.as_str() == written || by_variant(grant));
        Some(known.cloned().unwrap_or_else(|| GrantType::Extension(written.into())))
    }

    /// A signing algorithm by its registered name.
    pub(super) fn algorithm(&mut self, name: Name<'_>, node: &Node) -> Option<SigningAlgorithm> {
        let written = self.text(name, node)?;
        let read = rules::parse_algorithm(&written);
        if let Err(help) = &read {
            let message = format!("{written:?} is not an accepted signing algorithm");
            self.broken("signing_alg_invalid", &node.range, message, self.dialect.say(help));
        }
        read.ok()
    }
}

/// `` `a`, `b` or `c` ``
pub(super) fn alternatives<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
