import type {Role} from './role.js'

export const orchestrator: Role = {
  hosts: [],
  commands: [],
  reads: [
    ...['workspaces/flow/WORKSTATE.md', 'workspaces/gene/memory/2026-11-20.md', 'workspaces/donna/AGENTS.md'],
    ...['workspaces/sentinel/notes.md', 'wiki/team.md', 'wiki/security/keys.md', 'briefings/2026-11-20.md'],
    ...['tasks/01JD-login/task.md', 'tasks/01JD-login/events/1.md', 'alerts/01JD-backup/alert.md'],
  ],
  writes: [
    [
      'briefings/2026-11-21.md',
      '# 21 November\n\nDecided: the release waits. Changed: nothing. Waits for Ada: the van.',
    ],
    ['briefings/2026-11-22.md', '# 22 November\n\nThe token budget of comms is enough. Two passwords were reset.'],
    ['~/handover.md', 'Tonight: backup at 02:00, nobody to be woken but for the booking page.'],
    ['~/open-questions.md', '- Who owns the van? (Ben, since Tuesday)\n- Release: Friday or Monday?'],
  ],
  deletes: ['~/open-questions.md', '~/drafts/old-page.md'],
  tells: [
    ['flow', 'Please finish the login fix by 16:00; Ms Bell cannot book until then.'],
    ['gene', 'What did the second probe show at 02:16? One line is enough.'],
    ['donna', 'Ada wants the digest at 15:00 today instead of 16:00.'],
    ['sentinel', 'Gene saw a login from a new address at 03:10. Two signs or one?'],
    ['ada', 'The booking page was down from 02:14 to 02:17. Nobody noticed. Cause by noon.'],
  ],
  runs: [],
  fetches: [],
  does: [
    ['task.create Mend the login of the booking page', 'Owner: flow. By: Friday. Why: Ms Bell cannot book.'],
    ['task.create Ask the van company for a second key'],
    ['alert.confirm 01JD8Z6Q4W3V5X7Y9ZABCDEFGH', 'Two independent signs: the probe and three customers.'],
    ['alert.P3 No word from gene', 'Silent twice past its own time.'],
    ['write ~/MEMORY.md', 'Flow answers best before noon (source: memory/2026-11-20.md#L4)'],
  ],
}
