# SPDX-License-Identifier: MIT
"""The rules of a pack as an awk program. Truth is 0 no, 1 unknown, 2 yes: `and` is
the smaller one. What a cell means is looked up by its text, and worked out once."""

READ = """\
# Made from the tables of a pack by tests/bench/contestants: not to be edited.
BEGIN {
	FS = ","
	printf "id,level,certain,reasons,missing,routine,excluded\\n"
}

function die(what) { print "awk: " what > "/dev/stderr"; exit 2 }
function trimmed(text) { gsub(/^[ \\t]+|[ \\t]+$/, "", text); return text }
function word(text) { text = tolower(trimmed(text)); gsub(/[ -]/, "_", text); return text }
function unknown(text) { text = word(text); return text == "" || text == "unknown" || text == "not_sure" }
function spoiled() { bad = 1; return -1 }

function yes_no(text) {
	text = tolower(trimmed(text))
	if (text == "no" || text == "false" || text == "0" || text == "n") return 0
	if (text == "yes" || text == "true" || text == "1" || text == "y") return 2
	return unknown(text) ? 1 : spoiled()
}

# -1 is unknown, and so is a bad number: it spoils the row.
function number(text, low, high) {
	text = trimmed(text)
	if (unknown(text)) return -1
	if (text !~ /^[-+]?[0-9]+([.]0+)?$/ || length(text) > 16) return spoiled()
	return text + 0 >= low && text + 0 <= high ? text + 0 : spoiled()
}

function choice(text, known) {
	text = tolower(trimmed(text))
	if (unknown(text)) return ""
	return index(known, " " text " ") ? text : spoiled()
}

function choices(text, known,    n, i, each, none) {
	text = tolower(trimmed(text))
	if (unknown(text)) return 1
	n = split(text, each, / +/)
	for (i = 1; i <= n; i++)
		if (each[i] == "none") none = 1
		else if (!index(known, " " each[i] " ")) return spoiled()
	return none && n > 1 ? spoiled() : 2
}
"""


def reader(program, question, column):
    """A column's cell, through the cache of that column."""
    low, _, high = (question["constraint"] or "0..999999999").partition("..")
    known = '" ' + " ".join(question["choices"]) + ' "'
    call = {"yes_no": f"yes_no(${column})", "integer": f"number(${column}, {low}, {high})",
            "select_one": f"choice(${column}, {known})",
            "select_multiple": f"choices(${column}, {known})"}[question["kind"]]
    no = f'if (${column} == "no") a{column} = 0; else ' if question["kind"] == "yes_no" else ""
    return (f"\t{no}if (${column} in C{column}) a{column} = C{column}[${column}]\n"
            f"\telse {{ a{column} = {call}; if (!bad) C{column}[${column}] = a{column} }}\n")


class Writer:
    """Writes each part of the program in turn."""

    def __init__(self, program):
        self.program = program
        self.column = {name: f"a{i + 1}" for i, name in enumerate(program.columns)}

    def value(self, number):
        """What says whether a step holds."""
        step = self.program.steps[number]
        return self.column[step[1]] if step[0] == "answer" else f"n{number}"

    def smallest(self, parts, sign):
        result = self.value(parts[0])
        lines = f"t = {result}; "
        for part in parts[1:]:
            lines += f"if ({self.value(part)} {sign} t) t = {self.value(part)}; "
        return lines

    def step(self, number):
        step, at = self.program.steps[number], f"n{number}"
        kind = step[0]
        if kind == "answer":
            return ""
        if kind == "always":
            return f"\t{at} = 2\n"
        if kind == "number":
            a = self.column[step[1]]
            return f"\t{at} = {a} < 0 ? 1 : {a} >= {step[2]} && {a} <= {step[3]} ? 2 : 0\n"
        if kind == "choice":
            a = self.column[step[1]]
            some = " || ".join(f'{a} == "{name}"' for name in step[2])
            return f'\t{at} = {a} == "" ? 1 : {some} ? 2 : 0\n'
        if kind == "not":
            return f"\t{at} = 2 - {self.value(step[1])}\n"
        if kind in ("and", "or"):
            return f"\t{self.smallest(step[1], '<' if kind == 'and' else '>')}{at} = t\n"
        if kind == "at_least":
            sure = " + ".join(f"({self.value(part)} == 2)" for part in step[2])
            may = " + ".join(f"({self.value(part)} > 0)" for part in step[2])
            return f"\t{at} = {sure} >= {step[1]} ? 2 : {may} >= {step[1]} ? 1 : 0\n"
        relevance, answer = self.value(step[1]), self.value(step[2])
        return (f"\tif (!{relevance} && {answer} == 2) {at} = 1\n"
                f"\telse {at} = {relevance} < {answer} ? {relevance} : {answer}\n")

    def unknown(self, question):
        kind = self.program.pack.questions[question]["kind"]
        a = self.column[question]
        if kind != "yes_no":
            return f"{a} < 0" if kind == "integer" else f'{a} == ""'
        flag = self.program.flag_of(question)
        if flag is None:
            return f"{a} == 1"
        relevance = self.value(self.program.steps[flag][1])
        return f"({a} == 1 || !{relevance} && {a} == 2)"

    def ask(self, rule, tabs):
        """Notes what is missing for a rule that matters."""
        lines = ""
        for question, path in self.program.asks(rule["step"]):
            holds = [f"{self.value(number)} == 1" for number in path]
            holds.append(self.unknown(question))
            lines += f"{tabs}if ({' && '.join(holds)}) m_{question} = asked = 1\n"
        return lines

    def level(self):
        rules = self.program.escalations
        any_ = " + ".join(self.value(rule["step"]) for rule in rules)
        lines = f"\tlevel = forced = open = asked = 0\n\tif ({any_}) {{\n"
        for i, rule in enumerate(rules):
            more = "else " if i else ""
            lines += f"\t\t{more}if ({self.value(rule['step'])} == 2) forced = {rule['level']}\n"
        lines += "\t\tlevel = forced\n"
        for i, rule in enumerate(rules):
            lines += (f"\t\tif (o{i} = {self.value(rule['step'])} == 1 && forced < {rule['level']}) {{\n"
                      f"\t\t\topen = 1\n"
                      f"\t\t\tif (level < {rule['if_unknown']}) level = {rule['if_unknown']}\n"
                      f"{self.ask(rule, 3 * chr(9))}\t\t}}\n")
        return lines + "\t}\n"

    def reasons(self):
        lines = '\treasons = ""\n\tif (forced || open) {\n'
        places = {rule["id"]: i for i, rule in enumerate(self.program.escalations)}
        for rule, is_open in self.program.reasons():
            holds = f"o{places[rule['id']]}" if is_open else f"{self.value(rule['step'])} == 2"
            if not is_open and rule["level"] == 0:
                continue
            mark = "?" if is_open else ""
            lines += f'\t\tif ({holds}) reasons = reasons ";{rule["id"]}{mark}"\n'
        return lines + "\t\treasons = substr(reasons, 2)\n\t}\n"

    def excluded(self):
        program = self.program
        least = max(i for i, permits in enumerate(program.permits) if permits)
        sum_ = " + ".join(self.value(rule["step"]) for rule in program.avoidances)
        lines = f'\texcluded = ""\n\tif (level <= {least} && {sum_}) {{\n'
        for i, rule in enumerate(program.avoidances):
            a = self.value(rule["step"])
            lines += f'\t\tx{i} = {a} == 2 ? "+{rule["id"]}" : {a} ? "+{rule["id"]}?" : ""\n'
        for i, rule in enumerate(program.avoidances):
            barred = " && ".join(f"({self.barred(name)})" for name in sorted(rule["exercises"]))
            if rule["exercises"]:
                lines += (f"\t\tif ({self.value(rule['step'])} == 1 && !({barred})) {{\n"
                          f"{self.ask(rule, 3 * chr(9))}\t\t}}\n")
        lines += self.entry("all", [i for i, rule in enumerate(program.avoidances) if rule["all"]])
        for name in program.exercises:
            lines += self.entry(name, [i for i, rule in enumerate(program.avoidances)
                                       if name in rule["exercises"] and not rule["all"]])
        return lines + "\t\texcluded = substr(excluded, 2)\n\t}\n"

    def barred(self, exercise):
        return " || ".join(f"{self.value(rule['step'])} == 2" for rule in self.program.avoidances
                           if exercise in rule["exercises"])

    def entry(self, name, rules):
        if not rules:
            return ""
        text = " ".join(f"x{i}" for i in rules)
        return (f'\t\tif ((t = {text}) != "")\n'
                f'\t\t\texcluded = excluded ";{name}:" substr(t, 2)\n')

    def missing(self):
        lines = '\tmissing = ""\n\tif (asked) {\n'
        for question in self.program.missing:
            lines += (f'\t\tif (m_{question}) {{ missing = missing ";{question}"; '
                      f"m_{question} = 0 }}\n")
        return lines + "\t\tmissing = substr(missing, 2)\n\t}\n"

    def whole(self):
        program = self.program
        header = ",".join(program.columns)
        names = ",".join(program.levels)
        text = READ
        text += f'\nBEGIN {{ split("{names}", names, ","); for (i in names) level_name[i - 1] = names[i] }}\n\n'
        text += f'NR == 1 {{ if ($0 != "{header}") die("it was made for another header"); next }}\n'
        text += '/["\\r]/ { die("it was made for files without quotes") }\n'
        text += f"{{\n\tbad = NF != {len(program.columns)}\n"
        for column, question in enumerate(program.questions):
            text += reader(program, question, column + 2)
        text += "\tif (bad) next\n"
        for number in range(len(program.steps)):
            text += self.step(number)
        text += self.level() + self.reasons() + self.excluded() + self.missing()
        text += ('\tif ($1 !~ /^[0-9A-Za-z]/) die("it was made for plain ids")\n'
                 '\tprint $1 "," level_name[level] (open ? ",no," : ",yes,") reasons "," '
                 'missing ",," excluded\n}\n')
        return text


def write(program):
    """The whole program."""
    return Writer(program).whole()
