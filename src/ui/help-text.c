#include "config.h"

#include "ui/help-text.h"

#include <glib/gi18n.h>

#define APP_PASSWORDS "https://myaccount.google.com/apppasswords"
#define TWO_STEPS "https://myaccount.google.com/signinoptions/two-step-verification"
#define CLIENTS "https://console.cloud.google.com/auth/clients"
#define CONNECTIONS "https://myaccount.google.com/connections"

static const BaruaHelpTopic BASICS[] = {
  { "need",
    N_ ("What You Need"),
    { N_ (
        "You need your address at Gmail, or at a school or firm whose mail Google keeps, "
        "and one way to sign in: in the browser, with the account that is in this "
        "desktop’s settings, or with an app password."),
      N_ ("The ordinary Google password does not work in mail programs. Google stopped "
          "that, and there is no switch that brings it back. IMAP is always on in "
          "personal accounts; there is nothing to switch on for it."),
      N_ ("Nothing is installed or changed before you have seen what will be done. Every "
          "change can be undone.") },
    NULL },
  { "app-passwords",
    N_ ("App Passwords"),
    { N_ ("An app password is 16 letters that Google makes for one program. It works "
          "without a second step, and can be taken away at any time without changing "
          "your own password."),
      N_ ("To make one, 2-Step Verification must be on. Open the page below, type a name "
          "such as “Barua”, and copy the letters. Paste them as they are: blanks and "
          "dashes are taken out."),
      N_ ("If Google says that the setting is not available: 2-Step Verification is off, "
          "only security keys are used for it, Advanced Protection is on, or the school "
          "or firm does not allow it. Then sign in in the browser."),
      N_ (
        "App passwords end when you change your Google password. Make a new one then.") },
    APP_PASSWORDS },
  { "two-steps",
    N_ ("2-Step Verification"),
    { N_ ("With it, Google asks for a second proof besides the password: a tap on your "
          "phone, a code or a key. App passwords can only be made where it is on.") },
    TWO_STEPS },
  { "browser",
    N_ ("Signing In in the Browser"),
    { N_ (
        "You sign in on Google’s own page, and Google gives this program a key for mail "
        "alone. Your password stays between you and Google."),
      N_ ("Google lets a program do so only with a client id. If this one was made "
          "without, you can make one of your own: on the page below, make a project, add "
          "the app, and create a client of type “Desktop app”. Then type its id and "
          "secret into the preferences."),
      N_ ("Publish the app (“In production”), and leave it unverified. As long as it "
          "stays in “Testing”, the sign-in ends after seven days."),
      N_ ("Google then warns that it has not verified the app. That app is yours: choose "
          "“Advanced”, and go on.") },
    CLIENTS },
};

static const BaruaHelpTopic TROUBLE[] = {
  { "cannot-send",
    N_ ("Mail Cannot Be Sent"),
    { N_ (
        "Choose “Something Does Not Work” on the first page. All of Gmail’s servers are "
        "tried at once, and you are told the one thing that stands in the way."),
      N_ ("If port 587 is blocked where you are and 465 is open, or the other way round, "
          "the open one is used when a mail program is set up, or set up again."),
      N_ ("If the check finds nothing, the fault is in the mail program: choose “Repair "
          "Mail Programs” in the menu. It compares what is set with what Gmail needs."),
      N_ ("Gmail lets a personal account send to 500 people a day. After that it refuses "
          "for up to a day, whatever the program.") },
    NULL },
  { "error-message",
    N_ ("An Error Message"),
    { N_ (
      "Choose “Explain an Error Message” and paste it: the words of a mail program, a "
      "log of any length, or a message that came back. It is read on this computer "
      "and goes nowhere.") },
    NULL },
  { "keyring",
    N_ ("The Keyring"),
    { N_ (
        "Passwords and tokens are kept in the keyring of your desktop, and nowhere else. "
        "It opens when you log in. If it has a password of its own, you are asked for "
        "it."),
      N_ ("If there is none, install GNOME Keyring, KWallet or KeePassXC, and log in "
          "again.") },
    NULL },
  { "helper",
    N_ ("Somebody Who Helps You"),
    { N_ ("“Copy Report” on a diagnosis, or “barua report” in a terminal, gathers all "
          "that a helper needs. There is no password in it, and your address is "
          "masked.") },
    NULL },
};

static const BaruaHelpTopic PROGRAMS[] = {
  { "thunderbird",
    "Thunderbird",
    { N_ ("The account is added to the profile that you use, or to a new one. Close "
          "Thunderbird first. An app password goes into its own encrypted store, so that "
          "it asks nothing; with a sign-in in the browser it asks you once.") },
    NULL },
  { "phone",
    N_ ("Your Phone"),
    { N_ ("Thunderbird for Android and K-9 Mail read the settings from a picture on the "
          "screen: choose “Import settings” there, and scan it. If it holds the app "
          "password, show it to nobody else."),
      N_ ("For an iPhone or iPad, save a profile to a folder, send it to the device, and "
          "open it there.") },
    NULL },
  { "gnome",
    N_ ("Evolution, Geary and GNOME Online Accounts"),
    { N_ (
        "Evolution takes the account while it runs. Geary has to be closed, and signs in "
        "with an app password, or with an account of GNOME Online Accounts."),
      N_ ("An account in GNOME Online Accounts shows up in both by itself.") },
    NULL },
  { "kmail",
    "KMail",
    { N_ ("KMail lets no other program write its settings. Save a sheet with the "
          "settings, or look at them under “Server Settings”, and type them in there. It "
          "keeps the app password in its own wallet.") },
    NULL },
  { "claws",
    "Claws Mail, Sylpheed, Balsa",
    { N_ (
      "Claws Mail fetches through “barua tunnel” and sends with msmtp, since it cannot "
      "ask the keyring. Balsa asks the keyring itself. Sylpheed can keep a password "
      "only in plain text, so it is left to ask you once each time it starts.") },
    NULL },
  { "terminal",
    "mutt, NeoMutt, aerc, himalaya, Alpine",
    { N_ (
      "They ask “barua password” or “barua token” when they start; Alpine reads "
      "through “barua tunnel”. What you have in their files stays, and the account is "
      "added to it.") },
    NULL },
  { "tools",
    "msmtp, mbsync, fetchmail, getmail, OfflineIMAP, git, Emacs",
    { N_ (
      "Each gets an account of its own, with a command that asks the keyring in place "
      "of a password. They work from cron too, as long as you are logged in.") },
    NULL },
  { "relay",
    "Postfix, Exim",
    { N_ ("To send the mail of the whole machine through Gmail, files and commands are "
          "written to a folder. You look at them, and run them as root yourself.") },
    NULL },
};

static const BaruaHelpTopic PRIVACY[] = {
  { "privacy",
    N_ ("Privacy"),
    { N_ ("This program talks to Gmail’s mail servers, to Google’s sign-in, and to one "
          "page of Google’s when the network looks broken. For an address of a domain of "
          "its own it asks the name server who keeps its mail. Nothing else is sent "
          "anywhere, and nobody counts anything."),
      N_ (
        "Connections are always encrypted and certificates are checked before a password "
        "is sent."),
      N_ (
        "To take everything back, sign out: the secrets are forgotten, and access that "
        "was given in the browser is given back. What Google knows of it is on the page "
        "below.") },
    CONNECTIONS },
};

static const BaruaHelpChapter CHAPTERS[] = {
  { N_ ("Getting Started"), BASICS, G_N_ELEMENTS (BASICS) },
  { N_ ("When Something Does Not Work"), TROUBLE, G_N_ELEMENTS (TROUBLE) },
  { N_ ("Mail Programs"), PROGRAMS, G_N_ELEMENTS (PROGRAMS) },
  { N_ ("Privacy"), PRIVACY, G_N_ELEMENTS (PRIVACY) },
};

const BaruaHelpChapter *
barua_help_chapters (gsize *n_chapters)
{
  g_return_val_if_fail (n_chapters != NULL, NULL);

  *n_chapters = G_N_ELEMENTS (CHAPTERS);
  return CHAPTERS;
}
