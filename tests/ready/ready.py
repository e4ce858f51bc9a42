# SPDX-License-Identifier: MIT
"""Runs a program again and again without binding its libraries again: see ready.c, the module that KARAR_READY names.

Without KARAR_READY (under sanitizers, or outside of the test run), and for what does not fit a packet or a pipe, run() is subprocess.run().
"""
import array
import atexit
import os
import queue
import signal
import socket
import struct
import subprocess

MODULE = os.environ.get("KARAR_READY")
ASKED_MAX = 1 << 16     # bytes, of a packet and of a pipe; ready.c takes twice as much
WORDS_MAX = 2000


class Ready:
    """A program that waits in front of its main()."""

    def __init__(self, program):
        self.socket, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {**os.environ, "LD_PRELOAD": MODULE, "KARAR_READY_SOCKET": str(there.fileno())}
        self.process = subprocess.Popen([program], env=environment, pass_fds=[there.fileno()])
        there.close()

    def answer(self):
        """A number; EOFError if the program is gone."""
        got = self.socket.recv(4)
        if not got:
            raise EOFError("the program that was to be ready is gone")
        return struct.unpack("i", got)[0]

    def run(self, packet, streams, timeout):
        """How the run ended, as subprocess says it; killed if it takes longer."""
        self.socket.sendmsg([packet], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))])
        run = self.answer()
        self.socket.settimeout(timeout)
        try:
            return os.waitstatus_to_exitcode(self.answer())
        except TimeoutError:
            os.kill(run, signal.SIGKILL)
            self.socket.settimeout(None)
            self.answer()
            raise
        finally:
            self.socket.settimeout(None)


_idle = {}      # program: those that wait; as many as ever ran at a time


@atexit.register
def _end():
    for waiting in _idle.values():
        while not waiting.empty():
            ready = waiting.get()
            ready.socket.close()
            ready.process.wait()


def _at_hand(program):
    waiting = _idle.setdefault(program, queue.SimpleQueue())
    try:
        return waiting, waiting.get_nowait()
    except queue.Empty:
        return waiting, Ready(program)


def run(command, stdin=b"", stdout=subprocess.PIPE, env=None, timeout=120):
    """Like subprocess.run() with both outputs kept; stdout may be a file or a number instead."""
    words = [os.fsencode(word) for word in command]
    environment = [os.fsencode(f"{name}={value}") for name, value in (os.environ if env is None else env).items()]
    folder = os.fsencode(os.getcwd())
    packet = b"".join(part + b"\0" for part in (b"%d" % len(words), *words, folder, *environment))
    if not MODULE or len(packet) > ASKED_MAX or len(stdin) > ASKED_MAX or len(words) + len(environment) > WORDS_MAX:
        return subprocess.run(command, input=stdin, stdout=stdout, stderr=subprocess.PIPE, env=env, timeout=timeout, check=False)
    opened = [os.memfd_create("errors")]
    try:
        if stdout == subprocess.PIPE:
            opened.append(os.memfd_create("output"))
            out = opened[1]
        else:
            out = stdout if isinstance(stdout, int) else stdout.fileno()
        if out == subprocess.DEVNULL:
            out = os.open(os.devnull, os.O_WRONLY)
            opened.append(out)
        read, write = os.pipe()
        opened.append(read)
        os.write(write, stdin)      # fits: a pipe holds ASKED_MAX
        os.close(write)
        waiting, ready = _at_hand(command[0])
        code = ready.run(packet, [read, out, opened[0]], timeout)
        waiting.put(ready)
        kept = [os.pread(file, os.fstat(file).st_size, 0) for file in opened[:2 if stdout == subprocess.PIPE else 1]]
        return subprocess.CompletedProcess(command, code, kept[1] if len(kept) > 1 else None, kept[0])
    finally:
        for file in opened:
            os.close(file)
