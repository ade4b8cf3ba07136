-- The clients of guestlist, with the settings' names and defaults. A time is in seconds; a list that is only read with
-- its client is a JSON array. The constraints keep out what no client can have, and what is too long to be asked for:
-- whoever writes here by hand runs into them at once, and into the other rules when the client is looked up.
--
-- Any program with SQLite 3.37 or later can write here: STRICT tables came with that, and nothing here is newer.

-- Counts every change, so that no version of a client is ever given twice, also if it is deleted and created again.
CREATE TABLE guestlist_revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    -- Whether the version that is being written is a trigger's own.
    is_writing INTEGER NOT NULL DEFAULT 0 CHECK (is_writing IN (0, 1))
) STRICT;

INSERT INTO guestlist_revision (id, revision) VALUES (1, 0);

CREATE TABLE guestlist_clients (
    -- Compared byte for byte, as everything that is not declared otherwise.
    client_id TEXT NOT NULL PRIMARY KEY COLLATE BINARY
        CHECK (length(CAST(client_id AS BLOB)) BETWEEN 1 AND 1024
            AND client_id NOT GLOB '*[^ -~]*' AND instr(client_id, char(0)) = 0),
    -- Which state of the client it is; set by the triggers.
    version INTEGER NOT NULL DEFAULT 0,
    -- How findings of single rules are treated: {"allow": [], "expect": [], "warn": [], "deny": []}.
    levels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(levels) AND json_type(levels) = 'object'),

    enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    protocol_type TEXT NOT NULL DEFAULT 'oidc',
    require_client_secret INTEGER NOT NULL DEFAULT 1 CHECK (require_client_secret IN (0, 1)),
    client_name TEXT,
    description TEXT,
    client_uri TEXT,
    logo_uri TEXT,
    require_consent INTEGER NOT NULL DEFAULT 0 CHECK (require_consent IN (0, 1)),
    allow_remember_consent INTEGER NOT NULL DEFAULT 1 CHECK (allow_remember_consent IN (0, 1)),
    consent_lifetime INTEGER CHECK (consent_lifetime BETWEEN 1 AND 2147483647),
    allowed_grant_types TEXT NOT NULL
        CHECK (json_valid(allowed_grant_types) AND json_type(allowed_grant_types) = 'array'
            AND json_array_length(allowed_grant_types) > 0),
    require_pkce INTEGER NOT NULL DEFAULT 1 CHECK (require_pkce IN (0, 1)),
    allow_plain_text_pkce INTEGER NOT NULL DEFAULT 0 CHECK (allow_plain_text_pkce IN (0, 1)),
    require_request_object INTEGER NOT NULL DEFAULT 0 CHECK (require_request_object IN (0, 1)),
    allow_access_tokens_via_browser INTEGER NOT NULL DEFAULT 0 CHECK (allow_access_tokens_via_browser IN (0, 1)),
    redirect_uris TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(redirect_uris) AND json_type(redirect_uris) = 'array'),
    post_logout_redirect_uris TEXT NOT NULL DEFAULT '[]'
        CHECK (json_valid(post_logout_redirect_uris) AND json_type(post_logout_redirect_uris) = 'array'),
    front_channel_logout_uri TEXT,
    front_channel_logout_session_required INTEGER NOT NULL DEFAULT 1
        CHECK (front_channel_logout_session_required IN (0, 1)),
    back_channel_logout_uri TEXT,
    back_channel_logout_session_required INTEGER NOT NULL DEFAULT 1
        CHECK (back_channel_logout_session_required IN (0, 1)),
    allow_offline_access INTEGER NOT NULL DEFAULT 0 CHECK (allow_offline_access IN (0, 1)),
    allowed_scopes TEXT NOT NULL DEFAULT '[]'
        CHECK (json_valid(allowed_scopes) AND json_type(allowed_scopes) = 'array'),
    always_include_user_claims_in_id_token INTEGER NOT NULL DEFAULT 0
        CHECK (always_include_user_claims_in_id_token IN (0, 1)),
    identity_token_lifetime INTEGER NOT NULL DEFAULT 300 CHECK (identity_token_lifetime BETWEEN 1 AND 2147483647),
    allowed_identity_token_signing_algorithms TEXT NOT NULL DEFAULT '[]'
        CHECK (json_valid(allowed_identity_token_signing_algorithms)
            AND json_type(allowed_identity_token_signing_algorithms) = 'array'),
    access_token_lifetime INTEGER NOT NULL DEFAULT 3600 CHECK (access_token_lifetime BETWEEN 1 AND 2147483647),
    authorization_code_lifetime INTEGER NOT NULL DEFAULT 300
        CHECK (authorization_code_lifetime BETWEEN 1 AND 2147483647),
    absolute_refresh_token_lifetime INTEGER NOT NULL DEFAULT 2592000
        CHECK (absolute_refresh_token_lifetime BETWEEN 0 AND 2147483647),
    sliding_refresh_token_lifetime INTEGER NOT NULL DEFAULT 1296000
        CHECK (sliding_refresh_token_lifetime BETWEEN 0 AND 2147483647),
    refresh_token_usage TEXT NOT NULL DEFAULT 'one_time_only'
        CHECK (refresh_token_usage IN ('reuse', 'one_time_only')),
    refresh_token_expiration TEXT NOT NULL DEFAULT 'absolute'
        CHECK (refresh_token_expiration IN ('absolute', 'sliding')),
    update_access_token_claims_on_refresh INTEGER NOT NULL DEFAULT 0
        CHECK (update_access_token_claims_on_refresh IN (0, 1)),
    access_token_type TEXT NOT NULL DEFAULT 'jwt' CHECK (access_token_type IN ('jwt', 'reference')),
    enable_local_login INTEGER NOT NULL DEFAULT 1 CHECK (enable_local_login IN (0, 1)),
    identity_provider_restrictions TEXT NOT NULL DEFAULT '[]'
        CHECK (json_valid(identity_provider_restrictions) AND json_type(identity_provider_restrictions) = 'array'),
    include_jwt_id INTEGER NOT NULL DEFAULT 1 CHECK (include_jwt_id IN (0, 1)),
    -- [{"claim_type": "role", "value": "admin", "value_type": null}]
    claims TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(claims) AND json_type(claims) = 'array'),
    always_send_client_claims INTEGER NOT NULL DEFAULT 0 CHECK (always_send_client_claims IN (0, 1)),
    client_claims_prefix TEXT NOT NULL DEFAULT 'client_',
    pair_wise_subject_salt TEXT,
    user_sso_lifetime INTEGER CHECK (user_sso_lifetime BETWEEN 1 AND 2147483647),
    user_code_type TEXT,
    device_code_lifetime INTEGER NOT NULL DEFAULT 300 CHECK (device_code_lifetime BETWEEN 1 AND 2147483647),
    -- [{"key": "tier", "value": "gold"}]
    properties TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(properties) AND json_type(properties) = 'array'),
    require_dpop INTEGER NOT NULL DEFAULT 0 CHECK (require_dpop IN (0, 1)),
    dpop_validation_mode TEXT NOT NULL DEFAULT '["iat"]'
        CHECK (json_valid(dpop_validation_mode) AND json_type(dpop_validation_mode) = 'array'),
    dpop_clock_skew INTEGER NOT NULL DEFAULT 300 CHECK (dpop_clock_skew BETWEEN 0 AND 4294967295),
    require_pushed_authorization INTEGER NOT NULL DEFAULT 0 CHECK (require_pushed_authorization IN (0, 1)),
    pushed_authorization_lifetime INTEGER CHECK (pushed_authorization_lifetime BETWEEN 1 AND 2147483647),
    ciba_lifetime INTEGER CHECK (ciba_lifetime BETWEEN 1 AND 2147483647),
    polling_interval INTEGER CHECK (polling_interval BETWEEN 1 AND 2147483647),
    coordinate_lifetime_with_user_session INTEGER CHECK (coordinate_lifetime_with_user_session IN (0, 1)),
    initiate_login_uri TEXT,
    application_type TEXT CHECK (application_type IN ('web', 'native'))
) STRICT;

-- Which ids differ only by case: asked for when a client is written.
CREATE INDEX guestlist_clients_lower ON guestlist_clients (lower(client_id));

-- What proves a client; a table of its own since it is searched by value: two clients must not share a secret.
CREATE TABLE guestlist_client_secrets (
    client_id TEXT NOT NULL COLLATE BINARY
        REFERENCES guestlist_clients (client_id) ON DELETE CASCADE ON UPDATE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    type TEXT NOT NULL
        CHECK (type IN ('sha256', 'sha512', 'x509_thumbprint', 'x509_name', 'x509_certificate', 'jwk')),
    -- The digest, never the secret; of a key or certificate its text in UTF-8.
    value BLOB NOT NULL
        CHECK (CASE type WHEN 'sha256' THEN length(value) = 32 WHEN 'sha512' THEN length(value) = 64
            ELSE length(value) > 0 END),
    description TEXT,
    -- Unix time, in seconds, up to the end of the year 9999.
    expiration INTEGER CHECK (expiration BETWEEN 0 AND 253402300799),
    PRIMARY KEY (client_id, position)
) STRICT;

CREATE INDEX guestlist_client_secrets_value ON guestlist_client_secrets (value) WHERE type IN ('sha256', 'sha512');

-- A table of its own since it is searched by value: what a preflight asks carries no client id.
CREATE TABLE guestlist_allowed_cors_origins (
    client_id TEXT NOT NULL COLLATE BINARY
        REFERENCES guestlist_clients (client_id) ON DELETE CASCADE ON UPDATE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    origin TEXT NOT NULL COLLATE BINARY CHECK (length(CAST(origin AS BLOB)) BETWEEN 1 AND 1024),
    PRIMARY KEY (client_id, position)
) STRICT;

CREATE INDEX guestlist_allowed_cors_origins_origin ON guestlist_allowed_cors_origins (origin);

-- Every change of a client gives it a new version, whoever writes, and whatever version they write.
CREATE TRIGGER guestlist_clients_updated AFTER UPDATE ON guestlist_clients
WHEN (SELECT NOT is_writing FROM guestlist_revision) BEGIN
    UPDATE guestlist_revision SET revision = revision + 1, is_writing = 1;
    UPDATE guestlist_clients SET version = (SELECT revision FROM guestlist_revision) WHERE client_id = new.client_id;
    UPDATE guestlist_revision SET is_writing = 0;
END;

-- The secrets of one client must never be those of another, also where foreign keys are off, as they are in the sqlite3
-- shell: a new client begins without any, also one that REPLACEs another, of which no trigger tells;
CREATE TRIGGER guestlist_clients_inserted AFTER INSERT ON guestlist_clients BEGIN
    DELETE FROM guestlist_client_secrets WHERE client_id = new.client_id;
    DELETE FROM guestlist_allowed_cors_origins WHERE client_id = new.client_id;
    UPDATE guestlist_clients SET version = version WHERE client_id = new.client_id;
END;

-- those of one that is deleted go with it;
CREATE TRIGGER guestlist_clients_deleted AFTER DELETE ON guestlist_clients BEGIN
    UPDATE guestlist_revision SET revision = revision + 1;
    DELETE FROM guestlist_client_secrets WHERE client_id = old.client_id;
    DELETE FROM guestlist_allowed_cors_origins WHERE client_id = old.client_id;
END;

-- and those of one that gets another id go along, unless that id has some already.
CREATE TRIGGER guestlist_clients_rename BEFORE UPDATE OF client_id ON guestlist_clients
WHEN new.client_id <> old.client_id BEGIN
    SELECT RAISE(ABORT, 'there are secrets or origins under the new client_id: delete them first')
    WHERE EXISTS (SELECT 1 FROM guestlist_client_secrets WHERE client_id = new.client_id)
        OR EXISTS (SELECT 1 FROM guestlist_allowed_cors_origins WHERE client_id = new.client_id);
END;

CREATE TRIGGER guestlist_clients_renamed AFTER UPDATE OF client_id ON guestlist_clients
WHEN new.client_id <> old.client_id BEGIN
    UPDATE guestlist_client_secrets SET client_id = new.client_id WHERE client_id = old.client_id;
    UPDATE guestlist_allowed_cors_origins SET client_id = new.client_id WHERE client_id = old.client_id;
END;

-- A change of what belongs to a client is a change of the client.
CREATE TRIGGER guestlist_client_secrets_inserted AFTER INSERT ON guestlist_client_secrets BEGIN
    UPDATE guestlist_clients SET version = version WHERE client_id = new.client_id;
END;

CREATE TRIGGER guestlist_client_secrets_updated AFTER UPDATE ON guestlist_client_secrets BEGIN
    UPDATE guestlist_clients SET version = version WHERE client_id IN (old.client_id, new.client_id);
END;

CREATE TRIGGER guestlist_client_secrets_deleted AFTER DELETE ON guestlist_client_secrets BEGIN
    UPDATE guestlist_clients SET version = version WHERE client_id = old.client_id;
END;

CREATE TRIGGER guestlist_allowed_cors_origins_inserted AFTER INSERT ON guestlist_allowed_cors_origins BEGIN
    UPDATE guestlist_clients SET version = version WHERE client_id = new.client_id;
END;

CREATE TRIGGER guestlist_allowed_cors_origins_updated AFTER UPDATE ON guestlist_allowed_cors_origins BEGIN
    UPDATE guestlist_clients SET version = version WHERE client_id IN (old.client_id, new.client_id);
END;

CREATE TRIGGER guestlist_allowed_cors_origins_deleted AFTER DELETE ON guestlist_allowed_cors_origins BEGIN
    UPDATE guestlist_clients SET version = version WHERE client_id = old.client_id;
END;
