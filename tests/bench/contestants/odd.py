# SPDX-License-Identifier: MIT
"""Writes intakes that nobody would send: odd.py PACK ROWS. Any answer with any other,
many unknown, every spelling, some cells bad: so that no contestant wins by reading or
deciding less than the others. The same number gives the same bytes."""
import random
import sys

import program

UNKNOWN = ["", "", "", "unknown", "not_sure", "Not sure", "NOT-SURE", " unknown "]
SPELT = {"yes": ["yes", "yes", "yes", "YES", "true", "1", "y", " yes", "Y "],
         "no": ["no", "no", "no", "No", "false", "0", "n", "no ", "FALSE"]}
BAD = ["maybe", "yes no", "-", "12x", "?", "-3", "99999", "1e3", "3.5", "none mat"]


def some(dice, question):
    """A good cell, as odd as can be."""
    if dice.random() < 0.25:
        return dice.choice(UNKNOWN)
    if question["kind"] == "yes_no":
        return dice.choice(SPELT[dice.choice(["yes", "no", "no"])])
    if question["kind"] == "integer":
        low, high = map(int, question["constraint"].split(".."))
        number = dice.choice([low, high, dice.randint(low, min(high, 100)), dice.randint(low, min(high, 20))])
        return dice.choice(["%d", "%d", "%d", " %d", "+%d", "%d.0", "0%d", "%d.00 "]) % number
    if question["kind"] == "select_one":
        name = dice.choice(question["choices"])
        return dice.choice([name, name, name.upper(), " " + name])
    taken = [name for name in question["choices"] if dice.random() < 0.5] or ["none"]
    return dice.choice([" ", " ", "  "]).join(taken)


def main():
    pack, rows = program.Program(sys.argv[1]), int(sys.argv[2])
    dice = random.Random(rows)
    print(",".join(pack.columns))
    for number in range(rows):
        cells = [some(dice, question) for question in pack.questions]
        if dice.random() < 0.1:
            cells[dice.randrange(len(cells))] = dice.choice(BAD)
        if dice.random() < 0.3:  # calm people, so that exercises are left out as well
            calm = dice.random() * 0.3
            cells = ["no" if question["kind"] == "yes_no" and dice.random() > calm else cell
                     for question, cell in zip(pack.questions, cells)]
        print(f"odd{number:05}," + ",".join(cells))


if __name__ == "__main__":
    main()
