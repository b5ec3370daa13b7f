//! Messages to the ONVIF services, as values: SOAP 1.2 written by quick-xml. Sources: accesscontrol.wsdl
//! (`ExternalAuthorization`), doorcontrol.wsdl (`GetDoorState`), OASIS UsernameToken Profile 1.0 (digest with nonce and moment,
//! as ONVIF wants it). Nothing here sends or reads a clock.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use contract::clock::UtcMicros;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY};

pub(super) const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";
pub(super) const ACCESS: &str = "http://www.onvif.org/ver10/accesscontrol/wsdl";
pub(super) const DOOR: &str = "http://www.onvif.org/ver10/doorcontrol/wsdl";
const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const DIGEST: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
const BASE64_BINARY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

/// The person's or the node's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Granted,
    Denied,
}

impl Decision {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "Granted",
            Self::Denied => "Denied",
        }
    }
}

/// What is asked of the device.
#[derive(Debug)]
pub(super) enum Operation<'a> {
    /// Tells the decision about the access point.
    ExternalAuthorization {
        access_point: &'a str,
        credential: Option<&'a str>,
        reason: Option<&'a str>,
        decision: Decision,
    },
    /// Reads the state of a door.
    GetDoorState { door: &'a str },
}

impl Operation<'_> {
    /// The action of SOAP 1.2's content type.
    pub(super) fn action(&self) -> String {
        match self {
            Self::ExternalAuthorization { .. } => format!("{ACCESS}/ExternalAuthorization"),
            Self::GetDoorState { .. } => format!("{DOOR}/GetDoorState"),
        }
    }
}

/// A password as it travels: digest, nonce and moment.
pub(super) struct SignedToken {
    user: String,
    digest: String,
    nonce: String,
    created: String,
}

impl SignedToken {
    /// `Base64(SHA-1(nonce + created + password))` of the UsernameToken Profile 1.0; SHA-1 is what the devices know.
    pub(super) fn new(user: &str, password: &str, nonce: [u8; 16], at: UtcMicros) -> Self {
        // Milliseconds, as most devices write them themselves; some cannot read a longer fraction.
        let created = UtcMicros(at.0.div_euclid(1000) * 1000).to_rfc3339();
        let mut context = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
        context.update(&nonce);
        context.update(created.as_bytes());
        context.update(password.as_bytes());
        Self { user: user.to_owned(), digest: BASE64.encode(context.finish()), nonce: BASE64.encode(nonce), created }
    }
}

/// The whole message.
pub(super) fn envelope(token: Option<&SignedToken>, operation: &Operation<'_>) -> String {
    let mut writer = Writer::new(Vec::new());
    write(&mut writer, token, operation).expect("writing to memory does not fail");
    String::from_utf8(writer.into_inner()).expect("the writer was given text only")
}

type Out = Writer<Vec<u8>>;

fn write(out: &mut Out, token: Option<&SignedToken>, operation: &Operation<'_>) -> std::io::Result<()> {
    out.create_element("s:Envelope").with_attribute(("xmlns:s", SOAP)).write_inner_content(|out| {
        if let Some(token) = token {
            out.create_element("s:Header").write_inner_content(|out| write_token(out, token))?;
        }
        out.create_element("s:Body").write_inner_content(|out| match operation {
            Operation::ExternalAuthorization { access_point, credential, reason, decision } => {
                let element = out.create_element("tac:ExternalAuthorization").with_attribute(("xmlns:tac", ACCESS));
                element.write_inner_content(|out| {
                    text(out, "tac:AccessPointToken", access_point)?;
                    if let Some(credential) = credential {
                        text(out, "tac:CredentialToken", credential)?;
                    }
                    if let Some(reason) = reason {
                        text(out, "tac:Reason", reason)?;
                    }
                    text(out, "tac:Decision", decision.as_str())
                })?;
                Ok(())
            }
            Operation::GetDoorState { door } => {
                let element = out.create_element("tdc:GetDoorState").with_attribute(("xmlns:tdc", DOOR));
                element.write_inner_content(|out| text(out, "tdc:Token", door))?;
                Ok(())
            }
        })?;
        Ok(())
    })?;
    Ok(())
}

fn write_token(out: &mut Out, token: &SignedToken) -> std::io::Result<()> {
    let security = out.create_element("wsse:Security").with_attributes([
        ("xmlns:wsse", WSSE),
        ("xmlns:wsu", WSU),
        ("s:mustUnderstand", "true"),
    ]);
    security.write_inner_content(|out| {
        out.create_element("wsse:UsernameToken").write_inner_content(|out| {
            text(out, "wsse:Username", &token.user)?;
            let password = out.create_element("wsse:Password").with_attribute(("Type", DIGEST));
            password.write_text_content(BytesText::new(&token.digest))?;
            let nonce = out.create_element("wsse:Nonce").with_attribute(("EncodingType", BASE64_BINARY));
            nonce.write_text_content(BytesText::new(&token.nonce))?;
            text(out, "wsu:Created", &token.created)
        })?;
        Ok(())
    })?;
    Ok(())
}

fn text(out: &mut Out, name: &str, value: &str) -> std::io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_programmers_guide() {
        // The example of ONVIF's Application Programmer's Guide.
        let nonce: [u8; 16] = BASE64.decode("LKqI6G/AikKCQrN0zqZFlg==").unwrap().try_into().unwrap();
        let at = UtcMicros::from_rfc3339("2010-09-16T07:50:45Z").unwrap();
        let token = SignedToken::new("user", "userpassword", nonce, at);
        assert_eq!(
            (token.created.as_str(), token.digest.as_str()),
            ("2010-09-16T07:50:45Z", "tuOSpGlFlIXsozq4HFNeeGeFLEI=")
        );
    }
}
