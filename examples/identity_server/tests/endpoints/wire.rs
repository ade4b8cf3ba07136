//! What goes over the wire: requests, answers, the server's pages and their forms. The example's own tests share it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use axum::http::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The media type of every form.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// A server that can be asked: a process, or a router.
pub trait Ask {
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer;

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], None)
    }

    /// Sends a form to the token endpoint.
    fn token(&self, headers: &[(&str, &str)], body: &str) -> Answer {
        self.post("/token", FORM, headers, body)
    }

    /// Sends a form with the pair of a client, or with none.
    fn form(&self, path: &str, pair: Option<&str>, body: &str) -> Answer {
        let header = pair.map(basic);
        let headers: Vec<_> = header.iter().map(|value| ("authorization", value.as_str())).collect();
        self.post(path, FORM, &headers, body)
    }

    fn post(&self, path: &str, content_type: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut all = vec![("content-type", content_type)];
        all.extend(headers);
        self.ask("POST", path, &all, Some(body))
    }
}

/// An answer of the server, read to its end.
pub struct Answer(pub Response<String>);

impl Answer {
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub fn header(&self, name: &str) -> &str {
        self.0.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// All values of a header.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.0.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    pub fn text(&self) -> &str {
        self.0.body()
    }

    /// Where a redirect leads; never one that would send a form on (RFC 9700 §4.12).
    #[track_caller]
    pub fn location(&self) -> &str {
        assert_eq!(self.status(), 303, "{}", self.text());
        self.header("location")
    }

    /// The heading of a page, and its first paragraph.
    #[track_caller]
    pub fn page(&self) -> (u16, String, String) {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8", "{}", self.text());
        (self.status(), first(self.text(), "h1"), first(self.text(), "p"))
    }

    /// That a page says so; see [`page`](Self::page).
    #[track_caller]
    pub fn assert_page(&self, what: &str, status: u16, heading: &str, text: &str) {
        let (is, h1, p) = self.page();
        assert_eq!((is, h1.as_str(), p.as_str()), (status, heading, text), "{what}");
        assert_eq!(self.header("location"), "", "{what}");
    }

    /// The form of a page.
    #[track_caller]
    pub fn filled(&self) -> Form {
        Form::of(self.text())
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_str(self.0.body()).unwrap()
    }

    /// The access token, after a look at what must stand around it (RFC 6749 §5.1).
    #[track_caller]
    pub fn access_token(&self, scope: &str) -> String {
        let mut body = self.json();
        assert_eq!(self.status(), 200, "{body}");
        self.assert_not_stored();
        let token = body["access_token"].take();
        assert_eq!(body, json!({ "access_token": null, "token_type": "Bearer", "expires_in": 3600, "scope": scope }));
        token.as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub fn assert_not_stored(&self) {
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("pragma"), "no-cache");
    }

    /// That a client is refused by the book (RFC 6749 §5.2).
    #[track_caller]
    pub fn assert_refused(&self, what: &str, error: &str) {
        let body = self.json();
        assert_eq!(body["error"], error, "{what}: {body}");
        let description = body["error_description"].as_str().unwrap();
        let allowed = |byte| matches!(byte, b' '..=b'~') && !b"\"\\".contains(&byte);
        assert!(description.bytes().all(allowed), "{what}: {body}");
        self.assert_not_stored();
        let (status, challenge) = match error {
            "invalid_client" => (401, "Basic realm=\"clients\", charset=\"UTF-8\""),
            _ => (400, ""),
        };
        assert_eq!((self.status(), self.header("www-authenticate")), (status, challenge), "{what}");
    }
}

/// A browser of few words: it keeps cookies, and goes nowhere by itself.
pub struct Browser<'s> {
    server: &'s dyn Ask,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'s> Browser<'s> {
    pub fn new(server: &'s dyn Ask) -> Self {
        Self { server, cookies: RefCell::default() }
    }

    /// One in which a user has signed in, for no client: by the page for devices.
    pub fn signed_in(server: &'s dyn Ask, name: &str) -> Self {
        let browser = Self::new(server);
        let page = browser.follow(browser.get("/device"));
        let answer = browser.send(&page.filled().with("username", name).with("password", name));
        assert_eq!(browser.follow(answer).page().1, "Connect a device");
        browser
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], None)
    }

    /// Sends a form as the browser would that has shown it.
    pub fn send(&self, form: &Form) -> Answer {
        self.post(&form.action, &[], &form.body())
    }

    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut all = vec![("content-type", FORM)];
        all.extend(headers);
        self.ask("POST", path, &all, Some(body))
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        let cookies: Vec<_> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut all = headers.to_vec();
        if !cookies.is_empty() {
            all.push(("cookie", &cookies));
        }
        let answer = self.server.ask(method, path, &all, body);
        for cookie in answer.headers("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.set_cookie(name, value);
        }
        answer
    }

    /// Goes on from an answer within the server, until there is a page or it leads elsewhere.
    pub fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            if !answer.header("location").starts_with('/') {
                return answer;
            }
            answer = self.get(answer.location());
        }
        panic!("no end of redirects")
    }

    /// Goes to an address, and signs in and allows what is asked.
    pub fn goes_to(&self, path: &str, name: &str) -> Answer {
        let mut answer = self.follow(self.get(path));
        for _ in 0..5 {
            if !answer.text().contains("<form") || !answer.filled().action.starts_with('/') {
                break;
            }
            let form = answer.filled().with("username", name).with("password", name).with("answer", "allow");
            answer = self.follow(self.send(&form));
        }
        answer
    }

    /// What a client is answered to this request.
    #[track_caller]
    pub fn authorize(&self, request: &str, name: &str) -> BTreeMap<String, String> {
        parameters(self.goes_to(&format!("/authorize?{request}"), name).location())
    }
}

/// The form of a page, to be filled in and sent.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn body(&self) -> String {
        let fields = self.fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        fields.collect::<Vec<_>>().join("&")
    }
}

impl Form {
    /// The form of a page: where it goes, and its fields as they stand in it.
    #[track_caller]
    pub fn of(page: &str) -> Self {
        let (_, html) = page.split_once("<form").unwrap_or_else(|| panic!("no form: {page}"));
        let fields =
            html.split("<input").skip(1).filter(|input| attribute(input, "type").as_deref() != Some("checkbox"));
        let fields =
            fields.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())));
        Self { action: attribute(html, "action").unwrap(), fields: fields.collect() }
    }
}

/// The text in the first tag of this name.
pub fn first(page: &str, tag: &str) -> String {
    let (_, rest) = page.split_once(&format!("<{tag}>")).unwrap_or_default();
    unescaped(rest.split_once(&format!("</{tag}>")).unwrap_or_default().0)
}

/// The parameters of a response, in the query or in the fragment of an address.
pub fn parameters(location: &str) -> BTreeMap<String, String> {
    let (_, text) = location.split_once('#').or(location.split_once('?')).unwrap_or_default();
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), decoded(value)))
        .collect()
}

/// An address with parameters, as the server writes it.
pub fn location(address: &str, parameters: &[(&str, &str)]) -> String {
    let parameters: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    format!("{address}{}", parameters.join("&"))
}

/// A form's parameters with some changed: `name=value` in place of what was there, `+name=value` beside it, and `-name`
/// away. The values are encoded already.
pub fn changed(form: &str, changes: &[&str]) -> String {
    let mut parts: Vec<String> = form.split('&').map(str::to_owned).collect();
    for change in changes {
        if let Some(added) = change.strip_prefix('+') {
            parts.push(added.to_owned());
            continue;
        }
        let name = change.strip_prefix('-').unwrap_or(change.split('=').next().unwrap());
        parts.retain(|part| part.split('=').next() != Some(name));
        if !change.starts_with('-') {
            parts.push((*change).to_owned());
        }
    }
    parts.join("&")
}

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
pub fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// The value of an attribute of the first tag in some HTML. The server's templates write them so.
fn attribute(html: &str, name: &str) -> Option<String> {
    let tag = html.split('>').next()?;
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split_once('"')?.0))
}

fn unescaped(html: &str) -> String {
    let plain = html.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&#39;", "'").replace("&quot;", "\"");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Good authorization requests of four clients, and where they are answered.
pub const NATIVE: &str = "client_id=native&response_type=code&scope=openid+profile+api1+offline_access&state=s&nonce=n\
    &redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
pub const NATIVE_URI: &str = "http://127.0.0.1:49152/callback";
pub const PORTAL: &str = "client_id=portal&response_type=code&scope=openid+email+api1+offline_access&state=s&nonce=n\
    &redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
pub const PORTAL_URI: &str = "http://localhost:21403/signin-oidc";
pub const MVC: &str = "client_id=mvc&response_type=code+id_token&scope=openid+profile+api1&state=s&nonce=n\
    &redirect_uri=http%3A%2F%2Flocalhost%3A21402%2Fsignin-oidc\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
pub const MVC_URI: &str = "http://localhost:21402/signin-oidc";
pub const JS: &str = "client_id=js&response_type=id_token+token&scope=openid+profile+api1&state=s&nonce=n\
    &redirect_uri=http%3A%2F%2Flocalhost%3A7017%2Findex.html";
pub const JS_URI: &str = "http://localhost:7017/index.html";

/// The pairs of clients with a secret.
pub const SERVICE_PAIR: &str = "service.client:secret";
pub const MVC_PAIR: &str = "mvc:secret";
pub const PORTAL_PAIR: &str = "portal:portal-secret-of-the-sample-0001";

/// The pair of RFC 7636 App. B.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

pub fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}
