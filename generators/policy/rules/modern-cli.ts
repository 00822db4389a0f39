import { code, inline, joined } from '../../inline.ts';
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
    {command}\`find\`, {command}\`eza\` for {command}\`ls\`, {command}\`bat\` for {command}\`cat\` as a viewer, {command}\`sd\`
    for {command}\`sed\`, and so on. Only tools that the configuration installs are recommended; filters in pipelines,
    {command}\`git grep\`, scripts, quoted words and here-documents are left alone.`,
  settings: {
    keep: {
      default: [],
      example: ['ls', 'cat'],
      description: 'Commands for which {option}`modernCli` recommends no replacement.',
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
      const from = options.settings.keep?.includes(command) ? undefined : provider(by);
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
    const note = better.note === undefined ? '' : ` ${better.note}`;
    return {
      reason: `\`${found.by}\`${providedBy(found)} is preferred over \`${found.command}\`: \`${better.line}\`${note}`,
    };
  },

  mayMatch: (rule) => ({ words: rule.replacements.map(({ command }) => command) }),

  recommends: (rule) => rule.replacements.map(({ by }) => by),

  sentence({ replacements }) {
    const pairs = replacements
      .filter(({ command }) => !/^[ef]grep$/.test(command))
      .map(({ command, by }) => inline`${code(command)} (use ${code(by)})`);
    return inline`${joined(pairs)}, where the result is the same; not in pipelines as a filter.`;
  },
};
