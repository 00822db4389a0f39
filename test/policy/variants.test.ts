import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../../generators/policy/decide.ts';
import { worldOf } from '../../generators/policy/world.ts';
import { requires } from '../requires.ts';
import { allDefaults } from './policies.ts';
import { environmentOf, makeSampleHome } from './sample-home.ts';
import { readTable } from './table.ts';
import { variants } from './variants.ts';

const git = requires('git');
const home = git.missing === null ? makeSampleHome() : '/home/ann';
const world = { ...worldOf(join(home, 'app'), environmentOf(home)), gitPatience: 60_000 };

/** One command of plain words. */
const plain = /^[\w~./-]+( [\w~$./:=@{}*+-]+)*$/;

const random = (seed: number) => () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

/** What they run is not read: the call is asked about. */
const unread = new Set([
  ...['printf into bash', 'cat into sh', 'base64 into sh', 'base64 in bash -c', 'hex into sh'],
  ...['a process substitution', 'source', 'eval of words'],
]);

/** They may pass further words to a command. */
const feeding = new Set(['find -exec', 'xargs sh -c', 'xargs with the last word', 'parallel']);

const order = [null, 'advise', 'ask', 'block'];

const decided = (command: string): number =>
  order.indexOf(decide({ tool: 'Bash', input: { command } }, allDefaults, world).decision);

/** Lines of a table with one command of plain words; all of them with VARIANTS=all, otherwise some for each variant. */
function lines(table: string, next: () => number): string[] {
  const all = readTable(table)
    .map(({ text }) => text.replaceAll('/home/ann', home))
    .filter((text) => plain.test(text));
  return process.env.VARIANTS === 'all' ? all : all.filter(() => next() < 0.12);
}

describe(`other spellings of calls${git.why}`, () => {
  const seed = Number(process.env.FUZZ_SEED ?? 42);
  test.skipIf(git.missing).each(Object.entries(variants))('%s: none is less strict', (name, variant) => {
    const next = random(seed + name.length);
    const lenient = lines('stopped-in-home', next).flatMap((line) => {
      const changed = variant(line, next);
      const enough = unread.has(name) ? order.indexOf('ask') : decided(line);
      const found = decided(changed);
      return found >= enough ? [] : [`${order[enough]} -> ${order[found]}: ${changed}`];
    });
    expect(lenient).toEqual([]);
  });

  test.skipIf(git.missing).each(Object.entries(variants).filter(([name]) => !unread.has(name) && !feeding.has(name)))(
    '%s: a harmless call stays harmless',
    (name, variant) => {
      const next = random(seed + name.length);
      const stopped = lines('benign-in-home', next)
        .map((line) => variant(line, next))
        .filter((line) => decided(line) >= order.indexOf('ask'));
      expect(stopped).toEqual([]);
    },
  );
});
