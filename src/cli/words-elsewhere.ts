/** What people type who know such a thing from other programs, and how it is called here. */
const MEANT: Readonly<Record<string, string>> = {
  add: 'init agent',
  agent: 'init agent',
  agents: 'fleet list',
  ask: 'run',
  beat: 'heartbeat',
  begin: 'init',
  check: 'doctor',
  cost: 'usage',
  costs: 'usage',
  create: 'init agent',
  cron: 'service install',
  daemon: 'up',
  inbox: 'message list',
  kill: 'stop',
  list: 'fleet list',
  ls: 'fleet list',
  mail: 'email check',
  new: 'init agent',
  pause: 'stop',
  ps: 'status',
  revert: 'undo',
  rollback: 'undo',
  send: 'message send',
  setup: 'init',
  start: 'up',
  tail: 'log',
  talk: 'chat',
}

/** The same of a verb below a topic. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  create: ['add', 'send', 'raise', 'set', 'setup'],
  delete: ['remove', 'retire', 'uninstall', 'clear'],
  get: ['show', 'read'],
  ls: ['list'],
  new: ['add', 'send', 'raise', 'set', 'setup'],
  rm: ['remove', 'retire', 'uninstall', 'clear'],
  view: ['show', 'read'],
}

/** The command that goes by another name elsewhere; null where no other program has taught that word. */
export function commandCalled(word: string): string | null {
  return Object.hasOwn(MEANT, word) ? (MEANT[word] ?? null) : null
}

/** The verbs of a topic that go by another name elsewhere. */
export function verbsCalled(word: string, verbs: readonly string[]): string[] {
  const meant = Object.hasOwn(VERBS, word) ? (VERBS[word] ?? []) : []
  return meant.filter((verb) => verbs.includes(verb))
}
