#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "bad-credentials",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 600,
    .title = N_ ("Google did not accept the name and password"),
    .explanation =
      N_ ("Either the address or the password is not right. Mind that the ordinary Google "
          "password never works in a mail program, even when it is typed without a mistake: "
          "it takes an app password, or a sign-in through the browser. App passwords end "
          "when the Google password is changed."),
    .steps = {
      { N_ ("Check that the user name is your full address, such as anna@gmail.com.") },
      { N_ ("Make a new app password: 16 letters that Google shows once. Copy it at "
            "once."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("Put these 16 letters, without the blanks, in place of the password in the mail "
            "program, both for receiving and for sending.") },
      { N_ ("Or set the account up anew with “Sign in with Google” in the browser, if the "
            "mail program can do that.") },
    },
  },
  {
    .id = "app-password-required",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 610,
    .title = N_ ("An app password is needed here"),
    .explanation =
      N_ ("Mail programs cannot sign in with your ordinary Google password. Google makes "
          "app passwords for them: 16 letters, only for mail programs, which you can take "
          "back at any time. Nothing is wrong with your own password; you keep it."),
    .steps = {
      { N_ ("Switch on 2-Step Verification, if it is not on yet: app passwords need it."),
        "https://myaccount.google.com/signinoptions/two-step-verification" },
      { N_ ("Make an app password and copy its 16 letters; Google shows them only once."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("Put these 16 letters, without the blanks, in place of the password in the mail "
            "program, both for receiving and for sending.") },
      { N_ ("Or choose “Sign in with Google” in the browser, if the mail program can do "
            "that.") },
    },
  },
  {
    .id = "web-login-required",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 620,
    .title = N_ ("Google wants to see you in the browser first"),
    .explanation =
      N_ ("Something about this sign-in was new to Google: a new place, a new computer, or "
          "an ordinary password in a mail program. It wants you to sign in once in a web "
          "browser before the mail program may."),
    .steps = {
      { N_ ("Sign in to Gmail in a web browser, on this computer if you can."),
        "https://mail.google.com/" },
      { N_ ("If Google asks whether a sign-in was you, answer “Yes, it was me”."),
        "https://myaccount.google.com/notifications" },
      { N_ ("Then make an app password for the mail program, or sign in to it through the "
            "browser: the ordinary password would be stopped again."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("Try again in the mail program.") },
    },
  },
  {
    .id = "less-secure-blocked",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 615,
    .title = N_ ("Signing in with the ordinary password has ended"),
    .explanation =
      N_ ("The message speaks of “less secure apps”. Google has taken that switch away for "
          "good: for personal accounts in 2022 and for workplaces and schools in 2025. "
          "Guides that tell you to switch it on are out of date. There is a better way, and "
          "it takes a minute."),
    .steps = {
      { N_ ("Choose “Sign in with Google” in the browser, if the mail program can do "
            "that.") },
      { N_ ("Otherwise switch on 2-Step Verification."),
        "https://myaccount.google.com/signinoptions/two-step-verification" },
      { N_ ("Then make an app password, and put its 16 letters in place of the password in "
            "the mail program."),
        "https://myaccount.google.com/apppasswords" },
    },
  },
  {
    .id = "oauth-required",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 625,
    .title = N_ ("This account allows sign-in through the browser only"),
    .explanation =
      N_ ("The organisation that keeps this account lets mail programs in only when you sign "
          "in through Google’s own page in the browser (OAuth). Passwords, and most often "
          "app passwords too, are refused."),
    .named =
      /* Translators: %s is the name of an organisation or its domain. */
      N_ ("%s lets mail programs in only when you sign in through Google’s own page in the "
          "browser (OAuth). Passwords, and most often app passwords too, are refused."),
    .steps = {
      { N_ ("Set the account up anew and choose “Sign in with Google” (OAuth2) as the way "
            "to sign in, for receiving and for sending.") },
      { N_ ("If the mail program cannot do that, use one that can, such as Thunderbird, "
            "Evolution or Geary.") },
      { N_ ("Your administrator can tell you which programs are allowed."),
        "https://support.google.com/a/answer/14114704" },
    },
  },
  {
    .id = "wrong-username",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 605,
    .title = N_ ("The user name is not right"),
    .explanation =
      N_ ("Google does not know the user name that the mail program gave. It has to be the "
          "whole address of the account, not only the part before the @, and not an address "
          "at another provider."),
    .named =
      /* Translators: %s is the user name that was given. */
      N_ ("Google does not know the user name “%s”. It has to be the whole address of the "
          "account, not only the part before the @, and not an address at another "
          "provider."),
    .steps = {
      { N_ ("Set the user name to your full address, such as anna@gmail.com, both for "
            "receiving and for sending.") },
      { N_ ("For a workplace or school account, use that address whole, with its own "
            "domain.") },
      { N_ ("If you are not sure which address it is, look at the top right of Google’s page "
            "when you are signed in."),
        "https://myaccount.google.com/" },
    },
  },
  {
    .id = "auth-missing",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 590,
    .title = N_ ("The mail program did not sign in"),
    .explanation =
      N_ ("Google takes mail for sending only from somebody who has signed in. The mail "
          "program went on without doing so, or with an empty name or password: "
          "“authentication” is switched off in its settings, or the password is missing."),
    .steps = {
      { N_ ("In the settings of the outgoing server, switch authentication on, with your "
            "full address as the user name."),
        "https://support.google.com/mail/?p=WantAuthError" },
      { N_ ("As the password, use an app password; or choose “Sign in with Google” (OAuth2)."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("Check that the encryption is on too: without it most programs do not dare to "
            "sign in.") },
    },
  },
  {
    .id = "auth-mechanism-mismatch",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 607,
    .title = N_ ("Password and way of signing in do not fit together"),
    .explanation =
      N_ ("There are two ways to sign in: with an app password, or with a token that the "
          "browser sign-in hands out (OAuth2). The mail program used the one way with what "
          "belongs to the other, or a way that Google does not have."),
    .steps = {
      { N_ ("With an app password, choose “Normal password” (PLAIN or LOGIN) as the way to "
            "sign in.") },
      { N_ ("With a browser sign-in, choose “OAuth2” (XOAUTH2), and sign in again.") },
      { N_ ("In mbsync, set “AuthMechs LOGIN” for an app password; in other programs look "
            "for “authentication method”.") },
    },
  },
  {
    .id = "imap-disabled",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 595,
    .title = N_ ("IMAP is switched off for this account"),
    .explanation =
      N_ ("Mail programs read mail over IMAP, and this account does not let them. In "
          "personal accounts IMAP is always on since 2025, so this is a workplace or school "
          "account, or the message is an old one."),
    .steps = {
      { N_ ("If the account belongs to a workplace or school, ask the administrator to "
            "allow IMAP."),
        "https://support.google.com/a/answer/105694" },
      { N_ ("If you see an IMAP switch in Gmail’s settings, switch it on and save."),
        "https://mail.google.com/mail/u/0/#settings/fwdandpop" },
      { N_ ("With a personal account, try again: there the switch is gone, and IMAP is "
            "on.") },
    },
  },
};

const BaruaCause *
barua_causes_sign_in (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
