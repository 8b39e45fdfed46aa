"""Addresses to listen on: whether one can be had now, and which setting to mend where it can't."""

import errno
import os
import socket

from liandong.errors import SuiteError

PORTS_FAULT = frozenset({errno.EADDRINUSE, errno.EACCES})  # any other lies with the host


def try_listening(host: str, port: int, told_by: str = "LIANDONG_PORT") -> None:
    """Raises SuiteError where nobody can listen there now. `told_by`: what the port was given with."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        socket.create_server(place[:2], family=family).close()
    except OSError as failed:
        raise cannot_listen(host, port, failed, told_by) from failed


def cannot_listen(host: str, port: int, failed: OSError, told_by: str = "LIANDONG_PORT") -> SuiteError:
    """What to tell of it, with the setting that is to blame."""
    number = failed.errno or 0
    mend = f"{told_by} to another port" if number in PORTS_FAULT else "LIANDONG_HOST to an address of this machine"
    why = os.strerror(number) if number > 0 else failed.args[-1]  # below 0 are those of names
    return SuiteError(f"cannot listen on {host}:{port}: {why}; set {mend}")
