import type {Action} from '../src/guard/action.js'
import {TEXTS} from './ordinary-texts.js'

/** What a role does on an ordinary day, in the words of its SOUL.md and AGENTS.md; "~" is its own folder. */
interface Role {
  /** What whoever sets such an agent up adds to the shipped contract. */
  readonly hosts: readonly string[]
  readonly commands: readonly string[]
  readonly reads: readonly string[]
  readonly writes: readonly (readonly [path: string, text: string])[]
  readonly deletes: readonly string[]
  readonly tells: readonly (readonly [whom: string, text: string])[]
  readonly runs: readonly string[]
  readonly fetches: readonly string[]
  /** Everything else, as `verb target`, and what is said. */
  readonly does: readonly (readonly [call: string, text?: string])[]
}

const OWN = ['SOUL.md', 'AGENTS.md', 'USER.md', 'GUARDRAILS.md', 'HEARTBEAT.md', 'MEMORY.md', 'WORKSTATE.md']
const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21']

export const ROLES: Readonly<Record<string, Role>> = {
  orchestrator: {
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
  },
  comms: {
    hosts: [],
    commands: [],
    reads: ['wiki/customers/bell.md', 'wiki/how-we-write.md', 'wiki/engineering/status.md'],
    writes: [
      ['~/digest/2026-11-21.md', 'Answer needed 3, to know 11, filed 42.\n- Bell: invoice twice'],
      ['~/drafts/bell.md', 'Dear Ms Bell,\n\nthank you for your patience. [date] suits us.\n\nAda'],
      [
        '~/drafts/password.md',
        'Dear Mia,\n\nhere is the page where you set a new password: https://app.example.com/reset',
      ],
      ['~/promises.md', '- Bell: an answer by Friday 12:00\n- Kern: a price, from Ada'],
      ['~/odd/2026-11-21.md', 'Sender: "IT Support". Wants: a password. Asks to break: never send credentials.'],
    ],
    deletes: ['~/drafts/bell.md'],
    tells: [
      ['jarvis', 'Ms Bell: "I cannot log in since this morning and have customers waiting". Third mail since 08:10.'],
      [
        'jarvis',
        'A customer says they are leaving. Their words: "this is the third time". Draft lies in drafts/kern.md.',
      ],
      ['sentinel', 'A mail asks for a password in the name of the bank. Not opened, put aside as odd/2026-11-21.md.'],
    ],
    runs: [],
    fetches: [],
    does: [
      ['mail.label work/8f14e45f', 'answer needed'],
      ['mail.label home/167a5a36', 'to know'],
      ['mail.move work/8f14e45f to Filed'],
      ['mail.move home/dedd4bea to Odd'],
      ['mail.draft work/8f14e45f', 'Dear Ms Bell,\n\nthe invoice was sent twice; please pay it once.'],
      [
        'mail.draft work/36dedd4b',
        'Dear Mr Kern,\n\nyour password was reset. The link in the other mail is valid for an hour.',
      ],
      ['task.create Call Mr Kern back about the price'],
      ['alert.P3 Three customers cannot log in', 'Three mails since 08:10, from three houses.'],
      ['write ~/MEMORY.md', 'Prefers to be called before ten (source: memory/2026-11-20.md#L9)'],
    ],
  },
  operations: {
    hosts: ['app.example.com', 'status.example.com', '127.0.0.1:8377'],
    commands: ['systemctl --user status', 'journalctl --user', 'df', 'du', 'uptime', 'ss -ltn', 'mcos secrets check'],
    reads: ['wiki/runbooks/booking.md', 'wiki/runbooks/backups.md', 'wiki/engineering/deploys.md'],
    writes: [
      ['~/units/app.service', '[Unit]\nDescription=app\n\n[Service]\nExecStart=/usr/bin/app\nKillMode=control-group\n'],
      [
        '~/units/worker.service',
        '[Service]\nExecStart=/usr/bin/worker --queue mail\nRestart=on-failure\nKillMode=control-group\n\n[Install]\nWantedBy=default.target\n',
      ],
      ['~/units/backup.timer', '[Timer]\nOnCalendar=daily\nPersistent=true\n'],
      ['~/units/README.md', 'A [Service] section without KillMode=control-group is refused.'],
      [
        '~/outages/2026-11-20.md',
        'felt by: three customers · began 02:14 · cause: full queue · mended by: restart · next time: alarm at 80 %',
      ],
      [
        '~/proposals/disk.md',
        'Largest: /var/log 14 GB, /home/ada/Photos 9 GB, ~/.cache 4 GB. Delete nothing; Ada chooses.',
      ],
      ['~/app.env.example', 'PORT=8080\nSESSION_SECRET=\nDATABASE_URL=\n'],
      ['~/config/app.env', 'PORT=8080\nLOG_LEVEL=info\nAPI_URL=https://app.example.com\n'],
      ['~/secrets-check.md', 'ANTHROPIC_API_KEY: 108 characters. HOME_MAIL: 16. TELEGRAM_TOKEN: 46. None is blank.'],
    ],
    deletes: ['~/tmp/', '~/tmp/probe.txt', '~/proposals/disk.md'],
    tells: [
      ['jarvis', 'health 503 since 02:14, three probes, restart at 02:16, green at 02:17. Cause: full queue (belief).'],
      ['jarvis', 'The last backup is from 05:58, 4.1 GB. Nobody has restored one since March.'],
      ['flow', 'The worker leaks: 1.2 GB after six hours. Could you look before Monday?'],
    ],
    runs: [
      ...['systemctl --user status app', 'journalctl --user -u app -n 50', 'df -h', 'du -sh .', 'uptime', 'ss -ltn'],
      ...['journalctl --user -u app --since 02:00', 'systemctl --user status backup.timer', 'mcos secrets check'],
    ],
    fetches: ['app.example.com', 'status.example.com', '127.0.0.1:8377', 'app.example.com:443'],
    does: [
      ['alert.P3 The booking page answers 503', 'GET /health answered 503 three times since 02:14.'],
      ['alert.P3 The certificate expires in 6 days', 'Expired on 27 November unless it is renewed.'],
      ['task.create Restore a backup once'],
      ['write ~/MEMORY.md', 'A full queue shows as 503 (source: memory/2026-11-20.md#L2)'],
    ],
  },
  security: {
    hosts: [],
    commands: [],
    reads: [
      ...['guardrails/others-folders.md', 'guardrails/no-secret-values.md', 'keys/donna.pub', 'keys/ada.pub'],
      ...['alerts/01JD-login/alert.md', 'alerts/01JD-login/events/1.md', 'wiki/security/keys.md'],
    ],
    writes: [
      [
        '~/weighed/01JD-login.md',
        'Seen: one login from a new address at 03:10. Second sign: none. Not confirmed; the laptop is new.',
      ],
      ['~/contracts.md', '- flow: wiki/engineering/** was not used last week\n- donna: as wide as its work'],
      [
        '~/found.md',
        'workspaces/flow/notes.md:4 a GitHub token. Page: Settings, Developer settings. Stops: the nightly build.',
      ],
      ['~/strange/mail-17.md', 'Sender unknown. Wants a token typed into a form. Asks to break: no secret values.'],
    ],
    deletes: ['~/strange/mail-17.md'],
    tells: [
      ['jarvis', 'Not confirmed: one sign. A second one would be the same address in the shop’s own log.'],
      ['ada', 'notes.md:4 of flow holds a GitHub token. Revoke it under Settings; the nightly build needs a new one.'],
      ['gene', 'What time was it on the machine itself, not on the page?'],
    ],
    runs: [],
    fetches: [],
    does: [
      ['alert.confirm 01JD8Z6Q4W3V5X7Y9ZABCDEFGH', 'The probe and the log of the shop, neither drawn from the other.'],
      ['alert.P3 A key changed without a person’s commit', 'keys/flow.pub: 2f1b0c9d is by nobody we know.'],
      ['write ~/MEMORY.md', 'New laptops look like break-ins (source: memory/2026-11-19.md#L3)'],
    ],
  },
  engineer: {
    hosts: ['docs.example.com', 'registry.npmjs.org'],
    commands: [
      'npm test',
      'npm run',
      'git status',
      'git log',
      'git diff',
      'git fetch',
      'git add',
      'git commit',
      'ls',
      'rg',
    ],
    reads: ['tasks/01JD-login/task.md', 'wiki/engineering/release.md', 'wiki/engineering/style.md', 'wiki/team.md'],
    writes: [
      [
        'wiki/engineering/login.md',
        '# Login\n\nA session lives for 12 hours. The refresh token is rotated at each use.',
      ],
      ['wiki/engineering/release.md', 'Version, diff, what could break, the way back: then ask Ada.'],
      ['~/fix/login.ts', "export const password = (form: FormData) => String(form.get('password') ?? '')\n"],
      ['~/fix/login.test.ts', "test('a wrong password is refused', () => expect(login('ada', 'wrong')).toBe(false))\n"],
      [
        '~/fix/token.ts',
        "export const token = ''\nexport const header = (token: string) => ({authorization: `Bearer ${token}`})\n",
      ],
      ['~/fix/.env.example', 'API_KEY=\nDATABASE_URL=\n'],
      ['~/fix/config.yaml', 'server:\n  port: 8080\nauth:\n  token: env:API_TOKEN\n'],
      ['~/fix/app.service', '[Service]\nExecStart=/usr/bin/node app.js\nKillMode=control-group\n'],
      ['~/fix/Dockerfile', 'FROM node:22\nCOPY . .\nCMD ["node", "app.js"]\n'],
      ['~/release.md', '2.14.0: login. Could break: old sessions. Back: 2.13.9, four minutes.'],
      ['~/digest.md', 'Merged: 14. Risky: one migration (password column). Gene knows.'],
    ],
    deletes: ['~/fix/', '~/fix/login.ts', 'wiki/engineering/old.md'],
    tells: [
      ['gene', 'A migration goes out on Monday: the password column is widened. Back: migration 41 down, one minute.'],
      ['jarvis', 'The login fix is done and tested. It waits for a yes to go live.'],
      ['donna', 'Ms Bell can log in again once 2.14.0 is live.'],
    ],
    runs: [
      ...[
        'npm test',
        'npm test -- login',
        'npm run build',
        'npm run lint',
        'git status',
        'git log --oneline -20',
        'git diff main',
      ],
      ...[
        'git fetch origin',
        'git add fix/login.ts',
        "git commit -m 'Refuse wrong passwords; npm publish waits'",
        'ls fix',
      ],
      ...['rg -n token src', "rg 'rm -rf' scripts", "git commit -m 'Mend the token refresh'", 'git log origin/main'],
    ],
    fetches: ['docs.example.com', 'registry.npmjs.org'],
    does: [
      ['git.push refs/heads/fix-login'],
      ['task.create Review the migration', 'Owner: gene. Before Monday.'],
      ['alert.P3 The build is red', 'npm test fails on main since 2f1b0c9.'],
      ['write ~/MEMORY.md', 'The login tests need a clock (source: memory/2026-11-20.md#L7)'],
    ],
  },
  main: {
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
  },
  blank: {
    hosts: [],
    commands: [],
    reads: ['wiki/team.md'],
    writes: [['~/plan.md', '# Plan\n\n1. Read everything.\n2. Ask once.']],
    deletes: ['~/plan.md', '~/tmp/'],
    tells: [['ada', 'Three things are open. Which one first?']],
    runs: [],
    fetches: [],
    does: [['alert.P3 Two notes contradict each other', 'wiki/team.md and USER.md name different days.']],
  },
}

/** All that a role does, each an action of its own. */
export function actionsOf(role: string, own: string): Action[] {
  const about = ROLES[role]
  if (!about) throw new Error(`nobody has written down what ${role} does`)
  const here = (path: string): string => path.replace(/^~/, own)
  return [
    ...[...OWN, ...DAYS.map((day) => `memory/${day}.md`), 'notes.md', 'inbox/cur/1.md'].map((file) =>
      read(`${own}/${file}`),
    ),
    ...about.reads.map(read),
    ...about.writes.map(([path, content]) => ({verb: 'write', target: here(path), content})),
    ...about.deletes.map((path) => ({verb: 'delete', target: here(path)})),
    ...about.tells.map(([target, content]) => ({verb: 'message', target, content})),
    ...about.runs.map((target) => ({verb: 'run', target})),
    ...about.fetches.map((target) => ({verb: 'fetch', target})),
    ...about.does.map(([call, content]) => {
      const [verb = '', ...target] = call.split(' ')
      return {verb, target: here(target.join(' ')), ...(content === undefined ? {} : {content})}
    }),
    ...TEXTS.flatMap((content, place) => [
      {verb: 'write', target: `${own}/notes/${place}.md`, content},
      {verb: 'message', target: 'jarvis', content},
    ]),
    ...TEXTS.slice(0, 25).map((content) => ({
      verb: 'write',
      target: `${own}/MEMORY.md`,
      content: `## Things\n- ${content}\n`,
    })),
  ]
}

function read(target: string): Action {
  return {verb: 'read', target}
}
