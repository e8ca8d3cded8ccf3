import type {Dice} from './dice.js'
import {type Pools, pools} from './forgetting-pools.js'

/** Who says a fact, and where in a conversation it stands. */
export type Voice = 'person' | 'agent' | 'call' | 'result'

/** One thing that must outlive every cut for as long as it holds. */
export interface Fact {
  readonly id: number
  readonly kind: Kind
  readonly voice: Voice
  /** As it is said. */
  readonly text: string
  /** All of these in one line, whatever its case: then it is kept. */
  readonly marks: readonly string[]
  /** What it makes untrue. */
  readonly replaces?: number
}

export const KINDS = [
  ...(['task', 'decision', 'promise', 'standing', 'file'] as const),
  ...(['number', 'amount', 'date', 'name', 'url'] as const),
]
export type Kind = (typeof KINDS)[number]

type Said = Pick<Fact, 'text' | 'marks'>
type Template = (pool: Pools) => Said & {readonly later?: (pool: Pools) => Said}

/** What people say; a template's `later` says the opposite of the same thing. */
const PERSON: Readonly<Record<Kind, readonly Template[]>> = {
  task: [
    ({customer, task}) => marked`The complaint of ${customer()} runs under ${task()}.`,
    ({customer, task}) => marked`Please book your time for ${customer()} on ${task()}.`,
    ({place, task}) => marked`${task()} is the ticket for the roof at ${place()}.`,
  ],
  decision: [
    ({thing, vendor}) => {
      const what = thing()
      return {
        ...marked`We decided to buy the ${what} from ${vendor()}.`,
        later: (pool) => marked`We changed our minds: the ${what} comes from ${pool.vendor()}.`,
      }
    },
    ({thing, vendor}) => marked`For the ${thing()} let's go with ${vendor()}, that is settled.`,
    ({place, thing}) => marked`We agreed that ${place()} gets a new ${thing()} this year.`,
  ],
  promise: [
    ({customer, thing, date}) => marked`I promised ${customer()} the ${thing()} by ${date()}.`,
    ({customer, thing}) => marked`I gave ${customer()} my word that the ${thing()} costs them nothing.`,
  ],
  standing: [
    ({customer}) => {
      const who = customer()
      return {
        text: `Do nothing about ${who} until I say so.`,
        marks: [who, 'until I say so'],
        later: () => ({text: `You may go ahead with ${who} now.`, marks: []}),
      }
    },
    ({customer}) =>
      bound(customer(), (who) => [`Don't send ${who} anything before I have seen it.`, 'before I have seen']),
    ({vendor}) =>
      bound(vendor(), (who) => [`Please hold every payment to ${who} until I tell you.`, 'until I tell you']),
    ({customer}) => bound(customer(), (who) => [`Never write to ${who} without asking me first.`, 'without asking me']),
    ({place}) => bound(place(), (who) => [`Leave ${who} alone for now, I'll tell you when.`, "I'll tell you when"]),
    ({customer}) => bound(customer(), (who) => [`Nothing goes out to ${who} unless I have approved it.`, 'unless I']),
    ({thing}) => bound(thing(), (what) => [`Wait with the ${what} until I come back to you.`, 'until I come back']),
  ],
  file: [
    ({customer, file}) => marked`The signed contract of ${customer()} is contracts/${file()}.pdf.`,
    ({place, file}) => marked`You find the plan of ${place()} in plans/${file()}.md.`,
  ],
  number: [
    ({customer, number}) => marked`${customer()} has ${number()} boilers in service.`,
    ({place, number}) => {
      const where = place()
      return {
        ...marked`The meter at ${where} stood at ${number()}.`,
        later: (pool) => marked`I read it again: the meter at ${where} stands at ${pool.number()}.`,
      }
    },
  ],
  amount: [
    ({place, amount}) => {
      const where = place()
      return {
        ...marked`The deposit for ${where} is ${amount()} EUR.`,
        later: (pool) => marked`Correction: the deposit for ${where} is ${pool.amount()} EUR.`,
      }
    },
    ({vendor, amount}) => marked`${vendor()} wants $${amount()} for the repair.`,
    ({customer, amount}) => marked`${customer()} may spend up to ${amount()} euros.`,
  ],
  date: [
    ({customer, date, time}) => {
      const who = customer()
      return {
        ...marked`The appointment with ${who} is on ${date()} at ${time()}.`,
        later: (pool) => marked`The appointment with ${who} has moved to ${pool.date()} at ${pool.time()}.`,
      }
    },
    ({place, date}) => marked`The lease of ${place()} ends on ${date()}.`,
  ],
  name: [
    ({vendor, name}) => {
      const firm = vendor()
      return {
        ...marked`Our contact at ${firm} is ${name()}.`,
        later: (pool) => marked`Our contact at ${firm} is now ${pool.name()}.`,
      }
    },
    ({place, name}) => marked`${name()} has the keys of ${place()}.`,
  ],
  url: [
    ({vendor, url}) => marked`The portal of ${vendor()} is ${url()}.`,
    ({place, url}) => marked`The camera at ${place()}: ${url()}`,
  ],
}

/** What the model says of its own work. */
const AGENT: Readonly<Partial<Record<Kind, readonly Template[]>>> = {
  task: [
    ({customer, task}) => marked`I opened ${task()} for ${customer()}.`,
    ({place, task}) => marked`Found it: the leak at ${place()} is ${task()}.`,
  ],
  decision: [
    ({thing, vendor}) => marked`Decision: the ${thing()} is ordered at ${vendor()}.`,
    ({place}) => {
      const where = place()
      return {text: `I decided to file ${where} under closed.`, marks: [where, 'closed']}
    },
  ],
  promise: [
    ({customer, date}) => marked`I promised ${customer()} an answer by ${date()}.`,
    ({customer, thing, date}) => marked`I will send ${customer()} the corrected ${thing()} on ${date()}.`,
  ],
  file: [({customer, file}) => marked`The draft for ${customer()} is in workspaces/donna/drafts/${file()}.md.`],
  number: [({customer, number}) => marked`I counted ${number()} open invoices of ${customer()}.`],
  amount: [({vendor, amount}) => marked`The offer of ${vendor()} comes to ${amount()} EUR.`],
  date: [({vendor, date}) => marked`${vendor()} delivers on ${date()}.`],
  name: [({customer, name}) => marked`${name()} answers the phone at ${customer()}.`],
  url: [({vendor, url}) => marked`The price list of ${vendor()} is at ${url()}.`],
}

/** What a short result of a tool says. */
const RESULT: Readonly<Partial<Record<Kind, readonly Template[]>>> = {
  task: [({place, task}) => marked`${task()}: heating at ${place()}, open`],
  file: [({customer, file}) => marked`letter to ${customer()}: letters/${file()}.md`],
  number: [({place, number}) => marked`${place()}: meter reading ${number()}`],
  amount: [({vendor, amount}) => marked`${vendor()}: balance ${amount()} EUR`],
  date: [({place, date}) => marked`${place()}: next inspection ${date()}`],
  name: [({vendor, name}) => marked`${vendor()}: account manager ${name()}`],
  url: [({customer, url}) => marked`${customer()}: tracking ${url()}`],
}

/** What the model gives a tool as its arguments. */
const CALL: Readonly<Partial<Record<Kind, readonly Template[]>>> = {
  task: [({customer, task}) => marked`${customer()} is waiting for ${task()}`],
  decision: [({thing, vendor}) => marked`decided: ${thing()} from ${vendor()}`],
  promise: [({customer, date}) => marked`promised ${customer()} a call back on ${date()}`],
  file: [({file}) => marked`workspaces/donna/letters/${file()}.md`],
  amount: [({customer, amount}) => marked`${customer()} owes ${amount()} EUR`],
  date: [({place, date}) => marked`chimney sweep at ${place()} on ${date()}`],
  name: [({place, name}) => marked`${name()} is the caretaker of ${place()}`],
  number: [({place, number}) => marked`${place()} has ${number()} radiators`],
}

/** Kinds of which a person may say the opposite later. */
const CHANGING: ReadonlySet<Kind> = new Set(['decision', 'standing', 'number', 'amount', 'date', 'name'])

const VOICES = {person: PERSON, agent: AGENT, call: CALL, result: RESULT} as const
const SHARE: readonly Voice[] = [
  'person',
  'person',
  'agent',
  'agent',
  'call',
  'result',
  'person',
  'agent',
  'result',
  'call',
]

/** So many facts that hold in the end, and those that they replace, in the order in which they are said. */
export function plantFacts(
  chance: Dice,
  {holding, voices = SHARE}: {holding: number; voices?: readonly Voice[]},
): Fact[] {
  const pool = pools(chance)
  const facts: Fact[] = []
  const waiting: {due: number; kind: Kind; replaces: number; later: (pool: Pools) => Said}[] = []
  let id = 0
  let lasting = 0
  for (let turn = 0; lasting < holding; turn++) {
    const kind = KINDS[turn % KINDS.length] ?? 'task'
    const ripe = waiting.findIndex(({due}) => due <= turn)
    const [late] = ripe < 0 ? [] : waiting.splice(ripe, 1)
    if (late) {
      facts.push({id: ++id, kind: late.kind, voice: 'person', replaces: late.replaces, ...late.later(pool)})
      if (facts.at(-1)?.marks.length) lasting++
      continue
    }
    // Some of them are replaced, and soon enough that the replacement is still said before the end.
    const isPassing = turn < holding * 0.7 && CHANGING.has(kind) && chance.below(100) < 45
    const wanted = isPassing && voices.includes('person') ? 'person' : chance.pick(voices)
    const voice = VOICES[wanted][kind] ? wanted : 'person'
    const templates = VOICES[voice][kind] ?? PERSON[kind]
    const {later, ...said} =
      isPassing && voice === 'person' ? passing(templates, {chance, pool}) : chance.pick(templates)(pool)
    const fact: Fact = {id: ++id, kind, voice, ...said}
    facts.push(fact)
    if (later && isPassing) waiting.push({due: turn + 10 + chance.below(25), kind, replaces: fact.id, later})
    else lasting++
  }
  return facts
}

/** One of those that can be said otherwise later on. */
function passing(templates: readonly Template[], {chance, pool}: {chance: Dice; pool: Pools}): ReturnType<Template> {
  for (;;) {
    const said = chance.pick(templates)(pool)
    if (said.later) return said
  }
}

/** Texts with their values as marks. */
function marked(texts: TemplateStringsArray, ...values: readonly string[]): Said {
  return {text: texts.reduce((all, text, index) => `${all}${values[index - 1] ?? ''}${text}`), marks: values}
}

function bound(who: string, say: (who: string) => readonly [string, string]): Said {
  const [text, words] = say(who)
  return {text, marks: [who, words]}
}
