//! Everything that holds for clients in a database, with real ones: SQLite in a file and in memory, and PostgreSQL, as a
//! private server in a temporary directory.
//!
//! Where PostgreSQL is not installed, its tests say so and count as ignored; so does that with the `sqlite3` shell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod changes;
mod clients;
mod concurrency;
mod faults;
mod hostile;
mod management;
mod other_hands;
mod place;
mod postgres;
mod relay;
mod round_trip;
mod schema;
mod tls;

use std::pin::Pin;
use std::process::Command;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use tokio::runtime;

use place::{Kind, Place};
use postgres::SharedCluster;

/// A test of one database.
struct Case {
    name: &'static str,
    run: fn(Place) -> Pin<Box<dyn Future<Output = ()>>>,
}

/// Tests by their names, as `module::function`.
macro_rules! cases {
    ($($module:ident::$name:ident,)+) => {
        vec![$(Case {
            name: concat!(stringify!($module), "::", stringify!($name)),
            run: |place| Box::pin($module::$name(place)),
        }),+]
    };
}

fn main() {
    // As another process of these tests, that is killed while it writes.
    if let Ok(url) = std::env::var(faults::WRITER) {
        return runtime().block_on(faults::write_for_ever(&url));
    }
    let missing = postgres::missing();
    if let Some(missing) = missing {
        eprintln!("the tests with PostgreSQL are ignored: {missing}");
    }
    let cluster = SharedCluster::default();
    let trial = |kind: Kind, case: Case| {
        let name = format!("{}::{}", kind.name(), case.name);
        let cluster = Arc::clone(&cluster);
        let test = Trial::test(name, move || {
            runtime().block_on(async { (case.run)(Place::new(kind, &cluster).await).await });
            Ok(())
        });
        test.with_ignored_flag(kind == Kind::Postgres && missing.is_some())
    };
    let mut trials = Vec::new();
    for kind in Kind::ALL {
        trials.extend(everywhere().into_iter().map(|case| trial(kind, case)));
    }
    trials.extend(in_a_file().into_iter().map(|case| trial(Kind::File, case)));
    let has_shell = Command::new("sqlite3").arg("--version").output().is_ok();
    let in_a_shell = cases![other_hands::an_older_sqlite_writes_what_is_right,];
    let in_a_shell = in_a_shell.into_iter().map(|case| trial(Kind::File, case).with_ignored_flag(!has_shell));
    trials.extend(in_a_shell);
    trials.extend(in_postgres().into_iter().map(|case| trial(Kind::Postgres, case)));
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    // `exit` drops nothing, and the server would go on.
    drop(cluster);
    conclusion.exit();
}

fn runtime() -> runtime::Runtime {
    runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn everywhere() -> Vec<Case> {
    cases![
        round_trip::every_setting_comes_back,
        round_trip::any_client_that_is_accepted_comes_back,
        clients::an_enabled_client_is_found_by_equal_bytes,
        clients::an_origin_is_allowed_by_any_enabled_client,
        clients::clients_are_listed_by_the_bytes_of_their_ids,
        management::a_client_is_created_changed_and_deleted,
        management::a_stale_version_is_a_conflict_and_changes_nothing,
        management::an_id_is_taken_once,
        management::no_version_is_given_twice,
        management::what_is_refused_is_not_written,
        management::warnings_come_with_success,
        management::levels_are_kept,
        management::a_secret_in_clear_is_judged_and_only_its_digest_kept,
        management::a_secret_of_another_client_is_noticed,
        management::ids_that_differ_by_case_are_noticed,
        management::what_a_row_cannot_hold_is_refused,
        other_hands::a_row_has_the_defaults_of_the_record,
        other_hands::a_row_that_breaks_a_rule_is_refused_and_not_unknown,
        other_hands::what_cannot_be_read_is_refused,
        other_hands::the_schema_keeps_the_bounds_of_the_record,
        other_hands::a_change_of_what_belongs_to_a_client_is_a_change_of_the_client,
        other_hands::nothing_of_a_deleted_client_comes_back,
        hostile::texts_are_only_texts,
        hostile::nobody_has_an_impossible_id,
        schema::a_database_without_a_schema_is_not_opened,
        schema::a_schema_from_the_future_is_not_opened,
        schema::migrating_again_changes_nothing,
        concurrency::of_clients_with_one_secret_the_first_is_written,
        concurrency::writers_of_one_client_lose_no_update,
        concurrency::ten_thousand_clients,
        changes::whoever_writes_is_noticed,
        changes::the_caches_of_all_nodes_forget_what_has_changed,
        changes::a_wait_that_is_given_up_misses_nothing,
    ]
}

fn in_a_file() -> Vec<Case> {
    cases![
        other_hands::nul_is_a_character_of_its_text,
        other_hands::bytes_that_are_no_text_in_sqlite,
        schema::a_url_that_names_no_database_is_refused,
        schema::several_migrate_at_once,
        faults::a_writer_that_is_killed_leaves_one_state_or_the_other,
        faults::a_locked_file_is_unavailable_and_comes_back,
    ]
}

fn in_postgres() -> Vec<Case> {
    cases![
        clients::a_lookup_is_one_statement,
        other_hands::bytes_that_are_no_text_in_postgres,
        other_hands::no_error_shows_a_digest,
        schema::several_migrate_at_once,
        schema::the_migrations_of_an_application_are_left_alone,
        schema::a_role_without_the_right_to_create_migrates_what_is_there,
        changes::a_lost_connection_may_have_missed_everything,
        changes::a_silent_connection_is_noticed,
        faults::a_writer_that_is_killed_leaves_one_state_or_the_other,
        faults::a_server_goes_away_and_comes_back,
        faults::a_backend_that_is_terminated_in_the_middle_leaves_the_old_state,
        faults::a_silent_server_is_unavailable,
        faults::a_refused_connection_says_so_and_where,
        tls::tls_is_spoken_before_anything_is_told,
        tls::a_server_without_tls_is_refused_where_it_is_asked_for,
        faults::a_lookup_does_not_see_that_its_connection_was_lost,
        faults::a_server_that_crashes_leaves_one_state_or_the_other,
    ]
}
