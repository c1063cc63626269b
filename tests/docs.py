#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the examples of the documents and compares what they show.

docs.py README SCAPULA FILE ...           `$` lines of ```console blocks; the lines of a
                                          ```csv FILE block are pasted at the end of FILE
docs.py json SCAPULA JSON_CALL PACK FILE  ```json requests and `$ scapula` lines,
                                          each answered by the ```json block behind;
                                          a ```csv FILE block is a file, of the pack if
                                          it lies in rules/ or data/

In what a README shows, a line `...` stands for any lines. The lines behind `> ` in
an interview are typed. With ACCEPT=1 the answers of a json document are written anew.
Prints TAP without the plan and without numbers, which the caller adds.
"""
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile


def blocks(text):
    """Each fenced block: its words behind the fence, lines, place of its text."""
    for match in re.finditer(r"^```(\S+)[ ]?(.*?)\n(.*?)^```$", text, re.M | re.S):
        yield match[1], match[2], match[3], match.span(3)


def say(ok, name, notes=""):
    print(("ok - " if ok else "not ok - ") + name.replace("#", "\\#"))
    for line in notes.splitlines()[:40]:
        print("# " + line)


# ---- A README ------------------------------------------------------------------


def examples(text):
    """Each `$ ` line of the console blocks with the lines shown behind it, and each
    block to be pasted, as the name of its file and its lines."""
    for kind, name, body, _ in blocks(text):
        if kind == "csv":
            yield name, None, body
        for part in re.split(r"^\$ ", body, flags=re.M)[1:] if kind == "console" else []:
            command, _, shown = part.partition("\n")
            command = re.sub(r"^\./bootstrap (?!check\b)", "scapula ", command)
            if not command.startswith("./bootstrap"):
                yield None, command, shown


def copy_folder(old, new):
    """A copy that may be written to, wherever it came from: examples change files."""
    shutil.copytree(old, new, copy_function=shutil.copyfile)
    for path, _, _ in os.walk(new):
        os.chmod(path, 0o755)


def paste(path, lines):
    """Puts lines behind those of a file that is there: a pack has all of its files."""
    with open(path, "r+", encoding="utf-8") as file:
        whole = file.read()
        file.write(("" if whole.endswith("\n") else "\n") + lines)


def run(command, shown, folder):
    """What a terminal would show. An interview talks first and says the outcome
    at the end; any other command writes its output and then talks of it."""
    if command.startswith("export "):
        name, _, value = command[7:].partition("=")
        os.environ[name] = value
        return ""
    typed = [line[2:] for line in shown.splitlines() if line.startswith("> ")]
    done = subprocess.run(["sh", "-c", command], cwd=folder, text=True, capture_output=True,
                          input="".join(line + "\n" for line in typed))
    if not command.startswith("scapula ask"):
        return done.stdout + done.stderr
    talk = re.split("^> ", done.stderr, flags=re.M)
    echo = ["> " + line + "\n" for line in typed] + ["> "] * len(talk)
    return talk[0] + "".join(a + b for a, b in zip(echo, talk[1:])) + done.stdout


def fits(shown, got):
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n"
                      for line in shown.splitlines())
    return re.fullmatch(pattern, got) is not None


def check_readme(scapula, paths):
    root = os.path.dirname(os.path.abspath(paths[0]))
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/bin")
        os.symlink(scapula, folder + "/bin/scapula")
        os.environ["PATH"] = folder + "/bin:" + os.environ["PATH"]
        os.mkdir(folder + "/here")
        for name in ("rules", "data"):
            copy_folder(os.path.join(root, name), os.path.join(folder, "here", name))
        for path in paths:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            os.environ.pop("SCAPULA_PACK", None) # what another file has exported
            for name, command, shown in examples(text):
                if name:
                    paste(os.path.join(folder, "here", name), shown)
                    continue
                got = run(command, shown, folder + "/here")
                diff = difflib.unified_diff(shown.splitlines(), got.splitlines(), "shown", "got",
                                            lineterm="")
                ok = fits(shown, got)
                say(ok, command, "" if ok else "\n".join(diff))


# ---- JSON ----------------------------------------------------------------------


def answers(text, scapula, json_call, pack, folder):
    """Each question put to the program, what it says, and where the text has that."""
    folders = [os.path.join(folder, name) for name in ("rules", "data")]
    for name in folders:
        copy_folder(os.path.join(pack, os.path.basename(name)), name)
    ask = None
    for kind, name, body, place in blocks(text):
        if kind == "csv":
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(body)
        elif kind == "console" and body.startswith("$ scapula "):
            ask = shlex.split(body[2:])
            got = subprocess.run([scapula] + ask[1:] + ["--rules", "rules", "--data", "data"],
                                 cwd=folder, text=True, capture_output=True).stdout
        elif kind == "json" and ask is None:
            ask = [" ".join(body.split())]
            got = subprocess.run([json_call] + folders, input=body, text=True,
                                 capture_output=True).stdout
        elif kind == "json":
            yield " ".join(ask), got, place
            ask = None


def check_json(scapula, json_call, pack, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    changes = []
    with tempfile.TemporaryDirectory() as folder:
        for name, got, (start, end) in answers(text, scapula, json_call, pack, folder):
            diff = difflib.unified_diff(text[start:end].splitlines(), got.splitlines(), "shown",
                                        "got", lineterm="")
            say(got == text[start:end], name, "\n".join(diff))
            changes.append((start, end, got))
    if os.environ.get("ACCEPT"):
        for start, end, got in reversed(changes):
            text = text[:start] + got + text[end:]
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    if sys.argv[1] == "json":
        check_json(*sys.argv[2:])
    else:
        check_readme(sys.argv[2], sys.argv[3:])
