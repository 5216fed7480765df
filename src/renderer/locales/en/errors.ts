/** What went wrong, what was kept, what to do: by the application's error codes. */
export const errors = {
  errors: {
    unexpected: 'The program ran into an error of its own. Nothing was changed. Try again; if it stays, restart Pathlight.',
    'host-unreachable': 'Pathlight does not answer. Check that its window or command line is still open, then try again.',
    'not-allowed': 'This page has no access any more. Open Pathlight again from where you started it.',
    cancelled: 'Stopped as you asked. Nothing was changed.',
    'unknown-student': 'This student is not in the gradebook any more.',
    'unknown-job': 'This work has already ended.',
    'not-empty': 'The sample class only opens in an empty gradebook. Nothing was changed.',
    'gradebook-newer':
      'This gradebook was written by a newer Pathlight. Install the newer version to open it; nothing was changed.',
    'gradebook-busy': 'Another program is writing into the gradebook. Nothing was changed; try again in a moment.',
  },
};
