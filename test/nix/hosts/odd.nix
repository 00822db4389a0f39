# What a configuration may hold, though few do: things with a path and no name, names that are none,
# texts whose quotes do not close. `swordfish41` must not get out.
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
        (pkgs.writeShellScriptBin (lib.strings.replicate 150 "i") "swordfish41")
        (pkgs.fd // { meta.outputsToInstall = "out"; })
      ];
    };
    users.users.bob.name = "robert";
    programs.codex = {
      enable = true;
      mcpServers = {
        broken = throw "swordfish41";
        local.command = "swordfish41";
        remote.url = "https://swordfish41.example";
        text = "swordfish41";
      };
    };
    environment.shellAliases = {
      plain =
        ''git log --format='%h; swordfish41' | grep "swordfish41; x" && ''
        + ''FOO="x y" make -C ''${HOME}/x; ls # it's swordfish41'';
      address = "curl https://x.example/?a&swordfish41&b";
      token = "${lib.strings.replicate 20 "swordfish41"} x";
      open = "echo 'it; swordfish41 x";
      half-open = ''echo "it | swordfish41'';
      of-fish = "echo 'it\\'s; swordfish41 x' 'don\\'t'";
      of-bash = "echo $'a\\'; swordfish41 b'";
      nested = ''curl "$(pass show "a; swordfish41 b")"'';
      condition = "[[ a == b && swordfish41 == c ]]";
      arithmetic = "(( a | swordfish41 ))";
      default = "x=\${TOKEN:-a;swordfish41} ls";
    };
  };
}
