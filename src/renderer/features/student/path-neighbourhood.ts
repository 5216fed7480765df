interface Link {
  readonly skill: string;
  readonly prerequisite: string;
}

/** The skills of a path together with what they directly build on and lead to, path first. */
export function pathNeighbourhood(path: readonly string[], prerequisites: readonly Link[]): readonly string[] {
  const onPath = new Set(path);
  const around = new Set(path);
  for (const { skill, prerequisite } of prerequisites) {
    if (onPath.has(skill)) around.add(prerequisite);
    if (onPath.has(prerequisite)) around.add(skill);
  }
  return [...around];
}
