export const shell = /^(ba|z|da|k|a|fi|mk|ya)?sh$/;

/** Programs that run code given as text. */
export const interpreter =
  /^(python[\d.]*|pypy3?|perl|ruby|node|nodejs|deno|bun|php|lua[\d.]*|awk|gawk|mawk|tclsh|guile|osascript)$/;

/** `/usr/bin/grep` -> `grep`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
