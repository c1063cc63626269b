# SPDX-License-Identifier: MIT
"""Checks of summaries and of their pages, by another way: from the rows themselves."""
import collections
import csv
import html.parser
import json
import re
import sys

TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "h3", "p",
    "ul", "li", "b", "a", "code", "dl", "dt", "dd", "table", "caption", "tr", "th", "td", "svg",
    "defs", "pattern", "rect",
}
ATTRIBUTES = {
    "lang", "charset", "name", "content", "class", "id", "href", "colspan", "width", "height",
    "x", "fill", "aria-hidden", "patternunits", "patterntransform",
}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.text, self.headings = [], set(), [], [], []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, f"<{tag}> at {self.getpos()}"
        for name, value in attrs:
            assert name in ATTRIBUTES, f"{name}= of <{tag}> at {self.getpos()}"
            if name == "id":
                assert value not in self.ids, f"two of id {value}"
                self.ids.add(value)
            if name == "href":
                assert value.startswith("#"), f"a link to {value}"
                self.links.append(value[1:])
            if name == "fill":
                assert value == "url(#hatch)" or re.fullmatch("#[0-9a-f]{3,6}", value), value
            if name in ("width", "x") and value.endswith("%"):
                assert 0 <= float(value[:-1]) <= 100, value
        if tag == "svg":
            assert ("aria-hidden", "true") in attrs, "a plot that is read out"
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def read_page(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open, page.open
    assert set(page.links) <= page.ids, set(page.links) - page.ids
    style = text.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style and "@import" not in style
    assert page.headings[0] == "h1" and page.headings.count("h1") == 1, page.headings
    return " ".join("".join(page.text).split())


def check_page(path, *wanted):
    text = read_page(path)
    assert "not a diagnosis" in text, "the page does not say what it is not"
    for words in wanted:
        assert words in text, f"the page does not say: {words}"


def check_silent(path, *unwanted):
    text = read_page(path)
    for words in unwanted:
        assert words not in text, f"the page says: {words}"


# ---- Counts ------------------------------------------------------------------------------


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell):
    return [item for item in cell.split(";") if item]


def check_table(told, name, field, counted):
    got = {row: fields[field] for row, fields in told[name].items() if fields[field]}
    wanted = {row: count for row, count in counted.items() if count}
    assert got == wanted, f"{name}, {field}: {got}, not {wanted}"


def band_of(told, age):
    if not age:
        return "unknown"
    reached = [band for band in told["bands"] if band.startswith("from_") and
               int(age) >= int(band[5:])]
    return reached[-1] if reached else next(iter(told["bands"]))


def count_exclusions(told, decisions, permitted, exercises):
    certain, undecided, out = (collections.Counter() for _ in range(3))
    for row in decisions:
        rules, names = set(), set()
        for entry in split(row["excluded"]):
            name, by = entry.split(":")
            rules.update(by.split("+"))
            names.update(exercises if name == "all" else [name])
        assert row["level"] in permitted or not rules, row["id"]
        certain.update(rule for rule in rules if not rule.endswith("?"))
        undecided.update(rule[:-1] for rule in rules if rule.endswith("?"))
        out.update(names)
    check_table(told, "exclusions", "certain", certain)
    check_table(told, "exclusions", "not_ruled_out", undecided)
    check_table(told, "exercises", "left_out", out)


def count_reasons(told, decisions):
    certain, open_, missing = (collections.Counter() for _ in range(3))
    for row in decisions:
        reasons = split(row["reasons"])
        certain.update(reason for reason in reasons if not reason.endswith("?"))
        open_.update(reason[:-1] for reason in reasons if reason.endswith("?"))
        missing.update(split(row["missing"]))
    check_table(told, "reasons", "certain", certain)
    check_table(told, "reasons", "open", open_)
    check_table(told, "questions", "missing", missing)


def count_blanks(told, intake, questions):
    blank = collections.Counter()
    for name, question in questions.items():
        if name not in intake[0] or question["relevant"]:
            continue
        here = told["questions"][name]
        if here["asked"] == 0:
            continue # no rule tests it
        assert here["asked"] == len(intake), name
        blank[name] = sum(row[name].lower().replace(" ", "_") in ("", "unknown", "not_sure")
                          for row in intake)
        assert here["blank"] == blank[name], f"{name}: {here['blank']}, not {blank[name]}"
    assert sum(blank.values()) > 0


def count_levels(told, decisions, rejects):
    by = collections.Counter((row["level"], row["certain"]) for row in decisions)
    for level, counts in told["levels"].items():
        assert counts["certain"] == by[level, "yes"], level
        assert counts["not_certain"] == by[level, "no"], level
    check_table(told, "levels", "rejected_at_least",
                collections.Counter(row["reject_at_least"] for row in rejects))
    check_table(told, "levels", "rejected_not_ruled_out",
                collections.Counter(row["reject_not_ruled_out"] for row in rejects))


def check_rows(summary, intake, decisions, rejects, pack):
    with open(summary, encoding="utf-8") as file:
        told = json.load(file)
    decisions, rejects = rows_of(decisions), rows_of(rejects)
    questions = {row["name"]: row for row in rows_of(f"{pack}/rules/questions.csv")}
    permitted = {row["name"] for row in rows_of(f"{pack}/rules/levels.csv")
                 if row["routine"] == "yes"}
    exercises = [row["name"] for row in rows_of(f"{pack}/data/exercises.csv")]
    totals = told["totals"]
    assert totals["scored"] == len(decisions) and totals["rejected"] == len(rejects), totals
    assert totals["rows"] == len(decisions) + len(rejects), totals
    assert totals["routine_permitted"] == sum(row["level"] in permitted for row in decisions)
    assert totals["routine_given"] == sum(bool(row["routine"]) for row in decisions), totals
    count_levels(told, decisions, rejects)
    count_reasons(told, decisions)
    count_exclusions(told, decisions, permitted, exercises)
    codes = collections.Counter()
    for row in rejects:
        codes.update(set(re.findall(r"\[(SCAP\d+)\]", row["reject_errors"])))
    check_table(told, "rejected", "rows", codes)
    if rejects:
        return # records that broke off can't be told apart here
    intake = rows_of(intake)
    level_of = {row["id"]: row["level"] for row in decisions}
    bands = collections.Counter((band_of(told, row["age"]), level_of[row["id"]])
                                for row in intake)
    for band, counts in told["bands"].items():
        for level, count in counts.items():
            assert count == bands[band, level], (band, level)
    count_blanks(told, intake, questions)


def check_same(*paths):
    """Equal but for the files they are of."""
    told = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            told.append(json.load(file))
        for name in ("inputs", "milliseconds"):
            told[-1].pop(name)
    assert all(one == told[0] for one in told), "the counts differ"


CHECKS = {"page": check_page, "silent": check_silent, "rows": check_rows, "same": check_same}

if __name__ == "__main__":
    CHECKS[sys.argv[1]](*sys.argv[2:])
