import {type InboxView, readInbox} from '../bus/inbox.js'
import {mayRead} from '../guard/may.js'
import {withPath} from '../kit/text.js'
import type {Change} from '../workspace/change.js'
import {BadCall} from './bad-call.js'
import type {Hands} from './hands.js'
import {type HomeWatch, watchHome} from './home-audit/around-program.js'
import {openTools} from './offered-tools.js'
import type {TurnInput} from './turn-input.js'
import type {Work} from './work.js'
import {judgeChanges, openWorkCopy, type WorkCopy} from './work-copy.js'

/** The real ones; what costs time to open is opened when it is first used. */
export async function openHands(input: TurnInput): Promise<Hands> {
  const {fleet, agent, contract, law, signal, occasion} = input
  const offered = await openTools(input)
  let copy: WorkCopy | null = null
  let watch: HomeWatch | null = null
  const slipped = async (): Promise<string[]> => {
    const told = (await watch?.()) ?? []
    watch = null
    return told
  }
  let known: InboxView | null = null
  return {
    tools: offered.tools,
    specs: offered.specs,
    contextFor({turn, draft}, facts) {
      // What was read in an earlier turn and waits for an answer is known by its id as well.
      known ??= readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes: ['new', 'cur']})
      return {fleet, agent, contract, law, turn, with: occasion.with, inbox: known, draft, signal, facts}
    },
    async workFolder({draft, tally}) {
      tally.notes.add('the engine\u2019s own program worked in a copy of the folder, without a sandbox of mcos')
      const reads = (path: string) => mayRead(law, path)
      copy ??= openWorkCopy(fleet, agent, draft, {reads})
      watch ??= watchHome({fleet, law, turn: input.turn})
      return copy.dir
    },
    async collectOwnWork(work, facts) {
      if (copy === null) return
      const {changes, skipped} = copy.collect()
      const judged = judgeChanges(changes, {law, fleet, facts})
      const left = [...judged.refused, ...skipped].map(({path, reason}) => `left out ${withPath(path, reason)}`)
      work.lines.push(...(await slipped()), ...left, ...judged.allowed.flatMap((change) => takeOver(change, work)))
      // What it does next starts from what it has done, and is compared with that.
      copy.close()
      copy = null
    },
    async close() {
      copy?.close()
      // Also what a program did that was ended before it had answered.
      await slipped()
      await offered.close()
    },
  }
}

/** A file that somebody else has changed meanwhile stays theirs, and the log says so. */
function takeOver(change: Change, {draft}: Work): string[] {
  try {
    draft.add([change])
    return []
  } catch (error) {
    if (error instanceof BadCall) return [`left out ${error.message}`]
    throw error
  }
}
