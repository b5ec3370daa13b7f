//! How long what is kept.

/// `GET /api/v1/retention`
pub(crate) mod get;
/// `PUT /api/v1/retention/{data_class}`
pub(crate) mod set;
#[cfg(test)]
mod tests;
