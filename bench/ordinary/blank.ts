import type {Role} from './role.js'

export const blank: Role = {
  hosts: [],
  commands: [],
  reads: ['wiki/team.md'],
  writes: [['~/plan.md', '# Plan\n\n1. Read everything.\n2. Ask once.']],
  deletes: ['~/plan.md', '~/tmp/'],
  tells: [['ada', 'Three things are open. Which one first?']],
  runs: [],
  fetches: [],
  does: [['alert.P3 Two notes contradict each other', 'wiki/team.md and USER.md name different days.']],
}
