/** Words of the first screen and of the tour. */
export const tour = {
  welcome: {
    title: 'Welcome to Pathlight',
    lead: 'Pathlight learns from past answers how students learn, and fits itself to each of yours from a handful of answers.',
    second: 'It shows what each student should do next and why. Everything stays on this computer.',
    sample: 'Open the sample class',
    sampleNote: 'Simulated students of a small course, to look around. You can undo it.',
    type: 'Begin without a file',
    typeNote: 'One student, or yourself: type a name, then the answers as they come.',
    import: 'Import a class',
    importNote:
      'What your school’s system exports: Canvas, Moodle, Blackboard, Brightspace, Schoology, Google Forms, Kahoot, Clever, OneRoster, or any table as CSV or XLSX, also in a zip. Drop the files here, or choose them. You look at everything before it is written.',
    loadingSample: 'Opening the sample class',
    restore: 'Restore a backup',
    restoreSome_one: '{{count, number}} backup of an earlier gradebook lies in this data folder.',
    restoreSome_other: '{{count, number}} backups of an earlier gradebook lie in this data folder.',
    restoreNone:
      'None lies in this data folder yet. The next screen names the folder of the backups: one that you copy there is listed.',
  },
  tour: {
    name: 'Tour',
    offer: 'New here? Five steps show what is where. Or choose a student’s name: it opens their path.',
    start: 'Take the tour',
    dismissed: 'The tour can be taken from the search and from the settings at any time.',
    actions: 'Help',
    settingsNote: 'Five steps through the class and one student’s path.',
    settingsNone: 'It can be taken once there is a class: open the sample class, or import one.',
    step: 'Step {{step}} of {{of}}',
    next: 'Next',
    back: 'Back',
    skip: 'Skip the tour',
    done: 'Done',
    steps: {
      sentence: {
        title: 'The class in one sentence',
        text: 'It says what to teach next, and to whom. It is worked out anew after each answer and each mark that comes in.',
      },
      groups: {
        title: 'Who needs you, and who works together',
        text: 'A warning shows only what is unlikely to be chance, with its evidence. Groups share a step of their paths: choose one, and only its students stay in the map below.',
      },
      map: {
        title: 'Every student, every skill',
        text: 'The stronger the colour, the further the skill; the smaller the square, the less is known of it. A name at the left opens that student.',
      },
      path: {
        title: 'A student’s path, with reasons',
        text: 'Each step says what to do, how, and the gain to expect. “Why” shows the answers that speak for it, and you can overrule it.',
      },
      plans: {
        title: 'Onto paper',
        text: 'Print or save this student’s study plan here; “Plans” at the left has those of the whole class, and the class screen makes a lesson plan of the groups.',
      },
    },
  },
};
