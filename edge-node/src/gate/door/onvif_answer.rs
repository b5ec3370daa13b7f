//! Answers of the ONVIF services, as values: SOAP 1.2 read by quick-xml, names by their namespaces and never by their
//! prefixes. It knows no external entity and refuses a document type. Source of the door's state: doorcontrol.wsdl. Nothing
//! here sends.

use std::fmt;

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

use super::onvif_message::{ACCESS, DOOR, SOAP};

/// Deeper than any answer of these services; a nesting bomb ends here.
const MAX_DEPTH: usize = 32;

/// What a device answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// `ExternalAuthorizationResponse`.
    Authorized,
    /// `GetDoorStateResponse`.
    DoorState(DoorState),
    /// A fault, in words.
    Fault(String),
    /// Something else in a SOAP body.
    Other,
}

/// The part of a door's state that tells whether it opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DoorState {
    mode: String,
    lock: String,
}

impl DoorState {
    /// `Accessed` is the mode of a door that was opened for a moment; a lock that can be seen must not contradict it.
    pub(super) fn is_open(&self) -> bool {
        if self.lock.is_empty() || self.lock == "Unknown" {
            matches!(self.mode.as_str(), "Accessed" | "Unlocked" | "LockedOpen")
        } else {
            self.lock == "Unlocked"
        }
    }
}

impl fmt::Display for DoorState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DoorMode {:?}, LockPhysicalState {:?}", self.mode, self.lock)
    }
}

/// An answer that is no SOAP 1.2.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadAnswer {
    #[error("it is not well-formed XML")]
    Xml(#[from] quick_xml::Error),
    #[error("it holds a document type or an unknown entity")]
    Declared,
    #[error("it is nested too deeply")]
    Deep,
    #[error("it is no SOAP 1.2 envelope with a body")]
    NoSoap,
}

/// One text with the names around it, outermost first: `{namespace}name`.
struct Leaf {
    path: Vec<String>,
    text: String,
}

/// Reads an answer.
pub(super) fn read(answer: &str) -> Result<Answer, BadAnswer> {
    let (elements, leaves) = walk(answer)?;
    let below_body = [format!("{{{SOAP}}}Envelope"), format!("{{{SOAP}}}Body")];
    let inside = |path: &Vec<String>| path.len() == 3 && path[..2] == below_body;
    let content = elements.iter().find(|path| inside(path)).and_then(|path| path.last()).ok_or(BadAnswer::NoSoap)?;
    let value = |names: &[&str]| {
        leaves
            .iter()
            .find(|leaf| {
                leaf.path.starts_with(&below_body)
                    && leaf.path[2..].iter().map(String::as_str).eq(names.iter().copied())
            })
            .map(|leaf| leaf.text.trim().to_owned())
            .unwrap_or_default()
    };
    if *content == format!("{{{SOAP}}}Fault") {
        let codes =
            leaves.iter().filter(|leaf| leaf.path.last().is_some_and(|name| *name == format!("{{{SOAP}}}Value")));
        let codes: Vec<&str> = codes.map(|leaf| leaf.text.trim()).collect();
        let reason = leaves.iter().find(|leaf| leaf.path.last().is_some_and(|name| *name == format!("{{{SOAP}}}Text")));
        return Ok(Answer::Fault(in_words(&codes, reason.map_or("", |leaf| leaf.text.trim()))));
    }
    if *content == format!("{{{ACCESS}}}ExternalAuthorizationResponse") {
        return Ok(Answer::Authorized);
    }
    let response = format!("{{{DOOR}}}GetDoorStateResponse");
    if *content == response {
        let state = format!("{{{DOOR}}}DoorState");
        let of = |name: &str| value(&[&response, &state, &format!("{{{DOOR}}}{name}")]);
        return Ok(Answer::DoorState(DoorState { mode: of("DoorMode"), lock: of("LockPhysicalState") }));
    }
    Ok(Answer::Other)
}

/// A fault's codes (general, then finer) and the device's reason as a sentence for an operator.
fn in_words(codes: &[&str], reason: &str) -> String {
    let local = |code: &&str| code.rsplit(':').next().unwrap_or_default().to_owned();
    let finest = codes.last().map(local).unwrap_or_default();
    let meaning = match finest.as_str() {
        "NotAuthorized" | "FailedAuthentication" | "FailedCheck" | "InvalidSecurity" => {
            "it does not accept the account, the password or the time of this message (are both clocks right?)"
        }
        "NotFound" | "InvalidArgVal" => "it does not know this access point, door or credential",
        "ActionNotSupported" | "NotSupported" => "it does not take decisions from outside",
        "OperationProhibited" => "it is in no state to do this",
        _ => "it could not do this",
    };
    format!("{meaning}; {} {reason}", codes.join("/"))
}

/// Every element's path, and every text.
fn walk(answer: &str) -> Result<(Vec<Vec<String>>, Vec<Leaf>), BadAnswer> {
    let mut reader = NsReader::from_str(answer);
    let (mut path, mut elements, mut leaves) = (Vec::new(), Vec::new(), Vec::new());
    let mut text = String::new();
    loop {
        let (namespace, event) = reader.read_resolved_event()?;
        match event {
            Event::Start(start) => {
                path.push(full_name(&namespace, start.local_name().as_ref()));
                if path.len() > MAX_DEPTH {
                    return Err(BadAnswer::Deep);
                }
                elements.push(path.clone());
                text.clear();
            }
            Event::Empty(empty) => {
                path.push(full_name(&namespace, empty.local_name().as_ref()));
                elements.push(path.clone());
                path.pop();
            }
            Event::End(_) => {
                if !text.trim().is_empty() {
                    leaves.push(Leaf { path: path.clone(), text: std::mem::take(&mut text) });
                }
                path.pop();
            }
            Event::Text(part) => text.push_str(&part.decode().map_err(quick_xml::Error::from)?),
            Event::CData(part) => text.push_str(&part.decode().map_err(quick_xml::Error::from)?),
            Event::GeneralRef(entity) => text.push(character(&entity)?),
            Event::DocType(_) => return Err(BadAnswer::Declared),
            Event::Eof if path.is_empty() => return Ok((elements, leaves)),
            Event::Eof => return Err(BadAnswer::NoSoap),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The five entities of XML itself and numbered characters; no document can declare another.
fn character(entity: &quick_xml::events::BytesRef<'_>) -> Result<char, BadAnswer> {
    if let Some(character) = entity.resolve_char_ref()? {
        return Ok(character);
    }
    let name: &[u8] = entity;
    match name {
        b"amp" => Ok('&'),
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"quot" => Ok('"'),
        b"apos" => Ok('\''),
        _ => Err(BadAnswer::Declared),
    }
}

fn full_name(namespace: &ResolveResult<'_>, local: &[u8]) -> String {
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => String::from_utf8_lossy(namespace.as_ref()).into_owned(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    };
    format!("{{{namespace}}}{}", String::from_utf8_lossy(local))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(content: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"{SOAP}\"><e:Header/><e:Body>{content}</e:Body></e:Envelope>"
        )
    }

    #[test]
    fn answers_are_known_by_namespace_and_not_by_prefix() {
        let good = body(&format!("<x:ExternalAuthorizationResponse xmlns:x=\"{ACCESS}\"/>"));
        assert_eq!(read(&good).unwrap(), Answer::Authorized);
        let other = body("<tac:ExternalAuthorizationResponse xmlns:tac=\"urn:other\"/>");
        assert_eq!(read(&other).unwrap(), Answer::Other);
        assert!(matches!(read("<html><body>Login</body></html>"), Err(BadAnswer::NoSoap)));
        assert!(matches!(
            read(&good.replace(SOAP, "http://schemas.xmlsoap.org/soap/envelope/")),
            Err(BadAnswer::NoSoap)
        ));
    }

    #[test]
    fn a_door_is_open_when_neither_mode_nor_lock_says_otherwise() {
        let state = |mode: &str, lock: &str| {
            let lock = if lock.is_empty() {
                String::new()
            } else {
                format!("<d:LockPhysicalState>{lock}</d:LockPhysicalState>")
            };
            let text = format!(
                "<d:GetDoorStateResponse xmlns:d=\"{DOOR}\"><d:DoorState>{lock}<d:DoorMode>{mode}</d:DoorMode></d:DoorState></d:GetDoorStateResponse>"
            );
            match read(&body(&text)).unwrap() {
                Answer::DoorState(state) => state.is_open(),
                other => panic!("{other:?}"),
            }
        };
        assert!(state("Accessed", ""));
        assert!(state("Accessed", "Unlocked"));
        assert!(state("Accessed", "Unknown"));
        assert!(!state("Accessed", "Locked"));
        assert!(!state("Locked", ""));
        assert!(!state("", ""));
    }

    #[test]
    fn faults_become_words() {
        let fault = body(
            "<e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>ter:InvalidArgVal</e:Value><e:Subcode>\
             <e:Value>ter:NotFound</e:Value></e:Subcode></e:Subcode></e:Code><e:Reason><e:Text xml:lang=\"en\">no &amp; such &#65;P</e:Text></e:Reason></e:Fault>",
        );
        let expected = "it does not know this access point, door or credential; e:Sender/ter:InvalidArgVal/ter:NotFound no & such AP";
        assert_eq!(read(&fault).unwrap(), Answer::Fault(expected.to_owned()));
    }

    #[test]
    fn hostile_answers_are_refused() {
        let entity = format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{}", body("<a>&a;</a>"));
        assert!(matches!(read(&entity), Err(BadAnswer::Declared)));
        assert!(matches!(read(&body("<a>&a;</a>")), Err(BadAnswer::Declared)));
        assert!(matches!(read(&"<a>".repeat(100_000)), Err(BadAnswer::Deep)));
        assert!(matches!(read(&body("<a>")), Err(BadAnswer::Xml(_))));
        assert!(matches!(read(""), Err(BadAnswer::NoSoap)));
    }
}
