import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'calendar', {kind: 'invite', urgency: 1})

/** Dates that lie days or weeks ahead. */
export const CALENDAR = made

add('en', `Invitation: {CRITICAL sync|All hands on deck} (quarterly) @ {date:+14}\n\nAgenda follows. {first}`)
add('en', `Invitation: {Toolbox talk|Ladder refresher} @ {date:+9}\n\n{Boots on.|Bring your card.} {person}`)
add('en', `Updated invitation: {Boiler tour|Plant visit} @ {date:+21}\n\nNow in {hall B|the small room}. {company}`)
add('en', `Cancelled: {book club|supplier breakfast} @ {date:+12}\n\nWe try again in spring. {first}`, {
  kind: 'cancel',
  urgency: 0,
})
add(
  'de',
  `Einladung: {DRINGEND|Wichtig}: Weihnachtsfeier planen @ {date:+10}\n\n{Ideen willkommen.|Kekse vorhanden.} {first}`,
)
add('fr', `Invitation : {bilan|revue} de l'hiver @ {date:+30}\n\n{Salle 2|En visio}. {first}`)
add('nl', `Geannuleerd: {borrel|cursus} @ {date:+15}\n\n{Te weinig animo.|Nieuwe datum volgt.} {first}`, {
  kind: 'cancel',
  urgency: 0,
})
add('ja', `招待：{来年度の計画|忘年会}\n\n{date:+16} を予定しております。{person}`)
