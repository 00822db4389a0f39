# Shell aliases and abbreviations that the user's files set: their names and the names of the
# commands in their text. The text itself may contain hosts, paths or tokens and is dropped here.
{
  lib,
  options,
  files,
}:
let
  inherit (builtins)
    addErrorContext
    any
    attrNames
    concatLists
    concatMap
    elem
    filter
    head
    isAttrs
    isList
    isString
    match
    split
    tail
    ;

  inherit (import ../lib.nix { inherit lib; }) tryOr;
  utf8 = import ./utf8.nix;

  strings = filter isString;

  # Commands and keywords that are followed by another command.
  transparent = [
    "sudo"
    "doas"
    "env"
    "command"
    "builtin"
    "exec"
    "nohup"
    "nice"
    "time"
  ];
  keywords = [
    "if"
    "then"
    "else"
    "elif"
    "while"
    "until"
    "do"
    "and"
    "or"
    "not"
    "begin"
    "!"
  ];
  # Keywords that are followed by a name or a word, not by a command.
  closing = [
    "for"
    "select"
    "function"
    "fi"
    "done"
    "end"
  ];

  # The words of one simple command -> the commands it runs. An option ends the search, because the
  # word after it may be its argument.
  commandsOf =
    words:
    if words == [ ] then
      [ ]
    else
      let
        word = head words;
      in
      if elem word keywords || match "[A-Za-z_][A-Za-z0-9_]*=.*" word != null then
        commandsOf (tail words)
      # A word that nobody would type is no command: it may be a token.
      else if
        builtins.stringLength word > 100
        || elem word closing
        || match "[A-Za-z_][A-Za-z0-9_.+-]*" word == null
      then
        [ ]
      else
        [ word ] ++ lib.optionals (elem word transparent) (commandsOf (tail words));

  replace =
    pattern: replacement: text:
    lib.concatStringsSep replacement (strings (split pattern text));

  # Text that is not read, because the quoted parts depend on the shell or because an operator in it
  # does not start a command.
  unclear =
    ".*("
    + lib.concatStringsSep "|" [
      "<<[^<]" # here-document
      "=\\(" # array
      "\\\\'" # a quote in fish's single quotes and in $'…'
      "\\[\\["
      "\\(\\("
      "\\$\\{[^}]*[|&;\n(`]"
      "\"[^\"]*(`|\\$\\()" # quotes within quotes: "$(a "b")"
      "(^|[ \t\n;])(case|switch)[ \t\n]"
    ]
    + ").*";
  flat = lib.replaceStrings [ "\n" "<<<" ] [ " ; " "<" ];

  # A missed command is better than an argument that is taken for a command. So quoted text,
  # redirections and comments are removed, and so is everything up to the next operator after a
  # closing bracket, and after an `&` inside a word, as in a URL.
  commands =
    text:
    # Regular expressions over long texts can exhaust the evaluator's stack.
    if builtins.stringLength text > 2000 || match unclear (flat text) != null then
      [ ]
    else
      let
        unquoted = strings (split "'[^']*'|\"([^\"\\]|\\\\(.|\n))*\"|\\\\(.|\n)|#[^\n]*" text);
      in
      # A quote that is not closed, or that was mistaken for an opening quote.
      if any (part: match ".*['\"].*" (flat part) != null) unquoted then
        [ ]
      else
        lib.unique (
          concatMap (part: commandsOf (filter (word: word != "") (strings (split "[ \t]+" part)))) (
            strings (
              split "[|&;\n(]+" (
                lib.pipe unquoted [
                  (lib.concatStringsSep "\"\"")
                  (replace "[0-9]*&?[<>]+[&|]?[ \t]*[^ \t\n|&;()]*" " ")
                  (replace "[^ \t\n|&;()<>]&[^ \t\n|&;()][^ \t\n|;()]*" "")
                  (replace "[)`{}][^|&;\n(]*" "")
                ]
              )
            )
          )
        );

  textOf =
    value:
    if isString value then
      value
    else if isAttrs value then
      # An abbreviation that is expanded by a function has no text.
      lib.findFirst isString "" [
        (value.expansion or null)
        (value.value or null)
      ]
    else if isList value then
      lib.concatStringsSep " " (filter isString value)
    else
      "";

  # Definitions by user files only: NixOS passes its own aliases to every shell.
  from =
    {
      shell,
      kind,
      option,
    }:
    let
      definitions = filter (definition: files.isUser definition.file && isAttrs definition.value) (
        map (
          definition: definition // { file = files.plain definition.file; }
        ) option.definitionsWithLocations
      );
      # Without those whose conditions are false.
      names = filter (name: tryOr false (builtins.hasAttr name option.value)) (
        lib.unique (concatMap (definition: attrNames definition.value) definitions)
      );
      one =
        name:
        let
          found = addErrorContext "while nixos-intelligence reads the alias ${name}" (
            commands (builtins.unsafeDiscardStringContext (textOf option.value.${name}))
          );
        in
        {
          inherit shell kind;
          name = utf8 name;
          commands = tryOr [ ] (builtins.deepSeq found found);
          files = lib.unique (
            map (definition: files.show definition.file) (
              filter (definition: definition.value ? ${name}) definitions
            )
          );
        };
      aliases = map one (filter (name: option.value ? ${name}) names);
    in
    tryOr [ ] (builtins.deepSeq aliases aliases);

  at = path: lib.attrByPath path null options;
  # Whether a shell reads its aliases, so that their text is evaluated anyway.
  isOn =
    shell:
    let
      enable = at [
        "programs"
        shell
        "enable"
      ];
    in
    enable == null
    # In newer NixOS bash is always enabled. The option is hidden there, and reading it is an error.
    || tryOr true ((enable.visible or true) == false)
    || tryOr null enable.value == true;
  # For the shells of a home that take its aliases; a system's are in /etc/profile.
  anyShell = any (shell: options ? programs.${shell}.enable && isOn shell) [
    "bash"
    "fish"
    "ion"
    "nushell"
    "zsh"
  ];
  source =
    shell: kind: path: enabled:
    let
      option = at path;
    in
    if option != null && lib.isOption option && enabled then
      from { inherit shell kind option; }
    else
      [ ];
  ofShell =
    shell: kind: path:
    source shell kind ([ "programs" shell ] ++ path) (isOn shell);
in
concatLists [
  (source "all" "alias" [ "environment" "shellAliases" ] true)
  (source "all" "alias" [ "home" "shellAliases" ] anyShell)
  (ofShell "bash" "alias" [ "shellAliases" ])
  (ofShell "zsh" "alias" [ "shellAliases" ])
  (ofShell "zsh" "abbreviation" [ "zsh-abbr" "abbreviations" ])
  (ofShell "fish" "alias" [ "shellAliases" ])
  (ofShell "fish" "abbreviation" [ "shellAbbrs" ])
]
