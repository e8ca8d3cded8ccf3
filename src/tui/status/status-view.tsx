import {Box} from 'ink'
import type {StatusSnapshot} from '../../app/status/snapshot.js'
import type {Week} from '../../app/status/week.js'
import type {DetailLine} from '../../present/status-detail.js'
import type {Size} from '../full-screen.js'
import {AgentList} from './agent-list.js'
import type {KeyFacts} from './binding.js'
import {DetailPane} from './detail-pane.js'
import {Foot} from './foot.js'
import {Head} from './head.js'
import {HelpPage} from './help-page.js'
import {planLayout} from './layout.js'
import {topOf, type View, windowOf} from './view.js'

export interface StatusViewProps {
  readonly snapshot: StatusSnapshot
  readonly view: View
  /** Agents that the filter lets through. */
  readonly names: readonly string[]
  readonly facts: KeyFacts
  readonly size: Size
  readonly now: number
  /** The page that is opened, cut to the pane's width; null: not read yet. */
  readonly lines: readonly DetailLine[] | null
  readonly week: Week | null
  readonly hasColor: boolean
}

/** The whole screen, drawn from what comes in and nothing else. */
export function StatusView({snapshot, view, names, facts, size, now, lines, week, hasColor}: StatusViewProps) {
  const {columns: width, rows} = size
  const layout = planLayout(size, view.isOpen)
  const {index, top} = windowOf(names, view, layout.listRows)
  const name = names[index]
  const gone = index < 0 && view.selected !== null && !snapshot.roster.includes(view.selected) ? view.selected : null
  const body =
    view.mode === 'help' ? (
      <HelpPage width={width} rows={layout.bodyRows} hasColor={hasColor} />
    ) : (
      <>
        {layout.listWidth > 0 ? (
          <AgentList
            {...{snapshot, names, index, top, now, hasColor}}
            rows={layout.listRows}
            hasTitle={layout.bodyRows > layout.listRows}
            width={layout.listWidth}
          />
        ) : null}
        {layout.paneWidth > 0 && name !== undefined ? (
          <DetailPane
            {...{name, lines, week, hasColor}}
            reading={snapshot.readings.get(name) ?? null}
            tab={view.tab}
            top={topOf(view, {pageRows: layout.pageRows, pageLines: lines?.length ?? 0})}
            width={layout.paneWidth}
            rows={layout.pageRows}
            titleRows={layout.bodyRows - layout.pageRows}
          />
        ) : null}
      </>
    )
  return (
    <Box flexDirection="column" width={width} height={rows}>
      <Head {...{snapshot, now, width, hasColor}} rows={layout.headRows} />
      <Box width={width} height={layout.bodyRows}>
        {body}
      </Box>
      <Foot {...{view, gone, facts, width, hasColor}} rows={layout.footRows} />
    </Box>
  )
}
