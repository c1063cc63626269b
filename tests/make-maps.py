#!/usr/bin/env python3
"""The maps of data/maps/ and a sample export for each, made from the pack.

    make-maps.py FOLDER OUT

reads FOLDER/rules and the people of FOLDER/data/maps/people.csv, who are written as
an intake file has them, and writes what other systems would export of the same people.
"""

import csv
import os
import sys

MAP_COLUMNS = ("column", "question", "values", "between", "blank", "unit", "optional", "note")
UNITS = {"age": "years", "duration_weeks": "weeks", "pregnancy_weeks": "weeks",
         "minutes": "minutes"}
YES_NO = {"yes": "1", "no": "0", "not_sure": "9", "": ""}
WORDS = {"yes": "Yes", "no": "No", "not_sure": "Not sure", "": ""}
NONE_LABEL = "None of these"


def read(path):
    """The rows of a table, by column name."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(out, name, rows, delimiter=","):
    """Rows of cells; the line ends are those of the shipped files."""
    with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


class Question:
    """A question and its choices."""

    def __init__(self, row, lists):
        self.kind, _, name = row["type"].partition(" ")
        self.name, self.label, self.screen = row["name"], row["label"], row["screen"]
        self.choices = lists.get(name, [])

    def taken(self, cell):
        """The choices that a cell names, or None where nothing is known."""
        return None if cell in ("", "not_sure", "unknown") else set(cell.split())


def questions_of(folder):
    """The questions of a pack."""
    lists = {}
    for row in read(os.path.join(folder, "rules", "choices.csv")):
        lists.setdefault(row["list_name"], []).append((row["name"], row["label"]))
    return [Question(row, lists) for row in read(os.path.join(folder, "rules", "questions.csv"))]


def line(column, question, values="", optional="", note=""):
    """A row of a map."""
    name = question.split("/")[0]
    unit = UNITS.get(name, "") if "/" not in question else ""
    return (column, question, values, "", "", unit, optional, note)


def pairs(values):
    """A cell `values`; a value that holds ; or = is put in quotes."""
    return "; ".join('%s=%s' % ('"%s"' % value if set(value) & set(";=") else value, means)
                     for value, means in values)


# ---- REDCap: codes or labels, boxes without a separator

def redcap(questions, people, labels):
    """(map, export) of a REDCap project whose variables are the names of the questions."""
    yes, no = ("Checked", "Unchecked") if labels else ("1", "0")
    answers = WORDS if labels else YES_NO
    rows, header, table = [MAP_COLUMNS], [], [[] for _ in people]

    def column(raw, label, question, values="", note="", cells=None):
        rows.append(line(label if labels else raw, question, values, note=note))
        header.append(label if labels else raw)
        for row, cell in zip(table, cells or [""] * len(people)):
            row.append(cell)

    column("record_id", "Record ID", "id", cells=[person["id"] for person in people])
    column("redcap_survey_identifier", "Survey Identifier", "ignore")
    column("intake_timestamp", "Survey Timestamp", "ignore",
           cells=["2026-03-%02d 09:30:00" % (i + 1) for i in range(len(people))])
    for q in questions:
        cells = [person[q.name] for person in people]
        if q.kind == "yes_no":
            column(q.name, q.label, q.name,
                   pairs((answers[word], word.replace("not_sure", "unknown"))
                         for word in ("yes", "no", "not_sure")),
                   cells=[answers[cell] for cell in cells])
        elif q.kind == "select_one":
            codes = {name: label if labels else str(i + 1)
                     for i, (name, label) in enumerate(q.choices)}
            column(q.name, q.label, q.name, pairs((codes[name], name) for name, _ in q.choices),
                   cells=[codes.get(cell, "") for cell in cells])
        elif q.kind == "select_multiple":
            boxes = [(str(i + 1), name, label) for i, (name, label) in enumerate(q.choices)]
            for code, name, label in boxes + [("0", "none", NONE_LABEL)]:
                ticked = [q.taken(cell) or set() for cell in cells]
                column("%s___%s" % (q.name, code), "%s (choice=%s)" % (q.label, label),
                       "%s/%s" % (q.name, name), "%s=yes; %s=no" % (yes, no),
                       cells=[yes if name in each else no for each in ticked])
        else:
            column(q.name, q.label, q.name, cells=cells)
    column("intake_complete", "Complete?", "ignore",
           cells=["Complete" if labels else "2"] * len(people))
    for raw, label in (("redcap_event_name", "Event Name"),
                       ("redcap_repeat_instrument", "Repeat Instrument"),
                       ("redcap_repeat_instance", "Repeat Instance"),
                       ("redcap_data_access_group", "Data Access Group")):
        rows.append(line(label if labels else raw, "ignore"))
    return rows, [header] + table


# ---- ODK and Kobo: groups before the names, boxes in one cell or one column each

SYSTEM = ("start end today username phonenumber subscriberid simserial "
          "_uuid _submission_time _validation_status _notes _status _submitted_by __version__ "
          "_tags _index SubmissionDate SubmitterID SubmitterName AttachmentsPresent "
          "AttachmentsExpected Status ReviewState DeviceID Edits FormVersion "
          "*/instanceID */instanceName */note_emergency */note_disclaimer").split()


def odk_map(questions):
    """One map for all ways in which ODK Central and Kobo export."""
    rows = [MAP_COLUMNS, line("KEY", "id", optional="yes", note="ODK Central"),
            line("_id", "id", optional="yes", note="Kobo")]
    for q in questions:
        several = q.kind == "select_multiple"
        rows.append(line("*/" + q.name, q.name, optional="yes" if several else "",
                         note="all choices in one cell" if several else ""))
        for name in [name for name, _ in q.choices] + ["none"] if several else []:
            rows.append(line("*/%s/%s" % (q.name, name), "%s/%s" % (q.name, name),
                             optional="yes"))
    return rows + [line(name, "ignore") for name in SYSTEM]


def odk_export(questions, people, group, before, behind, whole, boxes):
    """An export. GROUP joins a group and a name; BOXES are the words for ticked or not."""
    header, table = list(before), [[cell(i) for cell in before.values()] for i in range(len(people))]

    def column(name, cells):
        header.append(name)
        for row, cell in zip(table, cells):
            row.append(cell)

    for q in questions:
        name = group and q.screen and "screen_%s%s%s" % (q.screen, group, q.name) or q.name
        cells = [person[q.name] for person in people]
        if q.kind != "select_multiple" or whole:
            column(name, cells)
        for choice in [name for name, _ in q.choices] + ["none"]:
            if q.kind == "select_multiple" and boxes:
                column("%s/%s" % (name, choice),
                       ["" if q.taken(cell) is None else boxes[choice in q.taken(cell)]
                        for cell in cells])
    for name, cell in behind.items():
        column(name, [cell(i) for i in range(len(people))])
    return [header] + table


def main():
    folder, out = sys.argv[1:3]
    questions = questions_of(folder)
    people = read(os.path.join(folder, "data", "maps", "people.csv"))
    for name, labels in (("redcap-raw", False), ("redcap-labels", True)):
        rows, export = redcap(questions, people, labels)
        write(out, name + ".csv", rows)
        write(out, name + "-sample.csv", export)
    write(out, "odk.csv", odk_map(questions))
    day = {"start": lambda i: "2026-03-%02dT09:30:00.000+00:00" % (i + 1),
           "end": lambda i: "2026-03-%02dT09:41:00.000+00:00" % (i + 1)}
    key = {"_id": lambda i: people[i]["id"], "_uuid": lambda i: "uuid-%d" % i,
           "__version__": lambda i: "v1", "_index": lambda i: str(i + 1)}
    write(out, "odk-kobo-sample.csv",
          odk_export(questions, people, "/", day, key, True, ("0", "1")), ";")
    write(out, "odk-central-sample.csv",
          odk_export(questions, people, "-", {"SubmissionDate": day["end"]},
                     {"meta-instanceID": key["_uuid"], "KEY": key["_id"],
                      "SubmitterName": lambda i: "kiosk", "Status": lambda i: "",
                      "FormVersion": lambda i: "0.2"}, True, None))
    write(out, "odk-split-sample.csv",
          odk_export(questions, people, "", day, key, False, ("False", "True")))


if __name__ == "__main__":
    main()
