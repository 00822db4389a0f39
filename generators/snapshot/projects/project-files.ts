import type { ProjectType } from '../../data/project-types.ts';

/** The files of one project, as its readers see them. */
export interface ProjectFiles {
  /** Paths relative to the project, `/` between folders, in code-unit order. */
  paths: readonly string[];
  /** The text of a file; null if it is no regular file, too large, or not readable. */
  read: (path: string) => string | null;
}

/** Folders in which nothing is the project's own work, or only documents and examples of it. */
const foreignFolders = new Set(
  `node_modules vendor vendored third_party third-party thirdparty external deps _build target dist build out result
  venv env site-packages bower_components Pods Carthage elm-stuff zig-cache zig-out testdata fixtures examples example
  samples templates docs doc website site support contrib test tests spec specs bench benches benchmarks`.split(/\s+/),
);

/** Folders whose name starts with a dot and that may hold signs of a tool. */
const toolFolders = /^\.(?:github|gitea|forgejo|circleci|woodpecker|husky|config|devcontainer)$/;

/** Manifests and tools are looked for in the project's folder and so many folders below it. */
export const deepestFolder = 3;

/** Whether a folder is searched for manifests and tools. */
export function isOwnFolder(name: string): boolean {
  return name.startsWith('.') ? toolFolders.test(name) : !foreignFolders.has(name);
}

/** Whether a path, relative to the project, is in folders that are searched. */
export function isOwnPath(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.length <= deepestFolder && folders.every(isOwnFolder);
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const manifests: readonly (readonly [RegExp, ProjectType])[] = [
  [/^(pyproject\.toml|setup\.py|setup\.cfg|Pipfile|requirements[\w.-]*\.txt)$/, 'python'],
  [/^Cargo\.toml$/, 'rust'],
  [/^(package\.json|deno\.jsonc?)$/, 'node'],
  [/^go\.mod$/, 'go'],
  [/\.cabal$|^(stack\.yaml|cabal\.project)$/, 'haskell'],
  [/^(pom\.xml|(build|settings)\.gradle(\.kts)?)$/, 'jvm'],
  [/^(CMakeLists\.txt|meson\.build|configure\.ac)$/, 'c'],
  [/^mix\.exs$/, 'elixir'],
  [/^Gemfile$|\.gemspec$/, 'ruby'],
  [/^composer\.json$/, 'php'],
  [/^build\.zig(\.zon)?$/, 'zig'],
  [/\.tf$/, 'terraform'],
  [/\.(csproj|fsproj|sln|slnx)$/, 'dotnet'],
  [/^Package\.swift$/, 'swift'],
  [/^pubspec\.yaml$/, 'dart'],
  [/^dune-project$/, 'ocaml'],
  [/\.rockspec$/, 'lua'],
];

const nixManifest = /^(flake|default|devenv)\.nix$/;

/** The type of which a file is a manifest, by its name; null: of none. */
export function manifestType(path: string): ProjectType | null {
  const name = baseNameOf(path);
  return manifests.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Whether the file makes a folder without another manifest a Nix project. */
export function isNixManifest(path: string): boolean {
  return nixManifest.test(path);
}
