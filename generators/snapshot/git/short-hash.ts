/** The first twelve digits of a commit's hash, as the snapshot writes it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
