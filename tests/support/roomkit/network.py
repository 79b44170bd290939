"""The wire: the command's machine on one end, the internet on the other.

Two network namespaces with a veth pair between them. The room's own one is "the
internet", where the servers are and where faults are made, so that the command sees
exactly what comes over a wire: silence, resets and ICMP, and never a local error.
"""

import socket
import subprocess
import time

# Addresses for documentation (RFC 5737, RFC 3849): none of them is anybody's.
MACHINE = ("203.0.113.5", "2001:db8:113::5")
ROUTER = ("203.0.113.1", "2001:db8:113::1")
HOSTS = {
    "smtp": ("192.0.2.25", "2001:db8:2::25"),
    "imap": ("192.0.2.143", "2001:db8:2::143"),
    "pop": ("192.0.2.110", "2001:db8:2::110"),
    "mx": ("192.0.2.26", "2001:db8:2::26"),
    "accounts": ("198.51.100.84", "2001:db8:51::84"),
    "apis": ("198.51.100.95", "2001:db8:51::95"),
    "check": ("198.51.100.94", "2001:db8:51::94"),
    "portal": ("198.51.100.200", "2001:db8:51::200"),
    "names": ("198.51.100.53", "2001:db8:51::53"),
}
# For how many seconds anything in here is waited for: the machine may be busy.
PATIENCE = 60
# Where a connection ends that nobody is ever to answer.
MUTE_PORT = 9


def run(*command, **more):
    subprocess.run(command, check=True, capture_output=True, **more)


def ip(script):
    """Runs many lines of ip(8) at once, without the cost of a process for each."""
    run("ip", "-batch", "-", input=script.encode())


def inside(room):
    return ["nsenter", f"--net=/proc/{room.machine.pid}/ns/net", "--"]


def lay(room):
    faults = room.options.faults
    # A sleeper holds the machine's namespace open.
    room.machine = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
    wait_for_namespace(room.machine.pid)
    script = ["link set lo up", "link add wire0 type veth peer name net0",
              f"link set net0 netns {room.machine.pid}", "link set wire0 up",
              f"addr add {ROUTER[0]}/24 dev wire0", f"addr add {ROUTER[1]}/64 dev wire0 nodad"]
    for v4, v6 in HOSTS.values():
        script += [f"addr add {v4}/32 dev lo", f"addr add {v6}/128 dev lo"]
    ip("\n".join(script) + "\n")
    script = ["link set lo up"]
    if not faults.has("network:none"):
        if faults.has("ipv6:none"):
            # Before the link comes up, or it gives itself an address.
            script += ["link set net0 addrgenmode none"]
        script += ["link set net0 up"]
        if not faults.has("ipv4:none"):
            script += [f"addr add {MACHINE[0]}/24 dev net0", f"route add default via {ROUTER[0]}"]
        if not faults.has("ipv6:none"):
            script += [f"addr add {MACHINE[1]}/64 dev net0 nodad",
                       f"route add ::/0 via {ROUTER[1]}"]
    run(*inside(room), "ip", "-batch", "-", input="\n".join(script).encode() + b"\n")


def wait_for_namespace(pid):
    own = socket_namespace("self")
    end = time.monotonic() + PATIENCE
    while socket_namespace(pid) == own:
        if time.monotonic() > end:
            raise RuntimeError("no network namespace came")
        time.sleep(0.002)


def socket_namespace(pid):
    import os
    return os.readlink(f"/proc/{pid}/ns/net")


def rules(faults):
    """Yields the rules of the path from the machine to the internet."""
    def tcp(found, verdict):
        if found:
            yield f"tcp dport {{ {', '.join(map(str, sorted(found)))} }} {verdict}"

    if faults.has("network:local"):
        yield "meta l4proto { tcp, udp } drop"
    if faults.has("dns:dead"):
        yield "meta l4proto { tcp, udp } th dport 53 drop"
    if faults.has("dns:closed"):
        yield "udp dport 53 reject with icmpx port-unreachable"
        yield "tcp dport 53 reject with tcp reset"
    if faults.has("ipv6:drop"):
        yield "meta nfproto ipv6 meta l4proto { tcp, udp } drop"
    if faults.has("ipv6:unreachable"):
        yield "meta nfproto ipv6 meta l4proto { tcp, udp } reject with icmpv6 no-route"
    if faults.has("ipv4:drop"):
        yield "meta nfproto ipv4 meta l4proto tcp tcp dport != 53 drop"
    yield from tcp(faults.drop, "drop")
    yield from tcp(faults.refuse, "reject with tcp reset")
    yield from tcp(faults.reset, "tcp flags & psh == psh reject with tcp reset")


def turns(faults):
    """Yields the rules that lead connections elsewhere."""
    for port in sorted(faults.silent):
        yield f"tcp dport {port} redirect to :{MUTE_PORT}"
    for port in sorted(faults.to_web):
        yield f"tcp dport {port} redirect to :80"
    if faults.has("web:portal"):
        yield "tcp dport 80 redirect to :80"


def break_it(room):
    faults = room.options.faults
    filters, redirects = list(rules(faults)), list(turns(faults))
    if redirects:
        # The kernel opens connections to a listener that never takes one up.
        room.mute = socket.create_server(("::", MUTE_PORT), family=socket.AF_INET6,
                                         dualstack_ipv6=True, backlog=512)
    if not filters and not redirects and not faults.has("ipv6:stall"):
        return
    text = ["table inet path {", "chain filter {",
            "type filter hook input priority filter; policy accept;",
            "iifname != wire0 accept", *filters, "}", "chain back {",
            "type filter hook output priority filter; policy accept;",
            *(["oifname wire0 meta nfproto ipv6 meta length > 800 drop"]
              if faults.has("ipv6:stall") else []), "}", "chain turn {",
            "type nat hook prerouting priority dstnat; policy accept;",
            "iifname != wire0 accept", *redirects, "}", "}"]
    run("nft", "-f", "-", input="\n".join(text).encode() + b"\n")
