//! The client record: everything that a definition can say.

use core::fmt;

use crate::setting::Value;
use crate::{GrantType, List, Secret, Text, wire::wire_enum};

/// Declares the record once: the struct with its defaults, and [`Setting`], by which
/// the macro, files and exports reach each field by name.
macro_rules! client {
    ($(#[$meta:meta])* Client {
        $(#[doc = $doc:literal] $setting:ident $field:ident: $type:ident $(<$of:ident>)? = $default:expr;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct Client {
            $(#[doc = $doc] pub $field: $type $(<$of>)?,)+
        }

        impl Client {
            /// A client about which nothing is said: each setting has its default.
            pub const DEFAULT: Self = Declared::DEFAULT.client();

            /// The value of a setting.
            #[must_use]
            pub fn value(&self, setting: Setting) -> Value {
                match setting { $(Setting::$setting => self.$field.clone().into(),)+ }
            }

            /// Gives a setting a value.
            ///
            /// # Errors
            ///
            /// The value itself, if it is of another kind than the setting.
            pub fn set(&mut self, setting: Setting, value: Value) -> Result<(), Value> {
                match setting { $(Setting::$setting => self.$field = value.try_into()?,)+ }
                Ok(())
            }
        }

        /// Without digests, without the salt of pairwise subjects and without the values of properties.
        impl fmt::Debug for Client {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut out = f.debug_struct("Client");
                $(match Setting::$setting.is_secret() {
                    false => out.field(stringify!($field), &self.$field),
                    true => out.field(stringify!($field), &format_args!("…")),
                };)+
                out.finish()
            }
        }

        /// Without digests and without the salt of pairwise subjects.
        #[cfg(feature = "serde")]
        impl serde::Serialize for Client {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;
                let shown = Setting::ALL.iter().filter(|setting| !setting.is_secret()).count();
                let mut out = serializer.serialize_struct("Client", shown)?;
                $(match Setting::$setting.is_secret() {
                    false => out.serialize_field(stringify!($field), &self.$field)?,
                    true => out.skip_field(stringify!($field))?,
                })+
                out.end()
            }
        }

        /// A client as `clients!` writes it. Nothing in it is to be dropped, so a static may leave
        /// settings to `..Declared::DEFAULT`, which costs rustc half of what a whole record does.
        #[doc(hidden)]
        #[derive(Clone, Copy)]
        pub struct Declared {
            $(#[doc = $doc] pub $field: borrowed!($type $(<$of>)?),)+
        }

        impl Declared {
            /// Each setting has its default.
            pub const DEFAULT: Self = Self { $($field: $default,)+ };

            /// The record.
            #[must_use]
            pub const fn client(self) -> Client {
                Client { $($field: owned!(self.$field, $type $(<$of>)?),)+ }
            }
        }

        crate::setting::settings! { $($setting $field: $type $(<$of>)?, $doc;)+ }
    };
}

/// The borrowed form of a field's type.
macro_rules! borrowed {
    (Text) => { &'static str };
    (Option<Text>) => { Option<&'static str> };
    (List<$of:ident>) => { &'static [$of] };
    ($type:ident $(<$of:ident>)?) => { $type $(<$of>)? };
}

/// A field's value from its borrowed form.
macro_rules! owned {
    ($value:expr, Text) => {
        Text::Static($value)
    };
    ($value:expr, Option<Text>) => {
        match $value {
            Some(text) => Some(Text::Static(text)),
            None => None,
        }
    };
    ($value:expr, List<$of:ident>) => {
        List::Static($value)
    };
    ($value:expr, $type:ident $(<$of:ident>)?) => {
        $value
    };
}

client! {
    /// A client: an application that may ask the server for tokens.
    ///
    /// It has the settings of IdentityServer's and Duende's `Client`, under the same names in
    /// snake_case and with the same defaults, and `application_type`. It is plain data, the same
    /// whether it was compiled in with `clients!` or loaded: build one by hand with
    /// `..Client::default()`, and match one with `..`, since a new setting is a minor release.
    ///
    /// Lifetimes are in seconds.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::{Client, GrantType, SecretValue};
    /// let client = Client {
    ///     client_id: "service.client".into(),
    ///     client_secrets: [SecretValue::sha256_of("9cd0a6b9b1f24b6c")].into(),
    ///     allowed_grant_types: [GrantType::ClientCredentials].into(),
    ///     allowed_scopes: ["api1", "api2.read_only"].into(),
    ///     ..Client::default()
    /// };
    /// assert_eq!(client.access_token_lifetime, 3600);
    /// assert!(!format!("{client:?}").contains("9cd0a6b9"));
    /// ```
    Client {
        /// Whether the client may be used. A disabled client is answered as an unknown one. Default: true. Read at every endpoint.
        Enabled enabled: bool = true;
        /// The client's identifier, unique at this server: printable ASCII, compared byte for byte (RFC 6749 §2.2, App. A.1). Read at every endpoint.
        ClientId client_id: Text = "";
        /// The protocol that the client speaks. Default: `oidc`, the only one the decisions answer. Read at the authorization and token endpoints.
        ProtocolType protocol_type: Text = "oidc";
        /// What proves the client at the token endpoint (RFC 6749 §2.3). Several count side by side, for rotation. Default: none.
        ClientSecrets client_secrets: List<Secret> = &[];
        /// Whether the client must prove itself; `false` makes it a public client (RFC 6749 §2.1). Default: true. Read at the token endpoint.
        RequireClientSecret require_client_secret: bool = true;
        /// The name that users see on the consent page (RFC 7591 §2). Default: none.
        ClientName client_name: Option<Text> = None;
        /// What users are told about the client on the consent page. Default: none.
        Description description: Option<Text> = None;
        /// The client's home page, an http(s) URL (RFC 7591 §2). Default: none. Read by the consent page.
        ClientUri client_uri: Option<Text> = None;
        /// The client's logo, an http(s) URL (RFC 7591 §2). Default: none. Read by the consent page.
        LogoUri logo_uri: Option<Text> = None;
        /// Whether users are asked for consent. Default: false. Read after sign-in.
        RequireConsent require_consent: bool = false;
        /// Whether a user may have the consent remembered. Default: true. Read by the consent page.
        AllowRememberConsent allow_remember_consent: bool = true;
        /// How long a remembered consent counts, in seconds. Default: for ever.
        ConsentLifetime consent_lifetime: Option<u32> = None;
        /// The ways in which the client may get tokens (RFC 6749 §1.3). Default: none. Read at the authorization, device and token endpoints.
        AllowedGrantTypes allowed_grant_types: List<GrantType> = &[];
        /// Whether a code needs a proof key (RFC 7636, RFC 9700 §2.1.1). Default: true. Read at the authorization and token endpoints.
        RequirePkce require_pkce: bool = true;
        /// Whether the proof key may be sent as it is, with the method `plain` (RFC 7636 §4.2). Default: false.
        AllowPlainTextPkce allow_plain_text_pkce: bool = false;
        /// Whether authorization requests must come as signed request objects (RFC 9101). Default: false.
        RequireRequestObject require_request_object: bool = false;
        /// Whether access tokens may be sent through the browser, in a response type with `token`. Default: false. Read at the authorization endpoint.
        AllowAccessTokensViaBrowser allow_access_tokens_via_browser: bool = false;
        /// Where authorization responses may go, as absolute URIs, compared byte for byte but for the port of a loopback address (RFC 6749 §3.1.2, RFC 8252 §7.3, RFC 9700 §2.1). Default: none.
        RedirectUris redirect_uris: List<Text> = &[];
        /// Where users may go after signing out, compared byte for byte (OpenID Connect RP-Initiated Logout §3, §3.1). Default: none. Read at the end session endpoint.
        PostLogoutRedirectUris post_logout_redirect_uris: List<Text> = &[];
        /// The page that is loaded in a frame when the user signs out (OpenID Connect Front-Channel Logout §2). Default: none.
        FrontChannelLogoutUri front_channel_logout_uri: Option<Text> = None;
        /// Whether `iss` and `sid` are added to the front-channel logout URI. Default: true.
        FrontChannelLogoutSessionRequired front_channel_logout_session_required: bool = true;
        /// Where a logout token is posted when the user signs out (OpenID Connect Back-Channel Logout §2.2). Default: none.
        BackChannelLogoutUri back_channel_logout_uri: Option<Text> = None;
        /// Whether the logout token must have a `sid`. Default: true.
        BackChannelLogoutSessionRequired back_channel_logout_session_required: bool = true;
        /// Whether the client may get refresh tokens, by asking for `offline_access` (OpenID Connect Core §11). Default: false.
        AllowOfflineAccess allow_offline_access: bool = false;
        /// The identity and API scopes that the client may ask for, compared byte for byte (RFC 6749 §3.3). Default: none.
        AllowedScopes allowed_scopes: List<Text> = &[];
        /// Whether the user's claims stand in the ID token even when an access token for the userinfo endpoint is issued with it. Default: false.
        AlwaysIncludeUserClaimsInIdToken always_include_user_claims_in_id_token: bool = false;
        /// How long an ID token counts, in seconds. Default: 300.
        IdentityTokenLifetime identity_token_lifetime: u32 = 300;
        /// The algorithms that ID tokens may be signed with (RFC 7518 §3.1). Default: none, which leaves it to the server.
        AllowedIdentityTokenSigningAlgorithms allowed_identity_token_signing_algorithms: List<SigningAlgorithm> = &[];
        /// How long an access token counts, in seconds. Default: 3600.
        AccessTokenLifetime access_token_lifetime: u32 = 3600;
        /// How long an authorization code counts, in seconds (RFC 6749 §4.1.2 recommends at most 600). Default: 300.
        AuthorizationCodeLifetime authorization_code_lifetime: u32 = 300;
        /// The longest time that refreshing may go on, in seconds, counted from the first token; 0 is without end under sliding expiration. Default: 2592000, 30 days.
        AbsoluteRefreshTokenLifetime absolute_refresh_token_lifetime: u32 = 2_592_000;
        /// How long a refresh token counts from its last use, in seconds, under sliding expiration. Default: 1296000, 15 days.
        SlidingRefreshTokenLifetime sliding_refresh_token_lifetime: u32 = 1_296_000;
        /// Whether a refresh token is replaced at each use (RFC 9700 §4.14.2). Default: `OneTimeOnly`, as in IdentityServer4; Duende reuses.
        RefreshTokenUsage refresh_token_usage: RefreshTokenUsage = RefreshTokenUsage::OneTimeOnly;
        /// Whether a use prolongs a refresh token. Default: `Absolute`.
        RefreshTokenExpiration refresh_token_expiration: RefreshTokenExpiration = RefreshTokenExpiration::Absolute;
        /// Whether refreshing looks the user's claims up again. Default: false.
        UpdateAccessTokenClaimsOnRefresh update_access_token_claims_on_refresh: bool = false;
        /// Whether access tokens are JWTs (RFC 9068) or references to be introspected (RFC 7662). Default: `Jwt`.
        AccessTokenType access_token_type: AccessTokenType = AccessTokenType::Jwt;
        /// Whether users may sign in with the server's own accounts. Default: true. Read by the login page.
        EnableLocalLogin enable_local_login: bool = true;
        /// The external identity providers that users of this client may sign in with. Default: none, which allows all. Read by the login page.
        IdentityProviderRestrictions identity_provider_restrictions: List<Text> = &[];
        /// Whether a JWT access token has a unique `jti` (RFC 9068 §2.2). Default: true.
        IncludeJwtId include_jwt_id: bool = true;
        /// Claims about the client itself, put into its access tokens. Default: none.
        Claims claims: List<ClientClaim> = &[];
        /// Whether those claims stand in tokens for users too, not only in those of `client_credentials`. Default: false.
        AlwaysSendClientClaims always_send_client_claims: bool = false;
        /// What is put before the type of each such claim, so that it cannot pass for the user's. Default: `client_`.
        ClientClaimsPrefix client_claims_prefix: Text = "client_";
        /// The salt of pairwise subject identifiers (OpenID Connect Core §8.1), which lies in the program in clear. Default: none. Read by the server's own code.
        PairWiseSubjectSalt pair_wise_subject_salt: Option<Text> = None;
        /// The oldest session, in seconds since sign-in, that this client takes without a new sign-in. Default: any.
        UserSsoLifetime user_sso_lifetime: Option<u32> = None;
        /// The kind of user code in the device flow, by the server's own names. Default: the server's. Read at the device endpoint.
        UserCodeType user_code_type: Option<Text> = None;
        /// How long a device code counts, in seconds (RFC 8628 §3.2). Default: 300.
        DeviceCodeLifetime device_code_lifetime: u32 = 300;
        /// The origins whose scripts may call the server for this client, as browsers send them (RFC 6454 §6.2). Default: none.
        AllowedCorsOrigins allowed_cors_origins: List<Text> = &[];
        /// Free data for the server's own code. Default: none.
        Properties properties: List<Property> = &[];
        /// Whether tokens must be bound to a key of the client (RFC 9449). Default: false. Read at the token endpoint.
        RequireDpop require_dpop: bool = false;
        /// How the freshness of a DPoP proof is checked (RFC 9449 §4.3, §8). Default: `[Iat]`.
        DpopValidationMode dpop_validation_mode: List<DpopValidationMode> = &[DpopValidationMode::Iat];
        /// How far the clock of a DPoP proof may be off, in seconds. Default: 300.
        DpopClockSkew dpop_clock_skew: u32 = 300;
        /// Whether authorization requests must be pushed first (RFC 9126 §6). Default: false.
        RequirePushedAuthorization require_pushed_authorization: bool = false;
        /// How long a pushed authorization request counts, in seconds (RFC 9126 §2.2). Default: the server's, 600.
        PushedAuthorizationLifetime pushed_authorization_lifetime: Option<u32> = None;
        /// How long a backchannel authentication request counts, in seconds (CIBA Core §7.3). Default: the server's.
        CibaLifetime ciba_lifetime: Option<u32> = None;
        /// How often the client may poll for a device or backchannel grant, in seconds (RFC 8628 §3.5). Default: the server's, 5.
        PollingInterval polling_interval: Option<u32> = None;
        /// Whether tokens end with the user's session. Default: the server's choice.
        CoordinateLifetimeWithUserSession coordinate_lifetime_with_user_session: Option<bool> = None;
        /// Where others may send a user to start signing in (OpenID Connect Core §4). Default: none.
        InitiateLoginUri initiate_login_uri: Option<Text> = None;
        /// Whether the client is a web or a native application (OpenID Connect Registration §2). Default: unset, which is web unless a redirect URI has a private-use scheme.
        ApplicationType application_type: Option<ApplicationType> = None;
    }
}

impl Setting {
    /// Whether its value is kept from `Debug` and `Serialize` altogether: the salt, which must stay
    /// secret (OpenID Connect Core §8.1). Client secrets are shown, without their digests.
    const fn is_secret(self) -> bool {
        matches!(self, Self::PairWiseSubjectSalt)
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Client {
    /// Whether `presented` is a shared secret of this client that counts at the Unix time `now`, in seconds.
    /// See [`verify_secret`](crate::verify_secret), which also does the work for an unknown client.
    #[must_use]
    pub fn verify_secret(&self, presented: impl AsRef<[u8]>, now: u64) -> bool {
        crate::verify_secret(Some(self), presented, now)
    }

    /// Whether the client may use this grant.
    #[must_use]
    pub fn allows_grant(&self, grant: &GrantType) -> bool {
        self.allowed_grant_types.contains(grant)
    }

    /// Whether the client may ask for this scope, by equal bytes.
    /// `offline_access` is switched by [`allow_offline_access`](Self::allow_offline_access).
    #[must_use]
    pub fn allows_scope(&self, scope: &str) -> bool {
        if scope == "offline_access" {
            return self.allow_offline_access;
        }
        self.allowed_scopes.iter().any(|allowed| allowed == scope)
    }

    /// Whether scripts of this origin may call the server for this client, by equal bytes.
    #[must_use]
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.allowed_cors_origins.iter().any(|allowed| allowed == origin)
    }

    /// Whether a user of this client may sign in with an identity provider; none is the server's own
    /// accounts.
    #[must_use]
    pub fn allows_identity_provider(&self, provider: Option<&str>) -> bool {
        let allowed = &self.identity_provider_restrictions;
        match provider {
            None => self.enable_local_login,
            Some(provider) => allowed.is_empty() || allowed.iter().any(|allowed| allowed == provider),
        }
    }

    /// The value of a free property.
    #[must_use]
    pub fn property(&self, key: &str) -> Option<&str> {
        self.properties.iter().find(|property| property.key == key).map(|property| property.value.as_str())
    }

    /// Whether the client may be used at all: it is [`enabled`](Self::enabled), and its
    /// [`protocol_type`](Self::protocol_type) is the one that is spoken here. One that may not is answered as one
    /// that does not exist.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::Client;
    /// assert!(Client::default().is_usable());
    /// assert!(!Client { enabled: false, ..Client::default() }.is_usable());
    /// assert!(!Client { protocol_type: "wsfed".into(), ..Client::default() }.is_usable());
    /// ```
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.enabled && self.protocol_type == "oidc"
    }

    /// Whether the client is declared public: it has no way to keep a secret (RFC 6749 §2.1).
    #[must_use]
    pub const fn is_public(&self) -> bool {
        !self.require_client_secret
    }
}

/// A claim about a client. In `clients!`: `("role", "admin")` or `("level", "3", "integer")`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientClaim {
    /// The claim's type, its name in the token.
    pub claim_type: Text,
    /// The claim's value.
    pub value: Text,
    /// The type of the value, such as `integer`; a string, if unset.
    pub value_type: Option<Text>,
}

/// A free property of a client. In `clients!`: `("tier", "gold")`.
///
/// `Debug` does not show the value, which may be a credential.
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Property {
    /// The property's name.
    pub key: Text,
    /// The property's value.
    pub value: Text,
}

impl fmt::Debug for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Property").field("key", &self.key).field("value", &format_args!("…")).finish()
    }
}

wire_enum! {
    /// What becomes of a refresh token when it is used.
    RefreshTokenUsage is "refresh token usage" {
        /// The same token stays good.
        ReUse = "reuse",
        /// The token is replaced by a new one (RFC 9700 §4.14.2).
        OneTimeOnly = "one_time_only",
    }
}

wire_enum! {
    /// When a refresh token ends.
    RefreshTokenExpiration is "refresh token expiration" {
        /// At a fixed time after the first token.
        Absolute = "absolute",
        /// Some time after its last use, within the absolute lifetime.
        Sliding = "sliding",
    }
}

wire_enum! {
    /// The form of access tokens.
    AccessTokenType is "access token type" {
        /// A signed JWT (RFC 9068).
        Jwt = "jwt",
        /// A reference that APIs introspect (RFC 7662).
        Reference = "reference",
    }
}

wire_enum! {
    /// The kind of application (OpenID Connect Registration §2).
    ApplicationType is "application type" {
        /// Runs on a web server or in a browser.
        Web = "web",
        /// Is installed on a device (RFC 8252).
        Native = "native",
    }
}

wire_enum! {
    /// A way to check that a DPoP proof is fresh.
    DpopValidationMode is "DPoP validation mode" {
        /// By the server's own code.
        Custom = "custom",
        /// By the time in the proof's `iat` (RFC 9449 §4.3).
        Iat = "iat",
        /// By a nonce that the server gave (RFC 9449 §8).
        Nonce = "nonce",
    }
}

wire_enum! {
    /// A signature algorithm of JSON Web Signatures (RFC 7518 §3.1, RFC 8037, RFC 8812, RFC 9864).
    SigningAlgorithm is "signing algorithm" {
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        RS256 = "RS256",
        /// RSASSA-PKCS1-v1_5 with SHA-384.
        RS384 = "RS384",
        /// RSASSA-PKCS1-v1_5 with SHA-512.
        RS512 = "RS512",
        /// RSASSA-PSS with SHA-256.
        PS256 = "PS256",
        /// RSASSA-PSS with SHA-384.
        PS384 = "PS384",
        /// RSASSA-PSS with SHA-512.
        PS512 = "PS512",
        /// ECDSA on P-256 with SHA-256.
        ES256 = "ES256",
        /// ECDSA on P-384 with SHA-384.
        ES384 = "ES384",
        /// ECDSA on P-521 with SHA-512.
        ES512 = "ES512",
        /// ECDSA on secp256k1 with SHA-256 (RFC 8812).
        ES256K = "ES256K",
        /// EdDSA on Ed25519 or Ed448 (RFC 8037).
        EdDSA = "EdDSA",
        /// EdDSA on Ed25519 (RFC 9864).
        Ed25519 = "Ed25519",
        /// EdDSA on Ed448 (RFC 9864).
        Ed448 = "Ed448",
        /// HMAC with SHA-256. The rulebook refuses it: only the digest of a secret is kept.
        HS256 = "HS256",
        /// HMAC with SHA-384. The rulebook refuses it: only the digest of a secret is kept.
        HS384 = "HS384",
        /// HMAC with SHA-512. The rulebook refuses it: only the digest of a secret is kept.
        HS512 = "HS512",
    }
}

impl SigningAlgorithm {
    /// Whether the algorithm signs with a shared secret.
    #[must_use]
    pub const fn is_symmetric(&self) -> bool {
        matches!(self, Self::HS256 | Self::HS384 | Self::HS512)
    }

    /// Whether FAPI 2.0 allows the algorithm (§5.4.1 item 1). `Ed25519` is the registered name of what it
    /// calls `EdDSA` "using the Ed25519 variant" (RFC 9864 §2.2).
    #[must_use]
    pub const fn is_allowed_by_fapi(&self) -> bool {
        matches!(self, Self::PS256 | Self::ES256 | Self::EdDSA | Self::Ed25519)
    }
}
