import {templatesOf} from '../template.js'

const {made, add} = templatesOf('judge', 'other', {urgency: 0})

/** Neither this nor that. */
export const OTHER = made

add(
  'en',
  `{Automatic reply|Away}: {filters|site visit}

{Surfing until {date:+8}.|On leave, back {date:+6}.} {Anything burning? Ring the desk.|For emergencies phone reception.}`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
add('en', `{Lost glove|Whose bike}\n\n{Red, left hand|Blue, no bell}, in the yard. {first}`, {also: ['notification']})
add(
  'en',
  `Fwd: {panic!!|read before it's too late}\n\n{The one with the penguin and the plumber.|My uncle sends these daily.} {first}`,
)
add('en', `{Is that you|Old school}\n\nSaw your van and thought of {standard nine|Mr {last}'s woodwork}. {first}`, {
  also: ['customer'],
})
add(
  'de',
  `{Abwesend|Automatische Antwort}

Ich bin {auf Montage|in Elternzeit} und lese keine Mails. {Störungen nimmt die Zentrale an.|Es wird nichts weitergeleitet.}`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
add(
  'fr',
  `Réponse automatique : {absent|congés}

De retour le {date:+9}. {Pour une panne, appelez l'astreinte.|Bonne semaine.}`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
