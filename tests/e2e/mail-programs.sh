#!/bin/sh
# Has mail programs that people use fetch and send in a room, with "barua password" or
# "barua token" as the command that they get at the secret with.
#
#   mail-programs.sh password|token
#
# Says what each did; fails with the first that fails. One that is not installed, or has
# not learnt OAuth, is passed over.
set -eu

what=$1
me=zoe@gmail.com
if [ "$what" = token ]; then
  msmtp_auth=oauthbearer
  mutt_secrets="set imap_authenticators=oauthbearer
set smtp_authenticators=oauthbearer
set imap_oauth_refresh_command='barua token $me'
set smtp_oauth_refresh_command='barua token $me'"
  mbsync_auth=XOAUTH2
else
  msmtp_auth=on
  mutt_secrets="set imap_pass=\"\`barua password $me\`\"
set smtp_pass=\"\`barua password $me\`\""
  mbsync_auth=PLAIN
fi

has() {
  command -v "$1" > /dev/null || { echo "$1: not installed"; return 1; }
}

speaks_xoauth2() {
  [ "$what" = password ] || ls /usr/lib/*/sasl2/libkdexoauth2* > /dev/null 2>&1 ||
    { echo "mbsync: no XOAUTH2 here"; return 1; }
}

if has msmtp; then
  mkdir -p ~/.config/msmtp
  cat > ~/.config/msmtp/config << END
account default
host smtp.gmail.com
port 465
tls on
tls_starttls off
from $me
user $me
auth $msmtp_auth
passwordeval "barua $what $me"
END
  printf 'From: %s\nTo: %s\nSubject: by msmtp\n\nHello\n' $me $me | msmtp -t
  echo "msmtp: sent"
fi

if has mutt; then
  cat > ~/.muttrc << END
set imap_user=$me
set from=$me
set folder=imaps://imap.gmail.com:993/
set spoolfile=+INBOX
set smtp_url=smtps://$me@smtp.gmail.com:465/
set ssl_force_tls=yes
unset record
$mutt_secrets
END
  echo Hello | mutt -s "by mutt" $me
  echo "mutt: sent"
  # It wants a terminal, and its status says nothing about the mailbox.
  TERM=xterm script -qec \
    "mutt -e 'set wait_key=no; push \"<pipe-message>cat > ~/fetched<enter><exit>\"'" \
    /dev/null < /dev/null > ~/seen
  grep -q Hello ~/fetched
  echo "mutt: fetched"
fi

if has mbsync && speaks_xoauth2; then
  mkdir -p ~/Mail
  cat > ~/.mbsyncrc << END
IMAPAccount gmail
Host imap.gmail.com
User $me
PassCmd "barua $what $me"
SSLType IMAPS
AuthMechs $mbsync_auth

IMAPStore there
Account gmail

MaildirStore here
Path ~/Mail/
Inbox ~/Mail/INBOX

Channel all
Far :there:
Near :here:
Patterns INBOX
Create Near
END
  mbsync --all --quiet
  ls ~/Mail/INBOX/new/* ~/Mail/INBOX/cur/* 2> /dev/null | grep -q .
  echo "mbsync: fetched"
fi
