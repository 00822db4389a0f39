/**
 * Kinds of tokens. Kinds below `firstSignificant` are trivia: Nix ignores them, the tree contains them.
 */
export const TokenKind = {
  Whitespace: 0,
  LineComment: 1,
  BlockComment: 2,
  Identifier: 3,
  Integer: 4,
  Float: 5,
  /** A path without interpolation. */
  Path: 6,
  /** `<nixpkgs>` */
  SearchPath: 7,
  Uri: 8,
  StringOpen: 9,
  StringText: 10,
  StringClose: 11,
  IndentedOpen: 12,
  IndentedText: 13,
  IndentedClose: 14,
  /** `${` */
  InterpolationOpen: 15,
  /** A piece of a path with interpolations; `PathEnd`, of no width, ends it. */
  PathText: 16,
  PathEnd: 17,
  Assert: 18,
  Else: 19,
  If: 20,
  In: 21,
  Inherit: 22,
  Let: 23,
  Or: 24,
  Rec: 25,
  Then: 26,
  With: 27,
  BraceOpen: 28,
  BraceClose: 29,
  BracketOpen: 30,
  BracketClose: 31,
  ParenOpen: 32,
  ParenClose: 33,
  Semicolon: 34,
  Colon: 35,
  Comma: 36,
  Dot: 37,
  Ellipsis: 38,
  At: 39,
  Question: 40,
  Assign: 41,
  Not: 42,
  Implies: 43,
  OrOr: 44,
  AndAnd: 45,
  Equal: 46,
  NotEqual: 47,
  Less: 48,
  Greater: 49,
  LessEqual: 50,
  GreaterEqual: 51,
  Update: 52,
  Plus: 53,
  Minus: 54,
  Times: 55,
  Divide: 56,
  Concat: 57,
  /** `<|` */
  PipeFrom: 58,
  /** `|>` */
  PipeInto: 59,
  /** A character that cannot begin a token. */
  Unknown: 60,
  End: 61,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

export const firstSignificant = TokenKind.Identifier;
