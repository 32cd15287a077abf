"""Every fault of a report's page, one for each line.

    validate.py PAGE.pdf EXPECTED.json

EXPECTED.json: {"lang": "en", "texts": ["in", "reading", "order"], "tables": 1, "figures": 2, "attached": {"name": "path"}}

Held against the file: one page; title, language and tagging; everything that is drawn is tagged or an ornament; each tagged part stands
in the tree once; tables of equal rows with heads of columns and of rows; pictures with words; the texts in the tree's order; the
attachments octet for octet; and the rules of PDF/UA-1 that `pdfua` judges. The text of a part is what its ActualText says, or what
its font's ToUnicode makes of its glyphs.
"""

import json
import re
import sys
import unicodedata

import pikepdf

#: What puts something on the page.
PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"'}
#: Heads of at most so many levels.
HEADS = {f"/H{n}" for n in range(1, 7)}


def unicode_of(font):
    """Code of two octets to text, by the font's ToUnicode."""
    stream = font.get("/ToUnicode")
    if stream is None:
        return {}
    text = stream.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = int.from_bytes(bytes.fromhex(to), "big")
            for n in range(int(low, 16), int(high, 16) + 1):
                value = first + n - int(low, 16)
                found[n] = value.to_bytes(len(to) // 2, "big").decode("utf-16-be")
    return found


class Content:
    """What a page's marked parts say, and what is drawn outside of any."""

    def __init__(self, page):
        self.texts, self.untagged, self.ornaments = {}, 0, 0
        resources = page.get("/Resources", pikepdf.Dictionary())
        properties = resources.get("/Properties", pikepdf.Dictionary())
        fonts = {name: unicode_of(font) for name, font in resources.get("/Font", pikepdf.Dictionary()).items()}
        inside, font = [], {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                given = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
                if isinstance(given, pikepdf.Name):
                    given = properties[given]
                inside.append({"tag": str(operands[0]), "mcid": given.get("/MCID"), "actual": given.get("/ActualText"), "said": ""})
            elif name == "EMC":
                part = inside.pop()
                said = str(part["actual"]) if part["actual"] is not None else part["said"]
                if part["tag"] == "/ReversedChars" and part["actual"] is None:
                    said = said[::-1]
                if part["mcid"] is not None:
                    self.texts[int(part["mcid"])] = said
                elif inside:
                    inside[-1]["said"] += said
            elif name == "Tf":
                font = fonts.get(str(operands[0]), {})
            elif name in PAINTS:
                if not any(part["mcid"] is not None or part["tag"] == "/Artifact" for part in inside):
                    self.untagged += 1
                if any(part["tag"] == "/Artifact" for part in inside):
                    self.ornaments += 1
                if name in ("Tj", "TJ") and inside:
                    strings = operands[0] if name == "TJ" else [operands[0]]
                    octets = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                    codes = [int.from_bytes(octets[i : i + 2], "big") for i in range(0, len(octets), 2)]
                    inside[-1]["said"] += "".join(font.get(code, "\ufffd") for code in codes)


class Tree:
    """What each element is, in reading order."""

    def __init__(self, pdf, content):
        self.content, self.parts, self.elements, self.faults = content, [], [], []
        root = pdf.Root.get("/StructTreeRoot")
        self.roles = {} if root is None else dict(root.get("/RoleMap", pikepdf.Dictionary()).items())
        if root is not None:
            self.walk(root.get("/K"))

    def walk(self, node):
        """The text below a node."""
        if node is None:
            return ""
        if isinstance(node, pikepdf.Array):
            return "".join(self.walk(kid) for kid in node)
        if isinstance(node, int):
            self.parts.append(int(node))
            return self.content.texts.get(int(node), "")
        if "/MCID" in node:
            return self.walk(int(node["/MCID"]))
        kind = str(node.get("/S", ""))
        at = len(self.elements)
        self.elements.append(None)
        said = self.walk(node.get("/K"))
        self.elements[at] = (str(self.roles.get(kind, kind)), node, said)
        return said + ("\n" if kind in HEADS | {"/P", "/TD", "/TH", "/Caption"} else "")


def kids(node, kind):
    """Elements of a kind directly below another."""
    below = node.get("/K", pikepdf.Array())
    below = below if isinstance(below, pikepdf.Array) else [below]
    return [kid for kid in below if isinstance(kid, pikepdf.Dictionary) and str(kid.get("/S", "")) in kind]


def attribute(node, name):
    """An attribute of an element."""
    given = node.get("/A", pikepdf.Array())
    given = given if isinstance(given, pikepdf.Array) else [given]
    return next((str(one[name]) for one in given if isinstance(one, pikepdf.Dictionary) and name in one), None)


def table_faults(table):
    """What is wrong with a table."""
    head = [row for part in kids(table, {"/THead"}) for row in kids(part, {"/TR"})]
    body = [row for part in kids(table, {"/TBody"}) for row in kids(part, {"/TR"})]
    if len(head) != 1 or not body:
        return ["a table without a row of heads, or without rows"]
    widths = {len(kids(row, {"/TH", "/TD"})) for row in head + body}
    faults = [] if len(widths) == 1 else [f"rows of {sorted(widths)} cells in one table"]
    if any(attribute(cell, "/Scope") != "/Column" for cell in kids(head[0], {"/TH", "/TD"})):
        faults.append("a head of a column does not say that it is one")
    for row in body:
        cells = kids(row, {"/TH", "/TD"})
        if not cells or str(cells[0]["/S"]) != "/TH" or attribute(cells[0], "/Scope") != "/Row":
            faults.append("a row without its head")
    return faults


def plain(text):
    """Without marks of direction, with single spaces, in one form."""
    text = re.sub("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", "", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def faults_of(path, expected):
    """Every fault of a page."""
    faults = []
    with pikepdf.open(path) as pdf:
        if len(pdf.pages) != 1:
            faults.append(f"{len(pdf.pages)} pages")
        root = pdf.Root
        if str(root.get("/Lang", "")) != expected["lang"]:
            faults.append(f"the language is {root.get('/Lang')}")
        if not root.get("/MarkInfo", {}).get("/Marked", False):
            faults.append("it is not marked as tagged")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            faults.append("its title is not displayed")
        with pdf.open_metadata() as meta:
            for name, value in (("pdfuaid:part", "1"), ("pdfaid:part", "3"), ("pdfaid:conformance", "A")):
                if str(meta.get(name)) != value:
                    faults.append(f"{name} is {meta.get(name)}")
            if not meta.get("dc:title"):
                faults.append("it has no title")
        content = Content(pdf.pages[0])
        tree = Tree(pdf, content)
        if content.untagged:
            faults.append(f"{content.untagged} things are drawn outside of any part")
        if sorted(tree.parts) != sorted(content.texts):
            faults.append("a tagged part is not in the tree, or in it twice")
        of = lambda kinds: [(node, said) for kind, node, said in tree.elements if kind in kinds]
        if len(of({"/Table"})) != expected["tables"]:
            faults.append(f"{len(of({'/Table'}))} tables")
        for node, _ in of({"/Table"}):
            faults += table_faults(node)
        if len(of({"/Figure"})) != expected["figures"]:
            faults.append(f"{len(of({'/Figure'}))} pictures")
        for node, _ in of({"/Figure"}):
            if not str(node.get("/Alt", "")) or attribute(node, "/BBox") is None:
                faults.append("a picture without words or place")
        heads = [kind for kind, _, _ in tree.elements if kind in HEADS]
        if heads[:1] != ["/H1"] or heads.count("/H1") != 1:
            faults.append(f"heads are {heads}")
        spoken = plain(tree_text(tree))
        if "\ufffd" in spoken:
            faults.append("a glyph has no text")
        at = 0
        for text in expected["texts"]:
            found = spoken.find(plain(text), at)
            if found < 0:
                faults.append(f"not said, or not in this order: {plain(text)!r}")
            else:
                at = found + len(plain(text))
        named = {name: spec for name, spec in pdf.attachments.items()}
        if set(named) != set(expected["attached"]):
            faults.append(f"attached are {sorted(named)}")
        for name, file in expected["attached"].items():
            if name in named:
                with open(file, "rb") as octets:
                    if named[name].get_file().read_bytes() != octets.read():
                        faults.append(f"{name} has other octets")
                if str(named[name].obj.get("/AFRelationship", "")) != "/Data":
                    faults.append(f"{name} does not say what it is to the page")
    return faults + outside(path)


def tree_text(tree):
    """Everything that the tree says, in its order."""
    return "\n".join(said for kind, _, said in tree.elements if kind in HEADS | {"/P", "/TH", "/TD", "/Caption"})


def outside(path):
    """What pdfua calls an error."""
    import pdfua

    report = pdfua.validate(path)
    return [f"{f.rule_id}: {f.message}" for f in report.findings if f.severity.name == "ERROR"]


def main():
    page, expected = sys.argv[1:3]
    with open(expected, encoding="utf-8") as text:
        faults = faults_of(page, json.load(text))
    print("\n".join(faults) or "no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
