/**
 * How well a name matches a word, from 0 to 100. A whole part (`nginx` of `services.nginx.enable`) scores higher than a
 * word of a part, a prefix and a substring; early parts score higher than late ones, `enable` higher than its siblings.
 */
export function score(name: string, word: string): number {
  const parts = name.toLowerCase().split('.');
  const wanted = squeezed(word);
  let best = 0;
  for (const [index, part] of parts.entries()) {
    const fit = fitOf(part, wanted);
    if (fit === 0) continue;
    const after = parts.length - 1 - index;
    const sibling = after > 0 && parts.at(-1) !== 'enable' ? 3 : 0;
    best = Math.max(best, fit - 12 * Math.max(0, index - 1) - 2 * after - sibling);
  }
  return best;
}

function fitOf(part: string, wanted: string): number {
  const whole = squeezed(part);
  if (whole === wanted) return 100;
  if (part.split(/[-_]/).includes(wanted)) return 70;
  if (whole.startsWith(wanted)) return 50;
  return whole.includes(wanted) ? 30 : 0;
}

function squeezed(text: string): string {
  return text.replace(/[-_]/g, '');
}
