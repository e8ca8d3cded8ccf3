import {readFileSync} from 'node:fs'
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
  {
    name: 'A model is misspelt',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        'engines:\n',
        'engines:\n  slip: { kind: anthropic, model: claude-sonet-5-5, key: env:ANTHROPIC_API_KEY }\n',
      ),
    about: ['engines.slip.model', 'claude-sonnet-5-5?'],
  },
  {
    name: 'A secret is asked of a program that is not installed',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        'mail:\n',
        'mcp:\n  gsc: { command: [cat], env: { KEY: "command:passs show gsc" }, agents: [gene] }\nmail:\n',
      ),
    about: ['mcp.gsc.env.KEY', 'passs'],
  },
  {
    name: 'An engine has a second to answer, and less for all of it',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        'engines:\n',
        'engines:\n  hasty: { kind: openai, base_url: "http://127.0.0.1:1/v1", model: x, context: 32000, timeout: 2s, deadline: 1s }\n',
      ),
    about: ['engines.hasty.timeout is 2 s'],
  },
  {
    name: 'The chat of a bot is a name in curly quotes',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        'channels:\n',
        'channels:\n  team: { kind: telegram, token: env:PAGE_WEBHOOK, chat: “-1001” }\n',
      ),
    about: ['channels.team.chat', '“-1001”'],
  },
  {
    name: 'Pages go through the clear',
    plant: ({edit}) =>
      edit('mcos.yaml', 'channels:\n', 'channels:\n  open: { kind: webhook, url: "http://hooks.example.com/T0" }\n'),
    about: ['channels.open.url', 'https:'],
  },
  {
    name: 'A person is reached by a name that Telegram never tells',
    plant: ({edit}) => edit('mcos.yaml', 'people:\n', 'people:\n  ben: { approves: [mail], via: ["telegram:@ben"] }\n'),
    about: ['telegram:@ben', 'by a number'],
  },
  {
    name: 'Two people have one number',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        'people:\n',
        'people:\n  eve: { approves: [mail], via: ["telegram:777"] }\n  max: { approves: [mail], via: ["telegram:777"] }\n',
      ),
    about: ['people.eve and people.max', 'one Telegram id'],
  },
  {
    name: 'A mailbox is asked in one way at the port of the other',
    plant: ({edit}) =>
      edit(
        'mcos.yaml',
        '  accounts:\n',
        '  accounts:\n    box: { kind: imap, host: imap.example.com, port: 143, user: ada, password: env:PAGE_WEBHOOK, agent: gene }\n',
      ),
    about: ['mail.accounts.box', 'port 143', 'starttls'],
  },
  {
    name: 'The crontab has lost the line that ends what install has written',
    plant: cron((home) => `# >>> mcos service: ${home}`),
    about: ['lost its other half', '<<< mcos service'],
  },
  {
    name: 'A line of the crontab begins with no time',
    plant: cron((home) => `99 * * * * cd ${home} && mcos heartbeat gene`),
    about: ['99 * * * *', 'no time'],
  },
  {
    name: 'A line of the crontab was only tried out, and left so',
    plant: cron((home) => `*/30 * * * * cd ${home} && mcos heartbeat gene --dry-run`),
    about: ['crontab:', 'only show'],
  },
  {
    name: 'A line of the crontab comes from Windows',
    plant: cron((home) => `*/30 * * * * cd ${home} && mcos heartbeat gene\r`),
    about: ['crontab:', 'carriage return'],
  },
  {
    name: 'A folder of notes was put among the agents',
    plant: ({write}) => write('workspaces/notes/todo.txt', 'Milk\n'),
    about: ['notes has no workspaces/notes/SOUL.md'],
  },
  {
    name: 'A guardrail was saved as a text',
    plant: ({write}) => write('guardrails/mine.md.txt', '# Mine\n'),
    about: ['guardrails/mine.md.txt is no .md file'],
  },
  {
    name: 'A tool that keeps folders alike has made a second mcos.yaml',
    plant: ({write}) => write('mcos.sync-conflict-20261120-101010-ABCDEFG.yaml', 'version: 1\n'),
    about: ['mcos.sync-conflict-20261120', 'nobody reads'],
  },
]

function cron(lineOf: (home: string) => string): Fault['plant'] {
  return ({home, user, crontab}) => crontab(`${readFileSync(`${user}/crontab`, 'utf8')}${lineOf(home)}\n`)
}
