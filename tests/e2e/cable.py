"""The network between a phone and the program, which a test can cut: bytes carried over a port of its own.

`cut` drops what is open and answers nobody, `swallow` lets requests through and loses the answers (the phone cannot know
whether it was heard), `mend` puts it back. The browser is told nothing: as on a real phone, it still believes to be online.
"""

import contextlib
import socket
import threading

WHOLE, CUT, SWALLOW = "whole", "cut", "swallow"


class Cable:
    """Listens on loopback and carries to `(host, port)`."""

    def __init__(self, host, port):
        self.target, self.state, self.ends = (host, port), WHOLE, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self):
        self._become(CUT)

    def swallow(self):
        self._become(SWALLOW)

    def mend(self):
        self._become(WHOLE)

    def close(self):
        self.cut()
        self.listener.close()

    def _become(self, state):
        self.state = state
        for end in self.ends:
            _drop(end)
        self.ends = []

    def _listen(self):
        with contextlib.suppress(OSError):  # closed at the end of the test
            while True:
                phone, _ = self.listener.accept()
                self._carry(phone)

    def _carry(self, phone):
        if self.state == CUT:
            _drop(phone)
            return
        try:
            server = socket.create_connection(self.target)
        except OSError:
            _drop(phone)
            return
        self.ends += [phone, server]
        threading.Thread(target=_pump, args=(phone, server), daemon=True).start()
        back = _lose if self.state == SWALLOW else _pump
        threading.Thread(target=back, args=(server, phone), daemon=True).start()


def _pump(source, sink):
    with contextlib.suppress(OSError):
        while block := source.recv(65536):
            sink.sendall(block)
    _drop(source)
    _drop(sink)


def _lose(source, sink):
    """The server has answered in full once it has said something; the phone never hears it."""
    with contextlib.suppress(OSError):
        source.recv(65536)
    _drop(sink)


def _drop(end):
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
