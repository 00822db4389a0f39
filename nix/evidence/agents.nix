# Coding agents and MCP servers in the configuration: names and types, never commands, arguments,
# addresses or environments.
{
  lib,
  # Enabled options, from ./options.nix.
  enabled,
  # Whether the value of an option may be read, from ./options.nix.
  isReadable,
}:
let
  inherit (builtins)
    addErrorContext
    attrNames
    concatMap
    elem
    filter
    isAttrs
    isString
    length
    ;
  inherit (lib) isOption;

  inherit (import ../lib.nix { inherit lib; }) agents tryOr;

  utf8 = import ./utf8.nix;

  # Option -> the id of the agent that it configures.
  idOf = lib.listToAttrs (
    lib.concatLists (
      lib.mapAttrsToList (
        id: agent: map (option: lib.nameValuePair option id) agent.options
      ) agents
    )
  );
  hasMcpServers = entry: entry.node ? mcpServers && isOption entry.node.mcpServers;

  programs = filter (
    entry:
    lib.hasPrefix "programs." entry.option && length (lib.splitString "." entry.option) == 2
  ) enabled;

  typeOf =
    server:
    let
      type = server.type or server.transport or null;
    in
    if !(isAttrs server) then
      "unknown"
    else if
      isString type
      && elem type [
        "stdio"
        "http"
        "sse"
        "ws"
      ]
    then
      type
    else if type == "local" || (server.command or null) != null then
      "stdio"
    else if type == "remote" || (server.url or server.httpUrl or null) != null then
      "http"
    else
      "unknown";

  read =
    option: servers:
    addErrorContext "while nixos-intelligence reads the option `${option}'" (tryOr [ ] (
      let
        list = map (name: {
          inherit option;
          name = utf8 name;
          type = tryOr "unknown" (typeOf servers.${name});
        }) (if isAttrs servers then attrNames servers else [ ]);
      in
      builtins.deepSeq list list
    ));

  # The servers in the options that the modules of the various agents have for them.
  serversOf =
    entry:
    let
      inherit (entry) node;
      direct = filter (name: node ? ${name} && isReadable node.${name}) (
        [ "mcpServers" ] ++ lib.optional (entry.option == "programs.mcp") "servers"
      );
      settings =
        if node ? settings && isReadable node.settings then tryOr { } node.settings.value else { };
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
  # A program with an option for MCP servers is an agent too.
  agents = map (entry: {
    name = idOf.${entry.option} or (lib.removePrefix "programs." entry.option);
    inherit (entry) scope files;
  }) (filter (entry: idOf ? ${entry.option} || hasMcpServers entry) programs);
  mcpServers = concatMap serversOf programs;
}
