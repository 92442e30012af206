"""What a process that answers queries gives up before it sees one: the network, files, new programs.

Each means is taken where the system has it; ``confine`` says which. As far as we know a query cannot ask for any of
these things: this is for what we do not know.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 1, 22, 38, 2
_OPEN_FILES = 1024
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CALLS = {
    "x86_64": (41, 42, 49, 53, 59, 101, 304, 310, 311, 321, 322, 425),
    "aarch64": (198, 203, 200, 199, 221, 117, 265, 270, 271, 280, 281, 425),
}
"""socket, connect, bind, socketpair, execve, ptrace, open_by_handle_at, process_vm_readv, process_vm_writev, bpf,
execveat and io_uring_setup, by their numbers on each kind of machine."""
_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files each version of Landlock knows."""
_CONNECT_TCP = (1 << 0) | (1 << 1)
_WITH_NETWORK = 4


def confine(readable: Path) -> list[str]:
    """Give up everything but reading below ``readable``; the names of the means that this system has."""
    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, _OPEN_FILES)):
        _, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
    means = ["limits"]
    if sys.platform != "linux":
        return means
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # no orphans
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        means.append("network namespace")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return means
    means.append("no new privileges")
    if _landlock(libc, readable):
        means.append("landlock")
    if _seccomp(libc):
        means.append("seccomp")
    return means


def _landlock(libc: ctypes.CDLL, readable: Path) -> bool:
    """Files below ``readable`` can be read and no others; no TCP where the kernel can forbid it."""
    version = libc.syscall(_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    handled = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    rules = struct.pack("=QQ", handled, _CONNECT_TCP) if version >= _WITH_NETWORK else struct.pack("=Q", handled)
    ruleset = libc.syscall(_RULESET, rules, ctypes.c_size_t(len(rules)), 0)
    if ruleset < 0:
        return False
    folder = os.open(readable, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIR, folder)
        added = libc.syscall(_ADD_RULE, ruleset, 1, rule, 0)
        return bool(added == 0 and libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(folder)
        os.close(ruleset)


def _seccomp(libc: ctypes.CDLL) -> bool:
    """The calls of ``_CALLS`` fail with EPERM."""
    machine = platform.machine()
    if machine not in _CALLS:
        return False
    load, equal, above, answer = 0x20, 0x15, 0x35, 0x06
    allow, refuse, end = 0x7FFF0000, 0x00050001, 0x80000000
    calls = _CALLS[machine]
    lines = [(load, 0, 0, 4), (equal, 1, 0, _MACHINES[machine]), (answer, 0, 0, end), (load, 0, 0, 0)]
    lines.append((above, len(calls) + 1, 0, 0x40000000))  # the other numbering of x86_64
    lines += [(equal, len(calls) - n, 0, call) for n, call in enumerate(calls)]
    lines += [(answer, 0, 0, allow), (answer, 0, 0, refuse)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = struct.pack("@HP", len(lines), ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0) == 0)
