{ inputs, pkgs, ... }:
{
  imports = [ inputs.nixos-intelligence.nixosModules.default ];

  environment.systemPackages = [ pkgs.claude-code ];
  nixpkgs.config.allowUnfree = true; # claude-code

  services.ollama = {
    enable = true;
    loadModels = [ "qwen3:8b" ];
  };

  programs.nixos-intelligence = {
    enable = true;
    users = [ "ops" ];
    flake.path = "/etc/nixos";
    policies.secrets = "block";
  };
}
