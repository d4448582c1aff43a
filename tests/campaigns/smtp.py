"""A mail server in a thread that behaves as badly as it is told, by recipient."""

import contextlib
import email
import socketserver
import threading
import time
from email.policy import default as policy


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it accepted in `letters` [(recipient, Message-ID, text)]; `moods` maps a recipient to a mood.

    Moods: "ok", "421", "450", "550" (answer to RCPT), "550 data" (after the text), "silent" (no answer to RCPT),
    "half" (accepts the text, then breaks off in the middle of the answer).
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.moods = {}
        self.letters = []
        self.connections = 0
        self.pipelines = False  # announces that it takes an envelope in one packet (RFC 2920)
        self.delay = 0  # seconds it takes to accept a letter

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """A sender that was killed or hung up is no fault of the server."""


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.say("220 thu")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self.say("221 bye")
                return
            if word == b"EHLO" and self.server.pipelines:
                self.say("250-thu\r\n250-SIZE 10000000\r\n250 PIPELINING")
            elif word == b"RCPT":
                self.recipient = line.split(b"<")[1].split(b">")[0].decode()
                if not self.receive_recipient():
                    return
            elif word == b"DATA":
                self.say("354 go")
                if not self.receive_text():
                    return
            else:
                self.say("250 ok")

    @property
    def mood(self):
        return self.server.moods.get(self.recipient, "ok")

    def receive_recipient(self):
        """False when the server hangs up."""
        if self.mood == "silent":
            self.rfile.read()
            return False
        self.say(f"{self.mood} no" if self.mood in {"421", "450", "550"} else "250 ok")
        return self.mood != "421"

    def receive_text(self):
        text = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # the sender died in mid-letter: nothing was accepted
            text += line
        if self.mood == "550 data":
            self.say("550 no")
            return True
        message = email.message_from_bytes(text, policy=policy)
        time.sleep(self.server.delay)
        self.server.letters.append((self.recipient, message["Message-ID"], message.get_content()))
        if self.mood == "half":
            self.wfile.write(b"2")
            return False
        self.say("250 queued")
        return True

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")


@contextlib.contextmanager
def mail_server():
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
