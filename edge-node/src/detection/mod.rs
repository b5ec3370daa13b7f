//! Persons, vehicles, faces, plates: tensor or motion → Detection.
