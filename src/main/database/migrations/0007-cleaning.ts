/**
 * What cleaning found in a file and whether it was done, with its import; what else is said about files that look alike, with their
 * mapping.
 */
export const migration0007 = `
ALTER TABLE imports ADD COLUMN cleaning TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cleaning));
ALTER TABLE import_presets ADD COLUMN said TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(said));
`;
