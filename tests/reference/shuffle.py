#!/usr/bin/env python3
"""The same pack with the rows and columns of every table in another order.

    shuffle.py --seed N RULES DATA OUT

writes OUT/rules and OUT/data.  Line ends, byte order mark, delimiter, blank
lines and unknown columns vary too.  No byte of a decision row may change.
"""

import argparse
import csv
import io
import os
import sys

import people
import reference


def with_notes(dice, header, rows):
    """Columns that are not the program's business, which it has to step over."""
    if dice.random() < 0.3:
        header = header + ["xx_clinic_memo"]
        rows = [row + [dice.choice(("", "ask again", "yes; or no"))] for row in rows]
    if "label" in header and dice.random() < 0.3:
        header = header + ["label::es"]
        rows = [row + ["etiqueta, ¿o no?"] for row in rows]
    return header, rows


def reordered(dice, header, rows):
    """Rows and columns shuffled."""
    rows = list(rows)
    dice.shuffle(rows)
    places = list(range(len(header)))
    dice.shuffle(places)
    return ([header[place] for place in places],
            [[row[place] for place in places] for row in rows])


def rewritten(dice, text):
    """One table in another order and another dress."""
    cells = reference.read_cells(text)
    header, rows = with_notes(dice, cells[0], cells[1:])
    header, rows = reordered(dice, header, rows)
    end = dice.choice(("\n", "\r\n"))
    style = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=dice.choice((",", ";")), lineterminator=end,
                        quoting=style)
    writer.writerow(header)
    for row in rows:
        if dice.random() < 0.05:
            out.write(end)
        writer.writerow(row)
    return dice.choice(("", "\ufeff")) + out.getvalue()


def shuffle(seed, rules, data, out):
    """Both folders of a pack."""
    dice = people.dice_for("shuffle", seed)
    for folder, source, names in (("rules", rules, reference.RULES_FOLDER),
                                  ("data", data, reference.DATA_FOLDER)):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
        for name in names:
            text = rewritten(dice, reference.read_file(os.path.join(source, name + ".csv")))
            path = os.path.join(out, folder, name + ".csv")
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description="shuffle the tables of a pack")
    parser.add_argument("--seed", required=True)
    parser.add_argument("rules")
    parser.add_argument("data")
    parser.add_argument("out")
    options = parser.parse_args()
    shuffle(options.seed, options.rules, options.data, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
