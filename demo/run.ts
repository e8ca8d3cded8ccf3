import {appendFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {DemoJudge} from './judge.js'
import {type DispatchService, startService} from './service.js'
import {type Beat, Stage} from './stage.js'

/** What a run of the demo has shown, for whoever has to believe it. */
export interface Shown {
  readonly beats: readonly Beat[]
  /** Of an outage, and of urgent mail. */
  readonly pages: number
  readonly mailPages: number
  readonly relayed: number
  /** Threads of the mailbox that jarvis was told of. */
  readonly escalated: number
  readonly outageLines: number
  readonly recoveryLines: number
  readonly commits: number
  readonly workedTurns: number
  /** Checks that were put to a model, calls to it, and what they cost. */
  readonly judged: number
  readonly modelCalls: number
  readonly costUsd: number
}

/** A throw-away fleet from workspaces/, a service beside it, and three heartbeats. */
export async function runDemo(write: (text: string) => void, judge: DemoJudge | null = null): Promise<Shown> {
  const stage = new Stage(write, judge?.env)
  const service = await startService()
  try {
    return await play(stage, service, judge)
  } finally {
    await service.close()
    stage.strike()
  }
}

async function play(stage: Stage, service: DispatchService, judge: DemoJudge | null): Promise<Shown> {
  stage.say(
    judge === null
      ? 'A company of heating technicians, five agents, no key, no network. First the fleet: folders of markdown in git.'
      : 'A company of heating technicians, five agents and a model. First the fleet: folders of markdown in git.',
  )
  if (judge) stage.say(judge.introduction)
  await stage.mcos('init', 'fleet', 'northwind', '--template', 'northwind')
  stage.cwd = join(stage.dir, 'northwind')
  settle(stage, service, judge)
  await stage.mcos('commit', '-m', 'Dispatch answers on this machine')
  await makeAppRepository(stage)
  stage.say('Commands in a HEARTBEAT.md run only after a person has trusted their exact text on this machine.')
  await stage.mcos('trust', '--yes')

  stage.say(
    'Heartbeat 1: the night has brought 24 mails. Donna sorts them by rules alone; what is urgent reaches jarvis.',
  )
  const night = await stage.beat()
  const {date} = await stage.json<{date: string}>('log', 'donna')
  await stage.shell('head', '-n', '24', `donna/mail/${date}.md`)

  stage.say(
    judge === null
      ? 'Heartbeat 2: jarvis reads what he was told. For the others all is as it should be: no commit, no model, a receipt that says why.'
      : 'Heartbeat 2: nothing is new. What was asked is answered, and nobody is asked twice.',
  )
  const first = await stage.beat()
  const before = await countCommits(stage)

  stage.say('A colleague writes, and a request comes in from the website.')
  await stage.mcos('message', 'send', 'gene', 'The new boiler sensors arrive on Thursday.')
  writeFileSync(
    join(stage.cwd, 'donna/requests/2026-11-21-long-street-8.md'),
    '# Long Street 8\n\nNo heat since this morning. Two children.\n',
  )
  stage.say('Heartbeat 3: gene reads his message, donna sees the request, the others have nothing to do.')
  const second = await stage.beat()

  stage.say('Then the bad minute: dispatch breaks down, and an urgent message reaches donna.')
  service.breakDown()
  await stage.mcos(
    'message',
    'send',
    'donna',
    'Forty customers cannot reach us. Is dispatch down?',
    '--priority',
    'urgent',
  )
  stage.say(
    'Heartbeat 4: the message is relayed to jarvis; gene notices the outage, tries the trusted recovery once, asks again, and a person is paged.',
  )
  const third = await stage.beat()
  for (const {title, text} of service.pages) stage.say(`The founders' phone: ${title}\n${text}`)

  if (judge) {
    stage.say('What the model was sent, part by part, and what all of it has cost:')
    await stage.mcos('context', 'donna')
    await stage.mcos('usage')
  }
  stage.say('What is in the files now:')
  await stage.shell('cat', `gene/memory/${newestLog(await stage.json('log', 'gene'))}`)
  await stage.mcos('status')
  await stage.mcos('history')
  const {turns} = await stage.json<{turns: {turn: string; agent: string | null; trigger: string}[]}>('history')
  const lastOfGene = turns.find(({agent, trigger}) => agent === 'gene' && trigger === 'heartbeat')
  stage.say('Every turn is a commit. To see or take back this one:')
  stage.say(`  mcos show ${lastOfGene?.turn}\n  mcos undo ${lastOfGene?.turn}`)
  return tell(stage, {service, beats: [night, first, second, third], commits: (await countCommits(stage)) - before})
}

/** The sample expects dispatch on a fixed port and its own time of day; here both are as this machine has them. */
function settle(stage: Stage, {port}: DispatchService, judge: DemoJudge | null): void {
  for (const file of ['mcos.yaml', 'gene/HEARTBEAT.md', 'gene/SOUL.md']) {
    const path = join(stage.cwd, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('127.0.0.1:8377', `127.0.0.1:${port}`))
  }
  const path = join(stage.cwd, 'mcos.yaml')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^timezone: .*$/m, `timezone: ${zoneWhereItIsTen()}`))
  if (judge) appendFileSync(path, judge.yaml)
}

/** So that the demo shows the same at midnight: quiet hours are real, and would silence half of it. */
function zoneWhereItIsTen(): string {
  const ahead = ((10 - new Date().getUTCHours() + 36) % 24) - 12
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/** The repository that flow watches, one commit old. */
async function makeAppRepository(stage: Stage): Promise<void> {
  const app = join(stage.dir, 'field-app')
  mkdirSync(app)
  writeFileSync(join(app, 'README.md'), '# Field app\n')
  const git = ['-C', '../field-app', '-c', 'user.name=Flow', '-c', 'user.email=flow@northwind.example']
  await stage.shell('git', 'init', '-q', '-b', 'main', '../field-app')
  await stage.shell('git', '-C', '../field-app', 'add', 'README.md')
  await stage.shell('git', ...git, 'commit', '-qm', 'Begin')
}

function newestLog({date}: {date: string}): string {
  return `${date}.md`
}

async function countCommits(stage: Stage): Promise<number> {
  return (await stage.json<{turns: unknown[]}>('history', '--limit', '1000')).turns.length
}

async function tell(
  stage: Stage,
  {service, beats, commits}: {service: DispatchService; beats: readonly Beat[]; commits: number},
): Promise<Shown> {
  const agents = beats.flatMap((beat) => beat.agents)
  const log = await stage.json<{text: string}>('log', 'gene')
  const {messages} = await stage.json<{messages: {from: string; subject: string}[]}>('message', 'list', 'jarvis')
  return {
    beats,
    pages: service.pages.filter(({title}) => title.endsWith('is down')).length,
    mailPages: service.pages.filter(({title}) => title.startsWith('Urgent mail')).length,
    relayed: messages.filter(({subject}) => subject.startsWith('Fwd: ')).length,
    escalated: messages.filter(({from, subject}) => from === 'donna' && subject.startsWith('Urgent mail')).length,
    outageLines: log.text.match(/- outage: /g)?.length ?? 0,
    recoveryLines: log.text.match(/- recovery: /g)?.length ?? 0,
    commits,
    workedTurns: agents.filter(({state}) => state === 'worked').length,
    judged: agents.flatMap(({checks}) => checks.filter(({status}) => status === 'asked')).length,
    modelCalls: agents.reduce((sum, {model_calls}) => sum + model_calls, 0),
    costUsd: agents.reduce((sum, {cost_usd}) => sum + cost_usd, 0),
  }
}
