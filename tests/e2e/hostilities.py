"""What hostile servers do, when they do it, and what must be said of it then.

Each row of SAID is tried at every moment of a conversation, on all four ports at once:
every port is judged by itself, so one run shows them all. MOMENTS says how, and there it
has to be said how 587 differs, which talks in the clear first.
"""

import dataclasses

PORTS = (465, 587, 993, 995)

# How long it may take: what is no answer at all is waited for, anything else is not. To
# both comes what a check in front of Gmail takes here, twice.
AT_ONCE, IN_TIME = 7, 30

WRONG, CLOSED, LATE = "wrong-server", "connection-closed", "connection-timeout"
ODD, STRIPPED, BLOCKED = "syntax-error", "starttls-stripped", "port-blocked"
UNKNOWN, BUSY, NAME, SECRET = ("unknown", "temporary-failure", "ehlo-rejected",
                               "bad-credentials")
V6 = "ipv6-broken"


@dataclasses.dataclass(frozen=True)
class Moment:
    """When: the stand-in's bends, "%s" being what is done then; errand: whether it is
    somebody who has signed in before, sends a test message and sets mail programs up."""
    id: str
    bends: tuple
    errand: bool = False


MOMENTS = (
    Moment("greeting", ("mail:spoil=%s@greeting",)),
    Moment("capabilities", ("mail:spoil=%s@capabilities",)),
    Moment("sign-in", ("465:spoil=%s@sign-in", "587:spoil=%s@STARTTLS", "993:spoil=%s@sign-in",
                       "995:spoil=%s@sign-in")),
    Moment("mailbox", ("465:spoil=%s@mailbox", "587:spoil=%s@inside", "993:spoil=%s@goodbye",
                       "995:spoil=%s@mailbox")),
    Moment("goodbye", ("465:spoil=%s@goodbye", "587:spoil=%s@sign-in", "995:spoil=%s@goodbye")),
    Moment("errand", ("465:spoil=%s@DATA", "993:spoil=%s@LIST"), True),
)


@dataclasses.dataclass(frozen=True)
class Hostility:
    """One row.

    id: of the stand-in's switch "spoil"; greeting and so on: the causes at PORTS then, one
    where all share it; goes_on: whether the conversation may; within: seconds.
    """
    id: str
    greeting: object
    capabilities: object
    sign_in: tuple
    mailbox: tuple
    goodbye: tuple
    errand: tuple
    goes_on: bool = False
    within: float = AT_ONCE

    def causes(self, moment):
        causes = getattr(self, moment.id.replace("-", "_"))
        return dict(zip(PORTS, [causes] * 4 if isinstance(causes, str) else causes))


def senseless(name, **other):
    """What no server may say: the conversation ends there."""
    return Hostility(name, **{
        "greeting": WRONG,
        "capabilities": (ODD, STRIPPED, ODD, ODD),
        "sign_in": (UNKNOWN, STRIPPED, UNKNOWN, UNKNOWN),
        "mailbox": (ODD, ODD, "ok", UNKNOWN),
        "goodbye": ("ok", UNKNOWN, "ok", "ok"),
        "errand": (ODD, "ok", "ok", "ok"),
        **other})


def nothing(name, cause, **other):
    """No answer, or none that ends."""
    return Hostility(name, **{
        "greeting": cause, "capabilities": cause, "sign_in": cause,
        "mailbox": (cause, cause, "ok", cause), "goodbye": ("ok", cause, "ok", "ok"),
        "errand": (cause, "ok", "ok", "ok"), **other})


def refused(name, **other):
    return Hostility(name, **{
        "greeting": (WRONG, WRONG, BUSY, BUSY),
        "capabilities": (NAME, NAME, UNKNOWN, "ok"),
        "sign_in": (SECRET, STRIPPED, UNKNOWN, UNKNOWN),
        "mailbox": (SECRET, NAME, "ok", UNKNOWN),
        "goodbye": ("ok", SECRET, "ok", "ok"),
        "errand": (SECRET, "ok", "ok", "ok"), "goes_on": True, **other})


SAID = (
    nothing("silent", LATE, within=IN_TIME),
    nothing("slow-line", LATE, within=IN_TIME),
    nothing("slow-lines", LATE, greeting=(WRONG, WRONG, LATE, ODD),
            sign_in=(UNKNOWN, STRIPPED, LATE, UNKNOWN), mailbox=(LATE, LATE, "ok", "ok"),
            goodbye=("ok", UNKNOWN, "ok", "ok"), errand=(ODD, "ok", "ok", "ok"),
            within=IN_TIME),
    nothing("close", CLOSED),
    nothing("reset", CLOSED, greeting=(CLOSED, BLOCKED, CLOSED, CLOSED),
            capabilities=(CLOSED, BLOCKED, CLOSED, CLOSED),
            sign_in=(CLOSED, BLOCKED, CLOSED, CLOSED)),
    nothing("half", CLOSED),
    senseless("binary"),
    senseless("nul"),
    senseless("bare-cr"),
    senseless("bare-lf"),
    senseless("cr-cr-lf"),
    senseless("endless-line"),
    senseless("endless-lines", greeting=(WRONG, WRONG, ODD, ODD),
              mailbox=(ODD, ODD, "ok", "ok")),
    senseless("literal"),
    senseless("deep"),
    Hostility("early", (WRONG, WRONG, WRONG, "ok"), (ODD, STRIPPED, LATE, LATE),
              ("ok", STRIPPED, LATE, "ok"), (ODD, ODD, "ok", "ok"), ("ok", "ok", "ok", "ok"),
              (ODD, "ok", "ok", "ok"), goes_on=True, within=IN_TIME),
    Hostility("alert", "ok", "ok", "ok", "ok", "ok", "ok", goes_on=True),
    refused("refusal"),
    refused("referral"),
    refused("long"),
)


@dataclasses.dataclass(frozen=True)
class Handshake:
    """One row of what happens where TLS should begin, on all ports at once.

    id: what it is called; bends: options of tests/room; causes: at PORTS; good: whether
    some certificate is in order; within: seconds.
    """
    id: str
    bends: str
    causes: object
    good: bool = False
    within: float = AT_ONCE

    def by_port(self):
        causes = self.causes
        return dict(zip(PORTS, [causes] * 4 if isinstance(causes, str) else causes))


def certificate(name, cause, **other):
    return Handshake(f"certificate {name}", f"--bend mail:certificate={name}", cause, **other)


def handshake(name, *causes, **other):
    return Handshake(f"handshake {name}", f"--bend mail:tls={name}", causes, **other)


TLS = "tls-handshake"
PLAIN = "tls-wrong-mode"
SHAKEN = (
    # They speak in the clear, and then no more: so does IPv6 that swallows large packets.
    handshake("silent", V6, V6, V6, V6, within=IN_TIME),
    handshake("slow", V6, V6, V6, V6, within=IN_TIME),
    handshake("endless", TLS, TLS, TLS, TLS),
    handshake("garbage", PLAIN, STRIPPED, PLAIN, PLAIN),
    handshake("alert", TLS, TLS, TLS, TLS),
    handshake("close", CLOSED, CLOSED, CLOSED, CLOSED),
    handshake("reset", BLOCKED, BLOCKED, BLOCKED, BLOCKED),
    handshake("plain", PLAIN, LATE, PLAIN, PLAIN, within=IN_TIME),
    handshake("1.1", TLS, TLS, TLS, TLS),
    certificate("expired", "tls-expired"),
    certificate("not-yet", "tls-expired"),
    certificate("wrong-name", "tls-hostname"),
    certificate("look-alike", "tls-hostname"),
    certificate("self-signed", "tls-untrusted"),
    certificate("unknown-ca", "tls-intercepted"),
    certificate("evil-names", "tls-intercepted"),
    certificate("client-only", "tls-untrusted"),
    certificate("long-chain", "tls-untrusted", within=IN_TIME),
    certificate("many-names", "ok", good=True),
    Handshake("answer to STARTTLS injected", "--bend 587:starttls=injected",
              ("ok", STRIPPED, "ok", "ok"), True),
    Handshake("no TLS behind STARTTLS", "--bend 587:starttls=plain", ("ok", LATE, "ok", "ok"),
              True, IN_TIME),
    Handshake("STARTTLS hidden", "--bend 587:starttls=missing", ("ok", STRIPPED, "ok", "ok"),
              True),
)
