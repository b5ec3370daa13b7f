//! `POST /api/v1/session`: sign in. One answer for an unknown account, a wrong password and an account switched off, and it
//! takes equally long. An account with a second factor is asked for its code once the password was right. The session and its
//! audit records are committed together.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionView;
use crate::api::extract::{Address, Body};
use crate::api::{ApiError, People};
use crate::audit::{self, Actor, Entry};
use crate::auth::{Purpose, begin_session, check_code, check_password, set_cookie};

/// Name and password, and a code where the account has a second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The account's name.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The one-time code of this moment, six digits; left out, `code_needed` says that it is wanted.
    #[serde(default)]
    pub code: Option<String>,
}

/// Sign in.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn,
    responses((status = 200, description = "Signed in; the session is in the cookie", body = SessionView),
        (status = 401, description = "Name or password wrong; or `code_needed`, `wrong_code`", body = crate::api::error::ErrorEnvelope),
        (status = 429, description = "Locked out for a while", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn create_session(
    State(people): State<Arc<People>>,
    Address(address): Address,
    Body(asked): Body<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let means = &people.means;
    let who = check_password(&means.db, &*means.clock, &asked.user, &asked.password, address.as_deref())
        .await
        .inspect_err(|_| tracing::info!("a sign-in was refused"))?;
    let who = check_code(&means.db, &*means.clock, &*people.office.vault, who, asked.code.as_deref()).await?;
    let mut tx = people.write().await?;
    let session = begin_session(&mut tx, &*means.clock, &*means.ids, &means.random, who).await?;
    let mut told = BTreeSet::new();
    for grant in &session.grants {
        if told.insert(&grant.controller) {
            let actor = Actor::at_sign_in(&session, grant.role);
            let entry = Entry::new(Some(actor), "session.begin", Purpose::Session);
            audit::append(&mut tx, &grant.controller, people.now(), entry).await?;
        }
    }
    tx.commit().await?;
    tracing::info!(session.id = %session.session_id, "session {} began", session.session_id);
    let cookie = set_cookie(Some(&session.token), people.secure_cookies);
    Ok(([(SET_COOKIE, cookie)], Json(SessionView::from(&session))))
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use contract::clock::{HOUR_US, MINUTE_US};
    use serde_json::json;

    use crate::api::testing::{Bench, PASSWORD};
    use crate::auth::{
        AccountKind, AuthError, Grant, Role, Use, account, disable, enable, session_of, set_password, set_roles,
        still_good,
    };
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn signing_in_answers_roles_and_a_strict_cookie() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let roles = [("police", Role::TrafficOfficer), ("tourism", Role::Tourism)];
            bench.account("can-bo-01", AccountKind::Person, &roles).await;
            let answer = bench.try_sign_in(" Can-Bo-01", PASSWORD).await;
            let mut body = answer.json();
            assert_eq!(body["csrf"].as_str().unwrap().len(), 43);
            body["csrf"] = json!("[csrf]");
            insta::allow_duplicates! { insta::assert_json_snapshot!(body, @r#"
            {
              "user": "can-bo-01",
              "roles": [
                {
                  "controller": "police",
                  "role": "traffic_officer",
                  "label": "Cán bộ thẩm định"
                },
                {
                  "controller": "tourism",
                  "role": "tourism",
                  "label": "Cán bộ du lịch"
                }
              ],
              "csrf": "[csrf]",
              "locked": false,
              "has_pin": false,
              "must": null,
              "second_factor": false
            }
            "#); }
            let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
            assert!(cookie.starts_with("chilang_session="), "{cookie}");
            assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        })
        .await;
    }

    #[tokio::test]
    async fn unknown_names_and_wrong_passwords_are_one_answer_and_lock_after_five() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            bench.account("can-bo-01", AccountKind::Person, &[("police", Role::Desk)]).await;
            for name in ["can-bo-01", "khong-co", "đ ' \" --"] {
                let mut told = Vec::new();
                for _ in 0..6 {
                    let answer = bench.try_sign_in(name, "wrong").await;
                    told.push(answer.verdict());
                }
                assert_eq!(told[..5], vec!["401 wrong_credentials"; 5], "{name}");
                assert_eq!(told[5], "429 locked_out", "{name}");
            }
            // The right password does not open a locked account; time does.
            assert_eq!(bench.try_sign_in("can-bo-01", PASSWORD).await.verdict(), "429 locked_out");
            bench.clock.advance_us(15 * MINUTE_US);
            assert_eq!(bench.try_sign_in("can-bo-01", PASSWORD).await.verdict(), "200");
        })
        .await;
    }

    #[tokio::test]
    async fn an_address_that_guesses_at_many_accounts_is_locked_too() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            bench.account("can-bo-01", AccountKind::Person, &[("police", Role::Desk)]).await;
            for n in 0..20 {
                assert_eq!(bench.try_sign_in(&format!("name-{n}"), "wrong").await.verdict(), "401 wrong_credentials");
            }
            assert_eq!(bench.try_sign_in("can-bo-01", PASSWORD).await.verdict(), "429 locked_out");
        })
        .await;
    }

    #[tokio::test]
    async fn attempts_at_once_can_not_outrun_the_count() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let attempts = (0..12).map(|_| bench.try_sign_in("can-bo-01", "wrong"));
            let answers = futures_util::future::join_all(attempts).await;
            let tried = answers.iter().filter(|a| a.verdict() == "401 wrong_credentials").count();
            assert_eq!(tried, 5);
        })
        .await;
    }

    #[tokio::test]
    async fn a_session_ends_when_idle_when_old_and_when_signed_out() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let client = bench.person("can-bo-01", Role::Desk).await;
            // Used every ten minutes it lives on, but not for ever.
            for _ in 0..71 {
                bench.clock.advance_us(10 * MINUTE_US);
                assert_eq!(client.get("/api/v1/session").await.verdict(), "200");
            }
            bench.clock.advance_us(10 * MINUTE_US);
            assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");

            let client = bench.sign_in("can-bo-01").await;
            bench.clock.advance_us(15 * MINUTE_US);
            assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");
            bench.clock.advance_us(-HOUR_US);
            assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");

            let client = bench.sign_in("can-bo-01").await;
            assert_eq!(client.send("DELETE", "/api/v1/session", None).await.verdict(), "204");
            assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");
        })
        .await;
    }

    #[tokio::test]
    async fn nothing_is_changed_without_the_csrf_token() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let client = bench.person("can-bo-01", Role::Desk).await;
            for token in [None, Some("wrong"), Some("")] {
                let mut headers = vec![("cookie", client.cookie.as_str())];
                headers.extend(token.map(|t| ("x-chilang-csrf", t)));
                let answer = bench.send("DELETE", "/api/v1/session", &headers, None).await;
                assert_eq!(answer.verdict(), "403 csrf");
            }
            assert_eq!(client.get("/api/v1/session").await.json()["csrf"], json!(client.csrf));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_done_to_an_account_works_at_once() {
        each_engine(|db| async move {
            let bench = Bench::new(db).await;
            let user = bench.account("can-bo-01", AccountKind::Person, &[("police", Role::TrafficOfficer)]).await;
            let found = account(&bench.db, " Can-Bo-01").await.unwrap();
            assert_eq!((found.0, found.1.len()), (user, 1));
            assert!(matches!(account(&bench.db, "khong-co").await, Err(AuthError::NoSuchAccount)));

            let client = bench.sign_in("can-bo-01").await;
            let token = crate::auth::cookie_of(&client.cookie).unwrap();
            let session = session_of(&bench.db, &*bench.clock, token, Use::ByHand).await.unwrap();
            let (police, officer) = ("police".parse().unwrap(), [Role::TrafficOfficer]);
            let good = async || still_good(&bench.db, &*bench.clock, &session, &police, &officer).await.unwrap();
            assert!(good().await);
            let tourism = Grant { controller: "tourism".parse().unwrap(), role: Role::Tourism };
            assert!(matches!(set_roles(&bench.db, user, &[]).await, Err(AuthError::NoRole)));
            set_roles(&bench.db, user, &[tourism]).await.unwrap();
            assert_eq!(client.get("/api/v1/suspicions").await.verdict(), "403 forbidden");
            assert!(!good().await, "a stream of the police ends");
            let police_again = Grant { controller: police.clone(), role: Role::TrafficOfficer };
            set_roles(&bench.db, user, &[police_again]).await.unwrap();
            assert!(good().await);

            disable(&bench.db, &*bench.clock, user).await.unwrap();
            assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");
            assert!(!good().await);
            assert_eq!(bench.try_sign_in("can-bo-01", PASSWORD).await.verdict(), "401 wrong_credentials");
            enable(&bench.db, user).await.unwrap();
            assert_eq!(
                client.get("/api/v1/session").await.verdict(),
                "401 session_ended",
                "an old session stays ended"
            );

            let client = bench.sign_in("can-bo-01").await;
            let other = "Lam-Son-1418-y-z";
            let weak = set_password(&bench.db, &*bench.clock, user, "short").await;
            assert!(matches!(weak, Err(AuthError::Password(_))));
            set_password(&bench.db, &*bench.clock, user, other).await.unwrap();
            assert_eq!(client.get("/api/v1/session").await.verdict(), "401 session_ended");
            assert_eq!(bench.try_sign_in("can-bo-01", PASSWORD).await.verdict(), "401 wrong_credentials");
            assert_eq!(bench.try_sign_in("can-bo-01", other).await.verdict(), "200");
        })
        .await;
    }
}
