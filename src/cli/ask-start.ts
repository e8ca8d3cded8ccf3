import type {Around} from '../app/start/detect-surroundings.js'
import {parseEngineWord} from '../app/start/engine-offer.js'
import {tilde} from '../app/start/first-look.js'
import {previewAdoption} from '../app/start/preview-adoption.js'
import {parseSchedule, type ScheduleChoice} from '../app/start/schedule-fleet.js'
import {START_TEMPLATES, type StartWish, usualName} from '../app/start/wish.js'
import {isUserError} from '../kit/errors.js'
import {nearestName, parseAgentName} from '../workspace/names.js'
import type {Conversation, Option} from './conversation.js'
import {type Found, folderOf, type Here, type StartAnswers, sortWatches, wrongPlace} from './start-answers.js'

export interface StartChoice extends StartWish {
  readonly schedule: ScheduleChoice
}

export interface Asking extends Here {
  readonly found: Found
  /** The schedules this machine has. */
  readonly schedules: readonly Option[]
}

const KINDS: readonly Option[] = [
  {word: 'solo', label: 'one agent that looks after your things'},
  {word: 'engineer', label: 'one that keeps an eye on repositories'},
  {word: 'comms', label: 'one that reads and sorts mail, and drafts'},
  {word: 'operations', label: 'one that watches machines and services'},
  {word: 'blank', label: 'one you describe yourself'},
  {word: 'mission-control', label: 'five agents with one job each, and one in charge'},
]

/** Six questions at most; what a flag has answered is not asked. */
export async function askStart(answers: StartAnswers, asking: Asking, talk: Conversation): Promise<StartChoice> {
  const dir = await askPlace(answers, asking, talk)
  const {adopt, template} = await askWho(answers, {...asking, dir}, talk)
  if (adopt !== null) for (const line of previewAdoption(adopt)) talk.say(`  ${line}`)
  const agent = await askName(answers, {adopt, template}, talk)
  const engine = await askEngine(answers, asking, talk)
  const watch = adopt === null ? await askWatch(answers, asking, talk) : NOTHING
  const schedule = await askSchedule(answers, asking, talk)
  return {dir, adopt, template, agent, engine, watch, schedule}
}

const NO_MODEL =
  'Probes, messages, logs and pages work without one; judgement waits until an engine stands in mcos.yaml.'

const NOTHING: Around = {repositories: [], maildirs: []}

async function askPlace({dir}: StartAnswers, asking: Asking, talk: Conversation): Promise<string> {
  const home = asking.env['HOME']
  const typed =
    dir ??
    (await talk.ask({
      text: 'Where shall the fleet live?',
      why: 'A folder of markdown, with git as its history. It is made if it is not there.',
      fallback: tilde(asking.found.place, home),
      wrong: (answer) => wrongPlace(folderOf(answer, asking), asking),
    }))
  return folderOf(typed, asking)
}

interface Who {
  readonly adopt: string | null
  readonly template: string
}

async function askWho(
  {adopt, template}: StartAnswers,
  asking: Asking & {readonly dir: string},
  talk: Conversation,
): Promise<Who> {
  if (adopt !== undefined) return {adopt: folderOf(adopt, asking), template: 'none'}
  if (template !== undefined) return {adopt: null, template}
  const home = asking.env['HOME']
  const adoptions = asking.found.workspaces.map((dir): Option & {dir: string} => ({
    word: tilde(dir, home),
    label:
      dir === asking.dir
        ? 'adopt this folder as it is, in place'
        : 'adopt the agent there: its folder is copied, nothing is lost',
    dir,
  }))
  const options = [...adoptions, ...KINDS]
  const known = [...options.map(({word}) => word), ...START_TEMPLATES]
  const answer = await talk.ask({
    text: 'Who is your first agent?',
    why: 'Each comes with its own texts; all of them are yours to edit. More agents: mcos init agent NAME.',
    options,
    fallback: adoptions[0]?.word ?? 'solo',
    wrong: (typed) => (known.includes(typed) ? null : unknownWord(typed, known)),
  })
  const adoption = adoptions.find(({word}) => word === answer)
  return adoption ? {adopt: adoption.dir, template: 'none'} : {adopt: null, template: answer}
}

async function askName({agent}: StartAnswers, {adopt, template}: Who, talk: Conversation): Promise<string | undefined> {
  // An adopted agent keeps the name it has.
  if (agent !== undefined || adopt !== null) return agent
  const usual = usualName(template)
  if (usual === null) return undefined
  return talk.ask({
    text: 'What is it called?',
    why: 'You type this name often: mcos run NAME "…". a-z, 0-9 and "-".',
    fallback: usual,
    wrong: whyNoName,
  })
}

async function askEngine({engine}: StartAnswers, {found}: Asking, talk: Conversation): Promise<StartWish['engine']> {
  if (engine !== undefined) return parseEngineWord(engine, found.engines)
  if (found.engines.length === 0) {
    talk.say(
      ['', 'No key, no Ollama and no coding agent was found here, so no model is asked.', `  ${NO_MODEL}`].join('\n'),
    )
    return null
  }
  const options = [
    ...found.engines.map(({word, settings, found: where}) => ({
      word,
      label: [settings['model'], where].filter((part) => part !== undefined && part !== null).join(', '),
    })),
    {word: 'rules', label: 'no model: probes, messages, logs and pages work, judgement waits'},
  ]
  const answer = await talk.ask({
    text: 'Which engine thinks for it?',
    why: 'Asked only when something is new or due, at most $5 a day as mcos.yaml stands. A key stays where it is.',
    options,
    fallback: options[0]?.word ?? 'rules',
    wrong: (typed) => whyNot(() => parseEngineWord(typed, found.engines)),
  })
  return parseEngineWord(answer, found.engines)
}

async function askWatch({watch}: StartAnswers, asking: Asking, talk: Conversation): Promise<Around> {
  const {around} = asking.found
  if (watch !== undefined) return sortWatches(watch, around, asking)
  const home = asking.env['HOME']
  const seen = [...around.repositories, ...around.maildirs]
  if (seen.length === 0) return NOTHING
  const options = seen.map((dir) => ({
    word: tilde(dir, home),
    label: around.maildirs.includes(dir)
      ? 'mail, which is read and sorted, never sent'
      : 'a git repository: new commits, and what lies open now',
  }))
  const pick = (typed: string): string[] =>
    typed.split(/[\s,]+/).map((part) => options[/^\d+$/.test(part) ? Number(part) - 1 : -1]?.word ?? part)
  const answer = await talk.ask({
    text: 'What shall it keep an eye on?',
    why: 'Code looks at each beat, and nothing is changed there. Several: 1,2. The disk is always among it.',
    options,
    fallback: 'all',
    wrong: (typed) =>
      whyNot(() => sortWatches(pick(typed), around, asking), 'Type numbers of the list, all, none, or a folder.'),
  })
  return sortWatches(pick(answer), around, asking)
}

async function askSchedule({schedule}: StartAnswers, {schedules}: Asking, talk: Conversation): Promise<ScheduleChoice> {
  if (schedule !== undefined) return parseSchedule(schedule)
  const words = schedules.map(({word}) => word)
  const answer = await talk.ask({
    text: 'Shall it beat by itself?',
    why: 'A heartbeat every 30 minutes; where nothing is new it asks no model and commits nothing.',
    options: schedules,
    fallback: 'none',
    wrong: (typed) => (words.includes(typed) ? null : unknownWord(typed, words)),
  })
  return parseSchedule(answer)
}

function whyNoName(typed: string): string | null {
  return whyNot(() => parseAgentName(typed))
}

/** What a parser says against an answer, and what to type instead: its fix, which may name a flag that nobody has typed. */
function whyNot(parse: () => unknown, instead?: string): string | null {
  try {
    parse()
    return null
  } catch (error) {
    if (!isUserError(error)) throw error
    const [fix = ''] = error.suggestions
    return `${error.message} ${instead ?? fix.replace(/^--[\w-]+ (\S+)$/, 'Did you mean $1?')}`
  }
}

function unknownWord(typed: string, known: readonly string[]): string {
  const near = nearestName(typed, known)
  return `${JSON.stringify(typed)} is none of these.${near === null ? ' Type a number or a word of the list.' : ` Did you mean ${near}?`}`
}
