/** A purpose of tools, with the vocabulary to recognise it in descriptions. */
export interface Purpose {
  id: string;
  title: string;
  /** The kind of a package of this purpose with a command. */
  kind: 'tool' | 'graphical' | 'font' | 'library';
  /** How much tools of this purpose help an agent that works on code, from 0 to 1. */
  worth: number;
  /** Words and phrases that decide, in the singular, separated by commas. */
  strong: string;
  /** Words and phrases that hint. */
  weak: string;
}

/** The purpose of packages whose description has no known word. */
export const otherPurpose: Purpose = { id: 'other', title: 'Other', kind: 'tool', worth: 0.45, strong: '', weak: '' };

/** In the order in which CLAUDE.md shows them. The words are those of the field; `data/known-tools.ts` names packages. */
export const purposes: readonly Purpose[] = [
  {
    id: 'search',
    title: 'Search',
    kind: 'tool',
    worth: 1,
    strong:
      'search, searching, searcher, grep, fuzzy finder, fuzzy, find file, full text, full text search, finder, code search, pattern matching, locate',
    weak: 'find, regex, regular expression, index, indexing, indexer, pattern, query, match',
  },
  {
    id: 'version-control',
    title: 'Version control',
    kind: 'tool',
    worth: 1,
    strong:
      'git, version control, revision control, source control, version control system, commit, github, gitlab, forgejo, mercurial, subversion, pull request, merge request, git hook, diff, diff tool, changelog, merge conflict, merge driver, rebase',
    weak: 'repository, branch, merge, difference, patch, forge, blame, release, stash',
  },
  {
    id: 'data',
    title: 'Text and data',
    kind: 'tool',
    worth: 0.95,
    strong:
      'json, yaml, csv, tsv, xml, toml, html, stream editor, text processing, data processor, json processor, parquet, spreadsheet data, log viewer, hex, template, templating, data format, tabular, interchange format, calculator, text processor, data extraction, text conversion',
    weak: 'text, data, processor, parse, parser, query, column, row, field, filter, transform, table, convert, sort, count, log, line, markup, stream, format, serialization, string, letter',
  },
  {
    id: 'files',
    title: 'Files',
    kind: 'tool',
    worth: 0.85,
    strong:
      'file manager, directory, file browser, file type, type of file, list open file, archive, archiver, compression, compress, decompress, unzip, zip, backup, rename, disk usage, file system, filesystem, sync file, file transfer, folder, duplicate file, tree view, file listing, trash, synchronization, incremental',
    weak: 'file, core utility, copy, sync, synchronize, list, tree, pager, view, watch, delete, disk, storage, viewer, syntax highlighting, codec, bulk, manage file',
  },
  {
    id: 'languages',
    title: 'Languages and runtimes',
    kind: 'tool',
    worth: 0.9,
    strong:
      'programming language, compiler, compiler collection, interpreter, runtime, javascript runtime, scripting language, toolchain, language implementation, jit, virtual machine for java, sdk, software development kit, repl, javascript engine, transpiler, assembler, typed language, functional language, java development kit, jdk',
    weak: 'language, compile, compiled, script, bytecode, v8, typed, polyglot, dialect, platform tool',
  },
  {
    id: 'building',
    title: 'Building and dependencies',
    kind: 'tool',
    worth: 0.9,
    strong:
      'build system, build tool, build automation, package manager, package installer, dependency manager, dependency resolver, bundler, task runner, command runner, makefile, recipe, developer environment, development environment, environment manager, version manager, monorepo, scaffold, scaffolding, cross compilation, linker, code generator, non source file, incremental build',
    weak: 'build, builder, package, dependency, install, installer, resolver, project, source, compile, generate, generator, generation, environment, workflow, run command, pipeline, artifact, release, project specific command',
  },
  {
    id: 'checking',
    title: 'Checking, formatting, language servers',
    kind: 'tool',
    worth: 0.95,
    strong:
      'linter, lint, linting, formatter, code formatter, formatting, static analysis, static analyzer, static analyser, type checker, type checking, language server, language server protocol, lsp, code analysis, test runner, testing, test framework, unit test, coverage, analysis tool, code quality, style checker, pre commit, pre commit hook, spell checker, validator, complexity, code complexity, vulnerability scanner for code, script analysis, refactoring, autocompletion, code metric, dead code, copy paste detector, duplication, unused code, static typing, typecheck, test suite, mutation testing, fuzzer, schema validation',
    weak: 'check, checker, analysis, analyzer, test, style, quality, validate, syntax, rewriting, semantic, hook, verify, verification, statistic, problem, fix, typing',
  },
  {
    id: 'debugging',
    title: 'Debugging and measuring',
    kind: 'tool',
    worth: 0.8,
    strong:
      'debugger, debug, debugging, tracer, tracing, trace, profiler, profiling, benchmark, benchmarking, disassembler, reverse engineering, memory leak, system call, flame graph, performance analysis, core dump, load testing, decompiler',
    weak: 'performance, measure, inspect, instrument, leak, crash, binary',
  },
  {
    id: 'containers',
    title: 'Containers and virtual machines',
    kind: 'tool',
    worth: 0.9,
    strong:
      'container, container image, kubernetes, cluster, pod, oci, docker, docker compose, orchestration, hypervisor, virtual machine, virtualization, virtualisation, emulator, sandbox, sandboxing, helm chart, container registry, microvm, machine image, unprivileged sandboxing',
    weak: 'image, multi container, namespace, isolation, seccomp, guest, node, emulation, chroot, jail',
  },
  {
    id: 'databases',
    title: 'Databases',
    kind: 'tool',
    worth: 0.85,
    strong:
      'database, database engine, database client, sql, postgresql, mysql, sqlite, key value store, nosql, relational, object relational, database management system, graph database, time series, data store, olap, database migration',
    weak: 'query, transactional, migration, schema, store, replication, cache',
  },
  {
    id: 'cloud',
    title: 'Cloud and deployment',
    kind: 'tool',
    worth: 0.75,
    strong:
      'cloud, cloud storage, aws, amazon web service, azure, google cloud, infrastructure as code, infrastructure, deploy, deployment, provisioning, serverless, configuration management, workspace, google workspace, gitops, continuous integration, ci cd, continuous delivery, google suite, object storage, s3',
    weak: 'remote host, fleet, provider, hosting, automation, ci, it automation',
  },
  {
    id: 'network',
    title: 'Network and web',
    kind: 'tool',
    worth: 0.75,
    strong:
      'secure shell, http, http request, http client, https, ftp, network, networking, dns, ssh, tcp, udp, vpn, proxy, reverse proxy, packet, url, download, downloader, web server, websocket, grpc, wireguard, tunnel, network sniffer, network route, route of packet, network discovery, bandwidth, port scanner, ip address, rest api, load balancer, mqtt, whois, wi fi, wifi, bittorrent, transferring file, remote shell, smtp, imap, file over http, bidirectional data transfer, file sharing, web crawler, scraper, crawler',
    weak: 'web, port, request, transfer, server, client, socket, connection, remote, internet, sniffer, protocol, traffic, resolver, domain, peer, mail, email, firewall, endpoint, api, retrieve',
  },
  {
    id: 'nix',
    title: 'Nix',
    kind: 'tool',
    worth: 0.9,
    strong:
      'nix, nixos, nixpkg, nixpkgs, flake, derivation, nix store, nix expression, binary cache, nix code formatter, nix language server, home manager, nix command',
    weak: 'closure, declarative, reproducible',
  },
  {
    id: 'ai',
    title: 'AI and coding agents',
    kind: 'tool',
    worth: 0.6,
    strong:
      'ai, ai agent, agentic, llm, large language model, language model, coding agent, coding assistant, ai assistant, model context protocol, mcp, mcp server, machine learning, inference, neural network, speech recognition, speech to text, gpt, openai, anthropic, chatbot, embedding, rag, artificial intelligence, deep learning, agentic coding',
    weak: 'agent, model, assistant, prompt, training, spec driven, vector, transcription, autonomous',
  },
  {
    id: 'security',
    title: 'Security and secrets',
    kind: 'tool',
    worth: 0.6,
    strong:
      'encryption, encrypt, decrypt, encrypted, cryptography, cryptographic, password, password manager, secret, openpgp, pgp, gpg, privacy guard, certificate, signature, signing, vulnerability, security audit, penetration testing, security, key management, authentication, two factor, totp, keyring, malware, forensic, tls certificate, credential, hash cracker, exploit, privilege escalation, security scanner, sbom, disk encryption, luks, another user, as root',
    weak: 'key, tls, ssl, auditing, privacy, secure, safe, policy, audit, sign, yubikey, hash, attack, access control, acl, permission, token',
  },
  {
    id: 'system',
    title: 'System and processes',
    kind: 'tool',
    worth: 0.6,
    strong:
      'process viewer, process manager, running process, information about process, process monitor, system monitor, resource monitor, monitoring, system information, system info, hardware, cpu, gpu, disk partitioning, partition, kernel, kernel module, usb, battery, sensor, temperature, service manager, systemd, journal, firmware, bluetooth, pci, s m a r t, power management, memory usage, system utility, disk image, android, device, bootloader, usb drive, boot',
    weak: 'system, monitor, memory, information, performance, load, driver, process, volume, ram, root, user account, mount, drive, uptime, control',
  },
  {
    id: 'shell',
    title: 'Shell and terminal',
    kind: 'tool',
    worth: 0.5,
    strong:
      'shell, command line shell, prompt for any shell, shell prompt, terminal multiplexer, multiplexer, shell history, completion, terminal emulator, shell extension, shell script, terminal recorder, cd command, dotfile, cheat sheet, cheatsheet, man page, shell plugin, shell completion, session manager, fancy prompt, terminal gif',
    weak: 'terminal, prompt, history, console, ansi, color, colour, fish, bash, zsh, tty, alias, run arbitrary command, command, interactive, tab, pane, banner',
  },
  {
    id: 'editors',
    title: 'Editors',
    kind: 'tool',
    worth: 0.4,
    strong:
      'text editor, editor, ide, code editor, modal text editor, integrated development environment, hex editor, modal',
    weak: 'edit, editing, vi, plugin, notebook',
  },
  {
    id: 'documents',
    title: 'Documents, images, audio, video',
    kind: 'tool',
    worth: 0.55,
    strong:
      'pdf, image, bitmap image, video, audio, thumbnail, thumbnailer, documentation format, markdown, latex, tex, typesetting, ocr, optical character recognition, subtitle, music, photo, svg, diagram, graph visualization, gif, screen recording, record screen, ebook, document converter, word processor, rendering library, speech synthesis, text to speech, transcode, exif, metadata, multimedia, 3d, plot, plotting, picture, png, jpeg, office document, slide, chart, static site generator, static website, documentation, publishing, podcast',
    weak: 'document, convert, conversion, render, rendering, media, compose, record, recorder, frame, encode, encoder, codec, graphic, presentation, color, book, page, raster, sound, midi, drawing',
  },
  {
    id: 'desktop',
    title: 'Desktop helpers',
    kind: 'tool',
    worth: 0.3,
    strong:
      'clipboard, x server, wayland, x11, window manager, wayland compositor, compositor, keyboard, mouse, input method, notification, notification daemon, wallpaper, screenshot, screen locker, status bar, launcher, application launcher, brightness, simulate input, fake input, tray, tiling, window management, copy paste, hotkey, screen capture, color picker, screen sharing, desktop integration, display manager, desktop notification',
    weak: 'window, input, screen, desktop, display, monitor layout, gnome, kde, simulation, type, bar, menu, applet',
  },
  {
    id: 'applications',
    title: 'Desktop applications',
    kind: 'graphical',
    worth: 0.1,
    strong:
      'web browser, browser developed, productivity suite, text chat, voice chat, feed reader, podcast player, whiteboard, office suite, media player, music player, video player, gui, gui app, graphical, graphical user interface, gtk, qt, desktop application, desktop app, desktop client, email client, mail client, image viewer, image manipulation, image editor, video editor, ebook reader, game, gaming, flashcard, chat client, messenger, messaging app, instant messaging, note taking, knowledge base, spreadsheet, game engine, video conferencing, voip, pdf viewer, document viewer, photo manager, desktop environment, video game, streaming client, music streaming, remote desktop, archive manager, digital audio workstation, 3d modeling, vector graphics editor, painting, screen recorder, torrent client, rss reader, e book reader',
    weak: 'player, app, application, office, productivity, viewer, collaboration, suite, reader, streaming, browser, chat, calendar, entertainment, fun, novelty, animation, theme',
  },
  {
    id: 'fonts',
    title: 'Fonts and themes',
    kind: 'font',
    worth: 0,
    strong:
      'font, typeface, font family, icon theme, cursor theme, icon set, emoji, nerd font, glyph, gtk theme, sound theme, color scheme, wallpaper collection, icon font, family of font',
    weak: 'icon, cursor, theme, serif, sans, mono, typography, monospace',
  },
  {
    id: 'libraries',
    title: 'Libraries',
    kind: 'library',
    worth: 0,
    strong:
      'c library, c++ library, shared library, header, header file, binding, header only library, development library, c library of programming, python library, runtime library, standard library',
    weak: 'library, framework, module, toolkit, binding, api, extension',
  },
  otherPurpose,
];

/** Utilities of the POSIX standard, with which descriptions compare a tool ("alternative to find") -> purpose. */
export const standardUtilities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    search: 'find grep locate which',
    files: 'ls cat cp mv rm du df tree ln touch tar less more cd stat',
    data: 'awk sed cut sort uniq join paste tr wc head tail column',
    system: 'ps top kill free uptime',
    'version-control': 'diff patch',
    building: 'make',
    network: 'ping dig netcat telnet traceroute',
    shell: 'sh time watch man',
  }).flatMap(([purpose, names]) => names.split(' ').map((name) => [name, purpose] as const)),
);
