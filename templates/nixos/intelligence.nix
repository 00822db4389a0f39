{ inputs, ... }:
{
  imports = [ inputs.nixos-intelligence.nixosModules.default ];

  programs.nixos-intelligence = {
    enable = true;
    users = [ "me" ];
    # The path of this checkout, for the rebuild command in the context.
    flake.path = "/home/me/nixos-config";
  };
}
