import type {Need, Sender, Signal} from './signal.js'

const PEOPLE: readonly Sender[] = ['colleague', 'person']
const ROBOTS: readonly Sender[] = ['robot', 'mailing']
const SOON: Need = ['soon', 'day-near']
const TROUBLES = [
  'home-broken',
  'no-home',
  'system-broken',
  'no-system',
  'outage-told',
  'leak',
  'lockout',
  'danger',
  'smell',
  'hot-or-cold',
]

/** Everything that can make a mail urgent, by theme. Words alone that only claim it ("urgent!!") weigh next to nothing. */
export const SIGNALS: readonly Signal[] = [
  // People unsafe.
  {id: 'danger', theme: 'safety', weight: 4, needs: [['danger']], from: PEOPLE},
  {id: 'danger-robot', theme: 'safety', weight: 3, needs: [['danger'], ['ongoing', 'alarm', 'soon']], from: ['robot']},
  {id: 'smell-unwell', theme: 'safety', weight: 4, needs: [['smell'], ['unwell']], from: PEOPLE},
  {id: 'smell', theme: 'safety', weight: 1, needs: [['smell']], from: PEOPLE},
  {id: 'leak', theme: 'safety', weight: 2, needs: [['leak']], from: PEOPLE},
  {id: 'leak-electric', theme: 'safety', weight: 2.5, needs: [['leak'], ['electric']], near: true, from: PEOPLE},
  {
    id: 'unstoppable',
    theme: 'safety',
    weight: 1.5,
    needs: [['unstoppable']],
    from: PEOPLE,
    atop: ['leak', 'home-broken', 'smell', 'danger'],
  },
  {
    id: 'vulnerable',
    theme: 'safety',
    weight: 2.5,
    needs: [['vulnerable']],
    from: PEOPLE,
    atop: ['home-broken', 'no-home', 'leak', 'smell', 'lockout', 'hot-or-cold', 'outage-told'],
  },
  {
    id: 'hot-or-cold',
    theme: 'safety',
    weight: 1,
    needs: [['cold']],
    from: PEOPLE,
    atop: ['home-broken', 'no-home', 'outage-told'],
  },
  {id: 'cold-vulnerable', theme: 'safety', weight: 1.5, needs: [['cold'], ['vulnerable']], from: PEOPLE, near: true},
  {
    id: 'home-broken',
    theme: 'safety',
    weight: 2,
    needs: [['home'], ['broken', 'outage', 'failing']],
    near: true,
    from: PEOPLE,
  },
  {id: 'no-home', theme: 'safety', weight: 2, needs: [['without']], from: PEOPLE},
  // Things down.
  {
    id: 'system-broken',
    theme: 'outage',
    weight: 2,
    needs: [['system'], ['broken', 'outage', 'failing']],
    near: true,
    from: PEOPLE,
  },
  {id: 'outage-told', theme: 'outage', weight: 1, needs: [['outage']], from: PEOPLE},
  {id: 'standstill', theme: 'outage', weight: 1.5, needs: [['standstill']], from: PEOPLE, atop: TROUBLES},
  {
    id: 'colleague-stuck',
    theme: 'outage',
    weight: 1,
    needs: [
      ['system', 'home', 'lockout'],
      ['broken', 'outage', 'lockout'],
    ],
    near: true,
    from: ['colleague'],
  },
  {id: 'ongoing', theme: 'outage', weight: 0.5, needs: [['ongoing']], from: PEOPLE, atop: TROUBLES},
  {id: 'help-now', theme: 'outage', weight: 0.5, needs: [['help']], from: PEOPLE, atop: TROUBLES},
  {id: 'now', theme: 'outage', weight: 0.5, needs: [['now', 'hours', 'soon']], from: PEOPLE, atop: TROUBLES},
  {id: 'robot-outage', theme: 'outage', weight: 3, needs: [['outage']], from: ROBOTS},
  {
    id: 'robot-broken',
    theme: 'outage',
    weight: 2,
    needs: [
      ['system', 'home'],
      ['broken', 'failing'],
    ],
    near: true,
    from: ROBOTS,
  },
  {id: 'robot-without', theme: 'outage', weight: 1.5, needs: [['without']], from: ROBOTS},
  {id: 'robot-alarm', theme: 'outage', weight: 1.5, needs: [['alarm']], from: ROBOTS},
  {id: 'robot-failing', theme: 'outage', weight: 1, needs: [['failing']], from: ROBOTS},
  {
    id: 'robot-ongoing',
    theme: 'outage',
    weight: 0.5,
    needs: [['ongoing']],
    from: ROBOTS,
    atop: ['robot-outage', 'robot-broken'],
  },
  {
    id: 'robot-standstill',
    theme: 'outage',
    weight: 1.5,
    needs: [['standstill']],
    from: ROBOTS,
    atop: ['robot-outage', 'robot-broken', 'robot-loss'],
  },
  // Doors and accounts.
  {id: 'lockout', theme: 'access', weight: 2.5, needs: [['lockout']], from: PEOPLE},
  {
    id: 'lockout-waiting',
    theme: 'access',
    weight: 1.5,
    needs: [['lockout'], ['standstill', 'hours', 'ongoing', 'now', 'soon']],
    from: PEOPLE,
  },
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
  // Time running out.
  {id: 'due-soon', theme: 'deadline', weight: 2.5, needs: [['due'], SOON], near: true},
  {id: 'due-consequence', theme: 'deadline', weight: 2, needs: [['due'], SOON, ['consequence']], near: true},
  {id: 'due-far-consequence', theme: 'deadline', weight: 0.5, needs: [['due'], SOON, ['consequence']]},
  {id: 'due-missing', theme: 'deadline', weight: 0.5, needs: [['due'], SOON, ['missing']], from: PEOPLE},
  {id: 'due-law', theme: 'deadline', weight: 1, needs: [['legal'], SOON, ['due']]},
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
  {id: 'colleague-hours', theme: 'asked', weight: 1.5, needs: [['hours', 'help', 'clock']], from: ['colleague']},
  // Plans that change within hours.
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
  // What only claims.
  {id: 'claims', theme: 'asked', weight: 0.25, needs: [['now']], from: PEOPLE},
]
