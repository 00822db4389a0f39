import type { Evidence } from '../../evidence/evidence.ts';
import type { SourceText } from '../../evidence/places.ts';
import { optionPath } from '../../lang/nix/declarations/package-lists.ts';
import { definitionsIn } from '../../lang/nix/definitions.ts';
import { spellOptionPath, splitOptionPath } from '../../lang/nix/option-path.ts';
import { parse } from '../../lang/nix/parse.ts';
import { optionRows } from '../index/option-rows.ts';
import { optionColumns } from '../index/options-table.ts';
import { openTable } from '../index/read-table.ts';
import { writeTable } from '../index/table.ts';
import { findOption } from '../options/find-option.ts';
import { askedOption } from '../options/option-name.ts';
import type { Finding } from './finding.ts';

/** What is wrong with the name of an option; null where nothing is, or where that cannot be known. */
export type OptionCheck = (name: string) => Pick<Finding, 'kind' | 'message' | 'evidence'> | null;

/** First names below which home-manager has options, too. */
const sharedRoots =
  /^(?:accounts|dconf|editorconfig|fonts|gtk|home|i18n|lib|manual|news|nix|nixpkgs|pam|programs|qt|services|systemd|targets|wayland|xdg|xresources|xsession)$/;

/** Names that no option has: of placeholders, of flakes, of files and of addresses. */
const inventedOption =
  /^(?:my\w*|your\w*|some|foo|bar|baz|example|custom|new|xxx?|name|service|module|option|program|package|user|username|host|hostname)(?:$|[-_\d])|^X$|[<>{}$*…]/;
const flakeName =
  /^(?:lib|nixosModules?|homeModules?|homeManagerModules?|darwinModules?|legacyPackages|url|follows|inputs|outputs)$/;
const fileOrAddress =
  /^(?:bash|com|conf|css|d|dev|fish|html|ini|io|json|js|kdl|lock|log|lua|md|net|nix|org|py|service|sh|socket|sqlite|target|timer|toml|ts|txt|xml|ya?ml|zsh)$/;

/**
 * Checks names of options against those of the evaluated NixOS and home-manager. A name is unknown only if its first
 * name is that of known options, and no file of the configuration sets it: other hosts may have other modules.
 */
export function knownOptions(
  { evaluated, optionDocs }: Pick<Evidence, 'evaluated' | 'optionDocs'>,
  sources: readonly SourceText[],
): OptionCheck | undefined {
  if (optionDocs === undefined) return undefined;
  const rows = optionRows([...(evaluated.foreignOptions ?? []), ...optionDocs.options], evaluated.settings ?? []);
  const table = openTable(Buffer.from(writeTable(optionColumns, rows)).toString('latin1'), optionColumns);
  if (table === null) return undefined;
  const roots = new Set(rows.map(({ name }) => splitOptionPath(name)[0] ?? ''));
  const hasHome = optionDocs.options.some(({ scope }) => scope === 'home');
  const { set: setInSources, declaredEnds } = namesInSources(sources);
  const aliases = new Set(optionDocs.renamed.filter(({ form }) => form === 'alias').map(({ name }) => name));

  const cannotBeUnknown = (names: readonly string[]): boolean => {
    const [root = '', second = ''] = names;
    return (
      optionDocs.missing.length > 0 ||
      !roots.has(root) ||
      (!hasHome && sharedRoots.test(root)) ||
      names.some((name) => inventedOption.test(name)) ||
      names.slice(1).some((name) => flakeName.test(name)) ||
      (names.length === 2 && (root === 'systemd' || fileOrAddress.test(second))) ||
      fileOrAddress.test(names.at(-1) ?? '') ||
      setInSources.has(names.join('\0')) ||
      declaredEnds.has(names.join('\0')) ||
      (table.below(`${spellOptionPath(names.slice(0, 2))}.`).length === 0 &&
        setInSources.has(names.slice(0, 2).join('\0')))
    );
  };

  return (text) => {
    const asked = askedOption(text);
    if (asked.names.length < 2) return null;
    const found = findOption(table, () => optionDocs.renamed, asked);
    const { renamed } = found;
    if (renamed !== null) {
      const evidence = `the modules of ${renamed.scope === 'home' ? 'home-manager' : 'NixOS'}`;
      if (renamed.to === null) {
        const why = renamed.message === null || renamed.message === '' ? '' : `: ${renamed.message}`;
        return { kind: 'removed option', message: `the option \`${text}\` was removed${why}`, evidence };
      }
      if (aliases.has(asked.name)) return null;
      return { kind: 'renamed option', message: `the option \`${text}\` was renamed to \`${renamed.to}\``, evidence };
    }
    if (found.options.length > 0 || found.group.length > 0 || cannotBeUnknown(asked.names)) return null;
    const near = [
      ...new Set(
        found.near.filter(({ name }) => name !== asked.name).map(({ name, renamedTo }) => `\`${renamedTo ?? name}\``),
      ),
    ];
    return {
      kind: 'no such option',
      message: `there is no option \`${text}\`${near.length > 0 ? `; similar: ${near.join(', ')}` : ''}`,
      evidence: `the options of NixOS${hasHome ? ' and home-manager' : ''} of this configuration`,
    };
  };
}

/**
 * `set`: the paths that `.nix` files define, and every beginning of them. `declaredEnds`: every end of the options that
 * they declare, since a text may leave out the names that all of them begin with.
 */
function namesInSources(sources: readonly SourceText[]): { set: Set<string>; declaredEnds: Set<string> } {
  const set = new Set<string>();
  const declaredEnds = new Set<string>();
  for (const { text } of sources) {
    const { definitions, options } = definitionsIn(parse(text));
    for (const { path } of definitions) {
      const own = optionPath(path);
      for (let length = 2; length <= own.length; length += 1) set.add(own.slice(0, length).join('\0'));
    }
    for (const { path } of options) {
      for (let start = 0; start < path.length; start += 1) declaredEnds.add(path.slice(start).join('\0'));
    }
  }
  return { set, declaredEnds };
}
