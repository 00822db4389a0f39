/**
 * Commands whose version a project decides: of a language's toolchain and its package managers. That they come from the
 * shell of a project or a version manager and not from the configuration is intended.
 */
const toolchainCommands: ReadonlySet<string> = new Set(
  `cargo rustc rustup rustfmt clippy-driver rust-analyzer go gofmt gopls node npm npx pnpm pnpx yarn yarnpkg corepack bun bunx deno tsc tsx
  python python2 python3 pip pip3 pipx pipenv poetry uv uvx conda mamba hatch rye pdm pytest ipython jupyter
  ruby gem bundle bundler rails rake rbenv php composer phpunit java javac jar mvn gradle gradlew kotlinc scala sbt
  ghc ghci cabal stack ghcup elixir mix iex erl rebar3 gleam zig nim nimble crystal swift dart flutter dotnet R julia
  lua luarocks perl cpan cpanm ocaml opam dune clang clang++ gcc g++ cc c++ make cmake ninja meson just vite vitest jest eslint
  prettier pre-commit prek lefthook hadolint actionlint bear gdb lldb kotlin wrangler playwright nx turbo nodemon pyenv nvm fnm asdf mise tox mypy ruff black pylint flake8 isort`.split(
    /\s+/,
  ),
);

/** Whether projects usually bring a command themselves. */
export function belongsToProjects(command: string): boolean {
  return toolchainCommands.has(command);
}
