"""What the consents let out, on screen and on paper; in which order services are offered; each child once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sutura.incidents.choices import SharingWith
from sutura.response import papers
from sutura.response.choices import Need
from sutura.response.pages.referrals import LABELS
from sutura.response.rules import referrals as rules
from sutura.response.rules.choosing import Offer
from sutura.response.rules.referrals import OWN_CONSENT, POLICY, Agreed, once
from sutura.response.rules.sharing import Receiver, Sharing
from tests.response.test_referrals import fields

TODAY = date(2026, 6, 1)
days = st.sampled_from([TODAY, TODAY + timedelta(days=1)])
sharings = st.builds(
    Sharing, st.sampled_from(["", "yes", "no", "unknown"]), st.frozensets(st.sampled_from(SharingWith.values)),
    st.sampled_from(["", "croix fictive"]), st.sampled_from(["", "yes", "no"]), st.booleans(),
)  # fmt: skip
receivers = st.builds(
    Receiver, st.frozensets(st.sampled_from(["unicef", "croix fictive", "autre"])), st.booleans()
)


@given(
    st.dictionaries(st.sampled_from(Need.values), st.frozensets(fields)), st.frozensets(fields),
    st.sampled_from(Need.values), st.booleans(), st.booleans(), days,
)  # fmt: skip
def test_no_form_holds_a_field_outside_its_row(policy, known, need, association, covered, today):
    """Each value of the record is a mark of its own: only those of the row are found on the paper."""
    record = {name: f"<{name}>" for name in (*known, *LABELS)}
    agreed = Agreed(1, association, TODAY, TODAY, covered=covered)
    packet = rules.packet(record, need, receiver=1, agreed=agreed, today=today, policy=policy)
    paper = json.dumps(asdict(papers.form(packet, LABELS | {name: name for name in known})), default=str)
    row = policy.get(need, frozenset()) if covered and today == TODAY else frozenset()
    if not association:
        row = frozenset() if need == Need.REINTEGRATION else row - OWN_CONSENT
    assert {name for name in record if f"<{name}>" in paper} <= row


def test_a_blank_form_asks_for_nothing_that_needs_a_consent_of_its_own():
    blank = json.dumps(asdict(papers.form({}, LABELS)), default=str, ensure_ascii=False)
    assert [name for name in ("detention", "legal_basis", *OWN_CONSENT) if str(LABELS[name]) in blank] == []
    assert [name for name in POLICY["medical"] if str(LABELS[name]) not in blank and name != "need"] == []


@given(sharings, receivers)
def test_nobody_is_told_whom_the_child_did_not_name(sharing: Sharing, receiver: Receiver):
    named = {
        SharingWith.PARTNERS: True,
        SharingWith.UNICEF: "unicef" in receiver.names,
        SharingWith.CTFMR: receiver.in_task_force,
        SharingWith.OTHER: sharing.other in receiver.names,
        SharingWith.NO_ONE: False,
    }
    agreed = sharing.answer == "yes" and sharing.standing and SharingWith.NO_ONE not in sharing.with_whom
    assert sharing.covers(receiver) == (agreed and any(named[SharingWith(one)] for one in sharing.with_whom))
    assert sharing.may_contact == (sharing.standing and sharing.contact == "yes")


offers = st.builds(
    Offer, st.booleans(), st.booleans(), st.integers(0, 2), st.integers(0, 2), st.booleans(),
    st.sampled_from(["fresh", "amber", "red"]),
)  # fmt: skip


@given(offers, offers)
def test_children_are_seen_first_then_layer_place_availability_and_freshness(one: Offer, other: Offer):
    if one.children != other.children:
        assert (one.turn < other.turn) == one.children
    elif one.layer != other.layer:
        assert (one.turn < other.turn) == one.layer
    elif one.near != other.near:
        assert (one.turn < other.turn) == (one.near < other.near)
    assert (one.turn == other.turn) == (one == other)
    assert len(one.reasons) == 2 + one.children + one.layer + (not one.whole)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9)), max_size=20),
    st.dictionaries(st.integers(1, 3), st.integers(4, 6)),
)
def test_a_child_counts_once_however_many_referrals_or_dockets(given_to, into):
    children = once((docket, into.get(docket), service) for docket, service in given_to)
    assert set(children) == {into.get(docket, docket) for docket, _service in given_to}
    assert sum(map(len, children.values())) == len(given_to)
