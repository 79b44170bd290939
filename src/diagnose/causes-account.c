#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "pop-disabled",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 594,
    .title = N_ ("POP is switched off for this account"),
    .explanation =
      N_ ("The password was right, but Gmail gives mail out over POP only when POP is "
          "switched on in its settings. IMAP, the newer way, needs no switch in personal "
          "accounts."),
    .steps = {
      { N_ ("In Gmail’s settings, under “Forwarding and POP/IMAP”, enable POP and save."),
        "https://mail.google.com/mail/u/0/#settings/fwdandpop" },
      { N_ ("Or set the account up with IMAP in the mail program: imap.gmail.com, port "
            "993.") },
      { N_ ("If the choice is missing, ask the administrator of the account."),
        "https://support.google.com/a/answer/105694" },
    },
  },
  {
    .id = "disabled-by-admin",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 628,
    .title = N_ ("Your organisation does not allow mail programs"),
    .explanation =
      N_ ("The administrator of this workplace or school account has switched off mail "
          "programs (IMAP or POP). You cannot change that yourself, and your password is "
          "not to blame."),
    .named =
      /* Translators: %s is a domain, such as example.edu. */
      N_ ("The administrator of %s has switched off mail programs (IMAP or POP). You cannot "
          "change that yourself, and your password is not to blame."),
    .steps = {
      { N_ ("Ask the administrator to allow IMAP for you, and say which mail program you "
            "want to use."),
        "https://support.google.com/a/answer/105694" },
      { N_ ("Until then, read your mail in the browser."), "https://mail.google.com/" },
    },
  },
  {
    .id = "service-not-enabled",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 627,
    .title = N_ ("There is no Gmail mailbox for this address"),
    .explanation =
      N_ ("The account exists and the sign-in is in order, but Gmail is not part of it: it "
          "was made with an address of another provider, or an organisation has not "
          "switched Gmail on for it."),
    .named =
      /* Translators: %s is the firm or the server that keeps the mail of an address. */
      N_ ("The mail of this address is kept by %s and not by Google, so Gmail’s servers "
          "cannot fetch or send it. Nothing is wrong with the address."),
    .steps = {
      { N_ ("Open Gmail in the browser with this account, to see whether there is a "
            "mailbox."),
        "https://mail.google.com/" },
      { N_ ("If your mail is kept elsewhere, set up that provider’s servers and not "
            "Gmail’s.") },
      { N_ ("In a workplace or school account, ask the administrator to switch Gmail on for "
            "you."),
        "https://support.google.com/a/answer/57919" },
    },
  },
  {
    .id = "child-account",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 626,
    .title = N_ ("A child’s account cannot be used in mail programs"),
    .explanation =
      N_ ("Google lets accounts that parents look after with Family Link into Gmail’s own "
          "app and web page only. Neither a password nor a setting changes that."),
    .steps = {
      { N_ ("Read and write mail of this account in the browser, or in the Gmail app."),
        "https://mail.google.com/" },
      { N_ ("When the child is old enough to look after the account, mail programs work "
            "too."),
        "https://support.google.com/families/answer/7106787" },
    },
  },
  {
    .id = "advanced-protection",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 629,
    .title = N_ ("Advanced Protection lets only chosen programs in"),
    .explanation =
      N_ ("The account is in Google’s Advanced Protection Program, which has no app passwords "
          "and lets only a few mail programs in, with a security key or passkey in the "
          "browser. It guards you well; there is no need to leave it."),
    .steps = {
      { N_ ("Use a mail program that Google allows here, such as Thunderbird for the "
            "desktop, and sign in through the browser."),
        "https://support.google.com/accounts/answer/7539956" },
      { N_ ("Otherwise read this account’s mail in the browser."),
        "https://mail.google.com/" },
    },
  },
  {
    .id = "account-disabled",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 640,
    .title = N_ ("Google has disabled this account"),
    .explanation =
      N_ ("Google, or the organisation that keeps the account, has blocked it. As long as "
          "this lasts no program can sign in or send, with whatever password."),
    .steps = {
      { N_ ("Sign in in the browser: Google says there why, and how to get the account "
            "back."),
        "https://accounts.google.com/" },
      { N_ ("Ask Google to look at it again."),
        "https://support.google.com/accounts/answer/40695" },
      { N_ ("With a workplace or school account, ask the administrator.") },
    },
  },
  {
    .id = "too-many-attempts",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 592,
    .title = N_ ("Too many sign-ins in a short time"),
    .explanation =
      N_ ("Google has stopped answering sign-ins for a while, because too many came, often "
          "from a program somewhere that keeps trying an old password. Each further try "
          "makes the wait longer."),
    .steps = {
      { N_ ("Close every mail program that uses this account, on phones too, and wait an "
            "hour or more.") },
      { N_ ("Then correct the password in each of them before you open it again; it should "
            "be an app password."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("Let them look for mail less often, say every ten minutes.") },
    },
  },
  {
    .id = "too-many-connections",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 450,
    .title = N_ ("Too many connections at once"),
    .explanation =
      N_ ("Gmail allows 15 connections to one account at a time. Each mail program opens "
          "several, on each of your computers and phones, and together they are too many."),
    .steps = {
      { N_ ("Close the mail programs that you do not need, on other devices too, and wait a "
            "few minutes.") },
      { N_ ("In the mail program, set the number of server connections to keep lower, for "
            "example to 2."),
        "https://support.google.com/mail/answer/97150" },
    },
  },
  {
    .id = "bandwidth-exceeded",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 455,
    .title = N_ ("The account has moved too much mail today"),
    .explanation =
      N_ ("Google limits how much mail goes in and out of an account over IMAP and POP in a "
          "day. That much has been reached, as happens when a mail program fetches all "
          "messages for the first time. Nothing is lost."),
    .steps = {
      { N_ ("Wait: the limit ends by itself within 24 hours."),
        "https://support.google.com/a/answer/1071518" },
      { N_ ("Let the mail program fetch fewer messages, for example only those of the last "
            "months, and check less often.") },
      { N_ ("Until then, use Gmail in the browser."), "https://mail.google.com/" },
    },
  },
};

const BaruaCause *
barua_causes_account (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
