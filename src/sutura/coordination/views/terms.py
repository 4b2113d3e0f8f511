"""Terms of reference: versions, sections, comments and what was decided on them, two validations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination import printing
from sutura.coordination.asking import form_page, tried
from sutura.coordination.forms.meetings import UntilForm
from sutura.coordination.forms.terms import AuthorityForm, RulingForm, SectionForm, TermsCommentForm
from sutura.coordination.models import Body, Section, Terms, TermsComment
from sutura.coordination.pages import terms as pages
from sutura.coordination.services import terms as services


@require_POST
@needs("coordination.manage")
def terms_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a new version."""
    bodies = Body.objects.visible_to(request.user).kept_by(request.user)
    body = get_object_or_404(bodies, public_id=public_id)
    tried(request, services.draft_terms, body=body)
    return redirect(Terms.objects.visible_to(request.user).of_body(body).first() or body)


@needs("coordination.read", "coordination.manage")
def terms_version(request: HttpRequest, public_id: str) -> HttpResponse:
    """One version: its sections, what was said of each, what was decided."""
    return render(request, "coordination/terms.html", pages.version(_terms(request, public_id), request.user))


@needs("coordination.manage")
def terms_act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Open a version for comments, or note that it was validated."""
    terms = _terms(request, public_id, kept=True)
    if name not in pages.ACTS:
        raise Http404
    form: Any = UntilForm(typed(request)) if name == "comment" else AuthorityForm(typed(request))

    def act(said: dict[str, Any]) -> object:
        if name == "comment":
            return services.open_comments(terms=terms, by=request.user, **said)
        return services.validate_terms(terms=terms, stage=name, by=request.user, **said)

    if done(form, act):
        return redirect(terms)
    return form_page(request, form, title=pages.ACTS[name], back=terms)


@needs("coordination.manage")
def section_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """One more section."""
    terms = _terms(request, public_id, kept=True)
    form = SectionForm(typed(request))
    if done(form, lambda said: services.add_section(terms=terms, by=request.user, **said)):
        return redirect(terms)
    return form_page(request, form, title=_("Add a section"), back=terms)


@needs("coordination.manage")
def section_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a section anew."""
    section = _section(request, public_id)
    _terms(request, str(section.terms.public_id), kept=True)
    form = SectionForm(typed(request), initial={"heading": section.heading, "text": section.text})
    if done(form, lambda said: services.change_section(section=section, by=request.user, **said)):
        return redirect(section.terms)
    return form_page(request, form, title=_("Change a section"), back=section.terms)


@needs("coordination.read")
def section_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member comments on a section."""
    section = _section(request, public_id)
    form = TermsCommentForm(typed(request))
    if done(form, lambda said: services.comment_terms(section=section, by=request.user, **said)):
        return redirect(section.terms)
    page = {"title": _("Comment on a section"), "eyebrow": section, "verb": _("Send")}
    return form_page(request, form, back=section.terms, **page)


@needs("coordination.manage")
def terms_ruling(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide on a comment."""
    found = TermsComment.objects.visible_to(request.user).select_related("section__terms__body")
    comment = get_object_or_404(found, public_id=public_id)
    terms = _terms(request, str(comment.section.terms.public_id), kept=True)
    form = RulingForm(typed(request))
    if done(form, lambda said: services.rule_on_comment(comment=comment, by=request.user, **said)):
        return redirect(terms)
    page = {"title": _("Decide on a comment"), "text": comment.text, "verb": _("Decide")}
    return form_page(request, form, back=terms, **page)


@needs("coordination.read", "coordination.manage")
def terms_difference(request: HttpRequest, public_id: str, version: int) -> HttpResponse:
    """What changed since an earlier version."""
    terms = _terms(request, public_id)
    older = get_object_or_404(Terms.objects.visible_to(request.user).of_body(terms.body), version=version)
    page = {"terms": terms, "older": older, "rows": pages.differences(terms, older)}
    return render(request, "coordination/terms_difference.html", page)


@needs("coordination.read", "coordination.manage")
def terms_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """A version as a page to print."""
    terms = _terms(request, public_id)
    return printing.shown(request, pages.paper(terms), back=terms)


@needs("coordination.read", "coordination.manage")
def terms_paper_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a Word document."""
    terms = _terms(request, public_id)
    return printing.as_word(request, pages.paper(terms), of=terms)


@needs("coordination.read", "coordination.manage")
def terms_paper_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as PDF."""
    terms = _terms(request, public_id)
    return printing.as_pdf(request, pages.paper(terms), of=terms)


def _terms(request: HttpRequest, public_id: str, *, kept: bool = False) -> Terms:
    """A version which the person may read, or whose body she keeps."""
    found = Terms.objects.visible_to(request.user).select_related("body")
    if kept:
        found = found.filter(body__in=Body.objects.visible_to(request.user).kept_by(request.user))
    return get_object_or_404(found, public_id=public_id)


def _section(request: HttpRequest, public_id: str) -> Section:
    found = Section.objects.visible_to(request.user).select_related("terms__body")
    return get_object_or_404(found, public_id=public_id)
