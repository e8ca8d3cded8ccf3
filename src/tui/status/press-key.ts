import type {Acts} from './acts.js'
import {type Act, type Binding, bindingOf, type KeyFacts, whyNot} from './keymap.js'
import {moved, type Said, typed} from './view.js'
import type {ViewStore} from './view-store.js'

/** What a key finds. */
export interface Place {
  /** Agents of the list. */
  readonly names: readonly string[]
  /** Whom the cursor is on. */
  readonly name: string | null
  readonly facts: KeyFacts
  /** Lines of a page. */
  readonly page: number
}

interface Reach {
  readonly store: ViewStore
  readonly acts: Acts
  readonly place: Place
  readonly quit: (code: number) => void
}

/** Does what a key means where the person is: an answer, a letter of the filter, or what the keymap says. */
export function pressKey(key: string, reach: Reach): void {
  const {store, place, quit} = reach
  const view = store.get()
  if (key === 'ctrl+c') quit(130)
  else if (view.asking !== null) {
    const {act, agent} = view.asking
    store.update({asking: null, said: null})
    if (key === 'y') perform(act, agent, reach)
  } else if (view.mode === 'help') store.update({mode: 'list'})
  else if (view.mode === 'filter') store.update(typed(view, key))
  else {
    const binding = bindingOf(key, place.facts)
    if (binding !== null) follow(binding, reach)
    else store.update({said: whyNot(key, place.facts)})
  }
}

/** Pasted text is text: it filters, and is never taken for keys. */
export function pasteText(store: ViewStore, text: string): void {
  const {mode, filter} = store.get()
  if (mode === 'filter') store.update({filter: filter + text.replace(/\s+/g, ' ').slice(0, 200)})
}

const LEAVING = 'A beat is under way and ends with the screen. Leave?'

function follow({act, asks}: Binding, reach: Reach): void {
  const {store, place} = reach
  const view = store.get()
  const question = act === 'quit' && view.beating.length > 0 ? LEAVING : asks
  if (question !== null) {
    store.update({asking: {act, agent: place.name, question: question.replace('AGENT', place.name ?? '')}})
    return
  }
  store.update({...moved(view, act, place), said: null})
  perform(act, place.name, reach)
}

function perform(act: Act, agent: string | null, {store, acts, place, quit}: Reach): void {
  const say = (said: Said): void => store.update({said})
  if (act === 'quit') quit(0)
  else if (act === 'stop-fleet') void acts.stop(null).then(say)
  else if (act === 'resume') void acts.resume(place.facts.isFleetStopped ? null : agent).then(say)
  else if (agent === null) return
  else if (act === 'beat') void beat(agent, {store, acts})
  else if (act === 'yes' || act === 'no') void acts.answer(agent, act).then(say)
  else if (act === 'park' || act === 'wake' || act === 'stop') void acts[act](agent).then(say)
}

async function beat(agent: string, {store, acts}: Pick<Reach, 'store' | 'acts'>): Promise<void> {
  store.update({
    beating: [...store.get().beating, agent],
    said: {text: `A beat of ${agent} is under way.`, isBad: false},
  })
  const said = await acts.beat(agent)
  store.update({beating: store.get().beating.filter((one) => one !== agent), said})
}
