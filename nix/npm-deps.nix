# The npm packages that the generators need at run time, as a fixed-output derivation.
#
# npm installs them from the committed lock file and checks its integrity hashes. It uses its
# default registry, so none is named here. The result depends neither on npm's version (tested with
# 10 and 11) nor on the machine, so one hash is valid for every nixpkgs.
{
  lib,
  stdenvNoCC,
  nodejs,
  cacert,
}:
let
  root = ../.;
  # Nix finds a fixed output by name and hash. With the hash of the lock file in the name, a changed
  # lock with an unchanged output hash is an error; otherwise Nix would silently use the old
  # packages.
  lockHash = builtins.substring 0 12 (builtins.hashFile "sha256" (root + "/package-lock.json"));
in
stdenvNoCC.mkDerivation {
  name = "nixos-intelligence-npm-${lockHash}";
  dontUnpack = true;

  nativeBuildInputs = [
    nodejs
    cacert
  ];
  impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [
    "NIX_SSL_CERT_FILE"
    "NODE_EXTRA_CA_CERTS"
  ];

  dontConfigure = true;
  buildPhase = ''
    runHook preBuild
    export HOME=$TMPDIR
    cp ${root + "/package.json"} package.json
    cp ${root + "/package-lock.json"} package-lock.json
    # npm does not read SSL_CERT_FILE.
    : "''${NIX_SSL_CERT_FILE:=${cacert}/etc/ssl/certs/ca-bundle.crt}"
    export NODE_EXTRA_CA_CERTS=''${NODE_EXTRA_CA_CERTS:-$NIX_SSL_CERT_FILE}
    # Ignore the machine's npm configuration. The two must be different files.
    touch "$TMPDIR/npmrc-user" "$TMPDIR/npmrc-global"
    export npm_config_userconfig=$TMPDIR/npmrc-user npm_config_globalconfig=$TMPDIR/npmrc-global
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier \
      --cache "$TMPDIR/npm"
    runHook postBuild
  '';
  installPhase = ''
    runHook preInstall
    # npm's own note of what it did differs between its versions, and those before 11.12 leave empty
    # scope folders behind.
    rm -f node_modules/.package-lock.json
    find node_modules -type d -empty -delete
    mkdir $out
    cp -r node_modules $out/
    runHook postInstall
  '';
  dontFixup = true; # rewritten shebangs would put store paths into a fixed output

  outputHashMode = "recursive";
  outputHashAlgo = "sha256";
  outputHash = "sha256-XU86uz9L3FU1hrA34g1y4fWI9TUzg+h2Yflx7p94TyA=";
}
