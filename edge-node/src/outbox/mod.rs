//! The only durable queue: append, peek, acknowledge. The only place with SQL.
