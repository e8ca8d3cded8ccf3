import {Args, Flags} from '@oclif/core'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {type Begun, beginHere} from '../../cli/begin-here.js'
import {hangLines} from '../../cli/hang-lines.js'
import {presentFirstSteps, presentStarted} from '../../present/start.js'

export default class Init extends BaseCommand {
  static override summary = 'Begin: a fleet, its first agent and first heartbeat, in a short conversation.'
  static override description =
    'On a terminal it asks at most six questions, and Enter takes what it proposes. Every answer is also a flag; with --yes, and wherever flags leave nothing open, nothing is asked.'
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init my-fleet --yes',
    '<%= config.bin %> init my-fleet --template engineer --agent flow --engine claude --watch ~/code/app --schedule none',
    '<%= config.bin %> init my-fleet --adopt ~/.openclaw/workspace --engine rules --yes',
  ]
  static override args = {
    dir: Args.string({description: 'Where the fleet shall live. The folder is made when it is not there.'}),
  }
  static override flags = {
    adopt: Flags.string({
      description: "A workspace that becomes the first agent; the fleet's own folder is adopted in place.",
      helpValue: 'DIR',
      exclusive: ['template'],
    }),
    template: Flags.string({
      description: 'solo, engineer, comms, operations, security, orchestrator, blank, or mission-control with five.',
      helpValue: 'NAME',
    }),
    agent: Flags.string({description: "The first agent's name.", helpValue: 'NAME'}),
    engine: Flags.string({
      description: 'claude, openai, deepseek, gemini, grok, ollama:MODEL, claude-code, codex, gemini-cli or rules.',
      helpValue: 'WORD',
    }),
    watch: Flags.string({
      description: 'A repository or a maildir it keeps an eye on; several times, or "all" that is near, or "none".',
      helpValue: 'DIR',
      multiple: true,
      multipleNonGreedy: true,
    }),
    schedule: Flags.string({
      description: 'Who starts the heartbeats: none, cron, systemd or launchd.',
      helpValue: 'WORD',
    }),
    yes: Flags.boolean({description: 'Take what is proposed for everything that no flag says.'}),
  }

  async run(): Promise<Begun> {
    const {args, flags} = await this.parse(Init)
    requirePerson(process.env)
    const {yes, home, ...answers} = flags
    const begun = await beginHere(
      {...answers, dir: args.dir ?? home},
      {takesDefaults: yes, progress: (text) => this.progress(text)},
    )
    const columns = process.stdout.columns || Number.POSITIVE_INFINITY
    this.print(hangLines(presentStarted(begun), columns))
    this.print(`\n${presentFirstSteps(begun, process.cwd())}`)
    return begun
  }
}
