//! What the feed tells, to whom, and what happens to whoever is too slow.

use super::*;

fn hub() -> LiveHub {
    LiveHub::new(Uuid::from_u128(1))
}

fn event(kind: LiveKind) -> LiveEvent {
    let (controller, site) = ("police".parse().unwrap(), "road-1".parse().unwrap());
    LiveEvent { number: 0, controller, site, at: UtcMicros(DAY_US), kind, data: "{}".into() }
}

fn tell(hub: &LiveHub, n: usize) {
    for _ in 0..n {
        hub.publish(event(LiveKind::Pass));
    }
}

fn numbers(joined: &Joined) -> Option<Vec<u64>> {
    Some(joined.missed.as_ref()?.iter().map(|e| e.number).collect())
}

#[test]
fn a_returning_client_gets_what_it_missed_or_is_told_to_read_again() {
    let hub = hub();
    tell(&hub, 3);
    assert_eq!(numbers(&hub.join(None)), Some(vec![]));
    assert_eq!(numbers(&hub.join(Some(&hub.id_of(1)))), Some(vec![2, 3]));
    assert_eq!(numbers(&hub.join(Some(&hub.newest_id()))), Some(vec![]));
    for foreign in ["nonsense", "00000000000000000000000000000002.1"] {
        assert_eq!(numbers(&hub.join(Some(foreign))), None, "{foreign}");
    }
    assert_eq!(numbers(&hub.join(Some(&hub.id_of(4)))), None);
    tell(&hub, KEPT);
    assert_eq!(numbers(&hub.join(Some(&hub.id_of(1)))), None);
    let oldest = hub.join(Some(&hub.id_of(3)));
    assert_eq!(numbers(&oldest).unwrap().len(), KEPT);
}

#[test]
fn roles_see_their_own_kinds_of_their_own_controller() {
    let (police, tourism) = ("police".parse().unwrap(), "tourism".parse().unwrap());
    let road = "road-1".parse().unwrap();
    let sees =
        |kind, controller, roles: &[Role]| event(kind).visible_to(controller, roles, Some(&road), UtcMicros(DAY_US));
    assert!(sees(LiveKind::Pass, &police, &[Role::TrafficOfficer]));
    assert!(!sees(LiveKind::Pass, &tourism, &[Role::TrafficOfficer]));
    assert!(!sees(LiveKind::Pass, &police, &[Role::Tourism, Role::Operator]));
    assert!(!sees(LiveKind::Suspicion, &police, &[Role::Tourism]));
    assert!(sees(LiveKind::Case, &police, &[Role::TrafficOfficer]));
    assert!(!sees(LiveKind::Case, &police, &[Role::Desk, Role::Administrator]));
    assert!(sees(LiveKind::PlateAlert, &police, &[Role::TrafficLeader]));
    assert!(!sees(LiveKind::PlateAlert, &tourism, &[Role::TrafficLeader]));
    assert!(!sees(LiveKind::PlateAlert, &police, &[Role::Desk, Role::Tourism, Role::Operator]));
    assert!(sees(LiveKind::Count, &police, &[Role::Tourism]));
    assert!(sees(LiveKind::Camera, &police, &[Role::Operator]));
    // A guard must not miss that the gate's camera went dark; the tourism office has no use for it.
    assert!(sees(LiveKind::Camera, &police, &[Role::Desk]) && !sees(LiveKind::Camera, &police, &[Role::Tourism]));
    assert!(sees(LiveKind::Decision, &police, &[Role::Desk]));
    assert!(!sees(LiveKind::Decision, &police, &[Role::TrafficOfficer, Role::Administrator]));
}

#[test]
fn plates_are_told_only_to_whoever_watches_one_place_and_for_a_day_at_most() {
    let police = "police".parse().unwrap();
    let sees = |kind, site: Option<&str>, now| {
        let site = site.map(|s| s.parse().unwrap());
        event(kind).visible_to(&police, &[Role::TrafficOfficer], site.as_ref(), UtcMicros(now))
    };
    assert!(sees(LiveKind::Pass, Some("road-1"), 2 * DAY_US));
    assert!(!sees(LiveKind::Pass, Some("road-1"), 2 * DAY_US + 1));
    assert!(!sees(LiveKind::Pass, Some("road-2"), DAY_US));
    assert!(!sees(LiveKind::Pass, None, DAY_US));
    assert!(sees(LiveKind::Suspicion, None, 3 * DAY_US));
}

fn golden(name: &str) -> Envelope {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../contract/golden/v1/{name}.json"));
    Envelope::from_bytes(&std::fs::read(file).unwrap()).unwrap()
}

#[test]
fn what_comes_after_an_outage_is_no_news_but_a_suspicion_always_is_and_holds_no_plate() {
    let told = |name, later_us| {
        let (hub, envelope) = (hub(), golden(name));
        hub.announce(&envelope, envelope.captured.captured_at.plus_us(later_us));
        let ring = hub.ring.into_inner().unwrap();
        ring.kept.front().map(|e| e.data.clone())
    };
    assert!(told("pass", NEWS_US).unwrap().contains("\"plate\":\""));
    assert!(told("pass", LATE_US).unwrap().contains("\"late\":false"));
    assert!(told("pass", LATE_US + 1).unwrap().contains("\"late\":true"));
    assert_eq!(told("pass", NEWS_US + 1), None);
    assert_eq!(told("count", NEWS_US + 1), None);
    let late = told("suspicion", 2 * DAY_US).unwrap();
    assert!(!late.contains("plate"), "{late}");
}

#[test]
fn an_alert_says_where_and_when_and_no_plate_however_late_it_comes() {
    let (hub, envelope) = (hub(), golden("pass"));
    hub.tell_plate_alert(&envelope, envelope.captured.captured_at.plus_us(20 * 60 * MINUTE_US));
    let ring = hub.ring.into_inner().unwrap();
    let told = ring.kept.front().unwrap();
    assert_eq!((told.kind.as_str(), told.site.as_str()), ("plate_alert", "chi-lang-square"));
    let said: serde_json::Value = serde_json::from_str(&told.data).unwrap();
    let mut keys: Vec<&str> = said.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["alert", "at", "at_text", "camera", "late", "node", "site"]);
    assert!(said["late"] == true && said["alert"] == true && !told.data.contains("12A"), "{}", told.data);
}
