import { commandFacts } from '../lang/shell/command-table.ts';

export const shell = /^(ba|z|da|k|a|fi|mk|ya)?sh$/;

/** PowerShell's commands, by the command that does the same. */
const cmdlets: ReadonlyMap<string, string> = new Map([
  ['remove-item', 'rm'],
  ['get-content', 'cat'],
  ['set-content', 'tee'],
  ['out-file', 'tee'],
  ['copy-item', 'cp'],
  ['move-item', 'mv'],
]);

/** `/usr/bin/grep` -> `grep`, `Get-Content` -> `cat`. */
export function commandOf(name: string): string {
  const base = baseName(name);
  return cmdlets.get(base.toLowerCase()) ?? base;
}

/** `/usr/bin/grep` -> `grep`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether a command fetches files from the network. */
export function downloads(name: string | null): boolean {
  return name !== null && commandFacts(baseName(name))?.downloads === true;
}
