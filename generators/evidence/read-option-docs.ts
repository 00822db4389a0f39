import { readFile } from 'node:fs/promises';
import { optionPath } from '../lang/nix/declarations/package-lists.ts';
import { definitionsIn } from '../lang/nix/definitions.ts';
import { spellOptionPath } from '../lang/nix/option-path.ts';
import { parse } from '../lang/nix/parse.ts';
import { renamesIn } from '../lang/nix/renames.ts';
import { byText } from '../order.ts';
import type { OptionDoc, OptionDocs, RenamedOption } from './option-docs.ts';
import type { SourceText } from './places.ts';
import { readSources } from './read-sources.ts';

/** Where the documentation of one module system lies. */
export interface OptionSources {
  scope: OptionDoc['scope'];
  /** The JSON that `nixosOptionsDoc` builds, or home-manager's in the same form; empty where nothing builds it. */
  json: string;
  /** The folder of its modules, whose source contains the renamed and removed options. */
  modules: string;
  /** The prefix of a module's path: `nixos/modules`. */
  prefix: string;
}

/**
 * The documentation of all options: from the JSON files of NixOS and home-manager, and from the source of the
 * configuration's own modules. What cannot be read is named in `missing`.
 */
export async function readOptionDocs(
  systems: readonly OptionSources[],
  own: readonly SourceText[],
): Promise<OptionDocs> {
  const options = new Map<string, OptionDoc>();
  const renamed: RenamedOption[] = [];
  const missing: OptionDocs['missing'] = [];
  const add = (option: OptionDoc): void => {
    const key = `${option.name}\n${option.scope}`;
    if (!options.has(key)) options.set(key, option);
  };
  for (const { scope, json, modules, prefix } of systems) {
    const text = json === '' ? null : await readFile(json, 'utf8').catch(() => null);
    if (text === null || text.trim() === '{}') missing.push(missingOptions(scope, json !== ''));
    else for (const option of fromJson(JSON.parse(text), scope, prefix)) add(option);
    if (modules !== '') renamed.push(...renamesOf(await readSources(modules), scope));
  }
  // A module of the configuration may be one of either; it is looked for in both.
  const scope = systems[0]?.scope ?? 'system';
  for (const option of ownOptions(own, scope)) add(option);
  // The message is the user's own text.
  renamed.push(...renamesOf(own, scope).map((one) => ({ ...one, message: null })));
  return {
    schemaVersion: 1,
    options: [...options.values()].sort((a, b) => byText(a.name, b.name) || byText(a.scope, b.scope)),
    renamed: renamed.sort((a, b) => byText(a.name, b.name) || byText(a.scope, b.scope)),
    missing,
  };
}

/** @param tried whether the build tried to evaluate them */
function missingOptions(scope: OptionDoc['scope'], tried: boolean): OptionDocs['missing'][number] {
  const what = `the options of ${scope === 'system' ? 'NixOS' : 'home-manager'}`;
  if (tried) return { what, why: 'their evaluation failed', advice: 'the build log of the last rebuild says why' };
  const either =
    scope === 'system'
      ? 'documentation.nixos.enable = true or nix.enable = true'
      : 'manual.manpages.enable = true or nix.package = pkgs.nix';
  return {
    what,
    why: 'the configuration has neither the manual that lists them nor a Nix to evaluate them',
    advice: `set ${either}, and rebuild`,
  };
}

interface JsonOption {
  declarations?: (string | { name?: string })[];
  default?: { text?: string };
  example?: { text?: string };
  description?: string;
  type?: string;
  readOnly?: boolean;
}

function fromJson(data: Record<string, JsonOption>, scope: OptionDoc['scope'], prefix: string): OptionDoc[] {
  return Object.entries(data).map(([name, option]) => ({
    name,
    scope,
    type: option.type ?? 'unspecified',
    ...(option.default?.text === undefined ? {} : { default: option.default.text }),
    ...(option.example?.text === undefined ? {} : { example: option.example.text }),
    ...(option.description === undefined ? {} : { description: option.description }),
    declaredIn: (option.declarations ?? []).flatMap((declaration) => {
      const file = typeof declaration === 'string' ? declaration : (declaration.name ?? '').replace(/^<|>$/g, '');
      return file === '' ? [] : [{ file: file.startsWith('/') ? `${prefix}/${file.split('/modules/').at(-1)}` : file }];
    }),
    ...(option.readOnly === true ? { readOnly: true } : {}),
  }));
}

/** Only the few files that rename anything are parsed. */
function renamesOf(sources: readonly SourceText[], scope: OptionDoc['scope']): RenamedOption[] {
  return (
    sources
      .filter(({ text }) => text.includes('OptionModule'))
      .flatMap(({ text }) => renamesIn(parse(text)))
      // A single name is that of an option in a submodule.
      .filter(({ from }) => from.length > 1)
      .map(({ from, to, message, form }) => ({
        name: spellOptionPath(from),
        scope,
        to: to === null ? null : spellOptionPath(to),
        message: message === null ? null : message.replace(/\s+/g, ' ').slice(0, 500),
        ...(form === undefined ? {} : { form }),
      }))
  );
}

/**
 * What the modules of the configuration itself declare, from their source text: evaluating it could abort. Their
 * texts are the user's, who may have written anything there: a default is taken over only where it can hold no
 * private text, a description and an example never. The place leads to them.
 */
function ownOptions(sources: readonly SourceText[], scope: OptionDoc['scope']): OptionDoc[] {
  return sources
    .filter(({ text }) => /\bmk(?:Enable|Package)?Option\b/.test(text))
    .flatMap(({ file, text }) =>
      definitionsIn(parse(text)).options.map(({ path, line, ...found }): OptionDoc => {
        const names = optionPath(path);
        return {
          name: spellOptionPath((names[0] === 'options' ? names.slice(1) : names).map(placeholder)),
          scope,
          type: withoutStrings(found.type ?? 'unspecified'),
          ...(found.default !== null && isPlainValue.test(found.default) ? { default: found.default } : {}),
          declaredIn: [{ file, line }],
          ...(found.readOnly ? { readOnly: true } : {}),
        };
      }),
    );
}

const isPlainValue = /^(?:true|false|null|-?\d+(?:\.\d+)?|\[\s*\]|\{\s*\}|pkgs(?:\.[\w'-]+)+)$/;

/** `types.enum [ "a" "b" ]` -> `types.enum [ … … ]` */
function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|''[\s\S]*?''|#.*|\/\*[\s\S]*?\*\//g, '…');
}

const placeholder = (name: string): string => (name.startsWith('${') ? '<name>' : name);
