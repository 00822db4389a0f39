import { sortArguments } from '../../lang/shell/arguments.ts';
import type { Exec } from '../call.ts';
import { basicToModern, extendedToModern, shellWord } from '../regex.ts';
import type { Rewrite } from './rewrite.ts';

/** `sed -i 's/a/b/g' files` for sd; nothing else has the same result. */
export function substitute(exec: Exec): Rewrite | null {
  const { options, values, operands, dynamic } = sortArguments(exec.args);
  const extended = options.has('-E') || options.has('-r') || options.has('--regexp-extended');
  if (dynamic || values.size > 0 || (!options.has('-i') && !options.has('--in-place'))) return null;
  for (const option of options) if (!/^(-i|--in-place|-E|-r|--regexp-extended)$/.test(option)) return null;
  const [script, ...files] = operands;
  const parsed = script?.text == null ? null : substitution(script.text);
  if (parsed === null || files.length === 0) return null;
  const find = extended ? extendedToModern(parsed.find) : basicToModern(parsed.find);
  const replace = replacement(parsed.replace);
  if (find === null || replace === null) return null;
  return {
    line: [
      'sd',
      ...(/i/i.test(parsed.flags) ? ['-f i'] : []),
      shellWord(find),
      shellWord(replace),
      ...files.map(({ raw }) => raw),
    ].join(' '),
  };
}

/** `&` and `\1` in sd's spelling; null where sd has no equivalent (`\U`, line breaks). */
function replacement(text: string): string | null {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '&') out += '$' + '{0}';
    else if (char === '$') out += '$$';
    else if (char !== '\\') out += char;
    else {
      const next = text[++at] ?? '';
      if (/[1-9]/.test(next)) out += `$\{${next}}`;
      else if (/[&/\\.|$]/.test(next)) out += next === '$' ? '$$' : next;
      else return null;
    }
  }
  return out;
}

function substitution(script: string): { find: string; replace: string; flags: string } | null {
  const delimiter = script[1];
  if (script[0] !== 's' || delimiter === undefined || /[\w\s\\]/.test(delimiter)) return null;
  const parts = [''];
  for (let at = 2; at < script.length; at++) {
    const char = script.charAt(at);
    if (char === delimiter) parts.push('');
    else if (char !== '\\') parts[parts.length - 1] += char;
    else {
      const next = script[++at];
      if (next === undefined) return null;
      parts[parts.length - 1] += next === delimiter ? next : `\\${next}`;
    }
  }
  const [find = '', replace = '', flags = ''] = parts;
  return parts.length === 3 && /^[giI]*$/.test(flags) && flags.includes('g') ? { find, replace, flags } : null;
}
