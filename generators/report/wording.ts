/** `1 store path`, `3 store paths`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Names as an enumeration, the last with `and`; beyond `limit` only their number. */
export function enumeration(names: readonly string[], limit = 6): string {
  const shown = names.slice(0, names.length > limit ? limit : names.length);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `modules/packages.nix:12` */
export function placeText({ file, line }: { file: string; line?: number | string | null | undefined }): string {
  return line === undefined || line === null ? file : `${file}:${line}`;
}
