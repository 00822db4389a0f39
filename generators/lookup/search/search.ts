import { byText } from '../../order.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import type { Source } from '../index/source.ts';
import { nearNames } from '../near-names.ts';
import type { OptionTable } from '../options/find-option.ts';
import type { NixpkgsPackages } from '../read-output.ts';
import { score } from './score.ts';

export const kinds = ['options', 'packages', 'commands'] as const;
export type Kind = (typeof kinds)[number];

export interface SearchResult {
  kind: 'option' | 'package' | 'command';
  name: string;
  /** Of an option: `system` or `home`. */
  scope?: string;
  summary: string;
  installed?: true;
  set?: true;
}

export interface SearchAnswer {
  results: SearchResult[];
  total: number;
  /** By kind. */
  counts: Record<Kind, number>;
  /** Where nothing was found. */
  near: string[];
}

/** The searched data; each part is read only when needed. */
export interface Searched {
  options: () => OptionTable;
  profiles: () => readonly ToolProfile[];
  aliases: () => Source['aliases'];
  /** Null: only what is installed is known. */
  nixpkgs: () => NixpkgsPackages | null;
}

interface Hit {
  score: number;
  result: () => SearchResult;
  name: string;
}

/** The options, packages and commands that have all words in their name or description, best first. */
export function search(
  searched: Searched,
  words: readonly string[],
  wanted: readonly Kind[],
  limit: number,
): SearchAnswer {
  const lower = words.map((word) => word.toLowerCase());
  const hits: Record<Kind, Hit[]> = { options: [], packages: [], commands: [] };
  if (wanted.includes('options')) hits.options = optionHits(searched.options(), lower);
  if (wanted.includes('packages')) {
    hits.packages = [...packageHits(searched.profiles(), lower), ...availableHits(searched, lower)];
  }
  if (wanted.includes('commands')) hits.commands = commandHits(searched, lower);
  const all = [...hits.options, ...hits.packages, ...hits.commands].sort(
    (a, b) => b.score - a.score || a.name.length - b.name.length || byText(a.name, b.name),
  );
  return {
    results: all.slice(0, limit).map(({ result }) => result()),
    total: all.length,
    counts: { options: hits.options.length, packages: hits.packages.length, commands: hits.commands.length },
    near: all.length > 0 ? [] : similar(searched, words, wanted),
  };
}

function optionHits(table: OptionTable, words: readonly string[]): Hit[] {
  const patterns = words.map(pattern);
  const [first, ...others] = patterns;
  if (first === undefined) return [];
  const hits: Hit[] = [];
  for (const at of table.matching(first)) {
    const line = table.lineAt(at);
    const tab = line.indexOf('\t');
    const text = line.toLowerCase();
    if (!others.every((other) => other.test(text))) continue;
    const name = line.slice(0, tab);
    let total = 0;
    for (const word of words) total += score(name, word);
    // Text in the cells of paths is no description.
    if (total === 0 && !patterns.every((one) => one.test(text.slice(text.lastIndexOf('\t'))))) continue;
    const cells = line.split('\t', 5);
    const isSet = cells[4] !== '';
    hits.push({
      score: total / words.length + (isSet ? 2 : 0),
      name,
      result: () => {
        const { scope, description } = table.rowAt(at);
        return { kind: 'option', name, scope, summary: description, ...(isSet ? { set: true as const } : {}) };
      },
    });
  }
  return hits;
}

function packageHits(profiles: readonly ToolProfile[], words: readonly string[]): Hit[] {
  const patterns = words.map(pattern);
  return profiles.flatMap((profile): Hit[] => {
    const { id, name, description, commands, base } = profile;
    const names = [name, ...(commands ?? [])];
    const text = `${names.join(' ')} ${description ?? ''}`.toLowerCase();
    if (!patterns.every((one) => one.test(text))) return [];
    let total = 0;
    for (const word of words) {
      total += Math.max(...names.slice(0, 40).map((name, index) => score(name, word) - (index > 0 ? 4 : 0)), 0);
    }
    return [
      {
        score: total / words.length + (base ? 0 : 2),
        name: id,
        result: () => ({ kind: 'package', name: id, summary: description ?? '', installed: true }),
      },
    ];
  });
}

/** Packages of nixpkgs that are not installed. */
function availableHits({ profiles, nixpkgs }: Searched, words: readonly string[]): Hit[] {
  const table = nixpkgs();
  const patterns = words.map(pattern);
  const [first, ...others] = patterns;
  if (table === null || first === undefined) return [];
  const installed = new Set(
    profiles().flatMap(({ name, declarations }) => [name, ...declarations.flatMap(({ attribute = [] }) => attribute)]),
  );
  return table.matching(first).flatMap((at): Hit[] => {
    const text = table.lineAt(at);
    if (!others.every((other) => other.test(text))) return [];
    const { attribute, name, description } = table.rowAt(at);
    if (installed.has(attribute) || installed.has(name)) return [];
    let total = 0;
    for (const word of words) total += Math.max(score(attribute, word), score(name, word));
    return [
      {
        score: total / words.length,
        name: attribute,
        result: () => ({ kind: 'package', name: attribute, summary: description }),
      },
    ];
  });
}

function commandHits({ profiles, aliases }: Searched, words: readonly string[]): Hit[] {
  const patterns = words.map(pattern);
  const owners = new Map<string, string>();
  for (const { name, commands } of profiles()) for (const command of commands ?? []) owners.set(command, `of ${name}`);
  for (const { name, kind, shell } of aliases()) owners.set(name, `${kind} of ${shell}`);
  return [...owners].flatMap(([name, summary]): Hit[] => {
    const lower = name.toLowerCase();
    if (!patterns.every((one) => one.test(lower))) return [];
    let total = 0;
    for (const word of words) total += score(name, word);
    return [
      {
        score: total / words.length - 6,
        name,
        result: () => ({ kind: 'command', name, summary, installed: true }),
      },
    ];
  });
}

/** A word with a hyphen for an underscore and the reverse, in any case. */
function pattern(word: string): RegExp {
  return new RegExp(word.replace(/[^a-z0-9_-]/g, '\\$&').replace(/[-_]/g, '[-_]'), 'i');
}

const mostNear = 3;

function similar(searched: Searched, words: readonly string[], wanted: readonly Kind[]): string[] {
  const names = new Set<string>();
  if (wanted.includes('options')) for (const { name } of searched.options().names()) names.add(name);
  for (const { name, commands } of wanted.includes('packages') || wanted.includes('commands')
    ? searched.profiles()
    : []) {
    if (wanted.includes('packages')) names.add(name);
    if (wanted.includes('commands')) for (const command of commands ?? []) names.add(command);
  }
  return nearNames(
    words.join('.'),
    [...names].map((name) => ({ name })),
    mostNear,
  ).map(({ name }) => name);
}
