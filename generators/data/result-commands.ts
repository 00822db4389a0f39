/**
 * Commands whose exit status is a result of what they were given, not a failure of their own: red tests, lint findings,
 * compiler errors, the status of a program that they run, an answer of a remote host.
 */
const resultCommands = new Set(
  `pytest tox nox unittest vitest jest mocha ava karma playwright cypress bats shellspec rspec minitest phpunit ctest gotestsum nextest
  tarpaulin hypothesis mutmut stryker k6 newman go cargo rustc rustup rustfmt clippy-driver bacon swift swiftc stack cabal ghc ghci
  runghc idris2 agda coqc lean lake ocaml ocamlc ocamlopt dune opam mix elixir elixirc erl erlc rebar3 gleam gradle gradlew mvn mvnw
  sbt scala scalac kotlinc java javac groovy clj clojure lein zig nim nimble crystal dmd ldc2 dub fpc gfortran gcc g++ cc c++ clang
  clang++ ld as tcc make gmake cmake ninja meson scons bazel buck buck2 just task tox invoke rake ant waf autoconf automake autoreconf
  configure bear ccache sccache tsc tsx ts-node esbuild swc webpack vite rollup parcel turbo nx lerna eslint biome oxlint prettier
  stylelint jshint tslint standard xo shellcheck shfmt hadolint yamllint jsonlint markdownlint markdownlint-cli2 vale proselint
  codespell cspell typos ruff flake8 pylint black isort mypy pyright pyre pytype bandit pycodestyle pydocstyle vulture rubocop brakeman
  golangci-lint staticcheck gofmt goimports clang-format clang-tidy cppcheck cpplint statix deadnix nixfmt alejandra nixpkgs-fmt
  nixpkgs-lint tflint tfsec checkov trivy grype semgrep sqlfluff buf ktlint detekt swiftlint luacheck selene stylua taplo actionlint
  zizmor gitleaks detect-secrets treefmt pre-commit lefthook husky lint-staged commitlint dprint hlint fourmolu ormolu xmllint
  ansible-lint kubeconform kubeval conftest opa python python2 python3 ipython bpython node nodejs deno bun ruby irb perl php lua luajit
  tclsh guile racket sbcl clisp R Rscript julia octave gawk awk jq yq gojq jaq bc dc psql mysql sqlite3 duckdb bash sh zsh fish dash ksh
  nu elvish xonsh pwsh vim nvim vi hx nano micro emacs emacsclient kak ed code codium zed subl ssh scp sftp rsync mosh telnet nc netcat
  ncat socat ping ping6 traceroute mtr nmap dig host nslookup drill dog doggo whois curl wget http https xh curlie httpie aria2c git gh
  glab hub jj hg svn fossil gcloud gsutil bq aws az doctl flyctl fly heroku vercel netlify wrangler terraform tofu pulumi kubectl helm
  k9s kustomize kubectx argocd flux skaffold ansible ansible-playbook salt puppet nixops colmena deploy rclone restic borg sudo doas su
  run0 pkexec env nohup nice ionice time timeout watch entr watchexec xargs parallel strace ltrace gdb lldb valgrind perf hyperfine
  direnv nix nix-shell nix-build nix-env nix-store nix-instantiate devenv poetry pipenv uv uvx pip pipx conda mamba npm npx pnpm pnpx
  yarn corepack bundle gem composer docker docker-compose podman podman-compose nerdctl buildah distrobox toolbox flatpak tmux screen
  zellij script systemd-run systemctl journalctl uvicorn gunicorn flask django-admin hugo jekyll mkdocs zola caddy nginx ollama
  llama-server claude codex gemini opencode aider goose amp which type command test expr grep egrep fgrep rg ag ack ugrep find fd diff
  cmp difft delta comm fzf sk man less more most bat cat head tail ls eza lsd cd`.split(/\s+/),
);

export function givesResult(command: string): boolean {
  return resultCommands.has(command);
}

/** Commands that fail when the configuration does: the failure is of the configuration, and an agent can prevent it. */
export const rebuildCommands: ReadonlySet<string> = new Set(['nixos-rebuild', 'home-manager', 'darwin-rebuild', 'nh']);
