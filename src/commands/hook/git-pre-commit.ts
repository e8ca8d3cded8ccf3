import {hookPreCommit} from '../../app/git-hooks/pre-commit.js'
import type {HookCall, HookWord} from '../../app/git-hooks/site.js'
import {GitHookCommand} from '../../cli/git-hook-command.js'

export default class HookGitPreCommit extends GitHookCommand {
  static override summary = 'For git: judge what is about to be committed.'
  static override description =
    'Set by mcos guard install --git. What an agent has staged is judged by its contract and the guardrails; nobody commits a secret, or an operating file that can not be read.'
  static override examples = ['<%= config.bin %> hook git-pre-commit --home ~/my-fleet']

  protected answer(call: HookCall): Promise<HookWord> {
    return hookPreCommit(call)
  }
}
