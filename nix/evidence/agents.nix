# Coding agents and MCP servers that the configuration sets up: names and types, never commands,
# arguments, addresses or environments.
{
  lib,
  # Enabled options, as `enabled-options.nix` finds them.
  enabled,
}:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    isAttrs
    isString
    ;
  inherit (lib) isOption;

  tryOr = import ./try-or.nix;

  # An agent is a program with a place for MCP servers, or one of these, whose modules have none.
  known = [
    "aider-chat"
    "amp"
    "antigravity"
    "claude-code"
    "codex"
    "crush"
    "cursor"
    "gemini-cli"
    "github-copilot-cli"
    "goose-cli"
    "opencode"
    "pi-coding-agent"
  ];

  nameOf = entry: lib.last (lib.splitString "." entry.option);
  programs = filter (entry: lib.hasPrefix "programs." entry.option && lib.length (lib.splitString "." entry.option) == 2) enabled;

  typeOf =
    server:
    let
      type = server.type or server.transport or null;
    in
    if !(isAttrs server) then
      "unknown"
    else if isString type && builtins.elem type [ "stdio" "http" "sse" "ws" ] then
      type
    else if type == "local" || (server.command or null) != null then
      "stdio"
    else if type == "remote" || (server.url or server.httpUrl or null) != null then
      "http"
    else
      "unknown";

  read =
    option: servers:
    tryOr [ ] (
      let
        list = map (name: {
          inherit name option;
          type = tryOr "unknown" (typeOf servers.${name});
        }) (if isAttrs servers then attrNames servers else [ ]);
      in
      builtins.deepSeq list list
    );

  # Where the modules of the various agents keep their servers.
  serversOf =
    entry:
    let
      inherit (entry) node;
      direct = filter (name: node ? ${name} && isOption node.${name}) (
        [ "mcpServers" ] ++ lib.optional (entry.option == "programs.mcp") "servers"
      );
      settings = if node ? settings && isOption node.settings then tryOr { } node.settings.value else { };
      inSettings = filter (name: isAttrs settings && settings ? ${name}) [
        "mcpServers"
        "mcp_servers"
        "mcp"
      ];
    in
    concatMap (name: read "${entry.option}.${name}" node.${name}.value) direct
    ++ concatMap (name: read "${entry.option}.settings.${name}" settings.${name}) inSettings;
in
{
  agents = map (entry: {
    name = nameOf entry;
    inherit (entry) scope files;
  }) (filter (entry: builtins.elem (nameOf entry) known || (entry.node ? mcpServers && isOption entry.node.mcpServers)) programs);
  mcpServers = concatMap serversOf programs;
}
