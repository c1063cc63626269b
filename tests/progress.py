#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command on a terminal and writes the bytes that it gets, \\r\\n as \\n:
progress.py COLUMNS FILE INTERRUPT COMMAND...

The command is stopped for a moment as soon as it has opened FILE, so that it takes over a
second. With INTERRUPT `yes` somebody types Ctrl-C when the first progress is seen. The exit
code is the command's; of one that a signal ended 128 and its number, as a shell has it.
"""
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
import time

columns, name, interrupt, command = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
pid, terminal = pty.fork()
if not pid:
    time.sleep(0.1)  # the size of the terminal is set by then
    os.execv(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def has_opened(path):
    folder = f"/proc/{pid}/fd"
    try:
        links = [os.readlink(f"{folder}/{each}") for each in os.listdir(folder)]
    except OSError:
        return False
    return os.path.realpath(path) in links


end = time.time() + 30
while not has_opened(name) and time.time() < end:
    time.sleep(0.001)
time.sleep(0.02)
os.kill(pid, signal.SIGSTOP)
time.sleep(1.2)
os.kill(pid, signal.SIGCONT)
screen, typed = [], False
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # the other end is closed
        break
    if not piece:
        break
    screen.append(piece)
    if interrupt == "yes" and not typed and b" rows" in piece:
        typed = True
        os.write(terminal, b"\x03")
status = os.waitpid(pid, 0)[1]
sys.stdout.buffer.write(b"".join(screen).replace(b"\r\n", b"\n"))
sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
