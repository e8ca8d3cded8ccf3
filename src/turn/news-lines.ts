import type {NewsItem} from '../engines/news.js'

/** The facts of a beat as log lines; written by code on every engine, so that no model can leave one out. */
export function newsLines(news: readonly NewsItem[]): string[] {
  return news.flatMap(linesFor)
}

/** How a log line begins that opens an outage; a machine without its own memory finds open outages by it. */
export function outageMark(probe: string): string {
  return `outage: ${probe}: `
}

/** How a log line begins that closes one. */
export function backMark(probe: string): string {
  return `back: ${probe}: `
}

function linesFor(item: NewsItem): string[] {
  switch (item.kind) {
    case 'message':
      return []
    // What became of it was logged when it was done.
    case 'approval':
    case 'mail':
      return []
    case 'reading':
      return [`${item.status}: ${item.probe}: ${item.detail}`]
    case 'back':
      return [`${backMark(item.probe)}${item.detail}; it was down since ${item.since}; ${item.page}`]
    case 'outage': {
      const recovery = item.recovery === null ? [] : [`recovery: ${item.recovery}`]
      if (item.isMended) return [`mended: ${item.probe}: ${item.detail}`, ...recovery]
      return [`${outageMark(item.probe)}${item.detail}`, ...recovery, `P3: ${item.probe} is down; ${item.page}`]
    }
  }
}
