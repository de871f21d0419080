"""Taking an enquiry on: who decides and pays, the checklist, the work as agreed, and the letter that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from db import firm
from db.acceptance import Checklist, TakeOn, Template, list_templates, save_template, take_on
from db.clients import list_client_rows
from db.engagements import EngagementEdit, get_engagement, list_engagement_ids, list_engagement_rows
from db.enquiries import Named, same_party
from db.errors import Refused
from db.exchange.export import file_named
from db.letters import NewLetter
from desktop.reports import letters
from desktop.rooms.enquiry.agreeing import ROLES, WORK, TakeOnForm, add_months
from desktop.rooms.enquiry.beside import BesideWindow
from desktop.rooms.enquiry.window import suggester
from desktop.rooms.letter_sent import sent_name
from desktop.rooms.letter_tools import LetterTools
from desktop.rooms.page_beside import PageBeside
from desktop.text import _
from desktop.widgets.button import button

if TYPE_CHECKING:
    from db.practice import Done
    from db.tables import Engagement
    from desktop.practice import OpenPractice


class TakeOnWindow(BesideWindow):
    """Makes one enquiry a client. What was noted with the call stands in the form already."""

    SIZE: ClassVar[tuple[int, int]] = (1180, 760)

    def __init__(self, desk: OpenPractice, asker: QWidget, client_id: int, engagement_id: int | None = None) -> None:
        super().__init__(desk, asker)
        self._client = client_id
        self._engagement = engagement_id or _asked_about(desk, client_id)
        self._own = ""
        practice = desk.ask(firm.get_practice)
        self._currency = practice.currency
        client = desk.ask(list_client_rows, [client_id])[0]
        self._facts = self._read_facts("")
        own = [Template(**one) for one in letters.starting_templates(practice.profession, practice.language)]
        self._templates = [*desk.ask(list_templates), *own]
        self.fields = TakeOnForm(suggester(desk), [one.name for one in self._templates], practice.currency)
        form = self.fields
        self.tools = LetterTools(desk, form.letter)
        self.page = PageBeside(file_named(f"{letters.title('engage', self._facts.language)} – {client.name}.pdf"))
        self.keep_template = button(_("Keep as a template"), self._keep_template, "quiet")
        state = form.fields["letter"]
        self.page.offer_sent(
            lambda _how: state.set_value("sent"), lambda: state.set_value("draft"), lambda: state.value() == "draft"
        )
        note = _("Nothing is typed twice. Saved as one step; Undo makes it an enquiry again.")
        title = _("Take on {name}").format(name=client.name)
        self.build(title, note, form, self.page, _("Take on"), [self.keep_template], share=54)
        form.fields["language"].set_value(self._facts.language)
        form.fields["decides"].set_value((client.party_id, client.name))
        if self._engagement is not None:
            self._fill(desk.ask(get_engagement, self._engagement))
        form.changed.connect(self._follow)
        form.fields["template"].changed.connect(self._on_template)
        self._follow()
        self._written = False

    def open(self, width: int, height: int) -> None:
        super().open(width, height)
        # Who asked is taken to decide; whoever types another name here does not mean both.
        decides: Any = self.form.fields["decides"]
        decides.line.selectAll()

    def _read_facts(self, language: str) -> letters.LetterFacts:
        return self.desk.ask(
            letters.facts,
            self._client,
            "engage",
            dt.date.today(),
            writer=self.desk.practice.who,
            engagement_id=self._engagement,
            language=language,
        )

    def _fill(self, work: Engagement) -> None:
        for name in WORK:
            if (value := getattr(work, name)) not in (None, ""):
                self.form.fields[name].set_value(value)

    def _on_template(self) -> None:
        """Fill in what the chosen template says; a title that stands there already stays."""
        name = self.form.fields["template"].value()
        template = next((one for one in self._templates if one.name == name), None)
        if template is None:
            return
        for field in WORK:
            value = getattr(template, field, None)
            if value not in (None, "") and not (field == "title" and self.form.fields["title"].value()):
                self.form.fields[field].set_value(value)
        if template.review_months is not None:
            self.form.fields["next_review_on"].set_value(add_months(dt.date.today(), template.review_months))
        self._follow()

    def _keep_template(self) -> None:
        """Keep the work as it stands as a template, under the title of the work."""
        work = self.fields.work()
        name = work.pop("title", "")
        if not name:
            self.form.refuse("title", _("Give it a title: the template is kept under it."))
            return
        review = work.pop("next_review_on", None)
        months = max(1, round((review - dt.date.today()).days / 30)) if review else None
        work["fee_basis"] = work.get("fee_basis") or ""
        template = Template(name=name, review_months=months, **work)
        if self.desk.attempt(lambda: self.desk.do(save_template, template), self.form) is not None:
            self._templates = [template, *(one for one in self._templates if one.name != name)]
            self.form.bar.say(_("Kept as the template “{name}”.").format(name=name), "good", closable=True)

    def _follow(self) -> None:
        """Write the letter anew where nobody changed it, and show it."""
        work, language = self.fields.work(), self.form.fields["language"].value()
        if language != self._facts.language:
            self._facts = self._read_facts(language)
        agreed = letters.Agreed(
            title=work.get("title", ""),
            included=work.get("scope_included", ""),
            excluded=work.get("scope_excluded", ""),
            duties=work.get("client_duties", ""),
            assumptions=work.get("assumptions", ""),
            fee_basis=work.get("fee_basis") or "",
            fee_minor=work.get("fee_minor"),
            currency=self._currency,
            review_on=work.get("next_review_on"),
        )
        letter = self.fields.letter
        untouched = letter.value() in ("", self._own) or self.tools.is_usual()
        self.tools.show_letter(letters.engaged(self._facts, agreed), self._facts.language)
        if untouched:
            self._own = self.tools.propose()
        self.fields.say_checklist()
        self.page.show_letter(self._facts, self.tools.printed())

    def ready(self, values: dict[str, Any]) -> Callable[[], Done]:
        practice, facts, words = self.desk.practice, self._facts, self.tools.printed()
        if not values["title"]:
            raise Refused("required", "title")
        roles = [(kind, named) for kind in ROLES if (named := self._named(kind)) is not None]
        given = {name: values[name] for name in (*WORK, "letter")}
        new = TakeOn(
            standing=values["standing"],
            why=values["why"],
            checklist=Checklist(**{name: values[name] for name in Checklist.model_fields}),
            engagement_id=self._engagement,
            agreed=EngagementEdit(**given),
            roles=roles,
        )

        def keep() -> Done:
            whole = new
            if words and values["letter"] != "none":
                title = letters.title("engage", facts.language)
                gone = dt.date.today() if values["letter"] in ("sent", "signed") else None
                name = sent_name(self.page.file_name, gone)
                pdf = letters.render(facts, words).pdf
                kept = NewLetter(name=name, title=title, text=words, pdf=pdf)
                whole = new.model_copy(update={"letter": kept})
            return practice.do(take_on, self._client, whole, practice.who)

        return keep

    def _named(self, kind: str) -> Named | None:
        field: Any = self.form.fields[kind]
        if not field.typed():
            return None
        party_id = field.value()
        return Named(name=field.typed(), party_id=party_id or self.desk.ask(same_party, field.typed()))


def _asked_about(desk: OpenPractice, client_id: int) -> int | None:
    """The work that the enquiry is about, if there is exactly one."""
    rows = desk.ask(list_engagement_rows, desk.ask(list_engagement_ids, client_id=client_id, open_only=True))
    asked = [row.id for row in rows if row.stage in ("enquiry", "proposed")]
    return asked[0] if len(asked) == 1 else None
