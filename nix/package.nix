# The command line and the generators, bundled for Node.
{
  lib,
  stdenvNoCC,
  callPackage,
  nodejs,
  makeWrapper,}:
let
  root = ../.;
  manifest = lib.importJSON (root + "/package.json");
  npmDeps = callPackage ./npm-deps.nix { };
  # Also a flake with the modules, for `preview` of a configuration that does not import them.
  src = lib.fileset.toSource {
    inherit root;
    fileset = lib.fileset.unions [
      (root + "/flake.lock")
      (root + "/flake.nix")
      (root + "/generators")
      (root + "/nix")
      (root + "/package-lock.json")
      (root + "/package.json")
    ];
  };
in
stdenvNoCC.mkDerivation {
  pname = manifest.name;
  inherit (manifest) version;
  inherit src;

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
      --add-flags "$out/lib/nixos-intelligence/cli.mjs" \
      --set-default NIXOS_INTELLIGENCE_FLAKE ${src}
    runHook postInstall
  '';
  disallowedReferences = [ npmDeps ];
  dontFixup = true; # nothing to patch, and the bundle's shebang stays as it is

  passthru = { inherit npmDeps; };
  meta = {
    inherit (manifest) description;
    homepage = "https://github.com/nixos-intelligence/nixos-intelligence";
    license = lib.licenses.mit;
    maintainers = [ { name = "The nixos-intelligence authors"; } ];
    inherit (nodejs.meta) platforms;
    mainProgram = "nixos-intelligence";
  };
}
