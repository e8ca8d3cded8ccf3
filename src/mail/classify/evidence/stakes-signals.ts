import type {Need, Sender, Signal} from './signal.js'

const PEOPLE: readonly Sender[] = ['colleague', 'person']
const ROBOTS: readonly Sender[] = ['robot', 'mailing']
const SOON: Need = ['soon', 'day-near']

/** Money, time, customers, accounts and plans about to be lost. */
export const STAKES_SIGNALS: readonly Signal[] = [
  // Money and services about to go.
  {id: 'cutoff-soon', theme: 'money', weight: 3, needs: [['cutoff'], [...SOON, 'day-close']], near: true},
  {id: 'cutoff-any', theme: 'money', weight: 1, needs: [['cutoff'], [...SOON, 'day-close']]},
  {id: 'unpaid-cutoff', theme: 'money', weight: 1.5, needs: [['unpaid'], ['cutoff'], [...SOON, 'day-close']]},
  {id: 'loss', theme: 'money', weight: 2.5, needs: [['loss']], from: PEOPLE},
  {
    id: 'loss-now',
    theme: 'money',
    weight: 1.5,
    needs: [['loss'], ['ongoing', 'now', 'help', 'soon', 'standstill']],
    from: PEOPLE,
  },
  {id: 'robot-loss', theme: 'money', weight: 2.5, needs: [['loss']], from: ROBOTS},
  {
    id: 'robot-loss-now',
    theme: 'money',
    weight: 1.5,
    needs: [['loss'], ['ongoing', 'standstill', 'failing', 'soon']],
    from: ROBOTS,
  },
  {
    id: 'cut-off-already',
    theme: 'money',
    weight: 2,
    needs: [['cutoff'], ['outage', 'broken']],
    near: true,
    from: ROBOTS,
  },
  // Time running out.
  {id: 'due-soon', theme: 'deadline', weight: 2, needs: [['due'], SOON], near: true},
  {id: 'due-consequence', theme: 'deadline', weight: 2, needs: [['due'], SOON, ['consequence']], near: true},
  {id: 'due-far-consequence', theme: 'deadline', weight: 0.5, needs: [['due'], SOON, ['consequence']]},
  {id: 'due-missing', theme: 'deadline', weight: 1.5, needs: [['due'], SOON, ['missing']], near: true, from: PEOPLE},
  {id: 'due-law', theme: 'deadline', weight: 1, needs: [['legal'], SOON, ['due']]},
  {id: 'missing-consequence', theme: 'deadline', weight: 1, needs: [['missing'], SOON, ['consequence']], near: true},
  {
    id: 'missing-soon',
    theme: 'deadline',
    weight: 2.5,
    needs: [['missing'], [...SOON, 'clock']],
    near: true,
    from: PEOPLE,
  },
  {
    id: 'soon-consequence',
    theme: 'deadline',
    weight: 2,
    needs: [['consequence'], ['soon', 'day-near', 'clock']],
    near: true,
    from: PEOPLE,
  },
  {id: 'due-clock', theme: 'deadline', weight: 0.5, needs: [['due'], ['clock']], near: true, from: PEOPLE},
  {
    id: 'authority-soon',
    theme: 'deadline',
    weight: 2.5,
    needs: [['authority'], [...SOON, 'clock', 'hours', 'now', 'present']],
    near: true,
    from: PEOPLE,
  },
  // A customer going.
  {id: 'leaving', theme: 'leaving', weight: 4, needs: [['leave']], from: ['person']},
  // Accounts in other hands.
  {id: 'security', theme: 'security', weight: 2.5, needs: [['security']]},
  {
    id: 'security-now',
    theme: 'security',
    weight: 1.5,
    needs: [['security'], ['security', 'ongoing', 'day-near', 'clock', 'now', 'soon', 'loss']],
  },
  // Somebody in charge.
  {id: 'colleague-now', theme: 'asked', weight: 4, needs: [['now']], from: ['colleague']},
  {id: 'colleague-hours', theme: 'asked', weight: 1, needs: [['hours', 'help', 'clock']], from: ['colleague']},
  {id: 'halt', theme: 'asked', weight: 3, needs: [['halt']], from: ['colleague']},
  {id: 'waiting-now', theme: 'asked', weight: 2, needs: [['present']], from: ['colleague']},
  {
    id: 'colleague-clock',
    theme: 'asked',
    weight: 1,
    needs: [
      ['clock', 'hours', 'soon'],
      ['question', 'help', 'missing', 'due'],
    ],
    near: true,
    from: ['colleague'],
  },
  // Plans that change within hours.
  {
    id: 'present',
    theme: 'plans',
    weight: 2,
    needs: [['present'], ['help', 'question', 'standstill', 'missing']],
    near: true,
    from: ['person'],
  },
  {id: 'plans-today', theme: 'plans', weight: 4, needs: [['changed'], ['journey'], ['hours']], near: true},
  {id: 'plans-clock', theme: 'plans', weight: 1, needs: [['changed'], ['clock'], ['hours', 'day-near']], near: true},
  {
    id: 'plans-day',
    theme: 'plans',
    weight: 4,
    needs: [['changed'], ['journey'], ['day-near']],
    near: true,
    from: ROBOTS,
  },
  {id: 'plans-two-clocks', theme: 'plans', weight: 3, needs: [['changed'], ['clock'], ['clock']], near: true},
  // What only claims.
  {id: 'claims', theme: 'asked', weight: 0.25, needs: [['now']], from: PEOPLE},
]
