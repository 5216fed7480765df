/** What went wrong, what was kept, what to do: by the application's error codes. */
export const errors = {
  errors: {
    unexpected: 'The program ran into an error of its own. Nothing was changed. Try again; if it stays, restart Pathlight.',
    'bad-input': 'The program made a wrong call to itself. Nothing was changed. Reload the page; if it stays, restart Pathlight.',
    'unknown-route': 'This page and the program are of different versions. Reload the page.',
    'host-unreachable': 'Pathlight does not answer. Check that its window or command line is still open, then try again.',
    'not-allowed': 'This page has no access any more. Open Pathlight again from where you started it.',
    cancelled: 'Stopped as you asked. Nothing was changed.',
    'no-such-student': 'This student is not in the gradebook any more.',
    'no-such-decision': 'This decision is not in the gradebook any more. Nothing was changed.',
    'groups-changed': 'The groups of this class were changed elsewhere meanwhile. Look at them again; nothing was changed.',
    'bad-groups': 'These groups do not fit together. Look at them again; nothing was changed.',
    'no-such-note': 'This note is not in the gradebook any more. Nothing was changed.',
    'no-such-material': 'This material is not in the gradebook any more. Nothing was changed.',
    'bad-address': 'The address must begin with https:// or http://, without a name or password in it. Nothing was changed.',
    'material-too-large': '{{file}} is larger than {{megabytes}} MB. Put it where a link can lead to it.',
    'not-material':
      '{{file}}, line 1: a list of material has the columns skill,title,url; this one has: {{columns}}. Nothing was changed.',
    'day-is-over': 'The day must lie ahead. Nothing was changed; choose a later one.',
    'no-such-import': 'This import is not in the gradebook any more.',
    'no-such-edit': 'This edit is not in the gradebook any more.',
    'already-undone': 'This was undone already. Nothing was changed.',
    'not-empty': 'The sample class only opens in an empty gradebook. Nothing was changed.',
    'no-such-plan': 'No plan with the number {{number}} was handed out from here. The number stands at the head of the sheet.',
    'unreadable-plan': 'Plan {{number}} was kept by another Pathlight, which this one cannot read.',
    'no-such-step': 'Plan {{number}} has no step {{step}}. Nothing was recorded.',
    'has-result': 'Step {{step}} of plan {{number}} has a result already. Nothing was recorded; take that one back first.',
    'other-edition':
      'The practice of plan {{number}} was made by another Pathlight. This one would ask other questions, so its solutions would not fit.',
    'no-practice':
      'There is no practice for plan {{number}}: none of its skills has questions made from templates under its name of today.',
    'no-pdf': 'This window cannot make a PDF by itself. Print the plans and choose “Save as PDF” as the printer.',
    'bad-logo': '{{file}} cannot be the logo: it must be a PNG or JPEG picture of at most {{kilobytes}} KB.',
    'file-gone': 'The file is not held any more. Choose it again.',
    'file-too-large': 'The file is too large for a class’s answers. Split it, and import the parts.',
    'empty-file': '{{file}} is empty. Check the export and choose it again.',
    'zip-too-large':
      '{{file}} unpacks to more than a school’s export can hold. Unpack it yourself and choose the files that you need.',
    'broken-zip': '{{file}} is damaged, or locked by a password. Get it again without one.',
    'broken-workbook': '{{file}} cannot be read as a workbook. Save it again as XLSX or CSV.',
    'not-this-format':
      '{{file}} lacks the columns that a file of this kind has. Choose another kind, or say what its columns mean.',
    'no-student-column': '{{file}}: no column says whose a row is. Say which one holds the student’s id, name or e-mail address.',
    'not-a-table': '{{file}} is not a table of text. Export it as CSV and choose that file.',
    'web-page':
      '{{file}} is a web page or XML that calls itself a table. Open it in Excel or another spreadsheet, save it as XLSX or CSV, and choose that file.',
    'other-workbook':
      '{{file}} is a workbook of LibreOffice or Numbers. Open it there, save it as XLSX or CSV, and choose that file.',
    'kahoot-without-answers':
      '{{file}} is a Kahoot report with the players’ points alone. In Kahoot open Reports, choose the game, then Report options → Download report → Save as XLSX, and choose that file as it is.',
    'broken-gzip': '{{file}} is a damaged gzip file. Get it again.',
    'broken-quotes':
      '{{file}}, line {{line}}: a quotation mark opens a cell and never closes it, or stands inside one. Mend that line and choose the file again.',
    'double-column': '{{file}}, line 1: two columns are called “{{column}}”. Rename or remove one.',
    'wrong-delimiter':
      '{{file}}, line 1: the columns are not separated by comma, semicolon, tab or bar. Export it as CSV with commas and choose that file.',
    'unknown-layout':
      '{{file}}, line 1: these columns are not known: {{columns}}. A roster begins with student,given_name,family_name,class; answers with student,order,item,skill,correct.',
    'missing-column':
      '{{file}}, line 1: the column “{{column}}” is missing (found: {{columns}}). Add it and choose the file again.',
    'same-file-twice':
      '{{file}} was imported before, or chosen twice. Nothing was changed. To import it again, undo its earlier import first.',
    'prerequisite-cycle':
      'These prerequisites go round in a circle: {{cycle}}. Take one of them out and import again; nothing was changed.',
    'import-died': 'The import ended unexpectedly. Nothing was changed; try it again.',
    'too-few-students':
      'Too few students to learn from: at least 2 need {{answers}} or more answers, {{students}} have them. Import more answers.',
    'training-diverged': 'The numbers ran away. Nothing was changed; start it again.',
    'training-failed': 'Nothing was changed; start it again. If it fails again, restart Pathlight.',
    'trainer-died': 'Its process ended unexpectedly. Nothing was changed; start it again.',
    'backend-refused':
      'Pathlight was started with {{backend}} alone to compute with, which does not work on this computer. Nothing was changed. Start it without --backend and PATHLIGHT_BACKEND; Settings says why it does not work.',
    'backend-unfit': 'What you chose does not work here; the table says why. Pathlight computes as before.',
    'unknown-backend': 'Pathlight was started with “{{backend}}” to compute with, which does not exist. Start it without.',
    'training-runs': 'A meta-training is running. Wait until it has ended, or stop it, and try again.',
    'probe-runs': 'It is still being tried. Wait until that has ended, and choose again.',
    'model-missing': 'The model’s files are missing. Start meta-training to make a new one.',
    'model-damaged': 'The model’s files are damaged. Start meta-training to make a new one.',
    'model-older': 'The model was made by an older Pathlight. Train it again.',
    'model-newer': 'The model was made by a newer Pathlight. Update Pathlight, or train again.',
    'newer-schema':
      'This gradebook or backup was written by a newer Pathlight. Update Pathlight to open it; nothing was changed.',
    'damaged-gradebook': 'The gradebook’s file is damaged.',
    'not-a-gradebook': 'The gradebook’s file holds something else.',
    'empty-gradebook': 'The gradebook’s file is empty, and was not always.',
    'missing-gradebook':
      'The gradebook’s file is gone, and only its log is left. If you moved it, close Pathlight and put it back.',
    'gradebook-unavailable': 'The gradebook cannot be opened. Restore a backup first.',
    'gradebook-open': 'The gradebook is open and sound; nothing was changed.',
    'gradebook-busy': 'Another program is writing to the gradebook. Nothing was changed; wait until it is done and do it again.',
    'work-runs': 'Something is still running. Wait until it has ended, or stop it, and try again.',
    'disk-full': 'There is no room left on the disk. Nothing was changed; free some space and do it again.',
    'read-only': 'The data folder may not be written to. Nothing was changed; allow writing there, and start Pathlight again.',
    'disk-error':
      'The disk does not read or write the gradebook as it should. Nothing was changed; check the disk, and that the data folder is still there.',
    'backup-failed': 'No backup could be written into {{folder}}. Nothing was changed.',
    'backup-no-room':
      'No backup could be written: there is no room left on the disk. Nothing was changed; free some space and do it again.',
    'backup-read-only': 'No backup could be written: {{folder}} may not be written to. Nothing was changed.',
    'backup-damaged': 'This backup is damaged. Nothing was changed; choose another.',
    'backup-died': 'The work on the backups ended unexpectedly. Nothing was changed; try it again.',
    'no-such-backup': 'This backup is not there any more. Choose another.',
    'no-such-item': '“{{item}}” is not in the gradebook any more. Nothing was changed.',
    'no-such-skill': 'This skill is not in the course any more. Nothing was changed.',
    'no-such-rule': 'This rule was taken away already. Nothing was changed.',
    'no-such-prerequisite': 'This prerequisite is not in the course any more. Nothing was changed.',
    'bad-skill-name': 'A skill needs a name of 1 to {{most}} characters that does not begin with “=”. Nothing was changed.',
    'no-flipped-marks':
      'Marks have no right and wrong to swap. Take the assignment out, or count it right for everybody. Nothing was changed.',
    'closes-circle':
      '“{{skill}}” cannot build on “{{prerequisite}}”: that would go round in a circle: {{cycle}}. Nothing was changed.',
    'folder-in-use': 'Another Pathlight has this data folder open. Use that window, or close it first.',
    'no-title': 'The assignment needs a title.',
    'no-such-assignment': 'There is no assignment “{{assignment}}” in the gradebook any more. Nothing was changed.',
    'no-such-question': 'There is no question “{{question}}” in the gradebook any more. Nothing was changed.',
    'block-too-large': 'The block has {{cells}} cells; {{most}} go in at once. Nothing was changed: paste it in parts.',
    'uneven-block': 'The rows of the block are not of one length. Nothing was changed: copy a rectangle of cells.',
    'no-such-model': 'This model is not there any more, or its files are gone. Nothing was changed; choose another.',
    'model-in-use': 'This model is in use and cannot be deleted. Take another one into use first.',
    'cell-twice': 'The block names a cell twice. Nothing was changed.',
  },
};
