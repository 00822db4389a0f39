import { type EvaluatedHost, placeOf, sampledOptions, sampledPackages } from './evaluated-host.ts';

/**
 * What answers a question: every group must be in one line of a text (with its headings), or in the output of one
 * look-up; a group is a list of alternatives. `null`: the evidence has no answer, and a look-up should say so.
 */
export type Answer = readonly (readonly string[])[] | null;

/** One question that an agent asks about a host. */
export interface Question {
  ask: string;
  answer: Answer;
  /** The look-up that an agent would try: arguments of `nixos-intelligence`, or `grep PATTERN TABLE`. */
  lookUp: readonly string[];
  /** Statements that would be false on this host, in the file or in the look-up's answer. */
  wrong?: RegExp;
}

/** What the truth of a host cannot be computed from: written by hand, from its files and the user's story. */
export interface HandWritten {
  /** One text of each group of the answer: `workstation`, [`no password`, `passwordless`]. */
  release: Answer;
  kind: Answer;
  sudo: Answer;
  containers: Answer;
  rebuild: Answer;
  checkout: Answer;
  attribute: Answer;
  /** May an agent rebuild without asking? */
  mayRebuild: Answer;
  systemList: Answer;
  userList: Answer;
  homeManager: Answer;
  generated: { file: string; answer: Answer };
  /** May an agent read private keys? */
  secretFiles: Answer;
  installed: readonly (readonly [command: string, packageName: string])[];
  reasons: readonly (readonly [name: string, answer: Answer])[];
  dependency: { name: string; answer: Answer };
  replaced: { name: string; answer: Answer };
  search: Answer;
  editor: Answer;
  json: Answer;
  finder: Answer;
  runs: { word: string; answer: Answer };
  agents: Answer;
  mcp: Answer;
  failing: { name: string; answer: Answer };
  /** A tool that is declared and does not occur in the user's history. */
  unused: { name: string; answer: Answer };
  tryOut: Answer;
  languageInstallers: Answer;
  deletion: Answer;
  recent: Answer;
  wrong: Partial<Record<'release' | 'kind' | 'editor' | 'search' | 'failing' | 'rebuild' | 'sudo', RegExp>>;
}

/** Public tools of which some are installed and some are not. */
const publicTools = ['emacs', 'ansible', 'nushell', 'pandoc', 'htop', 'zellij', 'terraform', 'yazi'];

/** The fifty questions of a host. Subjects come from its evaluated configuration in the order of a hash. */
export function questionsOf(evaluated: EvaluatedHost, hand: HandWritten): Question[] {
  const packages = sampledPackages(evaluated);
  const options = sampledOptions(evaluated);
  const { host, user } = evaluated;
  const names = new Set(evaluated.packages.flatMap(({ name, mainProgram }) => [name, mainProgram]));
  const absent = publicTools.filter((name) => !names.has(name));
  const at = <Value>(list: readonly Value[], index: number): Value => list[index % list.length] as Value;
  const known = (text: string | null): Answer => (text === null ? null : [[text]]);
  const declared = (index: number): Question => {
    const { name, declarations } = at(packages, index);
    const places = declarations.filter(({ by }) => by === null);
    return {
      ask: `In which file and line is ${name} declared?`,
      answer: [[name], places.map(placeOf)],
      lookUp: ['package', name],
    };
  };
  const isInstalled = ([command, name]: readonly [string, string]): Question => ({
    ask: `Can I call \`${command}\`?`,
    answer: [[command], [name]],
    lookUp: ['command', command],
    wrong: new RegExp(`\\b${command}\\b.*not installed`),
  });
  const isAbsent = (name: string): Question => ({
    ask: `Is ${name} installed?`,
    answer: [[name], ['not installed', 'not found', 'no command', 'no package', 'is not']],
    lookUp: ['package', name],
  });
  const optionSet = (index: number): Question => {
    if (options.length === 0) return isAbsent(at(absent, index + 2));
    const { option, places } = at(options, index);
    return {
      ask: `Is ${option} enabled, and where is it set?`,
      answer: [[option], places.map(placeOf)],
      lookUp: ['option', `${option}.enable`],
    };
  };
  const why = ([name, answer]: readonly [string, Answer]): Question => ({
    ask: `Why does this system have ${name}?`,
    answer,
    lookUp: ['package', name],
  });
  const sample = at(packages, 6);
  return [
    // The machine and its user.
    {
      ask: 'Which operating system and release is this?',
      answer: hand.release,
      lookUp: ['option', 'system.nixos.release'],
    },
    { ask: 'What is the name of this host?', answer: known(host.name), lookUp: ['option', 'networking.hostName'] },
    { ask: 'As which user do I work?', answer: [[user.name]], lookUp: ['option', 'users.users'] },
    {
      ask: "What is the user's login shell?",
      answer: known(user.shell),
      lookUp: ['option', `users.users.${user.name}.shell`],
    },
    {
      ask: 'Can I use sudo, and does it ask for a password?',
      answer: hand.sudo,
      lookUp: ['option', 'security.sudo.wheelNeedsPassword'],
    },
    {
      ask: 'Can this user run containers?',
      answer: hand.containers,
      lookUp: ['option', 'virtualisation.docker.enable'],
    },
    { ask: 'Is there a graphical session, and which?', answer: hand.kind, lookUp: ['search', 'desktop'] },
    { ask: 'Which processor architecture is it?', answer: [[host.system]], lookUp: ['option', 'nixpkgs.hostPlatform'] },
    // Changing the configuration.
    { ask: 'How do I apply a change of the configuration?', answer: hand.rebuild, lookUp: ['search', 'rebuild'] },
    {
      ask: 'Where is the checkout of the configuration?',
      answer: hand.checkout,
      lookUp: ['option', 'programs.nixos-intelligence.flake.path'],
    },
    {
      ask: 'Which configuration of the flake is this host?',
      answer: hand.attribute,
      lookUp: ['option', 'networking.hostName'],
    },
    {
      ask: 'May I rebuild without asking?',
      answer: hand.mayRebuild,
      lookUp: ['policy', 'explain', 'sudo nixos-rebuild switch'],
    },
    { ask: 'Where do I add cowsay for all users?', answer: hand.systemList, lookUp: ['where', '--system', 'cowsay'] },
    { ask: 'Where do I add cowsay for this user only?', answer: hand.userList, lookUp: ['where', '--user', 'cowsay'] },
    { ask: 'Is home-manager used, and how?', answer: hand.homeManager, lookUp: ['package', 'home-manager'] },
    optionSet(0),
    optionSet(1),
    optionSet(2),
    {
      ask: 'Is services.jellyfin enabled?',
      answer: [['jellyfin'], ['not set', 'false', 'no enabled part', 'no option', 'not found', 'no index']],
      lookUp: ['option', 'services.jellyfin.enable'],
    },
    {
      ask: `May I edit ${hand.generated.file}?`,
      answer: hand.generated.answer,
      lookUp: ['policy', 'explain', `echo x >> ${hand.generated.file}`],
    },
    {
      ask: 'May I read ~/.ssh/id_ed25519?',
      answer: hand.secretFiles,
      lookUp: ['policy', 'explain', 'cat ~/.ssh/id_ed25519'],
    },
    // Packages.
    ...[0, 1, 2, 3, 4, 5].map(declared),
    ...hand.installed.map(isInstalled),
    isAbsent(at(absent, 0)),
    isAbsent(at(absent, 1)),
    {
      ask: `Which package provides ${sample.mainProgram ?? sample.name}?`,
      answer: [[sample.name]],
      lookUp: ['command', sample.mainProgram ?? sample.name],
    },
    {
      ask: `Which version of ${sample.name} is installed?`,
      answer: [[sample.name], [sample.version ?? '']],
      lookUp: ['package', sample.name],
    },
    ...hand.reasons.map(why),
    {
      ask: `What does ${hand.dependency.name} need, or what needs it?`,
      answer: hand.dependency.answer,
      lookUp: ['why', hand.dependency.name],
    },
    {
      ask: `What was used before ${hand.replaced.name}?`,
      answer: hand.replaced.answer,
      lookUp: ['explain', hand.replaced.name],
    },
    // Habits.
    {
      ask: 'With which command should I search file contents?',
      answer: hand.search,
      lookUp: ['explain', 'ripgrep'],
      ...wrong(hand.wrong.search),
    },
    {
      ask: 'Which editor does the user use?',
      answer: hand.editor,
      lookUp: ['search', 'editor'],
      ...wrong(hand.wrong.editor),
    },
    { ask: 'With which command should I find files by name?', answer: hand.finder, lookUp: ['explain', 'fd'] },
    { ask: 'With which command should I read JSON?', answer: hand.json, lookUp: ['explain', 'jq'] },
    {
      ask: `What runs when the user types \`${hand.runs.word}\`?`,
      answer: hand.runs.answer,
      lookUp: ['command', hand.runs.word],
    },
    { ask: 'Which coding agents are installed?', answer: hand.agents, lookUp: ['search', 'agent'] },
    { ask: 'Which MCP servers are configured?', answer: hand.mcp, lookUp: ['search', 'mcp'] },
    {
      ask: 'Which commands fail on this machine, and why?',
      answer: hand.failing.answer,
      lookUp: ['explain', hand.failing.name],
      ...wrong(hand.wrong.failing),
    },
    {
      ask: `Does the user use ${hand.unused.name}?`,
      answer: hand.unused.answer,
      lookUp: ['explain', hand.unused.name],
    },
    { ask: 'How do I run a program once that is not installed?', answer: hand.tryOut, lookUp: ['package', 'cowsay'] },
    {
      ask: 'May I install a program with `npm install -g`?',
      answer: hand.languageInstallers,
      lookUp: ['policy', 'explain', 'npm install -g serve'],
    },
    { ask: 'May I run `rm -rf ~`?', answer: hand.deletion, lookUp: ['policy', 'explain', 'rm -rf ~'] },
    { ask: 'What changed recently in the configuration?', answer: hand.recent, lookUp: ['explain', 'recent'] },
  ];
}

const wrong = (pattern: RegExp | undefined): { wrong?: RegExp } => (pattern === undefined ? {} : { wrong: pattern });
