import {existsSync} from 'node:fs'
import path from 'node:path'
import {tilde} from '../app/start/first-look.js'
import {firstFree} from '../app/start/propose-place.js'
import {
  detectSchedules,
  parseSchedule,
  type ScheduleChoice,
  type Scheduled,
  scheduleFleet,
} from '../app/start/schedule-fleet.js'
import type {Started} from '../app/start/start.js'
import {insistOnTemplate} from '../app/start/wish.js'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import {typedIn} from '../present/next-steps.js'
import {bereftHome, CONFIG_FILE, findHome} from '../workspace/home.js'
import {askStart, type StartChoice} from './ask-start.js'
import {type Conversation, canConverse, converseOver, type Option, openConversation} from './conversation.js'
import {listenForInterruption} from './interruption.js'
import {nearest} from './nearest.js'
import {folderOf, type Here, lookAround, type StartAnswers, wrongPlace, wrongWorkspace} from './start-answers.js'

/** What `mcos init` answers. */
export interface Begun extends Started {
  /** What starts the heartbeats from now on, if anything does. */
  readonly schedule: Scheduled
}

export interface BeginOptions {
  /** --yes: what is proposed is taken. */
  readonly takesDefaults: boolean
  readonly progress: (text: string) => void
}

/** Asks what is open, then makes all of it; until the last answer nothing has been written. */
export async function beginHere(answers: StartAnswers, options: BeginOptions): Promise<Begun> {
  const here: Here = {cwd: process.cwd(), env: process.env}
  insistOnSense(answers, here)
  const talk = openTalk(answers, options)
  let choice: StartChoice
  try {
    choice = await askStart(answers, {...here, found: await lookAround(here), schedules: schedulesOf(here)}, talk)
  } finally {
    talk.close()
  }
  const {start} = await import('../app/start/start.js')
  // From here on Ctrl-C waits for the step that is under way: each is one commit.
  const interruption = listenForInterruption()
  try {
    const started = await start(choice, {...here, signal: interruption.signal, progress: options.progress})
    const schedule = await scheduleFleet(started.home, interruption.signal.aborted ? 'none' : choice.schedule, here)
    process.exitCode = interruption.exitCode() ?? EXIT.done
    return {...started, schedule}
  } finally {
    interruption.stop()
  }
}

const SCHEDULE_LABELS: Readonly<Record<ScheduleChoice, string>> = {
  none: 'not yet: you start beats by hand',
  systemd: 'a timer of your own systemd, as `mcos service install` writes it',
  cron: 'a line in your crontab',
  launchd: 'an agent of launchd',
}

function schedulesOf({env}: Here): Option[] {
  return (['none', ...detectSchedules(env)] as const).map((word) => ({word, label: SCHEDULE_LABELS[word]}))
}

/** What can be said before anybody is asked anything. */
function insistOnSense(answers: StartAnswers, here: Here): void {
  const {dir, adopt, schedule, template} = answers
  // What was typed wrong is said before anybody answers a question.
  if (schedule !== undefined) parseSchedule(schedule)
  if (template !== undefined) insistOnTemplate(template)
  if (dir === undefined) insistOnNoFleetHere(here)
  else {
    const meant = /^[a-z]+$/.test(dir) ? nearest(dir, ['agent', 'fleet'], 1)[0] : undefined
    if (meant !== undefined) throw mistyped(dir, meant)
    const wrong = wrongPlace(folderOf(dir, here), here)
    if (wrong !== null) throw wrongFolder(folderOf(dir, here), wrong, here)
  }
  const wrong = adopt === undefined ? null : wrongWorkspace(folderOf(adopt, here))
  if (wrong !== null) throw usage(wrong, 'Name the folder in which SOUL.md lies: --adopt ~/.openclaw/workspace')
}

function openTalk(answers: StartAnswers, {takesDefaults}: BeginOptions): Conversation {
  const silent = converseOver({read: async () => '', write: () => undefined, close: () => undefined})
  if (takesDefaults) return silent
  const open = openFlags(answers)
  if (open.length === 0) return silent
  if (canConverse()) return openConversation()
  throw new UserError(
    `mcos init asks its questions on a terminal, and this runs without one: ${open.join(', ')} ${open.length === 1 ? 'is' : 'are'} open.`,
    {
      code: 'NO_TERMINAL',
      fix: [
        'mcos init my-fleet --yes   # takes what is proposed',
        `mcos init my-fleet ${open
          .filter((flag) => flag.startsWith('--'))
          .map((flag) => `${flag.split(' ')[0]} …`)
          .join(' ')}`.trimEnd(),
      ],
      exit: EXIT.usage,
    },
  )
}

/** What would be asked, as the flags that answer it. */
function openFlags({dir, adopt, template, agent, engine, watch, schedule}: StartAnswers): string[] {
  return [
    ...(dir === undefined ? ['DIR'] : []),
    ...(adopt === undefined && template === undefined ? ['--template or --adopt'] : []),
    ...(adopt === undefined && template !== 'mission-control' && agent === undefined ? ['--agent'] : []),
    ...(engine === undefined ? ['--engine'] : []),
    ...(adopt === undefined && watch === undefined ? ['--watch'] : []),
    ...(schedule === undefined ? ['--schedule'] : []),
  ]
}

function insistOnNoFleetHere({cwd, env}: Here): void {
  try {
    const home = findHome({cwd, env: {...(env['MCOS_HOME'] ? {MCOS_HOME: env['MCOS_HOME']} : {})}})
    throw new UserError(`There is a fleet here already, in ${home}.`, {
      code: 'FLEET_EXISTS',
      fix: [
        'mcos init agent NAME   # one agent more',
        'mcos status',
        'mcos init FOLDER   # a fleet of its own, elsewhere',
      ],
      exit: EXIT.usage,
    })
  } catch (error) {
    if (!isUserError(error) || error.code !== 'NO_FLEET' || bereftHome(cwd) !== null) throw error
  }
}

/** What helps where a fleet can't begin: a folder that is free, and the fleet itself where one is there already. */
function wrongFolder(dir: string, wrong: string, {cwd, env}: Here): UserError {
  const isFleet = existsSync(path.join(dir, CONFIG_FILE))
  const free = firstFree(isFleet ? dir : path.join(cwd, 'my-fleet'))
  const other = `mcos init ${free.startsWith(`${cwd}/`) ? shellWord(path.relative(cwd, free)) : tilde(free, env['HOME'])}`
  return usage(wrong, isFleet ? [typedIn(dir, cwd, 'mcos status'), `${other}   # one more, elsewhere`] : other)
}

function mistyped(dir: string, meant: string): UserError {
  return usage(`${dir} is nearly "${meant}". Write ./${dir} if you mean a folder.`, [
    `mcos init ${meant} --help`,
    `mcos init ./${dir}`,
  ])
}

function usage(message: string, fix: string | string[]): UserError {
  return new UserError(message, {code: 'USAGE', fix, exit: EXIT.usage})
}
