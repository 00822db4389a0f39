/** The names of an option as Nix spells them: `fileSystems."/nas".options` -> `fileSystems`, `/nas`, `options`. */
export function splitOptionPath(option: string): string[] {
  const names: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^."]+)/g;
  for (const [, quoted, plain] of option.matchAll(pattern)) {
    names.push(quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  return names;
}

/** The reverse: names that are no identifiers are quoted; placeholders such as `<name>` are not. */
export function spellOptionPath(names: readonly string[]): string {
  return names.map((name) => (/^(?:[A-Za-z_][\w'-]*|<[^<>]+>|\*)$/.test(name) ? name : JSON.stringify(name))).join('.');
}
