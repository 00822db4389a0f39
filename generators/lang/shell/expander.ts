import type { Assignment, Word as BashWord } from 'unbash';
import type { Word } from './line.ts';

/**
 * Expands words for a caller that knows more than the text of one word: the values of variables, the output of
 * `$(echo rm)`. Without an expander, words are converted by `toWord`.
 */
export interface Expander {
  /** The words of a command after expansion; several lists if a value has alternatives. */
  command: (words: readonly BashWord[]) => Word[][];
  /** The alternatives of one word that is not split: the target of a redirection. */
  word: (word: BashWord) => Word[];
  /** The line gives a variable a value. */
  assign: (assignment: Assignment) => void;
  /** A loop gives a variable each of these words; undefined if the line does not list them. */
  bind: (name: string, words: readonly BashWord[] | undefined) => void;
}
