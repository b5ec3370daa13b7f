//! The table itself. Retention times are the defaults of domain 4.4, some of which a body may move within bounds (`bounds.rs`);
//! `jobs/retention.rs` removes by them. Least times, as those of audit records and of decisions, stand in the databases' triggers
//! too, which refuse every removal before its time.

use crate::auth::Role;

/// What kind of data a column holds (Decree 356/2025: a plate and a picture of a person are basic personal data, violation
/// data is sensitive).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataClass {
    /// About devices, ledgers, software. Nobody's.
    Technical,
    /// Counts. Nobody's.
    Count,
    /// A vehicle at a place and time, with its plate: basic personal data.
    Plate,
    /// Which picture shows what; the pictures themselves lie in the evidence store.
    Picture,
    /// Suspected and confirmed violations: sensitive personal data.
    Suspicion,
    /// Accounts and sessions of officials.
    Account,
    /// Hashes of passwords and tokens.
    Secret,
    /// Who looked at what.
    Audit,
    /// Names of enrolled people, and on what their enrolment rests.
    Identity,
    /// Who came to a gate when, and what was decided; whose likeness it was as an opaque id only.
    Access,
    /// Faces of enrolled and watched people: sensitive personal data, sealed.
    Biometric,
}

impl DataClass {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Technical,
        Self::Count,
        Self::Plate,
        Self::Picture,
        Self::Suspicion,
        Self::Account,
        Self::Secret,
        Self::Audit,
        Self::Identity,
        Self::Access,
        Self::Biometric,
    ];

    /// For programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Count => "count",
            Self::Plate => "plate",
            Self::Picture => "picture",
            Self::Suspicion => "suspicion",
            Self::Account => "account",
            Self::Secret => "secret",
            Self::Audit => "audit",
            Self::Identity => "identity",
            Self::Access => "access",
            Self::Biometric => "biometric",
        }
    }

    /// In the inventory.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Count => "count (not personal)",
            Self::Plate => "plate (basic personal)",
            Self::Picture => "picture reference (basic personal)",
            Self::Suspicion => "suspicion (sensitive personal)",
            Self::Account => "account (basic personal)",
            Self::Secret => "secret",
            Self::Audit => "audit (basic personal)",
            Self::Identity => "identity (basic personal)",
            Self::Access => "access log (basic personal)",
            Self::Biometric => "face, sealed (sensitive personal)",
        }
    }
}

/// A rejected, withdrawn or time-barred case keeps its content this many days.
pub const REJECTED_CONTENT_DAYS: u32 = 30;
/// And its bare record this many.
pub const REJECTED_RECORD_DAYS: u32 = 365;

/// How long a row stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// As long as the thing it describes, then this many days.
    AfterUse(u32),
    /// This many days.
    Days(u32),
    /// A case: 30 days after a rejection (a bare record 12 months), to its closure after a confirmation. Until its content
    /// goes it holds its passages, their events and their pictures.
    CaseRule,
    /// Until the enrolment or watch entry ends: then at once, the node included.
    Enrolled,
    /// No end: nothing personal in it.
    Unlimited,
}

impl Retention {
    /// In the inventory.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::AfterUse(days) => format!("while in use, then {days} days"),
            Self::Days(days) => format!("{days} days"),
            Self::CaseRule => format!(
                "rejected, withdrawn or time-barred: {REJECTED_CONTENT_DAYS} days, bare record {REJECTED_RECORD_DAYS} days; confirmed: \
                 until closed, at least 1 year"
            ),
            Self::Enrolled => "until withdrawal, refusal or expiry, then deleted at once, nodes included".to_owned(),
            Self::Unlimited => "no limit".to_owned(),
        }
    }
}

/// Who may read it over the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// These roles.
    Roles(&'static [Role]),
    /// Nobody: the service itself needs it.
    ServiceOnly,
}

impl Readers {
    /// In the inventory.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::ServiceOnly => "the service only".to_owned(),
            Self::Roles(roles) => roles.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Columns of one table that share class, retention and readers.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// The table.
    pub table: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// What they hold.
    pub class: DataClass,
    /// How long they stay.
    pub retention: Retention,
    /// Who reads them.
    pub readers: Readers,
}

const fn group(
    table: &'static str,
    columns: &'static [&'static str],
    class: DataClass,
    retention: Retention,
    readers: Readers,
) -> Group {
    Group { table, columns, class, retention, readers }
}

const DEVICES: Readers = Readers::Roles(&[Role::Operator, Role::Administrator]);
const VEHICLES: Readers = Readers::Roles(&[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader]);
const TRAFFIC: Readers = Readers::Roles(&[Role::TrafficOfficer, Role::TrafficLeader]);
const COUNTERS: Readers = Readers::Roles(&[Role::Desk, Role::TrafficOfficer, Role::TrafficLeader, Role::Tourism]);
const TOURISM: Readers = Readers::Roles(&[Role::Tourism]);
const AUDITORS: Readers = Readers::Roles(&[Role::Auditor]);
/// Whoever enrols, and the desk that has to know who stands there.
const ENROLLING: Readers = Readers::Roles(&[Role::Registrar, Role::Desk]);
const REGISTRARS: Readers = Readers::Roles(&[Role::Registrar]);
const DESKS: Readers = Readers::Roles(&[Role::Desk]);
const ADMINISTRATORS: Readers = Readers::Roles(&[Role::Administrator]);
/// What a body set, and who controls it.
const SETTINGS: Readers = Readers::Roles(&[Role::Administrator, Role::Auditor]);
/// Who answers for what left as a file.
const ANSWERING: Readers = Readers::Roles(&[Role::TrafficLeader, Role::Auditor]);
const NOBODY: Readers = Readers::ServiceOnly;

const PASSING: Retention = Retention::Days(30);
const IN_USE_AND_A_YEAR: Retention = Retention::AfterUse(365);
const TWO_YEARS: Retention = Retention::Days(730);
/// What an enrolment rested on: its time and three years.
const CONSENT_LOG: Retention = Retention::AfterUse(1095);
/// The access log.
const A_YEAR: Retention = Retention::Days(365);
/// That something was deleted.
const DELETION_RECORD: Retention = Retention::Days(1825);

/// Every stored column. A table: rows as people read them.
#[rustfmt::skip]
pub const REGISTRY: &[Group] = {
    use DataClass as C;
    use Retention as R;
    &[
        group("controllers", &["controller", "title", "created_at"], C::Technical, R::Unlimited, DEVICES),
        group(
            "nodes",
            &[
                "site", "node", "controller", "created_at", "revoked_at", "online", "status_since", "birth",
                "birth_at", "log_alarm_at", "forwards", "via",
            ],
            C::Technical,
            R::Unlimited,
            DEVICES,
        ),
        // How devices were, in words about devices: nobody's.
        group(
            "camera_states",
            &["site", "node", "camera", "controller", "condition", "since_at", "last_at", "words"],
            C::Technical,
            A_YEAR,
            DEVICES,
        ),
        group("node_states", &["site", "node", "since_at", "online"], C::Technical, A_YEAR, DEVICES),
        group(
            "node_keys",
            &["key_id", "site", "node", "public_key", "certificate_pem", "not_after", "issued_at", "revoked_at"],
            C::Technical,
            // A signature must stay verifiable as long as evidence signed with it may be asked for.
            R::Unlimited,
            NOBODY,
        ),
        group(
            "certificates",
            &["serial", "key_id", "issued_at", "not_after", "revoked_at"],
            C::Technical,
            R::Unlimited,
            NOBODY,
        ),
        group("enrol_tokens", &["token_hash"], C::Secret, R::Days(30), NOBODY),
        group(
            "enrol_tokens",
            &["site", "node", "created_at", "expires_at", "used_at"],
            C::Technical,
            R::Days(30),
            NOBODY,
        ),
        group(
            "bundles",
            &["site", "node", "kind", "revision", "sha256", "signed", "created_at"],
            C::Technical,
            IN_USE_AND_A_YEAR,
            DEVICES,
        ),
        // The exact bytes of an event hold the plate.
        group(
            "events",
            &[
                "event_id", "site", "node", "controller", "log_id", "seq", "kind", "camera", "passage_id", "revision",
                "state", "captured_at", "received_at", "shadow", "replayed", "envelope", "signature",
            ],
            C::Plate,
            PASSING,
            NOBODY,
        ),
        group(
            "ledgers",
            &["site", "node", "log_id", "first_heard_at", "last_heard_at", "last_seq", "duplicates"],
            C::Technical,
            R::Unlimited,
            DEVICES,
        ),
        group("ledger_ranges", &["site", "node", "log_id", "from_seq", "to_seq"], C::Technical, R::Unlimited, DEVICES),
        // Whatever a stranger sent may be personal. Its place in a ledger stays, so that the number is not asked for again;
        // a message without a place goes whole.
        group("quarantine", &["first_kib", "detail"], C::Plate, PASSING, NOBODY),
        group(
            "quarantine",
            &["sha256", "topic", "size_bytes", "reason", "site", "node", "log_id", "seq", "received_at", "times"],
            C::Technical,
            R::Unlimited,
            NOBODY,
        ),
        group(
            "evidence",
            &[
                "sha256", "site", "node", "controller", "size_bytes", "media_type", "state", "lost_reason",
                "announced_at", "stored_at", "forwarded_at",
            ],
            C::Picture,
            PASSING,
            VEHICLES,
        ),
        group(
            "evidence_links",
            &[
                "passage_id", "role", "sha256", "event_id", "revision", "site", "node", "camera", "controller",
                "captured_at",
            ],
            C::Picture,
            PASSING,
            VEHICLES,
        ),
        group(
            "passes",
            &[
                "passage_id", "revision", "state", "end_reason", "site", "node", "camera", "controller", "class",
                "first_seen", "last_seen", "plate_key", "plate_last5", "plate_display", "plate_class",
                "country_class", "plate_colour", "plate_confidence", "unreadable", "shadow", "body", "event_id",
                "updated_at",
            ],
            C::Plate,
            PASSING,
            VEHICLES,
        ),
        group(
            "count_buckets",
            &[
                "site", "node", "camera", "line", "start_at", "config_sha", "boot_id", "controller", "class",
                "went_in", "went_out", "doubtful", "analysed_ms", "lost_ms", "revision", "state", "updated_at",
            ],
            C::Count,
            R::Unlimited,
            COUNTERS,
        ),
        group(
            "count_days",
            &[
                "controller", "site", "day", "node", "camera", "line", "class", "went_in", "went_out", "doubtful",
                "analysed_ms", "buckets",
            ],
            C::Count,
            R::Unlimited,
            COUNTERS,
        ),
        // Whose word a published figure is stays known as long as the figure does.
        group("visitor_places", &["controller", "site", "version", "title", "set_at"], C::Count, R::Unlimited, TOURISM),
        group("visitor_places", &["set_by", "session_id"], C::Account, R::Unlimited, TOURISM),
        group(
            "visitor_gates",
            &["controller", "site", "gate", "version", "title", "adds_up", "set_at"],
            C::Count,
            R::Unlimited,
            TOURISM,
        ),
        group("visitor_gates", &["set_by", "session_id"], C::Account, R::Unlimited, TOURISM),
        group(
            "visitor_capacities",
            &["controller", "site", "version", "valid_from", "capacity", "reason", "set_at"],
            C::Count,
            R::Unlimited,
            TOURISM,
        ),
        group("visitor_capacities", &["set_by", "session_id"], C::Account, R::Unlimited, TOURISM),
        group(
            "visitor_holidays",
            &["controller", "holiday_id", "version", "name", "first_day", "last_day", "withdrawn", "set_at"],
            C::Count,
            R::Unlimited,
            TOURISM,
        ),
        group("visitor_holidays", &["set_by", "session_id"], C::Account, R::Unlimited, TOURISM),
        group(
            "visitor_entries",
            &[
                "controller", "site", "gate", "span", "first_day", "last_day", "version", "went_in", "went_out",
                "reason", "set_at",
            ],
            C::Count,
            R::Unlimited,
            TOURISM,
        ),
        group("visitor_entries", &["set_by", "session_id"], C::Account, R::Unlimited, TOURISM),
        group(
            "visitor_freezes",
            &["controller", "month", "first_day", "last_day", "content", "sha256", "set_at"],
            C::Count,
            R::Unlimited,
            TOURISM,
        ),
        group(
            "visitor_freezes",
            &["signed_name", "signed_title", "set_by", "session_id"],
            C::Account,
            R::Unlimited,
            TOURISM,
        ),
        group(
            "camera_health",
            &[
                "site", "node", "camera", "controller", "camera_state", "view_trouble", "reason", "since_at",
                "stream", "captured_at", "log_id", "seq", "updated_at",
            ],
            C::Technical,
            R::Unlimited,
            DEVICES,
        ),
        group("case_counters", &["controller", "year", "last_number"], C::Technical, R::Unlimited, NOBODY),
        group(
            "cases",
            &[
                "id", "number", "controller", "site", "node", "camera", "suspicion_passage", "vehicle_passage",
                "event_id", "revision", "violation", "rule_id", "rule_version", "class", "plate_key", "plate_display",
                "body", "occurred_at", "recorded_at", "state", "version", "due_notice_at", "limitation_at",
                "notice_sent_at", "warning_due_at", "updated_at", "emptied_at", "retracted_at",
            ],
            C::Suspicion,
            R::CaseRule,
            TRAFFIC,
        ),
        group(
            "decisions",
            &[
                "case_id", "controller", "decided_on", "verdict", "reason", "note", "checklist", "decided_by",
                "session_id", "decided_at",
            ],
            C::Suspicion,
            R::CaseRule,
            TRAFFIC,
        ),
        // A notice has a confirmed case only, and stays with it.
        group(
            "notices",
            &["case_id", "controller", "sent_at", "noted_on", "noted_by", "session_id", "noted_at"],
            C::Suspicion,
            R::CaseRule,
            TRAFFIC,
        ),
        group(
            "case_leases",
            &["case_id", "controller", "holder", "session_id", "taken_at", "expires_at"],
            C::Suspicion,
            R::AfterUse(1),
            TRAFFIC,
        ),
        group(
            "case_assignments",
            &["case_id", "controller", "officer", "assigned_by", "session_id", "assigned_at"],
            C::Suspicion,
            R::CaseRule,
            TRAFFIC,
        ),
        group(
            "legal_rules",
            &[
                "code", "valid_from", "valid_to", "vehicle", "behaviour_vi", "behaviour_en", "legal_ref",
                "statute_vi", "fine_min", "fine_max", "points", "note_vi", "origin",
            ],
            C::Technical,
            R::Unlimited,
            TRAFFIC,
        ),
        group(
            "exemption_items",
            &["item", "code", "valid_from", "valid_to", "place", "text_vi", "text_en", "source", "origin"],
            C::Technical,
            R::Unlimited,
            TRAFFIC,
        ),
        group(
            "plate_corrections",
            &[
                "passage_id", "number", "controller", "plate_key", "plate_last5", "plate_display", "reason",
                "corrected_by", "session_id", "corrected_at",
            ],
            C::Plate,
            PASSING,
            VEHICLES,
        ),
        // What was exported is in the audit log; the register proves which file it was.
        group(
            "pass_exports",
            &[
                "export_id", "controller", "format", "site", "from_at", "to_at", "reason", "row_count", "sha256",
                "exported_by", "session_id", "exported_at",
            ],
            C::Audit,
            TWO_YEARS,
            ANSWERING,
        ),
        // The plate is the case's, and read through it.
        group(
            "plate_grants",
            &[
                "grant_id", "controller", "case_id", "case_revision", "from_at", "to_at", "reason", "state",
                "asked_by", "asked_session", "asked_at", "decided_by", "decided_session", "decided_at",
                "decided_why", "expires_at", "withdrawn_by", "withdrawn_session", "withdrawn_at", "withdrawn_why",
            ],
            C::Suspicion,
            R::CaseRule,
            TRAFFIC,
        ),
        group("plate_grant_sites", &["grant_id", "site"], C::Suspicion, R::CaseRule, TRAFFIC),
        // A vehicle the police look out for, and why: as sensitive as a suspicion.
        group(
            "plate_lists",
            &[
                "entry_id", "controller", "kind", "plate_key", "keeper", "reason", "expires_at", "state", "proposed_by",
                "proposed_session", "proposed_at", "decided_by", "decided_session", "decided_at", "decided_why",
                "ended_by", "ended_session", "ended_at", "ended_why",
            ],
            C::Suspicion,
            R::AfterUse(30),
            TRAFFIC,
        ),
        group("plate_list_sites", &["entry_id", "site"], C::Suspicion, R::AfterUse(30), TRAFFIC),
        // A day, or it would be a trail.
        group(
            "plate_alerts",
            &[
                "alert_id", "entry_id", "passage_id", "controller", "site", "node", "camera", "at", "made_at", "seen_by",
                "seen_session", "seen_at",
            ],
            C::Suspicion,
            R::Days(1),
            TRAFFIC,
        ),
        group("evidence_served", &["session_id", "case_id", "sha256", "served_at"], C::Audit, TWO_YEARS, NOBODY),
        group(
            "arrivals",
            &[
                "passage_id", "revision", "state", "end_reason", "site", "node", "camera", "controller", "gate",
                "subject", "first_seen", "last_seen", "look", "verdict", "reasons", "enrolment_id", "sureness",
                "agreeing_frames", "liveness", "request_id", "ask_id", "asked_monotonic_us", "boot_id", "tailgaters",
                "replayed", "unknown_acts", "event_id", "received_at", "updated_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        group(
            "desk_marks",
            &[
                "mark_id", "controller", "passage_id", "kind", "tailgaters", "unknown_acts", "marked_by",
                "session_id", "marked_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        group(
            "shift_handovers",
            &[
                "handover_id", "controller", "from_user", "from_session", "to_user", "to_session", "waiting", "note",
                "handed_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        group(
            "visits",
            &[
                "visit_id", "controller", "site", "visitor_name", "organisation", "purpose", "badge", "host_id",
                "host_name", "search_key", "arrival_id", "arrived_at", "state", "revision", "registered_by",
                "session_id", "updated_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        group(
            "visit_steps",
            &[
                "visit_id", "number", "controller", "step", "state", "host_id", "host_name", "reason", "note",
                "taken_by", "session_id", "taken_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        // Officials at their desks, by name, room and telephone.
        group(
            "hosts",
            &[
                "host_id", "controller", "name", "department", "room", "phone", "search_key", "entered_by",
                "session_id", "entered_at", "ended_at", "ended_by", "ended_session",
            ],
            C::Identity,
            IN_USE_AND_A_YEAR,
            ENROLLING,
        ),
        group("host_places", &["host_id", "site"], C::Identity, IN_USE_AND_A_YEAR, ENROLLING),
        group("looks_served", &["session_id", "passage_id", "look", "served_at"], C::Access, A_YEAR, DESKS),
        group(
            "gate_decisions",
            &[
                "decision_id", "controller", "site", "node", "gate", "verdict", "passage_id", "revision", "look",
                "request_id", "ask_id", "reason", "note", "decided_by", "session_id", "decided_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        group(
            "site_decisions",
            &[
                "decision_id", "controller", "site", "node", "gate", "verdict", "passage_id", "revision", "look",
                "request_id", "ask_id", "reason", "note", "officer", "decided_at", "told_by", "event_id",
                "received_at",
            ],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        group("site_grants", &["site", "node", "controller"], C::Technical, R::Unlimited, DEVICES),
        group(
            "own_ledger",
            &["one", "site", "node", "log_id", "last_seq", "last_number"],
            C::Technical,
            R::Unlimited,
            NOBODY,
        ),
        // Which events wait, never what they say; a row goes when the province has the event.
        group("forward_queue", &["number", "event_id"], C::Technical, R::Unlimited, NOBODY),
        group(
            "door_acts",
            &["passage_id", "position", "at", "cause", "decision_id", "outcome", "simulated"],
            C::Access,
            A_YEAR,
            DESKS,
        ),
        // A copy of the store leaves these two tables out (docs/operations.md): a key that is deleted is deleted everywhere.
        group("data_keys", &["subject_id", "controller", "wrapped", "created_at"], C::Secret, R::Enrolled, NOBODY),
        group(
            "node_galleries",
            &["site", "node", "wrapped", "key_since", "revision", "made_of", "not_after"],
            C::Secret,
            R::Unlimited,
            NOBODY,
        ),
        group("persons", &["name_sealed", "unit_sealed"], C::Identity, R::Enrolled, ENROLLING),
        group("persons", &["person_id", "controller", "created_at", "erased_at"], C::Technical, CONSENT_LOG, NOBODY),
        group(
            "enrolments",
            &[
                "enrolment_id", "person_id", "controller", "state", "basis_kind", "basis", "consent_on", "valid_from",
                "valid_to", "hours", "proposed_by", "proposed_session", "proposed_at", "approved_by",
                "approved_session", "approved_at", "ended_at", "ended_by", "batch_id", "row_key",
            ],
            C::Identity,
            CONSENT_LOG,
            ENROLLING,
        ),
        group("watch_entries", &["label_sealed"], C::Identity, R::Enrolled, ENROLLING),
        group(
            "watch_entries",
            &[
                "enrolment_id", "controller", "state", "basis", "expires_at", "proposed_by", "proposed_session",
                "proposed_at", "approved_by", "approved_session", "approved_at", "ended_at", "ended_by",
            ],
            C::Identity,
            CONSENT_LOG,
            ENROLLING,
        ),
        group("gate_passes", &["fingerprint"], C::Secret, R::Enrolled, NOBODY),
        group("gate_passes", &["enrolment_id", "issued_by", "issued_at"], C::Technical, R::Enrolled, REGISTRARS),
        group("face_gates", &["enrolment_id", "site", "node", "gate"], C::Technical, R::Enrolled, REGISTRARS),
        group("face_pictures", &["enrolment_id", "position", "sealed"], C::Biometric, R::Enrolled, DESKS),
        group("face_templates", &["enrolment_id", "position", "embedder", "sealed"], C::Biometric, R::Enrolled, NOBODY),
        group(
            "withdrawals",
            &["subject_id", "controller", "why", "enrolments", "templates", "pictures", "at"],
            C::Technical,
            DELETION_RECORD,
            REGISTRARS,
        ),
        group(
            "withdrawal_nodes",
            &["subject_id", "site", "node", "revision", "confirmed_at"],
            C::Technical,
            DELETION_RECORD,
            REGISTRARS,
        ),
        group("users", &["password_hash"], C::Secret, IN_USE_AND_A_YEAR, NOBODY),
        group(
            "users",
            &["user_id", "name", "kind", "created_at", "disabled_at", "password_must_change"],
            C::Account,
            IN_USE_AND_A_YEAR,
            ADMINISTRATORS,
        ),
        group(
            "user_roles",
            &["user_id", "controller", "role", "given_by"],
            C::Account,
            IN_USE_AND_A_YEAR,
            ADMINISTRATORS,
        ),
        // Sealed with the vault's key; only whoever enrols it sees it, once.
        group("user_totp", &["secret"], C::Secret, IN_USE_AND_A_YEAR, NOBODY),
        group(
            "user_totp",
            &["user_id", "created_at", "confirmed_at", "last_step"],
            C::Account,
            IN_USE_AND_A_YEAR,
            ADMINISTRATORS,
        ),
        group("sessions", &["token_hash"], C::Secret, R::Days(365), NOBODY),
        group(
            "sessions",
            &["session_id", "user_id", "interactive", "created_at", "last_seen_at", "ended_at", "locked_at"],
            C::Account,
            R::Days(365),
            ADMINISTRATORS,
        ),
        group("desk_pins", &["pin_hash"], C::Secret, A_YEAR, NOBODY),
        group("desk_pins", &["user_id", "set_at"], C::Account, A_YEAR, NOBODY),
        group(
            "retention_settings",
            &["controller", "data_class", "version", "days", "reason", "from_at", "set_at"],
            C::Technical,
            R::Unlimited,
            SETTINGS,
        ),
        group("retention_settings", &["set_by", "session_id"], C::Account, R::Unlimited, SETTINGS),
        group("sign_in_failures", &["subject", "failures", "first_at", "last_at"], C::Account, R::Days(1), NOBODY),
        // A hash and a number a day: the chain goes on from it when the day's records are gone.
        group("audit_heads", &["controller", "day", "seq", "hash", "removed_at"], C::Technical, R::Unlimited, AUDITORS),
        group(
            "audit_roots",
            &["controller", "day", "document", "signature", "made_at", "shipped_at"],
            C::Technical,
            R::Unlimited,
            AUDITORS,
        ),
        group(
            "audit",
            &["controller", "day", "seq", "at", "action", "record", "previous", "hash"],
            C::Audit,
            TWO_YEARS,
            AUDITORS,
        ),
    ]
};
