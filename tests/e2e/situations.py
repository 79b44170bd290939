"""The situations of the end-to-end suite: what is bent, and what must be said about it.

Each is a row: an id, the options of tests/room, the root cause, and what differs from
"that cause at every port, an error, nothing else". Where a row has ports, those not
named work.
"""

import dataclasses

PORTS = (465, 587, 993, 995)
SMTP, INCOMING = (465, 587), (993, 995)


@dataclasses.dataclass(frozen=True)
class Situation:
    """One row.

    options: of tests/room; cause: the verdict's; ports: port to cause, where not all share
    the verdict's; severity; warnings: causes; words: of `barua`, after "check"; login:
    mechanism and file of the secret, for the sign-in program; says: what the card holds;
    interrupted: which system calls a signal interrupts, as rooms.interrupting() takes it;
    watched: whether valgrind looks on;
    within: seconds; probes: whether any server is asked at all.
    """
    id: str
    options: str
    cause: str
    ports: dict = None
    severity: str = "error"
    warnings: tuple = ()
    words: str = ""
    login: str = ""
    interrupted: str = ""
    watched: bool = False
    says: str = ""
    within: float = 31
    probes: bool = True
    services: tuple = PORTS

    def __str__(self):
        return self.id

    @property
    def exit(self):
        return 0 if self.cause == "ok" else 1

    def causes(self):
        if self.ports is None:
            return dict.fromkeys(self.services, self.cause)
        return {port: self.ports.get(port, "ok") for port in self.services}


def at(cause, *ports):
    return dict.fromkeys(ports, cause)


def fine(name, options, **more):
    return Situation(name, options, "ok", severity="ok", **more)


def blocked(name, options, port, **more):
    """One of the ports of sending is shut, the other works."""
    other = {465: 587, 587: 465}[port]
    return Situation(name, options, "port-blocked", at("port-blocked", port),
                     severity="warning", says=str(other), **more)


def one(name, options, cause, port, **more):
    return Situation(name, options, cause, at(cause, port), **more)


NETWORK = [
    fine("healthy", "", within=9),
    Situation("no-network", "--fault network:none", "no-network", within=5),
    Situation("nothing-beyond-the-router", "--fault network:local", "dns-failure"),
    Situation("names-dead", "--fault dns:dead", "dns-failure"),
    Situation("names-closed", "--fault dns:closed", "dns-failure"),
    Situation("names-refused", "--fault dns:refused", "dns-failure"),
    Situation("names-fail", "--fault dns:servfail", "dns-failure"),
    Situation("names-denied", "--fault dns:nxdomain", "dns-failure"),
    Situation("names-sunk", "--fault dns:sinkhole", "dns-failure", within=9),
    Situation("names-hijacked", "--fault dns:hijack", "captive-portal",
              says="login.hotel.example"),
    Situation("portal", "--fault web:portal", "captive-portal", says="login.hotel.example"),
    Situation("portal-page", "--fault drop:mail --bend web:portal=200", "captive-portal"),
    Situation("portal-refuses", "--fault refuse:mail --bend web:portal=511", "captive-portal"),
    fine("ipv6-dead", "--fault ipv6:drop", warnings=("ipv6-broken",), within=9),
    fine("ipv6-unreachable", "--fault ipv6:unreachable", warnings=("ipv6-broken",), within=9),
    fine("ipv6-missing", "--fault ipv6:none", within=9),
    fine("ipv4-missing", "--fault ipv4:none", within=9),
    fine("web-closed", "--fault web:closed", within=9),
    blocked("465-dropped", "--fault drop:465", 465),
    blocked("587-dropped", "--fault drop:587", 587),
    blocked("465-refused", "--fault refuse:465", 465, within=9),
    blocked("587-refused", "--fault refuse:587", 587, within=9),
    blocked("465-reset", "--fault reset:465", 465, within=9),
    blocked("587-reset", "--fault reset:587", 587, within=9),
    one("993-dropped", "--fault drop:993", "port-blocked", 993),
    one("995-refused", "--fault refuse:995", "port-blocked", 995, within=9),
    one("993-reset", "--fault reset:993", "port-blocked", 993, within=9),
    Situation("sending-dropped", "--fault drop:465 --fault drop:587", "port-blocked",
              at("port-blocked", *SMTP)),
    Situation("mail-dropped", "--fault drop:mail", "port-blocked"),
    Situation("mail-refused", "--fault refuse:mail", "port-blocked", within=9),
    Situation("mail-reset", "--fault reset:mail", "port-blocked", within=9),
    Situation("ipv6-stalls", "--fault ipv6:stall", "ipv6-broken"),
    Situation("465-refused-clock-ahead", "--fault refuse:465 --fault clock:+3y", "clock-wrong",
              at("port-blocked", 465) | at("clock-wrong", 587, *INCOMING),
              warnings=("port-blocked",), within=9),
    Situation("465-refused-starttls-missing", "--fault refuse:465 --bend 587:starttls=missing",
              "starttls-stripped", at("port-blocked", 465) | at("starttls-stripped", 587),
              warnings=("port-blocked",), within=9),
    Situation("mail-refused-ipv6-dead", "--fault refuse:mail --fault ipv6:drop", "port-blocked"),
    one("995-silent", "--fault silent:995", "connection-timeout", 995),
    one("993-silent-in-tls", "--bend 993:spoil=silent", "connection-timeout", 993),
    one("587-silent", "--bend 587:open=silent", "connection-timeout", 587),
    one("995-closes", "--bend 995:spoil=close", "connection-closed", 995, within=9),
    one("465-resets-in-tls", "--bend 465:spoil=reset@2", "connection-closed", 465, within=9),
    one("995-half-a-greeting", "--bend 995:spoil=half", "connection-closed", 995, within=9),
]

TLS = [
    Situation("certificate-expired", "--bend mail:certificate=expired", "tls-expired"),
    Situation("authority-expired", "--bend mail:certificate=expired-intermediate", "tls-expired"),
    Situation("certificate-ahead", "--bend mail:certificate=not-yet", "tls-expired"),
    Situation("clock-ahead", "--fault clock:+3y", "clock-wrong"),
    Situation("clock-behind", "--fault clock:-10y", "clock-wrong"),
    Situation("certificate-of-another", "--bend mail:certificate=wrong-name", "tls-hostname",
              says="mail.hosting.example"),
    Situation("certificate-looks-alike", "--bend mail:certificate=look-alike", "tls-hostname"),
    Situation("certificate-of-a-sibling", "--bend mail:certificate=sibling", "tls-hostname"),
    Situation("certificate-common-name", "--bend mail:certificate=cn-only", "tls-hostname"),
    Situation("self-signed", "--bend mail:certificate=self-signed", "tls-untrusted"),
    Situation("unknown-authority", "--bend mail:certificate=unknown-ca", "tls-intercepted",
              says="Nobody in Particular"),
    Situation("link-missing", "--bend mail:certificate=missing-intermediate", "tls-untrusted"),
    Situation("not-an-authority", "--bend mail:certificate=not-a-ca", "tls-intercepted"),
    Situation("authority-excludes-gmail", "--bend mail:certificate=excluded", "tls-untrusted"),
    Situation("authority-for-others", "--bend mail:certificate=confined", "tls-untrusted"),
    Situation("anchor-for-others", "--bend mail:certificate=confined-root --trust confined-root",
              "tls-untrusted"),
    Situation("virus-scanner", "--bend mail:certificate=antivirus", "tls-intercepted",
              says="Avast"),
    fine("virus-scanner-trusted", "--bend mail:certificate=antivirus --trust antivirus",
         warnings=("tls-intercepted",), says="Avast"),
    Situation("firm", "--bend mail:certificate=firm", "tls-intercepted", says="Contoso"),
    Situation("evil-issuer", "--bend mail:certificate=evil-names", "tls-intercepted"),
    fine("wildcard", "--bend mail:certificate=wildcard"),
    Situation("no-server-name", "--bend mail:certificate=no-sni", "tls-no-sni"),
    one("one-expired", "--bend 993:certificate=expired", "tls-expired", 993),
    Situation("tls-too-old", "--bend mail:tls=1.1", "tls-handshake"),
    one("handshake-refused", "--bend 993:tls=alert", "tls-handshake", 993),
    one("plain-on-465", "--bend 465:tls=plain", "tls-wrong-mode", 465),
    one("plain-on-995", "--bend 995:tls=plain", "tls-wrong-mode", 995),
    one("garbage-on-993", "--bend 993:tls=garbage", "tls-wrong-mode", 993),
    one("handshake-silent", "--bend 993:tls=silent", "connection-timeout", 993),
    one("starttls-missing", "--bend 587:starttls=missing", "starttls-stripped", 587),
    one("starttls-refused", "--bend 587:starttls=refused", "starttls-stripped", 587),
    one("starttls-temporary", "--bend 587:starttls=temporary", "starttls-stripped", 587),
    one("starttls-injected", "--bend 587:starttls=injected", "starttls-stripped", 587),
    one("starttls-plain", "--bend 587:starttls=plain", "connection-timeout", 587),
    one("starttls-silent", "--bend 587:starttls=silent", "connection-timeout", 587),
    one("starttls-closed", "--bend 587:starttls=close", "connection-closed", 587),
    one("starttls-garbage", "--bend 587:tls=garbage", "starttls-stripped", 587),
]

PROTOCOL = [
    Situation("smtp-busy", "--bend smtp:greeting=busy", "temporary-failure",
              at("temporary-failure", *SMTP)),
    one("imap-busy", "--bend imap:greeting=busy", "temporary-failure", 993),
    one("pop-busy", "--bend pop:greeting=busy", "temporary-failure", 995),
    Situation("smtp-no-service", "--bend smtp:greeting=no-service", "wrong-server",
              at("wrong-server", *SMTP)),
    Situation("hosting-firm", "--bend mail:greeting=hosting", "wrong-server"),
    Situation("hosting-firm-sending",
              "--bend smtp:greeting=hosting --bend smtp:certificate=wrong-name", "wrong-server",
              at("wrong-server", *SMTP), says="mail.hosting.example"),
    Situation("hosting-firm-own-name",
              "--bend mail:greeting=hosting --bend mail:certificate=wrong-name", "wrong-server",
              says="mail.hosting.example"),
    Situation("helo-rejected", "--bend smtp:ehlo=rejected", "ehlo-rejected",
              at("ehlo-rejected", *SMTP)),
    Situation("helo-later", "--bend smtp:ehlo=later", "ehlo-rejected", at("ehlo-rejected", *SMTP)),
    one("preauth", "--bend 993:greeting=preauth", "wrong-server", 993),
    one("binary-greeting", "--bend 995:spoil=binary", "wrong-server", 995),
    one("endless-line", "--bend 993:spoil=endless-line@2", "syntax-error", 993),
    one("endless-lines", "--bend 465:spoil=endless-lines@2", "syntax-error", 465),
    one("gigabyte-literal", "--bend 993:spoil=literal@2", "syntax-error", 993),
    one("bare-line-ends", "--bend 995:spoil=bare-lf@2", "syntax-error", 995),
    fine("drip", "--bend mail:drip=3", within=20),
    fine("slow", "--bend all:delay=400", within=15),
    fine("watched", "", words="--only imap", services=(993,), watched=True),
    fine("interrupted", "", interrupted="1+2"),
    one("interrupted-refused", "--fault refuse:993", "port-blocked", 993, interrupted="2+3"),
    one("evil-words", r"--bend 993:greeting=*\ BYE\ \033]0;x\007\033[31m<b>&amp;</b>",
        "temporary-failure", 993),
]

ADDRESSES = [
    fine("gmail-address", "", words="zoe@gmail.com"),
    fine("googlemail-address", "", words="Zoe@googlemail.com"),
    fine("workspace-address", "", words="zoe@workspace.example"),
    fine("workspace-address-new", "", words="zoe@workspace-new.example"),
    fine("filtered-address", "", words="zoe@filtered.example"),
    Situation("office-address", "", "service-not-enabled", words="zoe@office.example",
              probes=False, says="Microsoft 365"),
    Situation("mailless-address", "", "wrong-username", words="zoe@no-mail.example",
              probes=False),
    Situation("no-such-domain", "", "wrong-username", words="zoe@nowhere.example", probes=False),
    fine("only-imap", "--fault drop:465", words="--only imap", services=(993,), within=9),
    Situation("only-smtp", "--fault drop:465", "port-blocked", at("port-blocked", 465),
              severity="warning", words="--only smtp", services=SMTP, says="587"),
    Situation("hurry", "--fault drop:mail", "port-blocked", words="--timeout 4", within=6),
]

SIGN_IN = [
    fine("app-password", "--bend imap:language=is", login="password app-password"),
    fine("app-password-login", "", login="login app-password"),
    fine("token", "", login="token access-token"),
    fine("token-oauthbearer", "", login="oauthbearer access-token"),
    Situation("main-password", "", "app-password-required", login="password main-password"),
    Situation("main-password-no-second-factor", "--bend account:no-second-factor",
              "app-password-required", login="password main-password"),
    fine("test-message", "--bend imap:language=is", login="password app-password",
         words="send-test", within=6),
    one("test-message-refused", "--bend 465:data=daily-limit", "daily-limit", 465,
        login="password app-password", words="send-test", within=6),
    one("test-message-pop-off", "--bend pop:refuse=pop-disabled", "pop-disabled", 995,
        severity="warning", login="password app-password", words="send-test", within=6),
    one("test-message-lost", "--bend smtp:lose=yes", "unknown", 993, severity="warning",
        login="password app-password", words="send-test"),
    fine("interrupted-sign-in", "", login="password app-password", words="send-test",
         interrupted="1+2"),
    Situation("old-token", "", "oauth-token-expired", login="token old-access-token"),
    Situation("bad-credentials", "--bend mail:refuse=bad-credentials", "bad-credentials",
              login="password app-password"),
    Situation("web-login", "--bend mail:refuse=web-login", "web-login-required",
              login="password app-password"),
    Situation("web-login-old", "--bend mail:refuse=web-login-old", "web-login-required",
              login="password app-password"),
    Situation("hosting-firm-sign-in", "--bend mail:greeting=hosting "
              "--bend mail:mechanisms=PLAIN", "wrong-server", login="password app-password"),
    Situation("too-many-attempts", "--bend mail:refuse=too-many-attempts", "too-many-attempts",
              login="password app-password"),
    one("too-many-connections", "--bend imap:refuse=too-many-connections",
        "too-many-connections", 993, login="password app-password"),
    one("bandwidth", "--bend imap:refuse=bandwidth", "bandwidth-exceeded", 993,
        login="password app-password"),
    Situation("temporary", "--bend mail:refuse=temporary", "temporary-failure",
              login="password app-password"),
    one("imap-off-for-domain", "--bend imap:refuse=domain-disabled", "disabled-by-admin", 993,
        login="password app-password"),
    one("imap-off", "--bend imap:refuse=imap-disabled", "imap-disabled", 993,
        login="password app-password"),
    one("pop-off", "--bend pop:refuse=pop-disabled", "pop-disabled", 995, severity="warning",
        login="password app-password"),
    Situation("pop-off-daily-limit", "--bend pop:refuse=pop-disabled --bend smtp:mail=daily-limit",
              "daily-limit", at("daily-limit", *SMTP) | at("pop-disabled", 995),
              warnings=("pop-disabled",), login="password app-password"),
    one("child", "--bend imap:refuse=child", "child-account", 993, login="password app-password"),
    Situation("account-disabled", "--bend mail:refuse=account-disabled", "account-disabled",
              login="password app-password"),
    Situation("tokens-only", "--bend mail:mechanisms=XOAUTH2 --bend imap:logindisabled",
              "oauth-required", login="plain app-password"),
    Situation("challenges-without-end", "--bend mail:challenge=endless", "unknown",
              login="plain app-password"),
    Situation("unknown-words", "--bend mail:refuse=unknown-words", "unknown",
              login="password app-password", says="moon"),
    Situation("daily-limit", "--bend smtp:mail=daily-limit", "daily-limit",
              at("daily-limit", *SMTP), login="password app-password"),
    Situation("relay-denied", "--bend smtp:rcpt=relay-denied", "relay-denied",
              at("relay-denied", *SMTP), login="password app-password"),
    Situation("mailbox-full", "--bend smtp:rcpt=mailbox-full", "mailbox-full",
              at("mailbox-full", *SMTP), login="password app-password"),
    Situation("sending-syntax", "--bend smtp:mail=syntax", "syntax-error",
              at("syntax-error", *SMTP), login="password app-password"),
    Situation("sending-problem", "--bend smtp:rcpt=system-problem", "temporary-failure",
              at("temporary-failure", *SMTP), login="password app-password"),
]

REAL = [
    fine("real-healthy", "--servers real", within=5),
    fine("real-app-password", "--servers real", login="password app-password"),
    fine("real-test-message", "--servers real", login="password app-password",
         words="send-test", within=15),
    fine("real-token", "--servers real", login="token access-token"),
    Situation("real-wrong-password", "--servers real", "app-password-required",
              login="password main-password"),
    blocked("real-465-dropped", "--servers real --fault drop:465", 465),
]

ALL = NETWORK + TLS + PROTOCOL + ADDRESSES + SIGN_IN + REAL
assert len({row.id for row in ALL}) == len(ALL)

# What an ordinary user's namespaces can do, by one row for each kind of fault.
FOR_ALL = {"healthy", "no-network", "names-dead", "names-denied", "portal", "ipv6-dead",
           "587-refused", "993-reset", "mail-refused", "995-silent", "certificate-expired",
           "clock-ahead", "virus-scanner", "tls-too-old", "starttls-injected",
           "workspace-address", "app-password"}
GROUPS = {
    "network": NETWORK,
    "tls": TLS,
    "protocol": PROTOCOL,
    "addresses": ADDRESSES,
    "sign-in": SIGN_IN,
    "real": REAL,
    "ordinary": [row for row in ALL if row.id in FOR_ALL],
}
