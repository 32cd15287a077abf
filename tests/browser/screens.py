"""Every screen, by the person who looks at it, in the order of the walk. `complete` holds the list against `ui/src/route.rs` and
against what the rail leads to: a screen that nobody looks at fails the run."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from acts import Act, back_to, choose, click, fill, press, see, unfold

PAGE = Path(__file__).parents[2] / "ui"


@dataclass
class Screen:
    """One state of one screen."""

    name: str
    # The address after `#`; nothing to go on from the screen before.
    route: str | None
    # Shown once it is there.
    ready: str
    acts: list[Act] = field(default_factory=list)
    # What each run has anew: keys, codes, fingerprints.
    masks: str = ""
    # Opening asks the members: only so often in a minute.
    opens: bool = False
    # Done after the looks, so that the next screen begins as it should.
    after: list[Act] = field(default_factory=list)
    # Commands that are refused with this code while one looks; `None`: that are never answered.
    refuse: dict[str, str | None] = field(default_factory=dict)


# Drawn over on every screen: keys, codes, times in a field, and what is drawn by the browser as time goes by.
MASKS = ".proof dl, .key, .words, .square, .digits, code, textarea, .band .tag, input[type=time], input[type=datetime-local], progress:not([value])"

# What the clock says, in whatever sentence it stands, and what stands there in every picture: a minute more breaks no line elsewhere. Names
# of hours along a chart stay. The marks are those around what is put into a sentence.
WORDS = [
    [r"\b\d{1,2}:\d{2}(:\d{2})?\b", "13:30"],
    [r"\d+(\u2069?) seconds? ago", "9$1 seconds ago"],
]

# How much is new: something may come while one looks.
HIDDEN = ".band-link .tag"

# Longer in one run than in another, because what was asked twice was also told twice.
HELD = ".timeline, #notices, #reports-made"

# Which three of the four members released, and when; how new it was.
RELEASED = ".opened-page > h2 ~ p, #first-look dd"

# From when on another computer would speak, and who said so.
RECOVERY = "#recovery-note p, #family-watched p"

ESCAPE = [press("Escape")]

PATIENT = [
    Screen("home", "/", ".series[data-category=HeartRate] svg.scene"),
    Screen("home-table", None, ".table table", [click(".series[data-category=BloodPressure] button.small")]),
    Screen("palette", None, "dialog[open] #palette-list > li", [press("Control+k")], after=ESCAPE),
    Screen("palette-none", None, "dialog[open] #palette", [click("#find"), fill("#palette", "xyzzy")], after=ESCAPE),
    Screen("keys", None, "dialog[open] .keys", [click("main h1"), press("?")], after=ESCAPE),
    Screen("entry", None, "dialog[open] .entry", [click("#add-reading")]),
    Screen("entry-wrong", None, "dialog[open] .entry", [choose("BloodPressure"), see("dialog[open] .amount input"),
           fill("dialog[open] .amount input >> nth=0", "900"), click("#entry-store"), see("dialog[open] .wrong:not(:empty)")], after=ESCAPE),
    Screen("readings", "/readings", ".series svg.scene", [see(".series svg.scene")]),
    Screen("readings-delete", None, "dialog[open]", [click("button[data-delete=readings]")], after=ESCAPE),
    Screen("readings-note", None, "dialog[open] #note-text", [click("#note-write")], after=ESCAPE),
    Screen("import", "/import", "#import-choose"),
    Screen("import-preview", None, "#import-keep", [click("#import-choose")], after=[click("#import-leave"), see("#import-choose")]),
    # Not one after the other: a view that moves is the same screen, and keeps its own category.
    Screen("readings-of", "/readings/heart_rate", ".series[data-category=HeartRate] svg.scene"),
    Screen("notices", "/notices", "#notices > li, .empty", masks="#notices"),
    Screen("readings-at", "/readings/blood_pressure/month/2026-10-20", ".series[data-category=BloodPressure] svg.scene"),
    Screen("readings-table", None, ".series[data-category=BloodPressure] table", [click(".series[data-category=BloodPressure] > button.small"), unfold()]),
    Screen("help", "/help", "main details > summary"),
    Screen("help-unfolded", None, "main details[open]", [unfold()]),
    Screen("whose", "/whose", "main .entries > li"),
    Screen("devices", "/devices", "main .entries > li[data-state=Connected]"),
    Screen("device-remove", None, "dialog[open]", [click("main .entries > li button.small:last-child")], after=ESCAPE),
    Screen("share", "/share", "#code"),
    Screen("share-on-duty", None, "main .proven", [click("main button.group"), see("main .proven")], after=[click("#refuse"), see("main p > a.button.main")]),
    Screen("share-wrong", "/share", ".notice[data-code=bad_code]", [fill("#code", "salus: not a code"), click("#next")]),
    Screen("share-choose", None, "#refuse", [fill("#code", "{code}"), click("#next")]),
    Screen("share-preview", None, "main blockquote", [click("#next"), see("main blockquote"), unfold(), see("main .news"), unfold()]),
    Screen("permissions", "/permissions", "main .entries > li[data-state=Active]"),
    Screen("permissions-unfolded", None, ".proof[open]", [unfold()]),
    Screen("permission-stop", None, "dialog[open] #stop-yes", [click("main .entries button.stop")], after=ESCAPE),
    Screen("seen", "/permissions/{opened}", ".series[data-category=BloodPressure] svg.scene"),
    Screen("notes", "/notes", ".empty, main .entries > li"),
    Screen("activity", "/activity", "main .timeline > li, main .entries > li"),
    Screen("card", "/emergency", "#card-show"),
    Screen("card-printed", None, ".printed", [click("#card-show")]),
    Screen("card-stop", None, "dialog[open] #card-stop-yes", [click("#card-lost")], after=ESCAPE),
    Screen("card-make", None, "#card-passphrase", [click("#card-again")]),
    Screen("family", "/family", "main section, main .entries"),
    Screen("family-less", "/family/own/helpers", "dialog[open] .choices", [click("main .entries > li .row > button:not(.stop)")], after=ESCAPE),
    Screen("family-permitted", "/family/own/permitted", "[data-part=permitted] .entries > li"),
    Screen("family-rules", "/family/own/rules", "#set-family-rules", [see("main details > summary"), unfold()]),
    Screen("family-recovery", "/family/own/recovery", "#getting-back"),
    Screen("members", "/members", "main .entries > li"),
    Screen("members-withdraw", None, "dialog[open]", [click("#withdraw")], after=ESCAPE),
    Screen("settings", "/settings", "#verify-start"),
    Screen("settings-verified", None, "[data-verified]", [click("#verify-start")]),
    Screen("settings-passphrase", None, "#old-passphrase", [click("#change-passphrase")]),
    Screen("backups", "/backups", "#make-backup, #rehearse"),
    Screen("laptops", "/laptops", "#read-laptop-code"),
    Screen("reports", "/reports", "#report-make", masks="#reports-made"),
    Screen("reports-made", None, "main form .proven", [click("#report-make"), see("main form .proven")], masks="main form .proven, #reports-made"),
    Screen("reports-checked", None, "[data-standing]", [click("#report-check-file")], masks="main form .proven, #reports-made, [data-standing]"),
    Screen("reports-wrong", "/reports", ".notice[data-code=bad_report_code]", [fill("#report-code", "ABCD"), click("#report-check-typed")], masks="#reports-made"),
    Screen("lost", "/lost", "main ol.steps > li"),
    Screen("not-found", "/nowhere", "[data-nav=home].here"),
]

FAMILY = [
    Screen("relative", "/family", "section[data-circle]"),
    Screen("relative-lay-down", None, "dialog[open]", [click("[data-place=authority] a"), see("#lay-down"), click("#lay-down")], after=ESCAPE),
    Screen("relative-page", "/family/{circle}", "section[data-circle]"),
    Screen("relative-object", None, "dialog[open]", [click("[data-change] button:last-child")], after=ESCAPE),
    Screen("relative-seeing", "/family/{circle}/part/seeing", "[data-part=seeing]"),
    Screen("relative-openings", "/family/{circle}/part/openings", "[data-openings]"),
    Screen("relative-notes", "/family/{circle}/part/notes", "[data-part=notes]"),
    Screen("relative-authority", "/family/{circle}/part/authority", "#lay-down"),
    Screen("relative-card", "/family/{circle}/part/card", "[data-part=card]"),
    Screen("relative-recovery", "/family/{circle}/part/recovery", "[data-part=recovery]"),
    Screen("relative-readings", "/family/{circle}/readings", ".series[data-category=BloodPressure]"),
    Screen("relative-share", "/family/{circle}/share", "#code"),
    Screen("family-code", "/family/own/code", "#family-digits", [click("#make-family-code")]),
]

# A record on two laptops, and a recovery that nobody asked for: on the first of them, and on the one that was added.
LAPTOPS = [
    Screen("recovery-note", "/", "#recovery-note", masks=RECOVERY),
    Screen("laptops-two", "/laptops", "#remove-laptop-1", masks=RECOVERY),
    Screen("laptops-rename", None, "#laptop-name-1", [click("#laptops > li:nth-child(2) .row > button:not(.stop)")], masks=RECOVERY),
    Screen("laptops-remove", "/laptops", "dialog[open] #laptop-passphrase", [click("#remove-laptop-1")], masks=RECOVERY, after=ESCAPE),
    Screen("lost-laptops", "/lost", "#renew-keys", masks=RECOVERY),
    Screen("getting-back", "/family/own/recovery", "#trial-question", [see("#getting-back details > summary"), unfold(), click("#ask-rehearsal"), see("#trial-question")],
           masks=f"{RECOVERY}, #getting-back details .quiet"),
]

ADDED = [
    Screen("added-home", "/", "#recovery-note", masks=RECOVERY),
    Screen("added-family", "/family", "#family-watched .row", masks=RECOVERY),
    Screen("added-laptops", "/laptops", "#sync-laptops", masks=RECOVERY),
]

CLINICIAN = [
    Screen("inbox", "/", "main .entries > li[data-state=Active]"),
    Screen("record", "/record/{opened}", ".series[data-category=BloodPressure] svg.scene", masks=RELEASED, opens=True),
    Screen("record-table", None, ".table table", [click(".series[data-category=BloodPressure] > button.small"), unfold()], masks=RELEASED),
    Screen("record-over-time", None, "[data-over-time=BloodPressure] svg.scene", [click("[data-over-time=BloodPressure] button")], masks=RELEASED),
    # Permissions of one patient stand in the order of their random names.
    Screen("patients", "/patients", ".patients tbody tr", masks=".patients tbody"),
    Screen("record-second", "/record/{two}", "#ask-second", opens=True),
    Screen("record-unknown", "/record/00", ".notice[data-code=unknown_permission]"),
    Screen("code", "/code", "#make-code"),
    Screen("code-made", None, "#copy-text", [fill("#note", "A new patient"), click("#make-code")]),
    Screen("code-more", "/code/{opened}", "#ask-purpose"),
    Screen("emergency", "/emergency", "#read-card"),
    Screen("emergency-wrong", None, ".notice[data-code=bad_card]", [fill("#card", "SE1-NOT-A-CARD"), click("#read-card")]),
    Screen("emergency-card", None, "#emergency-again", [fill("#card", "{card}"), click("#read-card"), see("#emergency-again")]),
    Screen("clinician-family", "/family", "#make-family-code"),
    Screen("clinician-members", "/members", "main .entries > li"),
    Screen("clinician-notices", "/notices", "#notices > li, .empty", masks="#notices"),
    Screen("clinician-reports", "/reports", "#report-check-file"),
    Screen("clinician-settings", "/settings", "#verify-start"),
    Screen("clinician-lost", "/lost", "main ol.steps > li"),
]

# Somebody whom nobody has given anything: each screen teaches the one next step.
EMPTY = [
    Screen("empty-home", "/", ".empty"),
    Screen("empty-readings", "/readings", ".empty"),
    Screen("empty-notes", "/notes", ".empty"),
    Screen("empty-reports", "/reports", ".empty"),
    Screen("empty-laptops", "/laptops", "#read-laptop-code, #show-laptop-code"),
    Screen("laptops-code", None, "#laptop-meeting .square", [click("#show-laptop-code"), see("#laptop-meeting .square")],
           masks="#laptop-meeting p[role=status]", after=[click("#cancel-laptop"), see("#show-laptop-code")]),
    Screen("lost-retired", "/lost", "#retired", masks="main ol.steps [role=status]"),
    Screen("empty-devices", "/devices", ".empty, .notice"),
    Screen("empty-permissions", "/permissions", ".empty"),
    Screen("empty-activity", "/activity", ".empty"),
    Screen("empty-card", "/emergency", "#card-begin"),
    Screen("empty-family", "/family", "main details"),
    Screen("empty-family-code", "/family/own/code", "#make-family-code"),
    Screen("empty-backups", "/backups", "#make-backup, #rehearse, .notice"),
]

# The same with a refusal, and without an answer.
TROUBLE = [
    Screen("refused-home", "/", ".notice[data-code=damaged]", refuse={"get_overview": "damaged"}),
    Screen("refused-permissions", "/permissions", ".notice[data-code=offline] + [data-again=true]", refuse={"list_permissions": "offline"}),
    Screen("refused-activity", "/activity", ".notice[data-code=too_few_members]", refuse={"list_activity": "too_few_members"}),
    Screen("refused-members", "/members", ".notice[data-code=offline]", refuse={"get_members": "offline"}),
    Screen("refused-family", "/family", ".notice[data-code=out_of_date]", refuse={"get_family": "out_of_date"}),
    Screen("waiting-permissions", "/permissions", "main [aria-busy=true]", refuse={"list_permissions": None}),
]

# Last of all: what the lock shows.
LOCKED = [
    Screen("locked", "/", "#unlock", [click("#lock"), see("#unlock")]),
    Screen("locked-wrong", None, ".notice[data-code=wrong_passphrase]", [fill("#unlock", "not this one"), click("#open"), see(".notice[data-code=wrong_passphrase]")]),
    Screen("locked-key", None, "#unlock", [click("form button.link"), see("input#unlock[type=text]")],
           after=[click("form button.link"), fill("#unlock", "{passphrase}"), click("#open"), see("#lock")]),
]

UNATTESTED = [
    Screen("empty-inbox", "/", ".empty"),
    Screen("code-request", "/code", "#attestation", [fill("#note", "A patient"), click("#make-code")]),
]

# Six steps, on one page: where it is is kept, and what was made is taken away again, so that each walk begins at the first.
BACK = [click("main form > .row > button[type=button]"), see("main[data-step=Looks] #have-backup")]

FIRST = [
    Screen("first-looks", "/", "main[data-step=Looks] #next", [back_to("Looks")]),
    Screen("first-restore", None, "#restore-key", [click("#have-backup")], after=BACK),
    Screen("first-helpers", None, "main form ol > li", [click("#have-helpers")], after=BACK),
    Screen("first-help", None, "dialog[open] details > summary", [click("#help")], after=ESCAPE),
    Screen("first-role", None, "main[data-step=Who] input[name=role]", [click("#next")]),
    Screen("first-who", None, "main[data-step=Passphrase] #passphrase", [click("#next")]),
    Screen("first-passphrase", None, "meter[value='4']", [fill("#name", "Maria Example"), fill("#passphrase", "lantern otter velvet ninth")]),
    Screen("first-key", None, "main[data-step=Key] .key", [click("#next")]),
    Screen("first-key-back", None, "#key-set", [click("#key-written")]),
    Screen("first-begin", None, "main[data-step=Begin] #way-typed", [click("#skip")]),
    Screen("first-home", None, "main[data-step=Home] .done-list", [click("#skip")]),
    Screen("first-undo", None, "dialog[open] #undo-record-yes", [click("#undo-record")],
           after=[click("#undo-record-yes"), see("main[data-step=Who] #back")]),
]

DESIGN = [
    Screen("design", None, "#series .table, #series svg.scene"),
    Screen("design-dialog", None, "dialog[open]", [click("#open-dialog")], after=ESCAPE),
    Screen("design-note", None, "dialog[open] #note-remove", [click("#open-kept-note")], after=ESCAPE),
    Screen("design-palette", None, "dialog[open] #palette-list > li", [click("#open-palette")], after=ESCAPE),
    Screen("design-keys", None, "dialog[open] .keys", [click("#open-keys")], after=ESCAPE),
]

BOTH = ("en", "ar")

# Two rows that walk at the same time, of about the same length: who, what of theirs, and in which languages one after the other. What one
# person does another one sees, so that these stand in one row: the clinician opens the patient's record, then her pictures are taken with
# these openings in them, then her daughter opens it. In Arabic, where no pictures are taken, the patient comes last.
ROWS = [
    [("clinician", CLINICIAN, BOTH), ("maria", PATIENT, ("en",)), ("leila", FAMILY, BOTH)],
    [("omar", LAPTOPS, BOTH), ("kitchen", ADDED, BOTH), ("nadia", EMPTY + TROUBLE + LOCKED, BOTH), ("doctor", UNATTESTED, BOTH),
     ("first", FIRST, BOTH), ("design", DESIGN, BOTH), ("maria", PATIENT, ("ar",))],
]


def complete(visited: set[str], led: set[str]) -> list[str]:
    """What no walk comes to, of the routes that the page has and of the addresses that rails lead to."""
    found = []
    for route in re.findall(r'#\[at\("([^"]+)"\)\]', (PAGE / "src/route.rs").read_text("utf-8")):
        if route == "/404":
            continue
        pattern = re.compile("^" + re.sub(r":[a-z]+", "[^/]+", route) + "$")
        if not any(pattern.match(address) for address in visited):
            found.append(f"nobody looks at the screen {route} of ui/src/route.rs: add it to tests/browser/screens.py")
    styles = [set(re.findall(r"style/[a-z_]+\.css", (PAGE / page).read_text("utf-8"))) for page in ("index.html", "design/index.html")]
    found.extend(f"{style} is in one of ui/index.html and ui/design/index.html only" for style in sorted(styles[0] ^ styles[1]))
    found.extend(f"a rail leads to {address}, and nobody looks there" for address in sorted(led - visited))
    return found
