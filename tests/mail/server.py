"""A mail server for the tests: STARTTLS and AUTH are required, every letter that is taken is one line of JSON on standard output.

    python3 server.py CERTIFICATE.pem KEY.pem [refuse:ADDRESS] [defer:ADDRESS]

The first line is its port. Needs aiosmtpd.
"""
import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult


class Letters:
    def __init__(self, refused, deferred):
        self.refused, self.deferred = refused, deferred

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refused:
            return "550 5.1.1 no such user"
        if address == self.deferred:
            self.deferred = None
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        taken = {
            "from": str(letter["From"]),
            "to": str(letter["To"]),
            "rcpt": envelope.rcpt_tos,
            "subject": str(letter["Subject"]),
            "date": str(letter["Date"]),
            "id": str(letter["Message-ID"]),
            "auto": str(letter["Auto-Submitted"]),
            "type": letter.get_content_type(),
            "charset": letter.get_content_charset(),
            "body": letter.get_content(),
            "tls": session.ssl is not None,
            "user": session.auth_data.decode() if session.auth_data else None,
        }
        print(json.dumps(taken), flush=True)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"tonghop" and data.password == b"m\xe1\xba\xadt kh\xe1\xba\xa9u"
    return AuthResult(success=good, auth_data=data.login)


def word(kind):
    return next((a.split(":", 1)[1] for a in sys.argv[3:] if a.startswith(kind + ":")), None)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
loop = asyncio.new_event_loop()
letters = Letters(word("refuse"), word("defer"))


def session():
    return SMTP(
        letters,
        hostname="localhost",
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
        loop=loop,
    )


server = loop.run_until_complete(loop.create_server(session, host="127.0.0.1", port=0))
print(server.sockets[0].getsockname()[1], flush=True)
loop.run_forever()
