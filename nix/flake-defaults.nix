# Defaults of the options below `programs.nixos-intelligence.flake` that NixOS and home-manager find in the
# same way: the flake among the modules' arguments, its checkout in the settings of nh.
{ config, lib }:
let
  specialArgs = config._module.specialArgs or { };
  moduleArgs = config._module.args;
  argument = specialArgs.self or specialArgs.inputs.self or moduleArgs.self or moduleArgs.inputs.self or null;
  # An argument of that name is a flake or a folder, or something of the user's own that says nothing here.
  isFlake =
    builtins.isPath argument || argument ? outPath || (builtins.isString argument && lib.hasPrefix "/" argument);

  checkout = config.programs.nh.flake or null;
  isCheckout = builtins.isString checkout && !(lib.hasPrefix builtins.storeDir checkout);
in
{
  path = {
    default = if isCheckout then checkout else null;
    defaultText = lib.literalMD "{option}`programs.nh.flake` where it names a folder outside the store, else `null`";
  };
  self = {
    default = if isFlake then argument else null;
    defaultText = lib.literalMD "`self` or `inputs.self` among the arguments of the modules, else `null`";
  };
}
