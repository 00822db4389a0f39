import type { LogEntry } from './read-log.ts';

/** Parts of names and addresses that identify nobody. */
const ordinary =
  'noreply users github gitlab com org net dev email mail gmail outlook hotmail proton protonmail icloud yahoo web the and bot actions action dependabot renovate claude anthropic copilot cursor codex nix nixos home manager root admin user info linux git flake update config system host local localhost localdomain lan fish code'.split(
    ' ',
  );

/** Returns the lower-case words of the names and addresses of everybody who wrote a commit or is credited in one. */
export function authorWords(log: readonly LogEntry[]): Set<string> {
  const words = new Set<string>();
  for (const { author, message } of log) {
    const credited = [...message.matchAll(/^[\w-]+-by: *(.*)$/gim)].map(([, person]) => person ?? '');
    for (const person of [author, ...credited]) {
      for (const word of person.toLowerCase().split(/[^\p{L}\p{N}]+/u)) if (word.length > 2) words.add(word);
    }
  }
  for (const word of ordinary) words.delete(word);
  return words;
}
