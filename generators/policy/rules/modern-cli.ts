import { code, inline, joined } from '../../inline.ts';
import type { Exec } from '../call.ts';
import { replacements } from '../modern/replacements.ts';
import { providedBy } from '../wording.ts';
import type { Provider, ReadyMadeRule } from './rule.ts';

interface ModernCli {
  /** An old command, and the installed one that replaces it. */
  replacements: ({ command: string; by: string } & Provider)[];
}

/** An old command where an installed modern one gives the same result. */
export const modernCli: ReadyMadeRule<ModernCli> = {
  name: 'modernCli',
  default: 'advise',
  description: `
    The installed modern tool where it gives the same result: {command}\`rg\` for {command}\`grep\`, {command}\`fd\` for
    {command}\`find\`, and for the other commands in {option}\`replaced\`. Only tools that the configuration installs are
    recommended, each once a session; filters in pipelines, {command}\`git grep\`, scripts, quoted words and here-documents
    are left alone.`,
  settings: {
    replaced: {
      default: ['grep', 'egrep', 'fgrep', 'find'],
      example: ['grep', 'find', 'sed', 'ls'],
      description: `
        Commands for which {option}\`modernCli\` recommends a replacement, also of {command}\`ls\`, {command}\`tree\`,
        {command}\`cat\`, {command}\`sed\`, {command}\`du\`, {command}\`df\` and {command}\`ps\`, where an agent gains little.`,
    },
  },
  fields: (z) => ({
    replacements: z
      .array(
        z.strictObject({
          command: z.string().min(1),
          by: z.string().min(1).describe('the command that replaces it'),
          package: z.string().describe('the package that provides the replacement'),
          file: z.string().nullable().describe("the user's file that declares the package"),
        }),
      )
      .min(1),
  }),

  compile({ options, provider, notInstalled }) {
    const found = Object.entries(replacements).flatMap(([command, { by }]) => {
      const wanted = options.settings.replaced ?? modernCli.settings?.replaced?.default ?? [];
      const from = wanted.includes(command) ? provider(by) : undefined;
      return from === undefined ? [] : [{ command, by, ...from }];
    });
    return found.length > 0
      ? { rule: { replacements: found } }
      : notInstalled(Object.values(replacements).map(({ by }) => by));
  },

  checkCommand(exec, rule) {
    const found = rule.replacements.find(({ command }) => command === exec.base);
    if (found === undefined || exec.remote || !Object.hasOwn(replacements, found.command)) return null;
    const better = replacements[found.command]?.rewrite(exec);
    if (!better) return null;
    const line = [...asRoot(exec), better.line].join(' ');
    const note = better.note === undefined ? '' : ` ${better.note}`;
    return {
      reason: `\`${found.by}\`${providedBy(found)} is preferred over \`${found.command}\`: \`${line}\`${note}`,
      once: `${found.command} ${found.by}`,
    };
  },

  mayMatch: (rule) => ({
    words: rule.replacements.map(({ command }) => command),
    filters: rule.replacements.map(({ command }) => command).filter((command) => /grep$/.test(command)),
  }),

  replaces: (rule) => rule.replacements.filter(({ command }) => !/^[ef]grep$/.test(command)),
  recommends: (rule) => rule.replacements.map(({ by }) => by),

  sentence({ replacements }) {
    const pairs = replacements
      .filter(({ command }) => !/^[ef]grep$/.test(command))
      .map(({ command, by }) => inline`${code(command)} (use ${code(by)})`);
    return inline`${joined(pairs)}, where the result is the same; not in pipelines as a filter.`;
  },
};

/** `sudo -u ann` before the command, as typed. */
function asRoot({ parent, line, args }: Exec): string[] {
  const outer = parent === null ? undefined : line.invocations[parent];
  if (outer === undefined || !/^(sudo|doas|run0)$/.test(outer.name ?? '')) return [];
  return [outer.word, ...outer.args.slice(0, outer.args.length - args.length - 1)].map(({ raw }) => raw);
}
