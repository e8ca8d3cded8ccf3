import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'other', {urgency: 0})

/** What fits nowhere else. */
export const OTHER = made

add(
  'en',
  `Application as {technician|apprentice}

Good day, I would like to work for you from {January|February}. My papers are attached.

{person}`,
  {also: ['needs-reply']},
)
add(
  'en',
  `{Fwd|FW}: look at this {dog|cat}

so funny, you have to see it IMMEDIATELY :-)

{first}`,
)
add(
  'en',
  `{Braai|Party} on {date:+10}

Hi all, {bring salads|there will be music}. {first}`,
  {also: ['calendar', 'needs-reply']},
)
add(
  'en',
  `Automatic reply: {Offer {id}|URGENT: parts}

I am away until {date:+7}. In urgent cases call the office.`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
add(
  'de',
  `Abwesenheit

Ich bin bis {date:+6} nicht erreichbar. In dringenden Fällen wenden Sie sich an die Zentrale.

{person}`,
  {kind: 'auto-reply', also: ['notification', 'waiting']},
)
add(
  'nl',
  `Sollicitatie

Hierbij solliciteer ik naar een baan als monteur.

{person}`,
  {also: ['needs-reply']},
)
