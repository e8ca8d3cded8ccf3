import {FIRST_VIEW, type View} from './view.js'

/** Where the person is, held outside of what draws it: the screen goes away for a moment when they are asked something. */
export class ViewStore {
  private view = FIRST_VIEW
  private isHolding = false
  private readonly listeners = new Set<() => void>()

  readonly get = (): View => this.view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  update(change: Partial<View>): void {
    this.view = {...this.view, ...change}
    if (!this.isHolding) this.tell()
  }

  /** All that is done in it is drawn once, as where a key is held down. */
  together(work: () => void): void {
    const before = this.view
    this.isHolding = true
    try {
      work()
    } finally {
      this.isHolding = false
      if (this.view !== before) this.tell()
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
