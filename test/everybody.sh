#!/usr/bin/env bash
# Runs the README's commands (npm ci, npm run preview, npm test) in a fresh checkout of the project as it stands, for
# different users and folders. The first three cases need root, which becomes `nobody` for an ordinary user.
#   test/everybody.sh [--times N] [--reports FOLDER] [CASE …] [-- TEST FILES]
#   without-nix     an ordinary user, no nix on PATH
#   unusable-nix    an ordinary user with the nix of root on PATH
#   private-folder  root, in a folder of mode 0700
#   odd-folder      an ordinary user, in a path with a blank and an umlaut, no nix on PATH
# --reports keeps the JSON report of each run of the tests.
set -uo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)

times=1
reports=
cases=()
tests=()
while [ $# -gt 0 ]; do
  case $1 in
    --times) times=$2; shift 2 ;;
    --reports) reports=$2; shift 2 ;;
    --) shift; tests=("$@"); break ;;
    without-nix | unusable-nix | private-folder | odd-folder) cases+=("$1"); shift ;;
    *) sed -n '2,10s/^# //p' "$0"; exit 2 ;;
  esac
done
[ ${#cases[@]} -gt 0 ] || cases=(without-nix unusable-nix private-folder odd-folder)

# Everybody can reach it; nothing of the caller's environment goes in but what npm needs.
scratch=$(mktemp -d /tmp/everybody-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
kept=(LANG=C.UTF-8 TERM=dumb "npm_config_registry=$(npm config get registry)")
for name in SSL_CERT_FILE NODE_EXTRA_CA_CERTS HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy; do
  [ -z "${!name:-}" ] || kept+=("$name=${!name}")
done

# PATH in which each folder with nix is replaced by links to its other programs.
path_without_nix() {
  local folder clean result=
  while IFS= read -rd: folder; do
    if [ -e "$folder/nix" ]; then
      clean=$scratch/bin$(tr / - <<<"$folder")
      if [ ! -d "$clean" ]; then
        mkdir "$clean"
        find "$folder" -mindepth 1 -maxdepth 1 ! -name 'nix*' -exec ln -s -t "$clean" {} +
      fi
      folder=$clean
    fi
    result+=${result:+:}$folder
  done <<<"$PATH:"
  echo "$result"
}

# run USER PATH FOLDER: the commands in a checkout in FOLDER, by USER
run() {
  local user=$1 path=$2 folder=$3 as=() home=$3/home
  mkdir -p "$home"
  if [ "$user" = nobody ]; then
    chown nobody "$folder" "$home"
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
  fi
  cd "$folder" || return 1
  # shellcheck disable=SC2016 # the inner shell expands $0
  env -i "${kept[@]}" HOME="$home" PATH="$path" npm_config_cache="$scratch/npm-$user" \
    "${as[@]}" bash -c '
      set -e
      mkdir checkout
      cd checkout
      tar -xf "$0"
      git init --quiet
      git add --all
      git -c user.name=test -c user.email=test@example.org commit --quiet -m "The project as it stands"
      npm ci --no-audit --no-fund >npm.log 2>&1 || { cat npm.log; exit 1; }
      npm run preview >preview.md 2>preview.log || { cat preview.log; exit 1; }
      grep -q "^# This machine" preview.md
      npm test -- "$@" --reporter=default --reporter=json --outputFile.json=report.json >test.log 2>&1 ||
        { grep -E "^ *(❯|×|FAIL)|Error" test.log | head -60; exit 1; }
    ' "$scratch/project.tar" "${tests[@]}"
}

# Files of the working tree, committed or not: a clone would refuse a repository of another user.
git -c safe.directory="$project" -C "$project" ls-files -z --cached --others --exclude-standard |
  tar -C "$project" --null --files-from=- --ignore-failed-read -cf "$scratch/project.tar" || exit 1
mkdir "$scratch/npm-nobody" "$scratch/npm-root"
[ "$(id -u)" != 0 ] || chown nobody "$scratch/npm-nobody"

status=0
for case in "${cases[@]}"; do
  if [ "$case" != odd-folder ] && [ "$(id -u)" != 0 ]; then
    echo "$case: skipped: only root can become another user"
    continue
  fi
  if [ "$case" = unusable-nix ] && ! command -v nix >/dev/null; then
    echo "$case: skipped: no nix on PATH"
    continue
  fi
  user=nobody
  [ "$(id -u)" = 0 ] || user=$(id -un)
  path=$(path_without_nix)
  folder=$scratch/$case
  case $case in
    unusable-nix) path=$PATH ;;
    private-folder)
      user=root
      path=$PATH
      mkdir -m 0700 "$scratch/private"
      folder=$scratch/private/$case
      ;;
    odd-folder) folder="$scratch/odd folder ü" ;;
  esac
  for round in $(seq "$times"); do
    mkdir -p "$folder"
    start=$SECONDS
    result=passed
    (run "$user" "$path" "$folder") || { result=FAILED; status=1; }
    report=$folder/checkout/report.json
    counts=$([ ! -e "$report" ] || node "$project/.ci/summary.mjs" "$report" | tail -1)
    echo "$case, run $round of $times: $result in $((SECONDS - start)) s${counts:+; $counts}"
    [ -z "$reports" ] || [ ! -e "$report" ] || cp "$report" "$reports/$case-$round.json"
    rm -rf "$folder"
  done
done
exit "$status"
