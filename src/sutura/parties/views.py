"""The register of parties: open to whoever is signed in, kept by the secretariat."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.parties import services
from sutura.parties.choices import Trigger
from sutura.parties.forms import (
    ChangePartyForm,
    ListingForm,
    NameForm,
    NewPartyForm,
    PartyFilter,
    PlanForm,
    WhyForm,
)
from sutura.parties.models import Listing, Party
from sutura.parties.pages import annexes, file_rows, plan_rows, tree, versions


def party_list(request: HttpRequest) -> HttpResponse:
    """Every party under the one it is part of, or those that a search finds."""
    form = PartyFilter(request.GET)
    parties = Party.objects.visible_to(request.user).prefetch_related("listings")
    if form.is_valid():
        parties = parties.searched(form.cleaned_data["q"])
        if form.cleaned_data["type"]:
            parties = parties.filter(type=form.cleaned_data["type"])
    page = {"form": form, "rows": tree(parties), "keeper": may(request.user, "parties.manage")}
    return render(request, "parties/party_list.html", page)


def party_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One party: names, parts, annexes by year, action plans, and for its keepers every version."""
    party = _party(request, public_id)
    keeper = may(request.user, "parties.manage")
    page = {
        "party": party,
        "rows": file_rows(party),
        "names": [name.text for name in party.names.all()],
        "parts": party.children.all(),
        "triggers": Trigger.labels,
        "annexes": annexes(party.listings.all(), keeper=keeper),
        "plans": plan_rows(party.action_plans.all()),
        "keeper": keeper,
        "follows": may(request.user, "coordination.manage"),
        "versions": versions(party) if keeper else [],
    }
    return render(request, "parties/party_detail.html", page)


@needs("parties.manage")
def party_new(request: HttpRequest) -> HttpResponse:
    """A new party."""
    form = NewPartyForm(typed(request), parties=Party.objects.visible_to(request.user))
    made: list[Party] = []
    if done(form, lambda said: made.append(services.add_party(by=request.user, **said))):
        return redirect(made[0])
    return _form(request, form, _("New party"))


@needs("parties.manage")
def party_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what is said of a party; the old version stays."""
    party = _party(request, public_id)
    fields = ("type", "name_fr", "name_en", "parent", "active_from", "active_to", "source", "notes")
    now = {field: getattr(party, field) for field in fields}
    others = Party.objects.visible_to(request.user).exclude(pk=party.pk)
    form = ChangePartyForm(typed(request), initial=now, parties=others)
    if done(form, lambda said: services.change_party(party=party, by=request.user, **said)):
        return redirect(party)
    return _form(request, form, _("Change this party"), party)


@needs("parties.manage")
def name_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """One more spelling of a party."""
    party = _party(request, public_id)
    form = NameForm(typed(request))
    if done(form, lambda said: services.add_name(party=party, by=request.user, **said)):
        return redirect(party)
    return _form(request, form, _("Add a spelling"), party)


@needs("parties.manage")
def listing_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the annexes of a year say of a party."""
    party = _party(request, public_id)
    form = ListingForm(typed(request))
    if done(form, lambda said: services.add_listing(party=party, by=request.user, **said)):
        return redirect(party)
    return _form(request, form, _("Add a listing"), party)


@needs("parties.manage")
def plan_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """An action plan of a party."""
    party = _party(request, public_id)
    form = PlanForm(typed(request))
    if done(form, lambda said: services.add_action_plan(party=party, by=request.user, **said)):
        return redirect(party)
    return _form(request, form, _("Add an action plan"), party)


@needs("parties.manage")
def listing_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a listing entered in error, with the reason."""
    listings = Listing.objects.visible_to(request.user).select_related("party")
    listing = get_object_or_404(listings, public_id=public_id)
    form = WhyForm(typed(request))
    if done(form, lambda said: services.drop_listing(listing=listing, by=request.user, **said)):
        return redirect(listing.party)
    return _form(request, form, _("Take back this listing"), listing.party)


def _party(request: HttpRequest, public_id: str) -> Party:
    return get_object_or_404(
        Party.objects.visible_to(request.user).select_related("parent"), public_id=public_id
    )


def _form(request: HttpRequest, form: forms.Form, title: Promise, party: Party | None = None) -> HttpResponse:
    page = {"form": form, "title": title, "party": party}
    return render(request, "parties/party_form.html", page, status=422 if form.is_bound else 200)
