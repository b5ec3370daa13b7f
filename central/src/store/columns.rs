//! Reading columns back into their types: ids from 16 bytes, hashes from 32. What does not fit is reported by the column's
//! name, never by its value.

use contract::signature::Sha256;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::StoreError;

/// A 16-byte id.
pub(crate) fn id(row: &AnyRow, column: &'static str) -> Result<Uuid, StoreError> {
    let bytes: Vec<u8> = row.try_get(column).map_err(|_| StoreError::Unreadable(column))?;
    Uuid::from_slice(&bytes).map_err(|_| StoreError::Unreadable(column))
}

/// A 32-byte hash.
pub(crate) fn hash(row: &AnyRow, column: &'static str) -> Result<Sha256, StoreError> {
    let bytes: Vec<u8> = row.try_get(column).map_err(|_| StoreError::Unreadable(column))?;
    bytes.try_into().map(Sha256).map_err(|_| StoreError::Unreadable(column))
}

/// A 32-byte hash that may be missing.
pub(crate) fn hash_if_any(row: &AnyRow, column: &'static str) -> Result<Option<Sha256>, StoreError> {
    let bytes: Option<Vec<u8>> = row.try_get(column).map_err(|_| StoreError::Unreadable(column))?;
    bytes.map(|bytes| bytes.try_into().map(Sha256).map_err(|_| StoreError::Unreadable(column))).transpose()
}

/// Any value the driver itself knows.
pub(crate) fn value<'r, T>(row: &'r AnyRow, column: &'static str) -> Result<T, StoreError>
where
    T: sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    row.try_get(column).map_err(|_| StoreError::Unreadable(column))
}
