import type {Fault} from './planting.js'

const SOUL = 'workspaces/donna/SOUL.md'
const BEAT = 'workspaces/donna/HEARTBEAT.md'

/** What is broken in contracts, guardrails, heartbeats and who is who. */
export const LAW_FAULTS: readonly Fault[] = [
  {
    name: 'A SOUL.md is saved without its frontmatter and committed so',
    plant: ({read, write, commit}) => {
      write(SOUL, read(SOUL).split('---\n').slice(2).join('---\n'))
      commit()
    },
    about: ['donna', 'SOUL.md'],
  },
  {
    name: 'A SOUL.md is deleted by mistake',
    plant: ({remove}) => remove('workspaces/gene/SOUL.md'),
    about: ['workspaces/gene/SOUL.md'],
  },
  {
    name: 'A key of a contract is misspelt',
    plant: ({edit, commit}) => {
      edit(SOUL, '  writes:', '  wirtes:')
      commit()
    },
    about: ['SOUL.md', 'wirtes'],
  },
  {
    name: 'A contract is indented with a tab',
    plant: ({edit, commit}) => {
      edit(SOUL, '  hosts: []', '\thosts: []')
      commit()
    },
    about: [SOUL],
  },
  {
    name: 'An agent reports to somebody who does not exist',
    plant: ({edit, commit}) => {
      edit(SOUL, 'reports_to: jarvis', 'reports_to: jarivs')
      commit()
    },
    about: ['donna', 'jarivs'],
  },
  {
    name: 'Two agents report to each other',
    plant: ({edit, commit}) => {
      edit('workspaces/jarvis/SOUL.md', 'role: Orchestrator', 'role: Orchestrator\nreports_to: donna')
      commit()
    },
    about: ['donna', 'jarvis'],
  },
  {
    name: 'A contract lets its agent write everywhere',
    plant: ({edit, commit}) => {
      edit(SOUL, "writes: ['workspaces/donna/**']", "writes: ['**']")
      commit()
    },
    about: ['donna', '**'],
  },
  {
    name: 'A contract is made wider and never committed',
    plant: ({edit}) => edit(SOUL, 'hosts: []', 'hosts: [api.example.com]'),
    about: [SOUL],
  },
  {
    name: 'Half of an agent is copied from elsewhere, without its SOUL.md',
    plant: ({write, commit}) => {
      write('workspaces/iris/HEARTBEAT.md', '## Every heartbeat\n- Messages `inbox`\n')
      commit()
    },
    about: ['iris', 'SOUL.md'],
  },
  {
    name: 'A new agent is made with mkdir and nobody gave it a key',
    plant: ({write, commit}) => {
      write('workspaces/iris/SOUL.md', '---\nrole: Writer\nreports_to: jarvis\n---\n# Iris\n')
      write('workspaces/iris/HEARTBEAT.md', '## Every heartbeat\n- Messages `inbox`\n')
      commit()
    },
    about: ['iris', /key/],
  },
  {
    name: 'mcos.yaml lists an agent whose folder is gone',
    plant: ({append, commit}) => {
      const names = ['donna', 'flow', 'gene', 'jarvis', 'sentinel', 'ghost']
      append('mcos.yaml', `agents:\n${names.map((name) => `  ${name}: {path: workspaces/${name}}\n`).join('')}`)
      commit()
    },
    about: ['ghost'],
  },
  {
    name: 'Twenty-two lessons stand in a GUARDRAILS.md',
    plant: ({append, commit}) => {
      append('workspaces/flow/GUARDRAILS.md', Array.from({length: 15}, (_, i) => `- Lesson number ${i}.\n`).join(''))
      commit()
    },
    about: ['flow', '22', '15'],
  },
  {
    name: "A guardrail's frontmatter is broken",
    plant: ({edit, commit}) => {
      edit('guardrails/no-auto-send.md', 'effect: ask', 'effect: maybe')
      commit()
    },
    about: ['guardrails/no-auto-send.md'],
  },
  {
    name: 'A guardrail has no examples',
    plant: ({write, commit}) => {
      write(
        'guardrails/no-fridays.md',
        '---\nid: no-fridays\neffect: deny\nverbs: [deploy]\nlesson: A weekend was lost.\n---\n# No Fridays\n',
      )
      commit()
    },
    about: ['no-fridays'],
  },
  {
    name: "A guardrail's example comes out otherwise",
    plant: ({edit, commit}) => {
      edit('guardrails/no-auto-send.md', 'verbs: [mail.send, mail.reply,', 'verbs: [mail.reply,')
      commit()
    },
    about: ['no-auto-send'],
  },
  {
    name: 'A guardrail that was committed is deleted from the disk',
    plant: ({remove}) => remove('guardrails/no-recursive-delete.md'),
    about: ['guardrails/no-recursive-delete.md'],
  },
  {
    name: 'A guardrail has lost its frontmatter and is only advice now',
    plant: ({write, commit}) => {
      write('guardrails/protected-branches.md', '# Protected branches\n\nNobody pushes to main.\n')
      commit()
    },
    about: ['protected-branches'],
  },
  {
    name: 'A guardrail is written as a text file, which nothing reads',
    plant: ({write, commit}) => {
      write('guardrails/no-fridays.txt', 'Never deploy on a Friday.\n')
      commit()
    },
    about: ['no-fridays.txt'],
  },
  {
    name: 'Guardrails are sorted into a folder, which nothing reads',
    plant: ({write, commit}) => {
      write('guardrails/ops/no-fridays.md', '# Never deploy on a Friday\n\nWait for Monday.\n')
      commit()
    },
    about: ['guardrails/ops'],
  },
  {
    name: 'A cadence is only nearly said',
    plant: ({append, commit}) => {
      append(BEAT, '\n## Clean up (nightly)\n- What can go?\n')
      commit()
    },
    about: [BEAT, /nightly|22:00/],
  },
  {
    name: 'A cadence is a word that nobody understands',
    plant: ({append, commit}) => {
      append(BEAT, '\n## Clean up\n<!-- mcos: every=soonish -->\n- What can go?\n')
      commit()
    },
    about: [BEAT, 'soonish'],
  },
  {
    name: 'A calendar line can never come true',
    plant: ({append, commit}) => {
      append(BEAT, '\n## Leap years\n<!-- cron: 0 9 31 2 * -->\n- Anything?\n')
      commit()
    },
    about: [BEAT, '0 9 31 2 *'],
  },
  {
    name: "A probe's first word is misspelt, so it is prose",
    plant: ({append, commit}) => {
      append(BEAT, '\n## Site (every 30 minutes)\n- It answers `httpp https://app.example.com/health`\n')
      commit()
    },
    about: [BEAT, 'httpp'],
  },
  {
    name: 'A probe asks a host that the contract does not open',
    plant: ({append, commit}) => {
      append(BEAT, '\n## Site (every 30 minutes)\n- It answers `http https://app.example.com/health`\n')
      commit()
    },
    about: ['donna', 'app.example.com'],
  },
  {
    name: 'A program of a HEARTBEAT.md has not been trusted here',
    plant: ({append, commit}) => {
      append(BEAT, '\n## Backup (every 30 minutes)\n- It ran: `run: test -e backup.done`\n')
      commit()
    },
    about: ['donna', 'test -e backup.done'],
  },
  {
    name: 'A probe watches a repository that is not there',
    plant: ({append, edit, commit}) => {
      edit(SOUL, 'repos: []', 'repos: [../field-app]')
      append(BEAT, '\n## Repository (every 2 hours)\n- News `git ../../../field-app`\n')
      commit()
    },
    about: ['field-app'],
  },
  {
    name: 'Quiet hours stand in a zone that does not exist',
    plant: ({edit, commit}) => {
      edit(BEAT, 'Quiet hours: 21:00-07:00', 'Quiet hours: 21:00-07:00 Europe/Berln')
      commit()
    },
    about: [BEAT, 'Europe/Berln'],
  },
  {
    name: 'Two checks have the same id',
    plant: ({append, commit}) => {
      append(BEAT, '\n## Another (daily 09:00)\n<!-- mcos: id=digest -->\n- Anything?\n')
      commit()
    },
    about: [BEAT, 'digest'],
  },
  {
    name: 'A HEARTBEAT.md is emptied',
    plant: ({write}) => write('workspaces/flow/HEARTBEAT.md', ''),
    about: ['flow', 'HEARTBEAT.md'],
  },
  {
    name: 'The public key of an agent is lost',
    plant: ({remove, commit}) => {
      remove('keys/donna.pub')
      commit()
    },
    about: ['donna', /key/],
  },
  {
    name: "An agent's public key is another's",
    plant: ({read, write, commit}) => {
      write('keys/donna.pub', read('keys/gene.pub'))
      commit()
    },
    about: ['donna', /key/],
  },
  {
    name: 'The private key of an agent was not copied to this machine',
    plant: ({remove}) => remove('.mcos/keys/donna.key'),
    about: ['donna', /key/],
  },
  {
    name: 'A key is there whose owner nobody knows',
    plant: ({read, write, commit}) => {
      write('keys/mallory.pub', read('keys/gene.pub'))
      commit()
    },
    about: ['mallory'],
  },
]
