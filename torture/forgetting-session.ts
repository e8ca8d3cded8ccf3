import {Chat} from '../src/app/chat.js'
import {openFleet} from '../src/app/fleet.js'
import {run} from '../src/app/run.js'
import type {TurnEvent} from '../src/turn/events.js'
import {asksFor, type Behaviour, type ScriptedCall, says} from '../testing/model-server/behaviour.js'
import {type RecordedRequest, readableText} from '../testing/model-server/recorded.js'
import {type ModelServer, startModelServer} from '../testing/model-server/server.js'
import type {Dice} from './dice.js'
import {callFor, callWith} from './forgetting-calls.js'
import {type Fact, plantFacts, type Voice} from './forgetting-facts.js'
import {makeForgetfulFleet, PAGES, SMALL_WINDOW} from './forgetting-fleet.js'
import {addition, asksForPatience, type Helper, isAddition, PATIENCE_MS} from './forgetting-helpers.js'
import {judgeCut, type Verdict} from './forgetting-judge.js'
import {type Noise, noise} from './forgetting-noise.js'
import type {ModelFleet} from './model-fleet.js'

export const CUTS = 10
/** In a chat a person speaks again and again; a piece of work is told at its beginning. */
export type Mode = 'chat' | 'run'

export interface SessionWish {
  readonly mode: Mode
  readonly helper: Helper
  readonly chance: Dice
  /** Facts that hold in the end. */
  readonly holding: number
  readonly cuts: number
}

export interface SessionReport {
  readonly verdicts: readonly Verdict[]
  readonly facts: readonly Fact[]
  readonly troubles: readonly string[]
}

/** In one turn there are only so many calls. */
const WINDOWS: Readonly<Record<Mode, number>> = {chat: 16_000, run: SMALL_WINDOW}
const LOOK_AHEAD = 9
const SENTENCES = 60
const MOST_TURNS = 4

/** One long piece of work, driven over its context again and again, and each cut held against what was said. */
export async function playSession(wish: SessionWish): Promise<SessionReport> {
  const session = new Session(wish)
  const server = await startModelServer({script: (request) => session.answer(request)})
  try {
    return await session.play(server)
  } finally {
    await server.close()
    session.fleet?.remove()
  }
}

class Session {
  fleet: ModelFleet | undefined
  private readonly said: Fact[] = []
  private readonly heard: string[] = []
  private readonly noises = new Set<string>()
  private readonly noise: Noise
  private readonly queue: Fact[]
  private readonly verdicts: Verdict[] = []
  private readonly troubles: string[] = []
  private cuts = 0
  /** The commit of a cut whose next request has not come yet. */
  private cut: string | null = null
  /** What stands in the calls that were asked for and have not been made yet, in their order. */
  private readonly asked: (Fact | null)[] = []
  private stepsLeft = 0
  private notBefore = 0
  private pages = 0
  private files = 0
  private readonly facts: readonly Fact[]

  constructor(private readonly wish: SessionWish) {
    const voices: readonly Voice[] | undefined =
      wish.mode === 'chat' ? undefined : ['agent', 'agent', 'agent', 'result', 'result', 'call', 'person']
    this.facts = plantFacts(wish.chance, {holding: wish.holding, ...(voices ? {voices} : {})})
    this.queue = [...this.facts]
    this.noise = noise(wish.chance)
  }

  async play(server: ModelServer): Promise<SessionReport> {
    const {mode, chance} = this.wish
    this.fleet = makeForgetfulFleet(server.url, chance, WINDOWS[mode])
    await (mode === 'chat' ? this.chat(this.fleet) : this.work(this.fleet))
    for (const {refused} of server.requests) if (refused !== null) this.troubles.push(`the server refused: ${refused}`)
    if (this.cuts < this.wish.cuts) this.troubles.push(`${this.cuts} cuts instead of ${this.wish.cuts}`)
    if (this.queue.length > 0) this.troubles.push(`${this.queue.length} facts were never said`)
    const {verdicts, facts, troubles} = this
    return {verdicts, facts, troubles}
  }

  private async chat(fleet: ModelFleet): Promise<void> {
    const chat = await Chat.open(() => openFleet({cwd: fleet.home, env: envOf(fleet)}), {agent: 'donna', with: 'ada'})
    while (!this.isOver()) {
      this.stepsLeft = 1 + this.wish.chance.below(4)
      const line = [this.noise.smallTalk(), ...this.fromPerson(), this.noise.smallTalk()].join(' ')
      this.hear(line)
      const {error} = await chat.say(line, this.watch())
      if (error && error.code !== 'ENGINES')
        throw new Error(`a line of the talk failed: ${error.code} ${error.message}`)
    }
  }

  private async work(fleet: ModelFleet): Promise<void> {
    this.stepsLeft = Number.POSITIVE_INFINITY
    const told = this.queue.filter(({voice}) => voice === 'person')
    for (const fact of told) this.queue.splice(this.queue.indexOf(fact), 1)
    this.said.push(...told)
    const text = ['Please go through the archive, page by page.', ...told.map((fact) => fact.text)].join('\n')
    this.hear(text)
    await this.workOn(fleet, text)
    // A turn has only so many calls: who wants more of it asks again, and the next one has to know all the last one heard.
    for (let turn = 1; !this.isOver() && turn < MOST_TURNS && this.troubles.length === 0; turn++) {
      this.cut = 'HEAD'
      await this.workOn(fleet, 'Please go on.')
    }
  }

  private async workOn(fleet: ModelFleet, text: string): Promise<void> {
    const opened = await openFleet({cwd: fleet.home, env: envOf(fleet)})
    const {error, end} = await run(opened, {agent: 'donna', text, maxTokens: 50_000_000, maxCalls: 1_000}, this.watch())
    // What stood in a call that the ceiling kept from being made has happened to nobody, and is told later.
    for (const fact of this.asked.splice(0).reverse()) {
      if (fact === null) continue
      this.said.splice(this.said.indexOf(fact), 1)
      this.queue.unshift(fact)
    }
    if (error && end !== 'ceiling') this.troubles.push(`the work ended with ${end}: ${error.message}`)
  }

  private watch() {
    const listen = (event: TurnEvent): void => {
      if (event.kind === 'call') this.asked.shift()
      if (event.kind === 'result') this.hear(event.result.text)
      if (event.kind !== 'flush') return
      this.cuts++
      this.cut = event.commit
    }
    return {signal: new AbortController().signal, listen, notice: () => undefined}
  }

  /** What the model of the session says next. */
  answer(request: RecordedRequest): Behaviour {
    const {helper, chance} = this.wish
    const over = new Set(this.said.flatMap(({replaces}) => replaces ?? []))
    const known = {said: this.said, isOver: ({id}: Fact) => over.has(id)}
    if (request.at < this.notBefore)
      this.troubles.push(`asked ${this.notBefore - request.at} ms before the time it was told`)
    if (isAddition(request)) {
      const said = addition(helper, request, {chance, known})
      if (asksForPatience(said)) this.notBefore = request.at + PATIENCE_MS
      return said
    }
    if (this.cut !== null) this.judge(this.cut, request)
    this.cut = null
    return this.isOver() || this.stepsLeft-- <= 0 ? this.last() : this.step()
  }

  private judge(commit: string, request: RecordedRequest): void {
    const path = `workspaces/donna/${this.wish.mode === 'chat' ? 'workstate/chat-ada' : 'WORKSTATE'}.md`
    const workstate = this.fleet?.git('show', `${commit}:${path}`) ?? ''
    const cut = {workstate, next: readableText(request), heard: this.heard, noise: [...this.noises]}
    this.verdicts.push(judgeCut(cut, this.said))
  }

  private isOver(): boolean {
    return this.cuts >= this.wish.cuts && this.queue.length === 0
  }

  /** As many facts as it takes to have said all of them by the last cut, and noise for the rest of the context. */
  private isTimeForFacts(): boolean {
    const share = (this.facts.length - this.queue.length) / this.facts.length
    return this.queue.length > 0 && share < (this.cuts + 1) / this.wish.cuts
  }

  private step(): Behaviour {
    const {chance} = this.wish
    const calls: ScriptedCall[] = []
    const words = [this.narrate()]
    // A turn has only so many calls; what a model says at length fills its context, too.
    if (this.wish.mode === 'run') words.push(...Array.from({length: SENTENCES}, () => this.narrate()))
    if (this.isTimeForFacts()) {
      for (const fact of this.take(1 + chance.below(3), (one) => one.voice !== 'person')) {
        if (fact.voice === 'agent') words.push(fact.text)
        else {
          calls.push(this.callOf(fact))
          this.asked.push(fact)
        }
      }
      words.push(this.narrate())
    }
    if (calls.length === 0) {
      this.asked.push(null)
      calls.push({
        tool: 'read',
        input: {path: `workspaces/donna/archive/${this.pages++ % PAGES}.md`, from: 1 + this.pages},
      })
    }
    const text = words.join(chance.pick([' ', '\n', '\n\n']))
    this.hear(text)
    for (const {input} of calls) this.hear(JSON.stringify(input))
    return asksFor(calls, {text})
  }

  private last(): Behaviour {
    const text = this.narrate()
    this.hear(text)
    return says(text)
  }

  private callOf(fact: Fact): ScriptedCall {
    const {chance} = this.wish
    if (fact.voice === 'call') return callWith(fact, {chance, file: ++this.files, other: this.noise.narration()})
    const path = `workspaces/donna/records/${++this.files}.md`
    this.fleet?.write(path, `${fact.text}\n`)
    this.fleet?.git('add', '-A')
    this.fleet?.git('commit', '-qm', 'A record')
    return callFor(fact, {chance, path})
  }

  private fromPerson(): string[] {
    if (!this.isTimeForFacts()) return []
    return this.take(1 + this.wish.chance.below(3), ({voice}) => voice === 'person').map(({text}) => text)
  }

  /** The next facts that have such a voice; what replaces another comes long after it, so their order holds. */
  private take(most: number, isTold: (fact: Fact) => boolean): Fact[] {
    const taken = this.queue.slice(0, LOOK_AHEAD).filter(isTold).slice(0, most)
    for (const fact of taken) this.queue.splice(this.queue.indexOf(fact), 1)
    this.said.push(...taken)
    return taken
  }

  private narrate(): string {
    const text = this.noise.narration()
    this.noises.add(text)
    return text
  }

  private hear(text: string): void {
    this.heard.push(text)
  }
}

function envOf({home}: ModelFleet): Record<string, string | undefined> {
  return {PATH: process.env['PATH'], HOME: home, KEY: 'sk-ant-test'}
}
