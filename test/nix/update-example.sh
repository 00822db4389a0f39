#!/usr/bin/env bash
# Renews generators/example: the evidence of templates/nixos, evaluated and built, and the snapshots of its story
# (test/stories/laptop.ts), which need fish, bash, zsh, script, sqlite3 and unshare.
#   test/nix/update-example.sh [nix options, e.g. --override-input nixpkgs flake:nixpkgs]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cp -r "$root/templates/nixos/." "$scratch"
git -C "$scratch" init -q
git -C "$scratch" add -A
evidence=$(nix build --no-link --print-out-paths --no-write-lock-file \
  "git+file://$scratch#nixosConfigurations.laptop.config.programs.nixos-intelligence.users.me.output.evidence" \
  --override-input nixos-intelligence "git+file://$root" "$@")

mkdir -p "$root/generators/example"
for file in evaluated commands closure settings policies sources; do
  # One entry a line, so that a change can be read.
  node -e '
    const data = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const text = JSON.stringify(data, null, 1).replace(/\n {3,}/g, " ").replace(/\n {2}([\]}])/g, " $1");
    process.stdout.write(`${text}\n`);
  ' "$evidence/$file.json" >"$root/generators/example/$file.json"
done
# Of the thousands of options those around what the example sets.
node -e '
  const docs = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  const shown = /^(?:services\.(?:openssh|tailscale)|virtualisation\.docker|programs\.(?:git|fish)|users\.users|networking\.firewall|time)\.(?!.*\..*\..*\.)/;
  const keep = (list) => list.filter(({ name }) => shown.test(name));
  const text = JSON.stringify({ ...docs, options: keep(docs.options), renamed: keep(docs.renamed) }, null, 1)
    .replace(/\n {3,}/g, " ").replace(/\n {2}([\]}])/g, " $1");
  process.stdout.write(`${text}\n`);
' "$evidence/options.json" >"$root/generators/example/options.json"
npm --prefix "$root" run --silent stories
echo "generators/example is that of $evidence; now run: npm run golden"
