import { type ProjectToolName, projectToolNames, projectTools } from '../../data/project-tools.ts';
import type { ProjectType } from '../../data/project-types.ts';

/** What the readers of a project's files find: only names of publicly known tools, and names of dependencies to count. */
export interface Found {
  tools: Set<ProjectToolName>;
  /** By type; the names are counted and never written. */
  dependencies: Map<ProjectType, { direct: Set<string>; dev: Set<string> }>;
  unreadable: number;
}

export function nothingFound(): Found {
  return { tools: new Set(), dependencies: new Map(), unreadable: 0 };
}

/** Adds dependencies to the counts, and the tools among them. */
export function addDependencies(
  found: Found,
  type: ProjectType,
  kind: 'direct' | 'dev',
  names: Iterable<string>,
): void {
  let counts = found.dependencies.get(type);
  if (counts === undefined) {
    counts = { direct: new Set(), dev: new Set() };
    found.dependencies.set(type, counts);
  }
  for (const name of names) {
    counts[kind].add(name);
    const tool = toolsByDependency.get(`${type} ${name}`);
    if (tool !== undefined) found.tools.add(tool);
  }
}

/** Adds the tool that a dev shell, a hook, a CI action or a section of a configuration file names. */
export function addNamed(found: Found, name: string): void {
  const tool = toolsByName.get(name);
  if (tool !== undefined) found.tools.add(tool);
}

/** The tool that a command runs, by its words without options; undefined: no known one. */
export function toolOfWords(words: readonly string[]): ProjectToolName | undefined {
  for (let length = Math.min(3, words.length); length > 0; length -= 1) {
    const tool = toolsByCommand.get(words.slice(0, length).join(' '));
    if (tool !== undefined) return tool;
  }
  return undefined;
}

/** The tools of which a file is a sign. */
export function toolsOfFile(path: string): ProjectToolName[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [
    ...(toolsByFile.get(name) ?? []),
    ...(toolsByFile.get(path) ?? []),
    ...filePatterns.flatMap(({ tool, matches }) => (matches(path, name) ? [tool] : [])),
  ];
}

const isSubcommand = (name: string): boolean => name.includes(' ');

const toolsByName = index((tool, { names }) => (isSubcommand(tool) ? names : [tool, ...names]));
const toolsByCommand = index((tool, { commands }) => (isSubcommand(tool) ? commands : [tool, ...commands]));
const toolsByDependency = index((tool, { types, dependencies }) =>
  (types.length === 0 ? (['python', 'node'] as const) : types).flatMap((type) =>
    (isSubcommand(tool) ? dependencies : [tool, ...dependencies]).map((name) => `${type} ${name}`),
  ),
);

const toolsByFile = new Map<string, ProjectToolName[]>();
const filePatterns: { tool: ProjectToolName; matches: (path: string, name: string) => boolean }[] = [];
for (const tool of projectToolNames) {
  for (const file of projectTools[tool].files) {
    if (file.startsWith('*')) filePatterns.push({ tool, matches: (_, name) => name.endsWith(file.slice(1)) });
    else if (file.endsWith('*')) {
      const start = file.slice(0, -1);
      filePatterns.push({ tool, matches: (path, name) => (start.includes('/') ? path : name).startsWith(start) });
    } else toolsByFile.set(file, [...(toolsByFile.get(file) ?? []), tool]);
  }
}

function index(
  keysOf: (tool: ProjectToolName, row: (typeof projectTools)[ProjectToolName]) => readonly string[],
): ReadonlyMap<string, ProjectToolName> {
  return new Map(
    projectToolNames.flatMap((tool) => keysOf(tool, projectTools[tool]).map((key) => [key, tool] as const)),
  );
}
