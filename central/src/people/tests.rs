//! The registration office end to end, on both engines: two persons, galleries, withdrawal, what is left afterwards.

use std::sync::Arc;

use contract::bundle::{BundleKind, Gallery, GalleryKey, SealedGallery, SignedBundle};
use contract::clock::{Clock as _, DAY_US, ManualClock, UtcMicros};
use contract::ids::{ControllerName, EnrolmentId, NodeAddress, SeededIds};
use uuid::Uuid;

use super::testing::{JudgeByBytes, gate, office};
use super::*;
use crate::audit::Entry;
use crate::auth::{AccountKind, Grant, Purpose, Role, add_user};
use crate::store::testing::{each_engine, number};
use crate::store::{Db, fixtures, fleet as nodes};

const NOW: UtcMicros = UtcMicros(1_795_396_500_000_000);

struct Bench {
    office: Office,
    clock: Arc<ManualClock>,
    node: NodeAddress,
    police: ControllerName,
    first: By,
    second: By,
}

impl Bench {
    async fn new(db: &Db) -> Self {
        fixtures::places(db).await;
        let (clock, ids) = (Arc::new(ManualClock::at(NOW)), Arc::new(SeededIds::new([3; 32])));
        let office = office(db, clock.clone(), ids.clone(), Arc::new(JudgeByBytes));
        let node: NodeAddress = "road-1/n1".parse().unwrap();
        gate(&office, &node, "police", NOW).await;
        let police: ControllerName = "police".parse().unwrap();
        let grant = [Grant { controller: police.clone(), role: Role::Registrar }];
        let mut made = Vec::new();
        for name in ["dang-ky-1", "dang-ky-2"] {
            let password = "Chi-Lang-1427-x";
            let user = add_user(db, &*clock, &*ids, name, AccountKind::Person, &grant, password).await.unwrap();
            made.push(By { user, session: None });
        }
        Self { office, clock, node, police, first: made[0], second: made[1] }
    }

    fn proposal(&self, name: &str, pictures: &[&[u8]]) -> Proposal {
        Proposal {
            name: name.into(),
            unit: "Văn phòng".into(),
            basis: Basis { text: "Đơn đồng ý số 12".into(), consent_on: Some("2026-11-20".into()) },
            valid_from: NOW,
            valid_to: NOW.plus_us(100 * DAY_US),
            gates: vec!["road-1/n1/main".parse().unwrap()],
            hours: vec![],
            pictures: pictures.iter().map(|p| p.to_vec()).collect(),
            batch: None,
            row_key: None,
        }
    }

    async fn propose(&self, name: &str, pictures: &[&[u8]]) -> Result<Proposed, OfficeError> {
        self.office.propose(&self.police, self.first, entry("people.propose"), &self.proposal(name, pictures)).await
    }

    async fn approved(&self, name: &str, picture: &[u8]) -> Proposed {
        let proposed = self.propose(name, &[picture]).await.unwrap();
        self.office.approve(&self.police, self.second, entry("people.approve"), proposed.enrolment).await.unwrap();
        proposed
    }

    async fn key(&self) -> GalleryKey {
        let mut tx = self.office.db.write().await.unwrap();
        let key = key_for(&mut tx, &self.office.vault, &self.node, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        key
    }

    async fn sealed(&self) -> (u64, UtcMicros, SealedGallery) {
        let mut conn = self.office.db.read().await.unwrap();
        let text = nodes::newest_bundle(&mut conn, &self.node, BundleKind::Gallery).await.unwrap().unwrap();
        let signed: SignedBundle = serde_json::from_str(&text).unwrap();
        let document =
            signed.open(self.office.key.public_key(), &self.node, BundleKind::Gallery, 0, self.clock.now()).unwrap();
        (document.revision, document.not_after, serde_json::from_value(document.content).unwrap())
    }

    async fn gallery(&self) -> Gallery {
        self.sealed().await.2.open(&self.key().await, &self.node).unwrap()
    }

    async fn says_it_has(&self, revision: u64) {
        let zero = "00000000-0000-0000-0000-000000000000";
        let birth = format!(
            "{{\"software\":\"1\",\"boot_id\":\"{zero}\",\"models\":{{}},\"bundle_revisions\":{{\"gallery\":{revision}}},\
             \"clock_sources\":{{}},\"log_id\":\"{zero}\",\"first_unacknowledged\":1,\"last_seq\":0,\"at\":1}}"
        );
        let mut tx = self.office.db.write().await.unwrap();
        assert!(nodes::set_birth(&mut tx, &self.node, &birth, self.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
    }
}

fn entry(action: &str) -> Entry {
    Entry::new(None, action, Purpose::AccessControl)
}

const FACE: &[u8] = b"\xc8\x01\x02\xf0\x05\x11\x62\xff the face of a person, which nobody may find";

#[tokio::test]
async fn two_registrars_bring_a_person_into_the_gallery_of_the_gates_node() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        let proposed = bench.propose("Mẫu 11", &[FACE, b"bad picture"]).await.unwrap();
        assert_eq!(proposed.pictures[0], PictureReport { number: 1, good: true, words: vec![] });
        assert!(proposed.pictures[1].words[0].contains("Không tìm thấy khuôn mặt"));
        assert_eq!(number(&db, "COUNT(*)", "face_pictures").await, 1, "only the good one is kept");
        let approve =
            async |by| bench.office.approve(&bench.police, by, entry("people.approve"), proposed.enrolment).await;
        let same = approve(bench.first).await;
        assert!(matches!(same, Err(OfficeError::State(StateFault::SamePerson))), "{same:?}");
        let made = approve(bench.second).await.unwrap();
        assert_eq!(made.len(), 1);
        let gallery = bench.gallery().await;
        assert_eq!(gallery.entries.len(), 1);
        assert_eq!(gallery.entries[0].enrolment.0, proposed.enrolment);
        assert_eq!(gallery.entries[0].gates, ["main".parse().unwrap()]);
        assert_eq!(gallery.entries[0].templates.len(), 1);
        let again = approve(bench.second).await;
        assert!(matches!(again, Err(OfficeError::State(StateFault::NotProposed))), "{again:?}");
        let mut conn = db.read().await.unwrap();
        let row = crate::store::people::enrolment(&mut conn, "police", proposed.person).await.unwrap().unwrap();
        assert_eq!(bench.office.show(&row).unwrap().name.as_deref(), Some("Mẫu 11"));
        assert!(crate::store::people::enrolment(&mut conn, "tourism", proposed.person).await.unwrap().is_none());
        assert_eq!(number(&db, "COUNT(*)", "audit WHERE action LIKE 'people.%'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_refuses_one_person_alone_and_a_program() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        let proposed = bench.propose("Mẫu 11", &[FACE]).await.unwrap();
        let id = |id: Uuid| fixtures::blob(&db, id.as_bytes());
        let (first, second) = (id(bench.first.user), id(bench.second.user));
        for text in [
            "UPDATE enrolments SET state = 'approved'".to_owned(),
            format!("UPDATE enrolments SET state = 'approved', approved_by = {first}"),
            format!("UPDATE enrolments SET proposed_by = {second}"),
        ] {
            fixtures::refused(&db, &text).await;
        }
        // Nobody is enrolled or watched without having been proposed by a registrar in person.
        let columns = "person_id, controller, basis_kind, basis, consent_on, valid_from, valid_to, hours, proposed_by, proposed_at";
        let new = |state: &str, approved: &str| {
            format!(
                "INSERT INTO enrolments (enrolment_id, state, approved_by, {columns}) \
                 SELECT {}, '{state}', {approved}, {columns} FROM enrolments",
                id(Uuid::from_u128(9))
            )
        };
        let watched = |state: &str, by: &str| {
            format!(
                "INSERT INTO watch_entries (enrolment_id, controller, state, basis, expires_at, proposed_by, proposed_at) \
                 VALUES ({}, 'police', '{state}', 'Quyết định 3', 86400000000, {by}, 0)",
                id(Uuid::from_u128(10))
            )
        };
        let nobody = id(Uuid::from_u128(77));
        for text in [new("approved", &second), new("proposed", &second), watched("approved", &first), watched("proposed", &nobody)] {
            let said = fixtures::refused(&db, &text).await;
            assert!(said.contains("proposal of a registrar in person"), "{text}: {said}");
        }
        fixtures::sql(&db, &watched("proposed", &first)).await;
        for text in [
            "UPDATE watch_entries SET state = 'approved'".to_owned(),
            format!("UPDATE watch_entries SET state = 'approved', approved_by = {first}"),
            format!("UPDATE watch_entries SET proposed_by = {second}"),
        ] {
            let said = fixtures::refused(&db, &text).await;
            assert!(said.contains("approved by a second registrar in person"), "{text}: {said}");
        }
        fixtures::sql(&db, "DELETE FROM watch_entries").await;
        fixtures::sql(&db, &format!("UPDATE users SET kind = 'service' WHERE user_id = {second}")).await;
        let by = bench.second;
        let program = bench.office.approve(&bench.police, by, entry("people.approve"), proposed.enrolment).await;
        assert!(matches!(program, Err(OfficeError::Store(_))), "{program:?}");
        let twice = bench.office.reject(&bench.police, bench.first, entry("people.reject"), proposed.enrolment).await;
        assert!(matches!(twice, Err(OfficeError::State(StateFault::SamePerson))));
        assert_eq!(number(&db, "COUNT(*)", "node_galleries WHERE revision > 0").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_face_that_is_enrolled_already_is_told_without_of_whom() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        bench.approved("Mẫu 12", FACE).await;
        let Err(OfficeError::Refused { pictures, .. }) = bench.propose("Mẫu 13", &[FACE]).await else {
            panic!("the same face under another name was taken");
        };
        assert_eq!(pictures[0].words, ["Khuôn mặt này đã có trong danh sách."]);
        let other = b"\x01\xc8\xc8\x01\xc8\x01\x01\xc8 somebody else";
        let Ok(mixed) = bench.propose("Mẫu 15", &[other, b"\xff\x01\x01\xff\x01\xff\xff\x01 a third"]).await else {
            panic!("a good picture is enough");
        };
        assert!(mixed.pictures[0].good && !mixed.pictures[1].good, "two people in one enrolment: {mixed:?}");
        let unknown =
            Proposal { gates: vec!["road-1/n1/other".parse().unwrap()], ..bench.proposal("Vũ Thị E", &[other]) };
        let refused = bench.office.propose(&bench.police, bench.first, entry("people.propose"), &unknown).await;
        assert!(matches!(refused, Err(OfficeError::Refused { faults, .. }) if faults.len() == 1));
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_leaves_nothing_here_and_says_honestly_which_node_knows() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        let stays = bench.approved("Mẫu 12", b"\x01\xc8\xc8\x01\xc8\x01\x01\xc8 stays").await;
        let goes = bench.approved("Mẫu 11", FACE).await;
        let (_, _, old) = bench.sealed().await;
        let old_key = bench.key().await;
        assert_eq!(old.open(&old_key, &bench.node).unwrap().entries.len(), 2);
        let wrapped = crate::store::testing::bytes_of(&db, "wrapped", "data_keys").await;
        assert_eq!(wrapped.len(), 2);

        bench.office.withdraw(&bench.police, bench.first, entry("people.withdraw"), goes.enrolment).await.unwrap();
        let (revision, _, _) = bench.sealed().await;
        assert!(old.open(&bench.key().await, &bench.node).is_err(), "what was sealed before opens no more");
        let left = bench.gallery().await;
        assert_eq!(left.entries.iter().map(|e| e.enrolment.0).collect::<Vec<_>>(), [stays.enrolment]);
        assert_eq!(number(&db, "COUNT(*)", "bundles WHERE kind = 'gallery'").await, 1);
        let gone = crate::store::testing::bytes_of(&db, "wrapped", "data_keys").await;
        let key_of_the_gone: Vec<_> = wrapped.into_iter().filter(|key| !gone.contains(key)).collect();
        assert_eq!(key_of_the_gone.len(), 1);
        let template: Vec<u8> = FACE[..8].iter().flat_map(|b| (f32::from(*b) - 100.0).to_le_bytes()).collect();
        for planted in ["Mẫu 11".as_bytes(), FACE, &template, &key_of_the_gone[0]] {
            assert_eq!(crate::store::testing::places_of(&db, planted).await, Vec::<String>::new());
        }

        let public = bench.office.key.public_key().to_vec();
        let certificate = async || bench.office.certificate(&bench.police, goes.enrolment).await.unwrap().unwrap();
        let signed = certificate().await;
        let told = signed.open(&public).unwrap();
        assert_eq!((told.templates, told.pictures, told.data_key_deleted, told.complete), (1, 1, true, false));
        assert_eq!(told.nodes[0].word, NodeWord::OutOfReach, "nobody is told it is done before it is");
        assert!(!signed.document.contains("Mẫu 11"));
        bench.says_it_has(revision - 1).await;
        assert!(!certificate().await.open(&public).unwrap().complete);
        bench.says_it_has(revision).await;
        let told = certificate().await.open(&public).unwrap();
        assert!(told.complete && told.nodes[0].word == NodeWord::Confirmed, "{told:?}");
        let mut forged = signed;
        forged.document = forged.document.replace("false", "true");
        assert!(forged.open(&public).is_err());
        let again = bench.office.withdraw(&bench.police, bench.first, entry("people.withdraw"), goes.enrolment).await;
        assert!(matches!(again, Err(OfficeError::State(StateFault::Ended))));
        assert!(bench.office.certificate(&bench.police, stays.enrolment).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_pass_is_told_once_and_goes_to_the_gate_as_a_fingerprint_and_away_with_its_enrolment() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        let issue = async |id| bench.office.issue_pass(&bench.police, bench.first, entry("people.pass"), id).await;
        let early = bench.propose("Mẫu 11", &[FACE]).await.unwrap();
        assert!(matches!(issue(early.enrolment).await, Err(OfficeError::State(StateFault::NotApproved))));
        bench.office.approve(&bench.police, bench.second, entry("people.approve"), early.enrolment).await.unwrap();
        let of = EnrolmentId(early.enrolment);
        let first = issue(early.enrolment).await.unwrap();
        assert_eq!(first.galleries.len(), 1, "its gate's node knows at once");
        assert_eq!(bench.gallery().await.entries[0].pass, Some(first.pass.fingerprint(of)));
        let second = issue(early.enrolment).await.unwrap();
        assert_ne!(second.pass, first.pass);
        assert_eq!(bench.gallery().await.entries[0].pass, Some(second.pass.fingerprint(of)));
        for pass in [&first.pass, &second.pass] {
            let found = crate::store::testing::places_of(&db, pass.expose().as_bytes()).await;
            assert_eq!(found, Vec::<String>::new(), "nobody keeps a pass");
        }
        let drawn = crate::people::drawn_pass(&second.pass);
        assert!(drawn.contains("<svg") && !drawn.contains(second.pass.expose()));
        bench.office.withdraw(&bench.police, bench.first, entry("people.withdraw"), early.enrolment).await.unwrap();
        assert_eq!(number(&db, "COUNT(*)", "gate_passes").await, 0);
        assert!(matches!(issue(early.enrolment).await, Err(OfficeError::State(StateFault::Ended))));
        assert_eq!(number(&db, "COUNT(*)", "audit WHERE action = 'people.pass'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn galleries_are_renewed_before_their_time_and_whoever_is_over_his_goes_like_a_withdrawn_one() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        let proposed = bench.approved("Mẫu 11", FACE).await;
        let (first, not_after, _) = bench.sealed().await;
        assert_eq!(not_after, NOW.plus_us(7 * DAY_US));
        assert_eq!(bench.office.galleries().await.unwrap(), [], "nothing changed");
        bench.clock.advance_us(2 * DAY_US + 1);
        assert_eq!(bench.office.galleries().await.unwrap().len(), 1);
        let (second, _, _) = bench.sealed().await;
        assert_eq!(second, first + 1);
        bench.clock.advance_us(98 * DAY_US);
        assert_eq!(bench.office.by_the_clock().await.unwrap(), 1);
        assert_eq!(bench.gallery().await.entries, []);
        assert_eq!(number(&db, "COUNT(*)", "enrolments WHERE state = 'expired'").await, 1);
        assert_eq!(number(&db, "COUNT(*)", "persons WHERE name_sealed IS NULL AND erased_at IS NOT NULL").await, 1);
        assert_eq!(number(&db, "COUNT(*)", "data_keys").await, 0);
        assert!(bench.office.certificate(&bench.police, proposed.person).await.unwrap().is_some());
        assert_eq!(bench.office.by_the_clock().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_gate_takes_its_cameras_body_own_people_only_and_a_gate_that_goes_takes_its_people_along() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        bench.approved("Mẫu 11", FACE).await;
        assert_eq!(bench.gallery().await.entries.len(), 1);
        gate(&bench.office, &bench.node, "tourism", NOW).await;
        assert_eq!(bench.office.galleries().await.unwrap().len(), 1);
        assert_eq!(bench.gallery().await.entries, [], "the camera is another body's now");
    })
    .await;
}

#[tokio::test]
async fn a_watch_entry_has_two_registrars_an_end_and_a_limit_and_nobody_is_let_in_by_it() {
    each_engine(|db| async move {
        let bench = Bench::new(&db).await;
        let watch = |expires_at: UtcMicros| WatchProposal {
            label: "Cần báo trưởng ca".into(),
            basis: "Quyết định số 7".into(),
            expires_at,
            gates: vec!["road-1/n1/main".parse().unwrap()],
            pictures: vec![FACE.to_vec()],
        };
        let propose = async |days: i64| {
            let proposal = watch(NOW.plus_us(days * DAY_US));
            bench.office.watch_propose(&bench.police, bench.first, entry("watch.propose"), &proposal).await
        };
        let long = propose(185).await;
        assert!(matches!(long, Err(OfficeError::Refused { faults, .. }) if faults == [ProposalFault::WatchTooLong]));
        let one = propose(30).await.unwrap();
        let approve =
            async |by| bench.office.watch_approve(&bench.police, by, entry("watch.approve"), one.enrolment).await;
        assert!(matches!(approve(bench.first).await, Err(OfficeError::State(StateFault::SamePerson))));
        approve(bench.second).await.unwrap();
        let gallery = bench.gallery().await;
        assert_eq!(gallery.entries[0].list, contract::bundle::GalleryList::Watch);
        propose(30).await.unwrap();
        assert!(matches!(propose(30).await, Err(OfficeError::WatchListFull)));
        bench.clock.advance_us(30 * DAY_US);
        assert_eq!(bench.office.by_the_clock().await.unwrap(), 2);
        assert_eq!(bench.gallery().await.entries, []);
        assert_eq!(number(&db, "COUNT(*)", "data_keys").await, 0);
    })
    .await;
}

/// A judge that answers at once: real nets take hours for fifty thousand pictures. It stands in for the worker in this test
/// only; the worker's own lines are tested in `worker.rs`.
async fn import_of(db: Db, rows: usize) {
    let bench = Bench::new(&db).await;
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.jpg"), FACE).unwrap();
    std::fs::write(dir.path().join("bad.jpg"), b"bad picture").unwrap();
    // Everybody has the same picture here; whether faces are alike is another test's matter.
    let mut office = bench.office.clone();
    office.settings.calibrations.clear();
    let mut text = String::from("\u{feff}ho_ten,don_vi,can_cu,ngay_dong_y,den_ngay,cong,gio,anh,ma\n");
    let mut expected = Vec::new();
    for i in 0..rows {
        let line = i + 2;
        let mut row =
            ["Mẫu 11", "Văn phòng", "Đơn 12", "20/11/2026", "31/12/2027", "road-1/n1/main", "1-5/07:30-17:00", "a.jpg"]
                .map(str::to_owned);
        let spoiled = match i % 1000 {
            17 => Some((0, "", "họ và tên")),
            217 => Some((4, "31/02/2027", "ngày không đọc được (valid_to)")),
            417 => Some((5, "road-1/n1/khac", "không có cổng road-1/n1/khac")),
            617 => Some((7, "../a.jpg", "không đọc được tệp ảnh 1")),
            817 => Some((7, "bad.jpg", "Không tìm thấy khuôn mặt")),
            _ => None,
        };
        if let Some((column, cell, words)) = spoiled {
            row[column] = cell.into();
            expected.push((line, words));
        }
        text.push_str(&format!("{},nv-{i}\n", row.join(",")));
    }
    let file = dir.path().join("people.csv");
    let write = |text: &str| std::fs::write(&file, text).unwrap();
    let run = async || {
        let import = Import::open(&bench.police, &file, dir.path()).unwrap();
        let batch = Uuid::from_u128(0xBA);
        import.run(&office, &bench.police, bench.first, || entry("people.propose"), batch, |_| {}).await.unwrap()
    };
    // The first half, as if the power went; then the whole file.
    let half: String = text.lines().take(rows / 2 + 1).map(|line| format!("{line}\n")).collect();
    write(&half);
    let first = run().await;
    write(&text);
    let second = run().await;
    assert_eq!(second.skipped, first.proposed);
    assert_eq!(first.proposed + second.proposed, rows - expected.len());
    assert_eq!(second.faults.len(), expected.len(), "bad rows are told again");
    for (fault, (line, words)) in second.faults.iter().zip(&expected) {
        assert!(fault.line == *line && fault.words.contains(words), "{fault:?} instead of {line}: {words}");
    }
    let third = run().await;
    assert_eq!((third.proposed, third.skipped), (0, rows - expected.len()));
    let count = i64::try_from(rows - expected.len()).unwrap();
    assert_eq!(number(&db, "COUNT(*)", "enrolments WHERE state = 'proposed'").await, count, "nothing is approved here");
    assert_eq!(number(&db, "COUNT(*)", "audit WHERE action = 'people.propose'").await, count);
    let mut conn = db.read().await.unwrap();
    let waiting = crate::store::people::waiting_of_batch(&mut conn, "police", Uuid::from_u128(0xBA)).await.unwrap();
    assert_eq!(waiting.len(), rows - expected.len());
}

#[tokio::test]
async fn an_import_tells_bad_rows_by_line_and_goes_on_where_it_broke_off() {
    each_engine(|db| import_of(db, 2_000)).await;
}

#[tokio::test]
async fn fifty_thousand_rows_are_imported() {
    crate::store::testing::on_one_engine(|db| import_of(db, IMPORT_ROWS)).await;
}
