/**
 * Which journalled values stand in the chain of a thing's values (`in_force`), and what a value goes back to where one before it was taken out of the
 * chain (`back`; where it is NULL, `before`). `before` stays what was there when the value was written: files that repeat it tell nothing new.
 */
export const migration0013 = `
ALTER TABLE journal ADD COLUMN in_force INTEGER NOT NULL DEFAULT 1 CHECK (in_force IN (0, 1));
ALTER TABLE journal ADD COLUMN back TEXT CHECK (back IS NULL OR json_valid(back));
UPDATE journal SET in_force = 0 WHERE import_number IN (SELECT number FROM imports WHERE undone_at IS NOT NULL);
`;
