/** Longest text that leaves, in characters. */
export const maxExcerpt = 160;

const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g;
const link = /<?\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S*/gi;
const hostOrIp = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\b(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]+\b/gi;
const handle = /(?<![\w.])@[\w-]+/g;
const homePath = /(?:\/home|\/Users|\/root|\/var\/home)\/?[^\s,;)]*|~\/[^\s,;)]*/g;
const assigned =
  /\b[\w-]*(?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|key|credential|pin|pwd|bearer)\b["']?\s*(?:[=:]|\bis\b)\s*\S+/gi;
const knownSecret =
  /\b(?:gh[pousr]_|github_pat_|sk-|pk-|xox[abprs]-|AKIA|ASIA|AIza|glpat-|npm_|pypi-|eyJ|ssh-(?:rsa|ed25519)|age1|AGE-SECRET-KEY-|hf_|dop_v1_)[\w+/=.-]*/gi;

/**
 * A text as it may leave: one line, at most 160 characters, without addresses, links, hosts, home folders, words that
 * look like secrets and words that name people.
 *
 * @returns null where nothing is left that says anything
 */
export function excerpt(text: string, people: ReadonlySet<string>): string | null {
  const kept = text
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replace(assigned, ' ')
    .replace(knownSecret, ' ')
    .replace(link, ' ')
    .replace(address, ' ')
    .replace(handle, ' ')
    .replace(hostOrIp, ' ')
    .replace(homePath, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !looksSecret(word) && !people.has(bareWord(word)))
    .join(' ')
    .replace(/\(\s*\)|\[\s*\]|<\s*>|`\s*`/g, '')
    .replace(/\s+([,.;:!?)])(?=\s|$)/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\-–—:,;.|]+|[\s\-–—:,;|]+$/gu, '')
    .trim();
  if (!/\p{L}{2}/u.test(kept)) return null;
  if (kept.length <= maxExcerpt) return kept;
  const cut = kept.slice(0, maxExcerpt - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > 80 ? cut.slice(0, space) : cut).replace(/[\s\-–—:,;.(]+$/u, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function bareWord(word: string): string {
  return word.toLowerCase().replace(/^[^\p{L}\p{N}]+|(?:['’]s)?[^\p{L}\p{N}]*$/gu, '');
}

/** Long, of mixed kinds of characters, and no word: a hash, a key, a generated password. */
function looksSecret(word: string): boolean {
  const bare = word.replace(/^[^\w+/=]+|[^\w+/=]+$/g, '');
  if (bare.length < 8) return false;
  if (/^[0-9a-f]{12,}$/i.test(bare) && /\d/.test(bare)) return true;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w.-]/].filter((kind) => kind.test(bare)).length;
  const isVersionOrName = /^[a-z][a-z-]*[a-z]?[-_.]?v?\d[\d.]*$|^v?\d[\d.:/-]*[a-z%]*$/i.test(bare);
  if (isVersionOrName) return false;
  const digits = bare.replace(/\D/g, '').length;
  const switches = (bare.match(/[a-z][A-Z0-9]|[A-Z][0-9]|[0-9][A-Za-z]/g) ?? []).length;
  if (bare.length >= 24 && digits > 2 && kinds >= 2 && !/[-_./].*[-_./].*[-_./]/.test(bare)) return true;
  if (kinds >= 3 && digits >= 2 && switches >= 3 && !bare.includes('/')) return true;
  return bare.length >= 10 && digits >= 3 && switches >= 4 && kinds >= 2;
}
