# What a configuration may hold, though few do: things with a path and no name, names that are none,
# texts whose quotes do not close. `hunter2` must not get out.
{
  inputs,
  lib,
  pkgs,
  ...
}:
{
  options.programs.codex = {
    enable = lib.mkEnableOption "an agent";
    mcpServers = lib.mkOption { type = lib.types.raw; };
  };
  config = {
    environment.systemPackages = [
      inputs.nixpkgs
      (throw "removed from this nixpkgs")
      (builtins.unsafeDiscardStringContext "${pkgs.tree}")
    ];
    programs.nixos-intelligence.rebuildCommand = "";
    environment.etc = lib.mkBefore { "odd".text = "odd"; };
    users.users.ann = {
      shell = lib.mkForce null;
      packages = [
        (pkgs.fzf // { pname = throw "no name"; })
        (pkgs.jq // { pname = null; })
        (pkgs.gh // { version = throw "no version"; })
        (pkgs.bat // { pname = "__proto__"; })
        (pkgs.eza // { pname = "constructor"; })
        (pkgs.just // {
          pname = "[a](b)\nc ${lib.strings.replicate 300 "<d>"}";
          meta.description = "`e`\r\n| f \t </g> ${lib.strings.replicate 30000 "h "}";
        })
        (pkgs.writeShellScriptBin (lib.strings.replicate 150 "i") "hunter2")
        (pkgs.fd // { meta.outputsToInstall = "out"; })
      ];
    };
    users.users.bob.name = "robert";
    programs.codex = {
      enable = true;
      mcpServers = {
        broken = throw "hunter2";
        local.command = "hunter2";
        remote.url = "https://hunter2.example";
        text = "hunter2";
      };
    };
    environment.shellAliases = {
      plain =
        ''git log --format='%h; hunter2' | grep "hunter2; x" && ''
        + ''FOO="x y" make -C ''${HOME}/x; ls # it's hunter2'';
      address = "curl https://x.example/?a&hunter2&b";
      token = "${lib.strings.replicate 20 "hunter2"} x";
      open = "echo 'it; hunter2 x";
      half-open = ''echo "it | hunter2'';
      of-fish = "echo 'it\\'s; hunter2 x' 'don\\'t'";
      of-bash = "echo $'a\\'; hunter2 b'";
      nested = ''curl "$(pass show "a; hunter2 b")"'';
      condition = "[[ a == b && hunter2 == c ]]";
      arithmetic = "(( a | hunter2 ))";
      default = "x=\${TOKEN:-a;hunter2} ls";
    };
  };
}
