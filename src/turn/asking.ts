import type {Answer, Engine, EngineModel, Prompt, Stopped} from '../engines/engine.js'
import type {PassReason} from './events.js'
import type {Measure} from './measure.js'
import type {Tally} from './tally.js'
import type {TurnInput} from './turn-input.js'

/** An engine with a model behind it. */
export interface Judge extends Engine {
  readonly model: EngineModel
}

export interface Asking {
  readonly input: TurnInput
  readonly turn: string
  readonly tally: Tally
  readonly measure: Measure
  /** The engine that answered last is asked first: a conversation stays where it is. */
  readonly first: string | null
  /** What is to be sent to this engine, cut to fit its window; null when it can't be made to fit. */
  promptFor(judge: Judge): Promise<Prompt | null>
  /** After an engine said that it is too much: begins the context anew. False when there is nothing to cut. */
  rebuild(judge: Judge): Promise<boolean>
  /** `limitUsd`: what was set apart for it. */
  ask(judge: Judge, prompt: Prompt, limitUsd: number): ReturnType<Engine['reply']>
}

export type Asked =
  | {readonly kind: 'answer'; readonly judge: Judge; readonly answer: Answer}
  | {readonly kind: 'none'; readonly why: 'budget' | 'engines' | 'interrupted' | 'stopped'}
  | {readonly kind: 'failed'; readonly engine: string; readonly stopped: Stopped}

/** One engine's part in it: also that it gave no answer, and the next is to be asked. */
export type Tried =
  | Asked
  /** Not sent: every process of the machine was told to wait in the last moment. */
  | {readonly kind: 'held'}
  | {readonly kind: 'passed'; readonly why: PassReason; readonly detail: string}
