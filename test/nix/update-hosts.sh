#!/usr/bin/env bash
# Renews the evidence of the hosts that Nix evaluates, and the snapshots of all stories (test/stories), which need fish,
# bash, zsh, script, sqlite3 and unshare:
#   generators/example         templates/nixos, the shipped example
#   test/golden/server/input   test/stories/server
# Usage: test/nix/update-hosts.sh [nix options, e.g. --override-input nixpkgs flake:nixpkgs]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

renew() { # folder of the flake, host, user, target, then the options of Nix
  local flake=$scratch/$2 host=$2 user=$3 target=$root/$4
  cp -r "$root/$1" "$flake"
  git -C "$flake" init -q
  git -C "$flake" add -A
  shift 4
  local evidence
  evidence=$(nix build --no-link --print-out-paths --no-write-lock-file \
    "git+file://$flake#nixosConfigurations.$host.config.programs.nixos-intelligence.users.$user.output.evidence" \
    --override-input nixos-intelligence "git+file://$root" "$@")
  mkdir -p "$target"
  for file in evaluated commands closure settings policies sources; do
    # One entry a line, so that a change can be read.
    node -e '
      const data = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
      const text = JSON.stringify(data, null, 1).replace(/\n {3,}/g, " ").replace(/\n {2}([\]}])/g, " $1");
      process.stdout.write(`${text}\n`);
    ' "$evidence/$file.json" >"$target/$file.json"
  done
  # Of the thousands of options those around what the hosts set, and those of questions in test/evaluate.
  node -e '
    const docs = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const evaluated = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
    const set = new Set(evaluated.settings.map(({ option }) => option));
    const shown = /^(?:services\.(?:openssh|tailscale|fail2ban|jellyfin)|virtualisation\.(?:docker|podman)|programs\.(?:git|fish)|users\.users|networking\.(?:firewall|hostName)|security\.sudo|nixpkgs\.hostPlatform|system\.nixos|time)(?:$|\.(?!.*\..*\..*\.))/;
    const keep = (list) => list.filter(({ name }) => shown.test(name) || set.has(name));
    const text = JSON.stringify({ ...docs, options: keep(docs.options), renamed: keep(docs.renamed) }, null, 1)
      .replace(/\n {3,}/g, " ").replace(/\n {2}([\]}])/g, " $1");
    process.stdout.write(`${text}\n`);
  ' "$evidence/options.json" "$evidence/evaluated.json" >"$target/options.json"
  echo "$target is that of $evidence"
}

renew templates/nixos laptop me generators/example "$@"
renew test/stories/server harbor ops test/golden/server/input "$@"
npm --prefix "$root" run --silent stories
echo "now run: npm run golden"
