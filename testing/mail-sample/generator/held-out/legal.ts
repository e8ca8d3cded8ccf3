import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'legal', {urgency: 1})

/** Contracts, authorities and rights, with time enough. */
export const LEGAL = made

add(
  'en',
  `{Lease|Framework contract}: second reading

Attached with my changes in red. {Signing is planned for February|There is no hurry, the parties meet in January}.

{person}, Attorney`,
)
add(
  'en',
  `What do you store about me?

I would like to know which of my data you keep and for how long. The law gives you a month to answer.

{person}, {street}`,
  {also: ['needs-reply']},
)
add(
  'en',
  `Licence renewal {date:+60}

Your trading licence has to be renewed before {date:+60}. Forms are on our website.`,
  {kind: 'robot', from: 'City Licensing <licensing@city.example>', also: ['notification']},
)
add(
  'en',
  `Updated privacy policy

We have updated our privacy policy with effect from {date:+30}. You need not do anything.`,
  {kind: 'list', from: '{service} <privacy@{service.dom}>', urgency: 0, also: ['notification', 'newsletter']},
)
add(
  'fr',
  `Projet de contrat d'entretien

Veuillez trouver ci-joint le projet, vos remarques sont attendues d'ici un mois.

Maître {person}`,
)
add(
  'de',
  `Auskunft nach Datenschutzrecht

Hiermit bitte ich um Auskunft über meine gespeicherten Daten innerhalb eines Monats.

{person}, {street}`,
  {also: ['needs-reply']},
)
add(
  'nl',
  `Concept overeenkomst

Bijgaand het concept; graag uw reactie in de loop van december.

mr. {person}`,
)
