import type {Action} from '../action.js'
import {Unclear} from './unclear.js'

const MOST = 400

/** The actions of a command line in their order, each once. */
export class ActionLog {
  readonly actions: Action[] = []
  private readonly seen = new Set<string>()
  /** Places whose content nobody has seen: what was unpacked, copied whole or moved there may be a link to anywhere. */
  private readonly unseen: string[] = []

  add(action: Action): void {
    const isPath = action.verb === 'read' || action.verb === 'write' || action.verb === 'delete'
    if (isPath && this.unseen.some((tree) => `${action.target}/`.startsWith(tree)))
      throw new Unclear(`it goes on with ${action.target}, whose content is only just being put there`)
    const key = JSON.stringify(action)
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.actions.push(action)
    if (this.actions.length > MOST) throw new Unclear('it does too many things at once')
  }

  /** From now on nothing below this path is taken for what its name says. */
  lose(path: string): void {
    this.unseen.push(path.endsWith('/') ? path : `${path}/`)
  }
}
