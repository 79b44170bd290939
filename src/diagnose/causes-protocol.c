#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "ehlo-rejected",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 650,
    .title = N_ ("Google did not like how the program introduced itself"),
    .explanation =
      N_ ("At the beginning a mail program tells the server the name of the computer it runs "
          "on (EHLO). Here that name was empty, “localhost”, or had odd characters in it, "
          "and Google ended the conversation."),
    .named =
      /* Translators: %s is the name by which the program introduced itself. */
      N_ ("At the beginning a mail program tells the server the name of the computer it runs "
          "on (EHLO). It said “%s”, and Google ended the conversation."),
    .steps = {
      { N_ ("In the program’s settings, set a real host name for EHLO or HELO, such as "
            "my-computer.example.net. In git it is called smtpDomain, in msmtp “domain”, in "
            "Postfix smtp_helo_name."),
        "https://support.google.com/mail/?p=helo", BARUA_STEP_PASTED },
      { N_ ("Check that this computer’s own name has only letters, digits and hyphens."),
        NULL, BARUA_STEP_PASTED },
      { N_ ("Try again after a few minutes.") },
      { N_ ("Try another network, such as a phone’s hotspot."),
        NULL, BARUA_STEP_CHECKED },
    },
  },
  {
    .id = "syntax-error",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 460,
    .title = N_ ("The server did not understand the mail program"),
    .explanation =
      N_ ("The mail program sent something that is not in order: often an address with a "
          "name or odd characters where only the bare address belongs, an empty recipient, "
          "or a password with blanks in it that was not put in quotes."),
    .steps = {
      { N_ ("Check that the sender’s and each recipient’s address is complete and bare, "
            "such as anna@example.com.") },
      { N_ ("If an app password is stored in a settings file, write its 16 letters without "
            "blanks.") },
      { N_ ("Update the mail program; if it goes on, show its makers the server’s words.") },
    },
  },
  {
    .id = "temporary-failure",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 440,
    .title = N_ ("Google’s servers have a passing problem"),
    .explanation =
      N_ ("Google said that it cannot do this right now. Nothing is wrong with your account, "
          "your password or your settings. Such troubles are over after minutes, seldom "
          "after hours."),
    .steps = {
      { N_ ("Wait a few minutes and try again. There is no need to change a password or a "
            "setting.") },
      { N_ ("Look whether Google reports a disturbance."),
        "https://www.google.com/appsstatus/dashboard/" },
    },
  },
  {
    .id = "folder-missing",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 420,
    .title = N_ ("A mail folder was not found"),
    .explanation =
      N_ ("The mail program asked for a folder that is not in this account. Gmail’s own "
          "folders have names in the language of the account and all begin with “[Gmail]/”, "
          "and a label can be hidden from mail programs."),
    .named =
      /* Translators: %s is the name of a mail folder, such as [Gmail]/Sent Mail. */
      N_ ("The mail program asked for the folder “%s”, which is not in this account. Gmail’s "
          "own folders have names in the language of the account and all begin with "
          "“[Gmail]/”, and a label can be hidden from mail programs."),
    .steps = {
      { N_ ("In the mail program, refresh the list of folders and choose the folders for "
            "sent mail, drafts and trash again.") },
      { N_ ("In Gmail’s settings, under Labels, tick “Show in IMAP” for the folder you "
            "miss."),
        "https://mail.google.com/mail/u/0/#settings/labels" },
    },
  },
  {
    .id = "folder-name-invalid",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 410,
    .title = N_ ("Gmail does not allow this folder name"),
    .explanation =
      N_ ("Gmail’s folders are labels, and some names are not allowed: ones with blanks at "
          "the beginning or end or two in a row, with a caret (^), that are very long, or "
          "that Gmail keeps for itself."),
    .named =
      /* Translators: %s is the name of a mail folder. */
      N_ ("Gmail’s folders are labels, and some names are not allowed, such as “%s”: ones "
          "with blanks at the beginning or end or two in a row, with a caret (^), that are "
          "very long, or that Gmail keeps for itself."),
    .steps = {
      { N_ ("Give the folder a simpler name: no blanks at the ends, no double blanks, no "
            "caret (^), no slash at the end.") },
      { N_ ("If you are moving mail from elsewhere, rename the folder there first and run "
            "it again.") },
    },
  },
};

const BaruaCause *
barua_causes_protocol (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
