import { byText } from '../order.ts';
import type { OutputReader } from './read-output.ts';

export const nameKinds = ['option', 'package', 'command', 'input'] as const;
export type NameKind = (typeof nameKinds)[number];

/**
 * The names that complete `text`, sorted. Of options, names up to the next dot, as 24,000 whole names help nobody:
 * `services.` completes to `services.nginx.`, with the dot where there are options below.
 *
 * @throws UserError `no-data` without an index
 */
export function namesBeginningWith(output: OutputReader, kind: NameKind, text: string): string[] {
  return [...new Set(candidates(output, kind, text))]
    .filter((name) => name.startsWith(text) && isPlain(name))
    .sort(byText);
}

function candidates(output: OutputReader, kind: NameKind, text: string): string[] {
  switch (kind) {
    case 'option':
      return output
        .table('options')
        .below(text)
        .map(({ name }) => {
          const dot = name.indexOf('.', text.length);
          return dot < 0 ? name : name.slice(0, dot + 1);
        });
    case 'package':
      return output
        .table('packages')
        .below(text)
        .map(({ name }) => name);
    case 'command':
      return [
        ...output.read('tool_profiles').profiles.flatMap(({ commands }) => commands ?? []),
        ...output.read('source').aliases.map(({ name }) => name),
      ];
    case 'input':
      return output.read('source').flake.inputs.map(({ name }) => name);
  }
}

/** Names with quotes or blanks would need each shell's own quoting. */
const isPlain = (name: string): boolean => /^[\w.+<>@-]+$/.test(name);
