import {readInbox} from '../src/bus/inbox.js'
import type {ToolCall} from '../src/engines/prompt.js'
import {NO_FACTS, type TurnFacts} from '../src/guard/action.js'
import {lawOfContract} from '../src/guard/may.js'
import {act, type Outcome} from '../src/turn/act.js'
import {Draft} from '../src/turn/draft.js'
import type {Tool, ToolContext} from '../src/turn/tool.js'
import {loadTools} from '../src/turn/tool-list.js'
import {findAgent} from '../src/workspace/agents.js'
import type {Contract} from '../src/workspace/soul.js'
import {openScene, type Scene, type SceneOptions} from './heartbeat-scene.js'

export interface ToolScene {
  readonly scene: Scene
  readonly context: ToolContext
  /** As a model's call comes to a tool: through the guard, its changes laid over the draft. */
  call(tool: string, input?: ToolCall['input']): Promise<Outcome>
  /** What the model reads of it. */
  tell(tool: string, input?: ToolCall['input']): Promise<string>
  /** A file as it will be after the turn. */
  planned(path: string): string | null
}

const OWN: Contract = {
  reads: ['workspaces/donna/**'],
  writes: ['workspaces/donna/**'],
  hosts: [],
  commands: [],
  repos: [],
  may: ['message'],
  ask: [],
  never: [],
  unsandboxed: false,
}

/** One turn of donna on a real fleet, as far as her tools see it. */
export async function openToolScene({
  contract = {},
  before,
  tools,
  facts = {},
  ...options
}: SceneOptions & {
  readonly contract?: Partial<Contract>
  /** What happens in the fleet before the turn begins. */
  readonly before?: (scene: Scene) => unknown
  readonly tools?: readonly Tool[]
  /** What the turn has heard and done already. */
  readonly facts?: Partial<TurnFacts>
} = {}): Promise<ToolScene> {
  const scene = openScene(options)
  await before?.(scene)
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  const whole = {...OWN, ...contract}
  const context: ToolContext = {
    fleet,
    agent,
    contract: whole,
    law: lawOfContract(whole, agent),
    turn: 't_01J00000000000000000000000',
    with: null,
    inbox: readInbox(fleet.home, agent, {now: scene.clock.now(), boxes: ['new', 'cur']}),
    draft: new Draft(fleet.home.files),
    signal: new AbortController().signal,
    facts: {...NO_FACTS, ...facts},
  }
  const all = tools ?? (await loadTools())
  const call: ToolScene['call'] = (tool, input = {}) => act({id: '1', tool, input}, all, context)
  return {
    scene,
    context,
    call,
    async tell(tool, input) {
      const {done, refusal} = await call(tool, input)
      return refusal ?? done?.text ?? ''
    },
    planned: (path) => context.draft.readText(path),
  }
}
