/** Words of a comment or a commit message that say no more than the change itself. */
const emptyWords = new Set(
  `add added adds adding install installed installs installing enable enabled enables enabling include included use used uses using
  introduce introduced init initial initialize setup set up configure configured configuration config configs package packages pkg
  pkgs tool tools app apps application program programs utility utilities support new more some other another also misc stuff thing
  things replace replaces replaced replacing switch switches switched swap instead favor favour migrate migrated update updated updates bump change changes changed move moved cleanup clean fix wip try trying tried test testing to the a an
  and or for of in on at by with from into as my our its it this that these those is are be has have via now today again
  module modules nix nixos nixpkgs home manager system user environment feat feature chore refactor docs style commit file files list
  modern better improved cli tui gui command line commandline terminal`.split(/\s+/),
);

const word = /[\p{L}\p{N}][\p{L}\p{N}+_-]*/gu;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}

/**
 * Whether a text says more about a tool than its names, its description and "add" do. A list of tools says nothing
 * about one of them, nor does a date.
 *
 * @param names the names of the tool: package, attribute, commands
 * @param known text that stands beside it
 * @param others the names of all tools
 */
export function addsWords(text: string, names: readonly string[], known: string, others: ReadonlySet<string>): boolean {
  const words = wordsOf(text);
  const own = new Set(
    names.flatMap((name) => [name.toLowerCase(), ...wordsOf(name), ...(name.toLowerCase().match(/[a-z]+/g) ?? [])]),
  );
  if (words.filter((one) => others.has(one) && !own.has(one)).length > 1) return false;
  const described = new Set(wordsOf(known).map(stem));
  const left = words.filter(
    (one) =>
      one.length > 2 &&
      !/^\d/.test(one) &&
      !emptyWords.has(one) &&
      !own.has(one) &&
      !others.has(one) &&
      !described.has(stem(one)),
  );
  // One new word beside several known ones is a variation: "fast line-oriented search tool".
  return left.length > 0 && left.length >= words.filter((one) => described.has(stem(one))).length / 2;
}

/** `searches`, `searching` and `search` are one word. */
function stem(text: string): string {
  return text.replace(/(?:ing|es|ed|er|ly|s|e)$/, '');
}
