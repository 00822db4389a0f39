# The command line and the generators: one bundled file, run by Node.
{
  lib,
  stdenvNoCC,
  callPackage,
  nodejs,
  makeWrapper,
  # Where `preview` of a configuration without the module takes it from.
  flakeSource ? null,
}:
let
  root = ../.;
  manifest = lib.importJSON (root + "/package.json");
  npmDeps = callPackage ./npm-deps.nix { };
in
stdenvNoCC.mkDerivation {
  pname = manifest.name;
  inherit (manifest) version;
  src = lib.fileset.toSource {
    inherit root;
    fileset = lib.fileset.unions [
      (root + "/generators")
      (root + "/package.json")
    ];
  };

  nativeBuildInputs = [
    nodejs
    makeWrapper
  ];
  buildPhase = ''
    runHook preBuild
    ln -s ${npmDeps}/node_modules node_modules
    node generators/bundle.mjs "$out/lib/nixos-intelligence"
    runHook postBuild
  '';
  installPhase = ''
    runHook preInstall
    makeWrapper ${lib.getExe nodejs} $out/bin/nixos-intelligence \
      --add-flags "$out/lib/nixos-intelligence/cli.mjs" ${
        lib.optionalString (flakeSource != null) "--set-default NIXOS_INTELLIGENCE_FLAKE ${flakeSource}"
      }
    runHook postInstall
  '';
  disallowedReferences = [ npmDeps ];
  dontFixup = true; # nothing to patch, and the bundle's shebang stays as it is

  passthru = { inherit npmDeps; };
  meta = {
    inherit (manifest) description;
    license = lib.licenses.mit;
    mainProgram = "nixos-intelligence";
  };
}
