//! Enrolment over the API on both engines.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::testing::Bench;
use crate::auth::{AccountKind, Role};
use crate::people::SignedCertificate;
use crate::people::testing::gate;
use crate::store::testing::{each_engine, number};

fn proposal(name: &str, picture: &[u8]) -> Value {
    json!({
        "name": name, "unit": "Văn phòng", "basis": "Đơn đồng ý số 12", "consent_on": "2026-11-20",
        "valid_to": "2027-11-23T00:00:00Z", "gates": ["road-1/n1/main"],
        "hours": [{ "days": [1, 2, 3, 4, 5], "from_minute": 450, "to_minute": 1020 }],
        "pictures": [BASE64.encode(picture)],
    })
}

#[tokio::test]
async fn two_registrars_in_person_enrol_and_a_program_or_one_alone_does_not() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        gate(&bench.office, &"road-1/n1".parse().unwrap(), "police", bench.now()).await;
        let first = bench.person("dang-ky-1", Role::Registrar).await;
        let second = bench.person("dang-ky-2", Role::Registrar).await;
        bench.account("may-dang-ky", AccountKind::Service, &[("police", Role::Registrar)]).await;
        let program = bench.sign_in("may-dang-ky").await;
        let body = proposal("Mẫu 11", b"\xc8\x01\x02\xf0\x05\x11\x62\xff a face");
        assert_eq!(program.post("/api/v1/people", &body).await.verdict(), "403 person_needed");

        let large = proposal("Mẫu 11", &vec![7; 200 * 1024]);
        assert_eq!(first.post("/api/v1/people", &large).await.verdict(), "200", "a picture is larger than a search");
        let bad = first.post("/api/v1/people", &proposal("Mẫu 11", b"bad")).await;
        assert_eq!(bad.verdict(), "422 not_taken");
        assert!(bad.json()["error"]["message"].as_str().unwrap().contains("ảnh 1: Không tìm thấy khuôn mặt"));

        let proposed = first.post("/api/v1/people", &body).await.json();
        let id = proposed["id"].as_str().unwrap().to_owned();
        assert_eq!(proposed["pictures"], json!([{ "number": 1, "good": true, "words": [] }]));
        let at = |verb: &str| format!("/api/v1/people/{id}/{verb}");
        assert_eq!(first.post(&at("approve"), &json!({})).await.verdict(), "409 same_person");
        assert_eq!(program.post(&at("approve"), &json!({})).await.verdict(), "403 person_needed");
        let list = second.get("/api/v1/people").await.json();
        let listed = list["items"].as_array().unwrap().iter().find(|item| item["id"] == id.as_str()).unwrap();
        assert_eq!(listed["name"], "Mẫu 11");
        assert_eq!(listed["may_approve"], true);
        let approved = second.post(&at("approve"), &json!({})).await;
        assert_eq!(approved.json()["galleries"], json!([{ "node": "road-1/n1", "revision": 1 }]));
        assert_eq!(second.post(&at("approve"), &json!({})).await.verdict(), "409 not_proposed");
        assert_eq!(program.post(&at("pass"), &json!({})).await.verdict(), "403 person_needed");
        let pass = first.post(&at("pass"), &json!({})).await.json();
        assert!(
            pass["text"].as_str().unwrap().starts_with("CHILANG1:") && pass["svg"].as_str().unwrap().contains("<svg")
        );
        assert_eq!(first.get(&at("certificate")).await.verdict(), "404 not_found");
        assert_eq!(second.post(&at("withdraw"), &json!({})).await.verdict(), "200");
        let told = first.get(&at("certificate")).await.json();
        let signed: SignedCertificate = serde_json::from_value(told).unwrap();
        let certificate = signed.open(bench.office.key.public_key()).unwrap();
        assert!(!certificate.complete && certificate.nodes.len() == 1);
        let unknown = format!("/api/v1/people/{}/approve", Uuid::from_u128(9));
        assert_eq!(second.post(&unknown, &json!({})).await.verdict(), "404 not_found");
        let on_record = number(
            &bench.db,
            "COUNT(*)",
            "audit WHERE action IN ('people.propose', 'people.approve', \
            'people.withdraw', 'people.list', 'people.certificate')",
        )
        .await;
        assert_eq!(on_record, 7);
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE record LIKE '%Mẫu 11%'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_watch_list_goes_the_same_way() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        gate(&bench.office, &"road-1/n1".parse().unwrap(), "police", bench.now()).await;
        let first = bench.person("dang-ky-1", Role::Registrar).await;
        let second = bench.person("dang-ky-2", Role::Registrar).await;
        let body = json!({ "label": "Báo trưởng ca", "basis": "Quyết định số 7", "expires_at": "2027-01-01T00:00:00Z",
            "gates": ["road-1/n1/main"], "pictures": [BASE64.encode(b"\xc8\x01\x02\xf0\x05\x11\x62\xff")] });
        let id = first.post("/api/v1/watch", &body).await.json()["id"].as_str().unwrap().to_owned();
        let at = |verb: &str| format!("/api/v1/watch/{id}/{verb}");
        assert_eq!(first.post(&at("approve"), &json!({})).await.verdict(), "409 same_person");
        assert_eq!(second.post(&at("approve"), &json!({})).await.verdict(), "200");
        let list = first.get("/api/v1/watch").await.json();
        assert_eq!(list["items"][0]["label"], "Báo trưởng ca");
        assert_eq!(first.post(&at("withdraw"), &json!({})).await.verdict(), "200");
        assert_eq!(first.get("/api/v1/watch").await.json()["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_spreadsheet_is_read_first_and_proposed_some_lines_at_a_time() {
    each_engine(|db| async move {
        let bench = Bench::new(db).await;
        gate(&bench.office, &"road-1/n1".parse().unwrap(), "police", bench.now()).await;
        let registrar = bench.person("dang-ky-1", Role::Registrar).await;
        let text = "ho_ten,can_cu,ngay_dong_y,den_ngay,cong,anh\n\
                    Mẫu 11,Đơn 12,20/11/2026,31/12/2027,road-1/n1/main,a.jpg\n\
                    Mẫu 12,Đơn 13,20/11/2026,31/02/2027,road-1/n1/main,b.jpg\n\
                    Mẫu 13,Đơn 14,20/11/2026,31/12/2027,road-1/n1/main,khong-co.jpg\n";
        let file = BASE64.encode(text);
        let import = async |more: Value| {
            let mut body = json!({ "name": "nguoi.csv", "file": file });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            registrar.post("/api/v1/people/import", &body).await
        };
        let read = import(json!({})).await.json();
        assert_eq!(read["rows"][1], json!({ "line": 3, "pictures": ["b.jpg"] }));
        assert_eq!(number(&bench.db, "COUNT(*)", "enrolments").await, 0, "it was only read");
        let picture = |name: &str, first: u8| {
            json!({ "name": name, "file": BASE64.encode([first, 1, 2, 240, 5, 17, 98, 255]) })
        };
        let asked = json!({ "batch": read["batch"], "lines": [2, 3, 4], "pictures": [picture("a.jpg", 200), picture("b.jpg", 3)] });
        let done = import(asked.clone()).await.json();
        assert_eq!((&done["proposed"], &done["skipped"]), (&json!(1), &json!(0)));
        let faults = done["faults"].as_array().unwrap();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0]["words"].as_str().unwrap().contains("ngày không đọc được"), "{faults:?}");
        assert!(faults[1]["words"].as_str().unwrap().contains("không đọc được tệp ảnh 1"), "{faults:?}");
        assert_eq!(import(asked).await.json()["skipped"], json!(1), "what was taken is taken once");
        assert_eq!(import(json!({ "lines": [] })).await.verdict(), "400 bad_lines");
        let bad = json!({ "name": "nguoi.csv", "file": BASE64.encode("ho_ten\nMẫu 11\n") });
        assert_eq!(registrar.post("/api/v1/people/import", &bad).await.verdict(), "400 bad_columns");
        let bad = json!({ "name": "nguoi.doc", "file": file });
        assert_eq!(registrar.post("/api/v1/people/import", &bad).await.verdict(), "400 bad_spreadsheet");
        assert_eq!(number(&bench.db, "COUNT(*)", "audit WHERE record LIKE '%Mẫu 1%'").await, 0);
    })
    .await;
}
