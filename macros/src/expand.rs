//! What is emitted. It cannot fail, and it decides nothing.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use guestlist_runtime::__private::Words;
use guestlist_runtime::{
    Client, ClientClaim, GrantType, Levels, List, Property, Secret, SecretValue, Server, Setting, Text, Value,
};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use crate::check::{Checked, Warning};
use crate::index::Index;
use crate::report::{Error, compile_error};

/// The items behind a store, and the expression that makes it of them.
#[derive(Debug)]
pub struct Expanded {
    pub items: TokenStream,
    pub value: TokenStream,
}

/// The errors as statements. They stand in the expression's own block: inside a `const` they would
/// drag the error of its evaluation along.
pub fn errors(errors: &[Error]) -> TokenStream {
    errors.iter().map(|Error { place, message, .. }| compile_error(*place, message)).collect()
}

/// Each warning is the use of a deprecated macro, in a scope of its own: the one way to a warning
/// at a place of our choice on stable Rust.
pub fn warnings(warnings: &[Warning]) -> TokenStream {
    warnings
        .iter()
        .map(|warning| {
            let Warning { name, text, place } = warning;
            // In the user's span, both of them: rustc reports no deprecation inside of a derive's own.
            let name = Ident::new(name, place.first);
            let used = quote_spanned!(place.first=> #name!());
            quote! {
                const _: () = {
                    #[deprecated(note = #text)]
                    macro_rules! #name { () => {}; }
                    #used;
                };
            }
        })
        .collect()
}

/// The static store.
pub fn store(krate: &TokenStream, checked: &Checked, broken: bool) -> Expanded {
    let p = quote!(#krate::__private);
    let Checked { server, clients, words, index, .. } = checked;
    let Index { seed, displacements, slots } = index;
    let names: Vec<Ident> = (0..clients.len()).map(|at| format_ident!("__CLIENT_{at}")).collect();
    let statics = clients.iter().zip(&names).map(|(client, name)| {
        let client = record(&p, client);
        quote!(static #name: #p::Client = #client;)
    });
    let entries = slots.iter().filter_map(|slot| {
        let (Words { words, len }, name) = (words.get(*slot)?, names.get(*slot)?);
        Some(quote!(#p::Entry { id: #p::Words { words: [#(#words),*], len: #len }, client: &#name }))
    });
    let server = self::server(&p, server);
    let enabled = || clients.iter().filter(|client| client.enabled);
    let offline = enabled().any(|client| client.allow_offline_access).then_some("offline_access");
    let scopes: BTreeSet<&str> =
        enabled().flat_map(|client| &client.allowed_scopes).map(Text::as_str).chain(offline).collect();
    let origins: BTreeSet<&str> = enabled().flat_map(|client| &client.allowed_cors_origins).map(Text::as_str).collect();
    let mut grants: Vec<&GrantType> = Vec::new();
    for grant in enabled().flat_map(|client| &client.allowed_grant_types) {
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    let scopes = scopes.iter().map(|scope| quote!(#p::Text::Static(#scope)));
    let origins = origins.iter().map(|origin| quote!(#p::Text::Static(#origin)));
    let grants = grants.iter().map(|grant| self::grant(&p, grant));
    let entries = array("__ENTRIES", quote!(#p::Entry), entries);
    let displacements =
        array("__DISPLACEMENTS", quote!(#p::core::primitive::u32), displacements.iter().map(|one| quote!(#one)));
    let clients = array("__CLIENTS", quote!(&#p::Client), names.iter().map(|name| quote!(&#name)));
    let scopes = array("__SCOPES", quote!(#p::Text), scopes);
    let grants = array("__GRANTS", quote!(#p::GrantType), grants);
    let origins = array("__ORIGINS", quote!(#p::Text), origins);
    // Only a static may refer to statics in every context where a store may be made.
    Expanded {
        items: quote! {
            #(#statics)*
            static __SERVER: #p::Server = #server;
            #entries
            #displacements
            #clients
            #scopes
            #grants
            #origins
        },
        value: quote! {
            #p::Clients::__new(#p::Parts {
                seed: #seed,
                displacements: &__DISPLACEMENTS,
                entries: &__ENTRIES,
                clients: &__CLIENTS,
                server: &__SERVER,
                scopes: &__SCOPES,
                grant_types: &__GRANTS,
                origins: &__ORIGINS,
                broken: #broken,
            })
        },
    }
}

/// A static array.
fn array(name: &str, element: TokenStream, entries: impl Iterator<Item = TokenStream>) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    let entries: Vec<TokenStream> = entries.collect();
    let len = entries.len();
    quote!(static #name: [#element; #len] = [#(#entries),*];)
}

/// The record: the settings that are not as by default, in the form that allows `..` in a static.
fn record(p: &TokenStream, client: &Client) -> TokenStream {
    let fields = Setting::ALL.iter().copied().map(|setting| (setting, client.value(setting)));
    let fields =
        fields.zip(defaults()).filter(|((_, value), default)| value != *default).map(|((setting, value), _)| {
            let name = Ident::new(setting.as_str(), Span::call_site());
            let value = self::value(p, &value);
            quote!(#name: #value)
        });
    quote!(#p::Declared { #(#fields,)* ..#p::Declared::DEFAULT }.client())
}

/// The default of each setting.
fn defaults() -> &'static [Value] {
    static DEFAULTS: OnceLock<Vec<Value>> = OnceLock::new();
    DEFAULTS.get_or_init(|| Setting::ALL.iter().map(|setting| Client::DEFAULT.value(*setting)).collect())
}

/// A value in its borrowed form.
fn value(p: &TokenStream, value: &Value) -> TokenStream {
    match value {
        Value::Flag(flag) => quote!(#flag),
        Value::OptionalFlag(flag) => option(p, flag, |flag| quote!(#flag)),
        Value::Seconds(seconds) => number(*seconds),
        Value::OptionalSeconds(seconds) => option(p, seconds, |seconds| number(*seconds)),
        Value::Text(text) => literal(text),
        Value::OptionalText(text) => option(p, text, |text| literal(text)),
        Value::Texts(texts) => slice(texts, |text| self::text(p, text)),
        Value::Secrets(secrets) => slice(secrets, |secret| self::secret(p, secret)),
        Value::GrantTypes(grants) => slice(grants, |grant| self::grant(p, grant)),
        Value::SigningAlgorithms(list) => slice(list, |one| variant(p, "SigningAlgorithm", one.variant_name())),
        Value::DpopValidationModes(list) => slice(list, |one| variant(p, "DpopValidationMode", one.variant_name())),
        Value::RefreshTokenUsage(one) => variant(p, "RefreshTokenUsage", one.variant_name()),
        Value::RefreshTokenExpiration(one) => variant(p, "RefreshTokenExpiration", one.variant_name()),
        Value::AccessTokenType(one) => variant(p, "AccessTokenType", one.variant_name()),
        Value::ApplicationType(one) => option(p, one, |one| variant(p, "ApplicationType", one.variant_name())),
        Value::Claims(claims) => slice(claims, |ClientClaim { claim_type, value, value_type }| {
            let (claim_type, value) = (self::text(p, claim_type), self::text(p, value));
            let value_type = option(p, value_type, |text| self::text(p, text));
            quote!(#p::ClientClaim { claim_type: #claim_type, value: #value, value_type: #value_type })
        }),
        Value::Properties(properties) => slice(properties, |Property { key, value }| {
            let (key, value) = (self::text(p, key), self::text(p, value));
            quote!(#p::Property { key: #key, value: #value })
        }),
        // A kind of value that is not known here cannot be in a record that was read here.
        _ => TokenStream::new(),
    }
}

fn number(number: u32) -> TokenStream {
    TokenTree::from(Literal::u32_unsuffixed(number)).into()
}

fn literal(text: &str) -> TokenStream {
    TokenTree::from(Literal::string(text)).into()
}

fn text(p: &TokenStream, text: &str) -> TokenStream {
    quote!(#p::Text::Static(#text))
}

fn texts(p: &TokenStream, texts: &List<Text>) -> TokenStream {
    list(p, texts, |text| self::text(p, text))
}

fn option<T>(p: &TokenStream, option: &Option<T>, some: impl Fn(&T) -> TokenStream) -> TokenStream {
    match option {
        Some(value) => {
            let value = some(value);
            quote!(#p::Some(#value))
        }
        None => quote!(#p::None),
    }
}

fn list<T>(p: &TokenStream, list: &List<T>, entry: impl Fn(&T) -> TokenStream) -> TokenStream {
    let entries = slice(list, entry);
    quote!(#p::List::Static(#entries))
}

/// It must be promotable to a static by itself: the newest rules of temporaries are newer than our
/// `rust-version`.
fn slice<T>(list: &List<T>, entry: impl Fn(&T) -> TokenStream) -> TokenStream {
    let entries = list.iter().map(entry);
    quote!(&[#(#entries),*])
}

fn variant(p: &TokenStream, type_name: &str, variant: &str) -> TokenStream {
    let type_name = Ident::new(type_name, Span::call_site());
    let variant = Ident::new(variant, Span::call_site());
    quote!(#p::#type_name::#variant)
}

fn grant(p: &TokenStream, grant: &GrantType) -> TokenStream {
    match grant.variant_name() {
        Some(name) => variant(p, "GrantType", name),
        None => {
            let name = text(p, grant.as_str());
            quote!(#p::GrantType::Extension(#name))
        }
    }
}

fn secret(p: &TokenStream, secret: &Secret) -> TokenStream {
    let bytes = |bytes: &[u8]| {
        let bytes = bytes.iter().map(|byte| Literal::u8_unsuffixed(*byte));
        quote!([#(#bytes),*])
    };
    let value = match &secret.value {
        SecretValue::Sha256(digest) => {
            let digest = bytes(digest);
            quote!(Sha256(#digest))
        }
        SecretValue::Sha512(digest) => {
            let digest = bytes(digest);
            quote!(Sha512(#digest))
        }
        SecretValue::X509Thumbprint(value) => key(p, "X509Thumbprint", value),
        SecretValue::X509Name(value) => key(p, "X509Name", value),
        SecretValue::X509Certificate(value) => key(p, "X509Certificate", value),
        SecretValue::Jwk(value) => key(p, "Jwk", value),
        // As in `value`.
        _ => TokenStream::new(),
    };
    let description = option(p, &secret.description, |text| self::text(p, text));
    let expiration = option(p, &secret.expiration, |time| TokenTree::from(Literal::u64_unsuffixed(*time)).into());
    quote!(#p::Secret { value: #p::SecretValue::#value, description: #description, expiration: #expiration })
}

fn key(p: &TokenStream, variant: &str, value: &str) -> TokenStream {
    let variant = Ident::new(variant, Span::call_site());
    let value = text(p, value);
    quote!(#variant(#value))
}

fn server(p: &TokenStream, server: &Server) -> TokenStream {
    let Server { profile, issuer, identity_scopes, api_scopes, default_scopes, insecure_http_hosts, defaults, levels } =
        server;
    let profile = variant(p, "Profile", profile.variant_name());
    let issuer = option(p, issuer, |text| self::text(p, text));
    let identity_scopes = texts(p, identity_scopes);
    let api_scopes = list(p, api_scopes, |scope| {
        let name = text(p, &scope.name);
        let resource = option(p, &scope.resource, |text| self::text(p, text));
        quote!(#p::ApiScope { name: #name, resource: #resource })
    });
    let default_scopes = texts(p, default_scopes);
    let insecure_http_hosts = texts(p, insecure_http_hosts);
    let defaults = record(p, defaults);
    let Levels { allow, expect, warn, deny } = levels;
    let (allow, expect, warn, deny) = (texts(p, allow), texts(p, expect), texts(p, warn), texts(p, deny));
    quote! {
        #p::Server {
            profile: #profile,
            issuer: #issuer,
            identity_scopes: #identity_scopes,
            api_scopes: #api_scopes,
            default_scopes: #default_scopes,
            insecure_http_hosts: #insecure_http_hosts,
            defaults: #defaults,
            levels: #p::Levels { allow: #allow, expect: #expect, warn: #warn, deny: #deny },
        }
    }
}
