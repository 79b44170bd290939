"""Thunderbird, unmodified and without a screen, driven over its own door for tests."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys

from client_kit import NAME
from guest import HOME, ROOM, USER, read_secret
from marionette import Marionette

FOLDER = os.path.join(HOME, ".thunderbird")
MODULES = """
  const { MailServices } =
    ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
"""

STATE = MODULES + """
  const { isFirstRun } =
    ChromeUtils.importESModule("resource:///modules/accountcreation/FirstRun.sys.mjs");
  const logins = await Services.logins.getAllLogins();
  return {
    first: isFirstRun(),
    folder: Services.dirsvc.get("ProfD", Ci.nsIFile).path,
    accounts: MailServices.accounts.accounts.map(account => ({
      key: account.key,
      type: account.incomingServer.type,
      host: account.incomingServer.hostName,
      port: account.incomingServer.port,
      socket: account.incomingServer.socketType,
      method: account.incomingServer.authMethod,
      user: account.incomingServer.username,
      identities: account.identities.map(identity => ({
        name: identity.fullName, email: identity.email, copies: identity.doFcc,
        sender: identity.smtpServerKey })) })),
    senders: MailServices.outgoingServer.servers.map(server => ({
      key: server.key, where: server.serverURI.spec, method: server.authMethod })),
    chosen: MailServices.accounts.defaultAccount?.key,
    logins: logins.map(login => [login.origin, login.username, login.password]),
  };
"""

FETCH = MODULES + """
  const server = MailServices.accounts.accounts.map(account => account.incomingServer)
    .find(one => one.username == values[0] && one.type == values[1]);
  let found = [];
  for (let i = 0; i < 300 && !found.includes(values[2]); i++) {
    const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
    if (i % 10 == 0) {
      server.getNewMessages(inbox, null, null);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
    found = [...(inbox?.messages ?? [])].map(message => message.mime2DecodedSubject);
  }
  return found;
"""

SEND = MODULES + """
  const account = MailServices.accounts.accounts
    .find(one => one.incomingServer.username == values[0]);
  const identity = account.defaultIdentity;
  const fields = Cc["@mozilla.org/messengercompose/composefields;1"]
    .createInstance(Ci.nsIMsgCompFields);
  fields.from = MailServices.headerParser.makeMimeHeader(
    [MailServices.headerParser.makeMailboxObject(identity.fullName, identity.email)]);
  fields.to = values[0];
  fields.subject = values[1];
  const send = Cc["@mozilla.org/messengercompose/send;1"].createInstance(Ci.nsIMsgSend);
  return await new Promise(resolve => send.createAndSendMessage(
    null, identity, account.key, fields, false, false, Ci.nsIMsgSend.nsMsgDeliverNow, null,
    "text/plain", "Habari?\\r\\n", null, null, {
      QueryInterface: ChromeUtils.generateQI(["nsIMsgSendListener"]),
      onStartSending() {}, onSendProgress() {}, onStatus() {},
      onGetDraftFolderURI() {}, onSendNotPerformed() {}, onTransportSecurityError() {},
      onStopSending(id, status, message) { resolve([status, message]); },
    }, "", "", Ci.nsIMsgCompType.New));
"""

WINDOWS = """
  return [...Services.wm.getEnumerator(null)].map(window => window.location.href);
"""

ADD_LOGIN = """
  const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
  login.init(values[0], null, values[0], values[1], values[2], "", "");
  await Services.logins.addLoginAsync(login);
"""

PRIMARY = """
  Cc["@mozilla.org/security/internalkeytoken;1"].createInstance(Ci.nsIPKCS11Token)
    .changePassword("", values[0]);
"""


def trust_the_room(system=""):
    """Thunderbird has authorities of its own; an administrator can add to them."""
    settings = f"{system}/etc/thunderbird"
    furnished = os.path.join(ROOM, "thunderbird")
    shutil.copytree(settings, furnished)
    os.makedirs(os.path.join(furnished, "policies"))
    policies = {"Certificates": {"Install": [os.path.join(ROOM, "certificates", "ca.pem")]}}
    path = os.path.join(furnished, "policies", "policies.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"policies": policies}, file)
    subprocess.run(["mount", "--bind", furnished, settings], check=True)


@contextlib.contextmanager
def thunderbird(client):
    """Thunderbird while it runs."""
    command = ["thunderbird", "--headless", "--marionette", "--remote-allow-system-access"]
    with client.running(command) as process:
        door = Marionette()
        try:
            yield door
        finally:
            door.quit()
            process.wait(60)


def tree():
    """All of the profile, to be compared."""
    found = {}
    for folder, _, names in os.walk(HOME):
        if "/.local/" in folder + "/":
            continue
        for name in names:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                with open(path, "rb") as file:
                    found[path] = (os.stat(path).st_mode,
                                   hashlib.sha256(file.read()).hexdigest())
    return found


def differences(before, after):
    return [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]


def leaks(secret):
    """The files of the profile in which a secret stands in the clear."""
    return [path for path in tree() if secret.encode() in open(path, "rb").read()]


def check_state(client, door, accounts, logins, type_="imap"):
    state = door.run(STATE)
    client.say("it is no first start", state["first"])
    client.say("the accounts are there",
               sorted(row["user"] for row in state["accounts"]) != accounts
               and state["accounts"])
    mine = next(row for row in state["accounts"] if row["user"] == USER and row["type"] == type_)
    identity = mine["identities"][0]
    client.say("with the name", identity["name"] != NAME and identity)
    client.say("without a copy of what is sent", identity["copies"])
    stored = sorted(state["logins"])
    client.say("all passwords can be read", stored != sorted(logins) and stored)
    return state


def use(client, door, type_="imap"):
    """Sends and fetches as a person would; sees that nothing is asked."""
    status, message = door.run(SEND, USER, "From Thunderbird")
    client.say("sending works", status and f"{status:x} {message}")
    client.expect_sent("From Thunderbird")
    found = door.run(FETCH, USER, type_, "From Thunderbird")
    client.say("the inbox is fetched", "From Thunderbird" not in found and found)
    login = f"{type_}-login: Info: Login: user=<{USER}>"
    client.say("with the password", not client.logged("dovecot", login) and "not")
    windows = door.run(WINDOWS)
    client.say("no window asks anything",
               *[window for window in windows if "messenger.xhtml" not in window
                 and "hiddenWindow" not in window])


def passwords(incoming="imap://imap.gmail.com"):
    return [[where, USER, read_secret("app-password")]
            for where in (incoming, "smtp://smtp.gmail.com")]


def take_back(client, id_, before):
    done = client.run("undo", id_)
    client.expect("what was done is taken back", done, code=0)
    client.say("and everything is as it was", *differences(before, tree()))


def fresh(client, *words, type_="imap", incoming="imap://imap.gmail.com"):
    if client.lacks("thunderbird"):
        return
    trust_the_room()
    client.sign_in()
    before = tree()
    answer = client.hand_over("thunderbird", *words)
    client.say("no file has the password", *leaks(read_secret("app-password")))
    client.hand_over_again("thunderbird", *words)
    take_back(client, answer["undo"], before)
    client.hand_over("thunderbird", *words)
    with thunderbird(client) as door:
        state = check_state(client, door, ["nobody", USER], passwords(incoming), type_)
        client.say("it is the default", state["chosen"] != "account2" and state)
        use(client, door, type_)
    client.say("it starts with that profile",
               not os.path.isdir(state["folder"]) and state["folder"],
               len([name for name in os.listdir(FOLDER) if "default" in name]) != 1
               and os.listdir(FOLDER))
    client.say("no file has the password afterwards", *leaks(read_secret("app-password")))


def starttls(client):
    """Where port 465 is blocked; that is said at signing in."""
    client.sign_in = lambda: client.run(
        "sign-in", USER, "--app-password", "--name", NAME, "--json",
        stdin=read_secret("app-password"))
    fresh(client)
    text = "".join(open(path, encoding="utf-8").read() for path in tree()
                   if path.endswith("prefs.js"))
    client.say("it sends through port 587", "465" in text and text)


def pop(client):
    fresh(client, "--incoming", "pop", type_="pop3", incoming="mailbox://pop.gmail.com")


PHONE = MODULES + """
  const { QRExport } =
    ChromeUtils.importESModule("moz-src:///comm/mail/modules/QRExport.sys.mjs");
  const account = MailServices.accounts.accounts
    .find(one => one.incomingServer.username == values[0]);
  return QRExport.getQRData(await QRExport.getAccountData(account.key, false), 1, 1);
"""


def android(client):
    """The phone is told what Thunderbird itself would tell it."""
    if client.lacks("thunderbird") or client.lacks("zbarimg"):
        return
    trust_the_room()
    client.sign_in()
    client.hand_over("thunderbird")
    folder = os.path.join(HOME, "phone")
    done = client.run("export", USER, "--to", "thunderbird-android", "--output", folder, "--json")
    client.expect("the QR code is saved", done, code=0)
    client.say("no file has the password", *leaks(read_secret("app-password")))
    picture = next(name for name in os.listdir(folder) if name.endswith(".png"))
    read = client.run_any(["zbarimg", "--quiet", "--raw", os.path.join(folder, picture)])
    with thunderbird(client) as door:
        expected = door.run(PHONE, USER)
    client.say("a camera reads it", json.loads(read.out or "0") != expected and (read, expected))
    done = client.run("export", USER, "--to", "thunderbird-android")
    client.expect("it is shown where no folder is named", done, code=0, says="▄▄▄▄▄ █")


OTHER = MODULES + """
  const account = MailServices.accounts.createAccount();
  account.incomingServer = MailServices.accounts.createIncomingServer(
    "juma@example.org", "mail.example.org", "imap");
  const identity = MailServices.accounts.createIdentity();
  identity.email = "juma@example.org";
  account.addIdentity(identity);
  account.incomingServer.loginAtStartUp = false;
  MailServices.accounts.defaultAccount = account;
  Services.prefs.savePrefFile(null);
"""


def start_before(client, more=""):
    """A person who has used Thunderbird already, with another account."""
    with thunderbird(client) as door:
        door.run(OTHER)
        door.run(ADD_LOGIN, "imap://mail.example.org", "juma@example.org", "another secret")
        if more:
            door.run(PRIMARY, more)


def existing(client):
    if client.lacks("thunderbird"):
        return
    trust_the_room()
    client.sign_in()
    start_before(client)
    before = tree()
    answer = client.hand_over("thunderbird")
    client.say("no file has the password", *leaks(read_secret("app-password")))
    client.hand_over_again("thunderbird")
    take_back(client, answer["undo"], before)
    client.hand_over("thunderbird")
    with thunderbird(client) as door:
        other = ["imap://mail.example.org", "juma@example.org", "another secret"]
        state = check_state(client, door, ["juma@example.org", "nobody", USER],
                            [*passwords(), other])
        chosen = next(row for row in state["accounts"] if row["key"] == state["chosen"])
        client.say("the other account stays the default",
                   chosen["user"] != "juma@example.org" and chosen)
        use(client, door)
    client.say("no file has the password afterwards", *leaks(read_secret("app-password")))


def running(client):
    if client.lacks("thunderbird"):
        return
    client.sign_in()
    start_before(client)
    with thunderbird(client):
        done = client.run("export", USER, "--to", "thunderbird", "--apply", "--json")
        client.say("while it runs nothing is done", done.code == 0 and done,
                   "close" not in (done.out + done.err).lower() and done)
        client.say("and nothing written", *leaks("imap.gmail.com"))


def primary_password(client):
    if client.lacks("thunderbird"):
        return
    client.sign_in()
    start_before(client, "primary secret")
    before = tree()
    client.hand_over("thunderbird", questions=("primary password",))
    changed = [os.path.basename(path) for path in differences(before, tree())
               if ".thunderbird" in path]
    client.say("only the settings are written", changed != ["prefs.js"] and changed)


BROWSER = """#!{python}
import sys, urllib.request
with open({log!r}, "a", encoding="utf-8") as log:
    print(sys.argv[1], file=log)
urllib.request.urlopen(sys.argv[1], timeout=60).read()
"""


def install_browser(client):
    """The person’s browser, in which they consent at once; returns where it notes its visits."""
    visits = os.path.join(ROOM, "log", "browser")
    program = client.write(".local/bin/browser",
                           BROWSER.format(python=sys.executable, log=visits), 0o755)
    client.write(".local/share/applications/browser.desktop",
                 f"[Desktop Entry]\nType=Application\nName=Browser\nExec={program} %u\n"
                 "MimeType=x-scheme-handler/https;x-scheme-handler/http;text/html;\n")
    client.write(".config/mimeapps.list",
                 "[Default Applications]\nx-scheme-handler/https=browser.desktop\n"
                 "x-scheme-handler/http=browser.desktop\ntext/html=browser.desktop\n")
    return visits


def oauth(client):
    """Thunderbird has its own consent to ask for, once, in the browser."""
    if client.lacks("thunderbird"):
        return
    trust_the_room()
    client.sign_in("oauth")
    client.hand_over("thunderbird", questions=("consent",))
    visits = install_browser(client)
    with thunderbird(client) as door:
        state = door.run(STATE)
        mine = next(row for row in state["accounts"] if row["user"] == USER)
        client.say("it signs in with OAuth", mine["method"] != 10 and mine,
                   [row["method"] for row in state["senders"]] != [10] and state["senders"])
        client.say("it is no first start", state["first"])
        use(client, door)
        stored = [row[0] for row in door.run(STATE)["logins"]]
        client.say("it keeps its token", stored != ["oauth://accounts.google.com"] and stored)
    with open(visits, encoding="utf-8") as log:
        asked = log.read().splitlines()
    client.say("it has asked once", len(asked) != 1 and asked)


CASES = [
    ("fresh", "", fresh),
    ("pop", "", pop),
    ("starttls", "--fault refuse:465", starttls),
    ("android", "", android),
    ("existing", "", existing),
    ("running", "", running),
    ("primary-password", "", primary_password),
    ("oauth", "", oauth),
]
