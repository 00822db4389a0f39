import { parse } from 'smol-toml';
import { items, keysOf, objectAt, textsAt } from '../../json-value.ts';
import { addDependencies, addNamed, type Found } from './found.ts';
import { addScriptTools } from './script-tools.ts';

/** Names of extras and groups whose dependencies are for development. */
const developmentGroup =
  /^(dev|develop|development|tests?|testing|lint|linting|docs?|typing|types|checks?|format|ci|qa|all-dev)$/i;

/**
 * Reads pyproject.toml: dependencies of PEP 621, PEP 735, poetry, pdm, uv and hatch, sections of tools, tasks.
 *
 * @returns whether it is a manifest of a Python project and not only the configuration of a tool
 */
export function readPyproject(text: string, found: Found): boolean {
  const document = parse(text);
  const project = objectAt(document, 'project');
  const tool = objectAt(document, 'tool');
  for (const name of keysOf(tool)) addNamed(found, name);
  const poetry = objectAt(tool, 'poetry');
  const groups = objectAt(document, 'dependency-groups');
  const extras = objectAt(project, 'optional-dependencies');
  const poetryGroups = objectAt(poetry, 'group');
  const environments = objectAt(objectAt(tool, 'hatch'), 'envs');
  addDependencies(found, 'python', 'direct', [
    ...requirementNames(textsAt(project, 'dependencies')),
    ...keysOf(objectAt(poetry, 'dependencies'))
      .filter((name) => name !== 'python')
      .map(normalized),
  ]);
  addDependencies(found, 'python', 'dev', [
    ...keysOf(groups).flatMap((group) => requirementNames(textsAt(groups, group))),
    ...keysOf(extras)
      .filter((extra) => developmentGroup.test(extra))
      .flatMap((extra) => requirementNames(textsAt(extras, extra))),
    ...keysOf(poetryGroups)
      .flatMap((group) => keysOf(objectAt(objectAt(poetryGroups, group), 'dependencies')))
      .map(normalized),
    ...keysOf(objectAt(poetry, 'dev-dependencies')).map(normalized),
    ...requirementNames(textsAt(objectAt(tool, 'uv'), 'dev-dependencies')),
    ...keysOf(objectAt(objectAt(tool, 'pdm'), 'dev-dependencies')).flatMap((group) =>
      requirementNames(textsAt(objectAt(objectAt(tool, 'pdm'), 'dev-dependencies'), group)),
    ),
    ...keysOf(environments).flatMap((name) => requirementNames(textsAt(objectAt(environments, name), 'dependencies'))),
  ]);
  for (const script of taskTexts(objectAt(objectAt(tool, 'poe'), 'tasks'))) addScriptTools(found, script);
  for (const name of keysOf(environments)) {
    for (const script of taskTexts(objectAt(objectAt(environments, name), 'scripts'))) addScriptTools(found, script);
  }
  return project !== undefined || poetry !== undefined || objectAt(document, 'build-system') !== undefined;
}

/** Reads a requirements file; those of development have it in their name. */
export function readRequirements(path: string, text: string, found: Found): void {
  const isDev = /(^|[^a-z])(dev|development|tests?|lint|docs?|ci)([^a-z]|$)/i.test(path);
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*/, '').trim());
  addDependencies(
    found,
    'python',
    isDev ? 'dev' : 'direct',
    requirementNames(lines.filter((line) => !/^[-./]/.test(line))),
  );
}

export function readPipfile(text: string, found: Found): void {
  const document = parse(text);
  addDependencies(found, 'python', 'direct', keysOf(objectAt(document, 'packages')).map(normalized));
  addDependencies(found, 'python', 'dev', keysOf(objectAt(document, 'dev-packages')).map(normalized));
}

/** Reads the sections of setup.cfg and tox.ini, and the commands of tox. */
export function readIni(text: string, found: Found): void {
  for (const [, section = ''] of text.matchAll(/^\[([^\]]+)\]/gm)) addNamed(found, section.replace(/^tool:/, ''));
  for (const [, commands = ''] of text.matchAll(/^commands\s*=((?:[^\n]*\n)(?:[ \t]+[^\n]*\n?)*)/gm)) {
    for (const line of commands.split('\n')) addScriptTools(found, line.replace(/\{[^}]*\}/g, '').trim());
  }
  for (const [, deps = ''] of text.matchAll(/^deps\s*=((?:[^\n]*\n)(?:[ \t]+[^\n]*\n?)*)/gm)) {
    addDependencies(found, 'python', 'dev', requirementNames(deps.split('\n').map((line) => line.trim())));
  }
}

function requirementNames(requirements: readonly string[]): string[] {
  return requirements.flatMap((requirement) => {
    const name = /^[A-Za-z0-9][\w.-]*/.exec(requirement)?.[0];
    return name === undefined ? [] : [normalized(name)];
  });
}

/** The normal form of PEP 503. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Commands of tasks, written as a text, a list or a table with `cmd` or `shell`. */
function taskTexts(tasks: Readonly<Record<string, unknown>> | undefined): string[] {
  return keysOf(tasks).flatMap((name) => {
    const task = tasks?.[name];
    if (typeof task === 'string') return [task];
    const inner = objectAt(tasks, name);
    return items(task)
      .concat(items(inner?.cmd), items(inner?.shell))
      .filter((text) => typeof text === 'string');
  });
}
