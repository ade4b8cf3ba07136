-- The clients of guestlist, with the settings' names and defaults. A time is in seconds; a list that is only read with
-- its client is a JSON array. The constraints keep out what no client can have, and what is too long to be asked for:
-- whoever writes here by hand runs into them at once, and into the other rules when the client is looked up.
-- The schema `guestlist` is there already, and this migration is noted in it.

-- Counts every change, so that no version of a client is ever given twice, also if it is deleted and created again.
CREATE SEQUENCE guestlist.version;

CREATE TABLE guestlist.clients (
    -- Compared byte for byte, and in the order of the bytes.
    client_id TEXT COLLATE "C" PRIMARY KEY CHECK (length(client_id) BETWEEN 1 AND 1024 AND client_id ~ '^[ -~]*$'),
    -- Which state of the client it is; set by the triggers.
    version BIGINT NOT NULL,
    -- How findings of single rules are treated: {"allow": [], "expect": [], "warn": [], "deny": []}.
    levels JSONB NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(levels) = 'object'),

    enabled BOOLEAN NOT NULL DEFAULT TRUE,
    protocol_type TEXT NOT NULL DEFAULT 'oidc',
    require_client_secret BOOLEAN NOT NULL DEFAULT TRUE,
    client_name TEXT,
    description TEXT,
    client_uri TEXT,
    logo_uri TEXT,
    require_consent BOOLEAN NOT NULL DEFAULT FALSE,
    allow_remember_consent BOOLEAN NOT NULL DEFAULT TRUE,
    consent_lifetime BIGINT CHECK (consent_lifetime BETWEEN 1 AND 2147483647),
    allowed_grant_types JSONB NOT NULL
        CHECK (jsonb_typeof(allowed_grant_types) = 'array' AND allowed_grant_types <> '[]'),
    require_pkce BOOLEAN NOT NULL DEFAULT TRUE,
    allow_plain_text_pkce BOOLEAN NOT NULL DEFAULT FALSE,
    require_request_object BOOLEAN NOT NULL DEFAULT FALSE,
    allow_access_tokens_via_browser BOOLEAN NOT NULL DEFAULT FALSE,
    redirect_uris JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(redirect_uris) = 'array'),
    post_logout_redirect_uris JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(post_logout_redirect_uris) = 'array'),
    front_channel_logout_uri TEXT,
    front_channel_logout_session_required BOOLEAN NOT NULL DEFAULT TRUE,
    back_channel_logout_uri TEXT,
    back_channel_logout_session_required BOOLEAN NOT NULL DEFAULT TRUE,
    allow_offline_access BOOLEAN NOT NULL DEFAULT FALSE,
    allowed_scopes JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(allowed_scopes) = 'array'),
    always_include_user_claims_in_id_token BOOLEAN NOT NULL DEFAULT FALSE,
    identity_token_lifetime BIGINT NOT NULL DEFAULT 300 CHECK (identity_token_lifetime BETWEEN 1 AND 2147483647),
    allowed_identity_token_signing_algorithms JSONB NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(allowed_identity_token_signing_algorithms) = 'array'),
    access_token_lifetime BIGINT NOT NULL DEFAULT 3600 CHECK (access_token_lifetime BETWEEN 1 AND 2147483647),
    authorization_code_lifetime BIGINT NOT NULL DEFAULT 300
        CHECK (authorization_code_lifetime BETWEEN 1 AND 2147483647),
    absolute_refresh_token_lifetime BIGINT NOT NULL DEFAULT 2592000
        CHECK (absolute_refresh_token_lifetime BETWEEN 0 AND 2147483647),
    sliding_refresh_token_lifetime BIGINT NOT NULL DEFAULT 1296000
        CHECK (sliding_refresh_token_lifetime BETWEEN 0 AND 2147483647),
    refresh_token_usage TEXT NOT NULL DEFAULT 'one_time_only'
        CHECK (refresh_token_usage IN ('reuse', 'one_time_only')),
    refresh_token_expiration TEXT NOT NULL DEFAULT 'absolute'
        CHECK (refresh_token_expiration IN ('absolute', 'sliding')),
    update_access_token_claims_on_refresh BOOLEAN NOT NULL DEFAULT FALSE,
    access_token_type TEXT NOT NULL DEFAULT 'jwt' CHECK (access_token_type IN ('jwt', 'reference')),
    enable_local_login BOOLEAN NOT NULL DEFAULT TRUE,
    identity_provider_restrictions JSONB NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(identity_provider_restrictions) = 'array'),
    include_jwt_id BOOLEAN NOT NULL DEFAULT TRUE,
    -- [{"claim_type": "role", "value": "admin", "value_type": null}]
    claims JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(claims) = 'array'),
    always_send_client_claims BOOLEAN NOT NULL DEFAULT FALSE,
    client_claims_prefix TEXT NOT NULL DEFAULT 'client_',
    pair_wise_subject_salt TEXT,
    user_sso_lifetime BIGINT CHECK (user_sso_lifetime BETWEEN 1 AND 2147483647),
    user_code_type TEXT,
    device_code_lifetime BIGINT NOT NULL DEFAULT 300 CHECK (device_code_lifetime BETWEEN 1 AND 2147483647),
    -- [{"key": "tier", "value": "gold"}]
    properties JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(properties) = 'array'),
    require_dpop BOOLEAN NOT NULL DEFAULT FALSE,
    dpop_validation_mode JSONB NOT NULL DEFAULT '["iat"]' CHECK (jsonb_typeof(dpop_validation_mode) = 'array'),
    dpop_clock_skew BIGINT NOT NULL DEFAULT 300 CHECK (dpop_clock_skew BETWEEN 0 AND 4294967295),
    require_pushed_authorization BOOLEAN NOT NULL DEFAULT FALSE,
    pushed_authorization_lifetime BIGINT CHECK (pushed_authorization_lifetime BETWEEN 1 AND 2147483647),
    ciba_lifetime BIGINT CHECK (ciba_lifetime BETWEEN 1 AND 2147483647),
    polling_interval BIGINT CHECK (polling_interval BETWEEN 1 AND 2147483647),
    coordinate_lifetime_with_user_session BOOLEAN,
    initiate_login_uri TEXT,
    application_type TEXT CHECK (application_type IN ('web', 'native'))
);

-- Which ids differ only by case: asked for when a client is written.
CREATE INDEX clients_lower ON guestlist.clients (lower(client_id));

-- What proves a client; a table of its own since it is searched by value: two clients must not share a secret.
CREATE TABLE guestlist.client_secrets (
    client_id TEXT COLLATE "C" NOT NULL
        REFERENCES guestlist.clients (client_id) ON DELETE CASCADE ON UPDATE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    type TEXT NOT NULL
        CHECK (type IN ('sha256', 'sha512', 'x509_thumbprint', 'x509_name', 'x509_certificate', 'jwk')),
    -- The digest, never the secret; of a key or certificate its text in UTF-8.
    value BYTEA NOT NULL
        CHECK (CASE type WHEN 'sha256' THEN length(value) = 32 WHEN 'sha512' THEN length(value) = 64
            ELSE length(value) > 0 END),
    description TEXT,
    -- Unix time, in seconds, up to the end of the year 9999.
    expiration BIGINT CHECK (expiration BETWEEN 0 AND 253402300799),
    PRIMARY KEY (client_id, position)
);

CREATE INDEX client_secrets_value ON guestlist.client_secrets (value) WHERE type IN ('sha256', 'sha512');

-- A table of its own since it is searched by value: what a preflight asks carries no client id.
CREATE TABLE guestlist.allowed_cors_origins (
    client_id TEXT COLLATE "C" NOT NULL
        REFERENCES guestlist.clients (client_id) ON DELETE CASCADE ON UPDATE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    origin TEXT COLLATE "C" NOT NULL CHECK (octet_length(origin) BETWEEN 1 AND 1024),
    PRIMARY KEY (client_id, position)
);

CREATE INDEX allowed_cors_origins_origin ON guestlist.allowed_cors_origins (origin);

-- Every change of a client gives it a new version, whoever writes.
CREATE FUNCTION guestlist.new_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := nextval('guestlist.version');
    RETURN NEW;
END
$$;

CREATE TRIGGER new_version BEFORE INSERT OR UPDATE ON guestlist.clients
    FOR EACH ROW EXECUTE FUNCTION guestlist.new_version();

-- And tells every server that listens which client it was; an empty id stands for all.
CREATE FUNCTION guestlist.notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_notify('guestlist', '');
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('guestlist', OLD.client_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('guestlist', NEW.client_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER notify AFTER INSERT OR UPDATE OR DELETE ON guestlist.clients
    FOR EACH ROW EXECUTE FUNCTION guestlist.notify();

CREATE TRIGGER notify_truncate AFTER TRUNCATE ON guestlist.clients
    FOR EACH STATEMENT EXECUTE FUNCTION guestlist.notify();

-- A change of what belongs to a client is a change of the client.
CREATE FUNCTION guestlist.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE guestlist.clients SET version = version WHERE client_id = OLD.client_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE guestlist.clients SET version = version WHERE client_id = NEW.client_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER touch AFTER INSERT OR UPDATE OR DELETE ON guestlist.client_secrets
    FOR EACH ROW EXECUTE FUNCTION guestlist.touch();

CREATE TRIGGER touch AFTER INSERT OR UPDATE OR DELETE ON guestlist.allowed_cors_origins
    FOR EACH ROW EXECUTE FUNCTION guestlist.touch();

CREATE TRIGGER notify_truncate AFTER TRUNCATE ON guestlist.client_secrets
    FOR EACH STATEMENT EXECUTE FUNCTION guestlist.notify();

CREATE TRIGGER notify_truncate AFTER TRUNCATE ON guestlist.allowed_cors_origins
    FOR EACH STATEMENT EXECUTE FUNCTION guestlist.notify();
