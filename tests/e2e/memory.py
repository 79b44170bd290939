"""Searches the memory of a running program for what ought to be gone from it."""

import base64
import re

# So many bytes of a secret in a row tell of it; what is freed loses its first bytes.
PIECE = 8
RUNS = "0123456789abcdefghijklmnopqrstuvwxyz"
LINE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$")
# How all tokens begin, and so no secret.
BEGINNING = re.compile(r"^(ya29\.|1//|4/0)(room)?")
BLOCK, OVERLAP = 1 << 16, 256


def coded(secret, before):
    """What that is in base64 behind so many other bytes: what tells of nothing else."""
    text = base64.b64encode(b"\0" * before + secret.encode()).decode()
    return text[(before + 2) // 3 * 4:(before + len(secret)) // 3 * 4].encode()


def forms(secret):
    """Each way in which a program could hold it, with a name."""
    yield "as it is", secret.encode()
    if len(secret) == 16:
        groups = [secret[i:i + 4] for i in range(0, 16, 4)]
        yield "in groups", " ".join(groups).encode()
        yield "with dashes", "-".join(groups).encode()
    # Behind a name, “auth=Bearer ”, or nothing: there are three ways to fall.
    for before in range(3):
        yield "base64", coded(secret, before)
    yield "UTF-16", secret.encode("utf-16-le")
    yield "UTF-32", secret.encode("utf-32-le")


def pieces(secrets):
    """What to look for, and the form of which it is a part."""
    found = {}
    for secret in secrets:
        for name, form in forms(BEGINNING.sub("", secret)):
            width = PIECE * {"UTF-16": 2, "UTF-32": 4}.get(name, 1)
            for start in range(0, len(form) - width + 1, width // 2):
                piece = form[start:start + width]
                if piece.decode("latin-1").replace("\0", "") not in RUNS:
                    found.setdefault(piece, name)
    return found


def regions(pid):
    """All that it can have written to; the rest is files, as they are."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        for line in maps:
            first, last, rights, name = LINE.match(line).groups()
            if "r" in rights and ("w" in rights or not name):
                yield int(first, 16), int(last, 16), name or "no file"


def blocks(pid):
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for first, last, name in regions(pid):
            for start in range(first, last, BLOCK):
                memory.seek(start)
                try:
                    block = memory.read(min(BLOCK + OVERLAP, last - start))
                except OSError:
                    continue
                if block.count(0) != len(block):
                    yield start, name, block


def search(pid, secrets):
    """All places: [(form, region, address, what stands there)], the first of each block."""
    known = pieces(secrets)
    pattern = re.compile(b"|".join(map(re.escape, known)))
    found = []
    for start, name, block in blocks(pid):
        match = pattern.search(block)
        if match:
            around = block[max(0, match.start() - 32):match.end() + 32]
            found.append((known[match.group()], name, hex(start + match.start()), around))
    return found


def obstacle(pid):
    """Why the memory of that process cannot be judged; nothing if it can."""
    try:
        with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
            if "libasan" in maps.read():
                return "the sanitizer keeps what is freed"
        with open(f"/proc/{pid}/mem", "rb"):
            return None
    except PermissionError:
        return "only root may look into it"
