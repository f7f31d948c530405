#!/usr/bin/env python3
"""Writes the messages of this folder and expected.json. Run it after a change: it takes no arguments.

A message is an ordinary request or response but for its hazard, so each case below shows only what
differs: `fields` replaces or adds fields by name (None leaves one out), `extra` adds lines below
them. Verdicts are those of an element with the six methods of RFC 3261, session descriptions and no
extension: "accept", the status code of the answer, or "drop".
"""
import json
import pathlib

SDP = ("v=0\r\no=dora 7 7 IN IP4 198.51.100.4\r\ns=-\r\nc=IN IP4 198.51.100.4\r\n"
       "t=0 0\r\nm=audio 20000 RTP/AVP 0\r\n")
CASES = []


def case(name, rfc, hazard, message, uas, proxy=None, text=None):
    """`text` is the description of the first defect, with its place; None: not compared."""
    row = {"file": name + ".dat", "rfc": rfc, "hazard": hazard,
           "uas": str(uas), "proxy": str(uas if proxy is None else proxy)}
    if text:
        row["text"] = text
    CASES.append((row, message))


def build(start, fields, extra, body, ordinary):
    merged = {**ordinary, **fields}
    merged.setdefault("Content-Length", str(len(body.encode("latin-1"))))
    lines = [start]
    lines += [f"{name}: {value}" for name, value in merged.items() if value is not None]
    lines += extra
    return "\r\n".join(lines) + "\r\n\r\n" + body


def request(method="OPTIONS", uri="sip:erin@cardiff.example", start=None, extra=(), body="", **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    ordinary = {"Via": "SIP/2.0/UDP 198.51.100.4:5062;branch=z9hG4bKq7w", "Max-Forwards": "41",
                "From": "Dora <sip:dora@bergen.example>;tag=d1", "To": "<sip:erin@cardiff.example>",
                "Call-ID": "c0ffee@bergen.example", "CSeq": f"12 {method}"}
    if method == "INVITE":
        ordinary["Contact"] = "<sip:dora@198.51.100.4:5062>"
    return build(start or f"{method} {uri} SIP/2.0", fields, list(extra), body, ordinary)


def invite(**arguments):
    return request(method="INVITE", body=SDP, Content_Type="application/sdp", **arguments)


def response(start="SIP/2.0 200 OK", extra=(), body="", **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    ordinary = {"Via": "SIP/2.0/UDP 198.51.100.4:5062;branch=z9hG4bKq7w",
                "From": "<sip:dora@bergen.example>;tag=d1", "To": "<sip:erin@cardiff.example>;tag=e2",
                "Call-ID": "c0ffee@bergen.example", "CSeq": "12 OPTIONS"}
    return build(start, fields, list(extra), body, ordinary)


# --- RFC 4475 §3.1.1: valid messages -------------------------------------------------------------
case("folds_and_white_space", "4475 3.1.1.1", "folds, white space round separators, compact names",
     "INVITE sip:erin@cardiff.example;maybe=1 SIP/2.0\r\n"
     "vIA  :\tSIP\r\n / 2.0 /\r\n\tTCP   relay.bergen.example  :  5070 ;\r\n branch = z9hG4bKa ,\r\n"
     "  SIP/2.0/UDP 198.51.100.4 ;branch=\r\n z9hG4bKb\r\n"
     "t :\r\n <sip:erin@cardiff.example> \r\n"
     "F: \"Dora \\\\ \\\"the\\\" caller\"\r\n   <sip:dora@bergen.example>\r\n ;tag\r\n =\r\n d1\r\n"
     "I:c0ffee@bergen.example\r\nCSEQ:\t0000012\r\n INVITE\r\nmax-forwards:   0041\r\n"
     "M: \"D\" <sip:dora@198.51.100.4>;\r\n q = 0.5 ; flag\r\n"
     "X-Odd: ,;,; \"\r\ns :\r\nL: 0\r\n\r\n", "accept")
case("token_characters", "4475 3.1.1.2", "every token character in a method; control bytes in quotes",
     request(method="a-Z.09!%*_+`'~", From="\"\\\0\\\x07\\\x7f\" <sip:a!b~c*d'(e)@bergen.example>;tag=.-!%*_+`'~"),
     501, "accept")
case("escapes", "4475 3.1.1.3", "%HH in user parts and parameters",
     request(uri="sip:%65rin%40home@cardiff.example;m%61rk=%31", To="<sip:%65rin@cardiff.example>"), "accept")
case("escaped_nul", "4475 3.1.1.4", "%00 in the user part of a URI",
     request(method="REGISTER", uri="sip:bergen.example", To="<sip:do%00ra@bergen.example>",
             Contact="<sip:%00@198.51.100.4>, <sip:%00%00@198.51.100.4>"), "accept")
case("percent_is_no_escape", "4475 3.1.1.5", "a method that would be REGISTER if % were an escape",
     request(method="R%45GISTER", From="\"50%25\" <sip:dora@bergen.example>;tag=%41"), 501, "accept")
case("no_space_before_bracket", "4475 3.1.1.6", "display name and < without white space",
     request(From="Dora<sip:dora@bergen.example>;tag=d1"), "accept")
case("long_values", "4475 3.1.1.7", "a long display name, tag, Call-ID, and 20 Via values",
     request(From=f"{'Dora ' * 60}<sip:{'d' * 300}@bergen.example>;tag={'t' * 400}",
             Call_ID="c" * 600 + "@bergen.example",
             extra=[f"v: SIP/2.0/TCP relay{n}.bergen.example;branch=z9hG4bK{n}" for n in range(20)]), "accept")
case("bytes_after_the_body", "4475 3.1.1.8", "a datagram with another message behind the first",
     request() + "INVITE sip:nobody@cardiff.example SIP/2.0\r\nVia: none\r\n\r\n", "accept")
case("semicolon_in_user", "4475 3.1.1.9", "a user part with ; and =",
     request(uri="sip:erin;isub=44@cardiff.example"), "accept")
case("unknown_transports", "4475 3.1.1.10", "Via values with transports nobody knows",
     request(Via="SIP/2.0/DTLS-SCTP r.bergen.example;branch=z9hG4bKr, SIP/2.0/PIGEON p.bergen.example;branch=z9hG4bKp"), "accept")
case("binary_body", "4475 3.1.1.11", "a body with NUL and CRLF bytes, framed by its length",
     request(body="\0\r\n\r\n\xff--x\0", Content_Type="multipart/mixed;boundary=x"), 415, "accept")
case("utf8_reason", "4475 3.1.1.12", "a reason phrase in UTF-8",
     response("SIP/2.0 200 " + "Ça va, naturellement ✓".encode().decode("latin-1")), "accept")
case("empty_reason", "4475 3.1.1.13", "an empty reason phrase", response("SIP/2.0 183 "), "accept")

# --- RFC 4475 §3.1.2: invalid messages -----------------------------------------------------------
case("empty_parameters", "4475 3.1.2.1", "nothing between separators",
     invite(Via="SIP/2.0/UDP 198.51.100.4;;branch=z9hG4bKq7w", Contact="<sip:dora@198.51.100.4>;;"), 400,
     text="byte 71: via-parm: expected token")
case("length_too_large", "4475 3.1.2.2", "Content-Length beyond the datagram", invite(Content_Length="300"), 400)
case("length_negative", "4475 3.1.2.3", "a negative Content-Length", invite(Content_Length="-1"), 400)
case("numbers_too_large", "4475 3.1.2.4", "CSeq and Max-Forwards out of range in a request",
     request(CSeq="4294967296 OPTIONS", Max_Forwards="256", Expires="9" * 30), 400)
case("numbers_too_large_in_response", "4475 3.1.2.5", "CSeq out of range in a response",
     response(CSeq="99999999999 OPTIONS", Retry_After="9" * 20), "drop")
case("quote_without_end", "4475 3.1.2.6", "a display name without its closing quote",
     request(To="\"Erin <sip:erin@cardiff.example>"), 400)
case("brackets_round_request_uri", "4475 3.1.2.7", "<> round the Request-URI",
     request(uri="<sip:erin@cardiff.example>"), 400, text="byte 8: addr-spec: expected scheme")
case("space_in_request_uri", "4475 3.1.2.8", "a space inside the Request-URI",
     request(uri="sip:erin@cardiff.example ;lr"), 400)
case("spaces_in_request_line", "4475 3.1.2.9", "two spaces between the parts of the Request-Line",
     request(start="OPTIONS  sip:erin@cardiff.example SIP/2.0"), 400)
case("space_after_version", "4475 3.1.2.10", "white space at the end of the Request-Line",
     request(start="OPTIONS sip:erin@cardiff.example SIP/2.0 "), 400)
case("headers_in_request_uri", "4475 3.1.2.11", "header fields escaped into the Request-URI",
     request(uri="sip:erin@cardiff.example?Priority=urgent"), 400)
case("date_not_gmt", "4475 3.1.2.12", "a Date of another time zone: nobody needs it, so it is ignored",
     request(Date="Tue, 02 Jun 2020 07:08:09 CET"), "accept")
case("contact_headers_without_brackets", "4475 3.1.2.13", "a Contact with ? that has no <>",
     request(method="REGISTER", uri="sip:bergen.example", To="<sip:dora@bergen.example>",
             Contact="sip:dora@198.51.100.4?Accept=text%2Fplain"), 400, "accept")
case("spaces_inside_brackets", "4475 3.1.2.14", "white space between <> and the URI",
     request(To="<sip:erin@cardiff.example >"), 400)
case("display_name_not_quoted", "4475 3.1.2.15", "a comma in a display name without quotes",
     request(From="Dora, Third <sip:dora@bergen.example>;tag=d1"), 400)
case("version_of_the_future", "4475 3.1.2.16", "SIP/3.1",
     request(start="OPTIONS sip:erin@cardiff.example SIP/3.1"), 505)
case("cseq_of_another_method", "4475 3.1.2.17", "CSeq names another method", request(CSeq="12 BYE"), 400)
case("cseq_of_another_unknown_method", "4475 3.1.2.18", "CSeq names another method, and the method is unknown",
     request(method="TELEPORT", CSeq="12 OPTIONS"), 400)
case("status_code_of_ten_digits", "4475 3.1.2.19", "a status code that overflows",
     response("SIP/2.0 4294967496 OK"), "drop")

# --- RFC 4475 §3.2 to §3.4: transactions, application layer, RFC 2543 ----------------------------
case("branch_is_only_the_cookie", "4475 3.2.1", "a branch with nothing after the magic cookie",
     request(Via="SIP/2.0/UDP 198.51.100.4;branch=z9hG4bK"), 400)
case("mandatory_fields_missing", "4475 3.3.1", "neither From, To nor Call-ID",
     request(From=None, To=None, Call_ID=None), 400, text="The field is mandatory.")
case("scheme_unknown", "4475 3.3.2", "a Request-URI of a scheme nobody knows", request(uri="quux:anything,at;all"), 416)
case("scheme_known_elsewhere", "4475 3.3.3", "a Request-URI of another protocol",
     request(uri="http://www.cardiff.example:8080/erin"), 416)
case("scheme_in_to", "4475 3.3.4", "a registration of something that is no SIP URI",
     request(method="REGISTER", uri="sip:bergen.example", To="<urn:isbn:0451450523>", Contact="<urn:x:y>"), 400, "accept")
case("extensions_required", "4475 3.3.5", "Require and Proxy-Require with unknown option tags",
     request(Require="teleport, fold", Proxy_Require="warp"), 420)
case("body_type_unknown", "4475 3.3.6", "a body that the callee cannot know",
     invite(Accept=None).replace("application/sdp", "application/x-quux"), 415, "accept")
case("authorization_scheme_unknown", "4475 3.3.7", "credentials of a scheme nobody knows",
     request(method="REGISTER", uri="sip:bergen.example", Authorization="Quux a=\"b\", c=d"), "accept")
case("single_fields_repeated", "4475 3.3.8", "fields twice that may stand once",
     request(extra=["CSeq: 13 OPTIONS", "To: <sip:fred@cardiff.example>", "i: other@bergen.example",
                    "From: <sip:fred@bergen.example>;tag=f3", "Max-Forwards: 2"]), 400)
case("content_length_repeated", "4475 3.3.9", "two Content-Length fields that differ",
     request(body="twelve bytes", Content_Type="text/plain", extra=["l: 5"]), 400)
case("response_with_two_vias", "4475 3.3.10", "a response that is not for the element it came to",
     response(extra=["Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKall"]), "drop", "accept")
case("no_hops_left", "4475 3.3.11", "Max-Forwards: 0", request(Max_Forwards="0"), "accept", 483)
case("contact_parameter", "4475 3.3.12", "a parameter of a Contact without <>: of the field",
     request(method="REGISTER", uri="sip:bergen.example", Contact="sip:dora@198.51.100.4;quux"), "accept")
case("contact_uri_parameter", "4475 3.3.13", "a parameter inside <>: of the URI",
     request(method="REGISTER", uri="sip:bergen.example", Contact="<sip:dora@198.51.100.4;quux>"), "accept")
case("contact_uri_headers", "4475 3.3.14", "a Route escaped into a registered URI",
     request(method="REGISTER", uri="sip:bergen.example",
             Contact="<sip:dora@198.51.100.4?Route=%3Csip:edge.bergen.example%3Blr%3E>"), "accept")
case("accept_without_sdp", "4475 3.3.15", "an INVITE whose sender accepts no session description",
     invite(Accept="audio/quux;q=0.3"), 406, "accept")
case("rfc2543_invite", "4475 3.4.1", "no branch, From tag, Max-Forwards, Contact or Content-Length",
     request(method="INVITE", Via="SIP/2.0/UDP old.bergen.example", From="<sip:dora@bergen.example>",
             Max_Forwards=None, Contact=None, Content_Length=None, Content_Type="application/sdp", body=SDP), "accept")

# --- RFC 5118: IPv6 ------------------------------------------------------------------------------
case("ipv6_reference", "5118 4.1", "IPv6 references in Request-URI, Via and Contact",
     invite(uri="sip:erin@[2001:db8:5::e]", Via="SIP/2.0/UDP [2001:db8:4::d];branch=z9hG4bKq7w",
            Contact="<sip:dora@[2001:db8:4::d]>"), "accept")
case("ipv6_without_brackets", "5118 4.2", "an IPv6 address without brackets as host",
     request(uri="sip:2001:db8:5::e"), 400, text="byte 12: addr-spec: expected hostname or IPv4address")
case("ipv6_port_inside", "5118 4.3", "what looks like a port belongs to the address",
     request(uri="sip:[2001:db8:5::e:5080]"), "accept")
case("ipv6_port_outside", "5118 4.4", "a port behind the brackets", request(uri="sip:[2001:db8:5::e]:5080"), "accept")
case("received_with_brackets", "5118 4.5", "received= with brackets, as some elements write it",
     request(Via="SIP/2.0/UDP [2001:db8:4::d];received=[2001:db8:4::ff];branch=z9hG4bKq7w"), "accept")
case("received_without_brackets", "5118 4.5", "received= without brackets, as the grammar has it",
     request(Via="SIP/2.0/UDP [2001:db8:4::d];received=2001:db8:4::ff;branch=z9hG4bKq7w"), "accept")
case("ipv6_in_sdp", "5118 4.6", "IPv6 addresses in a session description",
     request(method="INVITE", Content_Type="application/sdp",
             body=SDP.replace("IP4 198.51.100.4", "IP6 2001:db8:4::d")), "accept")
case("ip_versions_mixed_in_via", "5118 4.7", "IPv4 and IPv6 hops in one Via",
     request(Via="SIP/2.0/UDP [2001:db8:4::1]:5064;branch=z9hG4bKx, SIP/2.0/TCP 203.0.113.8;branch=z9hG4bKy"
             ";received=2001:db8:4::8"), "accept")
case("ip_versions_mixed_in_sdp", "5118 4.8", "one medium over IPv4, one over IPv6",
     request(method="INVITE", Content_Type="application/sdp",
             body=SDP + "m=video 20002 RTP/AVP 31\r\nc=IN IP6 2001:db8:4::d\r\n"), "accept")
case("ipv4_mapped_address", "5118 4.9", "an IPv4-mapped IPv6 address",
     invite(Via="SIP/2.0/UDP [::ffff:198.51.100.4]:19000;branch=z9hG4bKq7w",
            Contact="<sip:dora@[::ffff:198.51.100.4]:19000>"), "accept")
case("ipv6_three_colons", "5118 4.10", "three colons before an IPv4 tail, as the ABNF of RFC 3261 led to",
     request(uri="sip:[2001:db8:5:::198.51.100.9]"), "accept")
case("ipv6_two_colons", "5118 4.10", "two colons before an IPv4 tail", request(uri="sip:[2001:db8:5::198.51.100.9]"), "accept")

folder = pathlib.Path(__file__).parent
for row, message in CASES:
    (folder / row["file"]).write_bytes(message.encode("latin-1"))
(folder / "expected.json").write_text(
    "[\n" + ",\n".join(" " + json.dumps(row) for row, _ in CASES) + "\n]\n")
