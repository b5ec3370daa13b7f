//! The table role × route, made from the router itself: the content of docs/roles.md.

use super::{Way, routes};
use crate::auth::Role;

/// The table, as Markdown.
#[must_use]
pub fn roles_markdown() -> String {
    let mut text = String::from(
        "# Roles and routes\n\nGenerated from the router by `central`'s tests; change `central/src/auth/access.rs` or \
         `central/src/api/mod.rs`, not this page. A role is held for one controller; a route answers for one controller at a \
         time. *person*: a person's interactive session is needed, a program is refused.\n\n| route | purpose |",
    );
    for role in Role::ALL {
        text.push_str(&format!(" {role} |"));
    }
    text.push_str("\n|---|---|");
    text.push_str(&"---|".repeat(Role::ALL.len()));
    text.push('\n');
    for row in routes() {
        text.push_str(&format!("| `{} {}` |", row.method, row.path));
        match row.way {
            Way::Open(why) => {
                text.push_str(&format!(" *open to all: {why}* |"));
                text.push_str(&" yes |".repeat(Role::ALL.len()));
            }
            Way::Guarded(access) => {
                text.push_str(&format!(" {} |", access.purpose.as_str()));
                for role in Role::ALL {
                    text.push_str(match (access.admits(role), access.decides) {
                        (false, _) => " – |",
                        (true, false) => " yes |",
                        (true, true) => " person |",
                    });
                }
            }
        }
        text.push('\n');
    }
    text.push_str("\n| role | on screens |\n|---|---|\n");
    for role in Role::ALL {
        text.push_str(&format!("| {role} | {} |\n", role.label()));
    }
    text
}
