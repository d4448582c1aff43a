"""One open line to the mail server, one letter after another, without waiting where nothing hangs on the answer.

A server that announces PIPELINING (RFC 2920) gets the envelope of a letter in one packet, and while it still looks at it
the sender notes that the letter before was taken. A text never leaves before that note is written: whatever dies, one
letter at most is in doubt.
"""

import smtplib

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from campaigns.mail import Wire

_TAKEN = {250, 251}
_GO_ON = 354


class Line:
    """announce (may be left out), give, taken: in this order for each letter. After an error: hang_up."""

    def __init__(self, connection):
        self._connection = connection
        self._announced: Wire | None = None
        self._is_given = False  # the text is on its way and its answer not yet read

    def open(self) -> None:
        """Connect unless the line is open; SMTPException or OSError when that cannot be done."""
        self._connection.open()

    def announce(self, wire: Wire) -> None:
        """Ask for the sender and the recipient of the next letter; nothing where the server wants question and answer."""
        if not self._pipelines:
            return
        size = f" SIZE={len(wire.text)}" if self._server.has_extn("size") else ""
        envelope = f"MAIL FROM:<{wire.sender}>{size}\r\nRCPT TO:<{wire.recipient}>\r\nDATA\r\n"
        self._server.send(envelope.encode("ascii"))
        self._announced = wire

    def give(self, wire: Wire, message: EmailMessage) -> None:
        """Send the text of the letter; another way of sending than SMTP takes the message as it is."""
        if self._server is None:
            self._connection.send_messages([message])
        elif not self._pipelines:
            self._server.sendmail(wire.sender, [wire.recipient], wire.text)
        else:
            if self._announced is not wire:
                self.announce(wire)
            _refuse(_answers(self._server), wire)
            self._announced, self._is_given = None, True
            self._server.send(_dotted(wire.text) + b".\r\n")

    def taken(self) -> None:
        """Return when the server has taken the letter given last."""
        if not self._is_given:
            return  # this way of sending answered at once
        self._is_given = False
        code, words = self._server.getreply()
        if code != 250:
            raise smtplib.SMTPDataError(code, words)

    def hang_up(self) -> None:
        """End the line; a letter begun and not given is none, as its text never came."""
        if self._server and (self._announced or self._is_given):
            self._server.close()  # the server waits for a text: a QUIT would be taken for it
        self._announced, self._is_given = None, False
        self._connection.close()

    @property
    def _server(self) -> smtplib.SMTP | None:
        return self._connection.connection if type(self._connection) is EmailBackend else None

    @property
    def _pipelines(self) -> bool:
        return self._server is not None and self._server.has_extn("pipelining")


def _answers(server: smtplib.SMTP) -> list[tuple[int, bytes]]:
    """To MAIL, RCPT and DATA; fewer when the server says that it hangs up."""
    answers = []
    while len(answers) < 3 and not (answers and answers[-1][0] == 421):
        answers.append(server.getreply())
    return answers


def _refuse(answers: list[tuple[int, bytes]], wire: Wire) -> None:
    """Raise what smtplib would raise for the first no; the caller hangs up, so a text still waited for never comes."""
    mail, rcpt, data = [*answers, answers[-1], answers[-1]][:3]
    if mail[0] != 250:
        raise smtplib.SMTPSenderRefused(*mail, wire.sender)
    if rcpt[0] not in _TAKEN:
        raise smtplib.SMTPRecipientsRefused({wire.recipient: rcpt})
    if data[0] != _GO_ON:
        raise smtplib.SMTPDataError(*data)


def _dotted(text: bytes) -> bytes:
    """No line of the text may look like its end (RFC 5321, 4.5.2)."""
    dotted = text.replace(b"\n.", b"\n..")
    return b"." + dotted if dotted.startswith(b".") else dotted
