//! What does a user see? Plain pages that nothing else can be put into.

use std::sync::LazyLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use guestlist::uri::Uri;
use minijinja::{Environment, Value, context};

/// The templates. What is put into them is escaped, as their names end in `.html`.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, source) in [
        ("page.html", include_str!("pages/page.html")),
        ("sign_in.html", include_str!("pages/sign_in.html")),
        ("consent.html", include_str!("pages/consent.html")),
        ("device.html", include_str!("pages/device.html")),
        ("sign_out.html", include_str!("pages/sign_out.html")),
        ("signed_out.html", include_str!("pages/signed_out.html")),
        ("message.html", include_str!("pages/message.html")),
    ] {
        // They are compiled in, and a test renders each.
        let _ = templates.add_template(name, source);
    }
    templates
});

pub async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, "max-age=3600")], include_str!("pages/style.css")).into_response()
}

/// A page, and what it may reach.
pub struct Page {
    status: StatusCode,
    template: &'static str,
    content: Value,
    /// Origins beside this one to which the answer to a form may lead. Chromium follows no redirect after a
    /// form to another one.
    forms: Vec<String>,
    /// Origins that the page loads in frames.
    frames: Vec<String>,
    /// Origins that the page loads images from.
    images: Vec<String>,
}

impl Page {
    pub fn new(template: &'static str, content: Value) -> Self {
        let [forms, frames, images] = [const { Vec::new() }; 3];
        Self { status: StatusCode::OK, template, content, forms, frames, images }
    }

    /// A page that says one thing.
    pub fn message(status: StatusCode, title: &str, text: &str) -> Self {
        Self { status, ..Self::new("message.html", context! { title, text }) }
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Lets the answer to a form of the page lead to this URI, which a client has registered.
    pub fn leading_to(mut self, uri: &str) -> Self {
        self.forms.extend(source(uri));
        self
    }

    /// Lets the page load these URIs in frames.
    pub fn framing(mut self, uris: &[String]) -> Self {
        self.frames.extend(uris.iter().filter_map(|uri| source(uri)));
        self
    }

    /// Lets the page show this image.
    pub fn showing(mut self, uri: Option<&str>) -> Self {
        self.images.extend(uri.and_then(source));
        self
    }

    fn policy(&self) -> String {
        let list = |sources: &[String]| if sources.is_empty() { "'none'".to_owned() } else { sources.join(" ") };
        let forms = self.forms.iter().map(|origin| format!(" {origin}")).collect::<String>();
        format!(
            "default-src 'none'; style-src 'self'; form-action 'self'{forms}; \
             frame-src {}; img-src {}; frame-ancestors 'none'; base-uri 'none'",
            list(&self.frames),
            list(&self.images),
        )
    }
}

/// What a content security policy calls a URI: its origin, or for an app the scheme.
fn source(uri: &str) -> Option<String> {
    let uri = Uri::parse(uri).ok()?;
    let source = uri.origin().map_or_else(|| format!("{}:", uri.scheme()), |origin| origin.to_string());
    // A host may have them by RFC 3986; here they would begin another rule, or stand for any host.
    (!source.contains([';', ',', '*', '\''])).then_some(source)
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let policy = self.policy();
        let rendered = TEMPLATES.get_template(self.template).and_then(|template| template.render(&self.content));
        let (Ok(html), Ok(policy)) = (rendered, HeaderValue::from_str(&policy)) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        (self.status, [(CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_renders_and_escapes() {
        let evil = "<script>alert(1)</script>\"'&";
        let names: Vec<String> = TEMPLATES.templates().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(names.len(), 7);
        for name in names {
            let content = context! {
                title => evil, text => evil, client => evil, uri => evil, request => evil, form => evil, error => evil,
                user => evil, scopes => [context! { name => evil, text => evil }], code => evil,
                action => evil, frames => [evil], next => evil, logo => evil, remember => true,
            };
            let html = TEMPLATES.get_template(&name).unwrap().render(content).unwrap();
            assert!(!html.contains("<script>alert"), "{name}: {html}");
            assert!(html.contains("<html lang=\"en\">"), "{name}");
        }
    }

    #[test]
    fn a_page_reaches_nothing_but_what_it_names() {
        let page = Page::new("message.html", Value::UNDEFINED);
        assert_eq!(
            page.policy(),
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-src 'none'; img-src 'none'; \
             frame-ancestors 'none'; base-uri 'none'"
        );
        let page = page
            .leading_to("https://app.example.com:8443/callback?x")
            .leading_to("com.example.app:/callback")
            .framing(&["http://localhost:21402/signout".to_owned()])
            .showing(Some("https://cdn.example.com/logo.svg"));
        assert_eq!(
            page.policy(),
            "default-src 'none'; style-src 'self'; form-action 'self' https://app.example.com:8443 com.example.app:; \
             frame-src http://localhost:21402; img-src https://cdn.example.com; frame-ancestors 'none'; base-uri 'none'"
        );
    }

    #[test]
    fn no_uri_writes_the_policy() {
        for uri in
            ["https://a;script-src", "https://*/", "https://a,b/", "https://'unsafe-inline'/", "https://a b/", ""]
        {
            assert_eq!(source(uri), None, "{uri}");
        }
    }
}
