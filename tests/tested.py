# SPDX-License-Identifier: MIT
"""Checks of what `scapula test` says: its page, its new cases, its proofs."""
import html.parser
import itertools
import json
import os
import subprocess
import sys

TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li", "b", "a",
    "nav", "article", "code", "dl", "dt", "dd", "table", "tr", "th", "td", "span",
}
VOID = {"meta"}
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "id", "href"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links = [], set(), []

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
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> at {self.getpos()}"


def check_page(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open, page.open
    assert set(page.links) <= page.ids, set(page.links) - page.ids
    style = text.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style and "@import" not in style


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


GAPS = ("unfired_rules", "unoffered_exercises", "unexcluded_exercises", "undecided_parts",
        "untried_sides", "untried_borders")


def gaps(told):
    return sum(len(told["coverage"][kind]) for kind in GAPS)


def check_joined(before, after):
    before, after = read(before), read(after)
    new = before["suggestions"]
    assert after["mistakes"] == before["mistakes"], after["mistakes"]
    assert after["failures"] == before["failures"], after["failures"]
    assert after["cases"] == before["cases"] + len(new), after["cases"]
    assert gaps(before) - sum(len(one["tries"]) for one in new) == gaps(after), gaps(after)
    for one in new:
        assert one["tries"], one
        assert one["story"].startswith("To be confirmed by a clinician: "), one
    for kind in GAPS[3:]:
        assert all(one["possible"] != "yes" for one in after["coverage"][kind]), after


def write_people(path):
    """Everybody who can answer the questions of tests/tested/never, without a conflict."""
    with open(path, "w", encoding="utf-8") as file:
        print("id,story,answers,others,expect_level,expect_rules,expect_not_rules,"
              "expect_excluded", file=file)
        people = itertools.product(
            ("no", "yes"), ("no", "yes"), range(11), ("left", "right"),
            ("none", "cream", "ice", "cream ice"))
        for number, (spreads, face, itch, elbow, things) in enumerate(people):
            if face == "yes" and spreads == "no":
                continue
            print(f"p{number},Somebody,rash_spreads={spreads}; rash_face={face}; itch={itch}; "
                  f"elbow={elbow}; at_hand={things},no,,,,", file=file)


def check_exhausted(path):
    told = read(path)
    cover = told["coverage"]
    never = [f"{one['rule']}: {one['part']} is {one['as']}" for one in cover["undecided_parts"]]
    assert all(one["possible"] == "no" for one in cover["undecided_parts"]), never
    assert sorted(never) == [
        "contradiction: rash_spreads is no", "contradiction: rash_spreads is yes",
        "face: rash_spreads is no", "twice: itch >= 5 is no",
    ], never
    assert cover["unfired_rules"] == ["contradiction"], cover["unfired_rules"]
    assert not cover["untried_sides"] and not cover["untried_borders"], cover
    assert not told["suggestions"], told["suggestions"]


# ---- Parts by another way: turn one and look -----------------------------------------


def all_of(*items):
    return False if False in items else None if None in items else True


def any_of(*items):
    return True if True in items else None if None in items else False


def turned(item):
    return None if item is None else not item


def two_of(*items):
    yes = items.count(True)
    return True if yes >= 2 else None if yes + items.count(None) >= 2 else False


def when(number, holds):
    return None if number is None else holds(number)


def rules(spreads, face, itch, elbow, things):
    """Of each rule: its parts by text with their values, and what it makes of them."""
    left, right = when(elbow, lambda e: e == "left"), when(elbow, lambda e: e == "right")
    ice = when(things, lambda t: "ice" in t)
    def over(least):
        return when(itch, lambda number: number >= least)
    between = when(itch, lambda number: 3 <= number <= 9)
    return {
        "twice": ([("itch >= 8", over(8)), ("itch >= 5", over(5))], all_of),
        "contradiction": ([("rash_spreads", spreads), ("rash_spreads", spreads)],
                          lambda a, b: all_of(a, turned(b))),
        "face": ([("rash_face", all_of(spreads, face)), ("rash_spreads", spreads)], all_of),
        "count": ([("itch >= 3", over(3)), ("elbow = left", left), ("elbow = right", right)],
                  two_of),
        "no_rub": ([("itch > 2", over(3)), ("elbow = left", left), ("at_hand.ice", ice)],
                   lambda a, b, c: all_of(turned(any_of(a, b)), c)),
        "no_two": ([("itch != 4", when(itch, lambda number: number != 4)),
                    ("itch in 3..9", between)], all_of),
        "use_chill": ([("very_itchy", over(8)), ("at_hand.ice", ice)], any_of),
    }


def turns(parts, make):
    """The parts that alone decide, as yes or as no."""
    for i, (text, value) in enumerate(parts):
        outcomes = [make(*[new if j == i else old for j, (_, old) in enumerate(parts)])
                    for new in (False, True)]
        if value is not None and None not in outcomes and outcomes[0] != outcomes[1]:
            yield text, "yes" if value else "no"


def tried_by(person):
    return sorted((rule, text, way) for rule, (parts, make) in rules(*person).items()
                  for text, way in turns(parts, make))


def cell(spreads, face, itch, elbow, things):
    def word(value):
        return "not_sure" if value is None else "yes" if value else "no"
    return (f"rash_spreads={word(spreads)}; rash_face={word(face)}; "
            f"itch={'' if itch is None else itch}; elbow={elbow or ''}; "
            f"at_hand={'' if things is None else things or 'none'}")


def check_alone(scapula, folder):
    """Each of many people as the only case."""
    people = itertools.product((False, True, None), (False, True), (0, 2, 3, 4, 5, 8, 10, None),
                               ("left", "right", None), ("", "ice", "cream", None))
    count = 0
    for spreads, face, itch, elbow, things in list(people)[::5]:
        person = (spreads, face and spreads is True, itch, elbow, things)
        path = os.path.join(folder, "alone.csv")
        with open(path, "w", encoding="utf-8") as file:
            print("id,story,answers,others,expect_level,expect_rules,expect_not_rules,"
                  f"expect_excluded\nx,Somebody,{cell(*person)},unknown,,,,", file=file)
        told = json.loads(subprocess.run(
            [scapula, "test", "--json", "--rules", folder + "/rules", "--data",
             folder + "/data", path], capture_output=True, text=True).stdout)
        left = [(one["rule"], one["part"], one["as"])
                for one in told["coverage"]["undecided_parts"]
                if one["rule"] in rules(*person) and not one["part"].startswith("(")]
        every = sorted((rule, text, way) for rule, (parts, _) in rules(*person).items()
                       for text, _ in parts for way in ("yes", "no"))
        assert sorted(left + tried_by(person)) == every, (person, left, tried_by(person))
        count += 1
    assert count > 100, count


if __name__ == "__main__":
    {
        "alone": check_alone,
        "page": check_page,
        "joined": check_joined,
        "people": write_people,
        "exhausted": check_exhausted,
    }[sys.argv[1]](*sys.argv[2:])
