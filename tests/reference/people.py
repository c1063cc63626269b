"""Random answers for any pack: what a question may legally be answered with.

Numbers are drawn from around the thresholds that the pack compares them with,
because that is where a wrong comparison shows.
"""

import random
from decimal import Decimal

import reference


def numbers_compared(condition, question):
    """The thresholds that a condition holds a question against."""
    if condition[0] in ("compare", "between") and condition[1] == question:
        return {part for part in condition[2:] if isinstance(part, Decimal)}
    found = set()
    for part in reference.parts_of(condition):
        found |= numbers_compared(part, question)
    return found


def limits(question):
    """The constraint of a number question as two numbers."""
    if not question["constraint"]:
        return Decimal(0), Decimal(100)
    low, high = question["constraint"].split("..")
    return Decimal(low), Decimal(high)


def legal_numbers(pack, question):
    """Numbers at, just below and just above every threshold, and the two limits."""
    low, high = limits(question)
    steps = [Decimal(1)]
    if question["kind"] == "decimal":
        steps = [Decimal("0.000001"), Decimal("0.5")]
    found = {low, high}
    for condition in pack.conditions():
        for threshold in numbers_compared(condition, question["name"]):
            found.add(threshold)
            found.update(threshold - step for step in steps)
            found.update(threshold + step for step in steps)
    return sorted(number for number in found if low <= number <= high)


def possible_answers(pack, question):
    """All answers worth trying; of a select_multiple none, each one and all."""
    kind = question["kind"]
    if kind == "yes_no":
        return [False, True]
    if kind in ("integer", "decimal"):
        return legal_numbers(pack, question)
    if kind == "select_one":
        return list(question["choices"])
    if kind == "select_multiple":
        singles = [frozenset([choice]) for choice in question["choices"]]
        everything = frozenset(question["choices"])
        return [frozenset()] + singles + ([everything] if len(singles) > 1 else [])
    return []


class Sampler:
    """Draws random people for one pack."""

    def __init__(self, pack, dice):
        self.pack = pack
        self.dice = dice
        self.options = {name: possible_answers(pack, question)
                        for name, question in pack.questions.items()}

    def answer(self, name):
        """One random legal answer, None for a text question."""
        question = self.pack.questions[name]
        if question["kind"] == "select_multiple":
            return frozenset(choice for choice in question["choices"]
                             if self.dice.random() < 0.5)
        return self.dice.choice(self.options[name]) if self.options[name] else None

    def person(self, blank):
        """Random answers; each is left out with probability `blank`."""
        answers = {}
        for name in self.pack.questions:
            if self.dice.random() >= blank:
                answers[name] = self.answer(name)
        return {name: answer for name, answer in answers.items() if answer is not None}


def cell_of(answer):
    """The plainest spelling of an answer in an intake cell."""
    if answer is None:
        return ""
    if answer is True:
        return "yes"
    if answer is False:
        return "no"
    if isinstance(answer, Decimal):
        return format(answer, "f")
    if isinstance(answer, frozenset):
        return " ".join(sorted(answer)) or "none"
    return answer


def intake_text(pack, people):
    """An intake file of (id, answers) with one column for each question but text ones."""
    names = [name for name, question in pack.questions.items()
             if question["kind"] != "text"]
    lines = [",".join(["id"] + names)]
    for person, answers in people:
        cells = [cell_of(answers.get(name)) for name in names]
        lines.append(",".join([person] + cells))
    return "\n".join(lines) + "\n"


def dice_for(*words):
    """A random generator that depends on nothing but its arguments."""
    return random.Random(" ".join(str(word) for word in words))
