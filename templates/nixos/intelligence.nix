{ inputs, ... }:
{
  imports = [ inputs.nixos-intelligence.nixosModules.default ];

  programs.nixos-intelligence = {
    enable = true;
    users = [ "me" ];
    # Where this checkout lies, so that an agent is told the whole rebuild command.
    flake.path = "/home/me/nixos-config";
  };
}
