import { tokenize } from '../../../generators/lang/nix/tokenize.ts';

const pieces = [
  "{ } [ ] ( ) ; : , . ... @ ? = ! -> || && == != < > <= >= // + - * / ++ \" '' ${ $ \\ ~/ ~ a/b ./x 1 0.5 1. .5 x:y <a>",
  "or if then else let in rec with inherit assert a b |> <| a/${ /${x} $${ ''' ''$ ''\\n \\${ é ` ^ % & | ' 00.5 1e5 1.5e3",
  'a-b a\' -1 {} [] x: "${a}" "a" a."b".${c} # /* */ {a}: {a,b?1,...}@c: c@{a}: let{body=1;} .a',
]
  .join(' ')
  .split(' ')
  .concat(' ', '\n', '\r', 'x or y', '? a');

/** Made-up and damaged Nix texts, the same ones for the same seed. */
export function mutants(sources: readonly string[], count: number, seed: number): string[] {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const piece = (): string => pieces[below(pieces.length)] as string;
  return Array.from({ length: count }, (_, index) => {
    if (index % 3 === 0 || sources.length === 0) {
      return Array.from({ length: 1 + below(14) }, piece).join(below(3) === 0 ? '' : ' ');
    }
    const text = sources[below(sources.length)] as string;
    const words = tokenize(text).ends.map((end, token, ends) => text.slice(ends[token - 1] ?? 0, end));
    for (let changes = below(3) === 0 ? 2 : 1; changes > 0; changes -= 1) {
      const at = below(words.length);
      const how = below(5);
      if (how === 0) words.splice(at, 1);
      else if (how === 1) words.splice(at, 0, piece());
      else if (how === 2) words[at] = piece();
      else if (how === 3) words.push(...words.splice(at, 1));
      else words.length = Math.max(1, at);
    }
    return words.join('');
  });
}
