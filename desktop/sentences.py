"""The sentences for what the file says in codes: refusals, trouble, problems found, and the steps of the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desktop import sentences_knowing, sentences_listening, sentences_worth, text
from desktop.profession import said
from desktop.text import _

if TYPE_CHECKING:
    from db.chain import Problem
    from db.errors import Refused, Trouble
    from db.history import StepRow


def _refusals() -> Mapping[str, str]:
    return {
        **sentences_listening.refusals(),
        **sentences_knowing.refusals(),
        **sentences_worth.refusals(),
        "required": _("This is needed."),
        "no-batch": _("A batch is made of reports about clients; this one is about a single piece of the record."),
        "not-one-of": _("“{value}” is not one of the choices: {allowed}."),
        "not-a-date": _("“{value}” is not a date. Write it like 2026-11-21 or 21 Nov 2026."),
        "not-a-number": _("“{value}” is not a number."),
        "out-of-range": _("{value} is outside of what is possible here."),
        "unknown-field": _("There is no such field."),
        "too-long": _("This is longer than two million letters."),
        "not-understood": _("This was not understood."),
        "not-there": _("It is no longer there."),
        "recorded": _("A recorded entry is never changed. Amend it: the first text stays, the new one follows."),
        "history": _("The history is never changed."),
        "still-needed": _("Other records stand on this one, so it stays."),
        "already-there": _("There is one like this already."),
        "weak-passphrase": _("Take at least {minimum} letters or four words, not the same few letters again."),
        "recovery-key-form": _("A recovery key has {expected} letters and digits; this has {letters}."),
        "recovery-key-checksum": _("A letter is wrong or two are swapped. Compare it with the sheet, group by group."),
        "nothing-to-undo": _("There is nothing to undo."),
        "nothing-to-redo": _("There is nothing to redo."),
        "undo-erased": _("What that step changed was erased for good and cannot come back."),
        "client-has-record": _(
            "{name} has recorded advice or a conflict check, which stay. Make the standing former or declined instead."
        ),
        "engagement-has-record": _(
            "“{title}” has recorded advice, a decision or a conflict check, which stay. Close it instead."
        ),
        "put-back-stands-on": _("What this stood on is gone. Put that back first."),
        "put-back-taken": _("There is another one in its place by now, with the same number or name."),
        "field-exists": _("There is a field of this name already."),
        "choices-needed": _("Give at least two choices, parted by commas."),
        "not-a-choice": _("“{value}” is not one of the choices: {choices}."),
        "same-party": _("Choose somebody else: this is the same party."),
        "already-a-client": _("{name} is on file already."),
        "number-taken": _("The number {number} is taken."),
        "view-exists": _("There is a view called “{name}” already."),
        "same-standing": _("This is the standing already."),
        "no-such-client": _("No client is called “{told}” or has that number."),
        "which-client": _("Several clients fit “{told}”: {names}. Give the number."),
        "opens-closed": said(
            _("A new matter cannot start closed. Open it first, then close it with its outcome."),
            _("A new engagement cannot start closed. Open it first, then close it with its outcome."),
            _("A new project cannot start closed. Open it first, then close it with its outcome."),
        ),
        "same-stage": _("This is the stage already."),
        "closed-before-opened": _("It was opened on {opened}, so it cannot close before that."),
        "other-clients-engagement": _("“{title}” belongs to another client."),
        "engagement-closed": _("“{title}” is closed. Move it to the stage “active” to reopen it, then go on."),
        "no-wording": _("The house’s wording stands here already."),
        "already-in-role": _("{name} has this role already."),
        "no-such-engagement": said(
            _("No matter is called “{told}” or has that number."),
            _("No engagement is called “{told}” or has that number."),
            _("No project is called “{told}” or has that number."),
        ),
        "which-engagement": said(
            _("Several matters fit “{told}”: {names}. Give the number."),
            _("Several engagements fit “{told}”: {names}. Give the number."),
            _("Several projects fit “{told}”: {names}. Give the number."),
        ),
        "in-the-future": _("This lies in the future. Advice is logged once it is given."),
        "still-a-draft": _("{number} is a draft. Record it first."),
        "internal-note": _("{number} is a note for the practice’s own file, and no paper to hand out is made of it."),
        "withdrawn": _("{number} was withdrawn."),
        "already-amended": _("It was amended by {number} already. Amend that one."),
        "not-an-answer": _("Choose what the client answered."),
        "direction-needed": _("Write down what the client told us to do instead."),
        "late-needs-why": _("This was given more than a day ago. Say why it is written down only now."),
        "against-advice-needs": _("Against advice needs the consequence that was explained and the client's reason."),
        "already-answered": _("The answer is recorded already. Amend the advice if things changed."),
        "answer-before-advice": _("The advice was given on {given}; the answer cannot be older."),
        "no-such-advice": _("There is no advice “{told}”. Numbers look like A-0012."),
        "due-before-made": _("It cannot be due before it is made."),
        "promise-settled": _("This promise is settled already."),
        "kept-before-made": _("It was made on {made}, so it cannot be kept before that."),
        "consent-in-future": _("A consent lies in the past. Give the day on which it was given."),
        "accepted-despite": _("A point was answered No. Say why you take the work on all the same."),
        "past-due": _("It was due on {due}. A date is renegotiated before it passes; now it can only be kept late."),
        "already-resolved": _("This was resolved already."),
        "aside-past": _("Choose a day that is to come."),
        "aside-beyond": _("It falls on {on}: it cannot be put off behind that day."),
        "signed-before-sent": _("The letter was sent on {sent}, so it cannot be signed before that."),
        "already-superseded": _("Another choice stands in place of this one already. Change your mind about that one."),
        "reversed-before-decided": _("It was decided on {decided}, so it cannot be changed before that."),
        "decided-in-the-future": _("This day is still to come. A decision is noted once it is made."),
        "does-not-recur": _("“{title}” does not come again. Say first that it comes every month, quarter or year."),
        "period-begun": _("The next period was begun already: “{title}”."),
        "already-done": _("This was done on {on} already."),
        "not-a-currency": _("“{value}” is not a currency. Give three letters, such as EUR."),
        "not-a-country": _("“{value}” is not a country. Give its two letters, such as PL."),
        "not-a-language": _("“{value}” is not a language. Give its two letters, such as pl."),
        "not-a-colour": _("“{value}” is not a colour. Give it like #1B665C."),
        "too-large": _("{name} is larger than 100 MB. Keep it outside and note where it is."),
        "ends-before-it-begins": _("The period ends before it begins."),
        "unterminated": _("The card breaks off: its last line, END:VCARD, is missing."),
        "card-too-large": _("This card is larger than 256 KB, so it was left out."),
        "changed-while-read": _("{name} changed while it was being read. Close it elsewhere and try again."),
        "not-of-client": _("It belongs to another client."),
        "no-such-party": _("Nobody on file is called “{told}”. Log them first: cliens log FILE party --name …"),
        "which-party": _("Several on file fit “{told}”: {names}. Give the whole name."),
        "no-such-person": _("Nobody of the practice is called “{told}”. There is: {names}."),
        "no-passphrase": _("A passphrase is needed. Set it in the environment, or run this in a terminal to be asked."),
        "passphrases-differ": _("The two passphrases differ. Nothing was changed."),
        "no-dry-run": _("An exported folder comes in whole or not at all, so there is no rehearsal of it."),
        "not-a-name": _("“{value}” has no letter that can be compared."),
        "too-many": _("At most {most} at a time."),
        "ambiguous-date": _("“{value}” may be two different days. Write it like 2026-11-21."),
        "not-an-amount": _("“{value}” is not an amount."),
        "ambiguous-amount": _("“{value}” may be two different amounts. Write it like 1234.50."),
        "yes-or-no": _("“{value}” is neither yes nor no."),
        "no-name": _("There is no name in it."),
        "no-check": _("No conflict check is kept for this client yet. Make one in the room of conflict checks."),
        "group-card": _("This card is a group, not a person or an organisation."),
        "unclosed-quote": _("A quotation mark opens here and never closes."),
        "too-many-cells": _("The line has {cells} cells, the headings {columns}."),
        "response-to-draft": _("A draft cannot have a response. Mark the line as recorded."),
        "which-encoding": _("It is not clear how this file is written. Name its code page, such as cp1250 or cp1252."),
        "not-text": _("This is neither a table nor an address book."),
        "unknown-encoding": _("“{value}” is not a code page that is known here."),
        "needs-mapping": _(
            "No column of this table says a name. Say which is which with a mapping; there are: {columns}."
        ),
        "missing-columns": _("These columns are needed and missing: {columns}. The file has: {header}."),
        "no-such-column": _("There is no column “{column}”. There are: {columns}."),
        "no-rows": _("There is a line of headings, but no line under it."),
        "empty-file": _("The file is empty."),
        "not-a-table": _("An address book in vCard cannot be read as {value}."),
        "not-a-vcard": _("There is no card in this file."),
        "encrypted-workbook": _("The workbook has a password. Save it without one and try again."),
        "damaged-workbook": _("The workbook cannot be read. Open it in its own program and save it anew, or as CSV."),
        "too-many-rows": _("This has more than {limit} lines. Part it into several files."),
        "too-many-columns": _("This has more than {limit} columns, which no table of people has."),
        "folder-not-empty": _("{path} is not empty. Choose a new folder."),
        "not-an-export": _("{path} is not a folder that Cliens exported."),
        "damaged-export": _("Line {line} of {file} was changed or damaged. Nothing was brought in."),
        "newer-export": _("{path} was exported by a newer Cliens. Install the newest version."),
        "not-a-picture": _("{name} is not a picture that can be printed. Choose a PNG or a JPEG."),
        "picture-too-large": _("{name} is too large for a logo. Save it smaller and choose it again."),
        "practice-not-empty": _("An exported folder comes into a new, empty practice only. Make one with cliens new."),
    }


def _troubles() -> Mapping[str, str]:
    return {
        "missing": _("{path} is not there. Was it moved, renamed, or is its drive not connected?"),
        "empty": _("{path} is empty. Open the newest backup from the folder beside it."),
        "not-a-practice": _("{path} is not a Cliens practice. It was left as it is."),
        "newer": _("{path} was made by a newer Cliens. Install the newest version to open it; nothing was changed."),
        "wrong-key": _("That passphrase does not open this practice. Try again, or use the recovery key."),
        "needs-key": _("This practice is locked. Give its passphrase or its recovery key."),
        "damaged": _("{path} is damaged. Nothing was written. Restore the newest backup to a new file."),
        "in-use": _("{who} on {computer} has this practice open since {since}. Close it there first."),
        "read-only": _("{path} cannot be written: file or folder is read-only. Copy it to a folder of your own."),
        "older-copy": _(
            "This copy is older than what was here before: what was done after {after} is missing. If you restored a"
            " backup on purpose, open it all the same; else look for the newer file."
        ),
        "forked": _(
            "This copy went its own way after {after}: another copy of the practice was worked on here. Find out which"
            " one is right before you go on."
        ),
        "engine": _("The encryption engine of this installation cannot be trusted. Install Cliens again."),
        "disk-full": _("The disk is full. Nothing was lost, but this was not saved: make room and do it again."),
        "disk": _("The disk answered with an error. Nothing was half written; check the disk and do it again."),
        "busy": _("Another program holds the file. Wait a moment and do it again."),
        "moved": _("The practice file was moved or deleted while it was open. Save what is here under a new name."),
        "exists": _("{path} exists already, and is never replaced. Choose another name."),
        "unreadable": _("{path} cannot be read: {why}."),
        "closed": _("The practice is closed."),
        "cancelled": _("Cancelled. Nothing was changed."),
    }


def _problems() -> Mapping[str, str]:
    return {
        "pages": _("A page of the file is damaged: {words}"),
        "cipher-page": _("A page does not fit its seal: {words}"),
        "missing-parent": _("{noun} {id} belongs to a {parent} that is not there"),
        "index": _("The search index does not fit {noun} {id}"),
        "guard": _("The guard {trigger} is missing or was changed"),
        "change-without-step": _("A change of {noun} {id} has no step"),
        "change-altered": _("Step {step}: what it did to {noun} {id} was altered"),
        "step-altered": _("Step {step} of {at} was altered, or one before it is missing"),
        "entry-inserted": _("{noun} {id} was put in from outside"),
        "entry-removed": _("{noun} {id} was removed from outside"),
        "entry-altered": _("{noun} {id} was altered from outside"),
        "synchronised": _(
            "This practice lies in a folder that {service} copies. Two computers writing at once would mix it up: keep"
            " the file in a folder of this computer and let the backups be copied."
        ),
        "damaged-no-backup": _(
            "A page of this file is damaged, so it could not be backed up. Have it checked, and go on with a restored"
            " backup."
        ),
        "no-backup": _("The backup could not be written. The work goes on; look at the disk."),
    }


def _verbs() -> Mapping[str, str]:
    return {
        **sentences_listening.verbs(),
        **sentences_knowing.verbs(),
        **sentences_worth.verbs(),
        "found_practice": _("Practice founded"),
        "add_party": _("Party added"),
        "edit_party": _("Party changed"),
        "link_parties": _("Parties linked"),
        "unlink_parties": _("Link removed"),
        "add_client": _("Client added"),
        "edit_client": _("Client changed"),
        "change_standing": _("Standing changed"),
        "add_engagement": said(_("Matter opened"), _("Engagement opened"), _("Project opened")),
        "edit_engagement": said(_("Matter changed"), _("Engagement changed"), _("Project changed")),
        "change_stage": _("Stage changed"),
        "set_letter": _("State of the letter changed"),
        "begin_next_period": _("Next period begun"),
        "log_decision": _("Decision noted"),
        "log_decisions": _("Decisions noted"),
        "supersede_decision": _("Decision superseded"),
        "log_out_of_scope": _("Noted as outside scope"),
        "edit_out_of_scope": _("Entry outside scope changed"),
        "settle_out_of_scope": _("Outside scope: agreed"),
        "add_deadline": _("Deadline noted"),
        "note_no_limitation": _("No limitation date applies"),
        "edit_deadline": _("Deadline changed"),
        "finish_deadline": _("Deadline met"),
        "remove_deadline": _("Deadline taken off"),
        "add_role": _("Role given"),
        "remove_role": _("Role taken away"),
        "log_advice": _("Advice logged"),
        "edit_advice": _("Draft changed"),
        "record_advice": _("Advice recorded"),
        "keep_draft": _("Draft kept"),
        "discard_draft": _("Draft discarded"),
        "amend_advice": _("Advice amended"),
        "respond_to_advice": _("Response recorded"),
        "confirm_advice": _("Confirmed in writing"),
        "add_promise": _("Promise noted"),
        "keep_promise": _("Promise kept"),
        "break_promise": _("Promise broken"),
        "release_promise": _("Promise released"),
        "renegotiate_promise": _("Promise renegotiated"),
        "note_trust": _("Trust note written"),
        "resolve_note": _("Trust note resolved"),
        "open_confidences": _("Confidences opened"),
        "set_aside": _("Put off"),
        "drop_row": _("Not needed"),
        "log_call": _("Call noted"),
        "hold_engagement_review": _("Review held"),
        "move_engagement_review": _("Review moved"),
        "add_follow_up": _("Follow-up set"),
        "finish_follow_up": _("Follow-up done"),
        "move_follow_up": _("Follow-up moved"),
        "add_fee": _("Fee noted"),
        "attach": _("File attached"),
        "remove_attachment": _("File taken off"),
        "delete_client": _("Client deleted"),
        "delete_engagement": _("Engagement deleted"),
        "delete_promise": _("Promise deleted"),
        "delete_trust_note": _("Trust note deleted"),
        "delete_follow_up": _("Follow-up deleted"),
        "delete_fee": _("Fee deleted"),
        "delete_attachment": _("File deleted"),
        "delete_tag": _("Tag deleted"),
        "rename_tag": _("Tag renamed"),
        "define_field": _("Custom field made"),
        "rename_field": _("Custom field renamed"),
        "drop_field": _("Custom field deleted"),
        "set_value": _("Custom field filled in"),
        "put_back": _("Put back from the trash"),
        "empty_trash": _("Trash emptied"),
        "add_person": _("Person added"),
        "edit_person": _("Person changed"),
        "edit_practice": _("Practice changed"),
        "set_setting": _("Setting changed"),
        "save_view": _("View saved"),
        "rename_view": _("View renamed"),
        "delete_view": _("View deleted"),
        "tag_clients": _("Clients tagged"),
        "untag_clients": _("Tag taken off clients"),
        "grade_clients": _("Clients graded"),
        "assign_clients": _("Responsible person changed"),
        "change_standings": _("Standing changed"),
        "delete_clients": _("Clients deleted"),
        "set_logo": _("Logo changed"),
        "record_decision": _("Conflict decision recorded"),
        "keep_check": _("Conflict check kept"),
        "log_enquiry": _("Enquiry noted"),
        "decline": _("Enquiry declined"),
        "take_on": _("Client taken on"),
        "save_template": _("Template kept"),
        "set_decline_years": _("Time for which declined files are kept changed"),
        "remove_template": _("Template removed"),
        "send_letter": _("Letter kept"),
        "keep_wording": _("Wording of a letter kept"),
        "forget_wording": _("Wording of a letter taken back"),
        "import_file": _("Import"),
        "import_folder": _("Import of an archive"),
        "log_with_promise": _("Advice recorded"),
        "fill_sample": _("Sample practice filled"),
    }


def refusal(refused: Refused) -> str:
    """What a refusal means, in a sentence for the user."""
    return _filled(_refusals(), refused.code, refused.facts)


def trouble(found: Trouble) -> str:
    """What happened, what is safe, and what to do."""
    facts = found.facts | {"since": _moment(str(found.facts["since"]))} if "since" in found.facts else found.facts
    return _filled(_troubles(), found.code, facts)


def _moment(told: str) -> str:
    """A moment in ISO 8601 as one says it here: the clock alone for today's; anything else as it stands."""
    try:
        at = dt.datetime.fromisoformat(told).astimezone()
    except ValueError:
        return told
    clock = f"{at:%H:%M}"
    return clock if at.date() == dt.date.today() else f"{text.current().date(at.date())}, {clock}"


def problem(found: Problem) -> str:
    """What a check or an opening noticed."""
    code = "damaged-no-backup" if found.code == "no-backup" and found.facts.get("code") == "damaged" else found.code
    return _filled(_problems(), code, found.facts)


def verb_words(verb: str) -> str:
    """What a verb does, without its subject."""
    return _verbs().get(verb) or verb.replace("_", " ").capitalize()


def step_words(step: StepRow, *, plain: bool = False) -> str:
    """A step as one line: what was done, and to what; `plain` leaves out that it was itself an undoing."""
    words = verb_words(step.verb)
    if plain:
        return f"{words} — {step.subject}" if step.subject else words
    lead = {"undo": _("Undone: {words}"), "redo": _("Redone: {words}")}.get(step.kind, "{words}").format(words=words)
    return f"{lead} — {step.subject}" if step.subject else lead


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def _filled(table: Mapping[str, str], code: str, facts: Mapping[str, Any]) -> str:
    sentence = table.get(code) or code.replace("-", " ").capitalize() + "."
    return sentence.format_map(_Facts({key: _shown(value) for key, value in facts.items()}))


def _shown(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return text.current().date_time(value)
    if isinstance(value, dt.date):
        return text.current().date(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
