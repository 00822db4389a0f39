# The command line and the generators, bundled for Node.
{
  lib,
  stdenvNoCC,
  callPackage,
  nodejs,
  makeWrapper,
}:
let
  root = ../.;
  manifest = lib.importJSON (root + "/package.json");
  npmDeps = callPackage ./npm-deps.nix { };
in
stdenvNoCC.mkDerivation {
  pname = manifest.name;
  inherit (manifest) version;
  # Whole paths: a file set calls a function for every file, some 10,000 calls in each evaluation.
  dontUnpack = true;

  nativeBuildInputs = [
    nodejs
    makeWrapper
  ];
  buildPhase = ''
    runHook preBuild
    # Also a flake with the modules, for `preview` of a configuration that does not import them.
    flake=$out/lib/nixos-intelligence/flake
    mkdir -p "$flake"
    cp -r ${root + "/generators"} "$flake/generators"
    cp -r ${root + "/nix"} "$flake/nix"
    cp ${root + "/flake.nix"} "$flake/flake.nix"
    cp ${root + "/flake.lock"} "$flake/flake.lock"
    cp ${root + "/default.nix"} "$flake/default.nix"
    cp ${root + "/package.json"} "$flake/package.json"
    cp ${root + "/package-lock.json"} "$flake/package-lock.json"
    cp -r "$flake/generators" "$flake/package.json" .
    ln -s ${npmDeps}/node_modules node_modules
    node generators/bundle.mjs "$PWD/dist"
    rm -r dist/example
    cp -r dist/. "$out/lib/nixos-intelligence"
    ln -s flake/generators/example "$out/lib/nixos-intelligence/example"
    runHook postBuild
  '';
  installPhase = ''
    runHook preInstall
    makeWrapper ${lib.getExe nodejs} $out/bin/nixos-intelligence \
      --add-flags "$out/lib/nixos-intelligence/cli.mjs" \
      --set-default NIXOS_INTELLIGENCE_FLAKE "$out/lib/nixos-intelligence/flake"
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
