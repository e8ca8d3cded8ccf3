import {hookPreMerge} from '../../app/git-hooks/pre-merge.js'
import type {HookCall, HookWord} from '../../app/git-hooks/site.js'
import {GitHookCommand} from '../../cli/git-hook-command.js'

export default class HookGitPreMergeCommit extends GitHookCommand {
  static override summary = 'For git: judge a merge before it is committed.'
  static override description =
    'Set by mcos guard install --git. Conflict markers and lost guardrails are refused, and contracts that open wider are told.'
  static override examples = ['<%= config.bin %> hook git-pre-merge-commit --home ~/my-fleet']

  protected answer(call: HookCall): Promise<HookWord> {
    return hookPreMerge(call)
  }
}
