/** Why a question or an assignment is taken out, re-keyed or weighted: it goes out with it, so it stands beside it and not in the list of changes alone. */
const reasons = ['question', 'assignment'].map(
  (kind) => `
ALTER TABLE ${kind}_edits ADD COLUMN reason TEXT NOT NULL DEFAULT '';
UPDATE ${kind}_edits SET reason = coalesce((
  SELECT e.note FROM journal j JOIN edits e ON e.import_number = j.import_number JOIN ${kind}s i ON i.id = ${kind}_edits.${kind}_id
  WHERE j.entity = '${kind}-edit' AND j.key = json_array(i.code) AND j.in_force = 1 AND e.note <> '' ORDER BY j.id DESC LIMIT 1), '');
`,
);
export const migration0016 = reasons.join('');
