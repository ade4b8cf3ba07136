//! Where the clients of a document are, and in which shape.

use core::ops::Range;

use guestlist_runtime::rules::{near, nearest};

use super::problem::Problem;
use super::value::in_order;
use crate::Shape;
use crate::tree::{Entry, Node, Value};

/// The clients of a document.
#[derive(Debug)]
pub(super) struct Found<'n> {
    pub(super) shape: Shape,
    pub(super) clients: Vec<&'n Node>,
    /// What stands beside them and is not read.
    pub(super) beside: Vec<&'n Node>,
    /// What is wrong around them.
    pub(super) problems: Vec<Problem>,
}

const NO_CLIENTS: &str = "there are no clients in this file";

const SHAPES: &str = "write a list `clients`, IdentityServer's section `IdentityServer` with `Clients`, or the metadata \
                      of clients (RFC 7591)";

/// Finds the clients, and tells their shape by its form.
pub(super) fn clients(root: &Node) -> Result<Found<'_>, Box<Problem>> {
    let entries = match &root.value {
        Value::List(nodes) => {
            if let Some(name) = nodes.iter().find_map(name_of_own) {
                return Err(error(&name.range, "a list of clients stands under a name", "put it under `clients`"));
            }
            let shape = if nodes.iter().any(is_dotnet) { Shape::IdentityServer } else { Shape::Registration };
            return Ok(Found { shape, clients: nodes.iter().collect(), beside: Vec::new(), problems: Vec::new() });
        }
        Value::Map(entries) => entries,
        _ => return Err(error(&root.range, NO_CLIENTS, SHAPES)),
    };
    let section = section(entries)?;
    let list = only(entries, "clients")?;
    match (list, section) {
        (Some(list), Some(section)) => Err(two_lists(list, section)),
        (None, Some(section)) => dotnet(entries, section),
        (Some(list), None) if list.name != "clients" || holds_dotnet(&list.value) => dotnet(entries, list),
        (Some(list), None) => own(entries, list),
        (None, None) if entries.iter().any(|entry| is_metadata(&entry.name)) => {
            if let Some(name) = name_of_own(root) {
                return Err(error(&name.range, "a client stands in a list", "put it into a list `clients`"));
            }
            Ok(Found { shape: Shape::Registration, clients: vec![root], beside: Vec::new(), problems: Vec::new() })
        }
        (None, None) => Err(no_clients(root, entries)),
    }
}

fn two_lists(one: &Entry, other: &Entry) -> Box<Problem> {
    let problem = error(&one.range, "there are two lists of clients", "keep one of the two");
    Box::new(Problem { other: Some((other.range.clone(), "the other is here")), ..*problem })
}

fn no_clients(root: &Node, entries: &[Entry]) -> Box<Problem> {
    let near = |entry: &&Entry| near(&entry.name, ["clients", "IdentityServer"].into_iter()).is_some();
    match entries.iter().find(near) {
        Some(near) if near.name.len() > "clients".len() => {
            error(&near.range, NO_CLIENTS, "did you mean the section `IdentityServer`?")
        }
        Some(near) => error(&near.range, NO_CLIENTS, "did you mean `clients`?"),
        None => error(&root.range, NO_CLIENTS, SHAPES),
    }
}

fn error(range: &Range<usize>, message: impl Into<String>, help: &str) -> Box<Problem> {
    Box::new(Problem::error(range.clone(), message, help))
}

/// The entry of a name, in any case.
fn only<'n>(entries: &'n [Entry], name: &str) -> Result<Option<&'n Entry>, Box<Problem>> {
    let mut named = entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(name));
    match (named.next(), named.next()) {
        (Some(first), Some(second)) => {
            let problem = error(&second.range, format!("`{}` is written twice", second.name), "keep one of the two");
            Err(Box::new(Problem { other: Some((first.range.clone(), "first here")), ..*problem }))
        }
        (only, _) => Ok(only),
    }
}

/// The entry `Clients` of IdentityServer's section.
fn section(entries: &[Entry]) -> Result<Option<&Entry>, Box<Problem>> {
    let by_path = only(entries, "IdentityServer:Clients")?;
    let Some(section) = only(entries, "IdentityServer")? else { return Ok(by_path) };
    let inner = match &section.value.value {
        Value::Map(inner) => inner.as_slice(),
        _ => &[],
    };
    match (by_path, only(inner, "Clients")?) {
        (Some(one), Some(other)) => Err(two_lists(one, other)),
        (Some(list), None) | (None, Some(list)) => Ok(Some(list)),
        (None, None) => {
            let near = nearest("Clients", inner.iter().map(|entry| entry.name.as_str()));
            let near = near.and_then(|near| inner.iter().find(|entry| entry.name == near));
            let range = near.map_or(&section.range, |near| &near.range);
            Err(error(range, "the section `IdentityServer` has no `Clients`", "name the list `Clients`"))
        }
    }
}

/// The clients of IdentityServer: a list, or what .NET reads as one. The rest of the file is for others.
fn dotnet<'n>(entries: &'n [Entry], list: &'n Entry) -> Result<Found<'n>, Box<Problem>> {
    let clients = match &list.value.value {
        Value::List(nodes) => nodes.iter().collect(),
        Value::Null => Vec::new(),
        Value::Map(entries) => {
            let profile = entries.iter().find_map(|client| match &client.value.value {
                Value::Map(inner) => inner.iter().find(|entry| entry.name.eq_ignore_ascii_case("Profile")),
                _ => None,
            });
            if let Some(profile) = profile {
                let message = "these are clients of ASP.NET's API authorization, which makes their settings up itself";
                let help = "write each client with its settings in a list `Clients`";
                return Err(error(&profile.range, message, help));
            }
            in_order(entries)
        }
        _ => return Err(no_list(list)),
    };
    let beside = entries.iter().flat_map(|entry| match &entry.value.value {
        Value::Map(inner) if inner.iter().any(|entry| core::ptr::eq(entry, list)) => inner.as_slice(),
        _ => core::slice::from_ref(entry),
    });
    let beside = beside.filter(|entry| !core::ptr::eq(*entry, list)).map(|entry| &entry.value).collect();
    Ok(Found { shape: Shape::IdentityServer, clients, beside, problems: Vec::new() })
}

/// The clients of guestlist's own shape. Nothing else belongs into the file.
fn own<'n>(entries: &'n [Entry], list: &'n Entry) -> Result<Found<'n>, Box<Problem>> {
    let Value::List(nodes) = &list.value.value else { return Err(no_list(list)) };
    let others = entries.iter().filter(|entry| !core::ptr::eq(*entry, list));
    let problems = others.clone().filter_map(not_beside).collect();
    let beside = others.map(|entry| &entry.value).collect();
    Ok(Found { shape: Shape::Guestlist, clients: nodes.iter().collect(), beside, problems })
}

fn no_list(list: &Entry) -> Box<Problem> {
    let message = format!("`{}` takes a list of clients, found {}", list.name, list.value.kind());
    error(&list.value.range, message, "write the id of each client as its setting, not as its name")
}

/// What is wrong with an entry beside the list of clients.
fn not_beside(entry: &Entry) -> Option<Problem> {
    let name = entry.name.escape_debug();
    let range = entry.range.clone();
    match entry.name.as_str() {
        // By which editors find the schema of a file.
        "$schema" => None,
        "server" => Some(Problem::error(
            range,
            "a file of clients does not describe the server",
            "remove it: the clients are judged by the `Server` that the program gives, so that one rulebook means one \
             profile",
        )),
        other if Shape::Guestlist.setting(other).is_some() => {
            let help = "write it in each client; what holds for all of them stands in the program's `Server`";
            Some(Problem::error(range, format!("`{name}` stands beside the clients"), help))
        }
        _ => Some(Problem::error(range, format!("unknown entry `{name}`"), "a file of clients has `clients` alone")),
    }
}

/// Adds all values of a document without clients to what is not shown, but not the names of its sections.
pub(super) fn hide_values(document: &Node, hidden: &mut Vec<Range<usize>>) {
    match &document.value {
        Value::List(nodes) => nodes.iter().for_each(|node| hide_section(node, hidden)),
        _ => hide_section(document, hidden),
    }
}

fn hide_section(section: &Node, hidden: &mut Vec<Range<usize>>) {
    match &section.value {
        Value::Map(entries) => entries.iter().for_each(|entry| hide_section(&entry.value, hidden)),
        _ => section.hide(hidden),
    }
}

/// Whether a value is a client with a name of IdentityServer's.
fn is_dotnet(client: &Node) -> bool {
    let is_name =
        |name: &str| Shape::IdentityServer.setting(name).is_some() && Shape::Guestlist.setting(name).is_none();
    match &client.value {
        Value::Map(entries) => entries.iter().any(|entry| is_name(&entry.name)),
        _ => false,
    }
}

/// A name by which a client is one of guestlist's own shape, if no other says that it is metadata.
fn name_of_own(client: &Node) -> Option<&Entry> {
    let Value::Map(entries) = &client.value else { return None };
    let is_of = |shape: Shape, other: Shape| {
        move |entry: &&Entry| shape.setting(&entry.name).is_some() && other.setting(&entry.name).is_none()
    };
    let is_metadata = entries.iter().any(|entry| is_of(Shape::Registration, Shape::Guestlist)(&entry));
    entries.iter().find(is_of(Shape::Guestlist, Shape::Registration)).filter(|_| !is_metadata)
}

fn holds_dotnet(list: &Node) -> bool {
    match &list.value {
        Value::List(nodes) => nodes.iter().any(is_dotnet),
        _ => false,
    }
}

/// Whether it is a name by which client metadata are known.
fn is_metadata(name: &str) -> bool {
    let names = [
        "client_id",
        "redirect_uris",
        "grant_types",
        "response_types",
        "token_endpoint_auth_method",
        "client_name",
        "client_secret",
        "scope",
        "jwks",
        "jwks_uri",
    ];
    names.contains(&name)
}
