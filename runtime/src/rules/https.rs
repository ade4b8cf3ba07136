//! A URL of a page that is loaded over https.

use alloc::format;

use super::redirect::{self, Flaw, PlainHttp, plain_http};
use crate::uri::Uri;
use crate::{Profile, Server};

/// Reads an https URL with a host that can exist; otherwise tells why it is none, and whether all that is wrong is plain
/// http, on this machine or on a host that the server declares for it.
pub(super) fn https<'a>(text: &'a str, server: &Server) -> Result<Uri<'a>, (Flaw, bool)> {
    let uri = Uri::parse(text).map_err(|error| (redirect::unreadable(text, &error), false))?;
    let one_host = |flaw: Flaw| Flaw { help: "write the one host or port that is meant".into(), ..flaw };
    let flaw = redirect::dangerous_scheme(&uri)
        .map(|flaw| Flaw { help: "write an absolute https URL, such as `https://host/path`".into(), ..flaw })
        .or_else(|| redirect::not_web(&uri))
        .or_else(|| redirect::userinfo(&uri))
        .or_else(|| redirect::wildcard(&uri).map(one_host))
        .or_else(|| redirect::host(&uri))
        .or_else(|| redirect::port(&uri));
    if let Some(flaw) = flaw {
        return Err((flaw, false));
    }
    if uri.scheme_is("http") {
        let is_local = plain_http(&uri, server) != Some(PlainHttp::Refused);
        let scheme = 0..uri.scheme().len();
        let rest = text.get(scheme.end..).unwrap_or_default();
        let mut help = redirect::write_instead(&format!("https{rest}"));
        if !is_local && server.profile != Profile::Fapi20 {
            help.push_str(", or for development name its host in `insecure_http_hosts`");
        }
        return Err((Flaw { bytes: scheme, what: format!("\"{uri}\" is plain http"), help }, is_local));
    }
    Ok(uri)
}
