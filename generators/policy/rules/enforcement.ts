import { agents } from '../../agents/agents.ts';
import { inline } from '../../inline.ts';
import { items } from '../../json-value.ts';
import { texts } from '../../lang/shell/arguments.ts';
import { operandsOf } from '../../lang/shell/global-options.ts';
import type { Word } from '../../lang/shell/line.ts';
import type { Access, Exec, Match, ToolCall } from '../call.ts';
import { foundIn, removesFound } from '../removal.ts';
import { type World, wordPath } from '../world.ts';
import type { ReadyMadeRule } from './rule.ts';

/** The links by which the client finds the hook, and its settings that disable hooks. */
export const enforcement: ReadyMadeRule<object> = {
  name: 'enforcement',
  default: 'block',
  description: `
    Removing what enforces the policies: the links of the plugin and of the managed settings, and settings of the client
    that disable hooks.`,
  compile: () => ({ rule: {} }),

  checkFile(access, _rule, world) {
    if (access.how !== 'edit' && access.how !== 'remove') return null;
    const path = pathOf(access, world);
    return path !== null && carries(path, access, world) ? removal(access.word.raw) : null;
  },
  checkCommand(exec, _rule, world) {
    const text = texts(exec.args).join(' ');
    const found = /^g?find$/.test(exec.base ?? '') ? removedByFind(exec, world) : null;
    if (found !== null) return found;
    if (exec.base === 'claude') {
      if (/^config set .*disableAllHooks/.test(text)) return removal('disableAllHooks');
      const words = operandsOf('claude', exec.args);
      const plugin = /^plugins?$/.test(words[0] ?? '') && /^(disable|uninstall|remove)$/.test(words[1] ?? '');
      if (plugin && /nixos-intelligence|--all|-a\b/.test(text)) return removal(`claude ${words.slice(0, 2).join(' ')}`);
    }
    return disables.test(text) && !/^(grep|rg|echo|printf|git|fd|find)$/.test(exec.base ?? '')
      ? removal('disableAllHooks')
      : null;
  },
  checkLine(execs) {
    const writes = execs.find((exec) =>
      exec.redirections.some(({ operator, target }) => operator.startsWith('>') && isSettings(target?.text ?? '')),
    );
    return writes !== undefined && execs.some((exec) => disables.test(written(exec)))
      ? removal('disableAllHooks')
      : null;
  },
  checkTool(call) {
    const settings = filesOf(call).find(isSettings);
    return settings !== undefined && disables.test(JSON.stringify(call.input)) ? removal(settings) : null;
  },

  mayMatch: () => ({
    texts: [
      ...['nixos-intelligence', 'managed-settings', 'claude-code', 'skills', '.claude', 'codex', 'disableallhooks'],
      ...hookPlaces.map(({ folder }) => folder.replace(/^\.config\//, '')),
    ],
    words: ['claude', 'skills'],
    editedPaths: ['nixos-intelligence', 'claude-code', '.claude', '/etc/codex'],
  }),

  sentence: () => inline`removing or editing what enforces these rules.`,
};

/** `find ~/.claude/skills -type l -delete` */
function removedByFind(exec: Exec, world: World): Match | null {
  const words = texts(exec.args);
  const others = words.some((word, index) => /^-i?name$/.test(word) && !/nixos|^\*$/.test(words[index + 1] ?? ''));
  if (others || words[words.indexOf('-type') + 1] === 'f' || !removesFound(words)) return null;
  const folder = foundIn(exec.args).find((word) => {
    const access: Access = { word, how: 'remove', cwd: exec.cwd, by: 'find', exec };
    const path = pathOf(access, world);
    return path !== null && carries(path, access, world);
  });
  return folder === undefined ? null : removal(folder.raw);
}

const removal = (what: string): Match => ({
  reason: `\`${what.replaceAll('`', "'").slice(0, 100)}\`: this would remove what enforces the policies. They are changed in the Nix configuration (\`programs.nixos-intelligence.policies\`).`,
});

/** Not in quotes of another level: `{\"disableAllHooks\": true}` in JSON inside JSON. */
const disables =
  /disableAllHooks\\*["']?\s*[\]:=]+\s*(true|1)|["']?nixos-intelligence@[\w-]+\\*["']?\s*[\]:=]+\s*false/;

const isSettings = (path: string): boolean =>
  /(^|\/)(settings(\.local)?|\.claude|managed-settings|[\w-]+)\.json$/.test(path) && /claude/.test(path);

const filesOf = ({ input }: ToolCall): string[] =>
  items(input.file_path ?? input.path).filter((path) => typeof path === 'string');

/** Where the hooks of other agents are linked, relative to the home. */
const hookPlaces = Object.values(agents).flatMap(({ folder, files = [] }) =>
  folder === undefined
    ? []
    : files.filter((file) => !file.endsWith('.md')).map((file) => ({ folder, place: `${folder}/${file}` })),
);

const written = ({ args, redirections }: Exec): string =>
  [...args, ...redirections.flatMap(({ target }) => target ?? [])].map(({ raw }) => raw).join(' ');

function pathOf({ word, cwd }: Access, world: World): string | null {
  const text = word.text ?? (word.shape ?? '').split('\0').pop() ?? '';
  return wordPath({ text, quoted: word.quoted }, cwd, world.home) ?? text;
}

const withoutPattern = (path: string, { pattern }: Word): string =>
  pattern ? path.replace(/\/[^/]*[*?[][^/]*$/, '') : path;

/** Whether a path is one of the links, or a folder whose removal removes them. */
function carries(path: string, { how, word, by }: Access, { home }: World): boolean {
  if (/(^|\/)skills\/nixos-intelligence(\/|$)/.test(path)) return true;
  if (/^\/etc\/claude-code\/managed-settings(\.json|\.d\/\d*-?nixos-intelligence[\w.-]*)$/.test(path)) return true;
  if (/^\/etc\/codex\/(hooks\.json|requirements\.toml)$/.test(path)) return true;
  const inHome = path.startsWith(`${home}/`) ? path.slice(home.length + 1) : '';
  if (hookPlaces.some(({ place }) => `${inHome}/`.startsWith(`${place}/`))) return true;
  if (how !== 'remove' && by !== 'mv') return false;
  const folder = withoutPattern(path, word);
  const parent = withoutPattern(inHome, word);
  if (hookPlaces.some((one) => `${parent}/`.startsWith(`${one.folder}/`) && one.place.startsWith(`${parent}/`))) {
    return true;
  }
  return /(^|\/)\.claude(\/skills)?$|^\/etc\/(codex|claude-code(\/managed-settings\.d)?)$/.test(folder);
}
