import { projectTools } from '../../data/project-tools.ts';
import type { ProjectType } from '../../data/project-types.ts';
import type { ProjectFacts } from '../../evidence/projects.ts';
import { byText } from '../../order.ts';
import { type Found, nothingFound, toolsOfFile } from './found.ts';
import { baseNameOf, isNixManifest, isOwnPath, manifestType, type ProjectFiles } from './project-files.ts';
import {
  readCargo,
  readComposer,
  readGemfile,
  readGemspec,
  readGoMod,
  readHaskell,
  readJvm,
  readMix,
  readPackageJson,
} from './read-manifests.ts';
import { readNix } from './read-nix.ts';
import { readIni, readPipfile, readPyproject, readRequirements } from './read-python.ts';
import { readJustfile, readMakefile, readPreCommit, readTaskToml, readTaskYaml } from './read-tasks.ts';

/** More manifests of one project than this are not read. */
const maxFiles = 500;

type Reader = (text: string, found: Found, path: string) => void;

/** Readers by path; the first that matches reads the file. `false` of a reader: the file is no manifest. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [
    /(^|\/)requirements[^/]*\.txt$|(^|\/)requirements\/[^/]+\.txt$/,
    (text, found, path) => readRequirements(path, text, found),
  ],
  [/(^|\/)Pipfile$/, readPipfile],
  [/(^|\/)(setup\.cfg|tox\.ini)$/, readIni],
  [/(^|\/)Cargo\.toml$/, readCargo],
  [/(^|\/)package\.json$/, readPackageJson],
  [/(^|\/)go\.mod$/, readGoMod],
  [/(^|\/)composer\.json$/, readComposer],
  [/(^|\/)Gemfile$/, readGemfile],
  [/\.gemspec$/, readGemspec],
  [/(^|\/)mix\.exs$/, readMix],
  [/(^|\/)(pom\.xml|build\.gradle(\.kts)?|[\w-]+\.versions\.toml)$/, readJvm],
  [/\.cabal$|(^|\/)package\.yaml$/, readHaskell],
  [/^([^/]+\/){0,2}[^/]+\.nix$/, readNix],
  [/^\.pre-commit-config\.yaml$/, readPreCommit],
  [/^\.(github|gitea|forgejo)\/(workflows|actions\/[^/]+)\/[^/]+\.ya?ml$/, readTaskYaml],
  [
    /^(\.gitlab-ci\.yml|\.circleci\/config\.yml|\.woodpecker(\.yml|\/[^/]+\.ya?ml)|\.?lefthook\.ya?ml|Taskfile\.ya?ml)$/,
    readTaskYaml,
  ],
  [/(^|\/)(GNUm|M|m)akefile$/, readMakefile],
  [/(^|\/)(\.?justfile|Justfile)$/, readJustfile],
  [/^(\.?mise|pixi)\.toml$/, readTaskToml],
];

/**
 * The types, tools and counts of a project, from its manifests, lock files, tasks and CI files. All workspaces of a
 * project count as one. Never throws: files that cannot be parsed are counted.
 */
export function describeProject({ paths, read }: ProjectFiles): ProjectFacts {
  const found = nothingFound();
  const types = new Set<ProjectType>();
  const own = paths.filter(isOwnPath).slice(0, 50_000);
  let filesRead = 0;
  for (const path of own) {
    for (const tool of toolsOfFile(path)) found.tools.add(tool);
    const type = manifestType(path);
    const isPyproject = baseNameOf(path) === 'pyproject.toml';
    const reader = isPyproject ? undefined : readers.find(([pattern]) => pattern.test(path))?.[1];
    if ((reader === undefined && !isPyproject) || filesRead >= maxFiles) {
      if (type !== null && !isPyproject) types.add(type);
      continue;
    }
    filesRead += 1;
    const text = read(path);
    if (text === null) continue;
    if (type !== null && !isPyproject) types.add(type);
    try {
      if (reader !== undefined) reader(text, found, path);
      else if (readPyproject(text, found)) types.add('python');
    } catch {
      found.unreadable += 1;
      if (isPyproject) types.add('python');
    }
  }
  if (types.size === 0 && own.some((path) => !path.includes('/') && isNixManifest(path))) types.add('nix');
  return {
    types: [...types].sort(byText),
    // A tool of another type is a chance: `task` in a script of a project that has no Taskfile.
    tools: [...found.tools].filter((tool) => isFor(projectTools[tool].types, types)).sort(byText),
    dependencies: [...found.dependencies]
      .filter(([type]) => types.has(type))
      .map(([type, { direct, dev }]) => ({
        type,
        direct: direct.size,
        dev: [...dev].filter((name) => !direct.has(name)).length,
      }))
      .sort((a, b) => byText(a.type, b.type)),
    contextFiles: (['AGENTS.md', 'CLAUDE.md'] as const).filter((name) => own.includes(name)),
    unreadable: found.unreadable,
  };
}

function isFor(toolTypes: readonly ProjectType[], types: ReadonlySet<ProjectType>): boolean {
  // Nix code is formatted and checked in projects of every type.
  return toolTypes.length === 0 || toolTypes.includes('nix') || toolTypes.some((type) => types.has(type));
}
