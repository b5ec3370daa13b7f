"""An ONVIF access controller for the door tests: SOAP by lxml and zeep, checked against ONVIF's own WSDL files.

It shares no code with the node. Every request must be a SOAP 1.2 envelope with the right content type, a UsernameToken that
zeep would have written itself (compared in canonical form), a digest that hashlib agrees with, a fresh moment and a nonce
never seen before, and a body that is valid by ONVIF's schema. What is wrong is a fault and a line {"wrong": …}.

    controller.py USER PASSWORD

Prints one JSON line a thing that happened, the first {"port": N}. The access point's token chooses what it does:
`granted`, `silent`, `unknown` (fault), `html` (no SOAP); the door's token what its state says: `opens`, `stuck`.
"""

import base64
import datetime
import email.message
import hashlib
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import zeep
from lxml import etree
from zeep.wsse.username import UsernameToken

SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
ERROR = "http://www.onvif.org/ver10/error"
XSD = "http://www.w3.org/2001/XMLSchema"
# onvif_zeep lays ONVIF's files into a folder of its own beside the packages.
WSDL = Path(zeep.__file__).resolve().parents[1] / "wsdl"
USER, PASSWORD = sys.argv[1:3]


class Refused(Exception):
    """A fault: finer codes, then the reason."""

    def __init__(self, codes, reason):
        super().__init__(reason)
        self.codes, self.reason = codes, reason


class Service:
    """One service by its WSDL: namespace, schema for validation, zeep for reading and writing."""

    def __init__(self, name):
        path = WSDL / f"{name}.wsdl"
        self.client = zeep.Client(str(path))
        schema = etree.parse(str(path)).find(f".//{{{XSD}}}schema")
        self.namespace = schema.get("targetNamespace")
        # On its own, but with the base address, so that its import finds types.xsd beside it.
        self.schema = etree.XMLSchema(etree.fromstring(etree.tostring(schema), base_url=str(path)))

    def read(self, body):
        if not self.schema.validate(body):
            raise Refused(["InvalidArgs"], f"not valid by the schema: {self.schema.error_log.last_error.message}")
        name = etree.QName(body).localname
        return name, self.client.get_element(f"{{{self.namespace}}}{name}").parse(body, self.client.wsdl.types)

    def write(self, name, *args, **values):
        parent = etree.Element("parent")
        element = self.client.get_element(f"{{{self.namespace}}}{name}")
        element.render(parent, element(*args, **values))
        return parent[0]


SERVICES = {service.namespace: service for service in map(Service, ("accesscontrol", "doorcontrol"))}
lock = threading.Lock()
nonces, granted = set(), set()


def say(**what):
    with lock:
        print(json.dumps(what), flush=True)


def canonical(element):
    # Parsed anew: what was declared further out but is not used does not belong to it.
    return etree.tostring(etree.fromstring(etree.tostring(element)), method="c14n", exclusive=True)


def check_account(header):
    token = header.find(f"{{{WSSE}}}Security/{{{WSSE}}}UsernameToken")
    if token is None:
        raise Refused(["NotAuthorized"], "there is no UsernameToken")
    part = lambda name: token.findtext(name)
    nonce, created = part(f"{{{WSSE}}}Nonce"), part(f"{{{WSU}}}Created")
    raw = base64.b64decode(nonce, validate=True)
    digest = base64.b64encode(hashlib.sha1(raw + created.encode() + PASSWORD.encode()).digest()).decode()
    if part(f"{{{WSSE}}}Username") != USER or part(f"{{{WSSE}}}Password") != digest:
        raise Refused(["NotAuthorized"], f"wrong account or password, perhaps not {PASSWORD}")
    moment = datetime.datetime.fromisoformat(created.replace("Z", "+00:00"))
    if abs((datetime.datetime.now(datetime.timezone.utc) - moment).total_seconds()) > 30:
        raise Refused(["NotAuthorized"], "the message is too old")
    with lock:
        if len(raw) < 16 or nonce in nonces:
            raise Refused(["NotAuthorized"], "the nonce is short or was used before")
        nonces.add(nonce)
    ours = UsernameToken(USER, PASSWORD, use_digest=True, nonce=raw.decode("latin-1"), created=moment)
    ours.zulu_timestamp = True
    envelope = etree.Element(f"{{{SOAP}}}Envelope")
    etree.SubElement(envelope, f"{{{SOAP}}}Body")
    # zeep takes the nonce as text and encodes it as UTF-8: only the shape is compared, the values were above.
    written, _ = ours.apply(envelope, {})
    written = written.find(f".//{{{WSSE}}}UsernameToken")
    for name in (f"{{{WSSE}}}Password", f"{{{WSSE}}}Nonce", f"{{{WSU}}}Created"):
        written.find(name).text = part(name)
    written.attrib.pop(f"{{{WSU}}}Id", None)
    if canonical(written) != canonical(token):
        raise Refused(["InvalidArgs"], f"zeep would write {canonical(written)!r}, this is {canonical(token)!r}")


def answer(data, content_type):
    """The answer's body element, or None to be silent, or bytes that are no SOAP."""
    header = email.message.Message()
    header["content-type"] = content_type
    if header.get_content_type() != "application/soap+xml" or header.get_content_charset() != "utf-8":
        raise Refused(["InvalidArgs"], f"content type {content_type!r}")
    envelope = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    parts = [child.tag for child in envelope]
    if envelope.tag != f"{{{SOAP}}}Envelope" or parts not in ([f"{{{SOAP}}}Header", f"{{{SOAP}}}Body"], [f"{{{SOAP}}}Body"]):
        raise Refused(["InvalidArgs"], f"no SOAP 1.2: {envelope.tag} of {parts}")
    check_account(envelope[0])
    [body] = envelope[-1]
    service = SERVICES[etree.QName(body).namespace]
    name, values = service.read(body)
    if header.get_param("action") != f"{service.namespace}/{name}":
        raise Refused(["InvalidArgs"], f"the action is {header.get_param('action')!r}")
    if name == "GetDoorState":
        mode = "Accessed" if values.Token == "opens" and granted else "Locked"
        return service.write("GetDoorStateResponse", DoorState={"DoorMode": mode})
    point = values.AccessPointToken
    say(operation=name, access_point=point, credential=values.CredentialToken, reason=values.Reason, decision=values.Decision)
    if point == "silent":
        return None
    if point == "html":
        return b"<html><body>Login</body></html>"
    if point != "granted":
        raise Refused(["InvalidArgVal", "NotFound"], "no such access point")
    if values.Decision == "Granted":
        granted.add(point)
    return service.write("ExternalAuthorizationResponse")


def fault(refused):
    element = etree.Element(f"{{{SOAP}}}Fault", nsmap={"env": SOAP, "ter": ERROR})
    code = etree.SubElement(element, f"{{{SOAP}}}Code")
    etree.SubElement(code, f"{{{SOAP}}}Value").text = "env:Sender"
    for name in refused.codes:
        code = etree.SubElement(code, f"{{{SOAP}}}Subcode")
        etree.SubElement(code, f"{{{SOAP}}}Value").text = f"ter:{name}"
    reason = etree.SubElement(element, f"{{{SOAP}}}Reason")
    text = etree.SubElement(reason, f"{{{SOAP}}}Text")
    text.text = refused.reason
    text.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    return element


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        data = self.rfile.read(int(self.headers["content-length"]))
        status = 200
        try:
            body = answer(data, self.headers["content-type"])
        except Refused as refused:
            if refused.codes == ["InvalidArgs"]:
                say(wrong=refused.reason)
            status, body = 400, fault(refused)
        except Exception as error:  # whatever it is, the test must hear of it
            say(wrong=repr(error))
            status, body = 500, fault(Refused([], repr(error)))
        if body is None:
            threading.Event().wait()
        if isinstance(body, bytes):
            return self.reply(status, "text/html", body)
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"env": SOAP})
        etree.SubElement(envelope, f"{{{SOAP}}}Header")
        etree.SubElement(envelope, f"{{{SOAP}}}Body").append(body)
        data = etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
        return self.reply(status, "application/soap+xml; charset=utf-8", data)

    def reply(self, status, content_type, data):
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
say(port=server.server_address[1])
server.serve_forever()
