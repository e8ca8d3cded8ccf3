import type {Folder} from '../kit/folder.js'
import {cleanLine} from '../kit/text.js'
import {formatYamlValue} from '../kit/yaml.js'
import type {Change} from '../workspace/change.js'
import {type Blanks, fillIn, readRole, WORKSPACE_FILES} from './read-template.js'

/** Everything that decides a new workspace's texts. */
export interface WorkspaceOrder extends Omit<Blanks, 'role'> {
  /** Relative to the home. */
  readonly path: string
  readonly template: string
  /** Replaces the template's own word for what it does. */
  readonly role?: string | undefined
}

/** The files of a new workspace; each of them must be absent. */
export function planWorkspace(shipped: Folder, order: WorkspaceOrder): Change[] {
  const texts = readRole(shipped, order.template)
  const role = cleanLine(order.role ?? '') || 'Agent'
  return WORKSPACE_FILES.flatMap((file): Change[] => {
    const text = texts.get(file)
    if (!text) return []
    const content = fillIn(order.role && file === 'SOUL.md' ? withRole(text, role) : text, {...order, role})
    return [{kind: 'write', path: `${order.path}/${file}`, content, expect: null}]
  })
}

/** The word a template's soul has for its job. */
export function templateRole(shipped: Folder, template: string): string {
  const soul = readRole(shipped, template).get('SOUL.md') ?? ''
  const role = /^role: (.*)$/m.exec(soul)?.[1] ?? ''
  return role.includes('{{') ? 'Agent' : role
}

function withRole(soul: string, role: string): string {
  return soul.replace(/^role: .*$/m, () => `role: ${formatYamlValue(role)}`)
}
