export const shell = /^(ba|z|da|k|a|fi|mk|ya)?sh$/;

/** Programs that run code given as text. */
export const interpreter =
  /^(python[\d.]*|pypy3?|perl|ruby|node|nodejs|deno|bun|php|lua[\d.]*|awk|gawk|mawk|tclsh|guile|osascript)$/;

/** Programs that fetch a text from elsewhere. */
export const downloaders: ReadonlySet<string> = new Set([
  'curl',
  'wget',
  'http',
  'https',
  'xh',
  'fetch',
  'aria2c',
  'lynx',
]);

/** `/usr/bin/grep` -> `grep`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
