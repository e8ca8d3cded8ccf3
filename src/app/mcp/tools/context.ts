import {contextOf} from '../../context.js'
import type {ServedTool} from '../served-tool.js'

/** What the agent's own model is sent at a heartbeat, so that a client can begin where it stands. */
export const context: ServedTool = {
  name: 'context',
  title: 'Show your context',
  description: 'Who you are and what you know, exactly as your own model is sent it at a heartbeat. Long; ask once.',
  takes: {},
  hints: {readOnly: true},
  async call({desk}) {
    const report = await contextOf(desk.fleet, desk.agent.name, {purpose: 'heartbeat'})
    return {value: report, text: report.text}
  },
}
