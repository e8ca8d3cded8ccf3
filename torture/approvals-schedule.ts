import {existsSync, rmSync} from 'node:fs'
import {isUserError} from '../src/kit/errors.js'
import {carryIn, type Death} from '../testing/carry-scene.js'
import {drawSchedule, isWaiting, type ModelApproval, type ModelWorld, mayHappen, type Step} from './approvals-model.js'
import {
  changeContract,
  commitAll,
  countEffects,
  EFFECTS,
  editRequest,
  forgeAnswer,
  type World,
  worldTools,
} from './approvals-world.js'
import type {Dice} from './dice.js'
import type {Wrongs} from './torture.js'

const DEATHS: readonly Death[] = ['before-mark', 'after-mark', 'before-effect', 'after-effect', 'before-result']
const MOST_RAISED = 3

/** What is counted over all schedules. */
export interface ScheduleCounts {
  steps: number
  raised: number
  effects: number
  kills: number
  refused: number
}

interface Play {
  readonly world: World
  readonly chance: Dice
  readonly wrongs: Wrongs
  readonly counts: ScheduleCounts
  readonly raised: ModelApproval[]
  readonly log: string[]
}

/** Plays one schedule against the real files, and holds every effect against the model. */
export async function playSchedule(world: World, rest: Pick<Play, 'chance' | 'wrongs' | 'counts'>): Promise<void> {
  const play: Play = {world, ...rest, raised: [], log: []}
  for (const step of drawSchedule(play.chance)) {
    play.counts.steps++
    play.log.push(step)
    await take(step, play)
  }
  // What is left over is no part of the next schedule.
  for (const approval of play.raised)
    rmSync(`${world.scene.dir}/approvals/${approval.id}`, {recursive: true, force: true})
  commitAll(world)
}

async function take(step: Step, play: Play): Promise<void> {
  const {world, chance, raised} = play
  if (step === 'raise') return raise(play)
  if (step === 'contract') return changeContract(world)
  if (step === 'expire') return void world.scene.clock.advance(chance.pick([3_600_000, 73 * 3_600_000]))
  if (step === 'carry' || step === 'die') return carry(play, step === 'die' ? chance.pick(DEATHS) : null)
  const approval = chance.pick(raised)
  const {scene} = world
  switch (step) {
    case 'yes':
    case 'no':
      return answer(approval, step, play)
    case 'stranger':
      return stranger(approval, play)
    case 'forge': {
      scene.write(`approvals/${approval.id}/answer.md`, forgeAnswer(approval, raised, chance))
      approval.lies = 'forgery'
      return
    }
    case 'edit': {
      if (!approval.said.isWhole) return
      approval.said = editRequest(approval.said, chance)
      return scene.write(`approvals/${approval.id}/request.md`, approval.said.text)
    }
    case 'mend':
      return mend(approval, play)
    case 'replay':
      return replay(approval, play)
  }
}

async function raise({world, chance, raised, counts}: Play): Promise<void> {
  if (raised.length >= MOST_RAISED) return
  const kind = chance.pick(['file', 'outside'] as const)
  const target = `effect-${world.count++}`
  const ask =
    kind === 'file'
      ? {verb: 'write', target: EFFECTS, args: {tool: 'append', input: {target}}}
      : {verb: 'deploy', target, args: {tool: 'deploy', input: {target}}}
  const id = await world.scene.raise(ask)
  const text = world.scene.read(`approvals/${id}/request.md`)
  const said = {text, target, expires: world.scene.clock.now() + 72 * 3_600_000, isWhole: true}
  const {contract} = world
  raised.push({id, kind, contract, original: said, said, truth: null, lies: 'nothing', isSpent: false, isTold: false})
  counts.raised++
}

async function answer(approval: ModelApproval, word: 'yes' | 'no', play: Play): Promise<void> {
  const {world, wrongs, counts} = play
  const isOpen = isWaiting(approval, worldOf(world))
  const isTaken = await tried(() => world.scene.answer(approval.id, word))
  wrongs.insist(isTaken === isOpen, `an answer was ${isTaken ? 'taken' : 'refused'} after ${play.log.join(' ')}`)
  if (!isTaken) {
    counts.refused++
    return
  }
  const file = world.scene.read(`approvals/${approval.id}/answer.md`)
  approval.truth = {answer: word, text: approval.said.text, file}
  approval.lies = 'truth'
}

/** Who may not, over ways that are not theirs: never taken. */
async function stranger({id}: ModelApproval, {world, chance, wrongs, counts, log}: Play): Promise<void> {
  const more = chance.pick([
    {by: 'ben', via: 'telegram:777'},
    {by: 'ada', via: 'telegram:777'},
    {by: 'ben', via: 'terminal'},
    {by: 'donna', via: 'telegram:777'},
  ])
  wrongs.insist(
    !(await tried(() => world.scene.answer(id, 'yes', more))),
    `a stranger's yes was taken after ${log.join(' ')}`,
  )
  counts.refused++
}

/** As it was before it was edited and forged. */
function mend(approval: ModelApproval, {world}: Play): void {
  approval.said = approval.truth === null ? approval.original : {...approval.said, ...saidAt(approval)}
  world.scene.write(`approvals/${approval.id}/request.md`, approval.said.text)
  const path = `approvals/${approval.id}/answer.md`
  if (approval.truth === null) rmSync(`${world.scene.dir}/${path}`, {force: true})
  else world.scene.write(path, approval.truth.file)
  approval.lies = approval.truth === null ? 'nothing' : 'truth'
}

/** What was said when the true answer was given: the original, or an edit that a person saw and answered. */
function saidAt({truth, original, said}: ModelApproval): ModelApproval['said'] {
  return truth === null || truth.text === original.text ? original : truth.text === said.text ? said : original
}

/** Somebody takes away what says that it was done: from the disk, from this machine, and by a commit. */
function replay({id}: ModelApproval, {world, chance}: Play): void {
  const {scene} = world
  rmSync(`${scene.dir}/approvals/${id}/used.md`, {force: true})
  if (chance.below(2) === 0) rmSync(`${scene.dir}/.mcos/approvals`, {recursive: true, force: true})
  if (chance.below(2) === 0) commitAll(world)
}

async function carry(play: Play, death: Death | null): Promise<void> {
  const {world, raised, wrongs, counts, log} = play
  const allowed = raised.map((approval) => mayHappen(approval, worldOf(world)))
  const before = raised.map((approval) => effectsOf(approval, world))
  const ended = await carryIn(world.scene, world.outside, {death, tools: (die) => worldTools(world, die)})
  if (ended === 'killed') counts.kills++
  for (const [place, approval] of raised.entries()) {
    const times = effectsOf(approval, world)
    const fresh = times - (before[place] ?? 0)
    const story = `${approval.kind} after ${log.join(' ')}${death ? ` (${death})` : ''}`
    wrongs.insist(fresh === 0 || allowed[place] === true, `unauthorised: ${story}`)
    wrongs.insist(times <= 1, `done ${times} times: ${story}`)
    const isMarked = existsSync(`${world.scene.dir}/approvals/${approval.id}/used.md`)
    wrongs.insist(fresh === 0 || isMarked, `done without its mark: ${story}`)
    const wasOwed = allowed[place] === true && !approval.isTold && ended !== 'killed'
    wrongs.insist(!wasOwed || fresh === 1, `approved and not done: ${story}`)
    counts.effects += fresh
    if (isMarked) approval.isSpent = true
    // What a killed process has told is not known here; nothing more is owed then, and still nothing is allowed.
    if (allowed[place] !== true && !isWaiting(approval, worldOf(world))) approval.isTold = true
  }
}

function effectsOf({original}: ModelApproval, world: World): number {
  return countEffects(world, original.target)
}

function worldOf({scene, contract}: World): ModelWorld {
  return {now: scene.clock.now(), contract}
}

async function tried(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (isUserError(error)) return false
    throw error
  }
}
