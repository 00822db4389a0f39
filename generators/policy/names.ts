import { commandFacts } from '../lang/shell/command-table.ts';

export const shell = /^(ba|z|da|k|a|fi|mk|ya)?sh$/;

/** `/usr/bin/grep` -> `grep`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether a command fetches files from the network. */
export function downloads(name: string | null): boolean {
  return name !== null && commandFacts(baseName(name))?.downloads === true;
}
