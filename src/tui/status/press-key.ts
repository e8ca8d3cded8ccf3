import {cleanLine} from '../../kit/text.js'
import type {Acts} from './acts.js'
import type {Act, Binding} from './binding.js'
import {bindingOf, whyNot} from './keymap.js'
import type {Place} from './place.js'
import {moved, type Said, typed, type View} from './view.js'
import type {ViewStore} from './view-store.js'

/** What a person can have done to the screen itself. */
export interface ScreenActs {
  quit(code: number): void
  /** Draws everything anew, whatever stands on the terminal. */
  redraw(): void
  /** Gives the terminal back to the shell until this is called to the foreground again. */
  suspend(): void
}

interface Reach {
  readonly store: ViewStore
  readonly acts: Acts
  readonly place: Place
  readonly screen: ScreenActs
}

/** Does what a key means where the person is: an answer, a letter of the filter, or what the keymap says. */
export function pressKey(key: string, reach: Reach): void {
  const {store, place, screen} = reach
  const view = store.get()
  if (key === 'ctrl+c') screen.quit(130)
  else if (key === 'ctrl+l') screen.redraw()
  else if (key === 'ctrl+z') screen.suspend()
  else if (view.asking !== null) answer(key, view.asking, reach)
  else if (view.mode === 'help') store.update({mode: 'list'})
  else if (view.mode === 'filter') store.update(isMove(key) ? movedBy(key, view, place) : typed(view, key, place.name))
  else {
    const binding = bindingOf(key, place.facts)
    if (binding !== null) follow(binding, reach)
    else store.update({said: whyNot(key, place.facts)})
  }
}

/** Pasted text is text: it filters, and is never taken for keys. */
export function pasteText(store: ViewStore, text: string): void {
  const {mode, filter} = store.get()
  if (mode === 'filter') store.update({filter: filter + cleanLine(text).slice(0, 200)})
  else store.update({said: {text: 'What is pasted is not taken for keys; / takes it.', isBad: false}})
}

function answer(key: string, {act, agent}: NonNullable<View['asking']>, reach: Reach): void {
  const isYes = key === 'y'
  reach.store.update({asking: null, said: isYes ? null : {text: 'Nothing was done.', isBad: false}})
  if (isYes) perform(act, agent, reach)
}

/** Those that move the cursor without being letters. */
function isMove(key: string): boolean {
  return key === 'up' || key === 'down' || key === 'pageup' || key === 'pagedown'
}

function movedBy(key: string, view: View, place: Place): View {
  const binding = bindingOf(key, place.facts)
  // The list is what is filtered, whatever else is open.
  return binding === null ? view : {...moved({...view, isOpen: false}, binding.act, place), isOpen: view.isOpen}
}

const LEAVING = 'A beat is under way and ends with the screen. Leave?'
const LETTING_GO = 'Resume the whole fleet?'

function follow(binding: Binding, reach: Reach): void {
  const {act} = binding
  const {store, place} = reach
  const view = store.get()
  // What is asked about one agent must not come to be done to all because the fleet was stopped meanwhile.
  const isForAll = act === 'resume' && place.facts.isFleetStopped
  const agent = isForAll || act === 'stop-fleet' ? null : place.name
  const question = act === 'quit' && view.beating.length > 0 ? LEAVING : isForAll ? LETTING_GO : binding.asks
  if (question !== null) {
    store.update({asking: {act, agent, question: question.replace('AGENT', agent ?? '')}, said: null})
    return
  }
  store.update({...moved(view, act, place), said: null})
  perform(act, agent, reach)
}

function perform(act: Act, agent: string | null, {store, acts, screen}: Reach): void {
  const say = (said: Said): void => store.update({said})
  if (act === 'quit') screen.quit(0)
  else if (act === 'stop-fleet') void acts.stop(null).then(say)
  else if (act === 'resume') void acts.resume(agent).then(say)
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
