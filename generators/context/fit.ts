import type { Evaluated } from '../evidence/evaluated.ts';
import type { Settings } from '../evidence/settings.ts';
import { byText } from '../order.ts';
import type { Block, Line } from './block.ts';
import { renderHeading, renderIntro, renderItem } from './render.ts';

export interface Budget {
  lines: number;
  tokens: number;
}

const bytesPerToken = 4;

/** The budget without options, and the numbers of declared packages from which and to which it grows. */
const small = { lines: 60, tokens: 1000, packages: 40 };
const large = { lines: 100, tokens: 2000, packages: 150 };

/** The budget of the settings; what they leave open grows with the number of declared packages. */
export function budgetFor({ budget }: Settings, { packages }: Evaluated): Budget {
  const declared = packages.filter(({ base }) => !base).length;
  const share = Math.min(1, Math.max(0, (declared - small.packages) / (large.packages - small.packages)));
  const between = (key: 'lines' | 'tokens'): number => Math.round(small[key] + share * (large[key] - small[key]));
  return { lines: budget.lines ?? between('lines'), tokens: budget.tokens ?? between('tokens') };
}

/** An estimate: a token for 4 bytes of UTF-8. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/**
 * The blocks with the lines that fit, chosen by falling value over all blocks. Lines are charged with the headings
 * and the introduction that they bring along. A line whose evidence other blocks have shown is left out: it would say
 * the same once more.
 */
export function fitBlocks(blocks: readonly Block[], budget: Budget): Block[] {
  const remaining = { lines: budget.lines, bytes: Math.floor(budget.tokens * bytesPerToken) };
  const chosen = new Set<Line>();
  const started = new Set<string>();
  const tooLong = new Set<string>();
  const shownIn = new Map<string, string>();
  for (const { block, group, lines } of byValue(blocks)) {
    if (remaining.lines === 0) break;
    const added = lines.filter((line) => !isShownElsewhere(line, block, shownIn));
    const heading = JSON.stringify([block.id, group]);
    if (added.length === 0 || tooLong.has(heading)) continue;
    const text = [
      // A blank line before the block.
      started.has(block.id) ? '' : `\n${startOf(block)}`,
      group === null || started.has(heading) ? '' : renderHeading(3, group),
      ...added.map(({ content }) => renderItem(content)),
    ].join('');
    const count = text.split('\n').length - 1;
    const bytes = Buffer.byteLength(text);
    if (count > remaining.lines || bytes > remaining.bytes) {
      // The rest below a heading says little without its first lines.
      if (group !== null) tooLong.add(heading);
      continue;
    }
    remaining.lines -= count;
    remaining.bytes -= bytes;
    started.add(block.id).add(heading);
    for (const line of added) {
      chosen.add(line);
      for (const fact of factsOf(line)) shownIn.set(fact, block.id);
    }
  }
  return blocks
    .filter(({ id }) => started.has(id))
    .map((block) => ({ ...block, lines: block.lines.filter((line) => chosen.has(line)) }));
}

function isShownElsewhere(line: Line, block: Block, shownIn: ReadonlyMap<string, string>): boolean {
  const facts = factsOf(line);
  return facts.length > 0 && facts.every((fact) => (shownIn.get(fact) ?? block.id) !== block.id);
}

/** The findings of questions that a line states. Parts of the configuration are no findings: many lines rest on one. */
function factsOf({ evidence }: Line): string[] {
  return evidence
    .filter(({ file }) => file !== 'evaluated.json' && file !== 'tool_profiles.json')
    .map(({ file, pointer }) => `${file}#${pointer}`);
}

/** Lines that are shown together or not at all: those of the same value below a heading of their own. */
interface Unit {
  block: Block;
  group: string | null;
  value: number;
  lines: Line[];
}

function byValue(blocks: readonly Block[]): Unit[] {
  return blocks
    .flatMap((block) => unitsOf(block))
    .sort((a, b) => b.value - a.value || a.block.place - b.block.place || byText(a.block.id, b.block.id));
}

function unitsOf(block: Block): Unit[] {
  const units: Unit[] = [];
  for (const line of block.lines) {
    const { group, value } = line;
    const unit = group === null ? undefined : units.find((one) => one.group === group && one.value === value);
    if (unit === undefined) units.push({ block, group, value, lines: [line] });
    else unit.lines.push(line);
  }
  return units;
}

function startOf({ title, intro }: Block): string {
  return (title === null ? '' : renderHeading(2, title)) + renderIntro(intro);
}
