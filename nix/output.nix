# One user's output, which is linked into ~/.claude. A pure build that runs the generators over the
# evidence from evaluation, the reference graph and `bin/` of the packages, and the snapshots.
{
  lib,
  runCommand,
  # The command line, from ./package.nix.
  package,
  user,
  # `evaluated` and `roots` of ./evidence.
  evidence,
  # { line and token budget, … }: becomes settings.json.
  settings,
  # `input` of ./policies.nix, or null.
  policies ? null,
  # Folder with the user's snapshots, or null.
  snapshots ? null,
  # Whether to write the tables of all options and packages.
  index ? true,
}:
let
  attributes = {
    __structuredAttrs = true;
    preferLocalBuild = true;
    allowSubstitutes = false;
    # The text contains names of packages and no store paths, so the output has no references.
    unsafeDiscardReferences.out = true;
    nativeBuildInputs = [ package ];
    exportReferencesGraph.closure = lib.unique (
      lib.concatLists (lib.attrValues evidence.roots ++ lib.attrValues evidence.services)
    );
    inherit (evidence) evaluated roots services;
    inherit settings;
    inherit (builtins) storeDir;
    sources = lib.optionalString (evidence.sources != null) "${evidence.sources}";
    snapshots = lib.optionalString (snapshots != null) "${snapshots}";
  }
  // lib.optionalAttrs (policies != null) { inherit policies; }
  // lib.optionalAttrs index {
    inherit (evidence) optionDocs origins;
    commandPackages = lib.optionalString (snapshots != null) (evidence.commandPackages snapshots);
  };
in
runCommand "nixos-intelligence-${user}"
  (
    attributes
    // {
      # The folder that the generators read, for debugging.
      passthru.evidence = runCommand "nixos-intelligence-evidence-${user}" attributes ''
        nixos-intelligence assemble --attrs "$NIX_ATTRS_JSON_FILE" --out "''${outputs[out]}"
      '';
    }
  )
  ''
    nixos-intelligence assemble --attrs "$NIX_ATTRS_JSON_FILE" --out "$TMPDIR/evidence"
    nixos-intelligence generate --in "$TMPDIR/evidence" --out "''${outputs[out]}"
  ''
