//! The registry of data classes: what each stored column is, how long it may stay, which roles may read it. A test reads the
//! schema of both databases and fails on a column without an entry and on an entry without a column, so that nobody can
//! store something nobody thought about. It holds names of columns, never a value.

mod bounds;
mod limits;
mod registry;

pub use bounds::{Bounds, InForce, SHORTENING_WAITS_US, Stands, bounds_of};
pub use limits::Limits;
pub use registry::{DataClass, Group, REGISTRY, REJECTED_CONTENT_DAYS, REJECTED_RECORD_DAYS, Readers, Retention};

/// How many days a table's rows stay (after their use): the shortest time any of its columns has.
///
/// # Panics
/// For a table without a limit in days: the jobs ask for those only that have one, and a test compares both lists.
#[must_use]
pub fn kept_days(table: &str) -> u32 {
    REGISTRY
        .iter()
        .filter(|group| group.table == table)
        .filter_map(|group| match group.retention {
            Retention::AfterUse(days) | Retention::Days(days) => Some(days),
            Retention::CaseRule | Retention::Enrolled | Retention::Unlimited => None,
        })
        .min()
        .expect("the table has a limit in the registry")
}

/// The inventory of stored data as Markdown: for docs, and for an impact assessment.
#[must_use]
pub fn inventory_markdown() -> String {
    let mut text = String::from("| table | columns | class | kept | read by |\n|---|---|---|---|---|\n");
    for group in REGISTRY {
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            group.table,
            group.columns.join(", "),
            group.class.label(),
            group.retention.label(),
            group.readers.label(),
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::auth::{Role, access};
    use crate::store::schema;
    use crate::store::testing::each_engine;

    fn registered() -> BTreeSet<(String, String)> {
        REGISTRY.iter().flat_map(|g| g.columns.iter().map(|c| (g.table.to_owned(), (*c).to_owned()))).collect()
    }

    #[tokio::test]
    async fn every_column_of_both_databases_has_its_entry_and_no_entry_is_left_over() {
        each_engine(|db| async move {
            let stored = schema::columns(&db).await;
            let registered = registered();
            let missing: Vec<_> = stored.difference(&registered).collect();
            let left_over: Vec<_> = registered.difference(&stored).collect();
            assert!(missing.is_empty(), "columns without an entry: {missing:?}");
            assert!(left_over.is_empty(), "entries without a column: {left_over:?}");
        })
        .await;
    }

    #[test]
    fn no_column_stands_twice() {
        let all: usize = REGISTRY.iter().map(|g| g.columns.len()).sum();
        assert_eq!(registered().len(), all);
    }

    #[test]
    fn plates_and_pictures_are_read_by_those_the_routes_admit_and_nobody_else() {
        for group in REGISTRY {
            let Readers::Roles(roles) = group.readers else {
                continue;
            };
            // Both ways: who is named is let in, and who is let in is named.
            let same = |access: &access::Access| {
                for role in Role::ALL {
                    assert_eq!(roles.contains(&role), access.admits(role), "{}: {role}", group.table);
                }
            };
            match group.class {
                DataClass::Plate | DataClass::Picture => same(&access::PASSES),
                DataClass::Suspicion => same(&access::SUSPICIONS_READ),
                // A leader answers for what the officers took along.
                DataClass::Audit if group.table == "pass_exports" => same(&access::PASS_EXPORTS),
                DataClass::Audit => same(&access::AUDIT),
                DataClass::Secret => panic!("{}: a secret has no readers", group.table),
                DataClass::Identity => {
                    for role in Role::ALL {
                        let admitted = access::PEOPLE.admits(role) || access::GATES_READ.admits(role);
                        assert_eq!(roles.contains(&role), admitted, "{}: {role}", group.table);
                    }
                }
                DataClass::Biometric | DataClass::Access => same(&access::GATES_READ),
                DataClass::Technical | DataClass::Count | DataClass::Account => {}
            }
        }
    }

    #[test]
    fn the_inventory_has_a_line_for_each_group() {
        assert_eq!(inventory_markdown().lines().count(), REGISTRY.len() + 2);
    }
}
