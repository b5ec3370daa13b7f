//! What handlers take out of a request: the judgement about it ([`Authz`]), a checked body, a checked query, an id. Every
//! refusal has the one envelope. A controller is named in the query (`?controller=`), where pictures and event streams can
//! name it too.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use contract::ids::{CameraName, ControllerName, GateName, NodeAddress, NodeName, SiteName};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{ApiError, People};
use crate::auth::{Access, AuthError, Authz, BACKGROUND_HEADER, CSRF_HEADER, Use, cookie_of, session_of};

#[derive(Deserialize)]
struct Asked {
    controller: Option<ControllerName>,
}

impl FromRequestParts<Arc<People>> for Authz {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, people: &Arc<People>) -> Result<Self, Self::Rejection> {
        // Registration puts it there; a route without it is shut, not open.
        let access = *parts.extensions.get::<&'static Access>().ok_or(AuthError::Forbidden)?;
        let token = parts
            .headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .find_map(cookie_of)
            .ok_or(AuthError::NotSignedIn)?;
        let means = &people.means;
        // Whether a page asked by itself is the page's own word: one that keeps silent only lets its session live as before.
        let used = if parts.headers.contains_key(BACKGROUND_HEADER) { Use::Background } else { Use::ByHand };
        let session = session_of(&means.db, &*means.clock, token, used).await?;
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            let sent = parts.headers.get(CSRF_HEADER).and_then(|v| v.to_str().ok());
            if !sent.is_some_and(|sent| session.token.fits_csrf(sent)) {
                return Err(AuthError::Csrf.into());
            }
        }
        let asked = Query::<Asked>::try_from_uri(&parts.uri)
            .map_err(|_| ApiError::bad_request("bad_controller", "Tên đơn vị không hợp lệ."))?;
        Ok(Self::judge(session, access, asked.controller.as_ref())?)
    }
}

/// A JSON body of exactly this shape.
pub(crate) struct Body<T>(pub T);

impl<S, T> FromRequest<S> for Body<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            // The parser's own words name fields and positions, which helps, but they could repeat a value: not passed on.
            Err(rejection) => Err(body_error(&rejection)),
        }
    }
}

fn body_error(rejection: &JsonRejection) -> ApiError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Nội dung gửi lên quá lớn.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not_json",
            "Nội dung phải là JSON (content-type: application/json).",
        ),
        _ => ApiError::bad_request(
            "bad_body",
            with_field(
                "Nội dung gửi lên không đúng cấu trúc: thiếu trường, thừa trường hoặc sai kiểu",
                &rejection.body_text(),
            ),
        ),
    }
}

/// A query of exactly this shape.
pub(crate) struct Params<T>(pub T);

impl<S, T> FromRequestParts<S> for Params<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Query::<T>::try_from_uri(&parts.uri).map(|Query(value)| Self(value)).map_err(|rejection| {
            let words = "Tham số không đúng: thiếu, thừa hoặc sai kiểu";
            ApiError::bad_request("bad_query", with_field(words, &rejection.body_text()))
        })
    }
}

/// The sentence, with the field the parser found missing or unknown. Only a field's name is taken out of its words: the rest
/// could repeat a value.
fn with_field(sentence: &str, words: &str) -> String {
    let named = ["missing field `", "unknown field `"].iter().find_map(|begin| {
        let (_, rest) = words.split_once(begin)?;
        let (name, _) = rest.split_once('`')?;
        let plain = name.len() <= 40 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        plain.then_some(name)
    });
    named.map_or_else(|| format!("{sentence}."), |name| format!("{sentence} (trường {name})."))
}

#[test]
fn a_missing_or_unknown_field_is_named_and_no_value_ever() {
    let told = |words: &str| with_field("Sai", words);
    assert_eq!(told("body: missing field `reason` at line 1 column 2"), "Sai (trường reason).");
    assert_eq!(told("unknown field `plate`, expected one of `site`"), "Sai (trường plate).");
    assert_eq!(told("unknown field `12A-123.45`, expected"), "Sai.");
    assert_eq!(told("invalid type: string \"12A-123.45\", expected i64"), "Sai.");
}

/// The id in the path. What is no id names nothing.
pub(crate) struct PathId(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Path::<Uuid>::from_request_parts(parts, state).await.map(|Path(id)| Self(id)).map_err(|_| ApiError::not_found())
    }
}

/// A word in the path. What is no text names nothing.
pub(crate) struct PathWord(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathWord {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let read = Path::<String>::from_request_parts(parts, state).await;
        read.map(|Path(word)| Self(word)).map_err(|_| ApiError::not_found())
    }
}

/// The id in the path, and the role of one of its pictures.
pub(crate) struct PathPicture(pub Uuid, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathPicture {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Path::<(Uuid, String)>::from_request_parts(parts, state)
            .await
            .map(|Path((id, role))| Self(id, role))
            .map_err(|_| ApiError::not_found())
    }
}

/// The gate in the path: site, node, gate.
pub(crate) struct PathGate(pub NodeAddress, pub GateName);

impl<S: Send + Sync> FromRequestParts<S> for PathGate {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Path::<(SiteName, NodeName, GateName)>::from_request_parts(parts, state)
            .await
            .map(|Path((site, node, gate))| Self(NodeAddress { site, node }, gate))
            .map_err(|_| ApiError::not_found())
    }
}

/// The camera in the path: site, node, camera.
pub(crate) struct PathCamera(pub NodeAddress, pub CameraName);

impl<S: Send + Sync> FromRequestParts<S> for PathCamera {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Path::<(SiteName, NodeName, CameraName)>::from_request_parts(parts, state)
            .await
            .map(|Path((site, node, camera))| Self(NodeAddress { site, node }, camera))
            .map_err(|_| ApiError::not_found())
    }
}

/// Where a request comes from, for lockout only. From this machine itself comes a reverse proxy, with everybody behind it:
/// twenty wrong passwords of one of them must not shut out all others, so there is no address then, and the account's own
/// count protects alone. A proxy on another machine counts as one address.
pub(crate) struct Address(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(|| Some("unknown".to_owned()), |info| address_of(info.0.ip()));
        Ok(Self(address))
    }
}

fn address_of(ip: IpAddr) -> Option<String> {
    let ip = ip.to_canonical();
    (!ip.is_loopback()).then(|| ip.to_string())
}

#[test]
fn a_proxy_on_this_machine_is_no_address() {
    let of = |text: &str| address_of(text.parse().unwrap());
    assert_eq!(of("127.0.0.1"), None);
    assert_eq!(of("::1"), None);
    assert_eq!(of("::ffff:127.0.0.1"), None);
    assert_eq!(of("192.0.2.7").as_deref(), Some("192.0.2.7"));
}
