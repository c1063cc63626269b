# SPDX-License-Identifier: MIT
"""The rules of a pack as one query for DuckDB. Truth is BOOLEAN, unknown is NULL: SQL's
own logic is Kleene's. What several columns need stands in a SELECT below them, so that
it is worked out once. $INTAKE and $OUTPUT stand for the two files."""

UNKNOWN = ("", "unknown", "not_sure", "not sure", "not-sure")


def quoted(names):
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"


def word(name):
    return f"lower(trim({name}, ' \t'))"


def lookup(name, meanings):
    """A cell's word in a list of (word, code): no IN, of which DuckDB would make a join."""
    return f"CASE {word(name)} " + " ".join(f"WHEN '{text}' THEN {code}" for text, code in meanings)


def unknown_as(code):
    return [(text, code) for text in UNKNOWN]


def yes_no(name):
    """A code that is 0 no, 1 unknown, 2 yes, 9 bad; what it means; where it is bad."""
    words = [(text, 0) for text in ("no", "false", "0", "n")]
    words += [(text, 2) for text in ("yes", "true", "1", "y")]
    code = (f"CASE {name} WHEN 'no' THEN 0 WHEN 'yes' THEN 2 ELSE CASE WHEN {name} IS NULL THEN 1\n"
            f"\t\tELSE {lookup(name, words + unknown_as(1))} ELSE 9 END END END")
    return code, f"CASE c_{name} WHEN 0 THEN false WHEN 2 THEN true END", f"c_{name} = 9"


def integer(name, constraint):
    low, _, high = (constraint or "0..999999999").partition("..")
    code = (f"CASE WHEN {name} SIMILAR TO '[0-9]{{1,4}}' THEN CAST({name} AS INTEGER) ELSE CASE\n"
            f"\t\tWHEN {name} IS NULL THEN -1\n"
            f"\t\tWHEN {word(name)} SIMILAR TO '[-+]?[0-9]{{1,9}}([.]0{{1,6}})?'\n"
            f"\t\tTHEN CASE WHEN {name}::DOUBLE < 0 THEN -9 ELSE {name}::DOUBLE::INTEGER END\n"
            f"\t\tELSE {lookup(name, unknown_as(-1))} ELSE -9 END END END")
    return code, f"CASE WHEN c_{name} >= 0 THEN c_{name} END", \
        f"c_{name} < -1 OR c_{name} >= 0 AND c_{name} NOT BETWEEN {low} AND {high}"


def select_one(name, choices):
    words = unknown_as("''") + [(choice, f"'{choice}'") for choice in choices]
    usual = " ".join(f"WHEN '{choice}' THEN '{choice}'" for choice in choices)
    code = (f"CASE {name} {usual} ELSE CASE WHEN {name} IS NULL THEN ''\n"
            f"\t\tELSE {lookup(name, words)} ELSE '?' END END END")
    return code, f"CASE WHEN c_{name} <> '' THEN c_{name} END", f"c_{name} = '?'"


def select_multiple(name, choices):
    """Nothing tests it here, but a thing that is none of the choices spoils the row."""
    one = f"({'|'.join(choices)})"
    code = (f"CASE WHEN regexp_full_match({name}, '{one}( {one})*') THEN 2 ELSE CASE\n"
            f"\t\tWHEN {name} IS NULL THEN 1\n"
            f"\t\tWHEN regexp_full_match({word(name)}, '(none *)+|{one}( +{one})*') THEN 2\n"
            f"\t\tELSE {lookup(name, unknown_as(1))} ELSE 9 END END END")
    return code, None, f"c_{name} = 9"


class Writer:
    """Writes each SELECT in turn; each takes the last one's columns along."""

    def __init__(self, program):
        self.program = program
        self.height = [0] * len(program.steps)
        for number, step in enumerate(program.steps):
            if step[0] != "answer":
                self.height[number] = 1 + max((self.height[part] for part in program.parts(number)),
                                              default=0)

    def value(self, number):
        step = self.program.steps[number]
        return f"a_{step[1]}" if step[0] == "answer" else f"n{number}"

    def step(self, number):
        step = self.program.steps[number]
        kind = step[0]
        if kind == "always":
            return "true"
        if kind == "number":
            tests = [f"a_{step[1]} >= {step[2]}"] if step[2] > -10 ** 9 else []
            tests += [f"a_{step[1]} <= {step[3]}"] if step[3] < 10 ** 9 else []
            return " AND ".join(tests)
        if kind == "choice":
            return f"a_{step[1]} IN {quoted(step[2])}"
        if kind == "not":
            return f"NOT {self.value(step[1])}"
        if kind in ("and", "or"):
            return f" {kind.upper()} ".join(self.value(part) for part in step[1])
        if kind == "at_least":
            return self.at_least(step[1], step[2])
        relevance, answer = self.value(step[1]), self.value(step[2])
        return (f"CASE WHEN NOT {relevance} AND {answer} THEN NULL "
                f"ELSE {relevance} AND {answer} END")

    def at_least(self, count, parts):
        sure = " + ".join(f"coalesce({self.value(part)}, false)::INTEGER" for part in parts)
        may = " + ".join(f"coalesce({self.value(part)}, true)::INTEGER" for part in parts)
        return f"CASE WHEN {sure} >= {count} THEN true WHEN {may} < {count} THEN false END"

    def unknown(self, question):
        flag = self.program.flag_of(question)
        if flag is None:
            return f"a_{question} IS NULL"
        relevance = self.value(self.program.steps[flag][1])
        return f"(a_{question} IS NULL OR a_{question} AND {relevance} IS FALSE)"

    # ---- The SELECTs ---------------------------------------------------------------

    def read(self):
        """What the cells mean: as codes, then as truth; bad rows fall out between."""
        codes, values, bad = ["id"], ["id"], []
        for question in self.program.questions:
            name, choices = question["name"], question["choices"]
            code, value, wrong = {
                "yes_no": lambda: yes_no(name),
                "integer": lambda: integer(name, question["constraint"]),
                "select_one": lambda: select_one(name, choices),
                "select_multiple": lambda: select_multiple(name, choices),
            }[question["kind"]]()
            codes.append(f"{code} AS c_{name}")
            values += [f"{value} AS a_{name}"] if value else []
            bad.append(wrong)
        return ("SELECT " + ",\n\t".join(values) + "\nFROM (SELECT " + ",\n\t".join(codes)
                + f"\nFROM {self.file()})\nWHERE NOT (" + "\n\tOR ".join(bad) + ")")

    def file(self):
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in self.program.columns)
        return (f"read_csv($INTAKE, header = true, delim = ',', quote = '\"', escape = '\"',\n"
                f"\tauto_detect = false, columns = {{{columns}}})")

    def layers(self, query):
        """The steps, those of one height in one SELECT."""
        for height in range(1, max(self.height) + 1):
            steps = [f"{self.step(number)} AS n{number}"
                     for number in range(len(self.height)) if self.height[number] == height]
            query = "SELECT *,\n\t" + ",\n\t".join(steps) + f"\nFROM ({query})"
        return query

    def forced(self):
        ways = [f"WHEN {self.value(rule['step'])} THEN {rule['level']}"
                for rule in self.program.escalations]
        return "CASE " + "\n\t\t".join(ways) + " ELSE 0 END AS forced"

    def opened(self):
        return [f"forced < {rule['level']} AND {self.value(rule['step'])} IS NULL AS o{i}"
                for i, rule in enumerate(self.program.escalations)]

    def level(self):
        by_level = sorted(range(len(self.program.escalations)),
                          key=lambda i: -self.program.escalations[i]["if_unknown"])
        ways = [f"WHEN o{i} THEN {self.program.escalations[i]['if_unknown']}" for i in by_level]
        any_open = " OR ".join(f"o{i}" for i in range(len(by_level)))
        return [f"{any_open} AS open",
                "greatest(forced, CASE " + "\n\t\t".join(ways) + " ELSE 0 END) AS level"]

    def reasons(self):
        places = {rule["id"]: i for i, rule in enumerate(self.program.escalations)}
        ways = []
        for rule, is_open in self.program.reasons():
            holds = f"o{places[rule['id']]}" if is_open else self.value(rule["step"])
            if is_open or rule["level"]:
                ways.append(f"CASE WHEN {holds} THEN '{rule['id']}{'?' if is_open else ''}' END")
        return ("CASE WHEN forced > 0 OR open THEN nullif(concat_ws(';',\n\t\t" +
                ",\n\t\t".join(ways) + "), '') END AS reasons")

    def matters(self, rule):
        """An undecided contraindication that would still take an exercise away."""
        barred = []
        for name in sorted(rule["exercises"]):
            by = [f"{self.value(other['step'])} IS TRUE" for other in self.program.avoidances
                  if name in other["exercises"]]
            barred.append("(" + " OR ".join(by) + ")")
        return (f"CASE WHEN permits AND {self.value(rule['step'])} IS NULL THEN NOT ("
                + (" AND ".join(barred) or "true") + ") ELSE false END")

    def mattering(self):
        permits = [str(i) for i, permits in enumerate(self.program.permits) if permits]
        return [f"level IN ({', '.join(permits)}) AS permits"], \
            [f"{self.matters(rule)} AS x{i}" for i, rule in enumerate(self.program.avoidances)] + \
            [f"CASE WHEN {self.value(rule['step'])} THEN '{rule['id']}' "
             f"WHEN {self.value(rule['step'])} IS NULL THEN '{rule['id']}?' END AS w{i}"
             for i, rule in enumerate(self.program.avoidances)]

    def missing(self):
        marks = [f"o{i}" for i in range(len(self.program.escalations))]
        marks += [f"x{i}" for i in range(len(self.program.avoidances))]
        rules = self.program.escalations + self.program.avoidances
        ways = []
        for question in self.program.missing:
            whose = []
            for mark, rule in zip(marks, rules):
                for asked, path in self.program.asks(rule["step"]):
                    if asked == question:
                        holds = [mark] + [f"{self.value(number)} IS NULL" for number in path]
                        whose.append(" AND ".join(holds))
            ways.append(f"CASE WHEN {self.unknown(question)} AND (\n\t\t\t"
                        + "\n\t\t\tOR ".join(whose) + f") THEN '{question}' END")
        any_mark = " OR ".join(marks)
        return (f"CASE WHEN {any_mark} THEN nullif(concat_ws(';',\n\t\t"
                + ",\n\t\t".join(ways) + "), '') END AS missing")

    def excluded(self):
        program = self.program
        rules = list(enumerate(program.avoidances))
        entries = [("all", [f"w{i}" for i, rule in rules if rule["all"]])]
        entries += [(name, [f"w{i}" for i, rule in rules
                            if name in rule["exercises"] and not rule["all"]])
                    for name in program.exercises]
        ways = [f"'{name}:' || nullif(concat_ws('+', {', '.join(words)}), '')"
                for name, words in entries if words]
        stands = " AND ".join(f"{self.value(rule['step'])} IS FALSE" for rule in program.avoidances)
        return (f"CASE WHEN permits AND NOT ({stands}) THEN nullif(concat_ws(';',\n\t\t"
                + ",\n\t\t".join(ways) + "), '') END AS excluded")

    def whole(self):
        program = self.program
        query = self.layers(self.read())
        permits, mattering = self.mattering()
        for more in ([self.forced()], self.opened(), self.level(), permits, mattering):
            query = "SELECT *,\n\t" + ",\n\t".join(more) + f"\nFROM ({query})"
        names = " ".join(f"WHEN {i} THEN '{name}'" for i, name in enumerate(program.levels))
        query = (f"SELECT CASE WHEN regexp_matches(id, '^[-=+@\t\r]') THEN '''' || id ELSE id END AS id,\n"
                 f"\tCASE level {names} END AS level,\n"
                 f"\tCASE WHEN open THEN 'no' ELSE 'yes' END AS certain,\n\t{self.reasons()},\n"
                 f"\t{self.missing()},\n\tNULL AS routine,\n\t{self.excluded()}\nFROM ({query})")
        return (f"-- Made from the tables of a pack by tests/bench/contestants: not to be edited.\n"
                f"COPY ({query}) TO $OUTPUT (FORMAT csv, HEADER, DELIMITER ',');\n")


def write(program):
    """The whole query."""
    return Writer(program).whole()
