import {heartbeat as beat} from '../../heartbeat.js'
import {insistOnGo} from '../refusal.js'
import type {ServedTool} from '../served-tool.js'

/** What is due for this agent, as cron would have it done: budgets, locks and receipts included. */
export const heartbeat: ServedTool = {
  name: 'heartbeat',
  title: 'Run your heartbeat',
  description:
    'Do what is due for you now, as cron would; nothing is done that is not due. dry_run: only say what would be due. May take minutes.',
  takes: {'dry_run?': {type: 'boolean'}},
  hints: {readOnly: false, idempotent: true, openWorld: true},
  async call({desk, input, signal, progress}) {
    const dryRun = input['dry_run'] === true
    if (!dryRun) insistOnGo(desk)
    const {dir} = desk.fleet.home
    const request = {agents: [desk.agent.name], all: false, force: false, dryRun, strict: false, home: dir}
    const {report} = await beat(request, {
      cwd: dir,
      env: desk.env,
      signal,
      listen: (event) => {
        if (event.kind !== 'turn') return
        if (event.event.kind === 'call') progress(event.event.call.tool)
        if (event.event.kind === 'request') progress(`asking ${event.event.engine}`)
      },
    })
    // Its details are subjects of mail, pages and files: the client has now read them.
    const isNews = report.agents.some(({checks}) => checks.some(({news}) => news))
    if (isNews) desk.hear({taint: ['what a heartbeat has found']})
    return {value: report}
  },
}
