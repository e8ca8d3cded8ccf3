import {Args} from '@oclif/core'
import {type CheckAnswer, type CheckRequest, checkGuard, exitOfCheck, parseCheckRequest} from '../../app/guard-check.js'
import {BaseCommand} from '../../cli/base-command.js'
import {readInput} from '../../cli/hook-line.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {presentGuardCheck} from '../../present/guard-check.js'

export default class GuardCheck extends BaseCommand {
  static override summary = 'Ask the guard about one action or one call, without making it.'
  static override description =
    `Either AGENT VERB TARGET, or {"agent", "tool", "input"} as JSON on the standard input. Exits 0 where it is allowed, 4 where a person would be asked, 3 where it is denied; a contract, guardrail or mcos.yaml that can't be read is a denial.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna write workspaces/donna/notes.md',
    '<%= config.bin %> <%= command.id %> donna run "npm test" --json',
    `echo '{"agent":"donna","tool":"Bash","input":{"command":"rm -rf .."}}' | <%= config.bin %> <%= command.id %> --json`,
  ]
  static override args = {
    agent: Args.string({description: 'Who would do it.'}),
    verb: Args.string({
      description: 'What would be done, such as read, write, delete, run, fetch or a word of the contract.',
    }),
    target: Args.string({description: 'To what: a path from the home, a host, a command line.'}),
  }

  async run(): Promise<CheckAnswer> {
    const {args, flags} = await this.parse(GuardCheck)
    const options = {cwd: process.cwd(), env: process.env, ...(flags.home === undefined ? {} : {home: flags.home})}
    const answer = await checkGuard(requestOf(args), options)
    this.print(presentGuardCheck(answer))
    this.endWith(exitOfCheck(answer))
    return answer
  }
}

function requestOf({
  agent,
  verb,
  target,
}: {
  agent?: string | undefined
  verb?: string | undefined
  target?: string | undefined
}): CheckRequest {
  if (agent === undefined) return parseCheckRequest(readInput())
  if (verb !== undefined && target !== undefined) return {agent, session: null, kind: 'action', action: {verb, target}}
  throw new UserError('An action has three words: AGENT VERB TARGET.', {
    code: 'USAGE',
    fix: 'mcos guard check donna write workspaces/donna/notes.md',
    exit: EXIT.usage,
  })
}
