import {FIRST_VIEW, type View} from './view.js'

/** Where the person is, held outside of what draws it: the screen goes away for a moment when they are asked something. */
export class ViewStore {
  private view = FIRST_VIEW
  private readonly listeners = new Set<() => void>()

  readonly get = (): View => this.view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  update(change: Partial<View>): void {
    this.view = {...this.view, ...change}
    for (const listener of this.listeners) listener()
  }
}
