# ./link.sh as a program that needs nothing but this.
{
  lib,
  runtimeShell,
  coreutils,
  writeTextFile,
}:
writeTextFile {
  name = "nixos-intelligence-link";
  executable = true;
  text = ''
    #!${runtimeShell}
    PATH=${lib.makeBinPath [ coreutils ]}''${PATH:+:$PATH}
    ${builtins.readFile ./link.sh}
  '';
}
