/** A small project of one kind, with what a reader of its files finds. */
interface ProjectTree {
  name: string;
  tree: Readonly<Record<string, string>>;
  types: readonly string[];
  tools: readonly string[];
  /** Type -> direct dependencies, dependencies for development; absent: no manifest lists any. */
  dependencies?: Readonly<Record<string, readonly [number, number]>>;
}

export const projectTrees: readonly ProjectTree[] = [
  {
    name: 'Python with uv and groups',
    tree: {
      'pyproject.toml': `[project]
name = "shop"
dependencies = ["fastapi>=0.115", "sqlalchemy[asyncio]~=2.0", "httpx"]
[project.optional-dependencies]
s3 = ["boto3"]
docs = ["mkdocs"]
[dependency-groups]
dev = ["pytest>=8", "ruff", {include-group = "types"}]
types = ["mypy", "types-requests"]
[tool.ruff.lint]
select = ["E"]
`,
      'uv.lock': 'version = 1\n',
      '.python-version': '3.13\n',
      justfile: 'test *args:\n    uv run pytest {{args}}\n\nlint:\n    uvx ruff check\n',
      'src/shop/__init__.py': '',
    },
    types: ['python'],
    tools: ['just', 'mypy', 'pytest', 'ruff', 'uv'],
    dependencies: { python: [3, 5] },
  },
  {
    name: 'Python with poetry and pre-commit',
    tree: {
      'pyproject.toml': `[tool.poetry]
name = "bot"
[tool.poetry.dependencies]
python = "^3.12"
Discord_py = "^2"
aiohttp = { version = "^3", extras = ["speedups"] }
[tool.poetry.group.dev.dependencies]
black = "^24"
Flake8 = "*"
[tool.isort]
profile = "black"
[build-system]
requires = ["poetry-core"]
`,
      'poetry.lock': '',
      '.pre-commit-config.yaml': `repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    hooks: [{ id: check-yaml }]
  - repo: https://github.com/pre-commit/mirrors-mypy
    rev: v1.11.0
    hooks: [{ id: mypy }]
  - repo: local
    hooks:
      - id: types
        entry: poetry run pyright
        language: system
`,
      'tox.ini':
        '[tox]\nenvlist = py312\n[testenv]\ndeps =\n    pytest\n    hypothesis\ncommands =\n    pytest {posargs}\n',
    },
    types: ['python'],
    tools: ['black', 'flake8', 'isort', 'mypy', 'poetry', 'pre-commit', 'pyright', 'pytest', 'tox'],
    dependencies: { python: [2, 4] },
  },
  {
    name: 'Python with requirements only',
    tree: {
      'setup.py': 'from setuptools import setup\nsetup()\n',
      'setup.cfg': '[metadata]\nname = old\n[flake8]\nmax-line-length = 100\n[tool:pytest]\naddopts = -q\n',
      'requirements.txt': 'requests==2.31 # HTTP\n-r common.txt\n\nPyYAML\n',
      'requirements-dev.txt': 'pylint\n',
      '.gitlab-ci.yml':
        'test:\n  image: python:3.12\n  script:\n    - pip install -r requirements.txt\n    - python -m unittest\n    - python3 -m bandit -r src\n',
    },
    types: ['python'],
    tools: ['bandit', 'flake8', 'pip', 'pylint', 'pytest'],
    dependencies: { python: [2, 1] },
  },
  {
    name: 'a Rust workspace',
    tree: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n[workspace.lints.clippy]\npedantic = "warn"\n',
      'crates/core/Cargo.toml':
        '[package]\nname = "core"\n[dependencies]\nserde = "1"\ntokio = { version = "1" }\n[dev-dependencies]\ninsta = "1"\n',
      'crates/cli/Cargo.toml':
        '[package]\nname = "cli"\n[dependencies]\ncore = { path = "../core" }\nclap = "4"\nserde = "1"\n[target.\'cfg(unix)\'.dependencies]\nnix = "0.29"\n',
      'rustfmt.toml': 'edition = "2024"\n',
      '.github/workflows/ci.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: EmbarkStudios/cargo-deny-action@v2
      - run: cargo nextest run --workspace
      - run: |
          cargo test --doc
          cargo fmt --all --check
`,
    },
    types: ['rust'],
    tools: ['cargo test', 'cargo-deny', 'cargo-nextest', 'clippy', 'rustfmt'],
    dependencies: { rust: [4, 1] },
  },
  {
    name: 'a Node workspace',
    tree: {
      'package.json': JSON.stringify({
        name: 'site',
        packageManager: 'pnpm@9.0.0',
        workspaces: ['packages/*'],
        scripts: { build: 'turbo run build', check: 'biome check . && tsc --noEmit', e2e: 'pnpm exec playwright test' },
        devDependencies: { '@biomejs/biome': '2', turbo: '2', typescript: '5', husky: '9' },
        'lint-staged': { '*.ts': 'biome check' },
      }),
      'pnpm-lock.yaml': 'lockfileVersion: 9\n',
      'packages/ui/package.json': JSON.stringify({
        dependencies: { react: '19', '@site/core': 'workspace:*' },
        devDependencies: { vitest: '3' },
      }),
      'packages/core/package.json': JSON.stringify({
        dependencies: { zod: '4', react: '19' },
        devDependencies: { vitest: '3' },
      }),
      '.husky/pre-commit': 'npx lint-staged\n',
    },
    types: ['node'],
    tools: ['biome', 'husky', 'lint-staged', 'playwright', 'pnpm', 'turbo', 'typescript', 'vitest'],
    dependencies: { node: [2, 5] },
  },
  {
    name: 'Go with a Makefile',
    tree: {
      'go.mod':
        'module example.org/tool\n\ngo 1.24\n\nrequire (\n\tgithub.com/spf13/cobra v1.8.0\n\tgolang.org/x/sync v0.7.0 // indirect\n)\nrequire github.com/stretchr/testify v1.9.0\n\ntool golang.org/x/tools/cmd/goimports\n',
      Makefile: 'GO = go\ntest:\n\t@$(GO) test ./... && \\\n\t  $(GO) vet ./...\nlint:\n\tgolangci-lint run\n',
      Dockerfile: 'FROM golang\n',
      'lefthook.yml': 'pre-commit:\n  commands:\n    fmt:\n      run: gofumpt -l -w {staged_files}\n',
    },
    types: ['go'],
    tools: ['Dockerfile', 'go test', 'go vet', 'gofumpt', 'goimports', 'golangci-lint', 'lefthook', 'make'],
    dependencies: { go: [2, 1] },
  },
  {
    name: 'a NixOS configuration',
    tree: {
      'flake.nix': `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs";
  inputs.treefmt-nix.url = "github:numtide/treefmt-nix";
  outputs = { self, nixpkgs, ... }: {
    nixosConfigurations.box = nixpkgs.lib.nixosSystem { modules = [ ./box.nix ]; };
    devShells.x86_64-linux.default = pkgs.mkShell { packages = with pkgs; [ statix deadnix just ]; };
  };
}
`,
      'box.nix': '{ pkgs, ... }: { environment.systemPackages = with pkgs; [ ruff shellcheck alejandra ]; }\n',
      'treefmt.nix':
        '{\n  projectRootFile = "flake.nix";\n  programs.nixfmt.enable = true;\n  programs.shfmt.enable = false;\n}\n',
      '.envrc': 'use flake\n',
      '.github/workflows/check.yaml': 'jobs:\n  check:\n    steps:\n      - run: nix flake check\n',
    },
    types: ['nix'],
    tools: ['deadnix', 'direnv', 'just', 'nix flake check', 'nixfmt', 'statix', 'treefmt'],
  },
  {
    name: 'Haskell with a development shell of devenv',
    tree: {
      'parser.cabal': 'name: parser\nbuild-depends: base, text\ntest-suite spec\n  build-depends: hspec\n',
      'cabal.project': 'packages: .\n',
      'devenv.nix':
        '{ pkgs, ... }: {\n  packages = [ pkgs.hlint ];\n  git-hooks.hooks.ormolu.enable = true;\n  git-hooks.hooks.shellcheck.enable = false;\n}\n',
    },
    types: ['haskell'],
    tools: ['cabal', 'devenv', 'hlint', 'hspec', 'ormolu'],
  },
  {
    name: 'Kotlin with Gradle',
    tree: {
      'settings.gradle.kts': 'include("app")\n',
      'build.gradle.kts':
        'plugins {\n  kotlin("jvm") version "2.0"\n  id("io.gitlab.arturbosch.detekt") version "1.23"\n}\n',
      'app/build.gradle.kts': 'dependencies {\n  testImplementation("org.junit.jupiter:junit-jupiter:5.10.0")\n}\n',
      gradlew: '#!/bin/sh\n',
      'gradle/libs.versions.toml':
        '[versions]\nspotless = "8.7.0"\n[plugins]\nspotless = { id = "com.diffplug.spotless", version.ref = "spotless" }\n[libraries]\nkotest = { group = "io.kotest", name = "kotest-runner-junit5", version = "5.9.1" }\n',
      '.github/workflows/ci.yml': 'jobs:\n  x:\n    steps:\n      - run: ./gradlew ktlintCheck :app:test\n',
    },
    types: ['jvm'],
    tools: ['detekt', 'gradle', 'junit', 'kotest', 'ktlint', 'spotless'],
  },
  {
    name: 'C++ with CMake',
    tree: {
      'CMakeLists.txt': 'project(x)\n',
      'src/CMakeLists.txt': '',
      'support/build.gradle': 'apply plugin: "com.android.library"\n',
      '.clang-format': 'BasedOnStyle: LLVM\n',
      '.clang-tidy': 'Checks: "*"\n',
      'vcpkg.json': '{"dependencies":["fmt"]}',
      '.gitlab-ci.yml': 'build:\n  script:\n    - cmake -G Ninja -B out && ninja -C out\n    - ctest --test-dir out\n',
    },
    types: ['c'],
    tools: ['clang-format', 'clang-tidy', 'cmake', 'ctest', 'ninja', 'vcpkg'],
  },
  {
    name: 'Elixir behind a Node front end',
    tree: {
      'mix.exs':
        'defmodule Shop.MixProject do\n  defp deps do\n    [\n      {:phoenix, "~> 1.7"},\n      {:ecto_sql, "~> 3.11"},\n      {:credo, "~> 1.7", only: [:dev, :test], runtime: false},\n      {:dialyxir, "~> 1.4", only: :dev}\n    ]\n  end\nend\n',
      '.formatter.exs': '[]\n',
      'assets/package.json': JSON.stringify({ devDependencies: { prettier: '3' }, scripts: { test: 'node --test' } }),
      'assets/package-lock.json': '{}',
      'compose.yaml': 'services:\n  db:\n    image: postgres\n',
      '.github/workflows/ci.yml': 'jobs:\n  x:\n    steps:\n      - run: mix test\n',
    },
    types: ['elixir', 'node'],
    tools: ['credo', 'dialyxir', 'docker compose', 'mix format', 'mix test', 'node --test', 'npm', 'prettier'],
    dependencies: { elixir: [2, 2], node: [0, 1] },
  },
  {
    name: 'Ruby',
    tree: {
      Gemfile:
        'source "https://example.org"\ngem "rails", "~> 8"\ngem \'pg\'\ngroup :development, :test do\n  gem "rspec-rails"\n  gem "rubocop", require: false\nend\ngem "brakeman", group: :development\n',
      Rakefile: 'task :default\n',
    },
    types: ['ruby'],
    tools: ['brakeman', 'rake', 'rspec', 'rubocop'],
    dependencies: { ruby: [2, 3] },
  },
  {
    name: 'PHP',
    tree: {
      'composer.json': JSON.stringify({
        require: { php: '>=8.3', 'ext-json': '*', 'laravel/framework': '^11' },
        'require-dev': { 'laravel/pint': '^1', 'phpunit/phpunit': '^11' },
        scripts: { analyse: 'vendor/bin/phpstan analyse' },
      }),
    },
    types: ['php'],
    tools: ['phpstan', 'phpunit', 'pint'],
    dependencies: { php: [1, 2] },
  },
  {
    name: 'Zig and Terraform',
    tree: {
      'build.zig': '',
      'build.zig.zon': '.{}\n',
      'infra/main.tf': 'terraform {}\n',
      'infra/.tflint.hcl': '',
      'Taskfile.yml':
        'version: "3"\ntasks:\n  check:\n    cmds:\n      - zig fmt --check .\n      - zig build test\n      - terraform -chdir=infra validate\n',
    },
    types: ['terraform', 'zig'],
    tools: ['task', 'terraform validate', 'tflint', 'zig build test', 'zig fmt'],
  },
];
