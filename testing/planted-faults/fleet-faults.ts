import type {Fault} from './planting.js'

/** What of the fleet can be wrong all at once, without one hiding another. */
export const FLEET_FAULTS: readonly Fault[] = [
  {
    name: 'A person is reached by a way that does not exist',
    plant: ({edit}) => edit('mcos.yaml', 'via: ["terminal:', 'via: ["pigeon:1", "terminal:'),
    about: ['pigeon:1'],
  },
  {
    name: 'A person approves a misspelt word',
    plant: ({edit}) => edit('mcos.yaml', 'approves: [all]', 'approves: [all, mial]'),
    about: ['mial', 'mail'],
  },
  {
    name: 'An engine stands on no route',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        'engines:\n',
        'engines:\n  spare: { kind: openai, base_url: "http://127.0.0.1:1/v1", model: x, context: 32000 }\n',
      ),
    about: ['spare', 'route'],
  },
  {
    name: 'A page waits for two days',
    plant: ({edit}) => edit('mcos.yaml', 'when: [outage] }', 'when: [outage], after: 48h }'),
    about: ['48 h'],
  },
  {
    name: 'One agent may spend more than all together',
    plant: ({edit}) => edit('mcos.yaml', 'fleet: { usd_per_day: 5,', 'fleet: { usd_per_day: 0.2,'),
    about: ['budgets.agent', '0.2'],
  },
  {
    name: 'Two accounts read one mailbox',
    plant: ({edit, user}) =>
      edit(
        'mcos.yaml',
        '  accounts:\n',
        `  accounts:\n    twin: { kind: maildir, path: ${user}/Mail, agent: gene, escalate: jarvis }\n`,
      ),
    about: ['twin', 'local', 'one mailbox'],
  },
  {
    name: 'Two guardrails have one id',
    plant: ({read, write}) => write('guardrails/copy.md', read('guardrails/no-auto-send.md')),
    about: ['copy.md', 'no-auto-send'],
  },
  {
    name: 'git turns line ends round',
    plant: ({git}) => void git('config', 'core.autocrlf', 'true'),
    about: ['core.autocrlf'],
  },
  {
    name: 'A filter is named that may not run',
    plant: ({write}) => write('.gitattributes', '*.bin filter=lfs -text\n'),
    about: ['filter=lfs'],
  },
  {
    name: 'The file of a branch is damaged',
    plant: ({write}) => write('.git/refs/heads/other', 'garbage\n'),
    about: ['refs/heads/other'],
  },
  {
    name: 'Objects are lent by a folder that is gone',
    plant: ({write}) => write('.git/objects/info/alternates', '/opt/none/objects\n'),
    about: ['/opt/none/objects'],
  },
  {
    name: 'Daily logs are ignored by git',
    plant: ({append}) => append('.gitignore', 'memory/\n'),
    about: ['memory/ is ignored', '.gitignore'],
  },
  {
    name: 'A SOUL.md lies at the home',
    plant: ({write}) => write('SOUL.md', '# Who?\n'),
    about: ['SOUL.md lies at the home'],
  },
]
