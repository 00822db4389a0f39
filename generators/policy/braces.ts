/** Brace expansion: `a{b,c}` gives `ab` and `ac`; `{1..3}` is left as it is. At most 64 words come out. */
export function expandBraces(text: string): string[] {
  let words = [text];
  for (let depth = 0; depth < most; depth++) {
    const next = words.flatMap((word) => {
      const group = firstGroup(word);
      return group === undefined
        ? [word]
        : group.items.map((item) => word.slice(0, group.start) + item + word.slice(group.end));
    });
    if (next.length > most || (next.length === words.length && next[0] === words[0])) return next.slice(0, most);
    words = next;
  }
  return words;
}

const most = 64;

function firstGroup(text: string): { start: number; end: number; items: string[] } | undefined {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    if (text[start - 1] === '$') continue;
    const items: string[] = [];
    let depth = 0;
    let from = start + 1;
    for (let at = start; at < text.length; at++) {
      const char = text[at];
      if (char === '{') depth++;
      else if (char === ',' && depth === 1) {
        items.push(text.slice(from, at));
        from = at + 1;
      } else if (char === '}' && --depth === 0) {
        if (items.length > 0) return { start, end: at + 1, items: [...items, text.slice(from, at)] };
        break;
      }
    }
  }
  return undefined;
}
