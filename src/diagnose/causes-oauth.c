#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "oauth-token-expired",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 580,
    .title = N_ ("The sign-in through the browser has run out"),
    .explanation =
      N_ ("With a browser sign-in the mail program shows Google a pass (token) that is valid "
          "for an hour, and fetches a new one by itself. It showed one that is no longer "
          "valid, or that is made out to another account."),
    .steps = {
      { N_ ("Close the mail program and open it again, so that it fetches a new pass.") },
      { N_ ("If that does not help, sign in through the browser once more, with the very "
            "address that stands in the mail program.") },
      { N_ ("Check that this computer’s date and time are right.") },
    },
  },
  {
    .id = "oauth-token-revoked",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 585,
    .title = N_ ("You need to sign in through the browser again"),
    .explanation =
      N_ ("The permission that you once gave the mail program has ended. That happens when "
          "the Google password is changed, when access is taken back, after half a year "
          "without use, and after seven days with a program that is still being tested."),
    .steps = {
      { N_ ("In the mail program, remove the stored sign-in and sign in through the browser "
            "again.") },
      { N_ ("See which programs have access to your account."),
        "https://myaccount.google.com/connections" },
      { N_ ("If it ends every week: the program’s maker (you, if you made the Google client "
            "yourself) has to publish the app in the Google Cloud console."),
        "https://console.cloud.google.com/auth/audience" },
    },
  },
  {
    .id = "oauth-scope-missing",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 582,
    .title = N_ ("The program may not use your mail"),
    .explanation =
      N_ ("The sign-in worked, but the permission to read, compose and send mail was not "
          "given, or the program did not ask for it. Mail programs need all of it; a smaller "
          "one, such as only sending, is not enough."),
    .steps = {
      { N_ ("Take the program’s access back."), "https://myaccount.google.com/connections" },
      { N_ ("Sign in through the browser again, and leave the box “Read, compose, send and "
            "permanently delete all your email from Gmail” ticked.") },
      { N_ ("If you made the Google client yourself, add the scope https://mail.google.com/ "
            "to it."),
        "https://console.cloud.google.com/auth/scopes" },
    },
  },
  {
    .id = "oauth-client-invalid",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 588,
    .title = N_ ("Google does not accept this program’s registration"),
    .explanation =
      N_ ("Every program that signs in through the browser is registered at Google by its "
          "maker. This registration was not found, is switched off, or does not fit the way "
          "the program asks. It has nothing to do with your account or password."),
    .steps = {
      { N_ ("Update the mail program: its makers may have registered it anew.") },
      { N_ ("If you made the Google client yourself, check its id and secret, and that its "
            "type is “Desktop app”."),
        "https://console.cloud.google.com/auth/clients" },
      { N_ ("Otherwise use an app password with this program."),
        "https://myaccount.google.com/apppasswords" },
    },
  },
  {
    .id = "oauth-app-unverified",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 587,
    .title = N_ ("Google has not verified this program yet"),
    .explanation =
      N_ ("The program’s registration at Google is still being tested or has not been "
          "reviewed. Only people on its maker’s list can sign in with it."),
    .steps = {
      { N_ ("If you made the Google client yourself, publish it, or add your own address to "
            "its test users."),
        "https://console.cloud.google.com/auth/audience" },
      { N_ ("Otherwise ask the program’s maker, or use an app password with it."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("Go past a warning of Google’s only if you know and trust who made the "
            "program.") },
    },
  },
  {
    .id = "oauth-blocked-by-admin",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 589,
    .title = N_ ("Your organisation does not allow this program"),
    .explanation =
      N_ ("The administrator of this workplace or school account decides which programs may "
          "sign in, and this one is not among them. You cannot change that yourself."),
    .named =
      /* Translators: %s is a domain or an organisation, such as example.edu. */
      N_ ("The administrator of %s decides which programs may sign in, and this one is not "
          "among them. You cannot change that yourself."),
    .steps = {
      { N_ ("Check that you chose the right account in the browser, if you have several.") },
      { N_ ("Ask the administrator to trust this mail program."),
        "https://support.google.com/a/answer/7281227" },
      { N_ ("Ask whether another mail program is allowed; until then, use the browser."),
        "https://mail.google.com/" },
    },
  },
  {
    .id = "oauth-user-denied",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 470,
    .title = N_ ("The sign-in was cancelled in the browser"),
    .explanation =
      N_ ("On Google’s page the permission was not given: “Cancel” was chosen or the page was "
          "closed. Nothing was changed. A program that Google does not let you use can look "
          "the same."),
    .steps = {
      { N_ ("Start the sign-in again and choose “Allow” or “Continue” on Google’s page.") },
      { N_ ("If you would rather not, use an app password."),
        "https://myaccount.google.com/apppasswords" },
    },
  },
  {
    .id = "oauth-bad-sasl-string",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 581,
    .title = N_ ("The program garbled its sign-in"),
    .explanation =
      N_ ("With a browser sign-in the mail program has to put your address and its pass "
          "(token) together in a fixed form. What it sent did not have that form, so Google "
          "could not even look at it."),
    .steps = {
      { N_ ("Update the mail program and the part of it that signs in (a plug-in or "
            "script).") },
      { N_ ("If you made the script yourself, build the text anew: “user=” and the address, "
            "then “auth=Bearer ” and the token, each ended by the character Control-A, and "
            "one more Control-A at the end, all in base64 on one line."),
        "https://developers.google.com/workspace/gmail/imap/xoauth2-protocol" },
      { N_ ("Otherwise use an app password."),
        "https://myaccount.google.com/apppasswords" },
    },
  },
};

const BaruaCause *
barua_causes_oauth (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
