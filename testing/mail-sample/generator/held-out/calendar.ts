import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'calendar', {kind: 'invite', urgency: 1})

/** Appointments that are not in the next hours. */
export const CALENDAR = made

add(
  'en',
  `Invitation: {Quarter review|Van inspection|Coffee with {first}}

{first} would like to meet you.`,
)
add(
  'en',
  `Invitation: ASAP catch-up on {product} brochure

Top priority!!`,
)
add(
  'en',
  `Updated: {Training day|Tasting|Roof survey}

New room, same day.`,
)
add(
  'en',
  `Canceled event: {Budget round|Walk-through}

{first} has cancelled this event.`,
  {kind: 'cancel'},
)
add(
  'en',
  `Declined: Van inspection

{first} can't make it.`,
  {kind: 'robot', from: 'Calmate <calendar@calmate.example>', urgency: 0, also: ['notification']},
)
add(
  'es',
  `Invitación: {comida de equipo|revisión anual}

Le invitamos a un evento.`,
)
add(
  'nl',
  `Uitnodiging: {kwartaaloverleg|bezoek}

U bent uitgenodigd.`,
)
add(
  'ja',
  `招待：定例会議

会議に招待されました。`,
)
