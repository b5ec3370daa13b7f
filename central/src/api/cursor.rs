//! Opaque cursors for seek pagination: (moment, id) of the last row of a page, as base64url. A cursor is no secret and
//! grants nothing: whatever it says, a query keeps its own controller, place and window.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::ApiError;

/// Rows of one page when none are asked for.
pub(crate) const PAGE_DEFAULT: i64 = 50;
/// Most rows of one page.
pub(crate) const PAGE_MAX: i64 = 200;

/// The place after a row.
#[must_use]
pub(crate) fn encode(at: i64, id: Uuid) -> String {
    let mut bytes = at.to_be_bytes().to_vec();
    bytes.extend_from_slice(id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a cursor back.
pub(crate) fn decode(text: &str) -> Result<(i64, Uuid), ApiError> {
    let bad = || ApiError::bad_request("bad_cursor", "Con trỏ trang không hợp lệ.");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| bad())?;
    let (at, id) = bytes.split_first_chunk::<8>().ok_or_else(bad)?;
    let id = Uuid::from_slice(id).map_err(|_| bad())?;
    Ok((i64::from_be_bytes(*at), id))
}

/// How many rows: as asked for, within bounds.
#[must_use]
pub(crate) fn limit(asked: Option<i64>) -> i64 {
    asked.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX)
}

/// Cuts the row too many off that says whether there is more; answers the cursor if there is.
pub(crate) fn cut<T>(rows: &mut Vec<T>, limit: i64, place: impl Fn(&T) -> (i64, Uuid)) -> Option<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last().map(|row| {
        let (at, id) = place(row);
        encode(at, id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_read_back_and_garbage_is_refused() {
        let id = Uuid::from_u128(7);
        assert_eq!(decode(&encode(-5, id)).unwrap(), (-5, id));
        for bad in ["", "x", "AAAA", "%%%"] {
            assert_eq!(decode(bad).unwrap_err().code(), "bad_cursor");
        }
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        let place = |n: &i64| (*n, Uuid::nil());
        let mut rows = vec![1, 2, 3];
        assert_eq!(cut(&mut rows, 3, place), None);
        assert_eq!(cut(&mut rows, 2, place), Some(encode(2, Uuid::nil())));
        assert_eq!(rows, [1, 2]);
    }
}
