import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'legal', {urgency: 1})

/** Contracts, authorities and rights, with time enough. */
export const LEGAL = made

add(
  'en',
  `{Draft agreement|Service agreement} with {company}

Dear Ada, attached is the draft. Please let me have your comments {by {date:+20}|before the new year}.

{person}, Attorney`,
)
add(
  'en',
  `Deletion of my data

Under the data protection act I ask you to delete all data you hold about me and to confirm it within 30 days.

{person}, {street}`,
  {also: ['needs-reply']},
)
add(
  'en',
  `Annual return: {date:+45}

The annual return of your company is due on {date:+45}. You can file it online.`,
  {kind: 'robot', from: 'Companies Register <notices@companies-register.example>', also: ['notification']},
)
add(
  'en',
  `Changes to our terms of service

From {date:+40} new terms apply. {Nothing changes in the price|The main change is the place of jurisdiction}.`,
  {kind: 'list', from: '{service} Legal <legal@{service.dom}>', urgency: 0, also: ['notification', 'newsletter']},
)
add(
  'de',
  `Vertragsentwurf Wartung

Sehr geehrte Frau Ada, anbei der überarbeitete Vertrag mit der Bitte um Durchsicht in den nächsten drei Wochen.

Rechtsanwältin {person}`,
)
add(
  'es',
  `Solicitud de acceso a datos personales

Conforme a la ley de protección de datos solicito copia de mis datos en el plazo de un mes.

{person}`,
  {also: ['needs-reply']},
)
add(
  'pt',
  `Contrato de arrendamento

Segue a minuta do contrato. Assinamos em janeiro, não há pressa.

{person}, advogado`,
)
