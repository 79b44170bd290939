# Completion of barua(1) for fish.

set -l commands check explain settings sign-in sign-out accounts password token tunnel \
    clients export undo repair report
set -l clients thunderbird thunderbird-android evolution geary kmail claws-mail sylpheed \
    balsa mutt neomutt aerc alpine himalaya msmtp isync fetchmail getmail offlineimap git \
    postfix exim emacs gnome-online-accounts apple autoconfig settings

function __barua_addresses
    barua accounts --json 2>/dev/null | string match -ra '"address"\s*:\s*"[^"]*"' |
        string replace -r '.*"([^"]*)"$' '$1'
end

complete -c barua -f
complete -c barua -n "not __fish_seen_subcommand_from $commands" -a "$commands"
complete -c barua -n "not __fish_seen_subcommand_from $commands" -l version
complete -c barua -l help
complete -c barua -n "__fish_seen_subcommand_from check explain settings sign-in accounts clients export undo repair" -l json
complete -c barua -n "__fish_seen_subcommand_from check settings sign-in sign-out password token tunnel export report" -a "(__barua_addresses)"
complete -c barua -n "__fish_seen_subcommand_from check" -l only -x -a "smtp imap pop"
complete -c barua -n "__fish_seen_subcommand_from check" -l no-sign-in
complete -c barua -n "__fish_seen_subcommand_from check" -l send-test
complete -c barua -n "__fish_seen_subcommand_from check" -l timeout -x
complete -c barua -n "__fish_seen_subcommand_from explain" -F
complete -c barua -n "__fish_seen_subcommand_from sign-in" -l app-password
complete -c barua -n "__fish_seen_subcommand_from sign-in" -l browser
complete -c barua -n "__fish_seen_subcommand_from sign-in" -l online-account
complete -c barua -n "__fish_seen_subcommand_from sign-in" -l name -x
complete -c barua -n "__fish_seen_subcommand_from token" -l refresh
complete -c barua -n "__fish_seen_subcommand_from tunnel" -a imap
complete -c barua -n "__fish_seen_subcommand_from export" -l to -x -a "$clients"
complete -c barua -n "__fish_seen_subcommand_from export" -l output -r -F
complete -c barua -n "__fish_seen_subcommand_from export" -l apply
complete -c barua -n "__fish_seen_subcommand_from export" -l incoming -x -a "imap pop"
complete -c barua -n "__fish_seen_subcommand_from export" -l dry-run
complete -c barua -n "__fish_seen_subcommand_from undo" -l list
complete -c barua -n "__fish_seen_subcommand_from repair" -a "$clients"
complete -c barua -n "__fish_seen_subcommand_from repair" -l apply
complete -c barua -n "__fish_seen_subcommand_from report" -l output -r -F
complete -c barua -n "__fish_seen_subcommand_from report" -l show-address
