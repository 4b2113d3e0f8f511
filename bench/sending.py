"""A phone that sends without pause: the form as the server gives it, one record after the other, sixteen at once."""

from __future__ import annotations

import json
import random
import re
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4
from xml.etree.ElementTree import Element, fromstring, tostring

CONNECTIONS = 16
LIST = "{http://openrosa.org/xforms/xformsList}"
XFORM, XHTML = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}"
SAID = {
    "entered_on": "2026-11-20", "types": "attack_school recruitment_use", "moment": "yesterday", "region": "ML05",
    "told": "Une école aurait été attaquée. Récit inventé.", "cercle": "ML0504", "locality": "Hameau inventé",
    "boys": "2", "girls": "1", "needs": "needs_safety", "party_type": "armed_group", "source_category": "staff",
    "access": "amber", "consent_known": "no",
}  # fmt: skip
NUMBER = "SUTURA-BENCH-NUMBER"
BOUNDARY = "banc-d-essai"
# Each record has a number of its own; addresses take turns. The answers are counted by their status.
SCRIPT = """
local lines = {}
for line in io.lines(PATH) do lines[#lines + 1] = line end
local file = io.open(BODY, 'rb')
local body = file:read('*a')
file:close()
local before, after = body:match('^(.-)MARK(.*)$')
local sent = 0
counts = ''
statuses = {}
function request()
  sent = sent + 1
  local number = string.format('uuid:%s-%d', RUN, sent)
  return wrk.format('POST', lines[sent % #lines + 1], HEAD, before .. number .. after)
end
function response(status)
  statuses[status] = (statuses[status] or 0) + 1
  local told = {}
  for code, times in pairs(statuses) do told[#told + 1] = string.format('"%d": %d', code, times) end
  counts = table.concat(told, ', ')
end
local thread_of
function setup(thread) thread_of = thread end
function done(summary, latency)
  io.write(string.format('\\nBENCH {"seconds": %f, "p50": %f, "p95": %f, "statuses": {%s}}\\n',
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, thread_of:get('counts')))
end
"""


@dataclass(frozen=True)
class Sent:
    """What a run of the sender saw: seconds, answers by status, and milliseconds of the middle and the slow ones."""

    seconds: float
    p50: float
    p95: float
    statuses: dict[str, int]

    @property
    def good(self) -> int:
        """Records that the server said it holds."""
        return self.statuses.get("201", 0) + self.statuses.get("202", 0)


def body_of(url: str, form_id: str) -> bytes:
    """One record of a form, its number to be filled in: the answers which the form asks for, of those we know."""
    with urlopen(Request(f"{url}/formList", headers={"X-OpenRosa-Version": "1.0"})) as answer:
        listed = {row.findtext(f"{LIST}formID"): row for row in fromstring(answer.read())}
    with urlopen(listed[form_id].findtext(f"{LIST}downloadUrl") or "") as answer:
        root = fromstring(answer.read())
    model = root.find(f"{XHTML}head/{XFORM}model")
    assert model is not None
    instance = model.find(f"{XFORM}instance")
    assert instance is not None
    record: Element = instance[0]
    for element in record.iter():
        name = element.tag.rpartition("}")[2]
        if len(element) == 0:
            element.text = NUMBER if name == "instanceID" else SAID.get(name, "")
    head = 'Content-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\nContent-Type: text/xml'
    return b"".join(
        (f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode(), tostring(record), f"\r\n--{BOUNDARY}--\r\n".encode())
    )


def send(folder: Path, urls: list[str], body: bytes, seconds: int, *, connections: int = CONNECTIONS) -> Sent:
    """Send for some seconds, to each address in turn."""
    paths, content, script = folder / "paths", folder / "body", folder / "send.lua"
    parts = [re.fullmatch(r"(https?://[^/]+)(.*)", url) for url in urls]
    assert all(parts)
    paths.write_text("\n".join(f"{part[2]}/submission?deviceID=bench" for part in parts if part))
    content.write_bytes(body)
    known = {
        "PATH": str(paths), "BODY": str(content), "RUN": f"{random.getrandbits(64):016x}",
        "HEAD": {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-OpenRosa-Version": "1.0",
        },
    }  # fmt: skip
    told = "\n".join(f"local {name} = {lua(value)}" for name, value in known.items())
    script.write_text(told + SCRIPT.replace("MARK", NUMBER.replace("-", "%-")))
    assert parts[0] is not None
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        str(script),
        parts[0][1],
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"^BENCH (.+)$", said, re.MULTILINE)
    assert found is not None, said
    return Sent(**json.loads(found[1]))


def lua(value: object) -> str:
    """A value as Lua writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"[{json.dumps(name)}] = {lua(one)}" for name, one in value.items()) + "}"
    return json.dumps(value)


def at_once(url: str, body: bytes, count: int) -> list[int]:
    """Send one new record by so many at the same moment; their statuses."""
    parts, said = urlsplit(url), body.replace(NUMBER.encode(), f"uuid:{uuid4()}".encode())
    start = threading.Barrier(count)

    def send_one(_at: int) -> int:
        link = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        link.connect()
        start.wait()
        head = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-OpenRosa-Version": "1.0"}
        link.request("POST", f"{parts.path}/submission?deviceID=bench", said, head)
        status = link.getresponse().status
        link.close()
        return status

    with ThreadPoolExecutor(count) as senders:
        return list(senders.map(send_one, range(count)))
