import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'calendar', {kind: 'invite', urgency: 1})

/** Appointments that are not in the next hours. */
export const CALENDAR = made

add(
  'en',
  `Invitation: {Weekly planning|Stock meeting|Safety talk}

{person} invites you. {See you there|Agenda follows}.`,
)
add(
  'en',
  `Invitation: URGENT {product} strategy

Important!! Critical topics for the new year.`,
)
add(
  'en',
  `Updated invitation: {Lunch with|Visit to} {company}

The time has changed to next week.`,
)
add(
  'en',
  `Cancelled: {Review|Training|Interview}

This event has been cancelled.`,
  {kind: 'cancel'},
)
add(
  'en',
  `{first} accepted: Weekly planning

{first} has accepted your invitation.`,
  {kind: 'robot', from: 'Calmate <calendar@calmate.example>', urgency: 0, also: ['notification']},
)
add(
  'de',
  `Einladung: {Jour fixe|Budgetrunde}

Sie sind zu einer Besprechung eingeladen.`,
)
add(
  'fr',
  `Invitation : réunion {de chantier|d'équipe}

Vous êtes invité à une réunion.`,
)
add(
  'sv',
  `Inbjudan: planeringsmöte

Du är inbjuden till ett möte.`,
)
