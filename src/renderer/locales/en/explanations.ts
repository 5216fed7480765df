/** What would change a path, and why a skill is not on it. */
export const explanations = {
  whatIf: {
    title: 'What would change this',
    note: 'Each was tried by planning again with it.',
    none: 'Neither up to 5 more answers here or on what it builds on, nor leaving out the answers on it, would change this step.',
    noneOff: 'Up to 5 more answers here or on what it builds on would not bring it onto the path.',
    working: 'Planning again with other answers …',
    right_one: '{{count, number}} right answer on {{skill}}',
    right_other: '{{count, number}} right answers on {{skill}}',
    wrong_one: '{{count, number}} wrong answer on {{skill}}',
    wrong_other: '{{count, number}} wrong answers on {{skill}}',
    without_one: 'Without the {{count, number}} answer on {{skill}}{{when}}',
    without_other: 'Without the {{count, number}} answers on {{skill}}{{when}}',
    on: ' ({{from}})',
    between: ' ({{from}} to {{to}})',
    leaves: 'it would leave the path',
    joins: 'it would be step {{place}} ({{strategy}})',
    strategy: 'it would be worked as: {{strategy}}',
    reason: 'its reason would be: {{reason}}',
    later: 'it would be step {{place}}, after {{list}}',
    sentence: '{{change}}: {{effect}}.',
  },
  whyNot: {
    title: 'Why not {{skill}} now?',
    ask: '{{skill}}: why not now?',
    kind: {
      'on-path': 'It is step {{place}} of the path.',
      'not-goal': 'No skill aimed at builds on it.',
      certain: 'The next answer is forecast right with {{forecast}}. Above {{bar}} practice brings nothing more.',
      mastered:
        'It counts as mastered ({{mastery}}, from {{bar}} on). A short review comes when nothing that can be learned is left.',
      prerequisite: 'What it builds on is not secure yet: {{list}}. The lower end of its forecast must reach {{bar}}.',
      'out-of-reach':
        'It is out of reach for now: the next answer is forecast right with {{forecast}} only, and practice takes hold from {{bar}} on.',
      'smaller-gain':
        'It would bring {{gain}} points. Every step of the path brings more, the smallest ({{least}}) {{leastGain}}.',
      'beyond-steps': 'It can be practised, but the path has {{steps}} steps, and others come first.',
      'left-out': 'You left it out.',
      'said-known': 'You say that the student knows it already. A short review comes when nothing that can be learned is left.',
      'look-ahead': 'Over the coming answers, practice on the steps of the path brings more, also later on.',
    },
    prerequisite: '{{skill}} {{forecast}} (after this path at least {{after}})',
    saidNotKnown: '{{skill}} (you say: not yet)',
    turn: 'Its turn would be step {{place}}.',
  },
};
