import { isEnglish } from './public-words.ts';
import { stem } from './same-tool.ts';

/** Commands and short names that messages use for a package with another name. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  ripgrep: ['rg'],
  neovim: ['nvim'],
  'google-chrome': ['chrome'],
  'code-cursor': ['cursor'],
  vscode: ['vs code', 'visual studio code', 'code'],
  obs: ['obs-studio', 'obs studio'],
  'obs-studio': ['obs'],
  gnupg: ['gpg'],
  postgresql: ['postgres', 'psql'],
  'nix-output-monitor': ['nom'],
  httpie: ['http'],
  'github-cli': ['gh'],
  gh: ['github cli'],
  'yq-go': ['yq'],
  kubectl: ['kubernetes cli'],
  imagemagick: ['convert', 'magick'],
  libreoffice: ['libre office'],
  nodejs: ['node', 'node.js'],
  python: ['python3'],
  gnumake: ['make'],
  'du-dust': ['dust'],
  bottom: ['btm'],
  difftastic: ['difft'],
  tealdeer: ['tldr'],
  helix: ['hx'],
  'android-tools': ['adb', 'fastboot'],
  adb: ['android debug bridge'],
};

/** Package names that are also common words: they name the package only where the text marks them. */
const everyday = new Set(
  (
    'file less more time watch which tree just go make choose bottom top cut sort pass task at code fast eza act bat dust duf entr ' +
    'glow gum hurl marker miller parallel screen sd fd tig age note fish man nil just rust sed tar zip wine wrap zoom signal slack ' +
    'discord light bash git nix home manager python node java gnome kde sudo ssh boot gtk qt feh ' +
    'dive delta skim mosh helix foot rest test jump plan link media input node desktop core base main module default'
  ).split(' '),
);

/** Common words that name the program in running text, too. */
const properNames =
  /^(git|fish|bash|python|node|java|rust|slack|discord|signal|zoom|gnome|kde|helix|nix|eza|feh|dust|duf|entr|skim|mosh|bat|gum|glow|fd|tig|delta|wine|go)$/;

/** The names that a message may use for a tool, longest first. */
export function namesOf(name: string): string[] {
  const parts = (/^nvtopPackages\./.test(name) ? 'nvtop' : name).split('.');
  const last = parts.at(-1) ?? '';
  const base = parts[0] === 'inputs' ? stem(name) : last;
  const bare = stem(parts.join('.'));
  const names = new Set<string>();
  for (const one of [name, last, base, bare].flatMap((one) => [one, one.replace(/^_/, '')])) {
    const lower = one.toLowerCase();
    names.add(lower);
    names.add(lower.replace(/[-_]/g, ' '));
    names.add(lower.replace(/_/g, '-'));
    for (const other of alsoCalled[lower] ?? []) names.add(other);
  }
  if (parts[0] === 'inputs') {
    names.delete(last.toLowerCase() === 'default' ? 'default' : '');
    // `code-cursor-nix` is called cursor.
    for (const other of alsoCalled[bare] ?? []) names.add(other);
  }
  for (const suffix of [
    '-gui',
    '-desktop',
    '-browser',
    '-cli',
    '-bin',
    '-with-plugins',
    '-studio',
    '-terminal',
    '-appimage',
  ]) {
    if (bare.endsWith(suffix) && bare.length > suffix.length + 2)
      names.add(bare.slice(0, -suffix.length).replace(/^-/, ''));
  }
  return [...names].filter((one) => one.length > 1).sort((a, b) => b.length - a.length);
}

/**
 * Returns the place and the words with which a text first names a tool; undefined if it does not.
 *
 * @param options `isList`: the text is a list of tools, so that a common word is a tool's name
 */
export function mention(
  text: string,
  name: string,
  options: { isList?: boolean } = {},
): { at: number; words: string } | undefined {
  const lower = text.toLowerCase();
  for (const words of namesOf(name)) {
    for (let at = lower.indexOf(words); at !== -1; at = lower.indexOf(words, at + 1)) {
      if (!isWhole(lower, at, words)) continue;
      if (everyday.has(words) && !isSetOff(lower, at, words)) continue;
      const isClear = options.isList || !isEnglish(words) || everyday.has(words) || isUsedAsName(text, at, words);
      if (isClear) return { at, words };
    }
  }
  return undefined;
}

function isWhole(text: string, at: number, words: string): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at + words.length] ?? ' ';
  const next = text[at + words.length + 1] ?? ' ';
  if (/[\p{L}\p{N}_/@~$-]/u.test(before)) return false;
  // `modules.apps.thunar` is about thunar; `x.go` is not about go.
  if (before === '.' && /\w/.test(text[at - 2] ?? ' ') && (words.length < 4 || everyday.has(words))) return false;
  if (/[\p{L}\p{N}_/-]/u.test(after)) return false;
  // `file.nix` and `foo.com` are not the program.
  return !(after === '.' && /[\p{L}\p{N}]/u.test(next)) && !(after === ':' && next === '/');
}

/** Whether a common word (`container`) is at a place where a text names a tool. */
function isUsedAsName(text: string, at: number, words: string): boolean {
  const before = text.slice(0, at);
  if (isSetOff(text.toLowerCase(), at, words)) return true;
  // `chromium does not build`, `feat: chromium with codecs`, `… with Chromium`
  if (/^\W*$|:\s+$/.test(before)) return true;
  if (/^\p{Lu}/u.test(text.slice(at))) return true;
  return /\b(?:add|install|remov|drop|enabl|disabl|replac|switch|migrat|swap|updat|upgrad|bump|build|try)\w*\s+(?:(?:to|from|out|back)\s+)?$/i.test(
    before,
  );
}

/** In code marks, in a list of names, at the head of a list item, or right behind a verb of installing. */
function isSetOff(text: string, at: number, words: string): boolean {
  const before = text.slice(Math.max(0, at - 24), at);
  const after = text.slice(at + words.length, at + words.length + 8);
  if (/[`'"(]$/.test(before) && /^[`'")]/.test(after)) return true;
  if (/^\s*[-*•]?\s*$/.test(before.split('\n').at(-1) ?? '') && /^\s*(:|-|–|—|\()/.test(after)) return true;
  if (/,\s*(and\s+)?$/.test(before) || /^\s*,/.test(after))
    return !/^\s*,?\s*(and then|but|so)\b/.test(after) || properNames.test(words);
  const isAfterVerb =
    /\b(add|adds|added|install|installs|installed|remove[sd]?|drop|dropped|use|using|replace[sd]?|enable[sd]?|disable[sd]?|try|switch(?:ed)? to|with|init)\s+$/.test(
      before,
    );
  if (isAfterVerb) return properNames.test(words) || /^\s*($|[\n.;)]|and\b|to\b|for\b|package|tool|cli)/.test(after);
  return properNames.test(words) && /^\s*(?:[:)]|$)/.test(after);
}
