"""How much processor time "barua explain" takes for a long log of a program to which all but
the last message was sent well, and how much memory, against grep for a few words."""

import tempfile

import kit

HEALTHY = ("Nov 22 06:00:00 desk msmtp[812]: host=smtp.gmail.com tls=on auth=on "
           "user=zoe@gmail.com from=zoe@gmail.com recipients=juma@example.org "
           "mailsize=2104 smtpstatus=250 smtpmsg='250 2.0.0 OK gsmtp' exitcode=EX_OK\n")
LAST = ("Nov 22 06:10:00 desk msmtp[812]: smtpstatus=535 smtpmsg='535-5.7.8 Username and "
        "Password not accepted' exitcode=EX_NOPERM\n")
WORDS = "not accepted|denied|refused|timed out|535|534|421|454|invalid_grant"


def write_log(path, size):
    with open(path, "w", encoding="ascii") as log:
        for _ in range(size * 1024 * 1024 // len(HEALTHY)):
            log.write(HEALTHY)
        log.write(LAST)


def measure(programs, short):
    size = 4 if short else 100
    ways = {"barua": [programs.barua, "explain", "--json"], "grep": ["grep", "-ciE", WORDS]}
    answers = {"barua": b'"bad-credentials"', "grep": b"1\n"}
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        write_log(log.name, size)

        def work(name):
            with open(log.name, "rb") as text:
                taken = kit.run(programs, ways[name], stdin=text)
            assert answers[name] in taken.answer, (name, taken)
            return taken

        seen = kit.by_turns(ways, 1 if short else 9, work)
    yield kit.Row(f"explain, {size} MB", "grep -ciE", kit.medians(seen["barua"], "processor"),
                  kit.medians(seen["grep"], "processor"))
