import { keysOf } from '../keys-of.ts';

/** The kinds of projects that are told apart, with the name that a sentence uses. */
export const projectTypes = {
  python: 'Python',
  rust: 'Rust',
  node: 'Node',
  go: 'Go',
  nix: 'Nix',
  haskell: 'Haskell',
  jvm: 'Java or Kotlin',
  c: 'C or C++',
  elixir: 'Elixir',
  ruby: 'Ruby',
  php: 'PHP',
  zig: 'Zig',
  terraform: 'Terraform',
  dotnet: '.NET',
  swift: 'Swift',
  dart: 'Dart',
  ocaml: 'OCaml',
  lua: 'Lua',
} as const;

export type ProjectType = keyof typeof projectTypes;

/** The types in the order of the table. */
export const projectTypeNames: readonly ProjectType[] = keysOf(projectTypes);
