/** Words of the questions that would tell most. */
export const asking = {
  asking: {
    title: 'Questions to ask next',
    note: 'An answer to each would tell most. The error of the skills’ forecasts is ± {{before}} points on the whole, and ± {{after}} expected after all of them.',
    enter: 'Enter their answers',
    tells: 'Expected to tell of {{list}}',
    told: '{{skill}} (± {{before}} → ± {{after}} points)',
    little: 'Tells a little of every skill',
    enough: {
      sure: 'There is nothing to ask: the forecast of every skill is sure to five points.',
      'plan-stands':
        'There is no need to ask: whatever the answer, none of the questions that tell most would change the first steps of the path.',
      'no-questions': 'There is no question to ask: the gradebook holds none. Import answers with a question for each.',
    },
    proposed: 'Proposed, without an answer yet',
    right: '{{question}}: right',
    wrong: '{{question}}: wrong',
  },
};
