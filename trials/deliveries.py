"""Records of phones over a road that cuts, doubles, delays and slows: each that was sent is here once, none is lost."""

from __future__ import annotations

import http.client
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from trials.faulty import Road, faulty
from trials.served import served
from trials.told import Told

SMALL, GOAL = 3, 10_000
AGAIN = 5
"""How often each record is brought until it is acknowledged: more than twice as many are on the road, ten for each."""
AT_ONCE = 24
OF_ONE = 40
"""Records of one phone: one that asks too often is told to wait."""
SAID = {
    "entered_on": "2026-11-20", "types": "attack_school", "told": "Récit inventé.", "moment": "yesterday",
    "region": "ML05", "boys": "1", "party_type": "armed_group", "source_category": "staff", "access": "amber",
    "consent_known": "no",
}  # fmt: skip


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """`weaker`: phones that send each record once, whatever they are told."""
    from sutura.alerts.models import Alert
    from sutura.intake.models import Questionnaire, Submission
    from sutura.intake.services.phones import create_phone
    from sutura.intake.services.questionnaires import load_register
    from sutura.people.models import Account
    from sutura.people.services import machine

    load_register(by=machine("trials"))
    awa = Account.objects.get(username="awa")
    keys = [
        create_phone(label="Téléphone des essais", region="ML05", by=awa).key
        for _phone in range(1 + cells // OF_ONE)
    ]
    version = Questionnaire.objects.get(form_id="sutura_alert").versions.latest("id").version
    phone_of = {f"uuid:essai-{seed}-{at}": keys[at // OF_ONE] for at in range(cells)}
    numbers = list(phone_of)

    told, chance = Told(), random.Random(seed)
    # Shuffled, so that the same record is often on its way twice at the same moment.
    turns = numbers if weaker else numbers * AGAIN
    chance.shuffle(turns)
    with served() as port, faulty(port, seed) as road, ThreadPoolExecutor(AT_ONCE) as phones:

        def deliver(number: str) -> int:
            return send(road, phone_of[number], record(number, version), once=weaker)

        answers = list(phones.map(deliver, turns))
    acknowledged = {number for number, answer in zip(turns, answers, strict=True) if answer in (201, 202)}
    kept = Counter(Submission.objects.values_list("instance_id", flat=True))
    told.faults += [f"lost: {number}" for number in numbers if not kept[number]]
    told.faults += [f"acknowledged and not here: {number}" for number in acknowledged if not kept[number]]
    told.faults += [f"doubled: {number}" for number, times in kept.items() if times > 1]
    told.faults += [f"answered {answer}" for answer in answers if not weaker and answer not in (201, 202)]
    alerts = Alert.objects.count()
    if alerts != len(kept):
        told.faults.append(f"{alerts} alerts of {len(kept)} records")
    return counted(told, len(numbers), road)


def counted(told: Told, records: int, road: Road) -> Told:
    """With what the road did."""
    told.counts.update({"records": records, "deliveries": road.met.total(), **road.met})
    return told


def send(road: Road, key: str, body: bytes, *, once: bool) -> int:
    """Send until it is acknowledged, as a phone does; the last answer."""
    for _turn in range(1 if once else 60):
        link = http.client.HTTPConnection("127.0.0.1", road.server_address[1], timeout=60)
        try:
            link.request(
                "POST", f"/or/key/{key}/submission?deviceID=collect%3Aessai", body,
                {"Content-Type": "multipart/form-data; boundary=essai", "X-OpenRosa-Version": "1.0"},
            )  # fmt: skip
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            continue
        finally:
            link.close()
        if answer.status < 500:
            return answer.status
    return 0


def record(number: str, version: str) -> bytes:
    """One alert, as Collect writes and wraps it."""
    told = "".join(f"<{name}>{text}</{name}>" for name, text in SAID.items())
    xml = (
        f'<data id="sutura_alert" version="{version}" xmlns:orx="http://openrosa.org/xforms">{told}'
        f"<orx:meta><orx:instanceID>{number}</orx:instanceID></orx:meta></data>"
    )
    head = 'Content-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\nContent-Type: text/xml'
    return f"--essai\r\n{head}\r\n\r\n{xml}\r\n--essai--\r\n".encode()
