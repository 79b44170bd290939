# Completion of barua(1) for bash.

_barua_addresses ()
{
  barua accounts --json 2>/dev/null |
    sed 's/"address"/\n&/g' | sed -n 's/^"address" *: *"\([^"]*\)".*/\1/p'
}

_barua ()
{
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local command=${COMP_WORDS[1]} words=
  local commands='check explain settings sign-in sign-out accounts password token tunnel
    clients export undo repair report'
  local clients='thunderbird thunderbird-android evolution geary kmail claws-mail sylpheed
    balsa mutt neomutt aerc alpine himalaya msmtp isync fetchmail getmail offlineimap git
    postfix exim emacs gnome-online-accounts apple autoconfig settings'

  case $before in
    --only) COMPREPLY=($(compgen -W 'smtp imap pop' -- "$word")); return ;;
    --incoming) COMPREPLY=($(compgen -W 'imap pop' -- "$word")); return ;;
    --to) COMPREPLY=($(compgen -W "$clients" -- "$word")); return ;;
    --timeout|--name) return ;;
    --output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "$commands --help --version" -- "$word"))
    return
  fi
  case $command in
    check) words='--only --no-sign-in --send-test --timeout --json' ;;
    explain) words='--json'; compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")) ;;
    settings) words='--json' ;;
    sign-in) words='--app-password --browser --online-account --name --json' ;;
    accounts|clients) words='--json' ;;
    token) words='--refresh' ;;
    tunnel) [ "$COMP_CWORD" != 2 ] || words='imap' ;;
    export) words='--to --output --apply --incoming --dry-run --json' ;;
    undo) words='--list --json' ;;
    repair) words="$clients --apply --json" ;;
    report) words='--output --show-address' ;;
  esac
  case $command in
    check|settings|sign-in|sign-out|password|token|tunnel|export|report)
      [[ $word == -* ]] || words+=" $(_barua_addresses)" ;;
  esac
  COMPREPLY+=($(compgen -W "$words --help" -- "$word"))
}

complete -F _barua barua
