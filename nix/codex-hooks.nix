# The hooks of Codex for /etc, which apply to every user of the system: each user's own, by that
# user's plugin. Users without a plugin are left alone.
{
  lib,
  runCommandLocal,
  runtimeShell,
  coreutils,
  # Account name -> the plugin, at least one.
  plugins,
  # The plugin whose policies apply to everybody, or null.
  enforced,
}:
runCommandLocal "nixos-intelligence-codex"
  {
    users = lib.concatStrings (
      lib.mapAttrsToList (user: plugin: "${lib.escapeShellArg user}\t${plugin}\n") plugins
    );
    passAsFile = [ "users" ];
    inherit enforced;
  }
  ''
    mkdir -p $out/hooks
    # Programs that run those of the same name in the plugin of whoever calls them.
    for program in session-start pre-tool-use; do
      printf '%s\n' '#!${runtimeShell}' 'case $(${lib.getExe' coreutils "id"} -un) in' \
        >$out/hooks/$program
    done
    enforces=$enforced
    while IFS=$'\t' read -r user plugin; do
      printf '%s) exec %s/hooks/session-start codex ;;\n' "$user" "$plugin" \
        >>$out/hooks/session-start
      template=$plugin
      # Otherwise this user has no policies.
      if grep -q PreToolUse $plugin/clients/codex/hooks.json; then
        enforces=$plugin
        printf '%s) exec %s/hooks/pre-tool-use codex ;;\n' "$user" "$plugin" \
          >>$out/hooks/pre-tool-use
      fi
    done <"$usersPath"
    for program in session-start pre-tool-use; do echo esac >>$out/hooks/$program; done
    if [[ -n $enforced ]]; then
      printf '%s\n' '#!${runtimeShell}' "exec $enforced/hooks/pre-tool-use codex" \
        >$out/hooks/pre-tool-use
    fi
    chmod +x $out/hooks/*
    # The files of the plugins differ in the path of the plugin, and in whether there are policies.
    template=''${enforced:-''${enforces:-$template}}
    sed "s|$template/|$out/|g" $template/clients/codex/hooks.json >$out/hooks.json
  ''
