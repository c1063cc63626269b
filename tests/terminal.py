#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command on a terminal: terminal.py PLAN ANSWERS COMMAND...

ANSWERS, separated by `/`, are typed one at each prompt; then the input ends. The
screen is written to stdout. With a PLAN other than `-` the command's stdout goes there.
"""
import os
import pty
import sys

plan, answers, command = sys.argv[1], sys.argv[2].split("/"), sys.argv[3:]
pid, terminal = pty.fork()
if not pid:
    if plan != "-":
        os.dup2(os.open(plan, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 1)
    os.execv(command[0], command)
screen, at = b"", 0
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:  # the other end is closed
        break
    if not piece:
        break
    screen += piece
    if screen.endswith(b"> ") and len(screen) > at:
        at = len(screen)
        line = answers.pop(0).encode() + b"\n" if answers else b"\x04"
        at += len(line)
        os.write(terminal, line)
status = os.waitpid(pid, 0)[1]
sys.stdout.write(screen.decode("utf-8", "replace").replace("\r\n", "\n"))
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 99)
