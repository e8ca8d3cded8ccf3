import {HookCommand} from '../../cli/hook-command.js'

export default class HookPostToolUse extends HookCommand {
  static override summary = 'For coding agents: note what a call has brought into the session.'
  static override description =
    'Set as a hook (Claude Code, Codex: PostToolUse; Gemini CLI: AfterTool) by mcos guard install. Text from outside, secrets and effects outside are kept in .mcos/sessions/, for the calls that follow. After a command, what it has changed past the hooks is taken back.'
  static override examples = ['<%= config.bin %> hook post-tool-use --home /srv/northwind < event.json']

  protected readonly event = 'post-tool-use'
}
