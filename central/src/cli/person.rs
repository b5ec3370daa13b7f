//! `central person enrol | approve | reject | withdraw | list | certificate`. Each step needs `--as` the account of a
//! registrar, for two persons stand behind an enrolment here too; on record stands the operating system's user besides.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::{Args, Subcommand};
use contract::bundle::WeeklyHours;
use contract::clock::{Clock as _, DAY_US, SystemClock, UtcMicros};
use contract::ids::ControllerName;
use uuid::Uuid;

use super::say;
use crate::app::{self, open_current_store};
use crate::audit::Entry;
use crate::auth::{self, Purpose, Role};
use crate::config::Config;
use crate::people::{
    Basis, By, GateAddress, Import, Office, OfficeError, PictureReport, Proposal, day_start, drawn_pass, parse_hours,
};
use crate::store::Db;
use crate::store::people as table;

/// As whom.
#[derive(Debug, Args)]
pub(super) struct As {
    /// Sign-in name of a registrar.
    #[arg(long = "as", value_name = "ACCOUNT")]
    account: String,
    /// Whose data; needed when the account is a registrar at several.
    #[arg(long)]
    controller: Option<ControllerName>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PersonCommand {
    /// Proposes a person. Another registrar has to approve.
    Enrol(Box<EnrolArgs>),
    /// Approves a proposal, or every proposal of an import that waits. Who proposed may not.
    Approve {
        /// The enrolment.
        id: Option<Uuid>,
        /// The import.
        #[arg(long, conflicts_with = "id", required_unless_present = "id")]
        batch: Option<Uuid>,
        #[command(flatten)]
        who: As,
    },
    /// Refuses a proposal; it is deleted. Who proposed withdraws instead.
    Reject {
        /// The enrolment.
        id: Uuid,
        #[command(flatten)]
        who: As,
    },
    /// Withdraws a person: name, pictures, templates and their key are deleted, here and on the nodes.
    Withdraw {
        /// The enrolment, or its person.
        id: Uuid,
        #[command(flatten)]
        who: As,
    },
    /// Proposes everybody in a spreadsheet (CSV or XLSX) with pictures in a folder: up to 50,000 rows. May be run again: rows
    /// that are there already are skipped. Approve with `person approve --batch`.
    Import {
        /// The spreadsheet. Columns: name, unit, basis, consent_date, valid_from, valid_to, gates, hours, pictures, key
        /// (or Vietnamese: ho_ten, don_vi, can_cu, ngay_dong_y, tu_ngay, den_ngay, cong, gio, anh, ma). Several gates, hours
        /// and pictures in one cell are separated by a semicolon.
        #[arg(long)]
        file: PathBuf,
        /// The folder with the pictures.
        #[arg(long)]
        folder: PathBuf,
        #[command(flatten)]
        who: As,
    },
    /// Issues a pass beside the face, as a QR code, for gates where a face alone opens nothing. It is told once; the pass before
    /// it is none any more.
    Pass {
        /// The enrolment.
        id: Uuid,
        /// Where the code is written (SVG, 0600). Give it to its bearer and delete it.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        who: As,
    },
    /// Lists enrolments with names; on record first.
    List {
        /// `proposed`, `approved`, `rejected`, `withdrawn` or `expired`.
        #[arg(long, default_value = "approved")]
        state: String,
        #[command(flatten)]
        who: As,
    },
    /// Prints the signed certificate of a withdrawal as JSON.
    Certificate {
        /// The enrolment, or its person.
        id: Uuid,
        #[command(flatten)]
        who: As,
    },
}

/// A person.
#[derive(Debug, Args)]
pub(super) struct EnrolArgs {
    /// Name.
    #[arg(long)]
    name: String,
    /// Unit.
    #[arg(long, default_value = "")]
    unit: String,
    /// Words of the consent or of the law: number, office.
    #[arg(long)]
    basis: String,
    /// Day of the consent, yyyy-mm-dd; left out where a law is the basis.
    #[arg(long)]
    consent_date: Option<String>,
    /// First day, yyyy-mm-dd; left out: now.
    #[arg(long, value_parser = day)]
    valid_from: Option<UtcMicros>,
    /// Last day, yyyy-mm-dd.
    #[arg(long, value_parser = day)]
    valid_to: UtcMicros,
    /// SITE/NODE/GATE; several are possible.
    #[arg(long = "gate", required = true)]
    gates: Vec<GateAddress>,
    /// Hours, like 1-5/07:30-17:00 (1 = Monday); several are possible; left out: at all hours.
    #[arg(long, value_parser = hours)]
    hours: Vec<WeeklyHours>,
    /// JPEG or PNG files, one to five.
    #[arg(long = "picture", required = true, num_args = 1..=5)]
    pictures: Vec<PathBuf>,
    #[command(flatten)]
    who: As,
}

fn day(text: &str) -> Result<UtcMicros> {
    day_start(text).ok_or_else(|| anyhow!("must be a day, yyyy-mm-dd"))
}

fn hours(text: &str) -> Result<WeeklyHours> {
    parse_hours(text).ok_or_else(|| anyhow!("must be like 1-5/07:30-17:00"))
}

/// Who acts, for whom, and how that goes on record.
pub(super) struct Acting {
    pub(super) by: By,
    pub(super) controller: ControllerName,
    detail: String,
}

impl Acting {
    pub(super) async fn of(office: &Office, who: &As) -> Result<Self> {
        let (user, grants) = auth::account(&office.db, &who.account).await?;
        let held: Vec<ControllerName> =
            grants.into_iter().filter(|g| g.role == Role::Registrar).map(|g| g.controller).collect();
        let controller = match (&who.controller, held.as_slice()) {
            (Some(asked), held) if held.contains(asked) => asked.clone(),
            (None, [only]) => only.clone(),
            (None, [_, _, ..]) => bail!("{} is a registrar at several bodies: name one with --controller", who.account),
            _ => bail!("{} is no registrar there: give the role with `central user roles`", who.account),
        };
        let uid = rustix::process::getuid().as_raw();
        Ok(Self {
            by: By { user, session: None },
            controller,
            detail: format!("command line, uid {uid}, as {}", who.account.trim().to_lowercase()),
        })
    }

    pub(super) fn entry(&self, action: &str) -> Entry {
        Entry::new(None, action, Purpose::AccessControl).with_detail(&self.detail)
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn report(pictures: &[PictureReport]) -> Result<()> {
    for picture in pictures {
        let verdict =
            if picture.good { "đạt".to_owned() } else { format!("không đạt: {}", picture.words.join(" ")) };
        say(&format!("ảnh {}: {verdict}", picture.number))?;
    }
    Ok(())
}

pub(super) async fn run(config: &Config, command: PersonCommand) -> Result<()> {
    let db = open_current_store(config).await?;
    let office = app::office(config, &db, false)?;
    match command {
        PersonCommand::Enrol(args) => enrol(&office, *args).await?,
        PersonCommand::Approve { id, batch, who } => {
            let acting = Acting::of(&office, &who).await?;
            let waiting = match (id, batch) {
                (Some(id), _) => vec![id],
                (None, Some(batch)) => {
                    table::waiting_of_batch(&mut *db.read().await?, acting.controller.as_str(), batch).await?
                }
                (None, None) => bail!("name an enrolment or a batch"),
            };
            for (i, id) in waiting.iter().enumerate() {
                let last = i + 1 == waiting.len();
                let made = office
                    .approve_among(&acting.controller, acting.by, acting.entry("people.approve"), *id, last)
                    .await?;
                for gallery in made {
                    say(&format!("gallery of {}: revision {}", gallery.node, gallery.revision))?;
                }
            }
            if batch.is_some() {
                // Whatever nodes the earlier ones named.
                for gallery in office.galleries().await? {
                    say(&format!("gallery of {}: revision {}", gallery.node, gallery.revision))?;
                }
            }
            say(&format!("approved {}", waiting.len()))?;
        }
        PersonCommand::Reject { id, who } => {
            let acting = Acting::of(&office, &who).await?;
            office.reject(&acting.controller, acting.by, acting.entry("people.reject"), id).await?;
            say(&format!("rejected {id}"))?;
        }
        PersonCommand::Withdraw { id, who } => {
            let acting = Acting::of(&office, &who).await?;
            let person = office.withdraw(&acting.controller, acting.by, acting.entry("people.withdraw"), id).await?;
            say(&format!(
                "withdrawn {person}: deleted here; `central person certificate {id}` tells which nodes know"
            ))?;
        }
        PersonCommand::Pass { id, out, who } => {
            let acting = Acting::of(&office, &who).await?;
            // Before anything is issued: a pass that cannot be written is told to nobody.
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&out);
            let file =
                file.as_mut().map_err(|e| anyhow!("making {}: {e}; name a file that is not there", out.display()))?;
            let issued = office.issue_pass(&acting.controller, acting.by, acting.entry("people.pass"), id).await?;
            file.write_all(drawn_pass(&issued.pass).as_bytes())
                .with_context(|| format!("writing {}", out.display()))?;
            for gallery in issued.galleries {
                say(&format!("gallery of {}: revision {}", gallery.node, gallery.revision))?;
            }
            say(&format!("pass {}", out.display()))?;
        }
        PersonCommand::Import { file, folder, who } => import(config, &db, &file, &folder, &who).await?,
        PersonCommand::List { state, who } => {
            let acting = Acting::of(&office, &who).await?;
            list(&office, &acting, &state).await?;
        }
        PersonCommand::Certificate { id, who } => {
            let acting = Acting::of(&office, &who).await?;
            record(&office, &acting, acting.entry("people.certificate").with_object(id)).await?;
            let signed = office
                .certificate(&acting.controller, id)
                .await?
                .ok_or_else(|| anyhow!("nothing was withdrawn under {id} at {}", acting.controller))?;
            say(&serde_json::to_string_pretty(&signed)?)?;
        }
    }
    db.close().await;
    Ok(())
}

async fn enrol(office: &Office, args: EnrolArgs) -> Result<()> {
    let acting = Acting::of(office, &args.who).await?;
    let proposal = Proposal {
        name: args.name,
        unit: args.unit,
        basis: Basis { text: args.basis, consent_on: args.consent_date },
        valid_from: args.valid_from.unwrap_or_else(|| SystemClock::new().now()),
        valid_to: args.valid_to.plus_us(DAY_US),
        gates: args.gates,
        hours: args.hours,
        pictures: args.pictures.iter().map(|path| read(path)).collect::<Result<_>>()?,
        batch: None,
        row_key: None,
    };
    match office.propose(&acting.controller, acting.by, acting.entry("people.propose"), &proposal).await {
        Ok(proposed) => {
            report(&proposed.pictures)?;
            say(&format!("person {}", proposed.person))?;
            say(&format!("enrolment {}", proposed.enrolment))?;
            Ok(())
        }
        Err(OfficeError::Refused { faults, pictures }) => {
            report(&pictures)?;
            for fault in &faults {
                say(&format!("lỗi: {fault}"))?;
            }
            bail!("the proposal is not taken")
        }
        Err(other) => Err(other.into()),
    }
}

async fn import(config: &Config, db: &Db, file: &Path, folder: &Path, who: &As) -> Result<()> {
    // Its worker stays: starting one for each picture would take longer than the pictures.
    let office = app::office(config, db, true)?;
    let acting = Acting::of(&office, who).await?;
    let import = Import::open(&acting.controller, file, folder)?;
    let batch = office.ids.next(office.clock.now());
    let total = import.rows();
    record(&office, &acting, acting.entry("people.import").with_object(batch).with_more(format!("{total} rows")))
        .await?;
    say(&format!("batch {batch}"))?;
    let progress = |done: usize| {
        let _ = writeln!(std::io::stderr(), "{done}/{total}");
    };
    let report =
        import.run(&office, &acting.controller, acting.by, || acting.entry("people.propose"), batch, progress).await?;
    for fault in &report.faults {
        say(&format!("dòng {}: {}", fault.line, fault.words))?;
    }
    say(&format!("proposed {}, there already {}, not taken {}", report.proposed, report.skipped, report.faults.len()))?;
    Ok(())
}

async fn list(office: &Office, acting: &Acting, state: &str) -> Result<()> {
    record(office, acting, acting.entry("people.list").with_more(state)).await?;
    let mut after = Uuid::nil();
    loop {
        let rows =
            table::enrolments(&mut *office.db.read().await?, acting.controller.as_str(), state, after, 500).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.enrolment;
        for row in &rows {
            let shown = office.show(row)?;
            let (name, unit) = (shown.name.unwrap_or_default(), shown.unit.unwrap_or_default());
            let until = UtcMicros(row.valid_to).to_vietnamese();
            say(&format!("{}\t{}\t{name}\t{unit}\t{until}\t{}", row.enrolment, row.state, row.proposed_by_name))?;
        }
    }
}

async fn record(office: &Office, acting: &Acting, entry: Entry) -> Result<()> {
    let mut tx = office.db.write().await?;
    crate::audit::append(&mut tx, &acting.controller, office.clock.now(), entry).await?;
    Ok(tx.commit().await?)
}
