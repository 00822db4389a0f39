# One user's output: what is linked into ~/.claude. A pure build without network: the evidence from
# evaluation, the reference graph and `bin/` of the packages, the snapshots; then the generators.
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
  # What ./policies.nix hands to the build, or null.
  policies ? null,
  # Folder with the user's snapshots, or null.
  snapshots ? null,
}:
let
  attributes = {
    __structuredAttrs = true;
    preferLocalBuild = true;
    allowSubstitutes = false;
    # The text names packages, never store paths: the result refers to nothing and keeps nothing alive.
    unsafeDiscardReferences.out = true;
    nativeBuildInputs = [ package ];
    exportReferencesGraph.closure = lib.unique (
      lib.concatLists (lib.attrValues evidence.roots ++ lib.attrValues evidence.services)
    );
    inherit (evidence) evaluated roots services;
    inherit settings;
    inherit (builtins) storeDir;
    snapshots = lib.optionalString (snapshots != null) "${snapshots}";
  }
  // lib.optionalAttrs (policies != null) { inherit policies; };
in
runCommand "nixos-intelligence-${user}"
  (
    attributes
    // {
      # The folder that the generators read, to look at or to run them over.
      passthru.evidence = runCommand "nixos-intelligence-evidence-${user}" attributes ''
        nixos-intelligence assemble --attrs "$NIX_ATTRS_JSON_FILE" --out "''${outputs[out]}"
      '';
    }
  )
  ''
    nixos-intelligence assemble --attrs "$NIX_ATTRS_JSON_FILE" --out "$TMPDIR/evidence"
    nixos-intelligence generate --in "$TMPDIR/evidence" --out "''${outputs[out]}"
  ''
