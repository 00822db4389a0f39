// One-line changes of source text that a test should notice.

/**
 * Kinds of changes: each names a place in a line by a pattern, and what stands there afterwards. A line without the place
 * gives no mutant.
 */
const kinds = {
  ts: [
    ['comparison', / === /g, () => ' !== '],
    ['comparison', / !== /g, () => ' === '],
    ['comparison', / (<|>)(=?) (?=[\w'(-])/g, (_, sign, equal) => ` ${sign}${equal === '' ? '=' : ''} `],
    ['logic', / && /g, () => ' || '],
    ['logic', / \|\| /g, () => ' && '],
    ['logic', / \?\? \S+?(?=[;,)\]}\s])/g, () => ''],
    ['arithmetic', /(?<=[\w)\]]) ([+-]) (?=[\w(])/g, (_, sign) => (sign === '+' ? ' - ' : ' + ')],
    ['constant', /(?<![\w.'"`$#-])\d[\d_]*(?![\w.'"`])/g, (number) => String(Number(number.replaceAll('_', '')) + 1)],
    ['constant', /(?<![\w.'"`])true(?![\w'"`:])/g, () => 'false'],
    ['constant', /(?<![\w.'"`])false(?![\w'"`:])/g, () => 'true'],
    ['condition', /\bif \((?!.*\{$)(.*?)\) (?=return|continue|throw)/g, () => 'if (false) '],
    ['condition', /(?<=\bif \()(?=.*\) \{$)/g, () => 'false && '],
    ['condition', /(?<=[ (])!(?=[\w(])/g, () => ''],
    ['text', /(?<=')[^'\\]*[a-z]{3}(?=[^'\\]*')/g, (text) => `${text}x`],
    ['text', /(?<=`)[^`\\$]*[a-z]{3}(?=[^`\\]*`)/g, (text) => `${text}x`],
    [
      'removed statement',
      /^\s+(?!return|const|let|import|export|throw|break|continue)[\w.]+(\(.*\)| \+?= .*);$/g,
      () => '',
    ],
    ['order', /\bbyText\(([^(),]+), ([^(),]+)\)/g, (_, a, b) => `byText(${b}, ${a})`],
    ['order', /\.(sort|toSorted|reverse)\((byText)?\)/g, () => ''],
    ['order', /\b([ab])\.(\w+) - ([ab])\.(\w+)/g, (_, a, x, b, y) => `${b}.${y} - ${a}.${x}`],
    ['method', /\.some\(/g, () => '.every('],
    ['method', /\.every\(/g, () => '.some('],
    ['method', /\bMath\.(min|max)\(/g, (_, name) => `Math.${name === 'min' ? 'max' : 'min'}(`],
    ['method', /\.at\(-1\)/g, () => '.at(0)'],
  ],
  nix: [
    ['comparison', / == /g, () => ' != '],
    ['comparison', / != /g, () => ' == '],
    ['logic', / && /g, () => ' || '],
    ['logic', / \|\| /g, () => ' && '],
    ['logic', /(?<=[ (])!(?=[\w(])/g, () => ''],
    ['constant', /(?<![\w.-])true(?![\w-])/g, () => 'false'],
    ['constant', /(?<![\w.-])false(?![\w-])/g, () => 'true'],
    ['constant', /(?<= = )\d+(?=;)/g, (number) => String(Number(number) + 1)],
    ['text', /(?<=")[^"\\$]*[a-z]{3}(?=[^"\\]*")/g, (text) => `${text}x`],
    ['list', /(?<== )lib\.optionals? .*(?=;)/g, () => '[ ]'],
    ['order', / \/\/ (?=[\w(])/g, () => ' // builtins.intersectAttrs { } '],
  ],
};

/** Lines that say nothing at run time, or whose change no test could see. */
const silent = {
  ts: /^\s*(\/\/|\/?\*|import |export (type|interface) |type |interface |\} from )|^\s*(readonly )?\w+\??: [^=]*;$/,
  nix: /^\s*#|description = |mkEnableOption/,
};

/**
 * Every mutant of a file, in order.
 *
 * @param {string} file path from the project's root
 * @param {string} text
 * @returns {{file: string, line: number, kind: string, before: string, after: string}[]}
 */
export function mutantsOf(file, text) {
  const language = file.endsWith('.nix') ? 'nix' : 'ts';
  return text.split('\n').flatMap((before, index) => {
    if (silent[language].test(before)) return [];
    return kinds[language].flatMap(([kind, place, replace]) =>
      [...before.matchAll(place)].flatMap((match) => {
        const after = before.slice(0, match.index) + replace(...match) + before.slice(match.index + match[0].length);
        return after === before ? [] : [{ file, line: index + 1, kind, before, after }];
      }),
    );
  });
}
