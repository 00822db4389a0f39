/**
 * Publicly known MCP servers and the tools of each, by the names under which people configure them. Of other servers and
 * tools only the number of calls is written to a snapshot.
 */
const table: Readonly<Record<string, string>> = {
  atlassian: '',
  'brave-search': 'brave_web_search brave_local_search',
  'chrome-devtools':
    'click drag emulate evaluate_script fill fill_form get_console_message get_network_request handle_dialog hover list_console_messages list_network_requests list_pages navigate_page new_page performance_start_trace performance_stop_trace press_key resize_page select_page take_screenshot take_snapshot upload_file wait_for',
  context7: 'resolve-library-id get-library-docs query-docs',
  deepwiki: 'read_wiki_structure read_wiki_contents ask_question',
  exa: '',
  fetch: 'fetch',
  figma: '',
  filesystem:
    'read_file read_text_file read_media_file read_multiple_files write_file edit_file create_directory list_directory list_directory_with_sizes directory_tree move_file search_files get_file_info list_allowed_directories',
  firecrawl: '',
  git: 'git_status git_diff_unstaged git_diff_staged git_diff git_commit git_add git_reset git_log git_create_branch git_checkout git_show git_branch',
  github:
    'add_issue_comment create_branch create_issue create_or_update_file create_pull_request create_repository fork_repository get_commit get_file_contents get_issue get_me get_pull_request issue_read issue_write list_branches list_commits list_issues list_pull_requests list_tags merge_pull_request pull_request_read push_files search_code search_issues search_pull_requests search_repositories search_users update_issue update_pull_request',
  gitlab: '',
  grafana: '',
  kubernetes: '',
  linear: '',
  'mcp-nixos':
    'nixos_search nixos_info nixos_channels nixos_stats nixos_flakes_search nixos_flakes_stats nixhub_package_versions nixhub_find_version home_manager_search home_manager_info home_manager_stats home_manager_list_options home_manager_options_by_prefix darwin_search darwin_info darwin_stats darwin_list_options darwin_options_by_prefix nix nix_versions',
  memory:
    'create_entities create_relations add_observations delete_entities delete_observations delete_relations read_graph search_nodes open_nodes',
  notion: '',
  playwright:
    'browser_click browser_close browser_console_messages browser_drag browser_evaluate browser_file_upload browser_fill_form browser_handle_dialog browser_hover browser_install browser_navigate browser_navigate_back browser_network_requests browser_press_key browser_resize browser_run_code browser_select_option browser_snapshot browser_tabs browser_take_screenshot browser_type browser_wait_for',
  postgres: 'query',
  puppeteer:
    'puppeteer_navigate puppeteer_screenshot puppeteer_click puppeteer_fill puppeteer_select puppeteer_hover puppeteer_evaluate',
  sentry: '',
  'sequential-thinking': 'sequentialthinking',
  serena:
    'activate_project check_onboarding_performed create_text_file delete_lines delete_memory edit_memory execute_shell_command find_file find_referencing_symbols find_symbol get_current_config get_symbols_overview initial_instructions insert_after_symbol insert_at_line insert_before_symbol list_dir list_memories onboarding open_dashboard prepare_for_new_conversation read_file read_memory rename_symbol replace_content replace_lines replace_regex replace_symbol_body restart_language_server search_for_pattern summarize_changes switch_modes think_about_collected_information think_about_task_adherence think_about_whether_you_are_done write_memory',
  slack: '',
  sqlite: 'read_query write_query create_table list_tables describe_table append_insight',
  stripe: '',
  supabase: '',
  tavily: '',
  time: 'get_current_time convert_time',
  vercel: '',
};

/** Server -> its publicly known tools; none where they are not listed. */
export const publicServers: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(table).map(([server, tools]) => [server, new Set(tools.split(' ').filter((tool) => tool !== ''))]),
);

/** Servers that people configure under several names. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['nixos', 'mcp-nixos'],
  ['mcp_nixos', 'mcp-nixos'],
  ['sequentialthinking', 'sequential-thinking'],
  ['sequential_thinking', 'sequential-thinking'],
  ['brave_search', 'brave-search'],
  ['chrome_devtools', 'chrome-devtools'],
]);

/** The name by which a publicly known server is counted; undefined: it is not known. */
export function publicServer(name: string): string | undefined {
  const usual = otherNames.get(name) ?? name;
  return publicServers.has(usual) ? usual : undefined;
}
