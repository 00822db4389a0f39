// The Markdown of the NixOS manual, in which the descriptions of options are written. Twenty thousand of them are read
// in one build, and they use few forms: a Markdown parser would take longer than the rest of the build.

/**
 * Markdown without what only the manual shows: roles (``{option}`name` ``), targets of links, fences of admonitions.
 * Code spans and emphasis stay.
 */
export function withoutRoles(markdown: string): string {
  return markdown
    .replace(/(?<!`)\{(?:option|command|file|env|var|manpage|variable)\}(?=`)/g, '')
    .replace(/\[([^\][]*)\]\([^()\s]*\)/g, (whole, label: string) => (label === '' ? whole : label))
    .replace(/^:{3,}.*$/gm, '');
}

/** The text of Markdown on one line, without markup; HTML, which the manual does not show, goes, too. */
export function textOfManual(markdown: string): string {
  return withoutRoles(markdown)
    .replace(/^ *(?:[-*+]|\d+\.|#+|>) +|^ *```.*$/gm, '')
    .replace(
      marked,
      (_, escaped?: string, __?: string, code?: string, link?: string, ___?: string, emphasis?: string) =>
        escaped ?? code ?? link ?? emphasis ?? '',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** An escaped character, a code span, a link in angle brackets, HTML, strong text or emphasis. */
const marked =
  /\\([!-/:-@[-`{-~])|(`+)(.+?)\2|<((?:https?|mailto):[^>\s]+)>|<\/?[a-z][^>]*>|(\*\*|__|\*|(?<!\w)_)(?=\S)(.+?)(?<=\S)\5/gs;
