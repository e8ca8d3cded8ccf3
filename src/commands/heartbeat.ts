import {Args, Flags} from '@oclif/core'
import {heartbeat} from '../app/heartbeat.js'
import {BaseCommand} from '../cli/base-command.js'
import {listenForInterruption} from '../cli/interruption.js'
import type {LiveBeat} from '../cli/live/live-beat.js'
import type {HeartbeatReport} from '../heartbeat/report.js'
import {presentBeat} from '../present/heartbeat.js'

export default class Heartbeat extends BaseCommand {
  static override summary = 'Do what is due: look, act on news, one commit a turn. Cron calls this.'
  static override description =
    'Probes are code: a beat that finds no news asks no model and makes no commit. With no agent named it beats for the one whose folder this is, or at the home for all of this machine.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> donna --dry-run',
    '*/30 * * * *  <%= config.bin %> <%= command.id %> --home /srv/my-fleet',
  ]
  static override strict = false
  static override args = {
    agent: Args.string({description: 'Agents to beat for; any number.'}),
  }
  static override flags = {
    all: Flags.boolean({description: 'Every agent of this machine, wherever you stand.'}),
    force: Flags.boolean({description: 'Take every check as due.'}),
    'dry-run': Flags.boolean({description: 'Show what would be due and why; look at nothing, change nothing.'}),
    strict: Flags.boolean({description: 'Fail when a cadence had to be guessed.'}),
    at: Flags.string({
      description: 'Rehearse another time (with --dry-run, or in a fleet with "rehearsal: true").',
      helpValue: 'TIME',
    }),
    concurrency: Flags.integer({description: 'How many agents look at the world at the same time.', min: 1, max: 999}),
  }

  async run(): Promise<HeartbeatReport> {
    const {argv, flags} = await this.parse(Heartbeat)
    const {home, at, concurrency, all, force, strict, 'dry-run': dryRun} = flags
    const request = {
      agents: argv.map(String),
      all,
      force,
      strict,
      dryRun,
      ...(home === undefined ? {} : {home}),
      ...(at === undefined ? {} : {at}),
      ...(concurrency === undefined ? {} : {concurrency}),
    }
    const {stdout, stderr, env} = process
    const isLive = !this.jsonEnabled() && !dryRun && (stdout.isTTY || stderr.isTTY)
    const live = isLive ? await openLive() : null
    const interruption = listenForInterruption()
    const site = {cwd: process.cwd(), env, signal: interruption.signal, ...(live ? {listen: live.listen} : {})}
    const answer = await heartbeat(request, site).finally(live?.abandon)
    interruption.stop()
    for (const line of answer.news) this.note(line)
    live?.close(answer)
    if (!live || !stdout.isTTY) this.print(presentBeat(answer, {isPlan: dryRun, isWatched: stdout.isTTY}))
    this.endWith(interruption.exitCode() ?? answer.exit)
    return answer.report
  }
}

async function openLive(): Promise<LiveBeat> {
  const [{openLiveBeat}, {lettersIn}] = await Promise.all([
    import('../cli/live/live-beat.js'),
    import('../kit/plain-letters.js'),
  ])
  const {env, stdout: out, stderr: err} = process
  return openLiveBeat({out, err, term: env['TERM'], letters: lettersIn(env)})
}
