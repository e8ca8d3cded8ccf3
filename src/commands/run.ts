import {Args, Flags} from '@oclif/core'
import {type EpisodesReport, runEpisodes} from '../app/run/episodes.js'
import {readRunText} from '../app/run/read-text.js'
import {exitOf, type RunReport} from '../app/run/report.js'
import {run} from '../app/run.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {listenForInterruption} from '../cli/interruption.js'
import {openTurnOutput} from '../cli/open-turn-output.js'
import {lettersIn} from '../kit/plain-letters.js'
import {presentEpisodes} from '../present/run.js'
import {ownValuesOf} from '../turn/own-secrets.js'

export default class Run extends BaseCommand {
  static override summary = 'Have an agent do a piece of work: one turn, one commit, and what it cost.'
  static override description =
    'On a terminal the answer streams; in a pipe only its end goes to stdout. With --episodes it works at a goal in several short turns, each a commit, until the goal is reached or nothing moves any more.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> donna "Draft the answer to Ms Bell"',
    'git diff | <%= config.bin %> <%= command.id %> flow - --kind reason',
    '<%= config.bin %> <%= command.id %> donna "Sort the invoices of 2025" --episodes 10 --turns 8',
    '<%= config.bin %> <%= command.id %> donna "What is open?" --json',
  ]
  static override args = {
    agent: Args.string({required: true, description: 'Who does it.'}),
    text: Args.string({description: 'What you want done; - for the standard input.'}),
  }
  static override flags = {
    file: Flags.string({description: 'Take the text from a file; - for the standard input.', helpValue: 'FILE|-'}),
    kind: Flags.option({
      options: ['triage', 'draft', 'reason', 'research'] as const,
      description: 'Ask the route of this name where the fleet has one.',
    })(),
    'max-calls': Flags.integer({description: 'The most requests to a model; otherwise 60.', min: 1, helpValue: 'N'}),
    'max-tokens': Flags.integer({
      description: 'The most tokens, in and out together; otherwise 2 million.',
      min: 1,
      helpValue: 'N',
    }),
    timeout: Flags.string({description: 'The longest it may take, such as 90s; otherwise 15m.', helpValue: 'TIME'}),
    episodes: Flags.integer({
      description: 'Work at it in short turns, at most so many, with WORKSTATE.md between them.',
      min: 1,
      max: 1000,
      helpValue: 'N',
    }),
    turns: Flags.integer({
      description: 'The most requests to a model in one episode; otherwise 8.',
      min: 1,
      helpValue: 'N',
      dependsOn: ['episodes'],
    }),
    stream: Flags.boolean({default: true, allowNo: true, description: 'Show the answer as it comes.'}),
    events: Flags.boolean({
      description: 'Print what happens as JSON, a line an event; the last one is the report.',
      exclusive: ['json'],
    }),
  }

  async run(): Promise<RunReport | EpisodesReport> {
    const {args, flags} = await this.parse(Run)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const {kind, timeout, episodes, turns, 'max-calls': maxCalls, 'max-tokens': maxTokens} = flags
    const text = readRunText({text: args.text, file: flags.file}, {cwd: process.cwd()})
    const request = {agent: args.agent, text, kind, maxCalls, maxTokens, timeout}
    const style = this.jsonEnabled() ? 'document' : flags.events ? 'events' : 'person'
    const output = openTurnOutput(
      style,
      {out: process.stdout, err: process.stderr},
      {
        streams: flags.stream,
        secrets: ownValuesOf(fleet, null),
        term: process.env['TERM'],
        letters: lettersIn(process.env),
        agent: args.agent,
      },
    )
    const interruption = listenForInterruption()
    const watch = {...output, signal: interruption.signal}
    const working =
      episodes === undefined ? run(fleet, request, watch) : runEpisodes(fleet, {...request, episodes, turns}, watch)
    const report = await working.finally(output.abandon)
    interruption.stop()
    output.close(report, {more: presentEpisodes(report)})
    this.endWith(interruption.exitCode() ?? exitOf(report))
    return report
  }
}
