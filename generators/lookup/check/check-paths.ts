import type { Checkout } from './checkout.ts';
import type { Finding } from './finding.ts';
import { nixClaims } from './nix-claims.ts';
import { alternatives, example, isOfCheckout, isToBeMade, looksLikePath, treePaths } from './path-claims.ts';
import type { Span } from './spans.ts';

type Missing = Pick<Finding, 'message' | 'evidence'> & { line: number; subject: string };

/** The paths that a piece of a text names and that the checkout does not have. */
export function missingPaths(
  { kind, text, line, context }: Span,
  sentence: string,
  file: string,
  checkout: Pick<Checkout, 'has' | 'hasBeside' | 'hasExactly'>,
): Missing[] {
  if (kind === 'tree') return missingInTree(text, line, checkout);
  const missing = (path: string): Missing[] => [
    { line, subject: path, message: `\`${path}\` does not exist`, evidence: 'the files of the checkout' },
  ];
  if (kind === 'nix') {
    if (example.test(context) || /\b(?:add|creat\w*|new)\b/i.test(context)) return [];
    return nixClaims(text).paths.flatMap(({ names: [path = ''], line: own }) => {
      const plain = path.replace(/^(?:\.\.?\/)+/, '');
      const isNamed = plain.includes('/') && /\.nix$/.test(plain) && looksLikePath(plain);
      return isNamed && !checkout.has(plain, file)
        ? missing(path).map((one) => ({ ...one, line: line + own - 1 }))
        : [];
    });
  }
  if (kind === 'link') {
    const path = decoded(text.replace(/[#?].*$/, ''));
    if (path === '' || /^(?:[a-z][a-z+.-]*:|\/|#)/i.test(text) || example.test(context)) return [];
    return checkout.has(path, file) ? [] : missing(path);
  }
  if (kind !== 'code' || !looksLikePath(text) || isToBeMade(text, sentence) || example.test(sentence)) return [];
  const near = { isBeside: (path: string) => checkout.hasBeside(path, file), isAtRoot: checkout.hasExactly };
  if (!isOfCheckout(text, near)) return [];
  // Of `tests/<name>.nix` only the folder is certain.
  const certain = text.replace(/\/[^/]*<[^/]*$/, '/');
  return [certain, ...alternatives(text, context)].some((path) => checkout.has(path, file)) ? [] : missing(text);
}

/** A listing of which most of the top is missing shows another folder. */
function missingInTree(listing: string, firstLine: number, checkout: Pick<Checkout, 'hasExactly'>): Missing[] {
  const paths = treePaths(listing);
  const base = treeBase(listing, checkout);
  const top = paths.filter(({ path }) => !path.includes('/'));
  const known = top.filter(({ path }) => checkout.hasExactly(base + path));
  if (known.length * 2 <= top.length) return [];
  const gone = paths.filter(({ path }) => !checkout.hasExactly(base + path)).map(({ path }) => path);
  return paths
    .filter(({ path }) => gone.includes(path) && !gone.some((above) => path.startsWith(`${above}/`)))
    .map(({ path, line }) => ({
      line: firstLine + line - 1,
      subject: base + path,
      message: `\`${base}${path}\` does not exist`,
      evidence: 'the files of the checkout',
    }));
}

/** The folder that is listed, where its first line names one. */
function treeBase(listing: string, { hasExactly }: Pick<Checkout, 'hasExactly'>): string {
  const first = /^\s*(?:\.\/)?([\w.@/-]+?)\/?\s*(?:#.*)?\n/.exec(listing)?.[1] ?? '';
  return first !== '' && first !== '.' && hasExactly(first) ? `${first}/` : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
