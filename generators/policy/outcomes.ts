/** How often a rule decided something. */
export interface OutcomeCount {
  rule: string;
  decision: string;
  count: number;
  /** Days, YYYY-MM-DD. */
  first: string;
  last: string;
}

/**
 * The counted outcomes by rule and decision, the most frequent first. Lines that are damaged are left out.
 *
 * @param text the file that the hook writes: one JSON line for each outcome
 * @param since only from this day on, YYYY-MM-DD
 */
export function countedOutcomes(text: string, since: string): OutcomeCount[] {
  const counts = new Map<string, OutcomeCount>();
  for (const line of text.split('\n')) {
    const outcome = parse(line);
    if (outcome === null || outcome.day < since) continue;
    const { rule, decision, day } = outcome;
    const found = counts.get(`${decision} ${rule}`) ?? { rule, decision, count: 0, first: day, last: day };
    found.count++;
    if (day < found.first) found.first = day;
    if (day > found.last) found.last = day;
    counts.set(`${decision} ${rule}`, found);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

function parse(line: string): { day: string; rule: string; decision: string } | null {
  try {
    const { day, rule, decision } = JSON.parse(line);
    return typeof day === 'string' && typeof rule === 'string' && typeof decision === 'string'
      ? { day, rule, decision }
      : null;
  } catch {
    return null;
  }
}
