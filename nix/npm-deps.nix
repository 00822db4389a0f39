# The npm packages that the generators need at run time, as a fixed-output derivation.
#
# npm itself installs them from the committed lock file, whose integrity hashes it checks; it knows
# its own default registry, so none is named here. The result does not depend on npm's version
# (checked with 10 and 11), nor on the machine, so one hash serves every nixpkgs.
{
  lib,
  stdenvNoCC,
  nodejs,
  cacert,
}:
let
  root = ../.;
  # A fixed output is looked up by name and hash alone: with the lock file in its name, a changed
  # lock with an unchanged hash is an error instead of silently the old packages.
  lockHash = builtins.substring 0 12 (builtins.hashFile "sha256" (root + "/package-lock.json"));
in
stdenvNoCC.mkDerivation {
  name = "nixos-intelligence-npm-${lockHash}";
  src = lib.fileset.toSource {
    inherit root;
    fileset = lib.fileset.unions [
      (root + "/package.json")
      (root + "/package-lock.json")
    ];
  };

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
    # npm does not read SSL_CERT_FILE.
    export NODE_EXTRA_CA_CERTS=''${NODE_EXTRA_CA_CERTS:-''${NIX_SSL_CERT_FILE:-${cacert}/etc/ssl/certs/ca-bundle.crt}}
    # Nobody's configuration but ours; the two must be different files.
    touch "$TMPDIR/npmrc-user" "$TMPDIR/npmrc-global"
    export npm_config_userconfig=$TMPDIR/npmrc-user npm_config_globalconfig=$TMPDIR/npmrc-global
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier --cache "$TMPDIR/npm"
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
  outputHash = "sha256-vao9qIyUTrcC2YHDeThf8yKS/PgkzdXMvy3kL4SAoAk=";
}
