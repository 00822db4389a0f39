/** A place of the configuration, as tables spell it: `modules/packages.nix:12`, blanks as `%20`. */
export interface LocatedPlace {
  file: string;
  line?: number | undefined;
}

export function parsePlaces(cell: string): LocatedPlace[] {
  if (cell === '') return [];
  return cell.split(' ').map((text) => {
    const [, file = text, line] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
    return { file: file.replaceAll('%20', ' '), ...(line === undefined ? {} : { line: Number(line) }) };
  });
}

export function placeText({ file, line }: LocatedPlace): string {
  return line === undefined ? file : `${file}:${line}`;
}
