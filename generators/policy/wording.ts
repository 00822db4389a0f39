import type { Word } from '../lang/shell/line.ts';
import type { Provider } from './rules/rule.ts';

/** ` (installed: ripgrep, modules/packages.nix)`: where an installed command comes from. */
export function providedBy({ package: name, file }: Provider): string {
  return file === null ? ` (installed: ${name})` : ` (installed: ${name}, ${file})`;
}

/** A command's first words for a reason: short, without line breaks and backticks. */
export function shown(name: string, args: readonly Word[]): string {
  const text = [name, ...args.slice(0, 6).map(({ raw }) => raw)].join(' ').replaceAll('`', "'").replace(/\s+/g, ' ');
  return text.length > 100 || args.length > 6 ? `${text.slice(0, 100)} …` : text;
}
