import type {AgentStatus} from '../../app/agent-status.js'
import type {Said} from './view.js'

/** What a key does. */
export type Act =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'open'
  | 'close'
  | 'next-tab'
  | 'log'
  | 'workstate'
  | 'turn'
  | 'messages'
  | 'beat'
  | 'yes'
  | 'no'
  | 'park'
  | 'wake'
  | 'stop'
  | 'resume'
  | 'stop-fleet'
  | 'filter'
  | 'help'
  | 'quit'

/** What decides whether a key applies. */
export interface KeyFacts {
  /** Whom the cursor is on. */
  readonly status: AgentStatus | null
  readonly isOpen: boolean
  readonly isFleetStopped: boolean
  /** An agent runs this screen: it may look, and act by its own commands. */
  readonly isAgent: boolean
  readonly isBeating: boolean
  /** Not every agent is shown. */
  readonly isFiltered: boolean
}

export interface Binding {
  readonly act: Act
  readonly keys: readonly string[]
  /** The key as the screen names it. */
  readonly shown: string
  /** What it does, in a word or two. */
  readonly word: string
  /** The same in a line. */
  readonly help: string
  /** Lower ones stay longest at the bottom of a narrow screen; null: in the help only. */
  readonly rank: number | null
  /** What is asked before; null: nothing is. */
  readonly asks: string | null
  /** Why it has no effect where it doesn't apply; AGENT stands for a name. */
  readonly not: string
  applies(facts: KeyFacts): boolean
}

type Optional = 'asks' | 'not' | 'applies' | 'rank'
type Plain = Omit<Binding, Optional> & Partial<Pick<Binding, Optional>>

const always = () => true
const forPeople = (applies: (facts: KeyFacts, status: AgentStatus) => boolean) => (facts: KeyFacts) =>
  !facts.isAgent && facts.status !== null && applies(facts, facts.status)

const BINDINGS: readonly Plain[] = [
  {act: 'up', keys: ['up', 'k'], shown: '↑↓', word: 'move', help: 'Up and down; also k and j.', rank: 1},
  {act: 'down', keys: ['down', 'j'], shown: '↓', word: 'down', help: ''},
  {act: 'page-up', keys: ['pageup', 'ctrl+b'], shown: 'PgUp PgDn', word: 'page', help: 'A page up and down.'},
  {act: 'page-down', keys: ['pagedown', 'ctrl+f', ' '], shown: 'PgDn', word: 'page', help: ''},
  {act: 'first', keys: ['home', 'g'], shown: 'Home End', word: 'ends', help: 'First and last; also g and G.'},
  {act: 'last', keys: ['end', 'G'], shown: 'End', word: 'last', help: ''},
  {
    act: 'open',
    keys: ['enter', 'right', 'l'],
    shown: '⏎',
    word: 'open',
    help: 'Opens the agent: its log, its work, its last turn, its messages.',
    rank: 2,
    not: 'AGENT is open',
    applies: ({status, isOpen}) => status !== null && !isOpen,
  },
  {
    act: 'close',
    keys: ['escape', 'left', 'h'],
    shown: 'Esc',
    word: 'back',
    help: 'Back to the list, and to all agents.',
    rank: 2,
    not: 'this is the list of all agents',
    applies: ({isOpen, isFiltered}) => isOpen || isFiltered,
  },
  {
    act: 'next-tab',
    keys: ['tab'],
    shown: 'Tab',
    word: 'next page',
    help: 'The next page of an opened agent.',
    rank: 3,
    applies: ({isOpen}) => isOpen,
  },
  {act: 'log', keys: ['1'], shown: '1', word: 'log', help: "The end of the day's log.", applies: ({isOpen}) => isOpen},
  {act: 'workstate', keys: ['2'], shown: '2', word: 'work', help: 'WORKSTATE.md.', applies: ({isOpen}) => isOpen},
  {
    act: 'turn',
    keys: ['3'],
    shown: '3',
    word: 'turn',
    help: 'The last turn: its calls with their verdicts, and what it changed.',
    applies: ({isOpen}) => isOpen,
  },
  {act: 'messages', keys: ['4'], shown: '4', word: 'inbox', help: 'Its messages.', applies: ({isOpen}) => isOpen},
  {
    act: 'beat',
    keys: ['b'],
    shown: 'b',
    word: 'beat',
    help: 'A beat of this agent now.',
    rank: 4,
    not: 'AGENT is stopped, parked or beats already',
    applies: forPeople(({isBeating}, {stopped, state}) => !isBeating && !stopped && state !== 'parked'),
  },
  {
    act: 'yes',
    keys: ['y'],
    shown: 'y',
    word: 'approve',
    help: 'Shows what it asks for, and says yes with your passphrase.',
    rank: 3,
    not: 'AGENT asks for nothing',
    applies: forPeople((_, {approvals_waiting: waiting}) => waiting > 0),
  },
  {
    act: 'no',
    keys: ['n'],
    shown: 'n',
    word: 'refuse',
    help: 'Shows what it asks for, and says no with your passphrase.',
    rank: 3,
    not: 'AGENT asks for nothing',
    asks: 'Refuse what AGENT asks for?',
    applies: forPeople((_, {approvals_waiting: waiting}) => waiting > 0),
  },
  {
    act: 'park',
    keys: ['p'],
    shown: 'p',
    word: 'park',
    help: 'Lays the agent up: no beat looks until it is woken.',
    rank: 6,
    asks: 'Park AGENT?',
    not: 'AGENT is parked already',
    applies: forPeople((_, {state}) => state !== 'parked'),
  },
  {
    act: 'wake',
    keys: ['w'],
    shown: 'w',
    word: 'wake',
    help: 'Wakes an agent that is parked.',
    rank: 4,
    not: 'AGENT is not parked',
    applies: forPeople((_, {state}) => state === 'parked'),
  },
  {
    act: 'stop',
    keys: ['s'],
    shown: 's',
    word: 'stop',
    help: 'Stops the agent, what it is doing included.',
    rank: 6,
    asks: 'Stop AGENT?',
    not: 'AGENT is stopped already',
    applies: forPeople((_, {stopped}) => !stopped),
  },
  {
    act: 'resume',
    keys: ['r'],
    shown: 'r',
    word: 'resume',
    help: "Lifts the stop: the fleet's where the fleet is stopped, else this agent's.",
    rank: 4,
    not: 'nothing is stopped here',
    applies: (facts) => !facts.isAgent && (facts.isFleetStopped || facts.status?.stopped === true),
  },
  {
    act: 'stop-fleet',
    keys: ['S'],
    shown: 'S',
    word: 'stop all',
    help: 'Stops the whole fleet.',
    asks: 'Stop the whole fleet?',
    not: 'the fleet is stopped already',
    applies: ({isAgent, isFleetStopped}) => !isAgent && !isFleetStopped,
  },
  {
    act: 'filter',
    keys: ['/'],
    shown: '/',
    word: 'filter',
    help: 'Only agents whose name, role or state has this in it.',
    rank: 5,
  },
  {act: 'help', keys: ['?'], shown: '?', word: 'help', help: 'This page.', rank: 2},
  {act: 'quit', keys: ['q', 'ctrl+c'], shown: 'q', word: 'quit', help: 'Leaves; also Ctrl-C.', rank: 0},
]

/** Every key of the screen. What the bottom line and the help say is drawn from it, and nothing else acts. */
export const KEYMAP: readonly Binding[] = BINDINGS.map((binding) => ({
  rank: null,
  asks: null,
  not: 'open an agent first',
  applies: always,
  ...binding,
}))

/** What a key does now; null: nothing. */
export function bindingOf(key: string, facts: KeyFacts): Binding | null {
  return KEYMAP.find((binding) => binding.keys.includes(key) && binding.applies(facts)) ?? null
}

/** What is said of a key that has no effect now; null: it is no key of this screen. */
export function whyNot(key: string, {isAgent, status}: KeyFacts): Said | null {
  const binding = KEYMAP.find(({keys}) => keys.includes(key))
  if (!binding) return null
  const why = isAgent
    ? 'an agent runs this screen, and it acts by commands of its own'
    : status === null && binding.not.includes('AGENT')
      ? 'no agent is chosen'
      : binding.not.replace('AGENT', status?.agent ?? '')
  return {text: `${binding.shown}: ${why}.`, isBad: false}
}

/** The keys for the bottom line, as many as fit, in the order of the keymap. */
export function footerBindings(facts: KeyFacts, width: number): readonly Binding[] {
  const ranked = KEYMAP.filter((binding) => binding.rank !== null && binding.applies(facts))
  const byRank = [...ranked].sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
  const kept = new Set<Binding>()
  let room = width
  for (const binding of byRank) {
    room -= binding.shown.length + binding.word.length + 3
    if (room < 0) break
    kept.add(binding)
  }
  return ranked.filter((binding) => kept.has(binding))
}
