import type {AgentStatus} from '../../app/status/agent-status.js'
import type {Binding, KeyFacts} from './binding.js'
import type {Said} from './view.js'

type Optional = 'asks' | 'not' | 'applies' | 'rank'
type Plain = Omit<Binding, Optional> & Partial<Pick<Binding, Optional>>

const always = () => true
const forPeople = (applies: (facts: KeyFacts, status: AgentStatus) => boolean) => (facts: KeyFacts) =>
  !facts.isAgent && facts.status !== null && applies(facts, facts.status)

const BINDINGS: readonly Plain[] = [
  {
    act: 'up',
    keys: ['up', 'k'],
    shown: '↑↓',
    word: 'move',
    help: 'Up and down in the list, or in a page that stands alone; also k j.',
    rank: 1,
  },
  {act: 'down', keys: ['down', 'j'], shown: '↓', word: 'down', help: ''},
  {
    act: 'page-up',
    keys: ['pageup', 'ctrl+b'],
    shown: 'PgUp PgDn',
    word: 'page',
    help: 'By a screen, in the list or the page; also Ctrl-B, Ctrl-F, Space.',
  },
  {act: 'page-down', keys: ['pagedown', 'ctrl+f', ' '], shown: 'PgDn', word: 'page', help: ''},
  {
    act: 'first',
    keys: ['home', 'g'],
    shown: 'Home End',
    word: 'ends',
    help: 'The beginning and the end of the same; also g and G.',
  },
  {act: 'last', keys: ['end', 'G'], shown: 'End', word: 'last', help: ''},
  {
    act: 'open',
    keys: ['enter', 'right', 'l'],
    shown: '⏎',
    word: 'open',
    help: 'Enter opens the agent; also Right and l.',
    rank: 2,
    not: 'AGENT is open',
    applies: ({status, isOpen}) => status !== null && !isOpen,
  },
  {
    act: 'close',
    keys: ['escape', 'left', 'h', 'backspace'],
    shown: 'Esc',
    word: 'back',
    help: 'Back to the list, there to all agents; also Left, h, Backspace.',
    rank: 2,
    not: 'this is the list of all agents',
    applies: ({isOpen, isFiltered}) => isOpen || isFiltered,
  },
  {
    act: 'next-tab',
    keys: ['tab'],
    shown: 'Tab',
    word: 'next page',
    help: 'The next page of an opened agent; Shift+Tab the one before.',
    rank: 3,
    applies: ({isOpen}) => isOpen,
  },
  {act: 'previous-tab', keys: ['shift+tab'], shown: 'Shift+Tab', word: '', help: '', applies: ({isOpen}) => isOpen},
  {
    act: 'log',
    keys: ['1'],
    shown: '1 2 3 4',
    word: 'pages',
    help: "The day's log, WORKSTATE.md, the last turn, the messages.",
    applies: ({isOpen}) => isOpen,
  },
  {act: 'workstate', keys: ['2'], shown: '2', word: '', help: '', applies: ({isOpen}) => isOpen},
  {act: 'turn', keys: ['3'], shown: '3', word: '', help: '', applies: ({isOpen}) => isOpen},
  {act: 'messages', keys: ['4'], shown: '4', word: '', help: '', applies: ({isOpen}) => isOpen},
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
    help: 'Lifts the stop of the fleet, once you say so, or else of this agent.',
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
  {
    act: 'redraw',
    keys: ['ctrl+l'],
    shown: 'Ctrl-L',
    word: 'redraw',
    help: 'Draws it all anew; Ctrl-Z lays the screen aside until fg.',
  },
  {act: 'suspend', keys: ['ctrl+z'], shown: 'Ctrl-Z', word: '', help: ''},
  {
    act: 'quit',
    keys: ['q', 'ctrl+c'],
    shown: 'q',
    word: 'quit',
    help: 'Leaves; Ctrl-C leaves from anywhere, unasked.',
    rank: 0,
  },
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
export function whyNot(key: string, {isAgent, status, name}: KeyFacts): Said | null {
  const binding = KEYMAP.find(({keys}) => keys.includes(key))
  if (!binding) return null
  const why = isAgent
    ? 'an agent runs this screen, and it acts by commands of its own'
    : status === null && binding.not.includes('AGENT')
      ? name === null
        ? 'no agent is chosen'
        : `${name} is still being read; once more in a moment`
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
