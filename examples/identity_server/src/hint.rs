//! Which user does a client mean (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2)?

use guestlist::decide::{IdTokenHint, Parameters, Refusal};
use serde_json::{Map, Value};

use crate::app::App;
use crate::issue;

/// What the ID token in `id_token_hint` says. One that is not of this server is no hint.
pub struct Hint(Map<String, Value>);

impl Hint {
    pub fn of(app: &App, parameters: &Parameters<'_>) -> Result<Option<Self>, Refusal> {
        let hint = parameters.get("id_token_hint")?;
        Ok(hint.and_then(|hint| app.keys.verify_expired(issue::ID_TOKEN, hint)).map(Self))
    }

    pub fn for_decisions(&self) -> Option<IdTokenHint<'_>> {
        Some(IdTokenHint::new(self.text("aud")?, self.text("sub")?, self.text("sid")))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}
