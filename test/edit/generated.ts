import fc from 'fast-check';

/** A configuration that is generated element by element, so that its text without an element is known, too. */
export interface Generated {
  parts: readonly Part[];
  /** How the option is written: `environment.systemPackages = …;` in its set. */
  path: keyof typeof paths;
  lineBreak: '\n' | '\r\n';
  indent: '  ' | '\t';
  finalLineBreak: boolean;
}

export interface Part {
  form: keyof typeof forms;
  elements: readonly Element[];
}

export interface Element {
  name: string;
  style: 'plain' | 'override' | 'quoted';
  /** On its line. */
  comment: string | null;
  /** Above it, about it alone. */
  above: boolean;
}

const pool = [
  ...[
    'ripgrep',
    'fd',
    'bat',
    'eza',
    'jq',
    'htop',
    'curl',
    'wget',
    'tree',
    'file',
    'zip',
    'unzip',
    'dust',
    'procs',
    'sd',
  ],
  ...['tokei', 'hyperfine', 'bottom', 'gitui', 'lazygit', 'delta', 'tealdeer', 'zoxide', 'starship', 'fzf', 'hello'],
  ...['nodejs_20', 'gcc-arm-embedded', "x'y", '_1password-gui', 'python3', 'kdePackages.okular', 'gnome.nautilus'],
];

interface Layout {
  nl: string;
  tab: string;
  /** Of the line on which the expression begins. */
  base: string;
}

/** `pkgs.ripgrep`, or `ripgrep` in `with pkgs`. */
function spelled({ name, style }: Element, bare: boolean): string {
  const reference = bare ? name : `pkgs.${name}`;
  if (style === 'quoted' && !bare && !name.includes('.')) return `pkgs."${name}"`;
  return style === 'override' ? `(${reference}.override { withTests = false; })` : reference;
}

function stacked(elements: readonly Element[], { nl, tab, base }: Layout, bare: boolean): string {
  const indent = base + tab;
  const lines = elements.flatMap((element) => [
    ...(element.above ? [`${indent}# ${element.name}: kept for the tests`] : []),
    `${indent}${spelled(element, bare)}${element.comment === null ? '' : ` # ${element.comment}`}`,
  ]);
  // The heading of all: it stays.
  return `[${nl}${indent}# Tools${nl}${nl}${lines.map((line) => line + nl).join('')}${base}]`;
}

const inline = (elements: readonly Element[], bare: boolean): string =>
  elements.length === 0 ? '[ ]' : `[ ${elements.map((element) => spelled(element, bare)).join(' ')} ]`;

const inherited = (elements: readonly Element[]): readonly Element[] =>
  elements.filter(({ name }) => !name.includes('.') && !name.includes("'"));

/** The list forms that configurations use. */
const forms = {
  plain: (elements: readonly Element[]) => inline(elements, false),
  with: (elements: readonly Element[]) => `(with pkgs; ${inline(elements, true)})`,
  stacked: (elements: readonly Element[], layout: Layout) => stacked(elements, layout, false),
  'stacked with': (elements: readonly Element[], layout: Layout) => `(with pkgs; ${stacked(elements, layout, true)})`,
  optionals: (elements: readonly Element[]) => `lib.optionals config.x.enable ${inline(elements, false)}`,
  'stacked optionals': (elements: readonly Element[], layout: Layout) =>
    `lib.optionals (config.x.enable && !y) ${stacked(elements, layout, false)}`,
  unique: (elements: readonly Element[]) => `lib.unique ${inline(elements, false)}`,
  if: (elements: readonly Element[]) => `(if config.x.enable then ${inline(elements, false)} else [ pkgs.other ])`,
  'with in let': (elements: readonly Element[], layout: Layout) =>
    `(let own = with pkgs; ${stacked(elements, layout, true)}; in own)`,
  inherit: (elements: readonly Element[]) => {
    const names = inherited(elements).map(({ name }) => ` ${name}`);
    return `builtins.attrValues { x = pkgs.first;${names.length === 0 ? '' : ` inherit (pkgs)${names.join('')};`} }`;
  },
  'stacked inherit': (elements: readonly Element[], { nl, tab, base }: Layout) => {
    const lines = inherited(elements).map(({ name }) => `${base}${tab}${tab}${name}${nl}`);
    const names =
      lines.length === 0 ? '' : `${base}${tab}inherit (pkgs)${nl}${lines.join('')}${base}${tab}${tab};${nl}`;
    return `lib.attrValues {${nl}${base}${tab}inherit (pkgs) first;${nl}${names}${base}}`;
  },
} satisfies Record<string, (elements: readonly Element[], layout: Layout) => string>;

type Wrap = (value: (base: string) => string, layout: Omit<Layout, 'base'>) => string;

/** Attribute paths and properties around the list. */
const paths = {
  dotted: (value, { tab, nl }) => `{${nl}${tab}environment.systemPackages = ${value(tab)};${nl}}`,
  quoted: (value, { tab, nl }) => `{${nl}${tab}environment."systemPackages" = ${value(tab)};${nl}}`,
  nested: (value, { tab, nl }) =>
    `{${nl}${tab}environment = {${nl}${tab}${tab}systemPackages = ${value(tab + tab)};${nl}${tab}};${nl}}`,
  config: (value, { tab, nl }) => `{${nl}${tab}config.environment.systemPackages = ${value(tab)};${nl}}`,
  home: (value, { tab, nl }) => `{${nl}${tab}home.packages = ${value(tab)};${nl}}`,
  user: (value, { tab, nl }) => `{${nl}${tab}users.users.ann.packages = ${value(tab)};${nl}}`,
  mkIf: (value, { tab, nl }) =>
    `{${nl}${tab}environment.systemPackages = lib.mkIf config.x.enable (${value(tab)});${nl}}`,
  mkMerge: (value, { tab, nl }) =>
    `{${nl}${tab}environment.systemPackages = lib.mkMerge [ (${value(tab)}) (lib.mkBefore [ pkgs.early ]) ];${nl}}`,
  let: (value, { tab, nl }) =>
    `let${nl}${tab}tools = ${value(tab)};${nl}in${nl}{${nl}${tab}environment.systemPackages = tools ++ [ pkgs.late ];${nl}}`,
} satisfies Record<string, Wrap>;

/** The text of the configuration. */
export function render({ parts, path, lineBreak, indent, finalLineBreak }: Generated): string {
  const layout = { nl: lineBreak, tab: indent };
  const value = (base: string): string =>
    parts.map(({ form, elements }) => forms[form](elements, { ...layout, base })).join(`${lineBreak}${base}++ `);
  const module = paths[path](value, layout);
  return `{ pkgs, lib, config, y, ... }:${lineBreak}# The packages.${lineBreak}${module}${finalLineBreak ? lineBreak : ''}`;
}

/** The names of the packages that the text of a configuration shows. */
export function namesOf({ parts }: Generated): string[] {
  return parts.flatMap(({ form, elements }) =>
    (form.endsWith('inherit') ? inherited(elements) : elements).map(({ name }) => name),
  );
}

export function without(generated: Generated, name: string): Generated {
  const parts = generated.parts.map(({ form, elements }) => ({
    form,
    elements: elements.filter((element) => element.name !== name),
  }));
  return { ...generated, parts };
}

const words = fc.constantFrom('fast', 'for work # really', 'TODO: replace ]; soon', 'ünïcode 日本', 'a "quote"');

const element = fc.record({
  name: fc.constantFrom(...pool),
  style: fc.constantFrom('plain', 'plain', 'plain', 'override', 'quoted'),
  comment: fc.option(words, { nil: null }),
  above: fc.boolean(),
} satisfies { [Key in keyof Element]: fc.Arbitrary<Element[Key]> });

const keysOf = <Key extends string>(table: Record<Key, unknown>): Key[] => Object.keys(table) as Key[];

/** Configurations whose packages have different names. */
export const generated: fc.Arbitrary<Generated> = fc
  .record({
    names: fc.shuffledSubarray(pool, { minLength: 3, maxLength: 12 }),
    forms: fc.array(fc.constantFrom(...keysOf(forms)), { minLength: 1, maxLength: 3 }),
    elements: fc.array(element, { minLength: 12, maxLength: 12 }),
    path: fc.constantFrom(...keysOf(paths)),
    lineBreak: fc.constantFrom('\n' as const, '\r\n' as const),
    indent: fc.constantFrom('  ' as const, '\t' as const),
    finalLineBreak: fc.boolean(),
  })
  .map(({ names, forms: chosen, elements, ...rest }) => ({
    ...rest,
    parts: chosen.map((form, part) => ({
      form,
      elements: names
        .filter((_, index) => index % chosen.length === part)
        .map((name, index) => ({ ...(elements[index] as Element), name })),
    })),
  }));
