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
    cp -r ${root + "/generators"} generators
    cp ${root + "/package.json"} package.json
    ln -s ${npmDeps}/node_modules node_modules
    node generators/bundle.mjs "$PWD/dist"
    mkdir -p "$out/lib/nixos-intelligence"
    cp -r dist/. "$out/lib/nixos-intelligence"
    # Completion and the manual page.
    ln -s lib/nixos-intelligence/share "$out/share"

    # The modules, for `preview` of a configuration that does not import them, with this package.
    modules=$out/lib/nixos-intelligence/modules
    mkdir -p "$modules/generators/agents" "$modules/generators/policy"
    cp generators/agents/agents.json "$modules/generators/agents"
    cp generators/policy/rules.json "$modules/generators/policy"
    cp -r generators/skills "$modules/generators"
    cp -r ${./.} "$modules/nix"
    chmod u+w "$modules/nix" "$modules/nix/package.nix"
    echo "{ }: builtins.appendContext \"$out\" { \"$out\".path = true; }" \
      >"$modules/nix/package.nix"
    runHook postBuild
  '';
  installPhase = ''
    runHook preInstall
    makeWrapper ${lib.getExe nodejs} $out/bin/nixos-intelligence \
      --add-flags "$out/lib/nixos-intelligence/cli.mjs" \
      --set-default NIXOS_INTELLIGENCE_FLAKE "$out/lib/nixos-intelligence/modules"
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
