//! A user, whose browser keeps cookies and follows redirects within the server, and shows everything else.

use std::collections::BTreeMap;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};

pub struct User {
    browser: Client,
    name: &'static str,
}

/// Where the browser is in the end.
#[derive(Debug)]
pub enum Place {
    /// At a page of the server: its status, address and text.
    Page(u16, Url, String),
    /// Sent to an address elsewhere.
    Elsewhere(Url),
}

impl Place {
    #[track_caller]
    pub fn elsewhere(self) -> Url {
        match self {
            Self::Elsewhere(url) => url,
            Self::Page(status, url, text) => panic!("still at {url} ({status}):\n{text}"),
        }
    }

    #[track_caller]
    pub fn page(self) -> (u16, String) {
        match self {
            Self::Page(status, _, text) => (status, text),
            Self::Elsewhere(url) => panic!("sent to {url}"),
        }
    }
}

/// The parameters of a response, in the query or in the fragment.
pub fn response(url: &Url) -> BTreeMap<String, String> {
    let text = url.fragment().or(url.query()).unwrap_or_default();
    let mut parsed = url.clone();
    parsed.set_fragment(None);
    parsed.set_query(Some(text));
    parsed.query_pairs().into_owned().collect()
}

impl User {
    /// One of the server's users, whose password is the name.
    pub fn new(name: &'static str) -> Self {
        let browser = Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
        Self { browser, name }
    }

    /// Goes to an address, and signs in and consents where the server asks.
    pub async fn goes_to(&self, url: &str) -> Place {
        self.goes_and_answers(url, "allow").await
    }

    /// The same, with this answer where the server asks for consent.
    pub async fn goes_and_answers(&self, url: &str, answer: &str) -> Place {
        let mut place = self.opens(url).await;
        for _ in 0..5 {
            place = match place {
                Place::Page(_, url, text) if text.contains("name=\"password\"") => {
                    self.sends(&url, &text, &[("username", self.name), ("password", self.name)]).await
                }
                Place::Page(_, url, text) if text.contains("name=\"answer\"") => {
                    self.sends(&url, &text, &[("answer", answer)]).await
                }
                Place::Page(_, url, text) if text.contains("name=\"user_code\"") && text.contains("value=\"") => {
                    self.sends(&url, &text, &[]).await
                }
                other => return other,
            };
        }
        place
    }

    pub async fn opens(&self, url: &str) -> Place {
        let response = self.browser.get(url).send().await.unwrap();
        self.follows(response).await
    }

    /// Sends the form of a page, with these fields filled in.
    pub async fn sends(&self, page: &Url, html: &str, filled: &[(&str, &str)]) -> Place {
        let action = attribute(html.split("<form").nth(1).unwrap(), "action").unwrap();
        let mut fields: Vec<(String, String)> = html
            .split("<input")
            .skip(1)
            .filter(|input| !input.contains("type=\"checkbox\""))
            .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
            .collect();
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let response = self.browser.post(page.join(&action).unwrap()).form(&fields).send().await.unwrap();
        self.follows(response).await
    }

    async fn follows(&self, mut response: Response) -> Place {
        let origin = response.url().origin();
        for _ in 0..10 {
            let Some(location) = response.headers().get("location") else { break };
            assert_eq!(response.status(), 303, "a redirect is a 303");
            let next = response.url().join(location.to_str().unwrap()).unwrap();
            if next.origin() != origin {
                return Place::Elsewhere(next);
            }
            response = self.browser.get(next).send().await.unwrap();
        }
        let (status, url) = (response.status().as_u16(), response.url().clone());
        Place::Page(status, url, response.text().await.unwrap())
    }
}

/// The value of an attribute of the first tag in some HTML. The server's templates write them so.
fn attribute(html: &str, name: &str) -> Option<String> {
    let tag = html.split('>').next()?;
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&#x2f;", "/").replace("&quot;", "\"").replace("&amp;", "&"))
}
