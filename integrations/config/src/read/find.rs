//! Where the clients of a document are, and in which shape.

use core::ops::Range;

use guestlist_runtime::rules::nearest;

use super::problem::Problem;
use super::value::in_order;
use crate::Shape;
use crate::tree::{Entry, Node, Value};

/// The clients of a document.
#[derive(Debug)]
pub(super) struct Found<'n> {
    pub(super) shape: Shape,
    pub(super) clients: Vec<&'n Node>,
    /// What is wrong around them.
    pub(super) problems: Vec<Problem>,
}

const SHAPES: &str = "write a list `clients`, IdentityServer's section `IdentityServer` with `Clients`, or the metadata \
                      of clients (RFC 7591)";

/// Finds the clients, and tells their shape by its form.
pub(super) fn clients(root: &Node) -> Result<Found<'_>, Box<Problem>> {
    let entries = match &root.value {
        Value::List(nodes) => {
            let shape = if nodes.iter().any(is_dotnet) { Shape::IdentityServer } else { Shape::Registration };
            return Ok(Found { shape, clients: nodes.iter().collect(), problems: Vec::new() });
        }
        Value::Map(entries) => entries,
        _ => return Err(no_clients(root)),
    };
    let section = section(entries)?;
    let list = entries.iter().find(|entry| entry.name.eq_ignore_ascii_case("clients"));
    match (list, section) {
        (Some(list), Some(section)) => {
            let problem = Problem::error(list.range.clone(), "there are two lists of clients", "keep one of the two");
            Err(Box::new(Problem { other: Some((section.range.clone(), "the other is here")), ..problem }))
        }
        (None, Some(section)) => dotnet(section),
        (Some(list), None) if list.name != "clients" || holds_dotnet(&list.value) => dotnet(list),
        (Some(list), None) => own(entries, list),
        (None, None) if entries.iter().any(|entry| is_metadata(&entry.name)) => {
            Ok(Found { shape: Shape::Registration, clients: vec![root], problems: Vec::new() })
        }
        (None, None) => Err(no_clients(root)),
    }
}

fn no_clients(root: &Node) -> Box<Problem> {
    error(&root.range, "there are no clients in this file", SHAPES)
}

fn error(range: &Range<usize>, message: impl Into<String>, help: &str) -> Box<Problem> {
    Box::new(Problem::error(range.clone(), message, help))
}

/// The entry `Clients` of IdentityServer's section.
fn section(entries: &[Entry]) -> Result<Option<&Entry>, Box<Problem>> {
    let named = |entries: &'_ [Entry], name: &str| entries.iter().position(|one| one.name.eq_ignore_ascii_case(name));
    if let Some(at) = named(entries, "IdentityServer:Clients") {
        return Ok(entries.get(at));
    }
    let Some(section) = named(entries, "IdentityServer").and_then(|at| entries.get(at)) else { return Ok(None) };
    let inner = match &section.value.value {
        Value::Map(inner) => inner.as_slice(),
        _ => &[],
    };
    match named(inner, "Clients") {
        Some(at) => Ok(inner.get(at)),
        None => {
            let near = nearest("Clients", inner.iter().map(|entry| entry.name.as_str()));
            let near = near.and_then(|near| inner.iter().find(|entry| entry.name == near));
            let range = near.map_or(&section.range, |near| &near.range);
            Err(error(range, "the section `IdentityServer` has no `Clients`", "name the list `Clients`"))
        }
    }
}

/// The clients of IdentityServer: a list, or what .NET reads as one.
fn dotnet(list: &Entry) -> Result<Found<'_>, Box<Problem>> {
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
    Ok(Found { shape: Shape::IdentityServer, clients, problems: Vec::new() })
}

/// The clients of guestlist's own shape. Nothing else belongs into the file.
fn own<'n>(entries: &'n [Entry], list: &'n Entry) -> Result<Found<'n>, Box<Problem>> {
    let Value::List(nodes) = &list.value.value else { return Err(no_list(list)) };
    let problems = entries.iter().filter(|entry| !core::ptr::eq(*entry, list)).filter_map(beside).collect();
    Ok(Found { shape: Shape::Guestlist, clients: nodes.iter().collect(), problems })
}

fn no_list(list: &Entry) -> Box<Problem> {
    let message = format!("`{}` takes a list of clients, found {}", list.name, list.value.kind());
    error(&list.value.range, message, "write the id of each client as its setting, not as its name")
}

/// What is wrong with an entry beside the list of clients.
fn beside(entry: &Entry) -> Option<Problem> {
    let name = entry.name.escape_debug();
    let range = entry.range.clone();
    match entry.name.as_str() {
        // By which editors find the schema of a file.
        "$schema" => None,
        "clients" => Some(Problem::error(range, "`clients` is written twice", "keep one of the two")),
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

/// Whether a value is a client with a name of IdentityServer's.
fn is_dotnet(client: &Node) -> bool {
    let is_name =
        |name: &str| Shape::IdentityServer.setting(name).is_some() && Shape::Guestlist.setting(name).is_none();
    match &client.value {
        Value::Map(entries) => entries.iter().any(|entry| is_name(&entry.name)),
        _ => false,
    }
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
