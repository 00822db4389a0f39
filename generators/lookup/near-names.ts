import { likenessOf, partOf } from './part-likeness.ts';

/** A name that could have been meant. */
export interface Candidate {
  name: string;
  /** Preferred among equally similar names: it is set, it is installed. */
  preferred?: boolean;
}

/** A part of the name that was asked for. */
interface AskedPart {
  /** That of the part which is most like it. */
  weight: number;
  /** The parts of other names that are like it, from 0 (different) to 1 (the same). */
  likeness: ReadonlyMap<string, number>;
}

/**
 * The names most similar to `wanted`, best first. Names are compared part by part (`services`, `openssh`, `enable`),
 * in any order; a part counts by its rarity, so that `openssh` says more than `services`. Upper case, hyphens and
 * underscores make no difference; a part may have at most two typos.
 */
export function nearNames<T extends Candidate>(wanted: string, candidates: readonly T[], most: number): T[] {
  const weights = partWeights(candidates);
  const asked = askedParts(wanted, weights, Math.log(candidates.length + 1));
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);

  const scored: { candidate: T; score: number }[] = [];
  for (const candidate of candidates) {
    const own = candidate.name.split('.');
    let hit = 0;
    for (const { likeness, weight } of asked) {
      let best = 0;
      for (const part of own) {
        const like = likeness.get(part);
        if (like !== undefined) best = Math.max(best, like * Math.min(weight, weights.get(part) ?? 0));
      }
      hit += best;
    }
    // At most all of the asked parts can be hit.
    if (hit < 0.2 * total) continue;
    const ownTotal = own.reduce((sum, part) => sum + (weights.get(part) ?? 0), 0);
    const last = asked.at(-1)?.likeness.get(own.at(-1) ?? '') ?? 0;
    const first = asked[0]?.likeness.get(own[0] ?? '') ?? 0;
    const score = (2 * hit) / (total + ownTotal) + 0.06 * last + 0.03 * first;
    if (score >= 0.4) scored.push({ candidate, score: score + (candidate.preferred ? 0.02 : 0) });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.candidate.name.length - b.candidate.name.length)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** The parts of all names, each with its weight: the rarer, the heavier. */
function partWeights(candidates: readonly Candidate[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { name } of candidates) {
    for (const part of name.split('.')) weights.set(part, (weights.get(part) ?? 0) + 1);
  }
  const total = Math.log(candidates.length + 1);
  for (const [part, count] of weights) {
    weights.set(part, isPlaceholder(part) ? 0 : Math.max(0.3, total - Math.log(count)));
  }
  return weights;
}

const isPlaceholder = (text: string): boolean => text === '*' || text.startsWith('<');

function askedParts(wanted: string, weights: ReadonlyMap<string, number>, unlike: number): AskedPart[] {
  const asked = wanted
    .split('.')
    .filter((text) => text !== '')
    .map((text) => ({ part: partOf(text), weight: unlike, best: 0, likeness: new Map<string, number>() }));
  for (const [text, weight] of weights) {
    const other = partOf(text);
    for (const one of asked) {
      const likeness = likenessOf(one.part, other);
      if (likeness === 0) continue;
      one.likeness.set(text, likeness);
      if (likeness > one.best) {
        one.best = likeness;
        one.weight = weight;
      }
    }
  }
  return asked;
}
