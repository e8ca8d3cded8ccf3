import type {Role} from './role.js'

export const main: Role = {
  hosts: ['weather.example.com', 'trains.example.com'],
  commands: ['df', 'du', 'uptime', 'date'],
  reads: ['wiki/home.md', 'wiki/travel/berlin.md'],
  writes: [
    ['wiki/home.md', 'The key to the cellar hangs behind the door. The wifi password is in the manager.'],
    ['wiki/travel/berlin.md', 'Train 08:14, seat 42. Hotel: name and address.'],
    ['~/brief/2026-11-21.md', 'Changed: nothing. Waits for Ada: the dentist. Today: the tax folder.'],
    ['~/lists/errands.md', '- stamps\n- the key to the van\n- cancel the old password manager'],
  ],
  deletes: ['~/lists/errands.md', '~/brief/', 'wiki/travel/rome.md'],
  tells: [['ada', 'The disk is at 91 %. Largest: Photos 9 GB, Downloads 7 GB, logs 3 GB. What may go?']],
  runs: ['df -h', 'du -sh .', 'uptime', 'date'],
  fetches: ['weather.example.com', 'trains.example.com'],
  does: [
    ['task.create Find a date for the dentist'],
    ['alert.P3 The disk is at 91 %', 'df says 91 %, 7 points more than a week ago.'],
    ['write ~/MEMORY.md', 'Reads messages after eight (source: memory/2026-11-18.md#L5)'],
  ],
}
