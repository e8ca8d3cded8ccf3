import type {Fleet} from '../../workspace/fleet.js'
import type {Said} from './view.js'

/** What the screen can have done; each answers with a line about it, and never throws for what a person can put right. */
export interface Acts {
  beat(agent: string): Promise<Said>
  park(agent: string): Promise<Said>
  wake(agent: string): Promise<Said>
  /** null: the whole fleet. */
  stop(agent: string | null): Promise<Said>
  resume(agent: string | null): Promise<Said>
  /** Asks on the terminal itself, as long as the screen is away. */
  answer(agent: string, answer: 'yes' | 'no'): Promise<Said>
  /** Ends what was begun here and still runs. */
  end(): void
}

/** How a beat is started and an approval is answered: by those who own processes and terminals. */
export interface Hands {
  beat(agent: string, signal: AbortSignal): Promise<Said>
  answer(agent: string, answer: 'yes' | 'no'): Promise<Said>
  /** The problem of a person as a line; any other error is thrown on. */
  tell(error: unknown): Said
}

export function openActs(fleet: () => Fleet, hands: Hands): Acts {
  const ending = new AbortController()
  const calmly = async (act: () => Promise<Said> | Said): Promise<Said> => {
    try {
      return await act()
    } catch (error) {
      return hands.tell(error)
    }
  }
  return {
    beat: (agent) => calmly(() => hands.beat(agent, ending.signal)),
    answer: (agent, answer) => calmly(() => hands.answer(agent, answer)),
    end: () => ending.abort(),
    park: (agent) =>
      calmly(async () => {
        const {parkAgent} = await import('../../app/park.js')
        const {changed} = parkAgent(fleet(), {agent, why: null})
        return good(
          changed ? `${agent} is parked: no beat looks until it is woken (w).` : `${agent} was parked already.`,
        )
      }),
    wake: (agent) =>
      calmly(async () => {
        const {wakeAgent} = await import('../../app/park.js')
        const {changed} = wakeAgent(fleet(), agent)
        return good(changed ? `${agent} is awake.` : `${agent} was not parked.`)
      }),
    stop: (agent) =>
      calmly(async () => {
        const {stopFleet} = await import('../../app/stop.js')
        stopFleet(fleet(), {agent, why: null})
        return good(`${agent ?? 'The fleet'} is stopped; r resumes.`)
      }),
    resume: (agent) =>
      calmly(async () => {
        const {resumeFleet} = await import('../../app/stop.js')
        const {holding} = resumeFleet(fleet(), agent)
        const rest = holding.length === 0 ? '' : ` Still lying there: ${holding.join(', ')}.`
        return good(`${agent ?? 'The fleet'} goes on.${rest}`)
      }),
  }
}

function good(text: string): Said {
  return {text, isBad: false}
}
