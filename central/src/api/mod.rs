//! The people's API: the router, and nothing else. One endpoint, one file, under `v1/<resource>/<verb>.rs`; one error
//! envelope (`error.rs`); one way to register an endpoint (`endpoint.rs`), which wants an [`Authz`](crate::auth::Authz) as a
//! handler's first argument. No SQL here, no plate, name or token in a URL or a log line.

mod console;
mod cursor;
mod endpoint;
mod error;
mod extract;
mod frame;
mod page;
mod roles;
mod state;
#[cfg(test)]
mod testing;
mod text;
mod v1;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::{Extension, Router, middleware};

use crate::auth::access;
use endpoint::{Endpoints, guarded, guarded_with_body, open};

pub use endpoint::{RouteRow, Way};
pub use error::ApiError;
pub use roles::roles_markdown;
pub use state::{People, PictureError, Pictures};

/// Largest request body but for pictures of enrolment: no other request carries more than a search or a list of ids.
pub const BODY_MAX_BYTES: usize = 64 * 1024;

/// Every route there is. Registering anywhere else is not possible: [`Endpoints`] keeps its router to itself.
fn endpoints() -> Endpoints {
    let e = Endpoints::new();
    let e = open!(e, "people must be able to sign in", v1::session::create::create_session);
    let e = guarded!(e, access::OWN_SESSION, v1::session::get::get_session);
    let e = guarded!(e, access::OWN_SESSION, v1::session::delete::delete_session);
    let e = guarded!(e, access::OWN_SESSION, v1::session::lock::lock_session);
    let e = guarded!(e, access::OWN_SESSION, v1::session::unlock::unlock_session);
    let e = guarded!(e, access::OWN_DESK, v1::session::set_pin::set_pin);
    let e = guarded!(e, access::DESK_HAND_OVER, v1::session::hand_over::hand_over);
    let e = guarded!(e, access::GATES_READ, v1::handovers::list::list_handovers);
    let e = guarded!(e, access::OWN_ACCOUNT, v1::session::password::change_password);
    let e = guarded!(e, access::OWN_ACCOUNT, v1::session::begin_totp::begin_totp);
    let e = guarded!(e, access::OWN_ACCOUNT, v1::session::confirm_totp::confirm_totp);
    let e = guarded!(e, access::ACCOUNTS, v1::users::list::list_users);
    let e = guarded!(e, access::ACCOUNTS_DECIDE, v1::users::add::add_user);
    let e = guarded!(e, access::ACCOUNTS_DECIDE, v1::users::roles::set_user_roles);
    let e = guarded!(e, access::ACCOUNTS_DECIDE, v1::users::lock::lock_user);
    let e = guarded!(e, access::ACCOUNTS_DECIDE, v1::users::unlock::unlock_user);
    let e = guarded!(e, access::ACCOUNTS_DECIDE, v1::users::reset_password::reset_user_password);
    let e = guarded!(e, access::ACCOUNTS, v1::users::sessions::list_user_sessions);
    let e = guarded!(e, access::ACCOUNTS_DECIDE, v1::users::end_sessions::end_user_sessions);
    let e = guarded!(e, access::PLACES, v1::sites::list::list_sites);
    let e = guarded!(e, access::DEVICES, v1::nodes::list::list_nodes);
    let e = guarded!(e, access::DEVICES, v1::cameras::list::list_cameras);
    let e = guarded!(e, access::DEVICES_LOOK, v1::cameras::still::take_still);
    let e = guarded!(e, access::CAMERAS_CLEAR, v1::cameras::clear_still::take_clear_still);
    let e = guarded!(e, access::DEVICES, v1::cameras::lines::get_lines);
    let e = guarded!(e, access::DEVICES_LOOK, v1::cameras::try_lines::try_lines);
    let e = guarded!(e, access::LINES_DECIDE, v1::cameras::set_lines::set_lines);
    let e = guarded!(e, access::DEVICES, v1::devices::outages::list_outages);
    let e = guarded!(e, access::PASSES, v1::passes::search::search_passes);
    let e = guarded!(e, access::PASS_EXPORTS, v1::passes::exports::list_exports);
    let e = guarded!(e, access::PASSES, v1::passes::get::get_pass);
    let e = guarded!(e, access::PASSES, v1::passes::evidence::get_pass_evidence);
    let e = guarded!(e, access::PASSES_ANSWER_FOR, v1::passes::correct::correct_pass);
    let e = guarded!(e, access::PASSES_ANSWER_FOR, v1::passes::export::export_passes);
    let e = guarded!(e, access::GRANTS, v1::grants::list::list_grants);
    let e = guarded!(e, access::GRANTS_DECIDE, v1::grants::ask::ask_grant);
    let e = guarded!(e, access::GRANTS_DECIDE, v1::grants::approve::approve_grant);
    let e = guarded!(e, access::GRANTS_DECIDE, v1::grants::refuse::refuse_grant);
    let e = guarded!(e, access::GRANTS_DECIDE, v1::grants::withdraw::withdraw_grant);
    let e = guarded!(e, access::PLATE_LISTS, v1::plate_lists::list::list_plate_lists);
    let e = guarded!(e, access::PLATE_LISTS_DECIDE, v1::plate_lists::propose::propose_list_entry);
    let e = guarded!(e, access::PLATE_LISTS_DECIDE, v1::plate_lists::approve::approve_list_entry);
    let e = guarded!(e, access::PLATE_LISTS_DECIDE, v1::plate_lists::refuse::refuse_list_entry);
    let e = guarded!(e, access::PLATE_LISTS_DECIDE, v1::plate_lists::withdraw::withdraw_list_entry);
    let e = guarded!(e, access::PLATE_LISTS, v1::plate_alerts::list::list_plate_alerts);
    let e = guarded!(e, access::PLATE_LISTS_DECIDE, v1::plate_alerts::seen::see_plate_alert);
    let e = guarded!(e, access::SUSPICIONS_READ, v1::suspicions::list::list_suspicions);
    let e = guarded!(e, access::SUSPICIONS_OVERVIEW, v1::suspicions::overview::get_overview);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::take_next::take_next_suspicion);
    let e = guarded!(e, access::SUSPICIONS_READ, v1::suspicions::get::get_suspicion);
    let e = guarded!(e, access::SUSPICIONS_READ, v1::suspicions::evidence::get_suspicion_evidence);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::take::take_suspicion);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::release::release_suspicion);
    let e = guarded!(e, access::SUSPICIONS_ASSIGN, v1::suspicions::assign::assign_suspicion);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::confirm::confirm_suspicion);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::reject::reject_suspicion);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::notice::note_notice);
    let e = guarded!(e, access::SUSPICIONS_DECIDE, v1::suspicions::reject_many::reject_suspicions);
    let e = guarded!(e, access::COUNTS, v1::counts::get::get_counts);
    let e = guarded!(e, access::VISITORS, v1::visitors::places::list_visitor_places);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::name_place::name_visitor_place);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::name_gate::name_visitor_gate);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::capacity::set_visitor_capacity);
    let e = guarded!(e, access::VISITORS, v1::visitors::holidays::list_visitor_holidays);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::set_holiday::set_visitor_holiday);
    let e = guarded!(e, access::VISITORS, v1::visitors::now::get_visitors_now);
    let e = guarded!(e, access::VISITORS, v1::visitors::figures::get_visitor_figures);
    let e = guarded!(e, access::VISITORS, v1::visitors::entries::list_visitor_entries);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::enter::enter_visitors);
    let e = guarded!(e, access::VISITORS, v1::visitors::report::get_visitor_report);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::freeze::freeze_visitors);
    let e = guarded!(e, access::VISITORS_DECIDE, v1::visitors::export::export_visitors);
    let e = guarded!(e, access::LIVE, v1::live::stream::stream_live);
    let e = guarded!(e, access::GATES_WATCH, v1::gates::list::list_gates);
    let e = guarded!(e, access::GATES_DECIDE, v1::gates::open::open_gate);
    let e = guarded!(e, access::GATES_READ, v1::gates::roll_call::call_roll);
    let e = guarded!(e, access::GATES_READ, v1::arrivals::search::search_arrivals);
    let e = guarded!(e, access::GATES_READ, v1::arrivals::get::get_arrival);
    let e = guarded!(e, access::GATES_READ, v1::arrivals::look::get_look);
    let e = guarded!(e, access::GATES_READ, v1::arrivals::enrolled_picture::get_enrolled_picture);
    let e = guarded!(e, access::GATES_DECIDE, v1::arrivals::admit::admit_arrival);
    let e = guarded!(e, access::GATES_DECIDE, v1::arrivals::refuse::refuse_arrival);
    let e = guarded!(e, access::GATES_DECIDE, v1::arrivals::not_this_person::not_this_person);
    let e = guarded!(e, access::GATES_DECIDE, v1::arrivals::verify::verify_arrival);
    let e = guarded!(e, access::GATES_DECIDE, v1::arrivals::alert_seen::see_alert);
    let e = guarded!(e, access::GATES_READ, v1::visits::there::list_visits);
    let e = guarded!(e, access::GATES_DECIDE, v1::visits::register::register_visit);
    let e = guarded!(e, access::GATES_READ, v1::visits::search::search_visits);
    let e = guarded!(e, access::GATES_READ, v1::visits::print::print_visits);
    let e = guarded!(e, access::GATES_READ, v1::visits::get::get_visit);
    let e = guarded!(e, access::GATES_DECIDE, v1::visits::call_host::call_host);
    let e = guarded!(e, access::GATES_DECIDE, v1::visits::host_answer::note_host_answer);
    let e = guarded!(e, access::GATES_DECIDE, v1::visits::admit::admit_visit);
    let e = guarded!(e, access::GATES_DECIDE, v1::visits::refuse::refuse_visit);
    let e = guarded!(e, access::GATES_DECIDE, v1::visits::leave::leave_visit);
    let e = guarded!(e, access::GATES_READ, v1::hosts::search::search_hosts);
    let e = guarded!(e, access::PEOPLE, v1::hosts::list::list_hosts);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::hosts::enter::enter_host);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::hosts::end::end_host);
    let people = v1::people::PROPOSAL_MAX_BYTES;
    let e = guarded_with_body!(e, access::PEOPLE_DECIDE, people, v1::people::propose::propose_person);
    let most = v1::people::import::IMPORT_MAX_BYTES;
    let e = guarded_with_body!(e, access::PEOPLE_DECIDE, most, v1::people::import::import_people);
    let e = guarded!(e, access::PEOPLE, v1::people::list::list_people);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::people::approve::approve_person);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::people::reject::reject_person);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::people::withdraw::withdraw_person);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::people::issue_pass::issue_pass);
    let e = guarded!(e, access::PEOPLE, v1::people::certificate::get_certificate);
    let e = guarded_with_body!(e, access::PEOPLE_DECIDE, people, v1::watch::propose::propose_watch);
    let e = guarded!(e, access::PEOPLE, v1::watch::list::list_watch);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::watch::approve::approve_watch);
    let e = guarded!(e, access::PEOPLE_DECIDE, v1::watch::withdraw::withdraw_watch);
    let e = guarded!(e, access::AUDIT, v1::audit::list::list_audit);
    let e = guarded!(e, access::AUDIT, v1::audit::check::check_audit);
    let e = guarded!(e, access::RETENTION, v1::retention::get::get_retention);
    let e = guarded!(e, access::RETENTION_DECIDE, v1::retention::set::set_retention);
    let e = guarded!(e, access::ABOUT, v1::about::get::get_about);
    let e = open!(e, "holds no data", v1::openapi::get_openapi);
    open!(e, "says only that the process answers", v1::health::get_health)
}

/// The routes and what each asks for, as registered.
#[must_use]
pub fn routes() -> Vec<RouteRow> {
    endpoints().into_parts().2
}

/// The OpenAPI document, pretty-printed, with a line feed at its end: the content of docs/openapi.json.
#[must_use]
pub fn openapi_json() -> String {
    let (_, document, _) = endpoints().into_parts();
    let mut text =
        document.to_pretty_json().expect("an OpenAPI document has string keys only and no failing serialiser");
    text.push('\n');
    text
}

/// The people's listener: API, live page, nothing for nodes. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, so that lockout knows addresses.
pub fn router(people: Arc<People>) -> Router {
    let (router, document, _) = endpoints().into_parts();
    let text = document.to_json().expect("an OpenAPI document has string keys only and no failing serialiser");
    router
        .merge(page::router())
        .merge(console::router())
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(Extension(v1::openapi::Document(text.into())))
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(middleware::from_fn_with_state(Arc::clone(&people), frame::frame))
        .with_state(people)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;

    use axum::http::header;
    use serde_json::json;
    use uuid::Uuid;

    use super::testing::{Bench, PASSWORD};
    use super::*;
    use crate::auth::{AccountKind, Role};
    use crate::store::fixtures;
    use crate::store::testing::each_engine;

    /// Set to write the generated documents instead of comparing them.
    const UPDATE: &str = "CHILANG_UPDATE_DOCS";

    fn document(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
    }

    fn compare(name: &str, generated: &str) {
        let path = document(name);
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(&path, generated).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == generated, "docs/{name} is old: run this test with {UPDATE}=1 and commit the change");
    }

    #[test]
    fn the_openapi_document_is_the_committed_one() {
        compare("openapi.json", &openapi_json());
    }

    #[test]
    fn the_table_of_roles_is_the_committed_one() {
        compare("roles.md", &roles_markdown());
    }

    #[test]
    fn the_inventory_of_stored_data_is_the_committed_one() {
        let text = format!(
            "# Stored data\n\nGenerated from `central/src/privacy/registry.rs` by a test.\n\n{}",
            crate::privacy::inventory_markdown()
        );
        compare("stored-data.md", &text);
    }

    #[test]
    fn every_route_but_three_wants_an_authz() {
        let open: Vec<_> = routes()
            .into_iter()
            .filter(|r| matches!(r.way, Way::Open(_)))
            .map(|r| format!("{} {}", r.method, r.path))
            .collect();
        assert_eq!(open, ["POST /api/v1/session", "GET /api/v1/openapi.json", "GET /healthz"]);
    }

    fn concrete(path: &str) -> String {
        let id = Uuid::from_u128(1).to_string();
        let path = path.replace("{site}", "road-1").replace("{node}", "n1").replace("{gate}", "main");
        let path = path.replace("{camera}", "cam-1").replace("{data_class}", "access");
        path.replace("{id}", &id).replace("{passage_id}", &id).replace("{role}", "frame")
    }

    #[tokio::test]
    async fn each_role_is_refused_on_every_route_that_is_not_its_own() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            for role in Role::ALL {
                let client = bench.person(&format!("nguoi-{}", role.as_str().replace('_', "-")), role).await;
                for row in routes() {
                    let Way::Guarded(access) = row.way else { continue };
                    if access.admits(role) {
                        continue;
                    }
                    let body = json!({});
                    let answer = client.send(row.method, &concrete(&row.path), Some(&body)).await;
                    assert_eq!(answer.verdict(), "403 forbidden", "{role}: {} {}", row.method, row.path);
                }
            }
        })
        .await;
    }

    #[tokio::test]
    async fn without_a_session_or_its_csrf_token_every_guarded_route_is_shut() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let roles: Vec<_> = Role::ALL.into_iter().map(|r| ("police", r)).collect();
            bench.account("moi-vai", AccountKind::Person, &roles).await;
            let client = bench.sign_in("moi-vai").await;
            for row in routes() {
                if !matches!(row.way, Way::Guarded(_)) {
                    continue;
                }
                let path = concrete(&row.path);
                let nobody = bench.send(row.method, &path, &[], Some(&json!({}))).await;
                assert_eq!(nobody.verdict(), "401 not_signed_in", "{} {path}", row.method);
                if row.method != "GET" {
                    let cookie = [("cookie", client.cookie.as_str())];
                    let forged = bench.send(row.method, &path, &cookie, Some(&json!({}))).await;
                    assert_eq!(forged.verdict(), "403 csrf", "{} {path}", row.method);
                }
            }
        })
        .await;
    }

    #[tokio::test]
    async fn every_answer_keeps_to_itself_and_every_error_has_the_envelope() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            for (method, path, status) in [
                ("GET", "/live", 200),
                ("GET", "/live.js", 200),
                ("GET", "/live.css", 200),
                ("GET", "/healthz", 200),
                ("GET", "/api/v1/openapi.json", 200),
                ("GET", "/api/v1/nothing", 404),
                ("GET", "/etc/passwd", 404),
                ("DELETE", "/healthz", 405),
                ("GET", "/api/v1/nodes", 401),
            ] {
                let answer = bench.send(method, path, &[], None).await;
                assert_eq!(answer.status, status, "{method} {path}");
                for (name, value) in [
                    ("x-content-type-options", "nosniff"),
                    ("referrer-policy", "no-referrer"),
                    ("x-frame-options", "DENY"),
                    ("cache-control", "no-store"),
                ] {
                    assert_eq!(answer.headers[name], value, "{method} {path}");
                }
                let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
                assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
                assert!(answer.headers.contains_key("x-request-id"));
                if status >= 400 {
                    assert!(answer.json()["error"]["code"].is_string(), "{method} {path}");
                    assert!(answer.json()["error"]["message"].is_string(), "{method} {path}");
                }
            }
            let huge = json!({ "user": "x".repeat(BODY_MAX_BYTES), "password": "x" });
            let answer = bench.send("POST", "/api/v1/session", &[], Some(&huge)).await;
            assert_eq!(answer.verdict(), "413 too_large");
        })
        .await;
    }

    #[test]
    fn the_page_holds_no_script_no_style_and_no_way_to_put_markup_in() {
        let page = include_str!("../../web/live/index.html");
        // A handler in an attribute, onclick=…, told from English words that begin so.
        let handler = page.split_whitespace().any(|word| word.starts_with("on") && word.contains('='));
        assert!(!page.contains("<style") && !page.contains("style=") && !handler, "inline code");
        assert_eq!(page.matches("<script").count(), page.matches("<script src=\"/live.js\" defer></script>").count());
        let script = include_str!("../../web/live/live.js");
        for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "localStorage", "document.write"] {
            assert!(!script.contains(forbidden), "{forbidden}");
        }
    }

    /// What was logged.
    #[derive(Clone, Default)]
    struct Heard(Arc<Mutex<Vec<u8>>>);

    impl Write for Heard {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn no_plate_no_name_no_token_and_no_path_reaches_the_log_at_any_level() {
        let heard = Heard::default();
        let writer = heard.clone();
        let logs = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        // For the whole process: a subscriber of one thread is not asked about call sites that other tests reach first.
        tracing::subscriber::set_global_default(logs).expect("no other test of this program listens to logs");
        tracing::callsite::rebuild_interest_cache();
        each_engine(|db| {
            let heard = heard.clone();
            async move {
                let bench = Bench::new(db).await;
                let now = bench.now().0;
                fixtures::pass(&bench.db, Uuid::from_u128(77), "police", "road-1", now, "12A98765").await;
                fixtures::case(&bench.db, Uuid::from_u128(1), Uuid::from_u128(2), "police", "2026-000001", now).await;
                let client = bench.person("nguyen-van-a", Role::TrafficOfficer).await;
                bench.try_sign_in("nguyen-van-a", "Wrong-Password-1").await;
                let search = json!({
                    "site": "road-1", "from": "2026-11-23T00:00:00Z", "to": "2026-11-23T02:00:00Z", "key": "12A98765",
                });
                let answer = client.post("/api/v1/passes/search", &search).await;
                assert!(String::from_utf8_lossy(&answer.bytes).contains("12A98765"));
                client.get(&format!("/api/v1/passes/{}", Uuid::from_u128(77))).await;
                client.get("/api/v1/passes/12A98765").await;
                client.get("/api/v1/counts?site=12A98765").await;
                client.get("/api/v1/suspicions").await;
                let reject = json!({ "reason": "duplicate", "note": "12A98765" });
                client.post(&format!("/api/v1/suspicions/{}/reject", Uuid::from_u128(1)), &reject).await;
                let text = String::from_utf8_lossy(&heard.0.lock().unwrap()).into_owned();
                assert!(text.contains("/api/v1/passes/search"), "nothing was logged: {text}");
                let token = client.cookie.split_once('=').unwrap().1;
                // Not the five digits alone: a time or an id may hold them.
                for planted in ["12A98765", "A98765", "nguyen-van-a", PASSWORD, "Wrong-Password-1", token, &client.csrf]
                {
                    let line = text.lines().find(|l| l.contains(planted));
                    assert!(line.is_none(), "{planted} was logged: {line:?}");
                }
            }
        })
        .await;
    }
}
