import {showWorkstate} from '../../workstate.js'
import type {ServedTool} from '../served-tool.js'

/** What the agent is in the middle of. */
export const workstateShow: ServedTool = {
  name: 'workstate_show',
  title: 'Show WORKSTATE',
  description:
    'What you are in the middle of, kept between contexts: goal, plan, decisions, what people have laid down.',
  takes: {},
  hints: {readOnly: true},
  async call({desk}) {
    const shown = showWorkstate(desk.fleet, {agent: desk.agent.name})
    return {value: shown, text: shown.text === '' ? 'nothing is underway' : shown.text}
  },
}
