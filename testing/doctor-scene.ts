import {applyRepairs, type Repaired} from '../src/app/doctor/apply-repairs.js'
import {type DoctorReport, examine, planRepairs} from '../src/app/doctor.js'
import {openAnyway} from '../src/app/open-anyway.js'
import {openScene, type Scene} from './heartbeat-scene.js'

/** What depends on the machine the tests run on. */
const OF_THE_MACHINE = new Set(['node', 'disk', 'old-runtime', 'person', 'git', 'timezone', 'enforced'])

const SOUL = '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  may: [message]\n---\n# Donna\n'

const WELL = {
  'mcos.yaml':
    'version: 1\nname: northwind\ntimezone: UTC\npage: { to: founders, when: [outage] }\nchannels:\n  founders: { kind: webhook, url: "http://127.0.0.1:9/page" }\n',
  'workspaces/donna/SOUL.md': SOUL,
  'workspaces/donna/AGENTS.md': '# How\n- One thing after the other.\n',
  'workspaces/donna/MEMORY.md': '# Memory\n## Mail\n- Ada answers on Mondays.\n',
  'workspaces/jarvis/SOUL.md': SOUL.replace('reports_to: jarvis\n', '').replaceAll('donna', 'jarvis'),
}

/** A fleet in which nothing is wrong, to be broken and looked at. */
export interface DoctorScene extends Scene {
  /** Everything that isn't well, as `id status`, in the order it is told. */
  ills(): Promise<string[]>
  doctor(): Promise<DoctorReport>
  detailOf(id: string): Promise<string>
  fix(): Promise<Repaired & {readonly wanted: readonly string[]}>
}

export async function doctorScene(files: Readonly<Record<string, string>> = {}): Promise<DoctorScene> {
  const scene = openScene({at: new Date().toISOString(), files: {...WELL, ...files}})
  await scene.beat()
  const opened = () =>
    openAnyway({cwd: scene.dir, env: {PATH: process.env['PATH'], HOME: scene.dir}, clock: scene.clock})
  const doctor = async (): Promise<DoctorReport> => examine(await opened())
  return {
    ...scene,
    doctor,
    ills: async () =>
      (await doctor()).checks.flatMap(({id, status}) =>
        status === 'pass' || OF_THE_MACHINE.has(id) ? [] : [`${id} ${status}`],
      ),
    detailOf: async (id) => (await doctor()).checks.find((check) => check.id === id)?.detail ?? '',
    fix: async () => {
      const {fleet, configError} = await opened()
      const report = await examine({fleet, configError})
      const wanted = report.checks.filter(({fixable}) => fixable).map(({id}) => id)
      return {...applyRepairs(fleet, await planRepairs(fleet, report)), wanted}
    },
  }
}
