# `lib` of the flake: the functions that the modules are made of, for use in other modules.
{ lib }:
{
  # { config, options, pkgs, lib, modulesPath, self ? null } -> what a NixOS configuration says.
  systemEvidence = import ./evidence/system.nix;

  # The like for a home-manager configuration.
  homeEvidence = import ./evidence/home.nix;

  # { system ? null, home ? null, user, flake } -> { evaluated; roots; }
  evidence = arguments: import ./evidence ({ inherit lib; } // arguments);
}
