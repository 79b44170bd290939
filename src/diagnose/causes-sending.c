#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "daily-limit",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 400,
    .title = N_ ("You have sent as much as Gmail allows in a day"),
    .explanation =
      N_ ("A personal account may send to 500 recipients in 24 hours, a workplace or school "
          "account to 2000. That much has been reached. Receiving goes on as always."),
    .steps = {
      { N_ ("Wait: sending works again within 24 hours."),
        "https://support.google.com/mail/answer/22839" },
      { N_ ("Look at your sent mail. If there are messages that you did not write, somebody "
            "else uses your account: check its security at once."),
        "https://myaccount.google.com/security-checkup" },
      { N_ ("For newsletters and the like, use a service made for them, or a group "
            "address.") },
    },
  },
  {
    .id = "rate-limited",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 360,
    .title = N_ ("Too much mail in too short a time"),
    .explanation =
      N_ ("Google slows this sender or this recipient down for a while, because more mail "
          "came than it likes. The message is not lost: mail servers try again by "
          "themselves."),
    .steps = {
      { N_ ("Wait an hour, then send again, and less at once.") },
      { N_ ("If you send through a mail server of your own, read what Google asks of it."),
        "https://support.google.com/mail/answer/81126" },
    },
  },
  {
    .id = "mailbox-full",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 390,
    .title = N_ ("The mailbox is full"),
    .explanation =
      N_ ("There is no room left for the message. Mail, Google Drive and Google Photos share "
          "the same storage, so a mailbox can be full of pictures."),
    .named =
      /* Translators: %s is an address. */
      N_ ("There is no room left in the mailbox of %s. Mail, Google Drive and Google Photos "
          "share the same storage, so a mailbox can be full of pictures."),
    .steps = {
      { N_ ("If it is the recipient’s mailbox, tell them in another way; they have to make "
            "room.") },
      { N_ ("If it is your own, see what takes up the room, and delete what you do not "
            "need."),
        "https://one.google.com/storage" },
      { N_ ("Empty the trash and the spam folder too: what lies there counts.") },
    },
  },
  {
    .id = "message-too-large",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 385,
    .title = N_ ("The message is too large"),
    .explanation =
      N_ ("Gmail sends messages of up to 25 MB. Attachments grow by a third on the way, so "
          "the files themselves may have about 18 MB."),
    .steps = {
      { N_ ("Put the files on Google Drive or a similar place, and send a link."),
        "https://support.google.com/mail/?p=MaxSizeError" },
      { N_ ("Or make pictures smaller, or spread the files over several messages.") },
    },
  },
  {
    .id = "content-blocked",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 380,
    .title = N_ ("Gmail does not let this attachment through"),
    .explanation =
      N_ ("Gmail takes no messages with a virus, with programs or scripts among the "
          "attachments, or with some kinds of archives, even when they are meant well."),
    .steps = {
      { N_ ("See which kinds of files are blocked."),
        "https://support.google.com/mail/answer/6590" },
      { N_ ("Put the file on Google Drive or a similar place, and send a link.") },
      { N_ ("If you do not know the file, have a virus scanner look at it.") },
    },
  },
  {
    .id = "spam-rejected",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 370,
    .title = N_ ("Google took the message for unwanted mail"),
    .explanation =
      N_ ("Google’s filter found that the message, a link in it, or the place it was sent "
          "from looks like spam, and refused it. That can hit honest mail too."),
    .steps = {
      { N_ ("Send it through smtp.gmail.com with your own account, if you did not.") },
      { N_ ("Change the message: fewer links, no shortened links, a clear subject, and some "
            "words of your own.") },
      { N_ ("If you send through a mail server of your own, read what Google asks of it."),
        "https://support.google.com/mail/answer/81126" },
    },
  },
  {
    .id = "sender-unauthenticated",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 375,
    .title = N_ ("The sender’s domain does not vouch for this mail"),
    .explanation =
      N_ ("The owner of a domain can say which servers send its mail, and seal each message "
          "(SPF, DKIM, DMARC). This message came from elsewhere or without the seal, so "
          "Google refused it."),
    .named =
      /* Translators: %s is a domain, such as example.com. */
      N_ ("The owner of a domain can say which servers send its mail, and seal each message "
          "(SPF, DKIM, DMARC). For %s this message came from elsewhere or without the seal, "
          "so Google refused it."),
    .steps = {
      { N_ ("Send mail of each address through the servers of its own provider; a gmail.com "
            "address through smtp.gmail.com only.") },
      { N_ ("If the domain is yours, set up SPF, DKIM and DMARC for it."),
        "https://support.google.com/a/answer/33786" },
      { N_ ("Otherwise tell whoever runs the sender’s domain."),
        "https://support.google.com/mail/answer/81126" },
    },
  },
  {
    .id = "relay-denied",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 430,
    .title = N_ ("This server does not pass on mail for you"),
    .explanation =
      N_ ("The program sends through a relay (smtp-relay.gmail.com, or a server for incoming "
          "mail) that passes on mail only for organisations which have registered their "
          "address there. A personal account cannot use it."),
    .named =
      /* Translators: %s is the name of a server. */
      N_ ("The program sends through %s, which passes on mail only for organisations that "
          "have registered their address there. A personal account cannot use it."),
    .steps = {
      { N_ ("Set the outgoing server to smtp.gmail.com with port 465 and TLS, or with port "
            "587 and STARTTLS."),
        "https://support.google.com/mail/answer/7126229" },
      { N_ ("Let the program sign in there with your full address and an app password."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("If your organisation uses the relay, its administrator has to allow your "
            "network’s address."),
        "https://support.google.com/a/answer/6140680" },
    },
  },
  {
    .id = "recipient-unknown",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 350,
    .title = N_ ("There is no mailbox with this address"),
    .explanation =
      N_ ("The address that you wrote to does not exist. Often a letter is missing or "
          "doubled; sometimes the mailbox has been closed."),
    .named =
      /* Translators: %s is an address. */
      N_ ("The address %s does not exist. Often a letter is missing or doubled; sometimes "
          "the mailbox has been closed."),
    .steps = {
      { N_ ("Check the recipient’s address letter by letter, with the part after the @ "
            "too."),
        "https://support.google.com/mail/?p=NoSuchUser" },
      { N_ ("If your mail program filled the address in by itself, delete that suggestion "
            "and type it anew.") },
      { N_ ("Ask the recipient in another way whether the address has changed.") },
    },
  },
  {
    .id = "recipient-invalid",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 355,
    .title = N_ ("A recipient’s address is not written rightly"),
    .explanation =
      N_ ("An address has to look like anna@example.com: no blanks, no quotation marks or "
          "brackets around it, no full stop at the end, and a domain that exists."),
    .named =
      /* Translators: %s is what stands there in place of an address. */
      N_ ("“%s” is not written like an address. It has to look like anna@example.com: no "
          "blanks, no quotation marks or brackets around it, no full stop at the end, and a "
          "domain that exists."),
    .steps = {
      { N_ ("Look at every recipient, also under Cc and Bcc, and correct the one that is not "
            "in order.") },
      { N_ ("Put a comma between several recipients.") },
      { N_ ("Check the part after the @ for typing errors.") },
    },
  },
  {
    .id = "recipient-disabled",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 345,
    .title = N_ ("The recipient’s account is disabled"),
    .explanation =
      N_ ("The address exists, but its account takes no mail: Google or the recipient’s "
          "organisation has blocked it, or it has not been used for too long."),
    .named =
      /* Translators: %s is an address. */
      N_ ("The address %s exists, but its account takes no mail: Google or the recipient’s "
          "organisation has blocked it, or it has not been used for too long."),
    .steps = {
      { N_ ("Tell the recipient in another way; only they can have the account opened "
            "again."),
        "https://support.google.com/mail/?p=DisabledUser" },
      { N_ ("Ask for another address of theirs.") },
    },
  },
  {
    .id = "message-malformed",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 365,
    .title = N_ ("The message is not built as it should be"),
    .explanation =
      N_ ("Something in the hidden head of the message is not in order: a line is there "
          "twice, is missing, or has characters that do not belong there. The program or "
          "script that built the message is at fault."),
    .steps = {
      { N_ ("If a program or script of yours made the message, see to it that From, To, "
            "Subject, Date and Message-ID are each there once, and correct."),
        "https://support.google.com/mail/?p=RfcMessageNonCompliant" },
      { N_ ("Update the mail program, or try to send the same text from another one.") },
      { N_ ("Give the message a sender and a subject, if they are empty.") },
    },
  },
};

const BaruaCause *
barua_causes_sending (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
