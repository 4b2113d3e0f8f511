"""The exceptions to the laws, by name, each with its reason; one that is not needed fails the law."""

from __future__ import annotations

# Below permission: called only by services which have asked, inside their transaction.
BELOW_PERMISSION = {
    "audit": "the record and the versions themselves; services of the field call it",
    "ledger": "posts what a service of the field has decided and been allowed",
}

# Public functions of services which write, yet are not an act of a person: name → reason.
NOT_AN_ACT: dict[str, str] = {
    "people.services.accounts.machine": "makes the account that then acts; it holds the role machine and is recorded",
    "coordination.services.reports.report_by_link": "whoever holds the link, which the service judges; recorded",
    "indicators.services.reports.send_by_link": "whoever holds the link, which the service judges; recorded",
    "response.services.referrals.answer_by_link": "whoever holds the link, which the service judges; recorded",
    "response.services.referrals.feedback_by_link": "whoever holds the link, which the service judges; recorded",
    "mhpss.services.campaigns.confirm_by_link": "whoever holds the link, which the service judges; recorded",
    "vault.services.own.begin": "opens one's own key, which nobody else can; recorded when it is made",
    "vault.services.recovering.contribute": "whoever keeps a share of escrow, whatever her role; recorded",
}

# Apps whose tables are append-only by trigger, written by their own single door.
OWN_DOOR = {
    "audit": "the kept verbs and the record live here",
    "ledger": "lines and roll-ups; a law of its own recounts every cell",
    "vault": "keys: what must be gone once destroyed may leave no version; openings only grow",
}

# Writes outside keep, keep_all, keep_changes and drop: function → reason.
BARE_WRITES: dict[str, str] = {
    "disclosure.services.exports._settle": "an encrypted file is no record: it goes when its time is over",
    "disclosure.services.exports.approve_export": "an encrypted file is no record: it is kept for hours",
    "incidents.services.retention._decide": "a decision is its own history: the table is append-only",
    "intake.services.envelopes._settle": "what became of a record is its own history: the table only grows",
    "intake.services.envelopes.receive": "what was sealed elsewhere is kept as it came; the table only grows",
    "intake.services.imports._log": "one row for each run; the table only grows",
    "intake.services.imports.confirm_file": "a staged file is no record: it goes once it is taken in",
    "intake.services.imports.discard_file": "a staged file is no record: whoever staged it may throw it away",
    "intake.services.imports.forget_expired": "staged files are forgotten after their hours",
    "intake.registers.ways_back.incident_back": "marks of rows go with the records that bore them",
    "intake.services.batches.log_run": "one row for each run; the table only grows",
    "intake.services.registers.stage_register": "a staged file is no record yet",
    "intake.services.registers.tell_columns": "a staged file is no record yet",
    "intake.services.registers.confirm_register": "a staged file is no record: it goes once it is taken in",
    "intake.services.batches.undo_import": "what was taken back is its own history: the table only grows",
    "intake.services.imports.stage_file": "a staged file is no record yet",
    "intake.services.staged.keep_file": "a staged file is no record yet",
    "intake.services.staged.try_file": "a staged file is no record yet",
    "reporting.services.editions.clear": "a clearance is written once; the table only grows",
    "reporting.services.editions.freeze": "an edition is written once; the table only grows",
    "intake.openrosa.sightings.see": "when a phone was last here is no record",
    "intake.services.questionnaires.publish": "a version is written once; its tables only grow",
    "intake.keeping.put": "what a phone sent is written once; the table only grows",
    "intake.keeping.put_file": "what a phone sent is written once; the table only grows",
    "intake.keeping.settled": "an outcome is its own history: the table only grows",
    "response.services.dockets._write": "a line is its own history: the table only grows",
    "response.services.dockets.take_back_step": "a line is its own history: the table only grows",
    "response.services.advocacy._of_child": "what an approach speaks of is written once; the table only grows",
    "response.services.advocacy.make_approach": "what an approach speaks of is written once; the table only grows",
    "response.services.advocacy.note_reply": "an answer is its own history: the table only grows",
    "response.services.seen.note_child": "a child of a visit is written once; the table only grows",
    "response.services.schools._write": "a line is its own history: the table only grows",
    "response.services.schools.take_back_line": "a line is its own history: the table only grows",
    "coordination.documents.as_docx": "saves a Word document, not a row",
    "indicators.services.bulletins.freeze": "a bulletin is written once; its tables only grow",
    "coordination.services.publications.validate_publication": "an edition is written once; the table only grows",
    "verification.documents.as_docx": "saves a Word document, not a row",
    "mhpss.bulletin.as_docx": "saves a Word document, not a row",
    "verification.judging.write": "an opinion is written once; the table only grows",
    "people.factors.forget": "a second factor is the library's row; the log says that it came and went",
    "people.sessions.end": "a session is the library's row",
    "disclosure.services.tables.decide": "a decision is written once; the table only grows",
    "disclosure.services.tables.keep_release": "a table for the public is written once; the table only grows",
    "security.picture_process.main": "saves a picture, not a row",
    "places.services._changed": "a row in the register's own append-only list of changes",
}

# Models without versions whose table may change: label → reason.
UNKEPT: dict[str, str] = {
    "coordination.ReferenceCount": "the counter behind references",
    "incidents.YearCount": "the counter behind references",
    "disclosure.Parcel": "an encrypted file that waits for its asker and goes after its hours",
    "intake.Sighting": "when a phone was last here; what it sent keeps its own moment",
    "intake.ImportedRow": "the marks of each row as it was last imported; the records keep the versions",
    "intake.StagedFile": "a file that waits for a decision and is forgotten after its hours",
    "ledger.Cell": "a roll-up: recounted from the lines by a law",
    "ledger.Margin": "a roll-up: recounted from the lines by a law",
    "ledger.Repeat": "a roll-up: recounted from the lines by a law",
    "vault.EscrowKey": "a key: replaced, and its shares destroyed with it",
    "vault.EscrowShare": "a key: gone for good once destroyed",
    "vault.Contribution": "a key: gone once the recovery is done",
    "vault.RecordKey": "a key: destroying it shreds what it opens, so no version may stay",
    "vault.RegionKey": "a key: retired when somebody leaves",
    "vault.Recovery": "asked, agreed, done: each once, by constraint",
    "vault.Shredding": "asked, then done, by constraint",
    "vault.RegionShare": "a key: gone for good once a person leaves",
    "vault.UserKey": "a key: locked again with each new password",
}

# Views that reach a model otherwise than by visible_to: function → reason.
UNSCOPED_VIEWS: dict[str, str] = {
    "people.views.door.demonstration": "a demonstration prints its invented accounts on its door",
}

# Addresses that need no sign-in: URL name → reason.
OPEN_ADDRESSES: dict[str, str] = {
    "coordination:feed": "whoever holds the secret address of a calendar; it tells titles, codes and times",
    "coordination:report_link": "whoever holds a link for one report; it shows one recommendation, and dies with it",
    **dict.fromkeys(
        (f"openrosa:{name}" for name in ("form_list", "form", "manifest", "media", "submission")),
        "whoever holds the address of a phone; it fetches forms and sends records, and reads nothing that was sent",
    ),
    "kobo:hook": "whoever holds the address given to a Kobo server; it tells of records, and reads nothing",
    "response:referral_link": "whoever holds the link of a referral; it shows one packet, and closes with its consent",
    "mhpss:confirm": "whoever holds a link to confirm; it shows the services of one organisation, and dies with it",
    "indicators:answer": "whoever holds a link for one report; it shows what one organisation owes, and dies with it",
    "capacity:verify": "whoever holds the code of a certificate; initials, pathway and day, and few tries",
    "people:second_factor": "the second page of the door, for whoever gave the right password",
    "disclosure:public_file": "a published table is public where a setting opens it; else there is no such page",
    "disclosure:public_table": "the same, on a page",
    "disclosure:public_tables": "the same, as a list",
    "people:sign_in": "the door itself",
    "ui:set_language": "a stranger may choose the language of the door",
}

# Addresses for whoever is signed in, whatever the role: URL name → reason.
ANY_ROLE: dict[str, str] = {
    "desk:audit": "one's own acts; the whole log for the auditor alone",
    "desk:home": "one's own work; each pile asks its own permission",
    "places:list": "the register of places is public knowledge",
    "places:detail": "the register of places is public knowledge",
    "parties:list": "the register of parties, as the annexes print it",
    "parties:detail": "the register of parties, as the annexes print it",
    "people:vault": "one's own key; each part for others asks its own right",
    "people:vault_unlock": "one's own key, by one's own password",
    "people:vault_lost": "one's own sessions and keys",
    "people:vault_contribute": "a custodian of escrow, whatever her role; the service asks for her share",
    "people:law": "the page of roles is there for everyone to read",
    "people:codes": "one's own account",
    "people:codes_file": "one's own account",
    "people:factor_app": "one's own account",
    "people:factor_passkey": "one's own account",
    "people:factor_remove": "one's own account",
    "people:factors": "one's own account",
    "people:me": "one's own account",
    "people:password": "one's own account",
    "people:sessions": "one's own account",
    "people:sign_out": "whoever came in may leave",
    "ui:gallery": "components with invented values",
    "ui:gallery_confirm": "components with invented values",
}

# Views that are classes: name → reason.
VIEW_CLASSES: dict[str, str] = {}

# Something inline or unescaped in a template: `file: what` → reason.
TEMPLATE_SIGNS: dict[str, str] = {
    "ui/templates/ui/forms/field.html: unescaped value": "help texts are written in code, never by a person",
}

# Longer than the house allows: file or function → reason.
TOO_LONG: dict[str, str] = {}

# Same English, two French: label → reason.
TWO_FRENCH: dict[str, str] = {}

# Who looks beyond the regions of whoever acts: function → the reason it gives. For a protection lead to read.
BEYOND: dict[str, str] = {
    "alerts.services._known_leads": "an event of a public list is known in the whole country, so that no file draws "
    "it to another region",
    "config.commands.demo.run": "COMMAND",
    "config.console.with_database": "COMMAND",
    "desk.naming.numbers": "the log is searched by the reference of a record; lines and record stay each behind "
    "their own rule",
    "desk.naming.references": "the log tells its readers the reference of a record, and nothing else of it",
    "response.pages.referrals.told_by_link": "whoever holds the link of a referral has no account, and reads what the "
    "policy lets out of that one",
    "response.services.referrals.answer_by_link": "whoever holds the link of a referral has no account; the service "
    "judges the link and its consent first",
    "response.agreement.begun": "a child followed in another region is not followed twice: whoever begins is told so, "
    "and nothing else",
    "response.agreement.sharings": "whether a child still agrees is asked of its incident, which whoever refers or "
    "receives it may not read",
    "response.services.referrals.feedback_by_link": "whoever holds the link of a referral has no account; the service "
    "judges the link and its consent first",
    "response.services.referrals.refusal_of": "whoever holds the link of a referral has no account; the service "
    "judges the link and its consent first",
    "response.tokens.referral_of": "whoever holds the link of a referral has no account; a signed word names that one "
    "referral",
    "response.pages.counts.tally": "counts of children in steps of five, for whoever coordinates and reads no docket",
    "response.pages.access.tally": "counts of visits and approaches in steps of five, for whoever coordinates and "
    "reads no docket",
    "response.pages.programme.seen": "children by centre, package and partner, told in steps of five to whoever "
    "coordinates and reads no docket",
    "response.pages.telling.followed": "children by cercle, told in steps of five to whoever coordinates and reads no "
    "docket",
    "response.schooling.all_counted": "counts of schools for whoever coordinates, who reads neither incidents nor the "
    "register of schools",
    "disclosure.gathering.facts_at": "a table for the public counts the whole country, and whoever prepares or "
    "judges it may read all of it",
    "incidents.booking.book": "figures are booked for the whole country, over all that is known of a child",
    "incidents.booking.known_sexes": "one key must not stand for a boy in one region and a girl in another",
    "incidents.reconciling.Reconciliation._imported": "KNOWN",
    "incidents.reconciling.Reconciliation._not_elsewhere": "KNOWN",
    "incidents.services.applying._held": "KNOWN",
    "intake.known.known": "KNOWN",
    "intake.services.envelopes._known": "a number is taken, whoever sent what bears it",
    "intake.services.arrivals._known": "a number of a record is taken, whichever phone has sent it",
    "intake.services.submissions._known": "a number of a record is taken, whichever phone has sent it",
    "intake.services.submissions._known_conflict": "another text under a number of a record is kept once, whichever "
    "phone has sent it",
    "intake.services.submissions._check_edit": "a record is corrected once, whichever phone does it",
    "intake.services.imports._within_regions": "KNOWN",
    "intake.services.imports._new": "KNOWN",
    "incidents.booking.touched_by_children": "a child may be listed in another region too, where a sex now known "
    "changes what counts",
}

# Models with facts of people and no second wall: label → reason.
UNWALLED: dict[str, str] = {
    "coordination.Feed": "a fingerprint and whose it is; a calendar program that nobody signed in asks for it",
    "coordination.Reminder": "one person's own address and rhythm; has no region, and one command reads them all",
    "capacity.Apart": "two professionals by number",
    **dict.fromkeys(
        (
            "capacity.Attendance",
            "capacity.Certificate",
            "capacity.Enrolment",
            "capacity.Group",
            "capacity.Lead",
            "capacity.Mark",
            "capacity.Professional",
            "capacity.Supervision",
            "capacity.SupervisionMeeting",
            "capacity.TestResult",
        ),
        "professionals at work, no child and no case: counted for whoever follows the region, named to who manages it",
    ),
    "disclosure.Export": "about several regions or the country: for who asked and who may answer",
    "disclosure.Parcel": "encrypted to its receiver",
    "disclosure.ReceiverKey": "a public half",
    "vault.Contribution": "sealed: without the key of a person it says nothing",
    "vault.EscrowKey": "a public half, and who agreed to it",
    "vault.EscrowShare": "sealed: without the key of a person it says nothing",
    "vault.Opening": "who opened what and why: written by whoever opens, shown beside the file alone",
    "vault.RecordKey": "sealed to its region; whoever tells something makes one, wherever it happened",
    "vault.Recovery": "names whose key is lost and who agreed; has no region",
    "vault.RegionKey": "the private half is sealed; whoever writes needs the public one",
    "vault.RegionShare": "sealed: without the key of a person it says nothing",
    "vault.Shredding": "names who asked and who agreed; says nothing of the file but its number",
    "vault.UserKey": "locked by the password of its person",
    "disclosure.Decision": "names who decided; of the whole country, for whoever prepares or approves",
    "disclosure.Release": "names who prepared; its content is what the public gets",
    "incidents.Child": "a key made by chance, in no region: the victims who bear it are behind the wall",
    "intake.Phone": "a label, a fingerprint and who answers; the phone itself, which nobody signed in, is known by it",
    "intake.Kobo": "an address, a token that only the server opens, and who answers; known by it, like a phone",
    "intake.Version": "a form without an answer, and who published it",
    "intake.ImportRun": "counts and who imported; has no region",
    "intake.Undoing": "who took a batch back, and why; has no region",
    "intake.ToldHeading": "headings of somebody's files; has no region",
    "intake.ImportedRow": "hashes of cells by reference; has no region",
    "intake.StagedFile": "has no region: for whoever gave it, for two hours",
    "ledger.Posting": "names an act and who did it; the lines are behind the wall",
    "people.Account": "the wall itself reads it to know who acts",
    "people.Grant": "the wall itself reads it to know where she may",
    "reporting.Clearance": "names who cleared; of the whole country",
    "reporting.Edition": "figures of the whole country, for nationwide grants",
    "verification.Sitting": "of the whole country; its items are behind the wall",
}
