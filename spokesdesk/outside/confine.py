"""What the process apart may not do: reach the network, start programs, write files, take the memory or the time.

On Linux the kernel sees to it. Windows has no such call for a process without rights; there the half minute and the
caps on sizes hold, and the process has the person's own rights.
"""

import ctypes
import platform
import struct
import sys

MEMORY_BYTES = 3 << 29
CPU_S = 30
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE, _EACCES = 0x7FFF0000, 0x00050000, 13
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
# socket, connect, bind, sendto, execve, execveat, fork, vfork, clone, clone3, ptrace, kill, process_vm_writev and
# io_uring_setup, by their numbers; aarch64 has no fork and vfork. A pair of sockets (asyncio's) leads nowhere.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 44, 59, 322, 57, 58, 56, 435, 101, 62, 311, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 206, 221, 281, 220, 435, 117, 129, 271, 425)),
}


def confine() -> None:
    """Give up, for good, what parsing a file needs not."""
    if sys.platform != "win32":
        _limit()
    if sys.platform == "linux":
        _refuse_calls()


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        lowered = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (lowered, lowered))


def _refuse_calls() -> None:
    """Let the kernel answer some calls with EACCES (seccomp); a machine unknown here is left as it is."""
    if platform.machine() not in _CALLS:
        return
    machine, calls = _CALLS[platform.machine()]
    # A step is an operation, how many steps to leave out when it holds and when not, and a value.
    steps = [
        (_LOAD, 0, 0, 4),  # which machine's calls these are
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _REFUSE | _EACCES),
        (_LOAD, 0, 0, 0),  # the call's number
        (_AT_LEAST, len(calls) + 1, 0, 0x40000000),  # x32: the same calls by other numbers
        *((_EQUAL, len(calls) + 1 - at, 0, call) for at, call in enumerate(calls, start=1)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | _EACCES),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *step) for step in steps))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    program = Program(len(steps), ctypes.addressof(code))
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    system.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
